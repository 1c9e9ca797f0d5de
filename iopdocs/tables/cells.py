"""What a workbook or a CSV file is read into: tables of cells, each with its place and what stood in it."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from attrs import Factory, define, frozen

from iopdocs.errors import Position

MOST_CELLS = 2_000_000
"""How many filled cells a source may have in all."""

MOST_ROWS = 200_000
"""How many rows a sheet may have, empty ones with a format counted."""

MOST_COLUMNS = 1_000
"""In how many columns a sheet may have something; Excel itself has 16 384."""


@frozen
class CellFault:
    """What stands in a cell instead of a value: why, and what to do."""

    message: str
    hint: str


@frozen
class Number:
    """A number of a cell, and the code of its format (``0%``, ``000000-0000``).

    *reckoned* tells that a formula gives it, *from_1904* that the workbook counts days from 1904.
    """

    value: float
    format: str = "General"
    reckoned: bool = False
    from_1904: bool = False


@frozen
class Moment:
    """A date of a cell, with or without a time of day, and the code of its format (``mmm-yy``)."""

    value: datetime
    format: str = "yyyy-mm-dd"


Value: TypeAlias = str | bool | Number | Moment | CellFault


@frozen
class Merged:
    """Cells made into one, from the first to the last row and column; the value stands in the first."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@define
class CellTable:
    """A sheet, or a CSV file: rows by number, and in each the filled cells by column; both count from 1.

    *file* is the name that messages give; *prefix* what stands before the place of a cell in it: ``Resurser!`` in a
    workbook, ``resurser.csv:`` in a folder of CSV files. *lettered* tells that columns have letters.
    """

    name: str
    file: str
    prefix: str = ""
    lettered: bool = False
    rows: dict[int, dict[int, Value]] = Factory(dict)
    merged: list[Merged] = Factory(list)

    def position(self, row: int, column: int) -> Position:
        """Return the place of a cell with the name that people give it: ``Resurser!E14``, or ``14`` in a CSV file."""
        return Position(row, column, f"{self.prefix}{letters(column) if self.lettered else ''}{row}")


def letters(column: int) -> str:
    """Return the letters of a column: A for 1, XFD for 16 384."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def is_filled(value: Value | None) -> bool:
    """Tell whether a cell says something: one that holds only spaces looks empty, and is."""
    return value is not None and not (isinstance(value, str) and not value.strip())
