"""Sums per year: the payments of a payer compared with the money that it contributes, where both are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import attrs
from attrs import frozen

from iopdocs.linter.economies import EconomyAtPath, economies, is_series, payments_in, resources_in, term_of
from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Economy, IndexMethod, Payment, Resource, ResourceKind
from iopdocs.model.fields import EVERY_PARTY
from iopdocs.model.parties import Party
from iopdocs.model.schedule import MAX_INSTALMENTS, instalments
from iopdocs.values.period import Period

ZERO = Decimal(0)


@frozen
class YearlyDifference:
    """The years in which *payer* pays *paid* kronor a year and contributes *cash*; no years means every year.

    *even*: the sums over all years are equal. *path* is the amount to check.
    """

    payer: Party
    years: tuple[int, ...]
    paid: Decimal
    cash: Decimal
    even: bool
    path: str


@frozen(eq=False)
class _Pot:
    """Economies that are summed together."""

    payments: tuple[EconomyAtPath, ...]
    resources: tuple[tuple[str, Resource], ...]


def differences(agreement: Agreement) -> Iterator[YearlyDifference]:
    """Yield the years in which a party's payments differ from the money that it contributes.

    A payer is left out when it also receives payments (it may pass money on), when it contributes no money, and when
    either side is not known: a price per day, a missing amount, day or payer, money without a year in a year that the
    term covers in part. Years with indexed amounts are left out. The section and the appendices are summed together;
    each is summed separately if the ones with payments by the payer are exactly the ones with its money.
    """
    everything = tuple(_pot(agreement, path, economy) for path, economy in economies(agreement))
    receivers = {id(payment.payee) for pot in everything for payment in pot.payments}
    for payer in agreement.parties:
        if id(payer) in receivers:
            continue
        paying = [pot for pot in everything if any(payment.payer is payer for payment in pot.payments)]
        giving = [pot for pot in everything if _cash(agreement, pot.resources, payer)]
        if not paying or not giving:
            continue
        own = [id(pot) for pot in paying] == [id(pot) for pot in giving]
        for pot in paying if own else [_merged(everything)]:
            yield from _differences(agreement, pot, payer)


def payers_without_money(agreement: Agreement) -> Iterator[tuple[str, Party]]:
    """Yield (path of the payer, party) for each public party that pays although it contributes only other resources than money."""
    resources = [resource for path, economy in economies(agreement) for _path, resource in resources_in(path, economy)]
    money = [resource for resource in resources if resource.kind in (None, ResourceKind.CASH)]
    with_money = {id(agreement.party(resource.party)) for resource in money if resource.party}
    if any(agreement.party(resource.party or EVERY_PARTY) is None for resource in money):
        return  # This money may be the party's.
    with_others = {id(agreement.party(resource.party)) for resource in resources if resource.party}
    reported = set()
    for path, economy in economies(agreement):
        for placed in payments_in(agreement, path, economy):
            payer = placed.payer
            if payer is None or payer.kind is None or not payer.kind.is_public or id(payer) in reported:
                continue
            if id(payer) in with_others and id(payer) not in with_money:
                reported.add(id(payer))
                yield f"{placed.path}.från", payer


def _pot(agreement: Agreement, path: str, economy: Economy) -> _Pot:
    return _Pot(tuple(payments_in(agreement, path, economy)), tuple(resources_in(path, economy)))


def _merged(pots: Iterable[_Pot]) -> _Pot:
    together = list(pots)
    return _Pot(
        tuple(part for pot in together for part in pot.payments),
        tuple(part for pot in together for part in pot.resources),
    )


def _cash(
    agreement: Agreement, resources: Iterable[tuple[str, Resource]], payer: Party
) -> tuple[tuple[str, Resource], ...]:
    return tuple(
        (path, resource)
        for path, resource in resources
        if resource.kind is ResourceKind.CASH and resource.party and agreement.party(resource.party) is payer
    )


def _differences(agreement: Agreement, pot: _Pot, payer: Party) -> Iterator[YearlyDifference]:
    paid = [payment for payment in pot.payments if payment.payer is payer]
    cash = _cash(agreement, pot.resources, payer)
    if any(payment.payer is None for payment in pot.payments) or not is_known(agreement, pot.resources):
        return
    if not any(resource.year for _path, resource in cash) and all(_has_rate(payment.item) for payment in paid):
        rate = sum((_rate(payment.item) for payment in paid), ZERO)
        yearly = sum_of(cash)
        if rate != yearly:
            yield YearlyDifference(payer, (), rate, yearly, False, f"{cash[0][0]}.belopp")
        return
    term = term_of(agreement)
    laid_out = [(payment, per_year(payment.item, term)) for payment in paid]
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for _one, years in laid_out:
        if years is None:
            return
        for year, amount in years.items():
            sums[year] += amount
    rows = [(year, sums.get(year, ZERO), in_year(cash, year)) for year in comparable_years(agreement, cash, sums)]
    even = sum((paid for _year, paid, _own in rows), ZERO) == sum((own for _year, _paid, own in rows), ZERO)
    differing: dict[tuple[Decimal, Decimal, str], list[int]] = defaultdict(list)
    for year, out, own in rows:
        if out != own:
            path = next((path for path, resource in cash if resource.year in (None, year)), None)
            path = path or next((payment.path for payment, years in laid_out if years and year in years), cash[0][0])
            differing[out, own, path].append(year)
    for (out, own, path), years_found in differing.items():
        yield YearlyDifference(payer, tuple(years_found), out, own, even, f"{path}.belopp")


def is_known(agreement: Agreement, resources: Iterable[tuple[str, Resource]]) -> bool:
    """Return whether each party's money is known: no resource lacks its kind, and no money lacks its party or amount."""
    return not any(
        (resource.kind is None and resource.amount is not None)
        or (resource.kind is ResourceKind.CASH and (resource.amount is None or not _party_exists(agreement, resource)))
        for _path, resource in resources
    )


def _party_exists(agreement: Agreement, resource: Resource) -> bool:
    name = resource.party or EVERY_PARTY
    return agreement.party(name) is not None


def sum_of(resources: Iterable[tuple[str, Resource]]) -> Decimal:
    """Return the sum of the amounts of *resources*, in kronor."""
    return sum((resource.amount.amount for _path, resource in resources if resource.amount is not None), ZERO)


def in_year(resources: Iterable[tuple[str, Resource]], year: int) -> Decimal:
    """Return the sum of the amounts for *year*: those of that year, and those of every year."""
    return sum_of((path, resource) for path, resource in resources if resource.year in (None, year))


def comparable_years(
    agreement: Agreement, resources: Sequence[tuple[str, Resource]], others: Iterable[int]
) -> list[int]:
    """Return the years of *resources* and *others* in which sums can be compared, in order."""
    term = term_of(agreement)
    always = any(resource.year is None for _path, resource in resources)
    years = {*others, *(resource.year for _path, resource in resources if resource.year is not None)}
    if always and term is not None:
        years |= set(range(term.start.year, min(term.end.year, term.start.year + 100) + 1))
    years = {year for year in years if not (always and _is_part(agreement, year))}
    first = _first_indexed(agreement)
    if first is not None and years:
        years = {year for year in years if year < max(first, min(years) + 1)}
    return sorted(years)


def _is_part(agreement: Agreement, year: int) -> bool:
    """Return whether the term covers only a part of *year*: a sum for every year may then be for a part too."""
    term = agreement.term
    if term is None:
        return False
    late = term.start is not None and term.start > date(year, 1, 1)
    return late or (term.end is not None and term.end < date(year, 12, 31))


def _first_indexed(agreement: Agreement) -> int | None:
    """Return the first year with indexed amounts; 0 when no year is given (only the first year is then safe)."""
    first_years = [
        economy.indexation.first_year or 0
        for _path, economy in economies(agreement)
        if economy.indexation and economy.indexation.method not in (None, IndexMethod.NONE)
    ]
    return min(first_years, default=None)


def _has_rate(payment: Payment) -> bool:
    known = payment.amount is not None and payment.price_per_day_and_person is None
    return known and is_series(payment) and payment.period is None


def _rate(payment: Payment) -> Decimal:
    if payment.amount is None or payment.interval is None:
        return ZERO
    return payment.amount.amount * (12 // payment.interval.months)


def per_year(payment: Payment, term: Period | None) -> Mapping[int, Decimal] | None:
    """Return kronor by the year that *payment* is for; ``None`` when the years are not known.

    A single payment counts in the year of its period if that is within one year, else in the year of its last day, or
    the nearest year of the term: an advance in December is for the following year. A series without a period covers the
    whole term.
    """
    if payment.amount is None or payment.price_per_day_and_person is not None:
        return None
    if not is_series(payment):
        year = _year_of_single(payment, term)
        return None if year is None else {year: payment.amount.amount}
    period = payment.period or term
    if period is None or period.end < period.start:
        return None
    laid_out = instalments(attrs.evolve(payment, period=period))
    if len(laid_out) >= MAX_INSTALMENTS:
        return None
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for instalment in laid_out:
        sums[instalment.year] += instalment.amount.amount
    return sums


def _year_of_single(payment: Payment, term: Period | None) -> int | None:
    period = payment.period
    if period is not None and period.start.year == period.end.year:
        return period.start.year
    if payment.due is None or (payment.interval is None and period is not None):
        return None
    year = payment.due.year
    return year if term is None else min(max(year, term.start.year), term.end.year)
