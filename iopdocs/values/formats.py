"""The format of data in an agreement: Babel's Swedish formats, with no-break spaces where a line must not break."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from iopdocs.values.ages import AgeSpan
from iopdocs.values.counts import Hours
from iopdocs.values.duration import Duration
from iopdocs.values.money import Money
from iopdocs.values.numbers import NUMBER_WORDS
from iopdocs.values.people import PeopleSpan
from iopdocs.values.period import Period
from iopdocs.values.text import Year

NBSP = "\u00a0"
_WORDS = {number: word for word, number in reversed(NUMBER_WORDS.items())}


@cache
def _locale() -> Locale:
    return Locale.parse("sv_SE")


def whole(number: int | Decimal) -> str:
    """Return a number with groups of three and decimal comma: ``1 250 000``, ``12,5``."""
    return format_decimal(number, locale=_locale(), format="#,##0.######")


def amount(money: Money) -> str:
    """Return the figures of an amount: ``900 000``, öre only when not zero: ``12,50``; and what they are counted from."""
    figures = _figures(money)
    return f"{figures} ({_basis(money)})" if money.basis else figures


def kronor(money: Money) -> str:
    """Return an amount as an agreement writes it: ``900 000 kronor``, ``5 prisbasbelopp 2027 (296 000 kronor)``."""
    in_kronor = f"{_figures(money)}{NBSP}{'krona' if money.amount == 1 else 'kronor'}"
    return f"{_basis(money)} ({in_kronor})" if money.basis else in_kronor


def _figures(money: Money) -> str:
    öre = money.amount != money.amount.to_integral_value()
    return format_decimal(money.amount, locale=_locale(), format="#,##0.00" if öre else "#,##0")


def _basis(money: Money) -> str:
    return str(money.basis).replace(" ", NBSP)


def long_date(day: date) -> str:
    """Return ``1 januari 2027``."""
    return format_date(day, "d MMMM y", locale=_locale()).replace(" ", NBSP)


def short_date(day: date) -> str:
    """Return ``2027-01-01``, for tables and headers."""
    return day.isoformat()


def duration(length: Duration) -> str:
    """Return ``6 månader``."""
    return str(length).replace(" ", NBSP)


def period(stretch: Period) -> str:
    """Return ``1 januari 2027–31 december 2027``, or the year alone for a whole year."""
    start, end = stretch.start, stretch.end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    return f"{long_date(start)}\u2013{long_date(end)}"


def ages(span: AgeSpan) -> str:
    """Return ``13–20 år`` or ``65 år och äldre``."""
    return str(span).replace(" år", f"{NBSP}år")


def people(number: PeopleSpan | int) -> str:
    """Return ``1 200`` or ``20–25``."""
    ends = (number,) if isinstance(number, int) else (number.fewest, number.most)
    return "\u2013".join(whole(end) for end in ends if end is not None)


def number_word(number: int) -> str:
    """Return one to twelve in words (``två``), other numbers in figures."""
    return "ett" if number == 1 else _WORDS.get(number, whole(number))


_BY_TYPE: Mapping[Any, Callable[[Any], str]] = {
    Money: kronor,
    date: long_date,
    Duration: duration,
    Period: period,
    AgeSpan: ages,
    PeopleSpan: people,
    int: whole,
    Hours: whole,
    Decimal: whole,
    Year: str,
    bool: lambda value: "ja" if value else "nej",
}


def as_text(value: Any, kind: Any = None) -> str:
    """Return *value* as printed without a filter; *kind* is its type in the dictionary."""
    if isinstance(value, Enum):
        return str(value.value)
    form = _BY_TYPE.get(kind) or _BY_TYPE.get(type(value))
    return form(value) if form else str(value)


def genitive(name: str) -> str:
    """Return the genitive of a name: ``kommunens``; unchanged after s, x and z; ``ABF:s`` after initials and figures."""
    if not name or name[-1] in "sxzSXZ":
        return name
    last = name.split()[-1]
    initials = len(last) > 1 and last.upper() == last and last[-1].isalnum()
    return f"{name}:s" if initials or not last[-1].isalpha() else f"{name}s"
