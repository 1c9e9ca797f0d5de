"""What the linter says of chosen clauses and clauses of one's own: where it stands, what would be right, which layer."""

from __future__ import annotations

from pathlib import Path

import pytest

import iopdocs
from iopdocs.findings import Finding
from iopdocs.library.data_paths import field_at, holds, nearest_path
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from tests.helpers.layers import make_layer

BASE = load_library()
SECTION = '## Prov\n\n{% klausul "prov" %}\n'


def told(data: str, code: str, library: Library = BASE) -> list[Finding]:
    report = iopdocs.lint(iopdocs.loads(data, file="avtal.yaml"), library=library)
    return [one for one in report.findings if one.code == code]


def with_clauses(folder: Path, texts: dict[str, str], section: str = SECTION, name: str = "provkommun") -> Path:
    return make_layer(folder, {"avsnitt/bakgrund.md.j2": section, **texts}, name=name)


def variant(name: str, front: str = "") -> str:
    return f"---\nid: prov/{name}\n{front}---\nText {name}.\n"


def test_wrong_variant_is_reported_at_its_position_with_existing_variants() -> None:
    (one,) = told("titel: x\nklausuler:\n  överskott:  återbetala\n", "T106")
    assert one.position is not None
    assert (one.file, one.position.line, one.position.column) == ("avtal.yaml", 3, 15)
    assert one.end is not None
    assert one.end.column == 15 + len("återbetala")
    assert "menade du återbetalas?" in one.hint
    for known in BASE.clauses["överskott"].variants.values():
        assert known.name in one.hint


def test_misspelt_clause_gets_a_suggestion() -> None:
    (one,) = told("klausuler: {överskot: nej}\n", "T106")
    assert one.hint == "menade du överskott?"


def test_clause_that_no_section_includes_is_reported(tmp_path: Path) -> None:
    folder = with_clauses(tmp_path, {}, "Ord.\n")
    name = next(one.name for one in BASE.clauses.values() if one.section == "ekonomi")
    (folder / "avsnitt" / "ekonomi.md.j2").write_text("Ord.\n", encoding="utf-8")
    (one,) = told(f"klausuler: {{{name}: nej}}\n", "T106", load_library([folder]))
    assert "inget avsnitt i avtalet tar in" in one.message


def test_a_clause_of_a_part_that_is_not_filled_in_is_a_warning(tmp_path: Path) -> None:
    section = '{% if mål.vision %}{% klausul "prov" %}{% endif %}Ord.\n'
    library = load_library([with_clauses(tmp_path, {"klausuler/prov.md.j2": "---\nid: prov\n---\nOrd.\n"}, section)])
    (one,) = told("klausuler: {prov: ja}\n", "T106", library)
    assert one.level.value == "varning"
    assert "kommer inte med" in one.message
    assert "fyll i det som den hör till" in one.hint
    assert told("mål: {vision: Alla.}\nklausuler: {prov: ja}\n", "T106", library) == []


def test_renamed_clause_used_in_data_is_reported(tmp_path: Path) -> None:
    texts = {"klausuler/prov/a.md.j2": variant("a"), "klausuler/prov/b.md.j2": variant("b")}
    before = load_library([with_clauses(tmp_path / "a", texts)])
    assert told("klausuler: {prov: a}\n", "T106", before) == []
    renamed = {name: text.replace("prov/", "prövning/") for name, text in texts.items()}
    after = load_library([with_clauses(tmp_path / "b", renamed, SECTION.replace('"prov"', '"prövning"'))])
    (one,) = told("klausuler: {prov: a}\n", "T106", after)
    assert one.path == "klausuler.prov"
    assert "ingen klausul heter ”prov”" in one.message


def test_an_exemption_by_path_takes_the_finding_of_one_clause_alone() -> None:
    data = (
        "klausuler: {regn: ja, sol: ja}\n"
        "lint: {undantag: [{regel: T106, väg: klausuler.regn, skäl: Lagret kommer nästa vecka.}]}\n"
    )
    report = iopdocs.lint(iopdocs.loads(data), library=BASE)
    assert [one.path for one in report.findings if one.code == "T106"] == ["klausuler.sol"]
    assert [one.finding.path for one in report.exempted if one.finding.code == "T106"] == ["klausuler.regn"]
    assert not [one for one in report.findings if one.code == "T101"]


def test_the_fingerprint_of_a_choice_outlives_a_new_line_above_it() -> None:
    (first,) = told("klausuler:\n  regn: ja\n", "T106")
    (second,) = told("titel: x\nklausuler:\n  överskott: nej\n  regn: ja\n", "T106")
    assert first.fingerprint == second.fingerprint


def test_a_choice_against_a_condition_that_holds_for_another_variant_is_an_error(tmp_path: Path) -> None:
    texts = {
        "klausuler/prov/a.md.j2": variant("a", "väljs_när: mål.vision\n"),
        "klausuler/prov/b.md.j2": variant("b", "väljs_när: mål.syfte\n"),
    }
    library = load_library([with_clauses(tmp_path, texts)])
    (one,) = told("mål: {vision: Alla.}\nklausuler: {prov: b}\n", "T107", library)
    assert (one.path, one.level.value) == ("klausuler.prov", "fel")
    assert "pekar på ”a”" in one.message
    assert told("klausuler: {prov: b}\n", "T107", library) == []
    assert told("mål: {vision: Alla., syfte: Trygghet.}\nklausuler: {prov: b}\n", "T107", library) == []


def test_conflicting_layers_are_reported_with_the_source_used(tmp_path: Path) -> None:
    low = with_clauses(
        tmp_path / "a", {"klausuler/prov/a.md.j2": variant("a", "väljs_när: mål.vision\n")}, name="kommunen"
    )
    high = make_layer(
        tmp_path / "b", {"klausuler/prov/b.md.j2": variant("b", "väljs_när: mål.vision\n")}, name="förvaltningen"
    )
    library = load_library([low, high])
    data = "mål: {vision: Alla.}\n"
    (one,) = told(data, "T108", library)
    assert "”b” (lagret förvaltningen) togs med, men inte ”a” (lagret kommunen)" in one.message
    assert "klausuler: {prov: b}" in one.hint
    assert "Text b." in iopdocs.render(iopdocs.loads(data), library=library).to_markdown()
    assert told(data + "klausuler: {prov: a}\n", "T108", library) == []
    assert told("titel: x\n", "T108", library) == []


def test_two_fitting_facts_are_reported_where_the_fact_is_written(tmp_path: Path) -> None:
    texts = {
        "klausuler/prov/a.md.j2": variant("a", "innebär: {ekonomi.överskott.hantering: dialog}\n"),
        "klausuler/prov/b.md.j2": variant("b", "väljs_när: ekonomi.överskott.hantering\n"),
    }
    library = load_library([with_clauses(tmp_path, texts)])
    (one,) = told("ekonomi:\n  överskott:\n    hantering: dialog\n", "T108", library)
    assert one.path == "ekonomi.överskott.hantering"
    assert one.position is not None
    assert one.position.line == 3


def test_same_variant_in_two_layers_is_reported_in_the_upper_layer(tmp_path: Path) -> None:
    low = with_clauses(tmp_path / "a", {"klausuler/prov/a.md.j2": variant("a")}, name="kommunen")
    high = make_layer(tmp_path / "b", {"klausuler/prov/annan.md.j2": variant("a")}, name="förvaltningen")
    (one,) = told("klausuler: {prov: a}\n", "T108", load_library([low, high]))
    assert one.file.endswith("b/klausuler/prov/annan.md.j2")
    assert one.position is not None
    assert one.position.line == 2
    assert "klausuler/prov/annan.md.j2 i lagret förvaltningen skrivs ut men inte klausuler/prov/a.md.j2" in one.message
    assert "kalla filen klausuler/prov/a.md.j2" in one.hint


def test_nothing_of_the_base_layer_disagrees_with_itself() -> None:
    for name, file in BASE.samples.items():
        report = iopdocs.lint(iopdocs.load(file), library=BASE)
        assert [one for one in report.findings if one.code == "T108"] == [], name


def test_own_clause_after_an_absent_clause_is_reported_and_placed_last(tmp_path: Path) -> None:
    texts = {"klausuler/prov.md.j2": "---\nid: prov\n---\nOrd.\n"}
    section = '{% if mål.vision %}{% klausul "prov" %}{% endif %}Ord.\n'
    library = load_library([with_clauses(tmp_path, texts, section)])
    data = "egna_klausuler: [{rubrik: Regn, efter: prov, text: Vi tar paraply.}]\n"
    (one,) = told(data, "T109", library)
    assert one.path == "egna_klausuler[1].efter"
    assert "står sist" in one.message
    assert "Vi tar paraply." in iopdocs.render(iopdocs.loads(data), library=library).to_markdown()


def test_own_clause_in_a_missing_section_is_reported(tmp_path: Path) -> None:
    folder = make_layer(
        tmp_path, {"dokument/avtal.md.j2": '{% include "avsnitt/titel.md.j2" %}{% include "avsnitt/mal.md.j2" %}'}
    )
    data = "titel: x\negna_klausuler: [{rubrik: Regn, avsnitt: ekonomi, text: Vi tar paraply.}]\n"
    (one,) = told(data, "T109", load_library([folder]))
    assert one.path == "egna_klausuler[1].avsnitt"
    assert "”ekonomi” finns inte" in one.message


def test_choice_against_data_is_reported_with_the_data_to_remove(tmp_path: Path) -> None:
    own = "---\nid: överskott/fonderas\n---\nÖverskottet sätts av.\n"
    library = load_library([make_layer(tmp_path, {"klausuler/ekonomi/overskott/fonderas.md.j2": own})])
    facts = "ekonomi: {överskott: {hantering: återinvesteras}}\n"
    (one,) = told(facts + "klausuler: {överskott: fonderas}\n", "T107", library)
    assert "ta bort ekonomi.överskott.hantering ur avtalet" in one.hint
    (one,) = told(facts + "klausuler: {överskott: återbetalas}\n", "T107")
    assert "ta bort ekonomi.överskott.hantering ur avtalet" in one.hint
    (one,) = told(facts + "klausuler: {överskott: nej}\n", "T107")
    assert "ta bort ekonomi.överskott.hantering ur avtalet" in one.hint


@pytest.mark.parametrize(
    ("first", "second", "keys"),
    [
        ("innebär: {ekonomi.överskott.hantering: dialog}", "väljs_när: mål.vision", "”innebär” eller ”väljs_när”"),
        ("väljs_när: mål.vision", "väljs_när: mål.syfte", "ändra ”väljs_när”"),
        (
            "innebär: {ekonomi.överskott.hantering: dialog}",
            "innebär: {ekonomi.överskott.hantering: dialog}",
            "ändra ”innebär” i",
        ),
    ],
)
def test_two_fitting_variants_are_reported_with_the_key_in_the_texts(
    tmp_path: Path, first: str, second: str, keys: str
) -> None:
    texts = {
        "klausuler/prov/a.md.j2": variant("a", first + "\n"),
        "klausuler/prov/b.md.j2": variant("b", second + "\n"),
    }
    library = load_library([with_clauses(tmp_path, texts)])
    data = "mål: {vision: Alla., syfte: Trygghet.}\nekonomi: {överskott: {hantering: dialog}}\n"
    (one,) = told(data, "T108", library)
    assert keys in one.hint


def test_an_own_clause_with_two_places_is_printed_once_where_it_stands_instead() -> None:
    data = (
        "tvist: {steg: [{form: dialog}]}\n"
        "egna_klausuler: [{rubrik: Regn, efter: tvist, i_stället_för: tvist, text: Vi tar paraply.}]\n"
    )
    made = iopdocs.render(iopdocs.loads(data)).to_markdown()
    assert made.count("Vi tar paraply.") == 1
    assert made.count("Regn") == 1
    assert "samtal" not in made


def test_own_clause_without_heading_gets_a_placeholder_and_is_reported() -> None:
    data = "egna_klausuler:\n  - {rubrik: Regn, text: Vi tar paraply.}\n  - {text: Vi tar bussen.}\n"
    (one,) = [one for one in told(data, "K201") if one.path.startswith("egna_klausuler")]
    assert one.path == "egna_klausuler[2].rubrik"
    assert one.level.value == "fel"
    assert one.position is not None
    assert one.position.line == 3
    lines = [line for line in iopdocs.render(iopdocs.loads(data)).to_markdown().split("\n") if line]
    assert "Klausulens rubrik" in lines[lines.index("Vi tar bussen.") - 1]
    alone = told("egna_klausuler: [{text: Vi tar bussen.}]\n", "K201")
    assert [one for one in alone if one.path.startswith("egna_klausuler")] == []


@pytest.mark.parametrize("place", ["", ", avsnitt: mål", ", efter: tvist", ", i_stället_för: tvist"])
def test_own_clause_without_text_shows_a_placeholder_and_is_reported_once(place: str) -> None:
    data = f"tvist: {{steg: [{{form: dialog}}]}}\negna_klausuler: [{{rubrik: Regn{place}}}]\n"
    lines = [line for line in iopdocs.render(iopdocs.loads(data)).to_markdown().split("\n") if line]
    (heading,) = [number for number, line in enumerate(lines) if line.endswith(" Regn")]
    assert "ext\\]" in lines[heading + 1]
    assert [one.path for one in told(data, "T109")] == ["egna_klausuler[1].text"]
    assert [one for one in told(data, "K201") if one.path.startswith("egna_klausuler")] == []


def test_wrong_section_number_is_reported_without_a_range() -> None:
    data = "mål: {syfte: Trygghet.}\negna_klausuler: [{rubrik: Regn, text: 'Se avsnitt 99.'}]\n"
    (one,) = told(data, "S202")
    assert "1–" not in one.hint
    assert "[](#mal)" in one.hint
    mended = data.replace("avsnitt 99", "[](#mal)")
    assert told(mended, "S202") == []
    assert told(mended, "T102") == []


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("klausuler", True),
        ("klausuler.överskott", True),
        ("klausuler.a.b", False),
        ("klausuler.klausul", True),
        ("titel.x", False),
    ],
)
def test_a_path_to_a_choice_is_a_path(path: str, there: bool) -> None:
    assert (field_at(path) is not None) is there


def test_a_misspelt_path_to_a_choice_keeps_the_name_of_the_clause() -> None:
    assert nearest_path("klausul.överskott") == "klausuler.överskott"


def test_a_demand_for_a_choice_is_met_by_that_choice() -> None:
    agreement = iopdocs.loads("klausuler: {överskott: återbetalas}\n")
    assert holds(agreement, "klausuler")
    assert holds(agreement, "klausuler.överskott")
    assert not holds(agreement, "klausuler.tvist")
