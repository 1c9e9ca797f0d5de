"""The granskningsprotokoll: what a registrar files and a lawyer reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import attrs
import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.document.column_widths import column_widths
from iopdocs.document.tree import Document, Heading, Paragraph, Placeholder, Table
from iopdocs.document.walk import all_inlines, blocks_of, plain
from iopdocs.findings import Level
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.formats.review_document import MOST_SHOWN
from iopdocs.linter.rule import Case, Hit, Rule, RulePage
from iopdocs.model.agreement import Agreement
from tests.helpers.command import Outcome
from tests.helpers.command import iopdocs as iopdocs_command
from tests.helpers.docx_checks import faults
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements, texts

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
DRAFT = ROOT / "examples" / "utkast-ofullstandigt.yaml"
LIBRARY = load_library()
DAY = date(2026, 11, 1)


def review(agreement: Agreement, **options: object) -> Document:
    return iopdocs.review(agreement, library=LIBRARY, **options)  # type: ignore[arg-type]


def tables(document: Document) -> list[Table]:
    return [block for block in blocks_of(document) if isinstance(block, Table)]


def rows(document: Document, caption: str) -> list[list[str]]:
    (table,) = (one for one in tables(document) if plain(one.caption).replace("\xa0", " ") == caption)
    return [[plain(cell).replace("\xa0", " ") for cell in row] for row in table.rows]


def text_of(document: Document) -> str:
    return document.to_markdown().replace("\xa0", " ")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_point_of_every_profile_is_there_met_or_not(path: Path) -> None:
    profiles = ["grund", "malmo"]
    agreement = iopdocs.load(path)
    document = review(agreement, profiles=profiles, today=DAY)
    for tally in iopdocs.lint(agreement, library=LIBRARY, profiles=profiles).tallies:
        shown = rows(document, f"Punkterna i profilen {tally.profile}")
        expected = {f"{one.point.code} {one.point.title}": one.met for one in tally.checked}
        assert {row[1]: row[2].startswith("Ja") for row in shown} == expected
        assert all(row[3] for row in shown), "a point without a source"
        assert f"Avtalet uppfyller {tally.met} av {tally.total} punkter." in text_of(document)


def test_every_finding_is_there_with_what_to_do_and_its_source() -> None:
    agreement = iopdocs.load(DRAFT)
    document = review(agreement, today=DAY)
    findings = iopdocs.lint(agreement, library=LIBRARY, today=DAY).findings
    assert findings
    captions = {
        Level.ERROR: "Fel som behöver rättas",
        Level.WARNING: "Varningar att pröva",
        Level.ADVICE: "Råd att överväga",
    }
    for level, caption in captions.items():
        wanted = [finding for finding in findings if finding.level is level]
        if not wanted:
            continue
        shown = rows(document, caption)
        assert sorted(row[0].split(": ", 1)[1][:4] for row in shown) == sorted(finding.code for finding in wanted)
        for finding in wanted:
            assert any(row[2] == "; ".join(finding.sources) and f": {finding.code}. " in row[0] for row in shown)
    assert rows(document, "Fynd per nivå")[0] == ["Fel", str(len(iopdocs.lint(agreement, library=LIBRARY).errors))]


def test_the_sections_bear_the_numbers_of_the_draft() -> None:
    agreement = iopdocs.load(DRAFT)
    draft = iopdocs.render(agreement, library=LIBRARY)
    numbered = {f"{section.number} {plain(section.heading)}" for section in draft.sections}
    shown = {row[0] for row in rows(review(agreement), "Punkterna i profilen grund")}
    assert shown <= numbered


def test_it_says_whose_agreement_which_case_when_and_with_what() -> None:
    shown = dict(row[:2] for row in rows(review(iopdocs.load(DRAFT), today=DAY), "Uppgifter om granskningen"))
    assert shown["Avtal"] == "Gemenskap på äldre dar i Sundeby"
    assert shown["Diarienummer"] == "VON 2027/31"
    assert shown["Avtalets status"] == "Utkast"
    assert shown["Granskningsdag"] == "1 november 2026"
    assert shown["Datafil"] == "utkast-ofullstandigt.yaml"
    assert re.fullmatch(r"iopdocs \d.*", shown["Granskat med"])
    assert shown["Avtalsmallens texter granskade av jurist"] == "Nej"
    digest = hashlib.sha256(DRAFT.read_bytes()).hexdigest()[:16]
    assert shown["Datafilens kontrollsumma"].startswith(f"{digest} ")


def test_what_was_read_from_no_file_has_no_digest() -> None:
    for agreement in (iopdocs.loads("titel: x"), Agreement(title="x")):
        shown = {row[0] for row in rows(review(agreement), "Uppgifter om granskningen")}
        assert not {"Datafil", "Datafilens kontrollsumma"} & shown


def test_a_finding_in_an_own_section_or_an_appendix_says_where_with_number_and_heading() -> None:
    text = """
egna_avsnitt:
  - {rubrik: Hästar, text: Kommunen är beställare.}
  - {rubrik: Hundar, text: Kommunen är beställare., efter: mål}
bilagor:
  - {titel: Plan, fil: plan.pdf}
  - {titel: Läger, insatser: [{namn: Ö, beskrivning: Föreningen är utförare.}]}
"""
    found = rows(review(iopdocs.loads(text), select=["J301"]), "Varningar att pröva")
    first, second, third = (row[0].split(": ")[0] for row in found)
    # In the order of the agreement, where the second of them stands after the goals.
    assert re.fullmatch(r"\d+ Hundar", first)
    assert re.fullmatch(r"\d+ Hästar", second)
    assert third == "Bilaga 2 Läger"


def test_a_gap_that_several_profiles_demand_is_one_row_with_all_codes_and_sources() -> None:
    profiles = ["grund", "vgr", "famna"]
    agreement = iopdocs.loads("titel: x")
    document = review(agreement, profiles=profiles)
    findings = iopdocs.lint(agreement, library=LIBRARY, profiles=profiles).errors
    same = [one for one in findings if one.path == "kunskap.uppföljning"]
    assert {one.code for one in same} == {"K108", "K410", "K509"}
    (row,) = (row for row in rows(document, "Fel som behöver rättas") if "Uppföljning saknas" in row[0])
    assert "K108, K410, K509. Uppföljning saknas." in row[0]
    assert set(row[2].split("; ")) == {source for one in same for source in one.sources}
    assert max((one.hint for one in same), key=len) in row[1]
    assert rows(document, "Fynd per nivå")[0] == ["Fel", str(len(findings))]


def test_a_rule_that_finds_two_places_in_one_text_has_a_row_for_each() -> None:
    agreement = iopdocs.loads("bakgrund: {behov: Vite utgår. Vite utgår.}")
    assert len(rows(review(agreement, select=["J301"]), "Varningar att pröva")) == 2


def test_what_a_profile_takes_away_or_gives_another_level_is_there_with_its_reason(tmp_path: Path) -> None:
    below = """utökar: [grund]
ändringar:
  - {regel: K104, tas_bort: ja, skäl: Vi skriver insatser i bilagor}
  - {regel: K108, nivå: råd, skäl: Uppföljningen står i reglementet.}
  - {regel: S101, nivå: råd}
"""
    layer = make_layer(tmp_path / "lager", {"profiler/under.yaml": below, "profiler/egen.yaml": "utökar: [under]\n"})
    agreement = iopdocs.loads("titel: x")
    for name in ("under", "egen"):
        document = iopdocs.review(agreement, layers=layer, profiles=[name])
        shown = rows(document, f"Ändringar i profilen {name}")
        assert shown[0] == ["K104 Insatser eller insatsram", "Gäller inte", "Vi skriver insatser i bilagor."]
        assert shown[1] == ["K108 Uppföljning", "Har nivån råd", "Uppföljningen står i reglementet."]
        assert (shown[2][0][:5], shown[2][1:]) == ("S101 ", ["Har nivån råd", "Inget skäl angivet"])
    assert not [one for one in tables(review(agreement)) if plain(one.caption).startswith("Ändringar i")]


def test_change_undone_by_another_parent_or_own_point_is_not_reported(tmp_path: Path) -> None:
    below = "utökar: [grund]\nändringar: [{regel: K104, tas_bort: ja, skäl: x}]\n"
    own = "{kod: K104, titel: T, finns: [titel], källa: [{dokument: d}]}"
    profiles = {
        "under": below,
        "båda": "utökar: [under, grund]\n",
        "eget": f"utökar: [under]\npunkter: [{own}]\n",
    }
    layer = make_layer(tmp_path / "lager", {f"profiler/{name}.yaml": text for name, text in profiles.items()})
    library = load_library([layer])
    assert [len(library.profile(name).changes) for name in profiles] == [1, 0, 0]


def test_what_to_do_has_as_much_room_as_what_is_wrong() -> None:
    (table,) = (one for one in tables(review(iopdocs.load(DRAFT))) if plain(one.caption).startswith("Fel som"))
    assert [plain(cell) for cell in table.header] == ["Fynd", "Att göra", "Källa"]
    assert column_widths(table, 900)[1] >= 250


def test_it_says_openly_what_it_is_not() -> None:
    text = text_of(review(iopdocs.load(DRAFT)))
    assert "Det är ingen juridisk bedömning" in text
    assert "granskad: nej" in text
    assert "Ingen granskningsdag är angiven" in text
    assert re.search(r"inte prövat mot dessa profiler: .*vgr", text)
    assert "Bara regler vars koder börjar så här har prövats: S, K1." in text_of(
        review(iopdocs.load(DRAFT), select=["S", "K1"])
    )
    assert "har lämnats utanför: L." in text_of(review(iopdocs.load(DRAFT), ignore=["L"]))


def test_it_bears_no_mark_of_a_draft_and_no_placeholder() -> None:
    for path in EXAMPLES:
        document = review(iopdocs.load(path))
        assert not [node for node in all_inlines(document) if isinstance(node, Placeholder)]
        assert "UTKAST" not in document.to_html()
        assert "ARBETSKOPIA" not in document.to_html()


def test_an_exception_is_there_with_its_reason_and_not_among_the_findings() -> None:
    text = (
        "avtalstid: {start: 2027-01-01, slut: 2026-01-01}\nlint: {undantag: [{regel: S101, skäl: Prövat av nämnden}]}\n"
    )
    document = review(iopdocs.loads(text))
    (row,) = rows(document, "Undantagna fynd")
    assert row[1].startswith("S101")
    assert row[2] == "Prövat av nämnden"
    assert not any("S101" in cell[0] for cell in rows(document, "Fel som behöver rättas"))


def test_what_is_met_in_an_appendix_says_which() -> None:
    text = "bilagor:\n  - titel: Plan\n    fil: plan.pdf\n  - titel: Insatser\n    insatser: [{namn: Läger}]\n"
    document = review(iopdocs.loads(text))
    (row,) = (row for row in rows(document, "Punkterna i profilen grund") if row[1].startswith("K104"))
    assert row[2] == "Ja, bilaga 2"
    assert "Bilagor som är egna filer har inte lästs: 1." in text_of(document)


def test_every_table_has_a_caption_and_a_header() -> None:
    for table in tables(review(iopdocs.load(DRAFT), profiles=["grund", "malmo"])):
        assert plain(table.caption)
        assert all(plain(cell) for cell in table.header)


def test_a_layer_may_word_it_its_own_way(tmp_path: Path) -> None:
    (tmp_path / "avsnitt").mkdir()
    (tmp_path / "lager.yaml").write_text("format: 1\nnamn: kommun\n", encoding="utf-8")
    text = (
        "---\nid: granskning_kallor\nrubrik: Kontakt\n---\nFrågor om {{ granskning.datafil }} besvaras av kansliet.\n"
    )
    (tmp_path / "avsnitt" / "granskning_kallor.md.j2").write_text(text, encoding="utf-8")
    made = iopdocs.review(iopdocs.load(DRAFT), layers=tmp_path).to_markdown()
    assert "Frågor om utkast-ofullstandigt.yaml besvaras av kansliet." in made


def test_a_layers_own_words_are_no_finding(tmp_path: Path) -> None:
    (tmp_path / "avsnitt").mkdir()
    (tmp_path / "lager.yaml").write_text("format: 1\nnamn: kommun\n", encoding="utf-8")
    text = "---\nid: granskning_kallor\n---\n{% for p in granskning.profiler %}\n- {{ p.namn }}\n{% endfor %}\n"
    (tmp_path / "avsnitt" / "granskning_kallor.md.j2").write_text(text, encoding="utf-8")
    report = iopdocs.lint(iopdocs.load(DRAFT), layers=tmp_path)
    assert [finding.message for finding in report.findings if finding.code == "T105"] == []


def test_failed_rule_is_listed_as_not_examined() -> None:
    def check(case: Case) -> Iterable[Hit]:
        raise ValueError

    broken = Rule("X007", "trasig", Level.ERROR, (), check, RulePage("T.", "v", "v", "d", "b", "k"))
    document = review(iopdocs.load(DRAFT), rules=[broken])
    (section,) = (one for one in document.sections if plain(one.heading) == "Vad granskningen inte omfattar")
    assert "Regeln X007 kunde inte köras" in attrs.evolve(document, sections=(section,)).to_markdown()


def test_thousands_of_findings_are_counted_and_not_all_listed() -> None:
    def check(case: Case) -> Iterable[Hit]:
        return [Hit("titel", f"fynd {number}") for number in range(MOST_SHOWN + 500)]

    many = Rule("X008", "många", Level.ERROR, (), check, RulePage("T.", "v", "v", "d", "b", "k"))
    document = review(iopdocs.load(DRAFT), rules=[many])
    assert len(rows(document, "Fel som behöver rättas")) == MOST_SHOWN
    (errors,) = (row for row in rows(document, "Fynd per nivå") if row[0] == "Fel")
    left = int(errors[1].replace(" ", "")) - MOST_SHOWN
    assert f"Ytterligare {left} fynd" in text_of(document)


@given(agreements())
@examples(25)
def test_any_agreement_can_be_reviewed(agreement: Agreement) -> None:
    document = review(agreement, today=DAY)
    assert faults(document.to_docx()) == []
    assert [plain(section.heading) for section in document.sections][-1] == "Källor"


def shape(document: Document) -> list[tuple[str, str]]:
    """Return headings, lists and the like; a blank line in a text may part two paragraphs, as in an agreement."""
    return [
        (type(block).__name__, plain(block.children) if isinstance(block, Heading) else "")
        for block in blocks_of(document)
        if not isinstance(block, Paragraph)
    ]


SHAPE = shape(review(iopdocs.loads("titel: x"), select=["K"]))


@given(texts(80).filter(str.strip) | st.sampled_from(["# x", "| a | b |", "::: tabell X", "{{ granskning }}"]))
@examples(60)
def test_a_users_text_never_becomes_structure(text: str) -> None:
    document = review(attrs.evolve(iopdocs.loads("titel: x"), title=text), select=["K"])
    assert shape(document) == SHAPE
    (shown,) = (row[1] for row in rows_as_written(document, "Uppgifter om granskningen") if row[0] == "Avtal")
    assert shown.split() == text.split()


def rows_as_written(document: Document, caption: str) -> list[list[str]]:
    (table,) = (one for one in tables(document) if plain(one.caption).replace("\xa0", " ") == caption)
    return [[plain(cell) for cell in row] for row in table.rows]


def command(folder: Path, *arguments: str) -> Outcome:
    return iopdocs_command("review", *arguments, cwd=folder)


def test_the_command_writes_the_protocol_and_findings_do_not_fail_it(tmp_path: Path) -> None:
    done = command(tmp_path, str(DRAFT), "-o", "protokoll.docx", "--date", "2026-11-01", "--profile", "malmo")
    assert done.code == 0, done.err
    read = docx.Document(str(tmp_path / "protokoll.docx"))
    assert read.paragraphs[0].text == "Granskningsprotokoll"
    assert "Granskningsdag: 1 november 2026" in [one.text.replace("\xa0", " ") for one in read.paragraphs]
    assert read.core_properties.title == "Granskningsprotokoll: Gemenskap på äldre dar i Sundeby"


def test_several_files_go_into_a_folder_beside_the_agreements_documents(tmp_path: Path) -> None:
    done = command(tmp_path, *map(str, EXAMPLES[:2]), "-o", "ut/", "--to", "html")
    assert done.code == 0, done.err
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == sorted(
        f"{path.stem}-granskningsprotokoll.html" for path in EXAMPLES[:2]
    )


def test_a_file_that_cannot_be_read_is_2_and_the_others_are_written(tmp_path: Path) -> None:
    done = command(tmp_path, "finns-inte.yaml", str(DRAFT), "-o", "ut/")
    assert done.code == 2
    assert "finns-inte.yaml" in done.err
    assert (tmp_path / "ut" / "utkast-ofullstandigt-granskningsprotokoll.docx").exists()


def test_an_edited_protocol_is_not_overwritten(tmp_path: Path) -> None:
    assert command(tmp_path, str(DRAFT), "-o", "p.docx").code == 0
    read = docx.Document(str(tmp_path / "p.docx"))
    read.add_paragraph("Handläggarens anteckning")
    read.save(str(tmp_path / "p.docx"))
    assert command(tmp_path, str(DRAFT), "-o", "p.docx").code == 2
    assert command(tmp_path, str(DRAFT), "-o", "p.docx", "--overwrite").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["--profile", "malm"], "profilen ”malm” finns inte"), (["--date", "2027-13-01"], "--date")],
)
def test_command_line_mistake_is_reported(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = command(tmp_path, str(DRAFT), "-o", "p.docx", *arguments)
    assert done.code == 2
    assert says in done.err
