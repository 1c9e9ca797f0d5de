"""Running text and where it comes from: the free texts of the data, the words of the layers, and their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from iopdocs.findings import Level
from iopdocs.library.text_cache import remembered
from iopdocs.linter.passages import DATUM, Passage, inline_runs
from iopdocs.linter.rule import Case, Hit


def data_passages(case: Case) -> tuple[Passage, ...]:
    """Return every free text of the data that is printed in the agreement, in the order of the model."""
    return case.data_texts


def layer_passages(case: Case) -> tuple[Passage, ...]:
    """Return the words that the layers print in this agreement, each datum among them as :data:`DATUM`, each text once."""
    return case.layer_words


_END = re.compile(r"[.!?…]+[”\"’)]*(?=\s)|\n+")
_SHORT = re.compile(
    r"(?:\b(?:t\.? ?ex|bl\.? ?a|m\.? ?m|m\.? ?fl|d\.? ?v\.? ?s|dvs|o\.? ?s\.? ?v|osv|f\.? ?d|s\.? ?k|p\.? ?g\.? ?a|"
    r"fr\.? ?o\.? ?m|t\.? ?o\.? ?m|e\.? ?d|kap|st|nr|ca|resp|prop|tel|jfr|art|mån|kl|inkl|exkl|forts|avd|bil|max|min|\d+|[A-ZÅÄÖ]))\.$",
    re.IGNORECASE,
)


@remembered
def sentences(text: str) -> Sequence[tuple[int, int]]:
    """Return (start, exclusive end) of each sentence of *text*; a new line ends a sentence, an abbreviation does not."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] != "\n":
            rest = text[match.end() : match.end() + 3].lstrip()
            # An abbreviation, or a number, before a word in lower case or a figure goes on.
            if _SHORT.search(text[max(0, match.end() - 12) : match.end()]) and rest[:1] and not rest[:1].isupper():
                continue
            if rest[:1].islower():
                continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if piece.strip():
        found.append((start + left, start + len(piece.rstrip())))


_MARKS = {"”": "”", "“": "”", "„": "”", "»": "»«", "«": "»", '"': '"', "’": "’", "‘": "’"}
_LONGEST_QUOTE = 400


@remembered
def quotations(text: str) -> Sequence[tuple[int, int]]:
    """Return (start, exclusive end) of what stands in quotation marks, the marks included; never over a line break."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        closing = _MARKS.get(text[place])
        # An apostrophe inside a word opens nothing.
        if closing is None or (text[place] in "’‘" and place and text[place - 1].isalnum()):
            place += 1
            continue
        line_end = text.find("\n", place, place + 1 + _LONGEST_QUOTE)
        limit = line_end if line_end >= 0 else place + 1 + _LONGEST_QUOTE
        ends = [end for sign in closing if (end := text.find(sign, place + 1, limit)) >= 0]
        if ends:
            found.append((place, min(ends) + 1))
            place = min(ends) + 1
        else:
            place += 1
    return found


@frozen
class PassageHit:
    """Something to say of the stretch *start*–*end* of a passage: a message, a hint, and a level if not the rule's own."""

    start: int
    end: int
    message: str
    hint: str = ""
    level: Level | None = None


MOST = 20
"""How many findings of one rule a single text gives; the rest are counted, so that no text floods the report."""
_COUNTED = 1000
_AROUND = 300


def all_passages(case: Case) -> Iterator[Passage]:
    """Yield the free texts of the data, then the words that the layers print."""
    yield from data_passages(case)
    yield from layer_passages(case)


def key_of(path: str) -> str:
    """Return the last key of *path*: ``namn`` of ``parter[1].namn``, ``grunder`` of ``hävning.grunder[2]``."""
    return path.rsplit(".", 1)[-1].split("[", 1)[0]


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of *text* that holds *start*, cut where it is very long; a datum of a layer's text as ``…``."""
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    near = text[left:right]
    found = next(((a, b) for a, b in sentences(near) if a <= start - left < b), (0, len(near)))
    cut = ("…" if left and not found[0] else "", "…" if right < len(text) and found[1] == len(near) else "")
    return cut[0] + " ".join(near[found[0] : found[1]].replace(DATUM, "…").split()) + cut[1]


def hits(passage: Passage, found: Iterable[PassageHit]) -> Iterator[Hit]:
    """Yield a hit for each of *found*, at most :data:`MOST` and then one that says how many more there are."""
    count = 0
    for said in found:
        count += 1
        if count <= MOST:
            yield Hit(
                passage.path, said.message, said.hint, said.level, (said.start, said.end),
                passage.text[said.start : said.end], sentence_around(passage.text, said.start, said.end), passage.origin,
            )  # fmt: skip
        if count == _COUNTED:
            break
    if count > MOST:
        more = "texten har {count} ställen till av samma slag".format(
            count=count - MOST if count < _COUNTED else f"minst {count - MOST}"
        )
        yield Hit(passage.path, more, "rätta de första och granska igen", origin=passage.origin)


__all__ = [
    "DATUM", "MOST", "Passage", "PassageHit", "all_passages", "data_passages", "hits", "inline_runs", "key_of", "layer_passages",
    "quotations", "sentence_around", "sentences",
]  # fmt: skip
