"""Convert a row to a record in its place: in the list that it belongs to, of the record that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import Factory, define

from iopdocs.errors import Position, Problem, ValueProblem
from iopdocs.files.nodes import TextNode
from iopdocs.files.value_readers import fold, nearest
from iopdocs.tables.cell_values import node_of, plain_text
from iopdocs.tables.cells import Value
from iopdocs.tables.drafts import RecordDraft
from iopdocs.tables.headings import HeadedTable, squeezed
from iopdocs.tables.workbook_layout import LayoutColumn, Place, naming_fields


@define
class StartedAgreement:
    """An agreement that is being read; *doubled* is set when its name occurs twice, so that its rows may belong to two."""

    id: str
    draft: RecordDraft
    parties: set[str] = Factory(set)
    problems: list[Problem] = Factory(list)
    records: dict[type, list[RecordDraft]] = Factory(dict)
    doubled: bool = False


def read_record(
    sheet: HeadedTable, row: int, values: Mapping[int, Value], place: Position, begun: StartedAgreement
) -> None:
    """Add the record in a row to the started agreement, which also collects the problems of the row."""
    owners = {column: number for number, column in sheet.columns.items() if column.field is None and number in values}
    if not any(sheet.columns[number].field is not None for number in values):
        return
    try:
        target = _place(sheet, row, values, owners, place)
        parents = _parents(sheet, row, values, owners, target, begun)
    except _CellError as error:
        if not (error.is_of_two and begun.doubled):
            begun.problems.append(Problem(error.message, error.hint, sheet.table.file, position=error.position))
        return
    field = sheet.sheet.field
    assert field is not None
    draft = RecordDraft(place, parents=parents)
    fill(draft, sheet, row, values, begun)
    holder = parents[-1] if parents else begun.draft
    if field.keyed:
        _put_pair(draft, holder, target.steps[-1], sheet, begun)
        return
    texts = [
        plain_text(value) for number, value in values.items() if _names_record(sheet, number) and isinstance(value, str)
    ]
    draft.names = {fold(text): text for text in texts}
    holder.add(target.steps[-1], draft)
    begun.records.setdefault(sheet.sheet.record, []).append(draft)


def _names_record(sheet: HeadedTable, number: int) -> bool:
    field = sheet.columns[number].field
    return any(field is one for one in naming_fields(sheet.sheet.record))


def _put_pair(
    draft: RecordDraft, holder: RecordDraft, path: tuple[str, ...], sheet: HeadedTable, begun: StartedAgreement
) -> None:
    """Add a row of two columns as an entry of a map."""
    assert sheet.sheet.field is not None
    assert sheet.sheet.field.keyed is not None
    key, value = sheet.sheet.field.keyed
    name, node = draft.values.get(key.key), draft.values.get(value.key)
    if not isinstance(name, TextNode) or not isinstance(node, TextNode):
        message = f"raden behöver både {key.entry.label} och {value.entry.label}"
        hint = "fyll i båda, eller töm raden"
        begun.problems.append(Problem(message, hint, sheet.table.file, position=draft.position))
    elif not holder.put((*path, " ".join(name.text.split())), node) and not begun.doubled:
        message = f"{key.entry.label} ”{name.text[:60]}” står två gånger"
        hint = "behåll den ena raden"
        begun.problems.append(Problem(message, hint, sheet.table.file, position=name.position))


def fill(
    draft: RecordDraft, sheet: HeadedTable, row: int, values: Mapping[int, Value], begun: StartedAgreement
) -> None:
    """Fill the record of a row from its cells."""
    for number, value in values.items():
        column = sheet.columns[number]
        if column.field is None:
            continue
        position = sheet.table.position(row, number)
        try:
            node = node_of(value, column.field, position, begun.parties)
        except ValueProblem as error:
            begun.problems.append(refused(error, sheet.table.file, position))
        else:
            draft.put(column.path, node)


class _CellError(Exception):
    """A row cannot be put in its place; *is_of_two* when the record that it names occurs twice."""

    def __init__(self, message: str, hint: str, position: Position, *, is_of_two: bool = False) -> None:
        super().__init__(message)
        self.message, self.hint, self.position, self.is_of_two = message, hint, position, is_of_two


def _place(
    sheet: HeadedTable, row: int, values: Mapping[int, Value], owners: Mapping[LayoutColumn, int], place: Position
) -> Place:
    """Return the list that a row belongs to, by the columns that name its owner."""
    named = {column.parent for column in owners if column.parent is not None}
    fitting = [one for one in sheet.sheet.places if set(one.parents) == named]
    if not fitting:
        missing = [
            column
            for column in sheet.sheet.columns
            if column.parent
            and column.parent not in named
            and all(column.parent in one.parents for one in sheet.sheet.places)
        ]
        heading = missing[0].heading if missing else ""
        raise _CellError("raden säger inte vad den hör till", f"fyll i kolumnen {heading}", place)
    if len(fitting) == 1:
        return fitting[0]
    choice = next((column for column in sheet.sheet.columns if column.choices), None)
    number = owners.get(choice) if choice else None
    labels = {squeezed(one.label): one for one in fitting}
    written = _text_of(values[number], sheet.table.position(row, number)) if number is not None else ""
    if squeezed(written) in labels:
        return labels[squeezed(written)]
    heading = choice.heading if choice else ""
    hint = "skriv något av: {names}".format(names=", ".join(one.label for one in fitting))
    if number is None:
        raise _CellError(f"här saknas {heading}", hint, place)
    position = sheet.table.position(row, number)
    raise _CellError(f"”{written[:60]}” är ingen av listorna", hint, position)


def _parents(
    sheet: HeadedTable,
    row: int,
    values: Mapping[int, Value],
    owners: Mapping[LayoutColumn, int],
    place: Place,
    begun: StartedAgreement,
) -> tuple[RecordDraft, ...]:
    """Return the records that contain a row, the outermost first."""
    numbers = {column.parent: number for column, number in owners.items() if column.parent is not None}
    found: tuple[RecordDraft, ...] = ()
    for parent in place.parents:
        position = sheet.table.position(row, numbers[parent])
        written = _text_of(values[numbers[parent]], position)
        known = [draft for draft in begun.records.get(parent, []) if draft.parents == found]
        found = (*found, _called(written, known, position))
    return found


def _called(written: str, known: list[RecordDraft], position: Position) -> RecordDraft:
    """Return the record that *written* names: by its name, else by its number in the list."""
    matching = [draft for draft in known if fold(written) in draft.names]
    if len(matching) > 1:
        hint = "skriv dess nummer i ordningen, 1 för den första, eller ge dem olika namn"
        message = f"flera heter ”{written[:60]}”"
        raise _CellError(message, hint, position, is_of_two=True)
    if matching:
        return matching[0]
    if re.fullmatch(r"[1-9][0-9]{0,4}", written.strip()) and int(written) <= len(known):
        return known[int(written) - 1]
    names = {folded: name for draft in known for folded, name in draft.names.items()}
    near = nearest(written, names)
    hint = (
        f"menade du ”{near}”?"
        if near
        else "skriv namnet så som det står på sitt eget blad, och kontrollera att det står i samma avtal"
    )
    raise _CellError(f"det finns ingen ”{written[:60]}” i avtalet", hint, position)


def _text_of(value: Value, position: Position) -> str:
    try:
        return plain_text(value)
    except ValueProblem as error:
        raise _CellError(error.message, error.hint, position) from None


def refused(error: ValueProblem, file: str, position: Position) -> Problem:
    """Return the problem of a cell whose value was refused."""
    return Problem(error.message, error.hint, file, position=position)
