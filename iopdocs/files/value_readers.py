"""Convert texts and numbers to values and back, for all readers; the converter's hooks for values are these."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any

from iopdocs.errors import ValueProblem
from iopdocs.files.opposites import turns_round
from iopdocs.model.fields import ClauseName, PartyRef, check_clause_name, fold_clause_name
from iopdocs.model.synonyms import SAME, SUGGESTED
from iopdocs.values.ages import AgeSpan
from iopdocs.values.counts import Hours, parse_count, parse_hours, parse_year
from iopdocs.values.dates import parse_date
from iopdocs.values.duration import Duration
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from iopdocs.values.money import Money
from iopdocs.values.people import PeopleSpan
from iopdocs.values.period import Period
from iopdocs.values.shares import check_number, parse_number
from iopdocs.values.text import RichText, Year, check_text

_LONGEST = 300  # characters in a value that is not free text; keeps every pattern below fast


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
    if (
        not {".", "e", "E"} & set(text)
        or kind not in (Money, Decimal, int, Hours, Year, PeopleSpan)
        or len(text) > _LONGEST
    ):
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
    """Return the word in *known* (folded form to word) that is probably meant by *word*, and never its opposite.

    *cutoff* is the required similarity, from 0 to 1; 0.7 accepts a word of six letters with two wrong.
    """
    found = get_close_matches(fold(word)[:100], known, n=1, cutoff=cutoff)
    return known[found[0]] if found and not turns_round(word, known[found[0]]) else None


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


@cache
def other_spellings(kind: type[Enum]) -> Mapping[str, Enum]:
    """Return the words that are read besides the words of the list *kind*, with what they mean."""
    spellings: Callable[[], Mapping[str, Enum]] = getattr(kind, "spellings", dict)
    return {**SAME.get(kind, {}), **spellings()}


def _read_word(text: str, kind: type[Enum]) -> Enum:
    words = {fold(str(member.value)): member for member in kind}
    found = words.get(fold(text)) or other_spellings(kind).get(fold(text))
    if found is not None:
        return found
    shown = text if len(text) <= 60 else text[:59] + "…"
    allowed = ", ".join(str(member.value) for member in kind)
    near = _meant(text, kind, {word: str(member.value) for word, member in words.items()})
    if near:
        raise ValueProblem(f"”{shown}” är inget av orden här", f"menade du ”{near}”? Orden är: {allowed}", "okänt-ord")
    raise ValueProblem(f"”{shown}” är inget av orden här", f"välj bland: {allowed}", "okänt-ord")


def _meant(text: str, kind: type[Enum], words: dict[str, str]) -> str | None:
    """Return the word of a list to suggest for *text*: a known synonym's, else the nearest."""
    suggested = SUGGESTED.get(kind, {})
    if fold(text) in suggested:
        member = suggested[fold(text)]
        return None if member is None else str(member.value)
    return nearest(text, words)


_READERS: Mapping[Any, Callable[[str], Any]] = {
    str: _read_text,
    PartyRef: _read_text,
    ClauseName: _short(_read_clause_name),
    RichText: RichText,
    bool: _short(_read_truth),
    int: _short(parse_count),
    Hours: _short(parse_hours),
    Year: _short(parse_year),
    Decimal: _short(parse_number),
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
