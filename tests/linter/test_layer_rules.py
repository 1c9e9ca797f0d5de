"""What the linter says of the texts of layers: replaced texts that have changed, names that no agreement has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.cli.lint_text import report_text
from iopdocs.cli.terminal import TerminalStyle
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.texts import parse_text
from iopdocs.templating.unknown_names import unknown_names
from tests.helpers.layers import make_layer

BASE = load_library()
TVIST = "klausuler/omforhandling/tvist/enligt_uppgifterna.md.j2"
TVIST_ID = "tvist/enligt uppgifterna"
DIGEST = BASE.layers[0].texts[TVIST].digest


def said(library: Library, code: str) -> list[tuple[str, int, str]]:
    report = iopdocs.lint(iopdocs.loads("titel: x"), library=library)
    return [
        (Path(one.file).name, one.position.line if one.position else 0, one.message)
        for one in report.findings
        if one.code == code
    ]


def replacing(folder: Path, front: str, name: str = TVIST) -> Library:
    return load_library([make_layer(folder, {name: f"---\n{front}\n---\nVår text.\n"})])


@pytest.mark.parametrize("written", [DIGEST, DIGEST[:16], DIGEST[:8].upper()])
def test_text_that_replaces_the_current_text_has_no_findings(tmp_path: Path, written: str) -> None:
    assert said(replacing(tmp_path, f"ersätter: {{id: {TVIST_ID}, hash: '{written}'}}"), "T104") == []


@pytest.mark.parametrize("written", ["0123456789abcdef", DIGEST[:7], "''"])
def test_text_with_changed_base_is_reported_with_the_new_hash(tmp_path: Path, written: str) -> None:
    library = replacing(tmp_path, f"ersätter: {{id: {TVIST_ID}, hash: {written}}}")
    ((file, line, message),) = said(library, "T104")
    assert (file, line) == ("enligt_uppgifterna.md.j2", 2)
    assert "har ändrats" in message
    report = iopdocs.lint(iopdocs.loads("titel: x"), library=library)
    assert DIGEST[:16] in next(one.hint for one in report.findings if one.code == "T104")


def test_changed_base_is_reported_at_the_line_of_the_hash(tmp_path: Path) -> None:
    front = f"id: {TVIST_ID}\ntitel: Tvist\nersätter:\n  id: {TVIST_ID}\n  hash: 0123456789abcdef"
    library = replacing(tmp_path, front)
    ((_file, line, _message),) = said(library, "T104")
    assert line == 6
    report = iopdocs.lint(iopdocs.loads("titel: x"), library=library)
    shown = report_text(report, library, None, TerminalStyle())
    assert ".md.j2:6:1\n" in shown
    assert "{#" not in shown


def test_broken_reference_in_data_is_reported_where_it_is_written() -> None:
    data = "titel: x\negna_klausuler:\n  - rubrik: Regn\n    text: Vi tar paraply, se [](#tvisten).\n"
    report = iopdocs.lint(iopdocs.loads(data, file="avtal.yaml"))
    (one,) = [one for one in report.findings if one.code == "T102"]
    assert (one.file, one.path) == ("avtal.yaml", "egna_klausuler[1].text")
    assert one.position is not None
    assert (one.position.line, one.position.column) == (4, data.split("\n")[3].index("[](#") + 1)
    assert "tvisten" in one.message
    assert ":0" not in one.message


@pytest.mark.parametrize(
    ("clause", "target"),
    [("uppsägning", "uppsagning"), ("Uppsägning", "uppsagning"), ("tvist", "tvist"), ("förlängning", "forlangning")],
)
def test_a_reference_to_a_clause_that_is_left_out_says_which_choice_did_it(
    tmp_path: Path, clause: str, target: str
) -> None:
    chosen = f"titel: x\nklausuler: {{{clause}: nej}}\n"
    data = f"{chosen}egna_klausuler:\n  - rubrik: Regn\n    text: Se [](#{target}) och [](#ingenstans).\n"
    told = {one.message: one for one in iopdocs.lint(iopdocs.loads(data)).findings if one.code == "T102"}
    because = f"klausulen är borttagen med klausuler.{clause}: nej"
    (one,) = [found for message, found in told.items() if because in message]
    assert one.path == "egna_klausuler[1].text"
    assert f"ta bort valet klausuler.{clause}: nej" in one.hint
    (other,) = [message for message in told if because not in message]
    assert "ingenstans" in other
    folder = make_layer(tmp_path, {"avsnitt/bakgrund.md.j2": f"Se [](#{target}).\n"})
    report = iopdocs.lint(iopdocs.loads(chosen, file="avtal.yaml"), library=load_library([folder]))
    (one,) = [one for one in report.findings if one.code == "T102"]
    assert because in one.message
    assert "avsnitt/bakgrund.md.j2:1" in one.message
    assert one.position is not None
    assert (one.path, one.position.line) == (f"klausuler.{clause}", 2)


def test_broken_reference_in_a_layer_is_reported_with_the_layer_file(tmp_path: Path) -> None:
    folder = make_layer(tmp_path, {"avsnitt/bakgrund.md.j2": "Se [](#ingenstans).\n"})
    report = iopdocs.lint(iopdocs.loads("titel: x"), library=load_library([folder]))
    (one,) = [one for one in report.findings if one.code == "T102"]
    assert one.path == ""
    assert "avsnitt/bakgrund.md.j2:1" in one.message


@pytest.mark.parametrize("section", ["bakgrund", "underskrift"])
def test_a_text_that_is_not_written_yet_is_an_error_in_its_file_and_no_final_document(
    tmp_path: Path, section: str
) -> None:
    text = "## Hundar\n\nSKRIV HÄR: vem som gör vad, när det sker och vad som händer annars.\n"
    library = load_library([make_layer(tmp_path, {f"avsnitt/{section}.md.j2": text})])
    agreement = iopdocs.loads("titel: x")
    (one,) = [one for one in iopdocs.lint(agreement, library=library).findings if one.code == "S208"]
    assert one.level.value == "fel"
    assert Path(one.file).name == f"{section}.md.j2"
    assert one.position is not None
    assert one.position.line == 3
    assert "SKRIV HÄR:" in one.message
    with pytest.raises(iopdocs.NotFinalError) as refused:
        iopdocs.render(agreement, library=library, final=True)
    assert any("SKRIV HÄR:" in problem.message for problem in refused.value.problems)


def test_a_text_that_is_not_written_yet_does_not_matter_where_it_is_not_printed(tmp_path: Path) -> None:
    text = "Ord.\n\n{% if mål.vision %}\nSKRIV HÄR: vem som gör vad.\n{% endif %}\n"
    library = load_library([make_layer(tmp_path, {"avsnitt/bakgrund.md.j2": text})])
    assert said(library, "S208") == []


@pytest.mark.parametrize("name", [TVIST, "klausuler/omforhandling/tvist/namnd.md.j2"])
def test_a_text_over_one_of_a_layer_that_is_gone_says_that_the_layer_may_be_missing(tmp_path: Path, name: str) -> None:
    id = TVIST_ID if name == TVIST else "tvist/nämnd"
    middle = make_layer(tmp_path / "m", {name: f"---\nid: {id}\n---\nMellanlagrets text.\n"}, name="mellan")
    digest = load_library([middle]).layers[1].texts[name].digest[:16]
    front = f"---\nid: {id}\nersätter: {{id: {id}, hash: '{digest}'}}\n---\n"
    top = make_layer(tmp_path / "t", {name: f"{front}Vår text.\n"}, name="topp")
    assert said(load_library([middle, top]), "T104") == []
    report = iopdocs.lint(iopdocs.loads("titel: x"), library=load_library([top]))
    (one,) = [one for one in report.findings if one.code == "T104"]
    if name == TVIST:
        assert "eller kommer nu från ett annat lager" in one.message
        assert "i lagret bas" in one.hint
    else:
        assert "”tvist/nämnd”" in one.message
        assert "ta med det lager som har texten" in one.hint
    assert name in one.message


def test_text_that_replaces_another_id_is_reported(tmp_path: Path) -> None:
    ((_file, _line, message),) = said(replacing(tmp_path, f"ersätter: {{id: annat, hash: {DIGEST}}}"), "T104")
    assert "”annat”" in message


@pytest.mark.parametrize(
    ("line", "name", "near"),
    [
        ("{% if avtalstid.uppsägningtid %}x{% endif %}", "avtalstid.uppsägningtid", "uppsägningstid"),
        ("{% if falskt_namn %}x{% endif %}", "falskt_namn", ""),
        ("{% for u in ekonomi.utbetalningar %}{{ u.belop }}{% endfor %}", "u.belop", "belopp"),
        ("{% set h = hävning %}{% if h.avveckling.deltagre %}x{% endif %}", "h.avveckling.deltagre", "deltagare"),
        ("{% if organisation.sammankallande.nam %}x{% endif %}", "organisation.sammankallande.nam", "namn"),
        ("{% if avtal.bakgrundd %}x{% endif %}", "avtal.bakgrundd", "bakgrund"),
        ("{% for p in parter|med('namn') %}{{ p.adres }}{% endfor %}", "p.adres", "adress"),
    ],
)
def test_unknown_name_is_reported_with_its_line(tmp_path: Path, line: str, name: str, near: str) -> None:
    text = parse_text(f"---\nid: x\n---\nVår text.\n\n{line}\n", name=TVIST, layer="prov", file="tvist.md.j2")
    (one,) = unknown_names(text, BASE)
    assert (one.name, one.line) == (name, 6)
    assert near in one.near


@pytest.mark.parametrize(
    "text",
    [
        "{{ avtal.titel }}{{ titel }}{{ offentliga_parter|antal }}",
        "{% for u in ekonomi.utbetalningar %}{{ u.antal_betalningar }}{{ u.från.namn }}{{ loop.index }}{% endfor %}",
        "{% macro rad(u) %}{{ u.vad_som_helst }}{% endmacro %}{{ rad(ekonomi) }}",
        "{% if a %",
    ],
)
def test_names_of_an_agreement_or_the_text_are_not_reported(text: str) -> None:
    assert unknown_names(parse_text(text, name="x.md.j2", layer="prov", file="x"), BASE) == ()


def test_no_text_of_the_base_layer_uses_a_name_that_no_agreement_has() -> None:
    for text in BASE.layers[0].texts.values():
        assert unknown_names(text, BASE) == (), text.name


def test_it_is_a_finding_with_file_and_line_in_the_layer(tmp_path: Path) -> None:
    library = load_library(
        [make_layer(tmp_path, {TVIST: "Vår text.\n\n{% if titel == 'y' %}{{ tvist.stegg }}{% endif %}\n"})]
    )
    ((file, line, message),) = said(library, "T105")
    assert (file, line) == ("enligt_uppgifterna.md.j2", 3)
    assert "menade du ”steg”" in message


@given(st.text(max_size=80))
def test_any_text_is_read_without_failing(body: str) -> None:
    try:
        text = parse_text(body, name="x.md.j2", layer="prov", file="x")
    except iopdocs.IopdocsError:
        return
    unknown_names(text, BASE)
