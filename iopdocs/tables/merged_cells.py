"""Merged cells: a value in an owner column applies to all its rows; elsewhere an ambiguous one is reported."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from iopdocs.errors import LoadError
from iopdocs.tables.cells import CellFault, MergedCells, is_filled, letters
from iopdocs.tables.headings import HeadedTable

_MOST_VISITS = 1_000_000


def spread_merged_values(headed: HeadedTable) -> None:
    """Copy the value of merged cells to all their rows, in the columns that identify the owner of a row.

    In other columns the value becomes a fault if the merged cells cover other rows with content or known columns.

    Raises:
        LoadError: when there are more merged cells than a real sheet has.
    """
    table = headed.table
    numbers = sorted(number for number, values in table.rows.items() if any(map(is_filled, values.values())))
    visits = 0
    for merged in table.merged:
        value = table.rows.get(merged.first_row, {}).get(merged.first_column)
        if merged.first_row <= headed.heading or not is_filled(value) or value is None:
            continue
        below = numbers[bisect_right(numbers, merged.first_row) : bisect_right(numbers, merged.last_row)]
        visits += len(below) + merged.last_column - merged.first_column
        if visits > _MOST_VISITS:
            hint = "dela upp dem: Start → Sammanfoga och centrera → Dela celler"
            raise LoadError.one(f"bladet {table.name} har för många sammanfogade celler", hint, table.file)
        column = headed.columns.get(merged.first_column)
        wide = _covers_columns(headed, merged)
        if column is not None and column.field is None and not wide:
            for number in below:
                table.rows[number].setdefault(merged.first_column, value)
        elif wide or (below and column is not None):
            table.rows[merged.first_row][merged.first_column] = _unclear(merged)


def _covers_columns(headed: HeadedTable, merged: MergedCells) -> bool:
    known: Sequence[int] = sorted(headed.columns)
    inside = bisect_right(known, merged.last_column) - bisect_left(known, merged.first_column)
    return inside > 1


def _unclear(merged: MergedCells) -> CellFault:
    cells = f"{letters(merged.first_column)}{merged.first_row}:{letters(merged.last_column)}{merged.last_row}"
    return CellFault(
        f"cellerna {cells} är sammanfogade, så det går inte att se vilka värdet gäller",
        "dela upp dem (Start → Sammanfoga och centrera → Dela celler) och skriv värdet i varje cell som det gäller",
    )
