"""Sums per year: what a payer pays against the money that it puts in, where both can be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import attrs
from attrs import frozen

from iopdocs.linter.economies import PlacedEconomy, economies, is_series, payments_in, resources_in, term_of
from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Economy, IndexMethod, Payment, Resource
from iopdocs.model.fields import EVERY_PARTY
from iopdocs.model.parties import Party
from iopdocs.model.schedule import MAX_INSTALMENTS, instalments
from iopdocs.values.period import Period

ZERO = Decimal(0)


@frozen
class Difference:
    """Years in which *payer* pays *paid* kronor a year and puts in *cash*; no years: every year.

    *even* tells that it is the same sum over all years. *path* is the amount to look at.
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

    payments: tuple[PlacedEconomy, ...]
    resources: tuple[tuple[str, Resource], ...]


def differences(agreement: Agreement) -> Iterator[Difference]:
    """Yield where what a party pays during a year is not the money that it puts in that year.

    A payer is left out when it also receives payments (it may pass money on), when it puts in no money at all, and when
    either side cannot be known: a price per day, a missing amount, day or payer, money without a year in a year that
    the term covers in part. Years with indexed amounts are left out. The section and the appendices are summed together,
    unless each of those that has payments by the payer has its money too, and the other way round: then each by itself.
    """
    everything = tuple(_pot(agreement, path, economy) for path, economy in economies(agreement))
    receivers = {id(one.payee) for pot in everything for one in pot.payments}
    for payer in agreement.parties:
        if id(payer) in receivers:
            continue
        paying = [pot for pot in everything if any(one.payer is payer for one in pot.payments)]
        giving = [pot for pot in everything if _cash(agreement, pot.resources, payer)]
        if not paying or not giving:
            continue
        own = [id(pot) for pot in paying] == [id(pot) for pot in giving]
        for pot in paying if own else [_merged(everything)]:
            yield from _differences(agreement, pot, payer)


def payers_without_money(agreement: Agreement) -> Iterator[tuple[str, Party]]:
    """Yield (path of the payer, party) for each public party that pays though its resources are all other than money."""
    resources = [one for path, economy in economies(agreement) for _path, one in resources_in(path, economy)]
    money = [one for one in resources if one.kind is None or one.kind.is_cash]
    with_money = {id(agreement.party(one.party)) for one in money if one.party}
    if any(agreement.party(one.party or EVERY_PARTY) is None for one in money):
        return  # It may be this party's.
    with_others = {id(agreement.party(one.party)) for one in resources if one.party}
    told = set()
    for path, economy in economies(agreement):
        for one in payments_in(agreement, path, economy):
            payer = one.payer
            if payer is None or payer.kind is None or not payer.kind.is_public or id(payer) in told:
                continue
            if id(payer) in with_others and id(payer) not in with_money:
                told.add(id(payer))
                yield f"{one.path}.från", payer


def _pot(agreement: Agreement, path: str, economy: Economy) -> _Pot:
    return _Pot(tuple(payments_in(agreement, path, economy)), tuple(resources_in(path, economy)))


def _merged(pots: Iterable[_Pot]) -> _Pot:
    together = list(pots)
    return _Pot(
        tuple(one for pot in together for one in pot.payments), tuple(one for pot in together for one in pot.resources)
    )


def _cash(
    agreement: Agreement, resources: Iterable[tuple[str, Resource]], payer: Party
) -> tuple[tuple[str, Resource], ...]:
    return tuple(
        (path, one)
        for path, one in resources
        if one.kind is not None and one.kind.is_cash and one.party and agreement.party(one.party) is payer
    )


def _differences(agreement: Agreement, pot: _Pot, payer: Party) -> Iterator[Difference]:
    paid = [one for one in pot.payments if one.payer is payer]
    cash = _cash(agreement, pot.resources, payer)
    if any(one.payer is None for one in pot.payments) or not is_known(agreement, pot.resources):
        return
    if not any(resource.year for _path, resource in cash) and all(_has_rate(one.item) for one in paid):
        rate = sum((_rate(one.item) for one in paid), ZERO)
        yearly = sum_of(cash)
        if rate != yearly:
            yield Difference(payer, (), rate, yearly, False, f"{cash[0][0]}.belopp")
        return
    term = term_of(agreement)
    laid_out = [(one, per_year(one.item, term)) for one in paid]
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for _one, years in laid_out:
        if years is None:
            return
        for year, amount in years.items():
            sums[year] += amount
    rows = [(year, sums.get(year, ZERO), in_year(cash, year)) for year in comparable_years(agreement, cash, sums)]
    even = sum((paid for _year, paid, _own in rows), ZERO) == sum((own for _year, _paid, own in rows), ZERO)
    found: dict[tuple[Decimal, Decimal, str], list[int]] = defaultdict(list)
    for year, out, own in rows:
        if out != own:
            path = next((path for path, one in cash if one.year in (None, year)), None)
            path = path or next((one.path for one, years in laid_out if years and year in years), cash[0][0])
            found[out, own, path].append(year)
    for (out, own, path), years_found in found.items():
        yield Difference(payer, tuple(years_found), out, own, even, f"{path}.belopp")


def is_known(agreement: Agreement, resources: Iterable[tuple[str, Resource]]) -> bool:
    """Tell whether it can be known who puts in how much money: no kind, party or amount of money is missing."""
    return not any(
        (one.kind is None and one.amount is not None)
        or (one.kind is not None and one.kind.is_cash and (one.amount is None or not _by_one(agreement, one)))
        for _path, one in resources
    )


def _by_one(agreement: Agreement, resource: Resource) -> bool:
    name = resource.party or EVERY_PARTY
    return agreement.party(name) is not None


def sum_of(resources: Iterable[tuple[str, Resource]]) -> Decimal:
    """Return the sum of the amounts of *resources*."""
    return sum((one.amount.amount for _path, one in resources if one.amount is not None), ZERO)


def in_year(resources: Iterable[tuple[str, Resource]], year: int) -> Decimal:
    """Return the sum of the amounts that hold for *year*: those of that year, and those of every year."""
    return sum_of((path, one) for path, one in resources if one.year in (None, year))


def comparable_years(
    agreement: Agreement, resources: Sequence[tuple[str, Resource]], others: Iterable[int]
) -> list[int]:
    """Return the years of *resources* and *others* in which sums can be compared, in order."""
    term = term_of(agreement)
    always = any(one.year is None for _path, one in resources)
    years = {*others, *(one.year for _path, one in resources if one.year is not None)}
    if always and term is not None:
        years |= set(range(term.start.year, min(term.end.year, term.start.year + 100) + 1))
    years = {year for year in years if not (always and _is_part(agreement, year))}
    first = _first_indexed(agreement)
    if first is not None and years:
        years = {year for year in years if year < max(first, min(years) + 1)}
    return sorted(years)


def _is_part(agreement: Agreement, year: int) -> bool:
    """Tell whether the term covers a part of *year* only, so that a sum for every year may be for a part too."""
    term = agreement.term
    if term is None:
        return False
    late = term.start is not None and term.start > date(year, 1, 1)
    return late or (term.end is not None and term.end < date(year, 12, 31))


def _first_indexed(agreement: Agreement) -> int | None:
    """Return the first year with indexed amounts, 0 when it is not told (the first year is then the only safe one)."""
    found = [
        economy.indexation.first_year or 0
        for _path, economy in economies(agreement)
        if economy.indexation and economy.indexation.method not in (None, IndexMethod.NONE)
    ]
    return min(found, default=None)


def _has_rate(payment: Payment) -> bool:
    known = payment.amount is not None and payment.price_per_day_and_person is None
    return known and is_series(payment) and payment.period is None


def _rate(payment: Payment) -> Decimal:
    if payment.amount is None or payment.interval is None:
        return ZERO
    return payment.amount.amount * (12 // payment.interval.months)


def per_year(payment: Payment, term: Period | None) -> Mapping[int, Decimal] | None:
    """Return kronor by the year that *payment* is for; ``None`` where that cannot be known.

    A single payment counts in the year of its period where that lies within one year, else in that of its last day, or
    the nearest year of the term: an advance in December is for the year that follows. A series without a period runs
    over the whole term.
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
    for one in laid_out:
        sums[one.year] += one.amount.amount
    return sums


def _year_of_single(payment: Payment, term: Period | None) -> int | None:
    period = payment.period
    if period is not None and period.start.year == period.end.year:
        return period.start.year
    if payment.due is None or (payment.interval is None and period is not None):
        return None
    year = payment.due.year
    return year if term is None else min(max(year, term.start.year), term.end.year)
