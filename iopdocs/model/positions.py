"""Where values stand in the file that they were read from, as far as they are still the values that were read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from iopdocs.errors import Position
from iopdocs.model.fields import fields_of


def unchanged_positions(positions: Mapping[str, Position], read: Any, now: Any) -> Mapping[str, Position]:
    """Return those of *positions*, by Swedish path, that hold for the record *now* as they did for *read*.

    A value that differs has no place in the file, nor has a record or a list with such a value in it. An item of a list
    that differs may be another item altogether, so that nothing in it has a place.
    """
    changed: set[str] = {""}
    replaced: set[str] = set()
    _compare(read, now, "", changed, replaced)
    return {
        path: position
        for path, position in positions.items()
        if path not in changed and replaced.isdisjoint(_with_parents(path))
    }


def _compare(read: Any, now: Any, path: str, changed: set[str], replaced: set[str]) -> None:
    for field in fields_of(type(read)):
        before, after = getattr(read, field.name), getattr(now, field.name)
        if before == after:
            continue
        here = f"{path}.{field.key}" if path else field.key
        changed.add(here)
        if field.many and not field.keyed:
            # No item is None, so that one which the other list lacks differs from it.
            pairs = enumerate(zip_longest(before, after), 1)
            replaced.update(f"{here}[{number}]" for number, (one, other) in pairs if one != other)
        elif field.is_record and not field.many and before is not None and after is not None:
            _compare(before, after, here, changed, replaced)
        else:
            replaced.add(here)


def parent_path(path: str) -> str:
    """Return the path of what contains the value at *path*: ``parter[1]`` for ``parter[1].namn``, then ``parter``."""
    return path.rpartition("[")[0] if path.endswith("]") else path.rpartition(".")[0]


def _with_parents(path: str) -> list[str]:
    found = []
    while path:
        found.append(path)
        path = parent_path(path)
    return found
