"""Titles of laws and reports in running text: ”lagen (2016:1145) om offentlig upphandling”."""

from __future__ import annotations

from collections.abc import Sequence

from iopdocs.linter.prose.words import Token

LONGEST = 30
"""The maximum number of words in a title."""

_LAWS = {
    "lag", "lagen", "lagens", "lagar", "lagarna", "lagstiftning", "lagstiftningen", "förordning", "förordningen",
    "förordningens", "förordningar", "förordningarna", "kungörelsen", "direktiv", "direktivet", "föreskrift",
    "föreskrifter", "föreskrifterna", "betänkandet", "propositionen",
}  # fmt: skip
_ABOUT = {"om", "med", "angående", "rörande"}
# Words that never occur in a title but in the sentence after it.
_AFTER = {
    "är", "var", "blir", "ska", "skall", "får", "kan", "måste", "bör", "har", "hade", "gäller", "gällde", "gör", "ger",
    "reglerar", "innebär", "innehåller", "säger", "finns", "följer", "tillämpas", "enligt", "eftersom", "men", "så",
    "när", "då", ",", ";", "–", "—",
}  # fmt: skip


def in_title(text: str, tokens: Sequence[Token], at: int, first: int, last: int) -> bool:
    """Return whether the word *at* belongs to a title, in a sentence of the tokens *first* to *last* (exclusive).

    A title extends from a law or its number and the word *om* to the end of the clause, or from a capitalised word to a
    number in brackets: ”Idéburna utförare i välfärden (SOU 2019:56)”.
    """
    return _after_law(tokens, at, first) or _before_number(text, tokens, at, first, last)


def _after_law(tokens: Sequence[Token], at: int, first: int) -> bool:
    for place in range(at - 1, max(first, at - LONGEST) - 1, -1):
        word = tokens[place].word
        if word in _AFTER:
            return False
        if word in _ABOUT and place > first:
            before = tokens[place - 1].word
            if before in _LAWS or is_number(before):
                return True
    return False


def _before_number(text: str, tokens: Sequence[Token], at: int, first: int, last: int) -> bool:
    for place in range(at + 1, min(at + LONGEST, last)):
        word = tokens[place].word
        if is_number(word):
            break
        if word in _AFTER or word in _LAWS:
            return False
    else:
        return False
    for place in range(at, max(first, at - LONGEST), -1):
        word = tokens[place].word
        if word in _AFTER or word in _LAWS:
            return False
        if text[tokens[place].start].isupper():
            return True
    return False


def is_number(word: str) -> bool:
    """Return whether *word* is the number of a law or an inquiry: ``(2016:1145)``, ``(sou 2019:56)``."""
    return word.startswith("(") and len(word) > 1
