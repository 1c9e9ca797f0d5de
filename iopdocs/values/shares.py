"""Numbers with decimals and percentages: a share is written in percent, with or without the sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from iopdocs.errors import ValueProblem
from iopdocs.values.counts import refuse_too_large
from iopdocs.values.figures import SPACE, figures_of, grouped, one_spaced, refuse_foreign_digits, two_readings

PERCENT = ("%", "procent")
"""The signs and words for percent."""

_PERCENT = re.compile(" ?(?:%|procent)")
_IN_PROSE = re.compile(
    rf"(?<![\w.,:/+\u2013\u2212-])(?<![0-9]{SPACE})[0-9]{{1,3}}(?:,[0-9]{{1,2}})?{SPACE}?(?:%|procent(?!\w))",
    re.IGNORECASE,
)


def check_number(value: Decimal) -> None:
    """Raise :class:`~iopdocs.errors.ValueProblem` unless *value* is a number from 0 to 1 000 000 with at most six decimals."""
    if not value.is_finite() or not 0 <= value <= 1_000_000 or value != round(value, 6):
        raise ValueProblem(f"{value} är inget tal mellan 0 och 1 000 000 med högst sex decimaler")


def parse_number(text: str) -> Decimal:
    """Read ``80``, ``12,5``, ``12.5``, ``80 %`` or ``1 250,5 procent``. A percentage is its figures: 80 for ``80 %``.

    Raises:
        ValueProblem: when *text* is no number in figures, or can be read in two ways (``1.250``).
    """
    refuse_foreign_digits(text)
    refuse_too_large(text, "1 000 000")
    value = one_spaced(text)
    if sign := _PERCENT.search(value):
        value = value[: sign.start()] if sign.end() == len(value) else ""
    figures = figures_of(value)
    if figures is None:
        raise ValueProblem(f"”{text}” är inget tal", "skriv till exempel 80 eller 12,5")
    if figures.thousands is not None and "." in value:
        # After a comma there are decimals in Swedish; a full stop is a decimal sign in other languages, or groups.
        raise two_readings(text, (str(figures.thousands), grouped(figures.value)))
    number = figures.value
    check_number(number)
    return number


def find(text: str) -> Iterator[tuple[Decimal, int, int]]:
    """Yield (percent, start, exclusive end) of each percentage in figures in running *text*."""
    for match in _IN_PROSE.finditer(text):
        yield parse_number(match[0]), match.start(), match.end()
