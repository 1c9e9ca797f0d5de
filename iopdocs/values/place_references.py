"""References to sections, points, paragraphs and appendices by number: ``avsnitt 9.3``, ``bilaga 1 och 2``, ``§ 4``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}(?![0-9]|[.,:/][0-9]|[ \u00a0]?(?:%|procent|kap|kr\b|kronor|§|st\b))"
_AND = r"(?:,[ \u00a0]|[ \u00a0](?:och|eller|samt|till|t\.o\.m\.)[ \u00a0]|[ \u00a0]?[\u2013-][ \u00a0]?)"
_NUMBERS = rf"({_NUMBER}(?:{_AND}{_NUMBER}){{0,9}})"
_SECTION = re.compile(rf"(?<![\w-])(punkt(?:en|er|erna)?|avsnitt(?:et|en)?)[ \u00a0\n]{_NUMBERS}", re.IGNORECASE)
_APPENDIX = re.compile(rf"(?<![\w-])(bilag(?:a|an|or|orna)|bil\.)[ \u00a0\n]{_NUMBERS}", re.IGNORECASE)
_PARAGRAPH = re.compile(rf"(§§?)[ \u00a0]?{_NUMBERS}")
_ONE = re.compile(r"[0-9]+(?:\.[0-9]+)*")


@frozen
class PlaceReference:
    """A reference in a text: its *word* as written, each number with its start and exclusive end, and its own stretch."""

    word: str
    numbers: tuple[tuple[str, int, int], ...]
    start: int
    end: int


def find_sections(text: str) -> Iterator[PlaceReference]:
    """Yield the references to points and sections in running *text*."""
    yield from _find(_SECTION, text)


def find_appendices(text: str) -> Iterator[PlaceReference]:
    """Yield the references to appendices in running *text*."""
    yield from _find(_APPENDIX, text)


def find_paragraphs(text: str) -> Iterator[PlaceReference]:
    """Yield the references with § in running *text*."""
    yield from _find(_PARAGRAPH, text)


def _find(pattern: re.Pattern[str], text: str) -> Iterator[PlaceReference]:
    for match in pattern.finditer(text):
        first = match.start(2)
        numbers = tuple((one[0], first + one.start(), first + one.end()) for one in _ONE.finditer(match[2]))
        yield PlaceReference(match[1], numbers, match.start(), match.end())
