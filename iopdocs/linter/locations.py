"""Locate findings: convert a path in the data to line and column, and to a name that is stable when lines move."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from functools import lru_cache
from typing import Any

from iopdocs.errors import Position
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import by_key
from iopdocs.model.positions import parent_path

_ITEM = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")
_NAMES = ("id", "kallas", "namn", "titel", "rubrik")


def position(agreement: Agreement, path: str) -> Position | None:
    """Return the place of *path* in the agreement's file, or of the nearest existing key.

    What has changed since the file was read has no place.
    """
    while path and path not in agreement.positions:
        path = parent_path(path)
    return agreement.positions.get(path)


def stretch(agreement: Agreement, path: str, span: tuple[int, int] | None) -> tuple[Position | None, Position | None]:
    """Return (start, exclusive end) of the value at *path*, or of the part of its text that *span* selects.

    The end is absent when the file spells the value in another way than it was read (escapes, folded lines).
    """
    start = position(agreement, path)
    if start is None or agreement.source is None or not path or path not in agreement.positions:
        return start, None
    text = agreement.source.text
    offset = _offset(text, start)
    value = value_at(agreement, path)
    if span is not None and isinstance(value, str):
        word = value[span[0] : span[1]]
        times = value.count(word, 0, span[0]) if word else 0
        place = offset
        for _turn in range(times + 1):
            place = text.find(word, place if _turn == 0 else place + 1)
            if place < 0:
                return start, None
        if word and "\n" not in word:
            begin = _position(text, place)
            return begin, Position(begin.line, begin.column + len(word))
        return start, None
    line_end = text.find("\n", offset)
    line = text[offset : line_end if line_end >= 0 else len(text)]
    written = str(value) if isinstance(value, str) else None
    if written and line.startswith(written):
        return start, Position(start.line, start.column + len(written))
    plain = re.match(r"""[^\s,\[\]{}"'|>#&*!](?:[^#,\[\]{}\n]*[^\s#,\[\]{}])?""", line)
    if plain:
        return start, Position(start.line, start.column + len(plain[0]))
    return start, None


def value_at(agreement: Agreement, path: str) -> Any:
    """Return the value at *path* in the data, or ``None``."""
    here: Any = agreement
    for key, number in _ITEM.findall(path):
        field = by_key(type(here)).get(key) if hasattr(type(here), "__attrs_attrs__") else None
        if field is None:
            return None
        here = getattr(here, field.name)
        if number:
            if not isinstance(here, tuple) or not 0 < int(number) <= len(here):
                return None
            here = here[int(number) - 1]
    return getattr(here, "source", here) if type(here).__name__ == "RichText" else here


def fingerprint(agreement: Agreement, code: str, path: str, word: str, ordinal: int) -> str:
    """Return sixteen hexadecimal digits that identify a finding, independent of its line and of the order of items."""
    return hashlib.sha256("\0".join((code, lasting(agreement, path), word, str(ordinal))).encode()).hexdigest()[:16]


def lasting(agreement: Agreement, path: str) -> str:
    """Return *path* with each item of a list named by its id, short name, name or title, else by its number."""
    here: Any = agreement
    parts = []
    for key, number in _ITEM.findall(path):
        field = by_key(type(here)).get(key) if hasattr(type(here), "__attrs_attrs__") else None
        here = getattr(here, field.name) if field is not None else None
        if number and isinstance(here, tuple) and 0 < int(number) <= len(here):
            item = here[int(number) - 1]
            own = _name(item)  # Long lists are of items without a name, and the others are then not looked at.
            alone = bool(own) and sum(_name(other) == own for other in here) == 1
            here = item
            parts.append(f"{key}[{own if alone else number}]")
        else:
            parts.append(f"{key}[{number}]" if number else key)
    return ".".join(parts)


def _name(item: Any) -> str:
    keys = by_key(type(item)) if hasattr(type(item), "__attrs_attrs__") else {}
    for key in _NAMES:
        value = getattr(item, keys[key].name) if key in keys else None
        if isinstance(value, str) and value.strip():
            return value
    return ""


@lru_cache(maxsize=8)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer("\n", text)))


def _offset(text: str, place: Position) -> int:
    starts = _line_starts(text)
    return starts[min(place.line, len(starts)) - 1] + place.column - 1


def _position(text: str, offset: int) -> Position:
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)
