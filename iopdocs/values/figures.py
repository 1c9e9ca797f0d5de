"""Numbers in figures as Swedes write them, with spaces, commas and full stops, and the ways in which one can be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import frozen

from iopdocs.errors import ValueProblem

SPACE = "[ \t\u00a0\u2007\u2009\u202f]"
"""The spaces between groups of digits, between a number and its unit, and between the words of a value."""

_SPACES = re.compile(f"{SPACE}+")
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2013\u2212]")
FIGURES = (
    r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?"
    r"|[0-9]{1,3}\.[0-9]{3},[0-9]+|[0-9]{1,3},[0-9]{3}\.[0-9]+"
    r"|[0-9]+(?:[.,][0-9]+)?"
)
"""The forms of a number in figures, after :func:`one_spaced`."""
_FIGURES = re.compile(FIGURES)
_PADDED = re.compile("0[0-9]")


@frozen
class Figures:
    """A number in figures: its *value*, and its value as *thousands* when its sign may stand between thousands (``5,000``)."""

    value: Decimal
    thousands: Decimal | None = None


def one_spaced(text: str) -> str:
    """Return *text* in lower case with one ordinary space for each run of spaces, and one kind of hyphen."""
    return _HYPHENS.sub("-", _SPACES.sub(" ", text.strip())).casefold()


def figures_of(text: str) -> Figures | None:
    """Return the number that *text* is, as :func:`one_spaced` returns it; ``None`` when it is no number in figures.

    A number is refused as no number when its groups do not have three digits (``9 00 000``), and when it begins with
    a zero that says nothing (``0400``).
    """
    match = _FIGURES.fullmatch(text)
    if match is None or _PADDED.match(text) or len(text) > 60:
        return None
    signs = [sign for sign in text if sign in ".,"]
    if " " in text or len(signs) != 1:
        # The last of two kinds of signs is the decimal sign, as is a sign after spaces.
        is_decimal = " " in text or len(set(signs)) == 2
        whole, part = re.split(r"[.,](?=[0-9]*$)", text) if signs and is_decimal else (text, "")
        return Figures(_decimal(whole, part))
    whole, part = re.split("[.,]", text)
    grouped = len(part) == 3 and len(whole) <= 3 and whole != "0"
    return Figures(_decimal(whole, part), _decimal(whole + part, "") if grouped else None)


def _decimal(whole: str, part: str) -> Decimal:
    digits = re.sub("[^0-9]", "", whole)
    return Decimal(f"{digits}.{part}" if part else digits)


def refuse_foreign_digits(text: str) -> None:
    """Raise :class:`~iopdocs.errors.ValueProblem` when *text* contains digits of another script, fullwidth or raised."""
    for sign in text:
        if not sign.isascii() and unicodedata.category(sign) == "Nd":
            raise ValueProblem(
                f"”{sign}” i ”{text}” är en siffra ur ett annat skriftsystem", "skriv talet med siffrorna 0–9"
            )


def plain(number: Decimal) -> Decimal:
    """Return *number* without trailing zeros, so that equal numbers look equal."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def grouped(number: Decimal) -> str:
    """Return *number* with spaces between thousands and a comma before decimals: ``1 250,5``."""
    whole, _point, part = f"{plain(number):,f}".replace(",", " ").partition(".")
    return f"{whole},{part}" if part else whole


def two_readings(text: str, readings: Iterable[str]) -> ValueProblem:
    """Return the problem of *text*, which can be read as each of *readings*."""
    hint = f"skriv det som menas: {' eller '.join(dict.fromkeys(readings))}"
    return ValueProblem(f"”{text}” kan läsas på två sätt", hint, "tvetydigt-värde")


def alternatives(words: Sequence[str]) -> str:
    """Return a regular expression for any of *words*, the longest first, with any space where they have one."""
    return "|".join(re.escape(word).replace(r"\ ", SPACE) for word in sorted(words, key=len, reverse=True))
