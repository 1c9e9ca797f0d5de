"""Convert texts and numbers to values and back, for all readers; the converter's hooks for values are these."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any

from iopdocs.errors import ValueProblem
from iopdocs.model.fields import ClauseName, PartyRef, check_clause_name, check_count, check_number, fold_clause_name
from iopdocs.values.ages import AgeSpan
from iopdocs.values.dates import parse_date
from iopdocs.values.duration import Duration
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from iopdocs.values.money import Money
from iopdocs.values.people import PeopleSpan
from iopdocs.values.period import Period
from iopdocs.values.text import RichText, Year, check_text

_LONGEST = 300  # characters in a value that is not free text; keeps every pattern below fast
_SPACES = re.compile(r"[ \t\u00a0\u2009\u202f]")
_COUNT = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,3}")
_DIGITS = re.compile(r"[0-9]+(?:[ \u00a0\u2009\u202f][0-9]{3})*")
_NUMBER = re.compile(
    r"(?P<whole>[0-9]{1,12}|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,3})(?:(?P<sign>[.,])(?P<part>[0-9]{1,12}))?"
    r"[ \u00a0]*(?:%|procent)?"
)


def read_value(text: str, kind: Any) -> Any:
    """Return *text* as a value of type *kind*: a date, an amount, a word of a list, a text.

    Raises:
        ValueProblem: when *text* is not such a value.
    """
    read = _READERS.get(kind)
    return read(text) if read else _read_word(text, kind)


def read_number(text: str, kind: Any) -> Any:
    """Return the number *text* of JSON or Python as a value of type *kind*. Its point is a decimal point: ``900000.5``.

    Raises:
        ValueProblem: when it is not such a value, or one that has more decimals than such a value.
    """
    if not {".", "e", "E"} & set(text) or kind not in (Money, Decimal, int, Year, PeopleSpan) or len(text) > _LONGEST:
        return read_value(text, kind)
    try:
        number = Decimal(text)
        if kind is Money:
            money = Money(number)
            return Money(int(number)) if number == int(number) else money
    except InvalidOperation:
        raise ValueProblem(f"talet {text} är för stort", "kontrollera det") from None
    if kind is Decimal:
        check_number(number)
        return number + 0  # no minus before a zero
    whole = -(10**12) < number < 10**12 and number == number.to_integral_value()
    return read_value(str(int(number)) if whole else text, kind)


def is_enum(kind: Any) -> bool:
    """Return whether *kind* is a list of words, whose members are its values."""
    return isinstance(kind, type) and issubclass(kind, Enum)


def write_value(value: Any) -> str | int | bool:
    """Return *value* as written in a data file: a truth value or a whole number as such, anything else as a text."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, PeopleSpan) and value.most is None:
        return value.fewest
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        plain = f"{abs(value):f}"
        return plain.rstrip("0").replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)


def fold(word: str) -> str:
    """Return *word* for comparison: in NFC, without differences in letter case and spaces."""
    return " ".join(unicodedata.normalize("NFC", word).split()).casefold()


def nearest(word: str, known: dict[str, str], cutoff: float = 0.7) -> str | None:
    """Return the word in *known* (folded form to word) that is probably meant by *word*.

    *cutoff* is the required similarity, from 0 to 1; 0.7 accepts a word of six letters with two wrong.
    """
    found = get_close_matches(fold(word)[:100], known, n=1, cutoff=cutoff)
    return known[found[0]] if found else None


def _short(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return *read* limited to texts of reasonable length, with a Swedish error when arithmetic fails."""

    def guarded(text: str) -> Any:
        if len(text) > _LONGEST:
            raise ValueProblem(f"”{text[:30]}…” är för långt för att vara ett sådant värde", f"högst {_LONGEST} tecken")
        if not text.strip():
            raise ValueProblem("här står en tom text", "skriv ett värde, eller lämna tomt efter kolonet")
        try:
            return read(text)
        except (InvalidOperation, OverflowError):
            raise ValueProblem(f"talet i ”{text}” är för stort", "kontrollera det") from None

    return guarded


def _read_text(text: str) -> str:
    check_text(text)
    return text


def _read_clause_name(text: str) -> str:
    name = str(fold_clause_name(text))
    check_clause_name(name)
    return name


def _read_truth(text: str) -> bool:
    word = fold(text)
    if word in ("ja", "true", "sant"):
        return True
    if word in ("nej", "false", "falskt"):
        return False
    raise ValueProblem(f"”{text}” är varken ja eller nej", "skriv ja eller nej")


def _refuse_too_large(text: str, largest: str) -> None:
    if _DIGITS.fullmatch(text.strip()) and len(_SPACES.sub("", text.strip()).lstrip("0")) > 12:
        shown = text if len(text) <= 60 else text[:59] + "…"
        raise ValueProblem(f"”{shown}” är för stort", f"högst {largest} går att skriva här")


def _read_count(text: str) -> int:
    _refuse_too_large(text, "999 999 999")
    if not _COUNT.fullmatch(text.strip()):
        raise ValueProblem(f"”{text}” är inget heltal", "skriv bara siffror, till exempel 1200")
    count = int(_SPACES.sub("", text.strip()))
    check_count(count)
    return count


def _read_year(text: str) -> Year:
    if not re.fullmatch(r"[0-9]{4}", text.strip()):
        raise ValueProblem(f"”{text}” är inget år", "skriv fyra siffror, till exempel 2027")
    year = int(text)
    check_count(year, year=True)
    return Year(year)


def _read_number(text: str) -> Decimal:
    _refuse_too_large(text, "1 000 000")
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        raise ValueProblem(f"”{text}” är inget tal", "skriv till exempel 80 eller 12,5")
    whole, part = _SPACES.sub("", match["whole"]), match["part"]
    if match["sign"] == "." and len(part) == 3 and whole != "0":
        raise ValueProblem(
            f"”{text}” kan läsas på två sätt",
            "skriv mellanslag mellan tusental och komma före decimaler",
            "tvetydigt-värde",
        )
    number = Decimal(f"{whole}.{part}" if part else whole)
    check_number(number)
    return number


@cache
def other_spellings(kind: type[Enum]) -> Mapping[str, Enum]:
    """Return the words that are read besides the words of the list *kind*, with what they mean."""
    spellings: Callable[[], Mapping[str, Enum]] = getattr(kind, "spellings", dict)
    return spellings()


def _read_word(text: str, kind: type[Enum]) -> Enum:
    words = {fold(str(member.value)): member for member in kind}
    found = words.get(fold(text)) or other_spellings(kind).get(fold(text))
    if found is not None:
        return found
    shown = text if len(text) <= 60 else text[:59] + "…"
    allowed = ", ".join(str(member.value) for member in kind)
    near = nearest(text, {word: str(member.value) for word, member in words.items()})
    if near:
        raise ValueProblem(f"”{shown}” är inget av orden här", f"menade du ”{near}”? Orden är: {allowed}", "okänt-ord")
    raise ValueProblem(f"”{shown}” är inget av orden här", f"välj bland: {allowed}", "okänt-ord")


_READERS: Mapping[Any, Callable[[str], Any]] = {
    str: _read_text,
    PartyRef: _read_text,
    ClauseName: _short(_read_clause_name),
    RichText: RichText,
    bool: _short(_read_truth),
    int: _short(_read_count),
    Year: _short(_read_year),
    Decimal: _short(_read_number),
    date: _short(parse_date),
    Money: _short(Money.parse),
    Duration: _short(Duration.parse),
    OrganisationNumber: _short(OrganisationNumber.parse),
    CaseNumber: _short(CaseNumber.parse),
    Period: _short(Period.parse),
    AgeSpan: _short(AgeSpan.parse),
    PeopleSpan: _short(PeopleSpan.parse),
}
VALUE_TYPES = tuple(_READERS)
"""The types, besides lists of words, that :func:`read_value` reads."""
