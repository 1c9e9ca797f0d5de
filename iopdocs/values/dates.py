"""Dates: every way that a Swedish text writes a day, read as a whole value and found in running text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from iopdocs.errors import ValueProblem
from iopdocs.values.numbers import ORDINALS
from iopdocs.values.spelling import plain

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
MONTH_NUMBERS = {
    "sept": 9,
    **{name: number for number, whole in enumerate(MONTHS, 1) for name in (whole, whole[:3])},
}
"""The number of a month by its name, whole or abbreviated and without full stop."""
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_LATEST_OF_TWO_FIGURES = 49
_DAYS_OF_WEEK = {
    name: number
    for number, day in enumerate(WEEKDAYS)
    for name in (day, f"{day}en", day[:3], day[:2], *(("tors",) if day == "torsdag" else ()))
}


def _any(words: tuple[str, ...] | dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_ORDINAL_END = "(?::?(?:a|e|sta|ste|dra|dje|nde|de|te))?"
_DAY = rf"(?:(?P<day>[0-9]{{1,2}})(?:{_ORDINAL_END}|\.)|(?P<word>{_any(ORDINALS)}))"
_YEAR = "(?P<year>[0-9]{4})"
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_LEADING = re.compile(
    r"(?:senast|fr\.? ?o\.? ?m\.?|från och med|från|t\.? ?o\.? ?m\.?|till och med|per) (?=\S)|den (?=[0-9]{4})"
)
_WEEKDAY = re.compile(rf"(?P<weekday>{_any(_DAYS_OF_WEEK)})\.?,? (?:den )?(?P<rest>.+)")
_WEEKDAY_LAST = re.compile(rf"(?P<rest>.+?),? \(?(?P<weekday>{_any(WEEKDAYS)})\)?")
_YEAR_FIRST = re.compile(
    rf"{_YEAR}(?P<sign> ?- ?|/|\. ?| )(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}})"
    r"(?:[t ](?P<time>[0-9]{1,2}[:.][0-9]{2}.*))?"
)
_MIDNIGHT = re.compile(r"00?[:.]00(?:[:.]00(?:[.,]0+)?)?(?:z|\+0[0-2](?::?00)?)?")
_RUN = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2}|[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_WITH_NAME = re.compile(
    rf"(?:den )?{_DAY} ?(?P<month>[^\W\d_]+)\.?(?: månad)?(?:,? (?:år )?(?P<year>[0-9]{{4}}|[0-9]{{2}}))"
)
_SLASH = re.compile(r"(?:den )?(?P<day>[0-9]{1,2}) ?/ ?(?P<month>[0-9]{1,2})(?:,? |-)(?P<year>[0-9]{4})")
_YEAR_LAST = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sign> ?- ?| ?/ ?|\. ?| )(?P<second>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4}|[0-9]{2})"
)
_NAME_BETWEEN_DASHES = re.compile(
    rf"(?P<first>[0-9]{{1,2}}|[0-9]{{4}})-(?P<month>{_any(MONTH_NUMBERS)})\.?-(?P<second>[0-9]{{1,2}}|[0-9]{{4}})"
)
_LAST_OF_MONTH = re.compile(
    rf"(?:(?:den )?sista(?: dag(?:en)? (?:i|av))?|(?:vid )?utgången av|ultimo)(?: (?P<month>{_any(MONTH_NUMBERS)})\.?(?: månad)?)?"
    rf",? (?:år )?{_YEAR}"
)
_FIRST_OF_MONTH = re.compile(rf"(?:den )?första dagen (?:i|av) (?P<month>{_any(MONTH_NUMBERS)})\.?,? (?:år )?{_YEAR}")
_OF_WEEK = re.compile(rf"(?:i )?(?:vecka|v\.?) ?(?P<week>[0-9]{{1,2}}),? (?:år )?{_YEAR}")
_ISO_WEEK = re.compile(r"(?P<year>[0-9]{4})-w(?P<week>[0-9]{2})-(?P<day>[1-7])")
_MONTH_ONLY = re.compile(rf"(?P<month>{_any(MONTH_NUMBERS)})\.?(?: månad)?,? {_YEAR}")
_TURN_OF_YEAR = re.compile(
    r"(?:vid |till )?(?:årsskiftet|nyår(?:et)?) (?:(?P<first>[0-9]{4}) ?[/-] ?)?(?P<year>[0-9]{2,4})"
)
_TURN_OF_MONTH = re.compile(
    rf"(?:vid )?månadsskiftet (?P<first>{_any(MONTH_NUMBERS)})\.? ?[/-] ?(?P<month>{_any(MONTH_NUMBERS)})\.? {_YEAR}"
)


def parse_date(text: str) -> date:
    """Read a day as a Swedish text writes it.

    ``2027-01-31``, ``31 januari 2027``, ``den 31:a jan. 2027``, ``31/1 2027``, ``2027.01.31``, ``270131``,
    ``söndag 31 januari 2027``, ``sista januari 2027`` and ``måndag vecka 12 2027`` are such ways. A weekday must agree
    with the date.

    Raises:
        ValueProblem: when *text* is not a date, is a date that is not in the calendar, or can be read in two ways, as
            ``1/2/2027``; the hint gives the readings.
    """
    if iso := _ISO.fullmatch(text):
        return _day(text, int(iso[1]), int(iso[2]), int(iso[3]))
    value = plain(text)
    while leading := _LEADING.match(value):
        value = value[leading.end() :]
    match = _WEEKDAY.fullmatch(value) or _WEEKDAY_LAST.fullmatch(value)
    if match is None:
        return _read(text, value.removesuffix("."))
    weekday, rest = _DAYS_OF_WEEK[match["weekday"]], match["rest"].removesuffix(".")
    if in_week := _OF_WEEK.fullmatch(rest):
        return _of_week(text, int(in_week["year"]), int(in_week["week"]), weekday + 1)
    day = _read(text, rest)
    if day.weekday() != weekday:
        right, wrong = WEEKDAYS[day.weekday()], WEEKDAYS[weekday]
        raise ValueProblem(
            f"”{text}” har fel veckodag: {written(day)} är en {right}, inte en {wrong}",
            "rätta veckodagen eller datumet",
        )
    return day


def written(day: date) -> str:
    """Return ``31 januari 2027``, with ordinary spaces."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"


def _read(text: str, value: str) -> date:
    """Return the day that *value*, in plain spelling, is; *text* is what to quote in an error."""
    if match := _YEAR_FIRST.fullmatch(value):
        day = _day(text, int(match["year"]), int(match["month"]), int(match["day"]))
        if match["time"] and not _MIDNIGHT.fullmatch(match["time"]):
            raise ValueProblem(f"”{text}” har ett klockslag, men här står en dag", f"skriv bara dagen: {day}")
        return day
    if match := _RUN.fullmatch(value):
        found = _possible(_whole_years(match["year"]), int(match["month"]), int(match["day"]))
        return _only(text, found or meant_dates(value), reads=bool(found))
    if match := _WITH_NAME.fullmatch(value):
        return _with_name(text, match)
    if match := _SLASH.fullmatch(value):
        # With a space before the year the form is Swedish, day before month; the American one has a second slash.
        return _day(text, int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _YEAR_LAST.fullmatch(value):
        found = meant_dates(value)
        reads = len(match["year"]) == 4 and int(match["second"]) <= 12
        if reads and not found:
            raise _not_in_calendar(text)
        return _only(text, found, reads=reads)
    if (match := _NAME_BETWEEN_DASHES.fullmatch(value)) and 4 < len(match["first"] + match["second"]) < 7:
        first, second = int(match["first"]), int(match["second"])
        return _day(text, max(first, second), MONTH_NUMBERS[match["month"]], min(first, second))
    if match := _LAST_OF_MONTH.fullmatch(value):
        year, month = int(match["year"]), MONTH_NUMBERS[match["month"]] if match["month"] else 12
        if not match["month"] and "utgången" not in value:
            raise _no_date(text, ())
        return _day(text, year, month, monthrange(year, month)[1]) if year else _day(text, 0, month, 1)
    if match := _FIRST_OF_MONTH.fullmatch(value):
        return _day(text, int(match["year"]), MONTH_NUMBERS[match["month"]], 1)
    if match := _ISO_WEEK.fullmatch(value):
        return _of_week(text, int(match["year"]), int(match["week"]), int(match["day"]))
    if "varje" in value.split():
        raise ValueProblem(
            f"”{text}” återkommer, men här står ett enda datum", "skriv den första dagen, till exempel 2027-01-31"
        )
    raise _no_date(text, _vague(value) or meant_dates(value))


def _with_name(text: str, match: re.Match[str]) -> date:
    month = MONTH_NUMBERS.get(match["month"])
    if month is None:
        raise ValueProblem(f"”{match['month']}” i ”{text}” är ingen månad", "skriv månaden på svenska")
    day = int(match["day"]) if match["day"] else ORDINALS[match["word"]]
    years = _whole_years(match["year"])
    if len(years) > 1:
        return _only(text, _possible(years, month, day), reads=True)
    return _day(text, years[0], month, day)


def _whole_years(figures: str) -> tuple[int, ...]:
    """Return the years that *figures* may mean: one, or two of different centuries for ``99``."""
    year = int(figures)
    if len(figures) == 4:
        return (year,)
    return (2000 + year,) if year <= _LATEST_OF_TWO_FIGURES else (1900 + year, 2000 + year)


def _possible(years: tuple[int, ...], month: int, day: int) -> tuple[date, ...]:
    return tuple(found for year in years if (found := as_date(year, month, day)) is not None)


def as_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or ``None`` when it is not in the calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(text: str, year: int, month: int, day: int) -> date:
    found = as_date(year, month, day)
    if found is None:
        raise _not_in_calendar(text)
    return found


def _of_week(text: str, year: int, week: int, day: int) -> date:
    try:
        found = date.fromisocalendar(year, week, day)
    except ValueError:
        raise _not_in_calendar(text) from None
    if found.year != year:
        # The first and last weeks reach into another year, and a writer may mean the year of the day or of the week.
        raise ValueProblem(f"”{text}” ligger i ett annat år än {year}", f"skriv dagen om den menas: {found}")
    return found


def _only(text: str, meant: tuple[date, ...], *, reads: bool) -> date:
    """Return the one day of *meant* if the way of writing is one that is read, else refuse with the readings."""
    if len(meant) == 1 and reads:
        return meant[0]
    raise _no_date(text, meant)


def meant_dates(text: str) -> tuple[date, ...]:
    """Return the days that *text* may mean, when written with digits and the year last or in a run: ``1/2/2027``."""
    value = plain(text)
    found: dict[date, None] = {}
    if match := _YEAR_LAST.fullmatch(value):
        first, second, year = match["first"], match["second"], match["year"]
        orders = [(year, second, first), (year, first, second)]
        if len(year) == 2 and "-" in match["sign"]:
            orders.append((first, second, year))
    elif re.fullmatch("[0-9]{8}", value):
        orders = [(value[4:], value[2:4], value[:2]), (value[4:], value[:2], value[2:4])]
    elif re.fullmatch("[0-9]{6}", value):
        orders = [(value[4:], value[2:4], value[:2])]
    else:
        return ()
    for year, month, day in orders:
        if len(month) <= 2 and len(day) <= 2:
            found |= dict.fromkeys(_possible(_whole_years(year.zfill(2)), int(month), int(day)))
    return tuple(found)


def _vague(value: str) -> tuple[date, ...]:
    """Return the days that a turn of the year, a turn of the month or a month may mean."""
    if match := _TURN_OF_YEAR.fullmatch(value):
        year = int(match["year"])
        if match["first"]:
            return _possible((int(match["first"]),), 12, 31) + _possible((int(match["first"]) + 1,), 1, 1)
        return _possible((year,), 1, 1) + _possible((year,), 12, 31) if len(match["year"]) == 4 else ()
    if match := _TURN_OF_MONTH.fullmatch(value):
        following = as_date(int(match["year"]), MONTH_NUMBERS[match["month"]], 1)
        if following is None or following == date.min:
            return ()
        return (following - timedelta(days=1), following)
    if match := _MONTH_ONLY.fullmatch(value):
        year, month = int(match["year"]), MONTH_NUMBERS[match["month"]]
        return _possible((year,), month, 1) + (_possible((year,), month, monthrange(year, month)[1]) if year else ())
    return ()


def _not_in_calendar(text: str) -> ValueProblem:
    return ValueProblem(f"”{text}” finns inte i kalendern", "kontrollera dag och månad")


def _no_date(text: str, meant: tuple[date, ...]) -> ValueProblem:
    if len(meant) == 1:
        return ValueProblem(f"”{text}” är inget datum så som det skrivs här", f"skriv {meant[0]}")
    if meant:
        days = " eller ".join(map(str, meant))
        return ValueProblem(f"”{text}” kan läsas på flera sätt", f"skriv det som menas: {days}", "tvetydigt-värde")
    return ValueProblem(f"”{text}” är inget datum", "skriv till exempel ”2027-01-31” eller ”31 januari 2027”")


_GAP = r"[ \u00a0\n]"
_MONTH_IN_TEXT = rf"(?P<month>{_any(MONTH_NUMBERS)})(?![\w-])\.?"
_CENTURY = "(?:19|20|21)[0-9]{2}"
_IN_TEXT = re.compile(
    rf"(?<![\w.,:/])(?P<day>[0-9]{{1,2}})(?::?[ae])?\.?{_GAP}{_MONTH_IN_TEXT}(?:{_GAP}(?P<year>{_CENTURY})(?![0-9]))?"
    rf"|(?<![\w./-])(?P<iso>{_CENTURY}-[0-9]{{2}}-[0-9]{{2}})(?![\w-])"
    rf"|(?<![\w.,:/-])(?P<slash>[0-9]{{1,2}}/[0-9]{{1,2}}){_GAP}(?P<of>{_CENTURY})(?![\w-])",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?<![\w\u2013-])(?P<weekday>{'|'.join(WEEKDAYS)})(?:en)?{_GAP})?(?P<den>(?:^|(?<![\w.,:/])){_GAP}?den{_GAP})?$",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 20


@frozen
class DateMention:
    """A day in running text, whether or not it is in the calendar: its parts and the stretch that it takes.

    *weekday* is the name before it in small letters, or empty; *year* is absent when not written. *is_certain* is false
    when the words may count something instead (``45 maj``).
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: str = ""
    weekday_start: int = 0
    is_certain: bool = True

    @property
    def value(self) -> date | None:
        """The date, or ``None`` when it has no year or is not in the calendar."""
        return None if self.year is None else as_date(self.year, self.month, self.day)


def mentions(text: str) -> Iterator[DateMention]:
    """Yield every day in the running text *text*, with or without a year, in order."""
    for match in _IN_TEXT.finditer(text):
        before = _BEFORE.search(text[max(0, match.start() - _LONGEST_BEFORE) : match.start()])
        weekday = (before["weekday"] or "").casefold() if before else ""
        place = match.start() - len(before[0]) if before else match.start()
        year: int | None
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
            yield DateMention(match.start(), match.end(), day, month, year, weekday, place)
        elif match["slash"]:
            day, month = (int(part) for part in match["slash"].split("/"))
            is_certain = 1 <= day <= 31 and 1 <= month <= 12
            yield DateMention(match.start(), match.end(), day, month, int(match["of"]), weekday, place, is_certain)
        else:
            day, name = int(match["day"]), match["month"].casefold()
            is_certain = bool(match["year"]) or (name in MONTHS and (bool(before and before["den"]) or 29 <= day <= 31))
            year = int(match["year"]) if match["year"] else None
            yield DateMention(match.start(), match.end(), day, MONTH_NUMBERS[name], year, weekday, place, is_certain)


def find(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield each complete day of the calendar in the running text *text*, with its start and end."""
    for mention in mentions(text):
        if mention.value is not None:
            yield mention.value, mention.start, mention.end
