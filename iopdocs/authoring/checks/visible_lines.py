"""The lines of a text as they come out, with what its tags hold taken away and every line on its own number."""

from __future__ import annotations

import re

from attrs import frozen

_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)", re.DOTALL)
_TAG = re.compile(r"\{%(?:(?!\{%|\{\{|\n\n).)*?%\}", re.DOTALL)
_DATUM = re.compile(r"\{\{(?:(?!\{%|\{\{|\n\n).)*?\}\}", re.DOTALL)
DATUM = "\N{WHITE SQUARE}"
"""What stands where a datum is printed."""


@frozen
class VisibleLine:
    """A line: its 1-based *number*, its *words* without tags, a square for each datum, and its *source*."""

    number: int
    words: str
    source: str

    @property
    def tags_only(self) -> bool:
        """Whether the line has nothing but tags, and so vanishes."""
        return bool(self.source.strip()) and not self.words.strip()

    def column(self, place: int) -> int:
        """Return the 1-based column of the source where the words from *place* (0-based) stand."""
        piece = self.words[place : place + 12].split(DATUM)[0]
        return max(self.source.find(piece), 0) + 1 if piece.strip() else 1


def shown_lines(body: str) -> list[VisibleLine]:
    """Return the lines of a text with *body*."""
    words = _DATUM.sub(_of_datum, _TAG.sub(_newlines, _COMMENT.sub(_newlines, body)))
    sources = body.split("\n")
    return [VisibleLine(number, line, sources[number - 1]) for number, line in enumerate(words.split("\n"), 1)]


def _newlines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _of_datum(match: re.Match[str]) -> str:
    return DATUM + _newlines(match)
