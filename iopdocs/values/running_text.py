"""Data as written in messages: amounts, days and names in running Swedish, with ordinary spaces."""

from __future__ import annotations

from datetime import date

from iopdocs.values import formats
from iopdocs.values.duration import Duration
from iopdocs.values.money import Money
from iopdocs.values.period import Period


def kronor(money: Money) -> str:
    """Return ``900 000 kronor``."""
    return formats.kronor(money).replace(formats.NBSP, " ")


def day(when: date) -> str:
    """Return ``1 januari 2027``."""
    return formats.long_date(when).replace(formats.NBSP, " ")


def stretch(period: Period) -> str:
    """Return ``1 januari 2027–31 mars 2027``, or the year alone for a whole year."""
    return formats.period(period).replace(formats.NBSP, " ")


def length(duration: Duration) -> str:
    """Return ``6 månader``."""
    return str(duration)


def short(text: str, most: int = 80) -> str:
    """Return *text* on one line, cut after *most* characters: a message must not contain a whole page."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else f"{line[: most - 1]}…"


def folded(text: str) -> str:
    """Return *text* for comparison, without differences in letter case and number of spaces."""
    return " ".join(text.split()).casefold()
