"""The economies of an agreement, in its own section and in appendices, with the paths of their parts."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Economy, Interval, Payment, Resource
from iopdocs.model.fields import PartyRef
from iopdocs.model.parties import Party
from iopdocs.values.period import Period


@frozen
class EconomyAtPath:
    """A payment with its path. *payer* and *payee* are ``None`` when the name in the payment belongs to no party."""

    path: str
    item: Payment
    payer: Party | None
    payee: Party | None


def economies(agreement: Agreement) -> Iterator[tuple[str, Economy]]:
    """Yield (path, economy) for the section on economy and for each appendix that has one."""
    if agreement.economy is not None:
        yield "ekonomi", agreement.economy
    for number, appendix in enumerate(agreement.appendices, 1):
        if appendix.economy is not None:
            yield f"bilagor[{number}].ekonomi", appendix.economy


def payments(agreement: Agreement) -> Iterator[EconomyAtPath]:
    """Yield every payment of the agreement, in the order of the file."""
    for path, economy in economies(agreement):
        yield from payments_in(agreement, path, economy)


def payments_in(agreement: Agreement, path: str, economy: Economy) -> Iterator[EconomyAtPath]:
    """Yield the payments of the economy at *path*."""
    for number, payment in enumerate(economy.payments, 1):
        where = f"{path}.utbetalningar[{number}]"
        yield EconomyAtPath(where, payment, _party(agreement, payment.payer), _party(agreement, payment.payee))


def resources_in(path: str, economy: Economy) -> Iterator[tuple[str, Resource]]:
    """Yield (path, resource) for the resources of the economy at *path*."""
    for number, resource in enumerate(economy.resources, 1):
        yield f"{path}.resurser[{number}]", resource


def _party(agreement: Agreement, reference: PartyRef | None) -> Party | None:
    return agreement.party(reference) if reference else None


def is_series(payment: Payment) -> bool:
    """Return whether *payment* recurs."""
    return payment.interval is not None and payment.interval is not Interval.ONCE


def term_of(agreement: Agreement) -> Period | None:
    """Return the term; ``None`` unless it has a start and an end in that order."""
    term = agreement.term
    if term is None or term.start is None or term.end is None or term.end < term.start:
        return None
    return Period(term.start, term.end)
