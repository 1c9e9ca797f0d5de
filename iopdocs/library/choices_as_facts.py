"""The facts that follow from a chosen clause, and the demands that its text answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from iopdocs.files.value_readers import read_value
from iopdocs.library.clauses import Clause, Variant, folded
from iopdocs.library.layers import Library
from iopdocs.model.agreement import Agreement, with_positions_of
from iopdocs.model.fields import by_key


def with_choices(agreement: Agreement, library: Library) -> Agreement:
    """Return *agreement* with the facts that its chosen variants imply, where the data do not already give them.

    ``klausuler: {överskott: återbetalas}`` means the same as ``ekonomi: {överskott: {hantering: återbetalas}}``. A fact
    in the data is never changed.
    """
    whole = agreement
    for variant in chosen_variants(agreement, library):
        for implied in variant.front.implies:
            whole = _with(whole, str(implied.path).split("."), str(implied.value))
    return agreement if whole == agreement else with_positions_of(whole, agreement)


def answered(agreement: Agreement, library: Library) -> tuple[str, ...]:
    """Return the paths whose demands the texts of chosen variants, and of the parties' own clauses, answer."""
    found = [path for variant in chosen_variants(agreement, library) for path in variant.front.answers]
    for own in agreement.own_clauses:
        clause = library.clause(own.replaces) if own.replaces else None
        if clause is not None and own.text and str(own.text).strip():
            found += [path for variant in clause.variants.values() for path in variant.front.answers]
    return tuple(dict.fromkeys(found))


def chosen_variants(agreement: Agreement, library: Library) -> Iterator[Variant]:
    """Yield each variant that the data choose by name, except for clauses that the parties' own clauses replace."""
    replaced = {folded(own.replaces) for own in agreement.own_clauses if own.replaces}
    for choice in agreement.clauses:
        clause: Clause | None = library.clause(choice.clause or "")
        variant = clause.wanted(choice.variant or "") if clause else None
        if variant is not None and folded(variant.clause) not in replaced:
            yield variant


def _with(record: Any, keys: Sequence[str], value: str) -> Any:
    field = by_key(type(record))[keys[0]]
    here = getattr(record, field.name)
    if len(keys) == 1:
        return record if here is not None else attrs.evolve(record, **{field.name: read_value(value, field.type)})
    return attrs.evolve(record, **{field.name: _with(field.type() if here is None else here, keys[1:], value)})
