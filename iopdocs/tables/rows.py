"""Convert tables to agreements: each row is placed in its agreement, and the shared reader checks the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import Factory, define, evolve, frozen

from iopdocs.errors import LoadError, Position, Problem, ValueProblem
from iopdocs.files.conversion import to_record
from iopdocs.files.value_readers import fold, nearest
from iopdocs.model.agreement import Agreement, DataOrigin, with_origin
from iopdocs.model.fields import EVERY_PARTY
from iopdocs.model.parties import Party
from iopdocs.tables.cell_values import plain_text
from iopdocs.tables.cells import CellTable, Value, is_filled
from iopdocs.tables.drafts import RecordDraft
from iopdocs.tables.headings import HeadedTable, headed, is_passed_by, sheet_called, unknown_sheet
from iopdocs.tables.merged_cells import spread_merged_values
from iopdocs.tables.records import StartedAgreement, fill, read_record, refused
from iopdocs.tables.workbook_layout import EXAMPLE, ID, naming_fields

MAX_PROBLEMS = 200
"""The maximum number of problems reported for a source as a whole."""

_LONGEST_ID = 100
_CELL = re.compile(r"[A-Z]*\d+$")


@frozen
class TableAgreement:
    """An agreement read from tables. Exactly one of *agreement* and *problems* is set."""

    id: str
    position: Position
    agreement: Agreement | None
    problems: tuple[Problem, ...]


@frozen
class TableReading:
    """The agreements of a source, *problems* that belong to none of them, and *notes* that are not errors."""

    agreements: tuple[TableAgreement, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


@define
class _TableWalk:
    """The state of the walk through the tables.

    *unknown* maps each name without an agreement to its number of rows and the index of its problem in *problems*.
    """

    file: str
    agreements: dict[str, StartedAgreement] = Factory(dict)
    problems: list[Problem] = Factory(list)
    notes: list[Problem] = Factory(list)
    examples: list[Problem] = Factory(list)
    unknown: dict[str, tuple[int, int]] = Factory(dict)


def agreements_of(
    tables: Sequence[CellTable],
    file: str,
    parties: Iterable[str] = (),
    shape: Callable[[Agreement], Agreement] | None = None,
) -> TableReading:
    """Return the agreements in *tables*, in the order of the sheet Avtal. *file* is the name of *tables* in messages.

    *parties* are names that the agreements may refer to without defining them. *shape* is applied last to each agreement.

    Raises:
        LoadError: when the tables cannot be interpreted at all.
    """
    walk = _TableWalk(file)
    sheets = _with_headings(tables, walk)
    for sheet in sheets:
        spread_merged_values(sheet)
    main = [sheet for sheet in sheets if sheet.sheet.is_main]
    if not main:
        hint = "lägg avtalen på ett blad som heter {name}, ett på varje rad; en mall: iopdocs workbook new mall.xlsx"
        raise LoadError([*walk.problems, Problem(f"bladet {ID} saknas", hint.format(name=ID), file)])
    for sheet in main:
        _start_agreements(sheet, walk)
    for started in walk.agreements.values():
        started.parties |= {fold(EVERY_PARTY), *map(fold, parties)}
    # The names of the parties first: they are needed to read a cell that refers to several of them.
    for sheet in sheets:
        if sheet.sheet.record is Party:
            _gather_parties(sheet, walk)
    for sheet in sorted(sheets, key=lambda sheet: max((len(p.parents) for p in sheet.sheet.places), default=-1)):
        _read(sheet, walk)
    for rows, index in walk.unknown.values():
        if rows > 1:
            message = f"{walk.problems[index].message}, men namnet står på {rows} rader"
            walk.problems[index] = evolve(walk.problems[index], message=message)
    by_prefix = {sheet.table.prefix: sheet for sheet in sheets}
    agreements = tuple(_finish(started, by_prefix, file, shape) for started in walk.agreements.values())
    if walk.examples and (agreements or walk.problems):
        walk.notes += walk.examples
    elif not agreements:
        hint = f"skriv ett avtal på varje rad under rubrikerna, med ett eget namn i kolumnen {ID}"
        empty = "bladet {name} har inga avtal, bara exempelraden" if walk.examples else "bladet {name} har inga avtal"
        walk.problems.append(Problem(empty.format(name=ID), hint, file))
    problems = [_with_heading(problem, by_prefix) for problem in _limited(walk.problems, file)]
    return TableReading(agreements, tuple(problems), tuple(walk.notes))


def _limited(problems: list[Problem], file: str) -> list[Problem]:
    if len(problems) <= MAX_PROBLEMS:
        return problems
    more = f"det finns {len(problems) - MAX_PROBLEMS} fel till längre ner"
    return [*problems[:MAX_PROBLEMS], Problem(more, "rätta de här först", file)]


def _with_headings(tables: Sequence[CellTable], walk: _TableWalk) -> list[HeadedTable]:
    sheets: list[HeadedTable] = []
    for table in tables:
        if is_passed_by(table):
            continue
        sheet = sheet_called(table.name)
        twin = next((other.table for other in sheets if other.sheet is sheet), None)
        if sheet is None:
            walk.problems.append(unknown_sheet(table))
        elif twin is not None:
            message = "både ”{name}” och ”{other}” är bladet {title}"
            message = message.format(name=table.name, other=twin.name, title=sheet.title)
            hint = "lägg raderna på det ena, eller börja namnet på det andra med #"
            walk.problems.append(Problem(message, hint, table.file, position=table.position(1, 1)))
        else:
            headed_table = headed(table, sheet)
            walk.problems += headed_table.problems
            walk.notes += headed_table.notes
            sheets.append(headed_table)
    return sheets


def _start_agreements(sheet: HeadedTable, walk: _TableWalk) -> None:
    """Start an agreement for each row of the sheet Avtal."""
    for _row, _values, name, place in _rows(sheet, walk):
        if len(name) > _LONGEST_ID or "\n" in name:
            message = f"namnet i kolumnen {ID} är för långt, eller har flera rader"
            hint = f"skriv högst {_LONGEST_ID} tecken på en rad"
            walk.problems.append(Problem(message, hint, walk.file, position=place))
        elif fold(name) in walk.agreements:
            first = walk.agreements[fold(name)]
            message = "”{name}” står två gånger, här och i {other}"
            message = message.format(name=name, other=first.draft.position.name)
            hint = "ge varje avtal ett eget namn"
            first.problems.append(Problem(message, hint, walk.file, position=place))
            first.doubled = True
        else:
            walk.agreements[fold(name)] = StartedAgreement(name, RecordDraft(place))


def _rows(sheet: HeadedTable, walk: _TableWalk) -> Iterator[tuple[int, Mapping[int, Value], str, Position]]:
    """Yield (number, cells, name of the agreement, position of the name) for each row that is not empty."""
    column = next((number for number, candidate in sheet.columns.items() if candidate is sheet.sheet.columns[0]), None)
    if column is None:
        return
    table = sheet.table
    for row in sorted(table.rows):
        values = {
            number: value for number, value in table.rows[row].items() if number in sheet.columns and is_filled(value)
        }
        if row <= sheet.heading or not values:
            continue
        place = table.position(row, column)
        try:
            name = " ".join(plain_text(values[column]).split()) if column in values else ""
        except ValueProblem as error:
            if sheet.sheet.is_main or not walk.agreements:
                walk.problems.append(refused(error, walk.file, place))
            continue
        if not name:
            message = "här saknas namnet på avtalet"
            hint = "skriv det på raden, eller töm raden"
            walk.problems.append(Problem(message, hint, walk.file, position=place))
        elif fold(name) == fold(EXAMPLE):
            if sheet.sheet.is_main:
                hint = "ta bort den, eller ge den ett annat namn om den är ett avtal"
                walk.examples.append(Problem("exempelraden läses inte", hint, walk.file, position=place))
        else:
            yield row, values, name, place


def _gather_parties(sheet: HeadedTable, walk: _TableWalk) -> None:
    keys = {field.key for field in naming_fields(Party)}
    columns = [number for number, column in sheet.columns.items() if len(column.path) == 1 and column.path[0] in keys]
    for _row, values, name, _place in _rows(sheet, _TableWalk(walk.file, walk.agreements)):
        started = walk.agreements.get(fold(name))
        if started is not None:
            started.parties |= {fold(value) for number in columns if isinstance(value := values.get(number), str)}


def _read(sheet: HeadedTable, walk: _TableWalk) -> None:
    """Add the rows of *sheet* to their agreements."""
    # Problems with names in the sheet Avtal were reported when the agreements were started.
    target = _TableWalk(walk.file, walk.agreements) if sheet.sheet.is_main else walk
    for row, values, name, place in _rows(sheet, target):
        started = walk.agreements.get(fold(name))
        if started is None:
            if not sheet.sheet.is_main:
                rows, index = walk.unknown.get(fold(name), (0, len(walk.problems)))
                walk.unknown[fold(name)] = (rows + 1, index)
                if not rows:
                    walk.problems.append(_unknown_agreement(name, place, walk))
        elif sheet.sheet.is_main:
            if place == started.draft.position:
                fill(started.draft, sheet, row, values, started)
        else:
            read_record(sheet, row, values, place, started)


def _unknown_agreement(name: str, place: Position, walk: _TableWalk) -> Problem:
    near = None
    if len(walk.problems) < MAX_PROBLEMS:
        # Names are often consecutive numbers, all equally near: a name with other digits is another agreement.
        figures = _figures(name)
        near = nearest(name, {key: started.id for key, started in walk.agreements.items() if _figures(key) == figures})
    hint = f"menade du ”{near}”?" if near else f"lägg till det på bladet {ID}, eller rätta namnet"
    return Problem(f"det finns inget avtal ”{name[:60]}”", hint, walk.file, position=place)


def _figures(name: str) -> list[str]:
    return re.findall(r"[1-9][0-9]*", name)


def _finish(
    started: StartedAgreement,
    by_prefix: Mapping[str, HeadedTable],
    file: str,
    shape: Callable[[Agreement], Agreement] | None,
) -> TableAgreement:
    position = started.draft.position
    problems = started.problems
    agreement: Agreement | None = None
    try:
        record, positions = to_record(started.draft.node(), Agreement, file)
        agreement = with_origin(record, DataOrigin(file, "", {"": position, **positions}))
    except LoadError as error:
        problems = [*problems, *error.problems]
    if problems:
        order = list(by_prefix)
        problems.sort(key=lambda problem: _order(problem, order))
        return TableAgreement(
            started.id, position, None, tuple(_with_heading(problem, by_prefix) for problem in problems)
        )
    assert agreement is not None
    return TableAgreement(started.id, position, shape(agreement) if shape else agreement, ())


def _prefix(position: Position) -> str:
    return _CELL.sub("", position.name)


def _order(problem: Problem, prefixes: list[str]) -> tuple[int, int, int]:
    place = problem.position
    if place is None:
        return (len(prefixes), 0, 0)
    prefix = _prefix(place)
    return (prefixes.index(prefix) if prefix in prefixes else -1, place.line, place.column)


def _with_heading(problem: Problem, by_prefix: Mapping[str, HeadedTable]) -> Problem:
    """Return *problem* with the heading of its column: ``Resurser!E14 (Belopp)``. A path is no help in a workbook."""
    place = problem.position
    sheet = by_prefix.get(_prefix(place)) if place else None
    if place is None or sheet is None:
        return problem
    column = sheet.columns.get(place.column)
    named = evolve(place, name=f"{place.name} ({column.heading})") if column and place.line > sheet.heading else place
    return evolve(problem, position=named, path="")
