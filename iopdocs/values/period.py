"""Dates, periods and spans of age, read as commonly written."""

from __future__ import annotations

import re
from datetime import date

from attrs import field, frozen

from iopdocs.errors import ValueProblem

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LONG = re.compile(r"(?:den )?(\d{1,2})\.? ?(?:e )?([a-zåäö]+)\.? (\d{4})")
_FIGURES = re.compile(r"([0-9]{4}|[0-9]{1,2}) ?[/.\-] ?([0-9]{1,2}) ?[/.\-] ?([0-9]{4}|[0-9]{1,2})")
_RUN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DASH = re.compile(r"\s*(?:\s+till(?: och med)?\s+|\s+t\.?o\.?m\.?\s+|\u2013|\u2014|/|\s-\s)\s*")


def parse_date(text: str) -> date:
    """Read ``2027-01-01``, ``1 januari 2027`` or ``den 1 jan 2027``.

    Raises:
        ValueProblem: when *text* is not a date, or a date that is not in the calendar.
    """
    value = " ".join(text.split()).lower()
    if match := _ISO.fullmatch(value):
        year, month, day = (int(part) for part in match.groups())
    elif match := _LONG.fullmatch(value):
        names = [
            n for n, name in enumerate(MONTHS, 1) if name == match[2] or (len(match[2]) == 3 and name[:3] == match[2])
        ]
        if not names:
            raise ValueProblem(f"”{match[2]}” i ”{text}” är ingen månad")
        year, month, day = int(match[3]), names[0], int(match[1])
    else:
        raise _no_date(text, meant_dates(value))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueProblem(f"”{text}” finns inte i kalendern", "kontrollera dag och månad") from None


def meant_dates(text: str) -> tuple[date, ...]:
    """Return the days that *text* may mean, when written with digits in an ambiguous order: ``31/12/2027``.

    A year of two digits is one of 1980 to 2079.
    """
    match = _FIGURES.fullmatch(text.strip()) or _RUN.fullmatch(text.strip())
    if match is None:
        return ()
    first, second, third = match.groups()
    orders = [(first, second, third)] if len(first) == 4 else []
    if len(first) < 4 and len(third) > 1:
        orders = [(third, second, first), (third, first, second)]
        if len(first) == len(third) and "-" in text:
            orders.append((first, second, third))
    found: dict[date, None] = {}
    for year, month, day in orders:
        try:
            found[date(_whole_year(year), int(month), int(day))] = None
        except ValueError:
            continue
    return tuple(found)


def _whole_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else 2000 + year if year < 80 else 1900 + year


def _no_date(text: str, meant: tuple[date, ...]) -> ValueProblem:
    if len(meant) == 1:
        return ValueProblem(f"”{text}” är inget datum så som det skrivs här", f"skriv {meant[0]}")
    if meant:
        days = " eller ".join(map(str, meant))
        return ValueProblem(f"”{text}” kan läsas på flera sätt", f"skriv det som menas: {days}", "tvetydigt-värde")
    return ValueProblem(f"”{text}” är inget datum", "skriv till exempel ”2027-01-31” eller ”31 januari 2027”")


@frozen
class Period:
    """A stretch of time from *start* to *end*, both days included. The linter reports an end before the start."""

    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2027-01-01–2027-12-31``, ``1 januari 2027 till 30 juni 2027`` or a year alone, ``2027``.

        Raises:
            ValueProblem: when *text* is not a period.
        """
        value = " ".join(text.split())
        if re.fullmatch(r"[0-9]{4}", value) and value != "0000":
            return cls(date(int(value), 1, 1), date(int(value), 12, 31))
        parts = _DASH.split(value)
        if len(parts) != 2:
            raise ValueProblem(f"”{text}” är ingen period", "skriv till exempel ”2027-01-01–2027-12-31” eller ”2027”")
        return cls(parse_date(parts[0]), parse_date(parts[1]))

    def __str__(self) -> str:
        return f"{self.start.isoformat()}\u2013{self.end.isoformat()}"


def _check_age(instance: object, attribute: object, value: int | None) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 130):
        raise ValueProblem("en ålder är ett heltal mellan 0 och 130", f"{value} går inte")


def _check_youngest(instance: object, attribute: object, value: int) -> None:
    _check_age(instance, attribute, value)


@frozen
class AgeSpan:
    """A span of ages in whole years, both included; *oldest* is absent for "18 år och äldre"."""

    youngest: int = field(validator=_check_youngest)
    oldest: int | None = field(default=None, validator=_check_age)

    @classmethod
    def parse(cls, text: str) -> AgeSpan:
        """Read ``13–20 år``, ``13-20`` or ``65 år och äldre``.

        Raises:
            ValueProblem: when *text* is not a span of ages.
        """
        value = " ".join(text.split()).lower()
        if match := re.fullmatch(r"(\d{1,3}) ?(?:år)? ?(?:-|\u2013|till) ?(\d{1,3})(?: år)?", value):
            return cls(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(?:från )?(\d{1,3})(?: år)?(?: och (?:äldre|uppåt)|\+)", value):
            return cls(int(match[1]))
        raise ValueProblem(f"”{text}” är inget åldersspann", "skriv till exempel ”13–20 år” eller ”65 år och äldre”")

    def __str__(self) -> str:
        return f"{self.youngest} år och äldre" if self.oldest is None else f"{self.youngest}\u2013{self.oldest} år"
