"""The time line of the overview page: when each agreement is in force, and where that is drawn."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from attrs import frozen

from iopdocs.batch.agreement_standing import known_day, name_of
from iopdocs.batch.outcome import BatchReport
from iopdocs.register.rows import RegisterRow

_AFTER = 5  # years to draw after that of the report
_SOON = 90
_LONGEST = 120  # characters of a follow-up in words
_MONTH, _YEAR = 30.44, 365.25
_SHORTEST = 0.6  # per cent, so that a bar is visible


@frozen
class TimeAxis:
    """The years that are drawn, from the first of January of *first* to the last of December of *last*."""

    first: int
    last: int

    def at(self, day: date) -> float:
        """Return the position of *day* in per cent from the left, limited to the drawn range."""
        length = 366 if calendar.isleap(day.year) else 365
        years = day.year - self.first + (day.timetuple().tm_yday - 1) / length
        return round(min(100.0, max(0.0, 100 * years / (self.last - self.first + 1))), 2)


def axis(report: BatchReport) -> TimeAxis:
    """Return the years to draw: from the year before the report's to that of the last end, within a limit."""
    rows = [outcome.row for outcome in report.outcomes if outcome.row]
    days = [day for row in rows for day in (row.start, row.end) if day]
    year = report.day.year if known_day(report) else max((day.year for day in days), default=2000)
    ends = [row.end.year for row in rows if row.end]
    return TimeAxis(max(1, year - 1), min(9999, max(year + 1, min(year + _AFTER, max(ends, default=year)))))


@frozen
class DayCell:
    """A cell of the time line: a *day*, if known, and a *note* on it; *is_soon* when little time is left."""

    day: date | None = None
    note: str = ""
    is_soon: bool = False


@frozen
class TimelineRow:
    """An agreement in the time line: its *place* in the report, its term in words, its bars and marks, and its days.

    *bars* are (style, start, width) and *marks* (shape, place), in per cent from the left.
    """

    place: int
    name: str
    span: str
    bars: tuple[tuple[str, float, float], ...]
    marks: tuple[tuple[str, float], ...]
    days: tuple[DayCell, DayCell, DayCell]


def timeline(report: BatchReport) -> list[TimelineRow]:
    """Return the agreements whose start, end or open-ended term is known, the most urgent first."""
    found = [
        (number, outcome.row) for number, outcome in enumerate(report.outcomes)
        if outcome.row and (outcome.row.start or outcome.row.end or outcome.row.until_further_notice)
    ]  # fmt: skip
    found.sort(key=lambda pair: (_urgency(pair[1], report.day), pair[0]))
    years, day = axis(report), known_day(report)
    return [_row(number, name_of(report.outcomes[number]), row, years, day) for number, row in found]


def _urgency(row: RegisterRow, day: date) -> tuple[int, date]:
    if row.ended_early or (row.end and row.end < day):
        return (2, date.max)
    coming = [last for last in (row.notice_last, row.negotiate_last, row.end) if last and last >= day]
    return (0, min(coming)) if coming else (1, row.end or date.max)


def _row(place: int, name: str, row: RegisterRow, years: TimeAxis, day: date | None) -> TimelineRow:
    over = row.ended_early or (row.end is not None and day is not None and row.end < day)
    for_now = "tills vidare" if row.until_further_notice and row.end is None else ""
    start, end = f"från {row.start}" if row.start else "", f"till {row.end}" if row.end else for_now
    return TimelineRow(
        place,
        name,
        f"{start} {end}",
        tuple(_bars(row, years, over)),
        () if over else tuple(_marks(row, years)),
        (
            _day_cell(row.notice_last, day, over, past="passerad"),
            _day_cell(row.end, day, over, past="har löpt ut", always=_end(row, day))
            if row.end
            else DayCell(note=for_now),
            _day_cell(row.follow_up, day, over) if row.follow_up else DayCell(note=row.follow_up_text[:_LONGEST]),
        ),
    )


def _end(row: RegisterRow, day: date | None) -> str:
    """Return the note on an agreement's end day, when it contains more than the time left."""
    if row.ended_early:
        return "i förtid"
    if row.renews and row.end and day and row.end >= day:
        return f"{in_words((row.end - day).days)}, förlängs om ingen säger upp det"
    return ""


def _bars(row: RegisterRow, years: TimeAxis, over: bool) -> Iterator[tuple[str, float, float]]:
    left = years.at(row.start) if row.start else years.at(row.end) if row.end else 0.0
    right = years.at(row.end) if row.end else 100.0 if row.until_further_notice else left
    turn = years.at(row.notice_last) if row.notice_last else right
    turn = min(max(turn, left), right)
    if right > left:
        yield "over" if over else "open" if row.end is None else "term", left, max(_SHORTEST, turn - left)
    if right > turn and not over:
        yield "late", turn, right - turn


def _marks(row: RegisterRow, years: TimeAxis) -> Iterator[tuple[str, float]]:
    for shape, day in (("diamond", row.notice_last), ("dot", row.follow_up)):
        if day and years.first <= day.year <= years.last:
            yield shape, years.at(day)


def _day_cell(found: date | None, day: date | None, over: bool, *, past: str = "", always: str = "") -> DayCell:
    left = (found - day).days if found and day else None
    note = always or ("" if left is None else past if left < 0 else in_words(left))
    return DayCell(found, note, left is not None and 0 <= left <= _SOON and not over)


def in_words(days: int) -> str:
    """Return *days* ahead in everyday words."""
    if days == 0:
        return "i dag"
    if days == 1:
        return "i morgon"
    if days <= _SOON:
        return f"om {days} dagar"
    months = round(days / _MONTH)
    return f"om {months} månader" if months < 24 else f"om {round(days / _YEAR)} år"
