"""The payments of an agreement laid out in time: each instalment of a series with its day, year and amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from iopdocs.model.economy import Interval, PaidWhen, Payment
from iopdocs.model.money import Money


@frozen
class Instalment:
    """One payment of *amount*; *year* is the calendar year it is for, *due* its last day where it can be known."""

    year: int
    amount: Money
    due: date | None = None


def instalments(payment: Payment) -> tuple[Instalment, ...]:
    """Return the instalments of *payment*; none where the amount or the time is unknown or depends on volume.

    A single payment counts in the year of its last day, else of its period. A series runs over its period; each
    instalment counts in the year of the stretch it pays for, in advance from its first day, in arrears from its last.
    """
    if payment.amount is None:
        return ()
    if payment.interval is None or payment.interval is Interval.ONCE:
        when = payment.due or (payment.period.start if payment.period else None)
        return (Instalment(when.year, payment.amount, payment.due),) if when else ()
    if payment.period is None:
        return ()
    found = []
    for n, (first, last) in enumerate(_stretches(payment.period.start, payment.period.end, payment.interval.months)):
        due = payment.due if n == 0 else None
        found.append(Instalment((last if payment.paid is PaidWhen.ARREARS else first).year, payment.amount, due))
    return tuple(found)


def _stretches(start: date, end: date, months: int) -> Iterator[tuple[date, date]]:
    first, n = start, 0
    while first <= end and n < 1200:
        n += 1
        nxt = _add_months(start, n * months)
        yield first, min(end, nxt - timedelta(days=1))
        first = nxt


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    if year > 9999:
        return date.max
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 27))
