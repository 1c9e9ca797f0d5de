"""One agreement laid over another: what many agreements share is written once."""

from __future__ import annotations

from typing import Any

import attrs

from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import fields_of


def merge(own: Agreement, base: Agreement) -> Agreement:
    """Return *own* with what *base* says where *own* says nothing.

    Records are merged field by field. A list of *own* stands instead of the list of *base*, whole; maps such as
    ``klausuler`` are merged key by key. Where *own* was read from stays with it.
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
        elif mine is None or mine == ():
            found[field.name] = shared
        elif field.is_record and not field.many and shared is not None:
            found[field.name] = attrs.evolve(mine, **_merged(mine, shared))
    return found
