"""Hits in running text: a stretch of a passage becomes a hit with its sentence as a quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from iopdocs.findings import Level
from iopdocs.linter.passages import DATUM, Passage
from iopdocs.linter.prose.sentences import sentences
from iopdocs.linter.rule import Case, Hit


@frozen
class PassageHit:
    """A hit on the stretch *start*–*end* of a passage: a message, a hint, and a level if not the rule's own."""

    start: int
    end: int
    message: str
    hint: str = ""
    level: Level | None = None


MOST = 20
"""The maximum number of findings of one rule in one text; the rest are only counted, so that no text floods the report."""
_COUNTED = 1000
_AROUND = 300


def all_passages(case: Case) -> Iterator[Passage]:
    """Yield the free texts of the data, then the words that the layers print."""
    yield from case.data_texts
    yield from case.layer_words


def key_of(path: str) -> str:
    """Return the last key of *path*: ``namn`` of ``parter[1].namn``, ``grunder`` of ``hävning.grunder[2]``."""
    return path.rsplit(".", 1)[-1].split("[", 1)[0]


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of *text* around *start*, shortened if it is very long, with ``…`` for each datum of a layer's text."""
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    near = text[left:right]
    sentence = next(((a, b) for a, b in sentences(near) if a <= start - left < b), (0, len(near)))
    cut = ("…" if left and not sentence[0] else "", "…" if right < len(text) and sentence[1] == len(near) else "")
    return cut[0] + " ".join(near[sentence[0] : sentence[1]].replace(DATUM, "…").split()) + cut[1]


def hits(passage: Passage, passage_hits: Iterable[PassageHit]) -> Iterator[Hit]:
    """Yield a hit for each of *passage_hits*, at most :data:`MOST`, and then one with the number of those left out."""
    count = 0
    for passage_hit in passage_hits:
        count += 1
        if count <= MOST:
            yield Hit(
                passage.path, passage_hit.message, passage_hit.hint, passage_hit.level, (passage_hit.start, passage_hit.end),
                passage.text[passage_hit.start : passage_hit.end], sentence_around(passage.text, passage_hit.start, passage_hit.end), passage.origin,
            )  # fmt: skip
        if count == _COUNTED:
            break
    if count > MOST:
        more = "texten har {count} ställen till av samma slag".format(
            count=count - MOST if count < _COUNTED else f"minst {count - MOST}"
        )
        yield Hit(passage.path, more, "rätta de första och granska igen", origin=passage.origin)
