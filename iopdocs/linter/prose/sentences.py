"""Sentences and quotations of a text, as stretches of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iopdocs.library.text_cache import cached_by_text

_END = re.compile(r"[.!?…]+[”\"’)]*(?=\s)|\n+")
_SHORT = re.compile(
    r"(?:\b(?:t\.? ?ex|bl\.? ?a|m\.? ?m|m\.? ?fl|d\.? ?v\.? ?s|dvs|o\.? ?s\.? ?v|osv|f\.? ?d|s\.? ?k|p\.? ?g\.? ?a|"
    r"fr\.? ?o\.? ?m|t\.? ?o\.? ?m|e\.? ?d|kap|st|nr|ca|resp|prop|tel|jfr|art|mån|kl|inkl|exkl|forts|avd|bil|max|min|\d+|[A-ZÅÄÖ]))\.$",
    re.IGNORECASE,
)


@cached_by_text
def sentences(text: str) -> Sequence[tuple[int, int]]:
    """Return (start, exclusive end) of each sentence of *text*; a new line ends a sentence, an abbreviation does not."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] != "\n":
            rest = text[match.end() : match.end() + 3].lstrip()
            # An abbreviation, or a number, before a word in lower case or a figure does not end the sentence.
            if _SHORT.search(text[max(0, match.end() - 12) : match.end()]) and rest[:1] and not rest[:1].isupper():
                continue
            if rest[:1].islower():
                continue
        _add_stripped(spans, text, start, match.end())
        start = match.end()
    _add_stripped(spans, text, start, len(text))
    return spans


def _add_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if piece.strip():
        spans.append((start + left, start + len(piece.rstrip())))


_MARKS = {"”": "”", "“": "”", "„": "”", "»": "»«", "«": "»", '"': '"', "’": "’", "‘": "’"}
_LONGEST_QUOTE = 400


@cached_by_text
def quotations(text: str) -> Sequence[tuple[int, int]]:
    """Return (start, exclusive end) of each quotation in *text*, quotation marks included; none spans a line break."""
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        closing = _MARKS.get(text[place])
        # An apostrophe inside a word does not open a quotation.
        if closing is None or (text[place] in "’‘" and place and text[place - 1].isalnum()):
            place += 1
            continue
        line_end = text.find("\n", place, place + 1 + _LONGEST_QUOTE)
        limit = line_end if line_end >= 0 else place + 1 + _LONGEST_QUOTE
        ends = [end for sign in closing if (end := text.find(sign, place + 1, limit)) >= 0]
        if ends:
            spans.append((place, min(ends) + 1))
            place = min(ends) + 1
        else:
            place += 1
    return spans
