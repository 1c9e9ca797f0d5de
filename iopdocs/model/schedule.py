"""The payment schedule of an agreement: each instalment of a series with its day, year and amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from iopdocs.model.economy import Interval, PaidWhen, Payment
from iopdocs.values.duration import Duration, Unit
from iopdocs.values.money import Money

MAX_INSTALMENTS = 1200
"""The maximum number of instalments in one series: a hundred years of months."""


@frozen
class Instalment:
    """One payment of *amount*. *year* is the calendar year it is for; *due* is its last day, if known."""

    year: int
    amount: Money
    due: date | None = None


def instalments(payment: Payment) -> tuple[Instalment, ...]:
    """Return the instalments of *payment*, or none if the amount or the time is unknown or depends on volume.

    A single payment belongs to the year of its last day, else of its period. A series runs over its period. Each
    instalment belongs to the year of the interval it pays for: of the first day if paid in advance, of the last day if
    paid in arrears.
    """
    if payment.amount is None:
        return ()
    if payment.interval is None or payment.interval is Interval.ONCE:
        when = payment.due or (payment.period.start if payment.period else None)
        return (Instalment(when.year, payment.amount, payment.due),) if when else ()
    if payment.period is None:
        return ()
    series = []
    for n, (first, last) in enumerate(_intervals(payment.period.start, payment.period.end, payment.interval.months)):
        due = payment.due if n == 0 else None
        series.append(Instalment((last if payment.paid is PaidWhen.ARREARS else first).year, payment.amount, due))
    return tuple(series)


def pay_days(payment: Payment) -> tuple[date, ...]:
    """Return the days on which *payment* is due, even if the amount is unknown.

    The first day is ``senast`` if given, else the first day of the interval paid for, or its last day if paid in
    arrears. The other days of a series follow at equal distance. A series without a period has only its ``senast``. A
    single payment without ``senast`` has no day: its period is what the payment is for, not when it is made.
    """
    if payment.interval is None or payment.interval is Interval.ONCE or payment.period is None:
        return (payment.due,) if payment.due else ()
    days = []
    for n, (first, last) in enumerate(_intervals(payment.period.start, payment.period.end, payment.interval.months)):
        default = last if payment.paid is PaidWhen.ARREARS else first
        days.append(add_months(payment.due, n * payment.interval.months) if payment.due else default)
    return tuple(days)


def later(day: date, length: Duration) -> date | None:
    """Return the day *length* after *day*, at most :data:`date.max`; ``None`` for a unit that needs a calendar."""
    return _moved(day, length, 1)


def earlier(day: date, length: Duration) -> date | None:
    """Return the day *length* before *day*, at least :data:`date.min`; ``None`` for a unit that needs a calendar."""
    return _moved(day, length, -1)


def latest_notice(end: date, length: Duration) -> date | None:
    """Return the last day from which *length* has passed at *end*; ``None`` for a unit that needs a calendar.

    Six months from 29, 30 and 31 August all end on the last of February, so 31 August is that day for 28 February (lag
    1930:173, 2 §: a day that the last month lacks is its last day).
    """
    day = earlier(end, length)
    while day is not None and day < date.max:
        following = later(day + timedelta(days=1), length)
        if following is None or following > end:
            break
        day += timedelta(days=1)
    return day


def _moved(day: date, length: Duration, sign: int) -> date | None:
    if length.unit.needs_calendar:
        return None
    if length.unit in (Unit.YEARS, Unit.MONTHS):
        return add_months(day, sign * length.amount * (12 if length.unit is Unit.YEARS else 1))
    days = day.toordinal() + sign * length.amount * (7 if length.unit is Unit.WEEKS else 1)
    return date.fromordinal(min(max(days, date.min.toordinal()), date.max.toordinal()))


def _intervals(start: date, end: date, months: int) -> Iterator[tuple[date, date]]:
    first, n = start, 0
    while first <= end and n < MAX_INSTALMENTS:
        n += 1
        following = add_months(start, n * months)
        yield first, min(end, following - timedelta(days=1))
        first = following


def add_months(day: date, months: int) -> date:
    """Return the same day of the month *months* later, or the last of that month; within what a date can be."""
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
