"""Convert texts to values and back: the cattrs hooks shared by all readers, and the writing of values in data files."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any

from cattrs import Converter

from iopdocs.errors import ValueProblem
from iopdocs.files.opposites import turns_round
from iopdocs.model.fields import ClauseName, PartyRef, check_clause_name, fold_clause_name
from iopdocs.model.synonyms import SAME, SUGGESTED
from iopdocs.values.counts import Hours, parse_count, parse_hours, parse_year
from iopdocs.values.duration import Duration
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from iopdocs.values.money import Money
from iopdocs.values.period import AgeSpan, Period, parse_date
from iopdocs.values.shares import parse_number
from iopdocs.values.text import RichText, Year, check_text

_LONGEST = 300  # characters in a value that is not free text; keeps every pattern below fast


def read_value(text: str, kind: Any) -> Any:
    """Return *text* as a value of type *kind*: a date, an amount, a word of a list, a text.

    Raises:
        ValueProblem: when *text* is not such a value.
    """
    return _converter().structure(text, kind)


def write_value(value: Any) -> str | int | bool:
    """Return *value* as written in a data file: a truth value or a whole number as such, anything else as a text."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | int | str):
        return value
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


@cache
def _converter() -> Converter:
    converter = Converter()
    hooks: tuple[tuple[Any, Callable[[str], Any]], ...] = (
        (str, _read_text),
        (PartyRef, _read_text),
        (ClauseName, _short(_read_clause_name)),
        (RichText, RichText),
        (bool, _short(_read_truth)),
        (int, _short(parse_count)),
        (Hours, _short(parse_hours)),
        (Year, _short(parse_year)),
        (Decimal, _short(parse_number)),
        (date, _short(parse_date)),
        (Money, _short(Money.parse)),
        (Duration, _short(Duration.parse)),
        (OrganisationNumber, _short(OrganisationNumber.parse)),
        (CaseNumber, _short(CaseNumber.parse)),
        (Period, _short(Period.parse)),
        (AgeSpan, _short(AgeSpan.parse)),
    )
    for kind, read in hooks:
        converter.register_structure_hook(kind, _as_hook(read))
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, Enum), lambda text, kind: _read_word(text, kind)
    )
    return converter


def _as_hook(read: Callable[[str], Any]) -> Callable[[str, Any], Any]:
    return lambda text, _kind: read(text)


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


def _read_word(text: str, kind: type[Enum]) -> Enum:
    words = {fold(str(member.value)): member for member in kind}
    found = words.get(fold(text)) or SAME.get(kind, {}).get(fold(text))
    if found is not None:
        return found
    shown = text if len(text) <= 60 else text[:59] + "…"
    allowed = ", ".join(str(member.value) for member in kind)
    near = _meant(text, kind, {word: str(member.value) for word, member in words.items()})
    if near:
        raise ValueProblem(f"”{shown}” är inget av orden här", f"menade du ”{near}”? Orden är: {allowed}")
    raise ValueProblem(f"”{shown}” är inget av orden här", f"välj bland: {allowed}")


def _meant(text: str, kind: type[Enum], words: dict[str, str]) -> str | None:
    """Return the word of a list to suggest for *text*: a known synonym's, else the nearest."""
    suggested = SUGGESTED.get(kind, {})
    if fold(text) in suggested:
        member = suggested[fold(text)]
        return None if member is None else str(member.value)
    return nearest(text, words)
