"""The register as a workbook: agreements, sums by party and year, and the watch list. Text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from iopdocs.files.fingerprints import is_marked_archive
from iopdocs.register.columns import COLUMNS, SUMS, WATCH, Cell, sums, watch
from iopdocs.register.rows import Register
from iopdocs.tables.workbook_writer import DARK, LIGHT, marked_workbook, new_workbook, put

_MARK = b"iopdocs register "
_FONT, _LINE, _HIGHEST = "Calibri", 15.0, 405.0


def write_workbook(register: Register) -> bytes:
    """Return *register* as a workbook. Equal registers give equal bytes.

    Raises:
        WriteError: when the package openpyxl is missing.
    """
    book, page = new_workbook("Register över IOP", "Register")
    columns = [column for column in COLUMNS if not column.alone]
    rows = ([column.value(row) for column in columns] for row in register.rows)
    _fill(page, [(column.heading, column.width) for column in columns], rows, "C2", register.day)
    _fill(book.create_sheet("Summor"), SUMS, sums(register), "C2", register.day)
    _fill(book.create_sheet("Att bevaka"), WATCH, watch(register), "A2", register.day)
    return marked_workbook(book, _MARK)


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is a workbook from :func:`write_workbook` that has not been saved since."""
    return is_marked_archive(data, _MARK)


def _fill(
    page: Any, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], frozen: str, day: date
) -> None:
    """Write *rows* under the headings of *columns*, formatted for screen and print."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head, top = PatternFill("solid", fgColor=DARK), Alignment(vertical="top", wrap_text=True)
    for number, (heading, width) in enumerate(columns, 1):
        cell = page.cell(1, number)
        put(cell, heading)
        cell.font = Font(name=_FONT, size=10, bold=True, color=LIGHT)
        cell.fill = head
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        page.column_dimensions[get_column_letter(number)].width = width
    page.row_dimensions[1].height = 3 * _LINE
    last = 1
    for last, row in enumerate(rows, 2):
        page.row_dimensions[last].height = _height(row, columns)
        for number, value in enumerate(row, 1):
            if value is not None and value != "":
                cell = page.cell(last, number)
                put(cell, value)
                cell.alignment = top
    page.freeze_panes = frozen
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    page.print_title_rows = "1:1"
    wide = len(columns) > 10
    if wide:
        # Many columns span several pages side by side, each repeating the columns that identify the agreement.
        page.print_title_cols = "A:B"
    page.page_setup.paperSize = page.PAPERSIZE_A3 if wide else page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 3 if wide else 1, 0
    for side in ("left", "right", "top", "bottom"):
        setattr(page.page_margins, side, 0.5)
    page.oddFooter.left.text = f"&A den {day}"
    page.oddFooter.right.text = "Sida &P av &N"


def _height(row: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> float:
    """Return the height in points that shows all of *row*. Not every program computes it."""
    lines = (
        max(1, -(-len(value) * 11 // (10 * width))) if isinstance(value, str) else 1
        for value, (_heading, width) in zip(row, columns, strict=True)
    )
    return min(_HIGHEST, _LINE * max(lines, default=1))
