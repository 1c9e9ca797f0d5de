"""Match written names to sheets and columns."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TypeVar

from attrs import field, frozen

from iopdocs.errors import Problem, ValueProblem
from iopdocs.files.value_readers import fold, nearest
from iopdocs.tables.cell_values import plain_text
from iopdocs.tables.cells import CellTable, Value, is_filled, letters
from iopdocs.tables.workbook_layout import ID, LISTS, READ_ME, LayoutColumn, Sheet, layout

T = TypeVar("T")
_NEAR = 0.8  # one letter wrong of five; ”Start” is not ”Status”
_SHORTEST, _MOST_SHOWN, _MOST_TITLES = 3, 12, 10
OWN = "#"
"""The prefix of the name of a user's own sheet or column, which is ignored."""


@frozen
class HeadedTable:
    """A table with matched headings: the columns of *sheet* by their numbers in *table*.

    The headings are in the row *heading*. *problems* belong to no single row, and *notes* are not errors.
    """

    table: CellTable
    sheet: Sheet
    columns: Mapping[int, LayoutColumn]
    heading: int = 1
    problems: tuple[Problem, ...] = field(factory=tuple)
    notes: tuple[Problem, ...] = field(factory=tuple)


def squeezed(name: str) -> str:
    """Return *name* for comparison, without differences in letter case, spaces, underscores and the form of å, ä and ö."""
    return "".join(unicodedata.normalize("NFC", name).casefold().replace("_", "").split())


def is_passed_by(table: CellTable) -> bool:
    """Return whether a sheet is ignored: empty, the first sheet or lists of iopdocs, or marked with # by the user."""
    passed = (squeezed(READ_ME), squeezed(LISTS))
    filled = any(is_filled(value) for row in table.rows.values() for value in row.values())
    return not filled or squeezed(table.name) in passed or table.name.lstrip().startswith(OWN)


def sheet_called(name: str) -> Sheet | None:
    """Return the sheet that *name* denotes; file names without å, ä and ö are accepted too."""
    return _sheets().get(squeezed(name)) or _plain_sheets().get(_plain(name))


def unknown_sheet(table: CellTable) -> Problem:
    """Return the problem of a sheet whose name is not in the layout."""
    titles = {squeezed(sheet.title): sheet.title for sheet in layout()}
    near = nearest(squeezed(table.name), titles, _NEAR)
    hint = f"menade du ”{near}”?" if near else f"bladet med avtalen ska heta {ID}; börja namnet på ett eget blad med #"
    where = table.position(1, 1)
    return Problem(f"okänt blad ”{table.name[:60]}”", hint, table.file, position=where)


def headed(table: CellTable, sheet: Sheet) -> HeadedTable:
    """Return *table* with matched headings; they are in the first row that is not empty, or below a title."""
    known = {squeezed(name): column for column in reversed(sheet.columns) for name in column.names}
    filled = [number for number in sorted(table.rows) if any(is_filled(value) for value in table.rows[number].values())]
    top = next((number for number in filled[:_MOST_TITLES] if _is_heading(table.rows[number], known)), filled[0])
    columns: dict[int, LayoutColumn] = {}
    problems: list[Problem] = []
    first: dict[LayoutColumn, int] = {}
    own: set[int] = set()
    for number, value in table.rows[top].items():
        if not is_filled(value):
            continue
        try:
            written = plain_text(value).strip()
        except ValueProblem as error:
            problems.append(Problem(error.message, error.hint, table.file, position=table.position(top, number)))
            own.add(number)
            continue
        column = known.get(squeezed(written))
        if written.startswith(OWN):
            own.add(number)
        elif column is None:
            own.add(number)
            problems.append(_unknown(written, table, sheet, top, number))
        elif column in first:
            own.add(number)
            message = (
                f"rubriken ”{column.heading}” står två gånger, här och i {table.position(top, first[column]).name}"
            )
            problems.append(Problem(message, "behåll den ena", table.file, position=table.position(top, number)))
        else:
            columns[number] = column
            first[column] = number
    if sheet.columns[0] not in first:
        message = f"bladet saknar kolumnen {ID}"
        hint = "lägg till den först på bladet; där står vilket avtal raden hör till"
        problems.append(Problem(message, hint, table.file, position=table.position(top, 1)))
    problems += _without_heading(table, top, {*columns, *own})
    notes = [*_titles(table, [number for number in filled if number < top]), *_hidden(table, top, set(columns))]
    return HeadedTable(table, sheet, columns, top, tuple(problems), tuple(notes))


def _is_heading(row: Mapping[int, Value], known: Mapping[str, LayoutColumn]) -> bool:
    """Return whether *row* has two known headings or more: a single one may be the title of the sheet, or a value."""
    return sum(isinstance(value, str) and squeezed(value) in known for value in row.values()) > 1


def _titles(table: CellTable, rows: Sequence[int]) -> Iterable[Problem]:
    if rows:
        which = (
            f"raden ovanför rubrikerna (rad {rows[0]})"
            if len(rows) == 1
            else f"de {len(rows)} raderna ovanför rubrikerna"
        )
        message = f"{which} läses inte"
        yield Problem(
            message, "det går bra så, om det är en rubrik för bladet", table.file, position=table.position(rows[0], 1)
        )


def _hidden(table: CellTable, top: int, columns: set[int]) -> Iterable[Problem]:
    """Yield a note for what a sheet hides and is read all the same."""
    rows = sorted(row for row in table.hidden_rows if row > top)
    hidden = sorted(table.hidden_columns & columns)
    parts = []
    if rows:
        parts.append(f"{'rad' if len(rows) == 1 else 'raderna'} {_some(map(str, rows), len(rows))}")
    if hidden:
        parts.append(f"{'kolumn' if len(hidden) == 1 else 'kolumnerna'} {_some(map(letters, hidden), len(hidden))}")
    if table.hidden:
        parts = ["bladet"]
    if parts:
        message = f"{' och '.join(parts)} är {'dolt' if table.hidden else 'dolda' if len(rows) + len(hidden) > 1 else 'dold'}, men läses"
        where = table.position(rows[0] if rows else top, hidden[0] if hidden else 1)
        yield Problem(message, "ta fram det i Excel och kontrollera det, eller ta bort det", table.file, position=where)


def _some(names: Iterable[str], number: int) -> str:
    shown = ", ".join(islice(names, _MOST_SHOWN))
    return f"{shown} och {number - _MOST_SHOWN} till" if number > _MOST_SHOWN else shown


def _without_heading(table: CellTable, top: int, known: set[int]) -> Iterable[Problem]:
    told: set[int] = set()
    for row, values in table.rows.items():
        for column, value in values.items():
            if row > top and column not in known and column not in told and is_filled(value):
                told.add(column)
                hint = "skriv en rubrik överst i kolumnen, eller ta bort det som står i den"
                yield Problem("kolumnen saknar rubrik", hint, table.file, position=table.position(row, column))


def _unknown(written: str, table: CellTable, sheet: Sheet, row: int, number: int) -> Problem:
    message = f"okänd rubrik ”{written[:60]}”"
    return Problem(message, _meant(written, sheet), table.file, position=table.position(row, number))


def _meant(written: str, sheet: Sheet) -> str:
    """Return the hint on an unknown heading: the nearest heading, those that contain it, or all."""
    headings = {column.heading: [fold(name) for name in (column.heading, *column.names)] for column in sheet.columns}
    # A name that is the last word of several columns does not identify one of them.
    counted = Counter(name for names in headings.values() for name in set(names))
    own = {name: heading for heading, names in headings.items() for name in names if counted[name] == 1}
    near = nearest(written, own, _NEAR)
    if near:
        return f"menade du ”{near}”?"
    parts = _partly(written, sheet)
    if len(parts) == 1:
        return f"kanske ”{parts[0]}”"
    if parts:
        return "kanske någon av: {names}".format(names=", ".join(parts[:_MOST_SHOWN]))
    if len(headings) <= _MOST_SHOWN:
        known = "bladet {sheet} kan ha rubrikerna: {names}".format(sheet=sheet.title, names=", ".join(headings))
    else:
        known = "de {n} rubriker som bladet {sheet} kan ha finns i mallen: iopdocs workbook new mall.xlsx"
        known = known.format(n=len(headings), sheet=sheet.title)
    return known + "; börja en egen rubrik med #"


def _partly(written: str, sheet: Sheet) -> list[str]:
    """Return the headings whose key in a data file is *written*, or begins it; else those with a word that it begins."""
    word = squeezed(written)
    found = [column.heading for column in sheet.columns if column.path and _is_begun(word, squeezed(column.path[-1]))]
    if found or len(word) < _SHORTEST:
        return found
    return [column.heading for column in sheet.columns if f" {fold(written)}" in f" {fold(column.heading)}"]


def _is_begun(word: str, key: str) -> bool:
    return word == key or (len(key) > _SHORTEST and word.startswith(key))


@cache
def _sheets() -> Mapping[str, Sheet]:
    return {squeezed(name): sheet for sheet in layout() for name in sheet.names}


@cache
def _plain_sheets() -> Mapping[str, Sheet]:
    return {_plain(name): sheet for sheet in layout() for name in sheet.names}


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", squeezed(name))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
