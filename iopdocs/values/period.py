"""Periods: stretches of time with a first and a last day, written as days, weeks, months, parts of a year or years."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise

from attrs import frozen

from iopdocs.errors import ValueProblem
from iopdocs.values.dates import MONTH_NUMBERS, MONTHS, as_date, mentions, parse_date
from iopdocs.values.numbers import ORDINALS
from iopdocs.values.spelling import plain


class _Grain(Enum):
    """What a stretch is written as; the two ends of a period have the same."""

    DAY = 0
    WEEK = 7
    MONTH = 1
    QUARTER = 3
    TERTIAL = 4
    HALF_YEAR = 6
    YEAR = 12


_Stretch = tuple[_Grain, date, date]
_PARTS = {
    **dict.fromkeys(("halvår", "halvåret", "h"), _Grain.HALF_YEAR),
    **dict.fromkeys(("tertial", "tertialet", "t"), _Grain.TERTIAL),
    **dict.fromkeys(("kvartal", "kvartalet", "kv", "kv.", "k", "q"), _Grain.QUARTER),
}
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_PART = "|".join(re.escape(part) for part in sorted(_PARTS, key=len, reverse=True))
_NTH = "|".join([word for word, number in ORDINALS.items() if number <= 4] + ["sista"])
_YEAR = "(?P<year>[0-9]{4})"
_OF = ",? (?:år |av år |av |under )?"
_WHOLE_YEAR = re.compile(rf"(?:(?:under|hela|helåret|helår|kalenderåret|åren|året|år) ){{0,2}}{_YEAR}")
_OF_MONTH = re.compile(rf"(?:hela )?(?P<month>{_MONTH})\.?(?: månad)?{_OF}{_YEAR}")
_ISO_MONTH = re.compile(rf"{_YEAR}-(?P<month>[0-9]{{2}})")
_PART_YEAR = re.compile(rf"(?P<part>{_PART}) ?(?P<number>[1-4])(?:{_OF}| ?[-/] ?){_YEAR}")
_YEAR_PART = re.compile(rf"{_YEAR}(?:,? |-)?(?P<part>{_PART}) ?(?P<number>[1-4])")
_NAMED_PART = re.compile(rf"(?:det )?(?:(?P<word>{_NTH})|(?P<number>[1-4]):?[aeo]) (?P<part>{_PART}){_OF}{_YEAR}")
_WEEK = re.compile(rf"(?:veckorna|vecka|v\.?) ?(?P<week>[0-9]{{1,2}}){_OF}{_YEAR}")
_SHORT_YEARS = re.compile(r"(?P<years>åren |år )?(?P<first>[0-9]{4}) ?- ?(?P<last>[0-9]{2})")
_SPLIT_YEAR = re.compile(r"(?:[a-zåäö.]+ ?)?(?P<first>[0-9]{4}) ?/ ?(?P<last>[0-9]{4}|[0-9]{2})")
_NO_FIXED_DAYS = re.compile(
    r"(?:läsåret|vt|ht|v\.t\.|h\.t\.|vårterminen|höstterminen|våren|hösten|sommaren|vintern|säsongen|verksamhetsåret|"
    r"räkenskapsåret|budgetåret|bokslutsåret)[ -]?[0-9].*"
)
_LEADING = re.compile(
    r"(?:under )?(?:perioden |period |tiden )?(?P<opens>(?:fr\.? ?o\.? ?m\.?|från och med|från) |(?P<between>mellan) )?"
)
_JOINT = re.compile(r" ?--? ?|,? (?:till och med|t\.? ?o\.? ?m\.?|till) | och |/")
_ISO_DAY = re.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_YEAR_AT_END = re.compile(" [0-9]{4}$")
_UNIT_FIRST = re.compile(rf"(?P<unit>{_PART}|veckorna|vecka|v\.?) ?[0-9]")
_LONGEST = 100  # every joint may be the middle of the period, and each is tried
_HINT = "skriv till exempel ”2027-01-01–2027-12-31” eller ”2027”"


_GAP = "[ \u00a0\n]"
_BETWEEN_DAYS = re.compile(
    rf"{_GAP}?[\u2013\u2014-]{_GAP}?(?:den{_GAP})?|,?{_GAP}(?:till(?:{_GAP}och{_GAP}med)?|t\.?o\.?m\.?){_GAP}(?:den{_GAP})?",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(
    rf"(?<![\w\u2013-])(?:(?:{_NTH}|[1-4]:[ae]){_GAP}(?:halvåret|tertialet|kvartalet)|(?:halvår|tertial|kvartal|kv\.?){_GAP}[1-4]"
    rf"|[QTH][1-4]|(?:{'|'.join(MONTHS)})(?:{_GAP}?[\u2013-]{_GAP}?|{_GAP}till{_GAP})(?:{'|'.join(MONTHS)}))"
    rf"(?:{_GAP}år)?{_GAP}(?:19|20|21)[0-9]{{2}}(?![\w\u2013-])"
    rf"|(?<![\w.,:/\u2013-])(?:19|20|21)[0-9]{{2}}[\u2013-](?:19|20|21)[0-9]{{2}}(?![\w\u2013-])",
    re.IGNORECASE,
)


@frozen
class Period:
    """A stretch of time from *start* to *end*, both days included. The linter reports an end before the start."""

    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a stretch of time as a Swedish text writes it.

        ``2027-01-01–2027-12-31``, ``1 januari–30 juni 2027``, ``fr.o.m. 1 januari 2027 t.o.m. 31 december 2029``,
        ``2027``, ``2027–2029``, ``januari–juni 2027``, ``första halvåret 2027``, ``Q1 2027`` and ``tertial 2 2027`` are
        such ways.

        Raises:
            ValueProblem: when *text* is not a period, or can be read in two ways, as ``2027/2028``.
        """
        value = plain(text).removesuffix(".")
        if (single := _single(text, value)) is not None and single[0] is not _Grain.DAY:
            return cls(*single[1:])
        if split := _SPLIT_YEAR.fullmatch(value):
            raise _split_year(text, int(split["first"]), split["last"])
        if _NO_FIXED_DAYS.fullmatch(value):
            raise ValueProblem(f"”{text}” har inga bestämda dagar", "skriv första och sista dagen")
        if len(value) > _LONGEST:
            raise ValueProblem(f"”{text[:30]}…” är för långt för att vara en period", _HINT)
        leading = _LEADING.match(value)
        between = bool(leading and leading["between"])
        problems: list[ValueProblem] = []
        rest = value[leading.end() :] if leading else value
        found = {
            period
            for joint in _JOINT.finditer(rest)
            if (joint[0] != " och " or between) and (joint[0] != "/" or _ISO_DAY.fullmatch(rest[: joint.start()]))
            for period in _joined(text, rest[: joint.start()], rest[joint.end() :], problems)
        }
        if len(found) == 1:
            return cls(*found.pop())
        if found:
            both = " eller ".join(sorted(str(cls(*period)) for period in found))
            raise ValueProblem(f"”{text}” kan läsas på flera sätt", f"skriv det som menas: {both}", "tvetydigt-värde")
        raise problems[0] if problems else ValueProblem(f"”{text}” är ingen period", _HINT)

    def __str__(self) -> str:
        return f"{self.start.isoformat()}\u2013{self.end.isoformat()}"


def find(text: str) -> Iterator[tuple[Period, int, int]]:
    """Yield each period in the running text *text* that can be read in one way, with its start and end.

    Found are two days with a dash or ”till” between them, parts of a year with their year, months and years with a dash.
    """
    days = [
        (one.start, other.end)
        for one, other in pairwise(mentions(text))
        if other.year is not None and _BETWEEN_DAYS.fullmatch(text, one.end, other.start)
    ]
    for start, end in sorted([*days, *(match.span() for match in _IN_TEXT.finditer(text))]):
        try:
            yield Period.parse(text[start:end]), start, end
        except ValueProblem:
            continue


def _single(text: str, value: str) -> _Stretch | None:
    """Return the stretch that *value*, in plain spelling, is without a joint between two ends."""
    if match := _SHORT_YEARS.fullmatch(value):
        return _short_years(text, match)
    if match := _WHOLE_YEAR.fullmatch(value):
        return _months(_Grain.YEAR, int(match["year"]), 1)
    if match := _OF_MONTH.fullmatch(value):
        return _months(_Grain.MONTH, int(match["year"]), MONTH_NUMBERS[match["month"]])
    if match := _PART_YEAR.fullmatch(value) or _YEAR_PART.fullmatch(value):
        return _part(_PARTS[match["part"]], int(match["year"]), int(match["number"]))
    if (match := _NAMED_PART.fullmatch(value)) and len(match["part"]) > 1:
        grain = _PARTS[match["part"]]
        last = 12 // grain.value
        number = int(match["number"]) if match["number"] else ORDINALS.get(match["word"], last)
        return _part(grain, int(match["year"]), number)
    if match := _WEEK.fullmatch(value):
        return _week(text, int(match["year"]), int(match["week"]))
    return None


def _months(grain: _Grain, year: int, first_month: int) -> _Stretch | None:
    start = as_date(year, first_month, 1)
    last = first_month + grain.value - 1
    return (grain, start, date(year, last, monthrange(year, last)[1])) if start else None


def _part(grain: _Grain, year: int, number: int) -> _Stretch | None:
    return _months(grain, year, (number - 1) * grain.value + 1) if number * grain.value <= 12 else None


def _week(text: str, year: int, week: int) -> _Stretch:
    try:
        monday = date.fromisocalendar(year, week, 1)
        sunday = monday + timedelta(days=6)
    except (ValueError, OverflowError):
        raise ValueProblem(f"vecka {week} finns inte år {year}", "kontrollera veckan") from None
    if not monday.year == sunday.year == year:
        raise ValueProblem(f"vecka {week} år {year} går över ett årsskifte", f"skriv dagarna: {Period(monday, sunday)}")
    return _Grain.WEEK, monday, sunday


def _short_years(text: str, match: re.Match[str]) -> _Stretch | None:
    """Return the stretch of ``2027–29`` (years) or ``2027-05`` (a month); refuse ``2010-12``, which may be either."""
    first, short = int(match["first"]), int(match["last"])
    last = first - first % 100 + short
    years = (as_date(first, 1, 1), as_date(last, 12, 31)) if last > first else (None, None)
    month = _months(_Grain.MONTH, first, short) if 1 <= short <= 12 and not match["years"] else None
    if years[0] and years[1] and month:
        both = f"{Period(years[0], years[1])} eller {Period(*month[1:])}"
        raise ValueProblem(f"”{text}” kan läsas på två sätt", f"skriv det som menas: {both}", "tvetydigt-värde")
    return (_Grain.YEAR, years[0], years[1]) if years[0] and years[1] else month


def _split_year(text: str, first: int, written: str) -> ValueProblem:
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    start, end = as_date(first, 1, 1), as_date(last, 12, 31)
    whole = f" ({Period(start, end)} om hela åren menas)" if start and end and last > first else ""
    return ValueProblem(
        f"”{text}” kan läsas på två sätt, hela kalenderåren eller ett år över ett årsskifte",
        f"skriv första och sista dagen{whole}",
        "tvetydigt-värde",
    )


def _joined(text: str, left: str, right: str, problems: list[ValueProblem]) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each way to read *left* and *right* as the ends of a period.

    An end may lack what the other one has: the year or the month after it, the unit before it. What is wrong with a day
    is added to *problems*.
    """
    whole_left, whole_right = _end(left, problems), _end(right, problems)
    rights = [(right, whole_right)] if whole_right else [(it, _end(it)) for it in _longer_rights(left, right)]
    for written_right, last in rights:
        if last is None:
            continue
        words = written_right.split(" ")
        lefts = [whole_left] if whole_left else [_end(f"{left} {' '.join(words[n:])}") for n in range(1, len(words))]
        for first in dict.fromkeys(lefts):
            if first is None or first[0] is not last[0]:
                continue
            if first[1] > last[2] and not (whole_left and whole_right):
                problems.append(ValueProblem(f"”{text}” slutar innan den börjar", "skriv året på båda ställena"))
                continue
            yield first[1], last[2]


def _longer_rights(left: str, right: str) -> Iterator[str]:
    """Yield *right* with what it may lack from *left*: ``kvartal`` of ``kvartal 1–2 2027``, the year of a short ISO date."""
    words = left.split(" ")
    # A number alone may be a day, a part or a short year, so only an end with a year, or a year itself, is carried over.
    for n in (
        range(1, len(words)) if _YEAR_AT_END.search(right) else range(1, 2 if _WHOLE_YEAR.fullmatch(words[0]) else 0)
    ):
        yield f"{' '.join(words[:n])} {right}"
    if unit := _UNIT_FIRST.match(left):
        yield f"{unit['unit']} {right}"
    if _ISO_DAY.fullmatch(left) and re.fullmatch("[0-9]{2}-[0-9]{2}", right):
        yield f"{left[:4]}-{right}"


def _end(value: str, problems: list[ValueProblem] | None = None) -> _Stretch | None:
    """Return one end of a period: a day, or a stretch."""
    try:
        if match := _ISO_MONTH.fullmatch(value):
            return _months(_Grain.MONTH, int(match["year"]), int(match["month"]))
        stretch = _single(value, value)
        if stretch is None:
            day = parse_date(value)
            return _Grain.DAY, day, day
    except ValueProblem as problem:
        if problems is not None and not problem.message.endswith("är inget datum"):
            problems.append(problem)
        return None
    return stretch
