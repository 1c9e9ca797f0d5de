"""What a text of a layer may try: known ways out of Jinja's sandboxes, and bombs of time and memory.

Each is refused with a message that has file and line, or rendered as harmless words; nothing takes more than seconds.
What stops a bomb is counted (steps, characters, depth), so the limits hold on any machine; the time is only looked at
with a wide margin.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.document.tree import Document, Paragraph
from iopdocs.document.walk import blocks_of, plain
from iopdocs.errors import Problem
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.templating.text_limits import MAX_LIST_INDENT, long_number, too_large, weight
from tests.corpus.template_texts import BOMBS, CONDITIONS, CYCLES, ESCAPES, HARMLESS, RENDERED, REPEATS
from tests.helpers.layers import make_layer
from tests.helpers.timing import within

AGREEMENT = iopdocs.loads(
    "titel: Prov\nparter:\n  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}\n"
    "  - {namn: Föreningen Vinden, typ: ideell förening, kallas: föreningen}\n"
    "mål: {syfte: Syftet., strategier: [ett, två, tre, fyra, fem, sex, sju, åtta, nio, tio]}\n"
    "bakgrund: {behov: Behovet är stort.}\n"
)
SECONDS = 8
"""The processor time that no bomb may take; on an idle machine each takes less than two."""
FRONT = "---\ntitel: Prov\n---\n"
MAIN = "avsnitt/prov.md.j2"


def library_of(folder: Path, texts: dict[str, str]) -> Library:
    return load_library([make_layer(folder, {"dokument/avtal.md.j2": f'{{% include "{MAIN}" %}}', **texts})])


def rendered(folder: Path, text: str, **others: str) -> Document:
    """Return the document of the text *text*, with front matter of three lines before it."""
    texts = {f"avsnitt/{name}.md.j2": body for name, body in others.items()}
    return render_document(AGREEMENT, library_of(folder, {MAIN: FRONT + text, **texts}))


def words(made: Document) -> str:
    return "|".join(plain(block.children) for block in blocks_of(made) if isinstance(block, Paragraph))


def refusal(folder: Path, text: str, **others: str) -> Problem:
    with within(SECONDS), pytest.raises(iopdocs.IopdocsError) as caught:
        rendered(folder, text, **others)
    problem = caught.value.problems[0]
    assert problem.file.endswith(".md.j2")
    assert problem.position is not None
    assert not [word for word in ("Error", "Traceback", "jinja", "object at", "recursion") if word in str(caught.value)]
    return problem


@pytest.mark.parametrize("text", ESCAPES.values(), ids=ESCAPES)
def test_a_way_out_of_the_sandbox_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    problem = refusal(tmp_path, f"Ord.\n\n{text}")
    assert problem.file.endswith("prov.md.j2")
    assert problem.position is not None
    assert problem.position.line == 6
    assert problem.message


def test_text_in_no_layer_is_reported_and_no_file_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.md.j2"
    secret.write_text("Hemligt.", encoding="utf-8")
    for name in (str(secret), "../hemligt.md.j2", "avsnitt/../../hemligt.md.j2"):
        problem = refusal(tmp_path / "lager", f'{{% include "{name}" %}}')
        assert "finns inte i något lager" in problem.message


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_reaches_nothing_is_words(tmp_path: Path, text: str) -> None:
    with within(SECONDS):
        assert "Ord." in words(rendered(tmp_path, text))


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_of_a_clause_is_a_condition_and_nothing_else(tmp_path: Path, condition: str) -> None:
    quoted = condition if condition.startswith('"') else "'" + condition.replace("'", "''") + "'"
    clause = f"---\nid: prov/ett\nväljs_när: {quoted}\n---\nHemligt.\n"
    texts = {MAIN: '{% klausul "prov" %}', "klausuler/prov/ett.md.j2": clause}
    with within(SECONDS), pytest.raises(iopdocs.IopdocsError) as caught:
        render_document(AGREEMENT, library_of(tmp_path, texts))
    problem = caught.value.problems[0]
    assert problem.file.endswith("ett.md.j2")
    assert problem.position is not None
    assert problem.position.line == 3


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_stopped_with_its_file_and_line(tmp_path: Path, name: str) -> None:
    text, says = BOMBS[name]
    problem = refusal(tmp_path, text)
    assert problem.file.endswith("prov.md.j2")
    assert says in problem.message


@pytest.mark.parametrize("name", CYCLES)
def test_texts_that_lead_to_each_other_are_refused(tmp_path: Path, name: str) -> None:
    first, others = CYCLES[name]
    assert "tar in varandra i all oändlighet" in refusal(tmp_path, first, **others).message


@given(
    st.text(alphabet="abcåäö_", min_size=200, max_size=50_000),
    st.sampled_from(["{{ %s }}", "{{ titel|%s }}", "{%% %s %%}"]),
)
def test_a_name_that_nobody_can_read_is_cut_in_the_message(name: str, written: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert len(refusal(Path(folder), written % name).message) < 600


def both(number: int) -> str:
    return f'{{% include "avsnitt/t{number}.md.j2" %}}\n{{% include "avsnitt/t{number}.md.j2" %}}\n'


def test_texts_that_take_in_each_other_twice_are_counted(tmp_path: Path) -> None:
    others = {f"t{n}": both(n + 1) for n in range(17)} | {"t17": "Ord.\n"}
    assert REPEATS in refusal(tmp_path, both(0), **others).message


def test_long_texts_that_are_taken_in_often_are_counted(tmp_path: Path) -> None:
    others = {"lang": "Ord och ord. " * 15_000}
    problem = refusal(tmp_path, '{% include "avsnitt/lang.md.j2" %}\n' * 100, **others)
    assert REPEATS in problem.message


def test_texts_that_are_taken_in_without_what_is_known_are_counted_too(tmp_path: Path) -> None:
    others = {f"t{n}": both(n + 1).replace(" %}", " without context %}") for n in range(17)} | {"t17": "Ord.\n"}
    assert REPEATS in refusal(tmp_path, both(0), **others).message


def test_texts_that_import_each_other_twice_are_counted(tmp_path: Path) -> None:
    def two(n: int) -> str:
        return "".join(f'{{% import "avsnitt/t{n}.md.j2" as {name} without context %}}' for name in "ab")

    others = {f"t{n}": two(n + 1) for n in range(17)} | {"t17": "Ord.\n"}
    assert REPEATS in refusal(tmp_path, two(0), **others).message


def test_a_row_of_thirty_texts_that_double_is_refused_before_it_is_run(tmp_path: Path) -> None:
    others = {f"t{n}": both(n + 1) for n in range(30)} | {"t30": "Ord.\n"}
    assert "i fler än 20 led" in refusal(tmp_path, both(0), **others).message


def test_a_long_row_is_refused_whatever_way_leads_to_it_first(tmp_path: Path) -> None:
    others = {f"t{n}": f'{{% include "avsnitt/t{n + 1}.md.j2" %}}' for n in range(200)} | {"t200": "Ord.\n"}
    shortcuts = "".join(f'{{% include "avsnitt/t{n}.md.j2" %}}' for n in range(200, -1, -1))
    assert " led" in refusal(tmp_path, shortcuts, **others).message


def test_clauses_that_take_in_each_other_twice_are_counted(tmp_path: Path) -> None:
    texts = {
        f"klausuler/prov/k{n}.md.j2": f"---\nid: k{n}\n---\n" + f'{{% klausul "k{n + 1}" %}}\n' * 2 for n in range(17)
    }
    texts |= {"klausuler/prov/k17.md.j2": "---\nid: k17\n---\nOrd.\n", MAIN: '{% klausul "k0" %}'}
    with within(SECONDS), pytest.raises(iopdocs.IopdocsError) as caught:
        render_document(AGREEMENT, library_of(tmp_path, texts))
    problem = caught.value.problems[0]
    assert REPEATS in problem.message
    assert problem.file.endswith(".md.j2")


def test_a_text_of_a_million_lines_is_refused_when_the_layer_is_read(tmp_path: Path) -> None:
    with within(SECONDS), pytest.raises(iopdocs.LibraryError) as caught:
        rendered(tmp_path, "\n" * 1_000_000)
    assert "för lång" in caught.value.problems[0].message


@pytest.mark.parametrize("text", RENDERED.values(), ids=RENDERED)
def test_what_is_only_long_is_rendered_in_time(tmp_path: Path, text: str) -> None:
    with within(SECONDS):
        assert "ord" in words(rendered(tmp_path, text)).casefold()


def test_the_line_of_what_grew_too_long_is_that_of_the_text_that_grew(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "Början.\n\n{% for a in mål.strategier %}" + "\nord\n" * 9_000 + "{% endfor %}")
    assert problem.position is not None
    assert problem.position.line > 6


def test_nothing_of_a_list_within_the_limit_is_left_out(tmp_path: Path) -> None:
    depth = MAX_LIST_INDENT // 2
    made = rendered(tmp_path, "".join("  " * n + f"- nivå {n}\n" for n in range(depth)))
    assert [f"nivå {n}" in words(made).replace("\u00a0", " ") for n in range(depth)] == [True] * depth


@given(st.text(alphabet="ab *_[]()|-:#\n\\`1.!<>", max_size=300))
def test_a_short_text_is_never_too_large(text: str) -> None:
    found = too_large(text.replace(":::", "").replace("- ", "").replace(". ", ""))
    assert found is None or "nivåer" in found[0]


@given(st.recursive(st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=4), max_leaves=30))
def test_a_value_weighs_at_least_its_own_letters(value: object) -> None:
    items, characters = weight(value)
    assert items >= 1
    assert characters >= (len(value) if isinstance(value, str) else 0)


@given(st.text(max_size=60))
def test_numbers_outside_instructions_are_as_long_as_they_like(text: str) -> None:
    assert long_number(text.replace("{", "") + " 1234567890123456789012345") is None
