"""The payments of an agreement laid out in time: each instalment of a series with its day, year and amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from iopdocs.model.economy import Interval, PaidWhen, Payment
from iopdocs.values.duration import Duration, Unit
from iopdocs.values.money import Money

MOST = 1200
"""The most instalments that one series is laid out in: a hundred years of months."""


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


def pay_days(payment: Payment) -> tuple[date, ...]:
    """Return the days on which *payment* is to be made, also where the amount is not known.

    The day of the first is ``senast`` where it is given, else the first day of the stretch it pays for, or in arrears
    the last; the others of a series follow at the same distance. A series without a period has only its ``senast``, and
    a single payment without one has no day: its period says what it is for, not when it is made.
    """
    if payment.interval is None or payment.interval is Interval.ONCE or payment.period is None:
        return (payment.due,) if payment.due else ()
    found = []
    for n, (first, last) in enumerate(_stretches(payment.period.start, payment.period.end, payment.interval.months)):
        counted = last if payment.paid is PaidWhen.ARREARS else first
        found.append(_add_months(payment.due, n * payment.interval.months) if payment.due else counted)
    return tuple(found)


def later(day: date, length: Duration) -> date:
    """Return the day that lies *length* after *day*, at most the last day there is."""
    return _moved(day, length, 1)


def earlier(day: date, length: Duration) -> date:
    """Return the day that lies *length* before *day*, at least the first day there is."""
    return _moved(day, length, -1)


def _moved(day: date, length: Duration, sign: int) -> date:
    if length.unit in (Unit.YEARS, Unit.MONTHS):
        return _add_months(day, sign * length.amount * (12 if length.unit is Unit.YEARS else 1))
    days = day.toordinal() + sign * length.amount * (7 if length.unit is Unit.WEEKS else 1)
    return date.fromordinal(min(max(days, date.min.toordinal()), date.max.toordinal()))


def _stretches(start: date, end: date, months: int) -> Iterator[tuple[date, date]]:
    first, n = start, 0
    while first <= end and n < MOST:
        n += 1
        nxt = _add_months(start, n * months)
        yield first, min(end, nxt - timedelta(days=1))
        first = nxt


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    if not 1 <= year <= 9999:
        return date.max if year > 9999 else date.min
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 27))
