"""The dictionary: every field of the model carries its Swedish key, label, help text and sources, through one helper.

Conversion, template view, linter, JSON Schema and reference pages are all generated from :func:`fields_of`.
"""

from __future__ import annotations

import re
import typing
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, NewType, TypeAlias, cast

import attrs
from attrs import frozen

from iopdocs.errors import Problem, RecordError, ValueProblem
from iopdocs.json_objects import without_none
from iopdocs.values.counts import check_count
from iopdocs.values.shares import check_number
from iopdocs.values.text import Year, check_text, normalise_newlines

# To a type checker a reference is the text that a caller writes; the dictionary tells it from other texts.
if TYPE_CHECKING:
    PartyRef: TypeAlias = str
    """A reference to a party: its ``kallas``, else its ``namn``; or :data:`EVERY_PARTY`."""

    ClauseName: TypeAlias = str
    """The name of a clause in ``klausuler``: letters, digits, spaces, ``_`` and ``-``, a letter first, at most 60."""
else:
    PartyRef = NewType("PartyRef", str)
    ClauseName = NewType("ClauseName", str)

EVERY_PARTY = "alla parter"
"""The reference that means all parties."""


@frozen
class Entry:
    """The dictionary entry of one field.

    *key* is the name in data files and templates, *label* the name in findings and placeholders, *help* one or two
    sentences to the person who fills it in, *sources* short names of the documents that require it, *printed* whether
    it appears in the agreement's text or only controls it, *example* a value as a person would write it, *keyed* whether
    a list of records of two fields is written as a map from the first to the second (``klausuler``).
    """

    key: str
    label: str
    help: str
    sources: tuple[str, ...] = ()
    printed: bool = True
    example: str = ""
    keyed: bool = False


@frozen
class Field:
    """A field of a model class as generators see it. *type* is the leaf type or the class of its records."""

    name: str
    entry: Entry
    type: Any
    many: bool

    @property
    def key(self) -> str:
        """The Swedish key."""
        return self.entry.key

    @property
    def keyed(self) -> tuple[Field, Field] | None:
        """The key field and value field of records that a data file writes as a map; else ``None``."""
        if not self.entry.keyed:
            return None
        key, value = fields_of(self.type)
        return key, value

    @property
    def is_record(self) -> bool:
        """Return whether the value, or each of its items, is a record with its own dictionary."""
        return is_record_class(self.type)


@cache
def is_record_class(kind: Any) -> bool:
    """Return whether *kind* is an attrs class with a dictionary: one whose fields :func:`entry` made."""
    return attrs.has(kind) and any(Entry in attribute.metadata for attribute in attrs.fields(kind))


def _convert(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_convert(item) for item in value)
    if type(value) is str:
        return normalise_newlines(value)
    return tuple(_convert(item) for item in value) if type(value) is tuple else value


def _check(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Check all fields of *instance* at once, in the validator of its first field: by then attrs has set every field."""
    fields = _by_name(cast(Hashable, type(instance)))
    if attribute.name != next(iter(fields)):
        return
    problems = [
        Problem(
            refused.message, refused.hint, path=field.key + path, attribute=f"{type(instance).__name__}.{field.name}{index}",
            code=refused.code, label=label_at(type(instance), field.key + path),
        )
        for field in fields.values()
        for path, index, refused in _refused(field, getattr(instance, field.name))
    ]  # fmt: skip
    if problems:
        raise RecordError(problems)


def _refused(field: Field, value: Any) -> Iterator[tuple[str, str, ValueProblem]]:
    """Yield what is wrong with the value of a field, and with which item: its number as users count, and its index."""
    if not field.many:
        if value is not None and (found := _refused_one(field, value)):
            yield "", "", found
        return
    if not isinstance(value, tuple):
        yield "", "", ValueProblem(f"ska vara en lista av {_class_of(field).__name__}, men är {_shown(value)}")
        return
    wrong = [(f"[{n + 1}]", f"[{n}]", found) for n, item in enumerate(value) if (found := _refused_one(field, item))]
    yield from wrong
    if field.keyed and not wrong:
        for message in _refused_keys(field.keyed, value):
            yield "", "", ValueProblem(message)


def _refused_keys(fields: tuple[Field, Field], value: tuple[Any, ...]) -> Iterator[str]:
    """Yield what is wrong if a record lacks key or value, or two records have the same key."""
    pairs = [tuple(getattr(item, field.name) for field in fields) for item in value]
    if any(None in pair for pair in pairs):
        yield f"varje {fields[0].key} behöver {fields[1].key}"
        return
    keys = [str(key) for key, _value in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        yield f"{fields[0].key} ”{twice}” står två gånger"


def _refused_one(field: Field, value: Any) -> ValueProblem | None:
    """Return why *value* cannot be the value of *field*, or an item of it."""
    wanted = _class_of(field)
    # Python treats bool as an int, datetime as a date, and a word of a list as a text; none is valid in such a field.
    valid = isinstance(value, wanted) and not (
        (wanted is int and isinstance(value, bool))
        or (wanted is date and isinstance(value, datetime))
        or (wanted is str and isinstance(value, Enum))
    )
    if not valid:
        return ValueProblem(f"ska vara {wanted.__name__}, men är {_shown(value)}", _instead(wanted, value))
    try:
        if wanted is str:
            check_text(value)
            if field.type is ClauseName:
                check_clause_name(value)
        elif isinstance(value, Decimal):
            check_number(value)
        elif wanted is int:
            check_count(value, year=field.type is Year)
    except ValueProblem as refused:
        return refused
    return None


def _class_of(field: Field) -> type:
    """Return the class of the values of *field*: ``str`` for a reference."""
    kind: type = getattr(field.type, "__supertype__", field.type)
    return kind


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 100 else f"{shown[:99]}…"


def _instead(wanted: type, value: Any) -> str:
    """Return what to write in Python instead of the text *value*, where that can be known."""
    if not isinstance(value, str):
        return ""
    if issubclass(wanted, Enum):
        members = [f"{wanted.__name__}.{member.name}" for member in wanted]
        same = next((name for name, member in zip(members, wanted, strict=True) if member.value == value), None)
        return f"skriv {same}" if same else f"välj bland: {', '.join(members)}"
    return f"skriv {wanted.__name__}.parse({_shown(value)})" if hasattr(wanted, "parse") else ""


def fold_clause_name(value: Any) -> Any:
    """Return the name of a clause in NFC with one space between words, as a data file's is read; no text as it is."""
    return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value


def check_clause_name(value: str) -> None:
    """Raise :class:`~iopdocs.errors.ValueProblem` unless *value* can be the name of a clause (see :data:`ClauseName`)."""
    if not re.fullmatch(r"[^\W\d_](?:[\w \-]{0,58}\w)?", value):
        raise ValueProblem(
            f"”{value[:60]}” är inget namn på en klausul",
            "det består av bokstäver, siffror och _, till exempel överskott",
        )


def entry(
    key: str,
    label: str,
    help: str,
    *,
    sources: tuple[str, ...] = (),
    printed: bool = True,
    example: str = "",
    many: bool = False,
    keyed: bool = False,
    converter: Callable[[Any], Any] = _convert,
) -> Any:
    """Return an attrs field that may be absent (``None``, or an empty tuple with *many*) and carries its dictionary entry.

    *converter* makes what is given into what is kept; without it lists become tuples and line breaks LF.
    """
    return attrs.field(
        default=() if many else None,
        converter=converter,
        validator=_check,
        metadata={Entry: Entry(key, label, help, sources, printed, example, keyed)},
    )


def fields_of(cls: type) -> tuple[Field, ...]:
    """Return the dictionary of a model class in field order. Fields without an entry are omitted."""
    return tuple(_by_name(cast(Hashable, cls)).values())


def by_key(cls: type) -> Mapping[str, Field]:
    """Return the fields of a model class by Swedish key."""
    return _by_key(cast(Hashable, cls))


@cache
def _by_name(cls: Any) -> Mapping[str, Field]:
    hints = typing.get_type_hints(cls)
    fields = {}
    for attribute in attrs.fields(cls):
        if Entry in attribute.metadata:
            kind, many = _unwrap(hints[attribute.name])
            fields[attribute.name] = Field(attribute.name, attribute.metadata[Entry], kind, many)
    return fields


@cache
def _by_key(cls: Any) -> Mapping[str, Field]:
    return {field.key: field for field in _by_name(cls).values()}


def _unwrap(hint: Any) -> tuple[Any, bool]:
    """Return (type, many) of ``X | None`` or ``tuple[X, ...]``."""
    if typing.get_origin(hint) is tuple:
        return typing.get_args(hint)[0], True
    return without_none(hint)[0], False


def label_at(cls: type, path: str) -> str:
    """Return the labels along the Swedish *path* from *cls*: ``Parter › Organisationsnummer``, as far as there are fields."""
    labels = []
    for key in re.sub(r"\[[0-9]+\]", "", path).split("."):
        field = by_key(cls).get(key)
        if field is None:
            break
        labels.append(field.entry.label)
        if field.keyed or not field.is_record:
            break
        cls = field.type
    return " › ".join(labels)


def is_absent(value: object) -> bool:
    """Return whether a field's value is absent: ``None``, an empty list, or a record whose fields are all absent.

    An empty text is not absent: it was written on purpose.
    """
    if value is None or value == ():
        return True
    if attrs.has(type(value)) and fields_of(type(value)):
        return all(is_absent(getattr(value, field.name)) for field in fields_of(type(value)))
    return isinstance(value, tuple) and all(is_absent(item) for item in value)


def walk(record: Any, path: str = "") -> Iterable[tuple[str, Field, Any]]:
    """Yield (Swedish path, field, value) for every leaf value that is present, depth first.

    A path has the form that users write: ``parter[1].namn``, where 1 is the first item of a list.
    """
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        here = f"{path}.{field.key}" if path else field.key
        if field.keyed:
            key, inner = field.keyed
            yield from ((f"{here}.{getattr(item, key.name)}", inner, getattr(item, inner.name)) for item in value)
            continue
        items = [(f"{here}[{n}]", item) for n, item in enumerate(value, 1)] if field.many else [(here, value)]
        for where, item in items:
            if field.is_record and item is not None:
                yield from walk(item, where)
            elif item is not None:
                yield where, field, item
