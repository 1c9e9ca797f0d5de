"""The tables of cells that a workbook or a CSV file is read into, each cell with its position and value."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from attrs import Factory, define, frozen

from iopdocs.errors import Position

MOST_CELLS = 2_000_000
"""The maximum number of filled cells in a source."""

MOST_ROWS = 200_000
"""The maximum number of rows in a sheet, including empty rows with formatting."""

MOST_COLUMNS = 1_000
"""The maximum number of columns in a sheet. Excel's own limit is 16 384."""


@frozen
class CellFault:
    """The error of a cell without a valid value, with a hint."""

    message: str
    hint: str


@frozen
class Number:
    """A number in a cell, and its format code (``0%``, ``000000-0000``).

    *reckoned* means that it is the result of a formula, *from_1904* that the workbook counts days from 1904.
    """

    value: float
    format: str = "General"
    reckoned: bool = False
    from_1904: bool = False


@frozen
class Moment:
    """A date in a cell, with or without a time of day, and its format code (``mmm-yy``)."""

    value: datetime
    format: str = "yyyy-mm-dd"


Value: TypeAlias = str | bool | Number | Moment | CellFault


@frozen
class MergedCells:
    """Merged cells, from the first to the last row and column. The value belongs to the first cell."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@define
class CellTable:
    """A sheet or a CSV file: rows by number, each with its filled cells by column. Both are counted from 1.

    *file* is its name in messages. *prefix* precedes the position of a cell: ``Resurser!`` in a workbook,
    ``resurser.csv:`` in a folder of CSV files. *lettered* means that columns are named by letters. *hidden_rows* and
    *hidden_columns* are the numbers of those that the file hides, *hidden* means that it hides the whole sheet.
    """

    name: str
    file: str
    prefix: str = ""
    lettered: bool = False
    rows: dict[int, dict[int, Value]] = Factory(dict)
    merged: list[MergedCells] = Factory(list)
    hidden_rows: set[int] = Factory(set)
    hidden_columns: set[int] = Factory(set)
    hidden: bool = False

    def position(self, row: int, column: int) -> Position:
        """Return the position of a cell with its name for people: ``Resurser!E14``, or ``14`` in a CSV file."""
        return Position(row, column, f"{self.prefix}{letters(column) if self.lettered else ''}{row}")


def letters(column: int) -> str:
    """Return the letters of a column: A for 1, XFD for 16 384."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def is_filled(value: Value | None) -> bool:
    """Return whether a cell has a value. A cell of white space alone is empty."""
    return value is not None and not (isinstance(value, str) and not value.strip())
