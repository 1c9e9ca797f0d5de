"""Workbooks as people leave them: what is read, and what is said of the rest."""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from iopdocs.files.loader import load
from iopdocs.model.agreement import Agreement
from iopdocs.sources.reader import load_row, read_source
from iopdocs.tables.workbook_layout import layout
from iopdocs.values.people import PeopleSpan
from tests.helpers.command import iopdocs
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements, plausible_agreements
from tests.helpers.workbooks import reduced, rows_of, save, save_csv, save_small

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
modest = examples(40, suppress_health_check=list(HealthCheck))
SHEETS = {"Avtal": [["Avtal", "Titel"], ["A1", "Trygga kvällar"]]}


def made(tmp_path: Path, sheets: dict[str, list[list[object]]], name: str = "avtal.xlsx") -> Path:
    return save(sheets, tmp_path / name)


def said(path: Path) -> str:
    source = read_source(path)
    told = [str(problem) for row in source.rows for problem in row.problems] + [str(one) for one in source.problems]
    return "\n".join(told).replace(str(path.parent) + "/", "")


def only(path: Path) -> Agreement:
    source = read_source(path)
    assert [str(problem) for row in source.rows for problem in row.problems] == []
    assert source.problems == ()
    (row,) = source.rows
    assert row.agreement is not None
    return row.agreement


@modest
@given(st.lists(agreements().map(reduced) | plausible_agreements().map(reduced), min_size=1, max_size=3))
def test_any_agreement_that_cells_can_hold_survives_a_workbook(tmp_path_factory, made_up):
    folder = tmp_path_factory.mktemp("wb")
    named = [(f"A{number}", agreement) for number, agreement in enumerate(made_up)]
    source = read_source(save_small(rows_of(named), folder / "avtal.xlsx"))
    assert [(row.id, row.agreement, row.problems) for row in source.rows] == [(name, one, ()) for name, one in named]
    assert source.problems == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_survives_a_workbook_and_csv(path, tmp_path):
    agreement = reduced(load(path))
    rows = rows_of([("A1", agreement)])
    assert only(save(rows, tmp_path / "avtal.xlsx")) == agreement
    assert only(save_csv(rows, tmp_path / "csv")) == agreement


def test_the_template_reads_without_problems_when_the_example_gets_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert iopdocs("workbook", "new", "mall.xlsx").code == 0
    assert "bara exempelraden" in said(Path("mall.xlsx"))
    book = load_workbook("mall.xlsx")
    for page in book:
        if page["A2"].value == "EXEMPEL":
            page["A2"] = "A1"
    book.save("avtal.xlsx")
    agreement = only(Path("avtal.xlsx"))
    assert agreement.title == "Trygga kvällar i Norrby"
    assert agreement.parties[0].signatories[0].name == "Karin Åberg"


def test_the_template_is_the_same_file_every_time_and_replaces_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    iopdocs("workbook", "new", "a.xlsx")
    iopdocs("workbook", "new", "b.xlsx")
    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()
    again = iopdocs("workbook", "new", "a.xlsx")
    assert (again.code, "finns redan" in again.err) == (2, True)
    assert iopdocs("workbook", "new", "a.xls").code == 2


def test_forgotten_example_row_is_reported_and_makes_no_agreement(tmp_path):
    sheets = {
        "Avtal": [["Avtal", "Titel"], [" exempel", "x"], ["A1", "y"]],
        "Parter": [["Avtal", "Namn"], ["EXEMPEL", "z"]],
    }
    sheets["Parter"][0][1] = "Partens namn"
    source = read_source(made(tmp_path, sheets))
    assert [row.id for row in source.rows] == ["A1"]
    assert source.problems == ()
    assert "exempelraden läses inte" in str(source.notes[0])


def test_problems_name_file_sheet_cell_and_heading_all_at_once(tmp_path):
    path = made(
        tmp_path,
        {
            "Avtal": [["Avtal", "Titel", "Status"], ["A1", "Ett", "utkats"], ["A2", "Två", "utkast"]],
            "Resurser": [["Avtal", "Part", "Belopp"], ["A1", "kommunen", "mycket"], ["A9", "kommunen", 5]],
        },
    )
    text = said(path)
    assert "avtal.xlsx: Avtal!C2 (Status): " in text
    assert "menade du ”utkast”" in text
    assert "avtal.xlsx: Resurser!C2 (Belopp): ”mycket” är inget belopp" in text
    assert "avtal.xlsx: Resurser!A3 (Avtal): det finns inget avtal ”A9” – menade du ”A1”?" in text or "A9" in text
    source = read_source(path)
    assert [(row.id, row.place.rpartition("/")[2], bool(row.agreement)) for row in source.rows] == [
        ("A1", "avtal.xlsx: Avtal!A2", False),
        ("A2", "avtal.xlsx: Avtal!A3", True),
    ]


def test_a_datum_knows_its_cell(tmp_path):
    agreement = only(made(tmp_path, {**SHEETS, "Relaterade avtal": [["Avtal", "Diarienummer"], ["A1", "KS 1"]]}))
    assert agreement.source.positions["titel"].name == "Avtal!B2"
    assert agreement.source.positions["bakgrund.relaterade_avtal[1].diarienummer"].name == "'Relaterade avtal'!B2"


def test_headings_and_sheets_are_matched_however_they_are_written(tmp_path):
    decomposed = unicodedata.normalize("NFD", "UPPFÖLJNING")
    sheets = {
        "avtal ": [["TITEL", "avtalstid.start", "AVTAL"], ["Ett", datetime.date(2027, 1, 1), "A1"]],
        decomposed: [["avtal", "vad  som följs UPP"], ["a1", "allt"]],
    }
    agreement = only(made(tmp_path, sheets))
    assert agreement.term.start == datetime.date(2027, 1, 1)
    assert agreement.knowledge.follow_ups[0].what == "allt"


def test_unknown_sheets_and_headings_get_a_suggestion(tmp_path):
    sheets = {
        "Avtal": [["Avtal", "Titell"], ["A1", "x"]],
        "Resurs": [["Avtal"], ["A1"]],
        "#mitt": [["x"], [1]],
        "Blad3": [],
    }
    text = said(made(tmp_path, sheets))
    assert "Avtal!B1: okänd rubrik ”Titell” – menade du ”Titel”?" in text
    assert "Resurs!A1: okänt blad ”Resurs” – menade du ”Resurser”?" in text
    assert "mitt" not in text
    assert "Blad3" not in text


@pytest.mark.parametrize(
    ("sheet", "heading", "hint"),
    [
        ("Avtal", "Start", "kanske ”Avtalstid: Avtalet börjar gälla”"),
        ("Avtal", "Slutdatum", "kanske ”Avtalstid: Avtalet upphör”"),
        ("Avtal", "Blomma", "de 138 rubriker som bladet Avtal kan ha finns i mallen"),
        ("Parter", "Kontakt", "kanske någon av: Kontakt: Namn, Kontakt: Roll, Kontakt: E-post, Kontakt: Telefon"),
        ("Parter", "Organisationsnumer", "menade du ”Organisationsnummer”?"),
        ("Resurser", "Start", "bladet Resurser kan ha rubrikerna: Avtal, Part, Slag av resurs,"),
    ],
)
def test_a_heading_is_guessed_only_when_it_is_near(tmp_path, sheet, heading, hint):
    sheets = {"Avtal": [["Avtal", "Titel"], ["A1", "x"]], sheet: [["Avtal", heading], ["A1", "x"]]}
    text = said(made(tmp_path, sheets))
    assert f"okänd rubrik ”{heading}” – {hint}" in re.sub("de [0-9]+ rubriker", "de 138 rubriker", text)


def test_an_agreement_is_guessed_only_when_its_figures_are_the_same(tmp_path):
    sheets = {
        "Avtal": [["Avtal", "Titel"], ["IOP-2027-17", "x"]],
        "Definitioner": [["Avtal", "Begrepp", "Betydelse"], ["IOP-2027-18", "a", "b"], ["IOP 2027-17", "a", "b"]],
    }
    text = said(made(tmp_path, sheets))
    assert "det finns inget avtal ”IOP-2027-18” – lägg till det" in text
    assert "det finns inget avtal ”IOP 2027-17” – menade du ”IOP-2027-17”?" in text


def test_a_name_that_stands_twice_is_one_message(tmp_path):
    party = [["A1", "Kommunen"], ["A1", "Föreningen"]]
    sheets = {
        "Avtal": [["Avtal", "Titel"], ["A1", "x"], ["A1", "y"]],
        "Parter": [["Avtal", "Partens namn"], *party, *party],
        "Undertecknare": [["Avtal", "Partens namn", "Namn"], *[[*one, "Eva"] for one in (*party, *party)]],
        "Klausuler": [["Avtal", "Klausul", "Variant"], *[["A1", "underskott", "kommunen_bar"]] * 2],
    }
    assert said(made(tmp_path, sheets)) == (
        "avtal.xlsx: Avtal!A3 (Avtal): ”A1” står två gånger, här och i Avtal!A2 – ge varje avtal ett eget namn"
    )


def test_unknown_agreement_is_reported_once_with_its_rows(tmp_path):
    sheets = {
        "Avtal": [["Avtal", "Titel"], ["A1", "x"]],
        "Parter": [["Avtal", "Partens namn"], ["A9", "Kommunen"], ["A9", "Föreningen"]],
        "Definitioner": [["Avtal", "Begrepp", "Betydelse"], ["A9", "a", "b"]],
    }
    assert said(made(tmp_path, sheets)) == (
        "avtal.xlsx: Parter!A2 (Avtal): det finns inget avtal ”A9”, men namnet står på 3 rader – "
        "lägg till det på bladet Avtal, eller rätta namnet"
    )


def test_columns_with_missing_or_duplicate_heading_are_reported(tmp_path):
    sheets = {"Avtal": [["Avtal", "Titel", "titel", None, "# egen"], ["A1", "x", "y", "z", "anteckning"]]}
    text = said(made(tmp_path, sheets))
    assert "Avtal!C1: rubriken ”Titel” står två gånger, här och i Avtal!B1" in text
    assert "Avtal!D2: kolumnen saknar rubrik" in text
    assert "egen" not in text


def test_duplicate_agreement_and_row_without_name_are_reported(tmp_path):
    sheets = {"Avtal": [["Avtal", "Titel"], ["A1", "x"], [None, "y"], ["a1", "z"], ["A2", "w"]]}
    path = made(tmp_path, sheets)
    text = said(path)
    assert "Avtal!A3 (Avtal): här saknas namnet på avtalet" in text
    assert "Avtal!A4 (Avtal): ”a1” står två gånger, här och i Avtal!A2" in text
    assert [(row.id, bool(row.agreement)) for row in read_source(path).rows] == [("A1", False), ("A2", True)]


def test_numbers_dates_and_truth_come_as_they_were_meant(tmp_path):
    book = Workbook()
    page = book.active
    page.title = "Avtal"
    page.append(
        [
            "Avtal",
            "Avtalstid: Avtalet börjar gälla",
            "Uppräkning: Andel i procent",
            "Gäller tills vidare",
            "Målgrupp: Antal",
        ]
    )
    page.append([1, datetime.datetime(2027, 1, 1), 0.8, True, 400.0])
    page["C2"].number_format = "0%"
    parties = book.create_sheet("Parter")
    parties.append(["Avtal", "Organisationsnummer", "Beslut: Paragraf"])
    parties.append(["1", 2120000001, 12.0])
    money = book.create_sheet("Resurser")
    money.append(["Avtal", "Belopp", "År"])
    money.append([1, 900000.0, 2027])
    money.append([1, 0.1 + 0.2, 2027.0])
    book.save(tmp_path / "avtal.xlsx")
    agreement = only(tmp_path / "avtal.xlsx")
    assert agreement.term.start == datetime.date(2027, 1, 1)
    assert agreement.term.until_further_notice is True
    assert str(agreement.economy.indexation.share) == "80"
    assert agreement.goals.target_group.number == PeopleSpan(400)
    assert str(agreement.parties[0].organisation_number) == "212000-0001"
    assert agreement.parties[0].decision.paragraph == "12"
    assert [str(one.amount) for one in agreement.economy.resources] == ["900 000 kr", "0,30 kr"]


@pytest.mark.parametrize("text", ["2027-01-01", "1 januari 2027", "den 1 jan 2027"])
def test_dates_in_words_are_read(tmp_path, text):
    sheets = {"Avtal": [["Avtal", "avtalstid.start"], ["A1", text]]}
    assert only(made(tmp_path, sheets)).term.start == datetime.date(2027, 1, 1)


@pytest.mark.parametrize("text", ["1/2/2027", "01.02.27", "1-2-2027", "27-01-02"])
def test_dates_that_can_be_read_in_two_ways_are_not_guessed(tmp_path, text):
    sheets = {"Avtal": [["Avtal", "avtalstid.start"], ["A1", text]]}
    assert f"Avtal!B2 (Avtalstid: Avtalet börjar gälla): ”{text}” kan läsas på flera sätt" in said(
        made(tmp_path, sheets)
    )


@pytest.mark.parametrize("text", ["12/31/2027", "31.12.27", "31122027"])
def test_date_in_another_order_is_reported_with_the_date_meant(tmp_path, text):
    sheets = {"Avtal": [["Avtal", "avtalstid.start"], ["A1", text]]}
    assert f"”{text}” är inget datum så som det skrivs här – skriv 2027-12-31" in said(made(tmp_path, sheets))
    (tmp_path / "avtal.csv").write_text(f"Avtal;avtalstid.start\nA1;{text}\n", encoding="utf-8")
    assert "skriv 2027-12-31" in said(tmp_path / "avtal.csv")


def test_day_shown_as_number_is_reported_with_day_and_remedy(tmp_path):
    cell = '<c r="B2"><f>DATE(2027,12,31)</f><v>46752</v></c>'
    path = made(tmp_path, {"Avtal": [["Avtal", "avtalstid.start"], ["A1", "XYZZY"], ["A2", 46752], ["A3", 2027]]})
    path = changed(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(r'<c r="B2".*?</c>', cell, xml))
    text = said(path)
    assert "Avtal!B2 (Avtalstid: Avtalet börjar gälla): cellens formel ger talet 46752 utan datumformat" in text
    assert "som datum är det 2027-12-31 – ge cellen formatet Datum" in text
    assert "Avtal!B3 (Avtalstid: Avtalet börjar gälla): här står talet 46752 utan datumformat" in text
    assert "Avtal!B4 (Avtalstid: Avtalet börjar gälla): ”2027” är inget datum" in text


def test_a_year_in_a_cell_that_shows_days_is_no_day_of_1905(tmp_path):
    book = Workbook()
    book.active.title = "Avtal"
    book.active.append(["Avtal", "avtalstid.start"])
    book.active.append(["A1", 2027])
    book.active["B2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "avtal.xlsx")
    text = said(tmp_path / "avtal.xlsx")
    assert "Avtal!B2 (Avtalstid: Avtalet börjar gälla)" in text
    assert (
        "här står året 2027, men cellens datumformat gör det till 1905-07-19 – skriv hela datumet, till exempel 2027-01-01"
        in text
    )


@pytest.mark.parametrize(("word", "truth"), [("SANT", True), ("Falskt", False), ("ja", True), ("NEJ", False)])
def test_the_truths_that_excel_writes_in_a_table_are_read(tmp_path, word, truth):
    (tmp_path / "avtal.csv").write_text(f"Avtal;avtalstid.tills_vidare\nA1;{word}\n", encoding="utf-8")
    (row,) = read_source(tmp_path / "avtal.csv").rows
    assert row.agreement.term.until_further_notice is truth


def test_value_that_excel_has_changed_is_reported(tmp_path):
    book = Workbook()
    page = book.active
    page.title = "Avtal"
    page.append(["Avtal", "Titel"])
    page.append(["A1", datetime.date(2027, 1, 1)])
    page["B2"].number_format = "mmm-yy"
    parties = book.create_sheet("Parter")
    parties.append(["Avtal", "Kontakt: Telefon", "Diarienummer"])
    parties.append(["A1", 701234567, datetime.date(2026, 12, 1)])
    book.save(tmp_path / "avtal.xlsx")
    text = said(tmp_path / "avtal.xlsx")
    assert "Avtal!B2 (Titel): texten är sparad som ett datum" in text
    assert "Parter!B2 (Kontakt: Telefon): telefonnumret är sparat som ett tal" in text
    assert "Parter!C2 (Diarienummer): diarienumret är sparat som ett datum" in text


def test_a_text_that_begins_with_an_equals_sign_stays_a_text(tmp_path):
    assert only(save_small({"Avtal": [["Avtal", "Titel"], ["A1", "=1+1"]]}, tmp_path / "a.xlsx")).title == "=1+1"


def with_cell(tmp_path: Path, cell: str) -> Path:
    """A workbook whose cell B2 is *cell*, as XML."""
    path = made(tmp_path, {"Avtal": [["Avtal", "Titel"], ["A1", "XYZZY"]]})
    return changed(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(r'<c r="B2".*?</c>', cell, xml))


def changed(path: Path, part: str, change, *, add: dict[str, str] | None = None) -> Path:
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()) if name == part else data)
        for name, text in (add or {}).items():
            new.writestr(name, text)
    path.write_bytes(stream.getvalue())
    return path


def test_a_formula_gives_its_stored_value(tmp_path):
    assert only(with_cell(tmp_path, '<c r="B2" t="str"><f>A1&amp;"x"</f><v>Uträknad</v></c>')).title == "Uträknad"
    assert only(with_cell(tmp_path, '<c r="B2"><f>1+1</f><v>2</v></c>')).title == "2"
    assert only(with_cell(tmp_path, '<c r="B2" t="str"><f>""</f><v></v></c>')).title is None


@pytest.mark.parametrize("cell", ['<c r="B2"><f>1+1</f><v></v></c>', '<c r="B2"><f>1+1</f></c>'])
def test_formula_without_stored_value_is_reported_with_remedy(tmp_path, cell):
    text = said(with_cell(tmp_path, cell))
    assert "Avtal!B2 (Titel): cellen har en formel vars värde inte är sparat – öppna arbetsboken i Excel" in text


def test_error_in_a_cell_is_reported(tmp_path):
    assert "Avtal!B2 (Titel): cellen visar felet #N/A" in said(
        with_cell(tmp_path, '<c r="B2" t="e"><f>X()</f><v>#N/A</v></c>')
    )


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ('<c r="B2" t="inlineStr"><is><r><t>Fet</t></r><r><t xml:space="preserve"> text</t></r></is></c>', "Fet text"),
        ('<c r="B2" t="inlineStr"><is><t>a_x000D_&#10;b</t><rPh sb="0" eb="1"><t>uttal</t></rPh></is></c>', "a\nb"),
        ('<c t="b"><v>1</v></c>', "ja"),
    ],
)
def test_texts_in_every_form_are_read(tmp_path, cell, title):
    assert only(with_cell(tmp_path, cell)).title == title


def test_merged_cells_hold_for_all_their_rows_where_they_name_the_agreement(tmp_path):
    path = made(
        tmp_path,
        {
            **SHEETS,
            "Delmål": [["Avtal", "Delmål", "Indikator"], ["A1", "ett", "i"], [None, "två", None], [None, "tre", "k"]],
        },
    )
    book = load_workbook(path)
    book["Delmål"].merge_cells("A2:A4")
    book.save(path)
    assert [goal.goal for goal in only(path).goals.sub_goals] == ["ett", "två", "tre"]
    book["Delmål"].merge_cells("C2:C3")
    book.save(path)
    assert "Delmål!C2 (Indikator): cellerna C2:C3 är sammanfogade" in said(path)


def test_hidden_and_empty_rows_are_no_trouble(tmp_path):
    path = made(tmp_path, {"Avtal": [["Avtal", "Titel"], [], ["A1", "x"], [None, "  "], ["A2", "y"]]})
    book = load_workbook(path)
    book["Avtal"].row_dimensions[5].hidden = True
    book.save(path)
    assert [row.id for row in read_source(path).rows] == ["A1", "A2"]


def test_records_in_records_are_found_by_name_or_number(tmp_path):
    sheets = {
        **SHEETS,
        "Undertecknare": [
            ["Avtal", "Partens namn", "Namn"],
            ["A1", "Kommunen", "Bo"],
            ["A1", "2", "Eva"],
            ["A1", "kyrkan", "?"],
        ],
        "Parter": [
            ["Avtal", "Partens namn", "Kort namn"],
            ["A1", "Exempelstad", "kommunen"],
            ["A1", "Föreningen", None],
        ],
    }
    assert "Undertecknare!B4 (Partens namn): det finns ingen ”kyrkan” i avtalet" in said(made(tmp_path, sheets))
    sheets["Undertecknare"].pop()
    assert [party.signatories[0].name for party in only(made(tmp_path, sheets)).parties] == ["Bo", "Eva"]


def test_rows_of_an_appendix_go_to_the_appendix(tmp_path):
    sheets = {
        **SHEETS,
        "Insatser": [
            ["Avtal", "Insatsens namn", "Bilagans titel"],
            ["A1", "Egen", None],
            ["A1", "I bilagan", "Budget"],
        ],
        "Bilagor": [["Avtal", "Bilagans titel"], ["A1", "Budget"]],
    }
    agreement = only(made(tmp_path, sheets))
    assert [one.name for one in agreement.insatser] == ["Egen"]
    assert [one.name for one in agreement.appendices[0].insatser] == ["I bilagan"]


def test_several_parties_in_a_cell_may_stand_on_lines_or_with_commas(tmp_path):
    sheets = {
        "Avtal": [["Avtal", "Får sägas upp av"], ["A1", "kommunen, föreningen"], ["A2", "kommunen\nföreningen"]],
        "Parter": [
            ["Avtal", "Kort namn"],
            *([name, party] for name in ("A1", "A2") for party in ("kommunen", "föreningen")),
        ],
    }
    for row in read_source(made(tmp_path, sheets)).rows:
        assert list(row.agreement.term.notice_by) == ["kommunen", "föreningen"]


def test_clause_chosen_twice_or_incompletely_is_reported(tmp_path):
    rows = [["Avtal", "Klausul", "Variant"], ["A1", "tvist", "ja"], ["A1", "tvist", "nej"], ["A1", "överskott", None]]
    text = said(made(tmp_path, {**SHEETS, "Klausuler": rows}))
    assert "Klausuler!B3 (Klausul): Klausul ”tvist” står två gånger" in text
    assert "Klausuler!A4 (Avtal): raden behöver både Klausul och Variant" in text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "gamla Excel-formatet (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "skyddad med lösenord"),
        (b"", "filen är tom"),
        (b"Avtal;Titel\nA1;x\n", "är ingen arbetsbok"),
        (b"PK\x03\x04rest", "skadad"),
    ],
)
def test_file_that_is_not_a_workbook_is_reported(tmp_path, data, expected):
    path = tmp_path / "avtal.xlsx"
    path.write_bytes(data)
    assert expected in said(path)


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_zip_that_is_not_a_workbook_is_reported(tmp_path):
    assert "ingen arbetsbok" in said(zipped(tmp_path / "a.xlsx", {"bild.png": b"x"}))
    assert "OpenDocument" in said(zipped(tmp_path / "b.xlsx", {"mimetype": b"x", "content.xml": b"<x/>"}))


def test_a_bomb_is_refused_before_it_swells(tmp_path):
    path = tmp_path / "bomb.xlsx"
    made(tmp_path, SHEETS, "bomb.xlsx")
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/stor.xml", "w", force_zip64=True) as part,
    ):
        for _turn in range(41):
            part.write(b"\0" * 10_000_000)
    assert "orimligt stor" in said(path)


def test_truncated_file_is_reported(tmp_path):
    data = made(tmp_path, SHEETS).read_bytes()
    path = tmp_path / "kort.xlsx"
    for end in range(4, len(data) - 1, max(1, len(data) // 40)):
        path.write_bytes(data[:end])
        assert "skadad" in said(path)


@examples(60, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.integers(0, 255))
def test_a_byte_that_is_wrong_ends_in_a_message_or_a_reading(tmp_path_factory, place, byte):
    path = tmp_path_factory.mktemp("wb") / "avtal.xlsx"
    data = bytearray(save(SHEETS, path).read_bytes())
    data[place % len(data)] = byte
    path.write_bytes(bytes(data))
    source = read_source(path)
    assert source.rows or source.problems


def test_a_doctype_is_refused(tmp_path):
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        path = changed(
            made(tmp_path, SHEETS), part, lambda xml: doctype + xml.partition("?>")[2] if "?>" in xml else doctype + xml
        )
        assert "DOCTYPE" in said(path)


def test_too_many_rows_and_columns_are_reported_quickly(tmp_path):
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 300_000))
    path = changed(
        made(tmp_path, SHEETS),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", empty + "</sheetData>"),
    )
    assert "bladet Avtal har fler än 200000 rader" in said(path)
    wide = made(tmp_path, {"Avtal": [["Avtal", "Titel"], ["A1", "x", *["y"] * 16_000]]})
    assert "fler än 1000 kolumner" in said(wide)


def test_workbook_without_sheet_of_agreements_is_reported(tmp_path):
    assert "bladet Avtal saknas" in said(made(tmp_path, {"Parter": [["Avtal", "Partens namn"], ["A1", "x"]]}))


def test_csv_in_every_form_that_excel_writes(tmp_path):
    path = tmp_path / "avtal.csv"
    for separator in ";,\t":
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            text = f'Avtal{separator}Titel\r\nA1{separator}"Trygga{separator} kvällar\r\ni Norrby"\r\n'
            path.write_bytes(text.encode(encoding))
            assert only(path).title == f"Trygga{separator} kvällar\ni Norrby"
            assert ("Windows-1252" in str(read_source(path).notes)) == (encoding == "cp1252")
    path.write_text("sep=|\nAvtal|Titel\nA1|x\n", encoding="utf-8")
    assert only(path).title == "x"


def test_a_problem_in_csv_names_line_and_heading(tmp_path):
    path = tmp_path / "avtal.csv"
    path.write_text('Avtal;Titel;Status\nA1;"två\nrader";utkast\nA2;x;fel\n', encoding="utf-8")
    assert "avtal.csv:4 (Status): ”fel” är inget av orden här" in said(path)
    path.write_text('Avtal;Titel\nA1;"öppet\n', encoding="utf-8")
    assert "avtal.csv:2:1: raden går inte att dela upp i kolumner" in said(path)


def test_a_folder_of_csv_files_named_without_dots_and_rings(tmp_path):
    (tmp_path / "avtal.csv").write_text("Avtal;Titel\nA1;x\n", encoding="utf-8")
    (tmp_path / "delmal.csv").write_text("Avtal;Delmål\nA1;ett\nA2;två\n", encoding="utf-8")
    source = read_source(tmp_path)
    assert source.rows[0].agreement.goals.sub_goals[0].goal == "ett"
    assert "delmal.csv:3 (Avtal): det finns inget avtal ”A2”" in str(source.problems[0])


def test_a_folder_of_files_gives_rows_that_are_read_later(tmp_path):
    (tmp_path / "norr").mkdir()
    (tmp_path / "norr" / "a.yaml").write_text("titel: A\n", encoding="utf-8")
    (tmp_path / "b.json").write_text('{"titel": "B"}', encoding="utf-8")
    (tmp_path / "iopdocs.yaml").write_text("profil: [grund]\n", encoding="utf-8")
    (tmp_path / "annat.yaml").write_text("något: annat\n", encoding="utf-8")
    (tmp_path / "fel.yaml").write_text("titel: [\n", encoding="utf-8")
    made(tmp_path, SHEETS)
    made(tmp_path, {"Blad1": [["x"]]}, "register.xlsx")
    source = read_source(tmp_path)
    assert [row.id for row in source.rows] == ["avtal.xlsx/A1", "b.json", "fel.yaml", "norr/a.yaml"]
    rows = {row.id: load_row(row) for row in source.rows}
    assert rows["norr/a.yaml"].agreement.title == "A"
    assert rows["fel.yaml"].problems
    assert "register.xlsx" in str(source.notes[0])


def test_the_base_supplies_what_a_row_does_not_say(tmp_path):
    base = Agreement(title="Gemensam", area=None)
    path = made(tmp_path, {"Avtal": [["Avtal", "Titel"], ["A1", "Egen"], ["A2", None]]})
    assert [row.agreement.title for row in read_source(path, base).rows] == ["Egen", "Gemensam"]


def test_missing_files_and_other_kinds_are_reported(tmp_path):
    for name in ("saknas.xlsx", "saknas.yaml", "bild.png", "mapp"):
        source = read_source(tmp_path / name)
        assert source.rows == ()
        assert source.problems


def test_titles_of_sheets_are_what_excel_allows_and_headings_are_unique():
    for sheet in layout():
        assert len(sheet.title) <= 31
        assert not set(sheet.title) & set("[]:*?/\\")
        headings = [column.heading.casefold() for column in sheet.columns]
        assert len(headings) == len(set(headings))
