"""Numbered months, quarters, weeks and years in running text, as they are counted from the start: ”månad 3–8”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

_GAP = r"[ \u00a0\n]"
_DASH = rf"(?:{_GAP}?[–—-]{_GAP}?|{_GAP}(?:till|(?P<and>och)|t\.o\.m\.|till och med){_GAP})"
_UNITS = "månad|kvartal|tertial|halvår|vecka|år"
_ENDING = "(?:en|er|erna|orna|et|n)?"
# A comma or a full stop after the number ends the span, unless a decimal or another number of a list follows.
_END = r"(?![0-9]|[.,:][0-9]|,[ \u00a0\n][0-9])"
_SPAN = re.compile(
    rf"(?<!\w)(?:(?P<since>från(?:{_GAP}och{_GAP}med)?|fr\.o\.m\.){_GAP})?(?P<until>till{_GAP}och{_GAP}med{_GAP})?"
    rf"(?P<unit>{_UNITS}){_ENDING}{_GAP}(?P<first>[0-9]{{1,3}}){_END}"
    rf"(?:{_DASH}(?:(?:{_UNITS}){_ENDING}{_GAP})?(?P<last>[0-9]{{1,3}}){_END}"
    rf"|(?P<on>{_GAP}och{_GAP}(?:framåt|därefter)|{_GAP}och{_GAP}framöver))?",
    re.IGNORECASE,
)
FOREVER = 9999
"""The last number of a span without end."""


@frozen
class NumberedSpan:
    """The units *first* to *last* of *unit* (``månad``), at *start* to *end* of a text; *last* may be :data:`FOREVER`."""

    start: int
    end: int
    unit: str
    first: int
    last: int


def find(text: str) -> Iterator[NumberedSpan]:
    """Yield each span of numbered units in the running text *text*."""
    for match in _SPAN.finditer(text):
        first = int(match["first"])
        if match["and"] and int(match["last"]) != first + 1:
            continue
        last = int(match["last"]) if match["last"] else FOREVER if match["since"] or match["on"] else first
        if match["until"]:
            first, last = 1, first
        yield NumberedSpan(match.start(), match.end(), match["unit"].casefold(), first, last)
