"""``iopdocs clauses check``: every mistake in a layer is told at once, with file and line, so that its author can act."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.authoring.checks.sample_agreements import try_samples
from iopdocs.authoring.layer_check import check_layer
from iopdocs.authoring.layer_findings import LayerCheck
from iopdocs.findings import Level
from iopdocs.library.layer_reader import load_library, read_library
from iopdocs.model.agreement import Agreement
from tests.helpers.command import iopdocs
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples

LAYERS = Path(__file__).parents[1] / "layers"
CLEAN = LAYERS / "utan-misstag"
TOLD_BY_RENDERING = "stannar-i-ett-exempel"
CLAUSE = "klausuler/omforhandling/tvist/namnd.md.j2"
COPIES = ("samma-id", "kopia-i-mappen")
MISTAKES = sorted(folder.name for folder in LAYERS.iterdir() if folder != CLEAN)


@frozen
class Expected:
    """A line of ``vantat.txt``: file and line in the layer, words of the message, words of what would be right."""

    file: str
    line: int
    message: str
    hint: str


def expected(folder: Path) -> list[Expected]:
    found = []
    for row in (folder / "vantat.txt").read_text(encoding="utf-8").splitlines():
        place, message, hint = (part.strip() for part in f"{row} ".split(" | "))
        file, _colon, line = place.rpartition(":")
        found.append(Expected(file, int(line or 0), message, hint))
    return found


def mistakes(checked: LayerCheck, folder: Path) -> list[Expected]:
    return [
        Expected(Path(one.file).relative_to(folder).as_posix(), one.line, one.message, one.hint)
        for one in checked.found
        if one.level is not Level.ADVICE
    ]


def tells(told: list[Expected], wanted: Expected) -> bool:
    return any(
        (one.file, one.line) == (wanted.file, wanted.line) and wanted.message in one.message and wanted.hint in one.hint
        for one in told
    )


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_reported_with_file_line_and_remedy(name: str) -> None:
    folder = LAYERS / name
    checked = check_layer([folder], rendered=name == TOLD_BY_RENDERING)
    told, wanted = mistakes(checked, folder), expected(folder)
    assert all(tells(told, one) for one in wanted), told
    assert len(told) == len(wanted), told
    for one in told:
        words = f"{one.message} {one.hint}"
        assert not re.search(r"Error|Traceback|jinja|token|unexpected|None|\bstr\b|undefined", words, re.IGNORECASE)
        assert one.hint or one.line, one


def test_there_are_mistakes_enough() -> None:
    assert len(MISTAKES) >= 25


def test_a_layer_without_mistakes_ends_with_0_and_says_what_was_tried() -> None:
    outcome = iopdocs("clauses", "check", CLEAN, "--no-config")
    assert outcome.code == 0, outcome.said
    assert re.search(r"provkommun: 2 texter, prövade med \d+ exempelavtal: inga misstag", outcome.out)


def test_all_mistakes_of_a_layer_are_reported_together(tmp_path: Path) -> None:
    wanted = []
    (tmp_path / "lager.yaml").write_text("namn: alltihop\n", encoding="utf-8")
    for number, name in enumerate(MISTAKES):
        for one in expected(LAYERS / name):
            source = LAYERS / name / one.file
            if not source.is_file() or not one.file.startswith("klausuler/omforhandling/tvist") or name in COPIES:
                continue
            moved = one.file.replace("namnd.md.j2", f"namnd{number}.md.j2")
            text = source.read_text(encoding="utf-8").replace("tvist/nämnd", f"tvist/nämnd {number}")
            (tmp_path / moved).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / moved).write_text(text, encoding="utf-8")
            wanted.append(Expected(moved, one.line, one.message, one.hint))
    assert len({one.file for one in wanted}) >= 20
    outcome = iopdocs("clauses", "check", tmp_path, "--no-config", "--format", "json")
    assert outcome.code == 1
    data = json.loads(outcome.out)
    told = [
        Expected(Path(one["fil"]).relative_to(tmp_path).as_posix(), one["rad"], one["meddelande"], one["åtgärd"])
        for one in data["fynd"]
        if one["nivå"] == "misstag"
    ]
    assert [one for one in wanted if not tells(told, one)] == []
    assert data["misstag"] == len(told)
    places = [(one["fil"], one["rad"] or 0) for one in data["fynd"]]
    assert places == sorted(places)


@pytest.mark.parametrize("changed", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path, changed: object) -> None:
    assert callable(changed)
    shutil.copytree(CLEAN, tmp_path / "lager")
    for file in (tmp_path / "lager").rglob("*"):
        if file.is_file():
            file.write_bytes(changed(file.read_text(encoding="utf-8")).encode())
    assert load_library([tmp_path / "lager"]).digest == load_library([CLEAN]).digest
    shutil.copytree(LAYERS / "okand-uppgift", tmp_path / "fel")
    text = tmp_path / "fel" / CLAUSE
    text.write_bytes(changed(text.read_text(encoding="utf-8")).encode())
    checked = check_layer([tmp_path / "fel"], rendered=False)
    wanted = expected(LAYERS / "okand-uppgift")
    assert all(tells(mistakes(checked, tmp_path / "fel"), one) for one in wanted)


def test_a_text_that_replaces_another_without_saying_so_is_advice(tmp_path: Path) -> None:
    layer = tmp_path / "lager"
    (layer / "avsnitt").mkdir(parents=True)
    (layer / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    (layer / "avsnitt/vardegrund.md.j2").write_text("Vår värdegrund.\n", encoding="utf-8")
    checked = check_layer([layer], rendered=False)
    (advice,) = checked.found
    assert advice.level is Level.ADVICE
    assert "kommer inte att märkas" in advice.message
    written = re.search(r"ersätter: \{.*\}", advice.hint)
    assert written is not None
    (layer / "avsnitt/vardegrund.md.j2").write_text(f"---\n{written[0]}\n---\nVår värdegrund.\n", encoding="utf-8")
    assert check_layer([layer], rendered=False).found == ()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Den som vill lämna säger till.", 1),
        ("## Uppsägning\n\nDen som vill lämna säger till.", 0),
        ("{{ super() }}\n\nDen som vill lämna säger till.", 0),
        ("", 0),
    ],
)
def test_a_block_without_the_heading_that_stood_there_is_advice(tmp_path: Path, written: str, found: int) -> None:
    section = f'{{% extends "bas/avsnitt/avtalstid.md.j2" %}}\n{{% block uppsägning %}}\n{written}\n{{% endblock %}}\n'
    layer = make_layer(tmp_path / "l", {"avsnitt/avtalstid.md.j2": section})
    told = [one for one in check_layer([layer], rendered=False).found if "har ingen rubrik" in one.message]
    assert [(one.level is Level.ADVICE, one.line) for one in told] == [(True, 2)] * found
    assert all("## Uppsägning" in one.hint for one in told)


@pytest.mark.parametrize("written", ["", "\n\n", "{# utgår #}"])
def test_an_emptied_block_is_advice_and_the_hole_that_it_makes_is_a_mistake(tmp_path: Path, written: str) -> None:
    block = f'{{% extends "bas/avsnitt/avtalstid.md.j2" %}}\n{{% block uppsägning %}}{written}{{% endblock %}}\n'
    layer = make_layer(tmp_path / "l", {"avsnitt/avtalstid.md.j2": block})
    checked = check_layer([layer])
    empty, hole = sorted(checked.found, key=lambda one: one.level is not Level.ADVICE)
    assert (empty.level is Level.ADVICE, empty.line, hole.level is Level.ADVICE, hole.line) == (True, 2, False, 2)
    assert "blocket ”uppsägning” är tomt" in empty.message
    assert "klausuler: {uppsägning: nej}" in empty.hint
    assert "[hänvisning till ”uppsagning”]" in hole.message
    assert "## Uppsägning" in hole.hint
    assert "{{ super() }}" in hole.hint


def test_a_block_that_is_empty_below_too_can_be_empty(tmp_path: Path) -> None:
    below = make_layer(tmp_path / "u", {"avsnitt/vardegrund.md.j2": "Vår.\n{% block tillägg %}{% endblock %}\n"}, "u")
    text = '{% extends "bas/avsnitt/vardegrund.md.j2" %}\n{% block tillägg %}{% endblock %}\n'
    above = make_layer(tmp_path / "o", {"avsnitt/vardegrund.md.j2": text}, "o")
    assert check_layer([below, above], rendered=False).found == ()


def test_a_hole_that_the_layer_below_makes_is_its_own_matter(tmp_path: Path) -> None:
    text = "Avtalet gäller tills vidare.\n"
    below = make_layer(tmp_path / "u", {"avsnitt/avtalstid.md.j2": text}, "u")
    above = make_layer(
        tmp_path / "o", {"avsnitt/vardegrund.md.j2": '{% include "bas/avsnitt/vardegrund.md.j2" %}'}, "o"
    )
    assert check_layer([below, above]).mistakes == 0
    (hole,) = (one for one in check_layer([below]).found if one.level is not Level.ADVICE)
    assert hole.file.endswith("avsnitt/avtalstid.md.j2")
    assert "super" not in hole.hint


@pytest.mark.parametrize(
    "words",
    [
        "Mängden {a, b} är liten.",
        "Enligt { se ovan } gäller det.",
        "{kort.sagt} hände det.",
        "{}",
        "{1.2}",
        "supermakt (2)",
    ],
)
def test_braces_that_hold_other_words_are_words(tmp_path: Path, words: str) -> None:
    layer = make_layer(tmp_path / "l", {"avsnitt/vardegrund.md.j2": f"{words}\n"})
    assert check_layer([layer], rendered=False).mistakes == 0


def test_what_a_loop_goes_through_is_a_datum_between_single_braces_too(tmp_path: Path) -> None:
    text = "{% for p in parter %}\n- {p.benämning}, { p.namn|versal }\n{% endfor %}\n"
    layer = make_layer(tmp_path / "l", {"avsnitt/vardegrund.md.j2": text})
    told = [one for one in check_layer([layer], rendered=False).found if one.level is not Level.ADVICE]
    assert [one.line for one in told] == [2, 2]
    assert {"skriv {{ p.benämning }}", "skriv {{ p.namn|versal }}"} == {one.hint for one in told}


@pytest.mark.parametrize(
    ("section", "answers", "body", "found"),
    [
        ("ekonomi", "[hävning, tvist]", "Text.", 2),
        ("ekonomi", "[ekonomi.överskott]", "Text.", 0),
        ("ekonomi", "[tvist]", "{% if tvist.steg %}Text.{% endif %}", 0),
    ],
)
def test_a_demand_of_another_section_is_not_answered(
    tmp_path: Path, section: str, answers: str, body: str, found: int
) -> None:
    front = f"---\nid: överskott/fonderas\navsnitt: {section}\nsvarar_på: {answers}\n---\n"
    layer = make_layer(tmp_path / "l", {"klausuler/ekonomi/overskott/fonderas.md.j2": f"{front}{body}\n"})
    told = [one for one in check_layer([layer], rendered=False).found if "svarar_på" in one.message]
    assert [(one.level is Level.ADVICE, one.line) for one in told] == [(True, 4)] * found


def test_a_section_that_another_takes_in_needs_no_heading(tmp_path: Path) -> None:
    taking = '{% include "bas/avsnitt/vardegrund.md.j2" %}\n\n{% include "avsnitt/var_del.md.j2" %}\n'
    texts = {"avsnitt/vardegrund.md.j2": taking, "avsnitt/var_del.md.j2": "Vår del.\n"}
    assert check_layer([make_layer(tmp_path / "l", texts)], rendered=False).mistakes == 0


@pytest.mark.parametrize("id", ["tvist/dialog-ledning-medling", "Tvist/dialog ledning medling"])
def test_an_id_that_is_written_with_hyphens_is_the_same(tmp_path: Path, id: str) -> None:
    name = "klausuler/omforhandling/tvist/dialog_ledning_medling.md.j2"
    below = load_library().layers[0].texts[name]
    front = f"---\nid: {id}\nersätter: {{id: {id}, hash: {below.digest[:16]}}}\n---\n"
    assert check_layer([make_layer(tmp_path / "l", {name: f"{front}Text.\n"})], rendered=False).found == ()
    elsewhere = name.replace("dialog_", "var_dialog_")
    (told,) = check_layer([make_layer(tmp_path / "m", {elsewhere: f"{front}Text.\n"})], rendered=False).found
    assert told.level is Level.ADVICE
    assert "två texter har samma id" in told.message
    assert f"döp om den till {name}" in told.hint


def test_the_uppermost_layer_is_checked_and_those_below_are_what_it_lies_on(tmp_path: Path) -> None:
    above = tmp_path / "ovan"
    (above / "avsnitt").mkdir(parents=True)
    (above / "lager.yaml").write_text("namn: ovan\n", encoding="utf-8")
    text = '{% include "bas/avsnitt/vardegrund.md.j2" %}\n\nOch {{ titell }}.\n'
    (above / "avsnitt/vardegrund.md.j2").write_text(text, encoding="utf-8")
    outcome = iopdocs("clauses", "check", above, "--layer", LAYERS / "okand-uppgift", "--no-config")
    assert outcome.code == 1
    assert "menade du ”titel”" in outcome.out.casefold()
    assert "stegg" not in outcome.out


def test_a_folder_that_is_no_layer_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "lager.yml").write_text("namn: prov\n", encoding="utf-8")
    for folder, says in (
        (tmp_path / "finns-inte", "lagret finns inte"),
        (tmp_path, "döp om lager.yml till lager.yaml"),
    ):
        outcome = iopdocs("clauses", "check", folder, "--no-config")
        assert outcome.code == 2
        assert says in outcome.err


DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 4),
        st.sampled_from(
            ["", "{", "}", "%", "{{", "}}", "{%", "%}", '"', "”", "|", "#", "[", "](#", ":::", "\n", "---\n", "å", "("]
        )
        | st.text(max_size=3),
    ),
    min_size=1,
    max_size=3,
)


def damaged(text: str, damage: list[tuple[float, int, str]]) -> str:
    for share, length, inserted in damage:
        place = int(share * len(text))
        text = text[:place] + inserted + text[place + length :]
    return text


@examples(40)
@given(damage=DAMAGE)
def test_any_damage_to_a_text_gives_a_message_or_passes(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[float, int, str]]
) -> None:
    layer = tmp_path_factory.mktemp("lager") / "lager"
    shutil.copytree(CLEAN, layer)
    text = (layer / CLAUSE).read_text(encoding="utf-8")
    (layer / CLAUSE).write_bytes(damaged(text, damage).encode("utf-8", "surrogatepass"))
    for one in check_layer([layer], rendered=False).found:
        assert one.message
        assert one.file
    library, _problems = read_library([layer])
    assert try_samples(library, {"tomt": Agreement()}, 1).renderings
