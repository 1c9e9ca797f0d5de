"""The time line of the overview page: a table whose rows draw from when to when an agreement holds."""

from __future__ import annotations

import calendar
from datetime import date

from attrs import frozen

from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.overview.markup import HtmlTag, heading, table
from iopdocs.batch.report_words import known_day, name_of
from iopdocs.document.xml_escape import one_line
from iopdocs.register.rows import RegisterRow

_AFTER = 5  # years to draw after that of the report
_SOON = 90
_LONGEST = 120  # characters of a follow-up in words
_MONTH, _YEAR = 30.44, 365.25
_SHORTEST = 0.6  # per cent: what is drawn can be seen


@frozen
class Axis:
    """The years that are drawn, from the first of January of *first* to the last of December of *last*."""

    first: int
    last: int

    def at(self, day: date) -> float:
        """Return where *day* stands, in per cent from the left, within what is drawn."""
        length = 366 if calendar.isleap(day.year) else 365
        years = day.year - self.first + (day.timetuple().tm_yday - 1) / length
        return round(min(100.0, max(0.0, 100 * years / (self.last - self.first + 1))), 2)


def axis(report: BatchReport) -> Axis:
    """Return the years to draw: from the year before the report's to that of the last end, but not too far."""
    rows = [one.row for one in report.outcomes if one.row]
    days = [day for row in rows for day in (row.start, row.end) if day]
    year = report.day.year if known_day(report) else max((day.year for day in days), default=2000)
    ends = [row.end.year for row in rows if row.end]
    return Axis(max(1, year - 1), min(9999, max(year + 1, min(year + _AFTER, max(ends, default=year)))))


def timeline(report: BatchReport) -> str:
    """Return the table of when agreements end, those to act on first; empty when no agreement has a day."""
    years = axis(report)
    found = [
        (number, one.row) for number, one in enumerate(report.outcomes)
        if one.row and (one.row.start or one.row.end or one.row.until_further_notice)
    ]  # fmt: skip
    if not found:
        return ""
    found.sort(key=lambda one: (_urgency(one[1], report.day), one[0]))
    names = "".join(f"<span>{year}</span>" for year in range(years.first, years.last + 1))
    head = [
        heading("Avtal", "text"),
        HtmlTag(f'<th scope="col" class="when"><span class="unseen">{"Gäller från och till"}</span>'
            f'<span class="years" aria-hidden="true">{names}</span></th>'),
        heading("Sista dag för uppsägning", "text"),
        heading("Slutar", "text"),
        heading("Nästa uppföljning", "text"),
    ]  # fmt: skip
    rows = [_row(number, name_of(report.outcomes[number]), row, years, known_day(report)) for number, row in found]
    return table("Avtalens tider, de närmaste först", head, rows, "time")


def _urgency(row: RegisterRow, day: date) -> tuple[int, date]:
    if row.ended_early or (row.end and row.end < day):
        return (2, date.max)
    coming = [one for one in (row.notice_last, row.negotiate_last, row.end) if one and one >= day]
    return (0, min(coming)) if coming else (1, row.end or date.max)


def _row(number: int, name: str, row: RegisterRow, years: Axis, day: date | None) -> str:
    over = row.ended_early or (row.end is not None and day is not None and row.end < day)
    end = "tills vidare" if row.until_further_notice and row.end is None else ""
    span = f"från {row.start}" if row.start else ""
    span += f" {'till'} {row.end}" if row.end else f" {end}"
    last = f"<td>{end}</td>"
    if row.end:
        last = _day_cell(row.end, day, "har löpt ut", over, _end(row, day))
    follow_up = f"<td>{one_line(row.follow_up_text[:_LONGEST])}</td>"
    if row.follow_up:
        follow_up = _day_cell(row.follow_up, day, "", over)
    return (
        f'<tr data-i="{number}"><th scope="row"><span class="name">{one_line(name)}</span></th>'
        f'<td class="when"><span class="unseen">{one_line(span)}</span>{_drawn(row, years, over)}</td>'
        f"{_day_cell(row.notice_last, day, 'passerad', over)}{last}{follow_up}</tr>\n"
    )


def _end(row: RegisterRow, day: date | None) -> str:
    """Return what is said beside the day that an agreement ends, when it is more than how far ahead that is."""
    if row.ended_early:
        return "i förtid"
    if row.renews and row.end and day and row.end >= day:
        return f"{in_words((row.end - day).days)}, förlängs om ingen säger upp det"
    return ""


def _drawn(row: RegisterRow, years: Axis, over: bool) -> str:
    left = years.at(row.start) if row.start else years.at(row.end) if row.end else 0.0
    right = years.at(row.end) if row.end else 100.0 if row.until_further_notice else left
    turn = years.at(row.notice_last) if row.notice_last else right
    turn = min(max(turn, left), right)
    kind = "over" if over else "open" if row.end is None else "term"
    shapes = []
    if right > left:
        shapes.append(
            f'<rect class="{kind}" x="{left}%" y="5" width="{max(_SHORTEST, turn - left):.2f}%" height="10"/>'
        )
    if right > turn and not over:
        shapes.append(f'<rect class="late" x="{turn}%" y="5" width="{right - turn:.2f}%" height="10"/>')
    if row.notice_last and not over and years.first <= row.notice_last.year <= years.last:
        shapes.append(f'<use href="#diamond" x="{years.at(row.notice_last)}%"/>')
    if row.follow_up and not over and years.first <= row.follow_up.year <= years.last:
        shapes.append(f'<use href="#dot" x="{years.at(row.follow_up)}%"/>')
    return f'<svg aria-hidden="true" focusable="false">{"".join(shapes)}</svg>' if shapes else ""


def _day_cell(found: date | None, day: date | None, past: str, over: bool, always: str = "") -> str:
    if found is None:
        return "<td></td>"
    left = (found - day).days if day else None
    said = always or ("" if left is None else past if left < 0 else in_words(left))
    soon = left is not None and 0 <= left <= _SOON and not over
    kind = ' class="soon"' if soon else ""
    return f"<td{kind}><time>{found}</time>{f' <small>{one_line(said)}</small>' if said else ''}</td>"


def in_words(days: int) -> str:
    """Return how far ahead a day is, as people say it."""
    if days == 0:
        return "i dag"
    if days == 1:
        return "i morgon"
    if days <= _SOON:
        return f"om {days} dagar"
    months = round(days / _MONTH)
    return f"om {months} månader" if months < 24 else f"om {round(days / _YEAR)} år"
