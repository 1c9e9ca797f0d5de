"""A cell is read as what it shows: unit, currency, percent and scale of its format, titles above, what is hidden."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from iopdocs.model.agreement import Agreement
from iopdocs.sources.reader import read_source

KRONOR = Decimal(1)


def workbook(path: Path, number: float, code: str, column: str = "Belopp", sheet: str = "Utbetalningar") -> Path:
    """Save a workbook with one agreement and, in *column* of *sheet*, one *number* with the number format *code*."""
    book = Workbook()
    page = book.active
    page.title = "Avtal"
    page.append(["Avtal", "Titel", "Uppräkning: Andel i procent"])
    page.append(["A1", "Trygga kvällar", 80])
    other = page if sheet == "Avtal" else book.create_sheet(sheet)
    if sheet != "Avtal":
        other.append(["Avtal", "Ändamål", column])
        other.append(["A1", "drift", number])
        if sheet == "Resurser":
            other["B1"] = "Beskrivning"
    cell = other["C2"]
    cell.value, cell.number_format = number, code
    book.save(path)
    return path


def agreement(path: Path) -> Agreement:
    source = read_source(path)
    assert [str(problem) for row in source.rows for problem in row.problems] == []
    assert source.problems == ()
    assert source.rows[0].agreement is not None
    return source.rows[0].agreement


def problems(path: Path) -> str:
    source = read_source(path)
    return "\n".join(str(one) for one in (*source.problems, *(one for row in source.rows for one in row.problems)))


def notes(path: Path) -> list[str]:
    return [str(note).replace(f"{path}: ", "") for note in read_source(path).notes]


@pytest.mark.parametrize(
    ("number", "code", "kronor"),
    [
        (225, '#,##0" tkr"', 225_000),
        (225, '# ##0 "tkr"', 225_000),
        (1, '0.0 "mnkr"', 1_000_000),
        (1.25, '0.0" mnkr"', 1_250_000),
        (5.125, '0.0" mnkr"', 5_125_000),
        (2, '"MSEK" 0', 2_000_000),
        (225_000, '#,##0, "tkr"', 225_000),
        (1_250_000, '0.0,,"mnkr"', 1_250_000),
        (5000, "#,##0.00 [$kr-41D]", 5000),
        (5000, '#,##0.00\\ "kr"', 5000),
        (5000, "[$SEK] #,##0", 5000),
        (5000, "[$-41D]#,##0", 5000),
        (5000, "#,##0:-", 5000),
        (5000, '_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-', 5000),
        (0, '_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-', 0),
        (5000, "#,##0_ ;[Red]\\-#,##0\\ ", 5000),
        (5000, "000000", 5000),
        (5000, "General", 5000),
    ],
)
def test_an_amount_is_read_with_the_unit_that_its_cell_shows(tmp_path, number, code, kronor):
    (payment,) = agreement(workbook(tmp_path / "a.xlsx", number, code)).economy.payments
    assert payment.amount.amount == kronor


@pytest.mark.parametrize(
    ("number", "code", "reason"),
    [
        (20_000, "#,##0 [$€-1]", "inget belopp i svenska kronor"),
        (20_000, "[$€-2] #,##0.00", "inget belopp i svenska kronor"),
        (20_000, "#,##0.00€", "inget belopp i svenska kronor"),
        (20_000, '"$"#,##0', "inget belopp i svenska kronor"),
        (20_000, "[$USD] #,##0", "inget belopp i svenska kronor"),
        (20_000, "[$£-809]#,##0", "inget belopp i svenska kronor"),
        (20_000, "[$kr-414] #,##0", "norska kr"),
        (20_000, "#,##0.00 [$kr.-406]", "danska kr"),
        (20_000, '#,##0" NOK"', "inget belopp i svenska kronor"),
        (225_000, "#,##0,", "visar 225 men innehåller 225000"),
        (225_000, '#,##0,"kr"', "visar 225 men innehåller 225000"),
        (225_000, '#,##0,,"tkr"', "men innehåller 225000"),
        (0.5, "0%", "inget belopp"),
        (450, '0" kr/tim"', "ett belopp för en tid eller ett antal"),
        (5, ";;;", "döljer talet"),
        (5, '[>=1000]#,##0,"tkr";0"kr"', "olika sätt för olika tal"),
        (5.125, "0.00", "fler än två decimaler"),
    ],
)
def test_an_amount_that_its_cell_shows_as_something_else_is_refused_with_the_cell(tmp_path, number, code, reason):
    told = problems(workbook(tmp_path / "a.xlsx", number, code))
    assert "Utbetalningar!C2 (Belopp)" in told
    assert reason in told


@pytest.mark.parametrize(
    ("number", "code", "percent"),
    [(0.805, "0.0%", "80.5"), (80, '0" %"', "80"), (80, '0.0" procent"', "80"), (80, "General", "80")],
)
def test_a_share_is_the_percent_that_its_cell_shows(tmp_path, number, code, percent):
    read = agreement(workbook(tmp_path / "a.xlsx", number, code, sheet="Avtal"))
    assert read.economy.indexation.share == Decimal(percent)


@pytest.mark.parametrize(
    ("code", "is_read"), [('0" h"', True), ('#,##0" timmar"', True), ('0" st"', False), ("#,##0,", False)]
)
def test_hours_may_be_shown_with_their_unit_and_no_other(tmp_path, code, is_read):
    path = workbook(tmp_path / "a.xlsx", 1200, code, "Timmar", "Resurser")
    if is_read:
        assert agreement(path).economy.resources[0].hours == 1200
    else:
        assert "Resurser!C2 (Timmar)" in problems(path)


def test_a_text_is_what_its_cell_shows(tmp_path):
    book = Workbook()
    page = book.active
    page.title = "Avtal"
    page.append(["Avtal", "Titel"])
    page.append(["A1", 7])
    page["B2"].number_format = '"Avtal "000'
    book.save(tmp_path / "a.xlsx")
    assert agreement(tmp_path / "a.xlsx").title == "Avtal 007"


def test_a_title_above_the_headings_is_passed_by_and_told(tmp_path):
    book = Workbook()
    page = book.active
    page.title = "Avtal"
    for row in (
        ["Avtal"],
        ["Kulturnämndens avtal 2027"],
        [],
        ["Avtal", "Titel", "Status"],
        ["A1", "Trygga kvällar", "utkast"],
    ):
        page.append(row)
    page.merge_cells("A1:C1")
    book.save(tmp_path / "a.xlsx")
    assert agreement(tmp_path / "a.xlsx").title == "Trygga kvällar"
    assert (
        notes(tmp_path / "a.xlsx")
        == ["Avtal!A1 de 2 raderna ovanför rubrikerna läses inte – det går bra så, om det är en rubrik för bladet"]
        or "de 2 raderna ovanför rubrikerna läses inte" in notes(tmp_path / "a.xlsx")[0]
    )


def test_a_title_above_the_headings_of_a_csv_file_does_not_hide_its_separator(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Avtal, överenskommelser, 2027\nAvtal;Titel;Status\nA1;Trygga kvällar, Norrby;utkast\n", encoding="utf-8"
    )
    assert agreement(path).title == "Trygga kvällar, Norrby"
    assert len(notes(path)) == 1


def test_a_misspelt_heading_is_still_told_where_it_stands(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Avtal;Titl\nA1;Trygga kvällar\n", encoding="utf-8")
    assert "okänd rubrik ”Titl”" in problems(path)


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;", '"sep=;";;;', "sep=;\r"])
def test_the_line_with_the_separator_is_understood_in_every_form(tmp_path, line):
    path = tmp_path / "a.csv"
    path.write_bytes(f"{line}\nAvtal;Titel\nA1;Trygga kvällar, Norrby\n".encode())
    assert agreement(path).title == "Trygga kvällar, Norrby"


def test_hidden_rows_columns_and_sheets_are_read_and_told(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 5, '0" tkr"')
    assert notes(path) == []
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["Avtal"].row_dimensions[2].hidden = True
    book["Avtal"].column_dimensions["C"].hidden = True
    book["Utbetalningar"].sheet_state = "hidden"
    book.save(path)
    assert agreement(path).economy.payments[0].amount.amount == 5000
    first, second = notes(path)
    assert "rad 2 och kolumn C är dolda, men läses" in first
    assert "bladet är dolt, men läses" in second
