"""One agreement laid over another: what many agreements share is written once."""

from __future__ import annotations

from typing import Any

import attrs

from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import fields_of
from iopdocs.model.parties import Party


def merge(own: Agreement, base: Agreement) -> Agreement:
    """Return *own* with what *base* says where *own* says nothing.

    Records are merged field by field, maps such as ``klausuler`` key by key, and parties by what they are called: a
    party that only *base* has stands first. Any other list of *own* stands instead of the list of *base*, whole. Where
    *own* was read from stays with it.
    """
    return attrs.evolve(own, **_merged(own, base))


def _merged(own: Any, base: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields_of(type(own)):
        mine, shared = getattr(own, field.name), getattr(base, field.name)
        if field.keyed:
            key = field.keyed[0].name
            said = {getattr(item, key) for item in mine}
            found[field.name] = (*mine, *(item for item in shared if getattr(item, key) not in said))
        elif field.type is Party and field.many and mine and shared:
            found[field.name] = _parties(mine, shared)
        elif mine is None or mine == ():
            found[field.name] = shared
        elif field.is_record and not field.many and shared is not None:
            found[field.name] = attrs.evolve(mine, **_merged(mine, shared))
    return found


def _parties(mine: tuple[Party, ...], shared: tuple[Party, ...]) -> tuple[Party, ...]:
    """Return the parties of both, each once: those of *shared* that *mine* does not have, and then *mine*."""
    bases = [next((one for one in shared if _same(own, one)), None) for own in mine]
    whole = tuple(
        own if base is None else attrs.evolve(own, **_merged(own, base)) for own, base in zip(mine, bases, strict=True)
    )
    return (*(one for one in shared if not any(one is base for base in bases)), *whole)


def _same(one: Party, other: Party) -> bool:
    names = ({_folded(name) for name in (party.name, party.short_name) if name} for party in (one, other))
    first, second = names
    return bool(first & second)


def _folded(name: str) -> str:
    """Return *name* as names of parties are compared."""
    return " ".join(name.split()).casefold()
