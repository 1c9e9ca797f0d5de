"""Whole numbers: counts, years and hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NewType, TypeAlias

from iopdocs.errors import ValueProblem
from iopdocs.values.figures import SPACE, figures_of, grouped, one_spaced, refuse_foreign_digits, two_readings
from iopdocs.values.numbers import quantity
from iopdocs.values.text import Year

# To a type checker hours are the number that a caller writes; the dictionary tells them from other numbers.
if TYPE_CHECKING:
    Hours: TypeAlias = int
    """A number of whole hours, written ``1200`` or ``1 200 timmar``."""
else:
    Hours = NewType("Hours", int)

_HOUR = r"(?:timmar|timme|timma|tim\.?|h)"
_HOURS = re.compile(rf"(.+?) ?{_HOUR}")
_HOURS_IN_PROSE = re.compile(
    rf"(?<![\w.,:/+-])(?<![0-9]{SPACE})[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}})+{SPACE}{_HOUR}(?![\w-])"
    rf"|(?<![\w.,:/+-])(?<![0-9]{SPACE})[0-9]{{1,9}}{SPACE}?{_HOUR}(?![\w-])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]+(?: [0-9]{3})*")
_GROUPED = re.compile(r"[0-9]+|[0-9]{1,3}(?: [0-9]{3})+")


def check_count(value: int, *, year: bool = False) -> None:
    """Raise :class:`~iopdocs.errors.ValueProblem` unless *value* is a count (0 – 999 999 999) or, with *year*, a year 1900–2200."""
    if year and not 1900 <= value <= 2200:
        raise ValueProblem(f"{value} är inget år mellan 1900 och 2200")
    if not 0 <= value <= 999_999_999:
        raise ValueProblem(f"{value} är inget antal mellan 0 och 999 999 999")


def parse_count(text: str) -> int:
    """Read ``1200`` or ``1 200``.

    Raises:
        ValueProblem: when *text* is no whole number in figures, has a unit, or can be read in two ways (``1.200``).
    """
    refuse_foreign_digits(text)
    value = one_spaced(text)
    refuse_too_large(text, "999 999 999")
    figures = figures_of(value)
    if figures is not None and figures.thousands is not None:
        raise two_readings(text, (str(figures.thousands), grouped(figures.value)))
    if figures is None or not _GROUPED.fullmatch(value):
        raise ValueProblem(f"”{text}” är inget heltal", "skriv bara siffror, till exempel 1200")
    count = int(figures.value)
    check_count(count)
    return count


def parse_hours(text: str) -> Hours:
    """Read ``1200``, ``1 200 timmar``, ``1 200 h`` or ``tolv timmar``.

    Raises:
        ValueProblem: when *text* is no whole number of hours.
    """
    match = _HOURS.fullmatch(one_spaced(text))
    if match is None:
        return Hours(parse_count(text))
    refuse_foreign_digits(text)
    if not match[1][0].isdigit():
        number = quantity(match[1])
        if number is not None and number == int(number):
            return Hours(int(number))
    try:
        return Hours(parse_count(match[1]))
    except ValueProblem as error:
        raise ValueProblem(
            f"”{text}” är inte ett antal hela timmar", error.hint or "skriv bara siffror, till exempel 1200"
        ) from None


def find_hours(text: str) -> Iterator[tuple[Hours, int, int]]:
    """Yield (hours, start, exclusive end) of each number of hours in figures in running *text*."""
    for match in _HOURS_IN_PROSE.finditer(text):
        try:
            yield parse_hours(match[0]), match.start(), match.end()
        except ValueProblem:
            continue


def parse_year(text: str) -> Year:
    """Read ``2027``.

    Raises:
        ValueProblem: when *text* is not a year from 1900 to 2200.
    """
    if not re.fullmatch(r"[0-9]{4}", text.strip()):
        raise ValueProblem(f"”{text}” är inget år", "skriv fyra siffror, till exempel 2027")
    year = int(text)
    check_count(year, year=True)
    return Year(year)


def refuse_too_large(text: str, largest: str) -> None:
    """Raise :class:`~iopdocs.errors.ValueProblem` when *text* is a number of more than twelve digits."""
    value = one_spaced(text)
    if _DIGITS.fullmatch(value) and len(value.replace(" ", "").lstrip("0")) > 12:
        shown = text if len(text) <= 60 else text[:59] + "…"
        raise ValueProblem(f"”{shown}” är för stort", f"högst {largest} går att skriva här")
