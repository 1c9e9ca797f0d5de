"""Merge one agreement over another, so that data shared by many agreements are written once."""

from __future__ import annotations

import re
from typing import Any

import attrs

from iopdocs.model.agreement import Agreement, with_origin
from iopdocs.model.fields import fields_of
from iopdocs.model.parties import Party


def merge(own: Agreement, base: Agreement) -> Agreement:
    """Return *own* with absent values filled in from *base*.

    Records are merged field by field, maps such as ``klausuler`` key by key, and parties by name. A party that only
    *base* has is placed first. Any other list of *own* replaces the whole list of *base*. The source of *own* is kept, with the places of its values.
    """
    merged = attrs.evolve(own, **_merged(own, base))
    if own.source is None:
        return merged
    before = len(merged.parties) - len(own.parties) if own.parties else 0
    positions = {_later_party(path, before): position for path, position in own.positions.items()}
    return with_origin(merged, attrs.evolve(own.source, positions=positions))


def _later_party(path: str, before: int) -> str:
    """Return *path* with the number that a party has when *before* others are placed before it."""
    return re.sub(r"^parter\[(\d+)\]", lambda match: f"parter[{int(match[1]) + before}]", path)


def _merged(own: Any, base: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in fields_of(type(own)):
        mine, shared = getattr(own, field.name), getattr(base, field.name)
        if field.keyed:
            key = field.keyed[0].name
            present = {getattr(item, key) for item in mine}
            fields[field.name] = (*mine, *(item for item in shared if getattr(item, key) not in present))
        elif field.type is Party and field.many and mine and shared:
            fields[field.name] = _parties(mine, shared)
        elif mine is None or mine == ():
            fields[field.name] = shared
        elif field.is_record and not field.many and shared is not None:
            fields[field.name] = attrs.evolve(mine, **_merged(mine, shared))
    return fields


def _parties(mine: tuple[Party, ...], shared: tuple[Party, ...]) -> tuple[Party, ...]:
    """Return the parties of both, each once: those that only *shared* has, then *mine* merged with their bases."""
    bases = [next((party for party in shared if _same(own, party)), None) for own in mine]
    merged = tuple(
        own if base is None else attrs.evolve(own, **_merged(own, base)) for own, base in zip(mine, bases, strict=True)
    )
    return (*(party for party in shared if not any(party is base for base in bases)), *merged)


def _same(first: Party, second: Party) -> bool:
    return bool(_names(first) & _names(second))


def _names(party: Party) -> set[str]:
    return {_folded(name) for name in (party.name, party.short_name) if name}


def _folded(name: str) -> str:
    """Return *name* in the form used to compare names of parties."""
    return " ".join(name.split()).casefold()
