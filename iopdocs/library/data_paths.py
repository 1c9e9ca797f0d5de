"""Paths into an agreement (Swedish keys joined by points): which exist, which was meant, and the value at each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any

from iopdocs.files.value_readers import fold, nearest
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import Field, by_key, fields_of, is_absent
from iopdocs.values.text import RichText

_NUMBER = re.compile(r"\[[0-9]*\]")
_SECTIONS: Mapping[str, str] = {
    "titel": "titel", "parter": "parter", "partsförhållanden": "parter", "bakgrund": "bakgrund",
    "värdegrund": "vardegrund", "insatser": "insatser", "insatsram": "insatser", "överenskommelse": "overenskommelse",
    "utgångspunkter": "utgangspunkter", "mål": "mal", "organisation": "organisation", "kunskap": "kunskap",
    "ekonomi": "ekonomi", "avtalstid": "avtalstid", "omförhandling": "omforhandling", "hävning": "omforhandling",
    "tvist": "omforhandling", "särskilda_villkor": "sarskilda_villkor", "underskrift": "underskrift",
    "bilagor": "bilagor",
}  # fmt: skip
_LONGEST = 200  # characters of a path that is looked at; the longest there is has about sixty


def field_at(path: str) -> Field | None:
    """Return the field that *path* leads to in an agreement, or ``None`` when there is no such path."""
    found = _fields().get(path)
    if found is None:
        # A clause's name is the writer's own: klausuler.överskott.
        list_, _dot, name = path.partition(".")
        keyed = _fields()[list_].keyed if name and "." not in name and list_ in _fields() else None
        found = keyed[1] if keyed else None
    return found


def section_of(path: str) -> str:
    """Return the name of the section that prints *path*; empty for what no section prints."""
    return _SECTIONS.get(path.partition(".")[0].partition("[")[0], "")


def nearest_path(path: str) -> str | None:
    """Return the path that somebody who wrote *path* may have meant, or ``None`` when none is near.

    The steps are corrected one by one. Failing that, a path that ends in the same key, or is spelt alike, is returned.
    """
    plain = _NUMBER.sub("", path[:_LONGEST]).strip(" .")
    right = _stepwise(plain)
    if right is not None:
        return right
    last = fold(plain.rpartition(".")[2])
    same = [known for known in _fields() if known.rpartition(".")[2] == last]
    return min(same, key=len) if same else nearest(plain, {fold(known): known for known in _fields()})


def holds(record: Any, path: str) -> bool:
    """Return whether *record* has a value at *path*; in a list, one item with a value is enough."""
    key, _dot, rest = path.partition(".")
    field = by_key(type(record))[key]
    value = getattr(record, field.name)
    if field.keyed:
        name = field.keyed[0]
        return any(not rest or fold(getattr(item, name.name)) == fold(rest) for item in value)
    items = value if isinstance(value, tuple) else (value,)
    return any(not is_blank(item) and (not rest or holds(item, rest)) for item in items)


def held_at(agreement: Agreement, path: str) -> Any:
    """Return the single datum at *path* (no list on the way), or ``None`` when it is absent."""
    here: Any = agreement
    for key in path.split("."):
        field = by_key(type(here)).get(key) if _is_record(here) else None
        here = getattr(here, field.name) if field is not None else None
    return here


def is_blank(value: Any) -> bool:
    """Return whether *value* is blank to a reader: absent, a text of spaces, or made of such parts only."""
    if isinstance(value, Enum):
        return False
    if isinstance(value, str | RichText):
        return not str(value).strip()
    if isinstance(value, tuple):
        return all(is_blank(item) for item in value)
    if _is_record(value):
        return all(is_blank(getattr(value, field.name)) for field in fields_of(type(value)))
    return is_absent(value)


def _is_record(value: Any) -> bool:
    return hasattr(type(value), "__attrs_attrs__") and bool(fields_of(type(value)))


@cache
def _fields() -> Mapping[str, Field]:
    return dict(_below(Agreement, ""))


def _below(kind: type, path: str) -> Iterator[tuple[str, Field]]:
    for field in fields_of(kind):
        here = f"{path}.{field.key}" if path else field.key
        yield here, field
        if field.is_record and not field.keyed:
            yield from _below(field.type, here)


def _stepwise(path: str) -> str | None:
    steps: list[str] = []
    kind: Any = Agreement
    written_steps = path.split(".")
    for place, written in enumerate(written_steps):
        fields = fields_of(kind) if kind is not None else ()
        names = {_plain(field.key): field for field in fields} | {field.name: field for field in fields}
        near = nearest(_plain(written), {name: name for name in names})
        if near is None:
            return None
        field = names[near]
        steps.append(field.key)
        if field.keyed:
            return ".".join([*steps, *written_steps[place + 1 :]])
        kind = field.type if field.is_record else None
    return ".".join(steps)


def _plain(word: str) -> str:
    """Return *word* folded and without marks over letters, as it is written on a foreign keyboard."""
    decomposed = unicodedata.normalize("NFD", fold(word).replace("-", "_").replace(" ", "_"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
