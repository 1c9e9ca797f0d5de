"""Tokens of a text: words and the signs between them, split once so that every rule about words is a look-up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from iopdocs.library.text_cache import cached_by_text
from iopdocs.library.word_lists import fold

_LETTER = "(?:(?!_)[\\w\u0300-\u036f\u00ad\u200b-\u200d\u2060])"
_TOKEN = re.compile(
    r"\((?:SFS |SOU |Ds )?\d{4}:\d{1,4}\)"  # the number of a law or of an inquiry
    rf"|{_LETTER}+(?:[-\u2010\u2011]{_LETTER}+)*"
    r"|[,;:()]|(?<=\s)[-–—](?=\s)"
)
_HYPHENS = "-\u2010\u2011"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*")


class Token(NamedTuple):
    """A word, a sign or the number of a law: its place in the text, and the form used in comparisons.

    *whole* is false for a part of something longer: a truncated compound (``beställar-``), an address.
    """

    start: int
    end: int
    word: str
    whole: bool


@cached_by_text
def tokens_of(text: str) -> Sequence[Token]:
    """Return the words and signs of *text* in order; a compound with a hyphen is one word."""
    addresses = [(match.start(), match.end()) for match in _ADDRESS.finditer(text)]
    tokens: list[Token] = []
    inside = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while inside < len(addresses) and addresses[inside][1] <= start:
            inside += 1
        in_address = inside < len(addresses) and addresses[inside][0] <= start
        tokens.append(Token(start, end, _folded(match[0]), not in_address and _is_whole(text, start, end)))
    return tokens


@cached_by_text
def words_in(text: str) -> frozenset[str]:
    """Return the words of *text* in the form used in comparisons."""
    return frozenset(token.word for token in tokens_of(text))


def _folded(word: str) -> str:
    return word.casefold() if word.isascii() else fold(word)


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 2]
    if after[:1] and after[0] in _HYPHENS:
        return False
    if before and before in _HYPHENS:
        # A hyphen at the start of a line is usually a list marker.
        return start < 2 or text[start - 2] == "\n"
    if before == "@" or after[:1] == "@":
        return False
    # A file name or a domain: a full stop directly followed by a lower-case letter.
    return not ((after[:1] == "." and after[1:].islower()) or (before == "." and text[start].islower()))


def phrase(text: str) -> tuple[str, ...]:
    """Return the words and commas of *text*, folded, for comparison with a run of tokens."""
    return tuple(token.word for token in tokens_of(text))


def runs_on(text: str, tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    """Return whether *words* occur in *tokens* from *at* on, with only whitespace between them."""
    if at + len(words) > len(tokens) or tokens[at].word != words[0]:
        return False
    for number in range(1, len(words)):
        token, before = tokens[at + number], tokens[at + number - 1]
        if token.word != words[number] or text[before.end : token.start].strip():
            return False
    return True
