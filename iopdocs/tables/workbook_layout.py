"""The layout of a workbook: sheets, columns and headings, derived from the dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from attrs import evolve, frozen

from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import Field, fields_of

ID = "Avtal"
"""The heading of the first column of every sheet: the name of the agreement in the workbook."""

EXAMPLE = "EXEMPEL"
"""The name of the example agreement, whose rows are skipped."""

READ_ME = "Läs mig"
LISTS = "Listor"
_NAMING = ("kallas", "namn", "titel", "rubrik")


@frozen
class LayoutColumn:
    """A column of a sheet.

    *field* is the field of its values and *path* its Swedish path in the record of the row. Columns that identify the
    owner of a row have no field: *parent* is the class of the record that the cell names, and *choices* are the lists
    that it may name. The first column has neither. *names* are all accepted headings.
    """

    heading: str
    path: tuple[str, ...] = ()
    field: Field | None = None
    help: str = ""
    parent: type | None = None
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@frozen
class Place:
    """A list in the agreement that the rows of a sheet are added to.

    *steps* are the keys to it, from the agreement to the first list, from there to the next. *parents* are the classes
    of the records in all lists but the last. *label* distinguishes it from other places with the same parents.
    """

    steps: tuple[tuple[str, ...], ...]
    parents: tuple[type, ...]
    label: str


@frozen
class Sheet:
    """A sheet. *record* is the class of its rows, *field* the list that contains them, absent for the sheet Avtal."""

    title: str
    record: type
    columns: tuple[LayoutColumn, ...]
    names: tuple[str, ...]
    help: str
    field: Field | None = None
    places: tuple[Place, ...] = ()

    @property
    def is_main(self) -> bool:
        """Return whether a row is an agreement, not a part of one."""
        return self.field is None

    @property
    def owners(self) -> int:
        """The number of columns at the start that identify the owner of the row."""
        return next(n for n, column in enumerate(self.columns) if column.field is not None)


@cache
def layout() -> tuple[Sheet, ...]:
    """Return the sheets of a workbook in the order of the dictionary, the sheet Avtal first."""
    lists: dict[type, list[tuple[Field, Place]]] = {}
    for field, place in _lists(Agreement, (), (), (), ""):
        lists.setdefault(field.type, []).append((field, place))
    columns = (_id_column("Ett kort namn på avtalet, ett för varje rad. De andra bladen hänvisar till det."),)
    main = Sheet(
        ID, Agreement, (*columns, *_data(Agreement)), (ID,), "Ett avtal på varje rad: titel, mål, tider och villkor."
    )
    return (main, *(_sheet(same_class) for same_class in lists.values()))


@cache
def naming_fields(record: type) -> tuple[Field, ...]:
    """Return the fields that name a record: ``kallas``, ``namn``, ``titel`` or ``rubrik``, else its first field."""
    fields = [field for field in fields_of(record) if not field.is_record and not field.many]
    named = [field for key in _NAMING for field in fields if field.key == key]
    return tuple(named or fields[:1])


def title_of(key: str) -> str:
    """Return a key as a heading: ``relaterade_avtal`` becomes ``Relaterade avtal``."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def _lists(
    record: type, steps: tuple[tuple[str, ...], ...], keys: tuple[str, ...], parents: tuple[type, ...], label: str
) -> Iterator[tuple[Field, Place]]:
    """Yield every list of records below *record*, and the lists in their records, depth first."""
    for field in fields_of(record):
        if field.is_record and field.many:
            here = (*steps, (*keys, field.key))
            yield field, Place(here, parents, label or field.entry.label)
            yield from _lists(field.type, here, (), (*parents, field.type), "")
        elif field.is_record:
            yield from _lists(field.type, steps, (*keys, field.key), parents, field.entry.label)


def _sheet(lists: list[tuple[Field, Place]]) -> Sheet:
    field, places = lists[0][0], tuple(place for _field, place in lists)
    needed = set(places[0].parents).intersection(*(place.parents for place in places))
    classes = tuple(dict.fromkeys(parent for place in places for parent in place.parents))
    owners = [_id_column("Namnet på avtalet, så som det står på bladet Avtal.")]
    owners += [_parent_column(parent, needed=True) for parent in classes if parent in needed]
    if any(number > 1 for number in Counter(place.parents for place in places).values()):
        labels = tuple(place.label for place in places)
        help_text = "Vilken lista raden hör till."
        owners.append(LayoutColumn("Gäller", help=help_text, choices=labels, names=("Gäller",)))
    last = [_parent_column(parent, needed=False) for parent in classes if parent not in needed]
    columns = (*owners, *_data(field.type), *last)
    paths = tuple(".".join(key for step in place.steps for key in step) for place in places)
    title = title_of(field.key)
    # The dictionary's help for a map describes its form in a data file.
    help_text = "Ett val på varje rad." if field.keyed else field.entry.help
    return Sheet(title, field.type, columns, (title, field.entry.label, *paths), help_text, field, places)


def _id_column(help_text: str) -> LayoutColumn:
    return LayoutColumn(ID, help=help_text, names=(ID, "Avtals-id"))


def _parent_column(parent: type, *, needed: bool) -> LayoutColumn:
    name = naming_fields(parent)[-1]
    heading = name.entry.label
    help_text = (
        "Den som raden hör till, så som det står på bladet {sheet}."
        if needed
        else "Fyll i bara om raden hör till en bilaga och inte till avtalet självt: så som det står på {sheet}."
    )
    sheet = next(title_of(field.key) for field, _place in _lists(Agreement, (), (), (), "") if field.type is parent)
    return LayoutColumn(heading, help=help_text.format(sheet=sheet), parent=parent, names=(heading,))


def _data(record: type) -> tuple[LayoutColumn, ...]:
    columns = list(_leaves(record, ()))
    counted = Counter(column.heading for column in columns)
    # A heading shared by two columns is extended with the part that distinguishes them.
    columns = [
        evolve(column, heading=f"{column.heading} ({title_of(column.path[0])})")
        if counted[column.heading] > 1 and len(column.path) > 1
        else column
        for column in columns
    ]
    labels = Counter(column.field.entry.label for column in columns if column.field)
    taken = {column.heading for column in columns}
    return tuple(
        evolve(column, names=tuple(_names(column, column.field, labels, taken)))
        for column in columns
        if column.field is not None
    )


def _names(column: LayoutColumn, field: Field, labels: Counter[str], taken: set[str]) -> Iterator[str]:
    yield column.heading
    yield ".".join(column.path)
    if labels[field.entry.label] == 1 and field.entry.label not in taken:
        yield field.entry.label


def _leaves(record: type, path: tuple[str, ...]) -> Iterator[LayoutColumn]:
    for field in fields_of(record):
        here = (*path, field.key)
        if not field.is_record:
            heading = f"{title_of(path[-1])}: {field.entry.label}" if path else field.entry.label
            yield LayoutColumn(heading, here, field, field.entry.help)
        elif not field.many:
            yield from _leaves(field.type, here)
