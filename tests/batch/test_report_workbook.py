"""The report of a batch as a workbook: what each sheet says, and that text is never a formula."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import attrs
import pytest
from openpyxl import load_workbook

from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.report_file import write_report
from iopdocs.errors import Problem
from tests.helpers.batch_reports import DAY, outcome, report


def opened(made: BatchReport, folder: Path) -> Any:
    write_report(made, folder / "rapport.xlsx", overwrite=True)
    return load_workbook(folder / "rapport.xlsx")


def table(page: Any) -> list[dict[str, Any]]:
    """Return the rows of a sheet by heading."""
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_row_for_each_agreement_with_real_days_and_numbers(tmp_path: Path) -> None:
    made = report(40)
    rows = table(opened(made, tmp_path)["Avtal"])
    assert [row["Avtal"] for row in rows] == [one.id for one in made.outcomes]
    for row, one in zip(rows, made.outcomes, strict=True):
        if one.row is None:
            assert row["Läge"] == "kunde inte läsas"
            assert row["Fel"] is None
            continue
        assert row["Slut"] == (datetime.combine(one.row.end, datetime.min.time()) if one.row.end else None)
        assert row["Fel"] == one.levels["fel"]
        assert row["Betalas 2027"] == sum(paid.amount for paid in one.row.paid if paid.year == DAY.year)
        lacks = [lack for lack in one.lacking if lack.profile == "grund"]
        assert row["Punkter som saknas i grund"] == len(lacks)
        assert row["Uppfyller grund"] == pytest.approx(1 - len(lacks) / 14)


def test_what_is_missing_and_what_went_wrong_have_sheets_of_their_own(tmp_path: Path) -> None:
    made = attrs.evolve(
        report(40), interrupted=True, problems=(Problem("bladet Parrter känns inte igen", "menade du Parter?"),)
    )
    book = opened(made, tmp_path)
    assert book.sheetnames == ["Avtal", "Saknas", "Problem", "Kvarlämnade", "Antal"]
    lacking = table(book["Saknas"])
    assert len(lacking) == sum(len(one.lacking) for one in made.outcomes)
    assert {row["Avsnitt"] for row in lacking} <= {*made.headings.values(), "Vid sidan av avtalet"}
    problems = table(book["Problem"])
    assert "avbröts" in problems[0]["Problem"]
    assert problems[1]["Vad som skulle vara rätt"] == "menade du Parter?"
    assert (problems[2]["Avtal"], problems[2]["Plats"]) == ("A18", "Avtal!E20")


def test_headings_stay_in_sight_and_every_sheet_can_be_filtered_and_printed(tmp_path: Path) -> None:
    for page in opened(report(5), tmp_path):
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref.startswith("A1:")
        assert page.page_setup.orientation == "landscape"
        assert page.print_title_rows == "$1:$1"


@pytest.mark.parametrize("text", ["=1+1", "+46 70", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "'=1"])
def test_text_that_looks_like_a_formula_is_text(text: str, tmp_path: Path) -> None:
    one = outcome(0)
    assert one.row is not None
    bad = attrs.evolve(
        one, id=text, title=f"{text} x", problems=(Problem(text),), row=attrs.evolve(one.row, civil=(text,), case_numbers=(text,)),
        lacking=tuple(attrs.evolve(lack, title=text) for lack in one.lacking),
    )  # fmt: skip
    book = opened(attrs.evolve(report(1), outcomes=(bad, outcome(2))), tmp_path)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    assert book["Avtal"]["A2"].value == text
    assert book["Avtal"]["A2"].quotePrefix == (text[0] in "=+-@\t")
    with ZipFile(tmp_path / "rapport.xlsx") as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "sheet" in name)


def test_the_names_of_documents_lead_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "ut å 100 %#1"
    folder.mkdir()
    page = opened(report(3, folder=str(folder)), tmp_path)["Avtal"]
    head = [cell.value for cell in page[1]]
    cell = page.cell(2, head.index("DOCX") + 1)
    assert unquote(cell.hyperlink.target) == f"./{folder.name}/{cell.value}"
    assert "%25%231/KS%20" in cell.hyperlink.target
    assert cell.value.endswith(".docx")
