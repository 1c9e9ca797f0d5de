"""Join an agreement and its extensions, which are one partnership, into one row over the whole time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import attrs

from iopdocs.register.identities import Identities, folded, follows, is_draft
from iopdocs.register.row_from_agreement import months_between
from iopdocs.register.rows import RegisterRow, RegisterYearSum, SupportPayment

_ZERO = Decimal(0)
_MOST_YEARS = 100


def join_extensions(rows: Sequence[RegisterRow], today: date) -> tuple[RegisterRow, ...]:
    """Return *rows* with each chain of extensions as one row, in the place of the last of them.

    A row continues another if they are the same partnership (:meth:`Identities.keys`) and the second begins where the
    first ends (:func:`follows`). A draft does not extend a decided agreement until it is decided itself.
    """
    known = Identities.of(rows)
    chains: dict[int, list[int]] = {}
    last_by_key: dict[tuple[object, ...], list[int]] = defaultdict(list)
    order = sorted(range(len(rows)), key=lambda n: (rows[n].start or date.max, rows[n].end or date.max, n))
    for number in order:
        keys = known.keys(rows[number])
        before = next(
            (
                other
                for key in keys
                for other in reversed(last_by_key[key])
                if other in chains and _continues(rows[other], rows[number])
            ),
            None,
        )
        chains[number] = [*(chains.pop(before) if before is not None else ()), number]
        for key in keys:
            last_by_key[key].append(number)
    return tuple(_joined([rows[n] for n in chains[last]], today) for last in sorted(chains))


def _continues(first: RegisterRow, second: RegisterRow) -> bool:
    return follows(first, second) and is_draft(first) == is_draft(second)


def _joined(chain: Sequence[RegisterRow], today: date) -> RegisterRow:
    last = chain[-1]
    if len(chain) == 1:
        return last
    start, end = chain[0].start, last.end
    started = [row for row in chain if row.start is not None and row.start <= today]
    return attrs.evolve(
        last,
        status=(started[-1] if started else chain[0]).status,
        active=any(row.active for row in chain),
        case_numbers=_distinct(number for row in chain for number in row.case_numbers),
        start=start,
        months=months_between(start, end),
        follow_up=min((row.follow_up for row in chain if row.follow_up), default=None),
        sums=tuple(_summed(chain)),
        paid=tuple(_paid(chain)),
        file=", ".join(_distinct(row.file for row in chain)),
        unknown_paid=_distinct(name for row in chain for name in row.unknown_paid),
        edited=any(row.edited for row in chain),
        extensions=len(chain) - 1,
        ids=tuple(id for row in chain for id in row.ids),
    )


def _distinct(texts: Iterator[str]) -> tuple[str, ...]:
    distinct: dict[str, str] = {}
    for text in texts:
        distinct.setdefault(folded(text), text)
    return tuple(distinct.values())


def by_year(row: RegisterRow) -> tuple[RegisterYearSum, ...]:
    """Return the sums of *row*. Sums for every year are split by year if the row has both a start and an end."""
    sums: dict[tuple[str, int | None], tuple[Decimal, Decimal]] = {}
    for year_sum in row.sums:
        for year in _years(row, year_sum.year):
            cash, value = sums.get((year_sum.party, year), (_ZERO, _ZERO))
            sums[year_sum.party, year] = (cash + year_sum.cash, value + year_sum.value)
    return tuple(RegisterYearSum(party, year, cash, value) for (party, year), (cash, value) in sums.items())


def _years(row: RegisterRow, year: int | None) -> Sequence[int | None]:
    if year is not None or row.start is None or row.end is None or row.end < row.start:
        return (year,)
    return range(row.start.year, min(row.end.year, row.start.year + _MOST_YEARS) + 1)


def _summed(chain: Sequence[RegisterRow]) -> Iterator[RegisterYearSum]:
    sums: dict[tuple[str, int | None], tuple[Decimal, Decimal]] = {}
    for row in chain:
        for year_sum in by_year(row):
            cash, value = sums.get((year_sum.party, year_sum.year), (_ZERO, _ZERO))
            sums[year_sum.party, year_sum.year] = (cash + year_sum.cash, value + year_sum.value)
    for (party, year), (cash, value) in sums.items():
        yield RegisterYearSum(party, year, cash, value)


def _paid(chain: Sequence[RegisterRow]) -> Iterator[SupportPayment]:
    amounts: dict[tuple[str, str, int], Decimal] = defaultdict(lambda: _ZERO)
    for row in chain:
        for payment in row.paid:
            amounts[payment.payer, payment.payee, payment.year] += payment.amount
    for (payer, payee, year), amount in amounts.items():
        yield SupportPayment(payer, payee, year, amount)
