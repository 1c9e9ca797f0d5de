"""Compare a layer's text with the one that it replaces, and report whether that has changed since it was read."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from iopdocs.authoring.text_blocks import Inheritance, follows, parts_of, with_below, with_included
from iopdocs.authoring.text_lookup import stack_of, text_under
from iopdocs.library.clauses import same_id
from iopdocs.library.layers import Library
from iopdocs.library.source import blocks
from iopdocs.library.texts import LayerText

SHOWN = 16
"""The number of written characters of a hash: too many to match by chance."""


class TextState(Enum):
    """The state of the text that the ``ersätter`` of a text refers to."""

    ALONE = "ingen text under"
    SILENT = "säger inte vad den ersätter"
    FOLLOWS = "följer den under"
    SAME = "oförändrad"
    CHANGED = "ändrad"
    OTHER = "heter något annat"


@frozen
class ComparedText:
    """The text *own* and the one *below* it, ``None`` where no layer has one; *follows* is how it follows that.

    *blocks* are the names of its own blocks where it extends the text below.
    """

    own: LayerText
    below: LayerText | None
    state: TextState
    follows: Inheritance = Inheritance.NO
    blocks: tuple[str, ...] = ()


def compared(library: Library, name: str) -> ComparedText:
    """Return the topmost text *name* and the one under it."""
    own = stack_of(library, name)[0]
    below = text_under(library, own)
    how = follows(own) if below is not None else Inheritance.NO
    changed = tuple(blocks(own.body)) if how is Inheritance.EXTENDS else ()
    return ComparedText(own, below, _state(library, own, below, how), how, changed)


def all_compared(library: Library) -> Iterator[ComparedText]:
    """Yield each text that extends or replaces another, or claims to."""
    for name in library.names():
        one = compared(library, name)
        if one.below is not None or one.own.front.replaces is not None:
            yield one


def _state(library: Library, own: LayerText, below: LayerText | None, how: Inheritance) -> TextState:
    replaces = own.front.replaces
    if below is None:
        return TextState.ALONE
    if replaces is None or not replaces.hash:
        return TextState.SILENT if how is Inheritance.NO else TextState.FOLLOWS
    if replaces.id and not any(same_id(replaces.id, one) for one in (library.id_of(below), below.stem)):
        return TextState.OTHER
    same = len(replaces.hash) >= 8 and below.digest.startswith(replaces.hash.lower())
    return TextState.SAME if same else TextState.CHANGED


@frozen
class ComparedLines:
    """A line of each text, side by side; empty where one has none. *same* where they are equal."""

    left: str
    right: str
    same: bool
    left_there: bool = True
    right_there: bool = True


@frozen
class DifferencePiece:
    """A side-by-side comparison: whole texts, or with a *name* the block of that name, with its *heading*."""

    name: str
    heading: str
    rows: tuple[ComparedLines, ...]


def pieces(library: Library, one: ComparedText) -> tuple[DifferencePiece, ...]:
    """Return what to read side by side: block by block where the text extends the one below, else the whole texts."""
    assert one.below is not None
    if one.follows is not Inheritance.EXTENDS:
        own = with_included(one.own, one.below) if one.follows is Inheritance.INCLUDES else one.own.words
        return (DifferencePiece("", "", tuple(_rows(one.below.words, own))),)
    below = parts_of(stack_of(library, one.own.name)[1:])
    # A block that the text below lacks is refused when the layer is read, except one within a block of the text's own.
    return tuple(
        DifferencePiece(name, below[name].heading, tuple(_rows(below[name].body, with_below(part, below[name]).body)))
        for name, part in blocks(one.own.body).items()
        if name in below
    )


def _rows(below: str, own: str) -> Iterator[ComparedLines]:
    """Yield the lines of *below* (left) and *own* (right), each beside the one that it became."""
    left, right = (text.strip("\n").split("\n") for text in (below, own))
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for place in range(max(b - a, d - c)):
            one = left[a + place] if a + place < b else None
            other = right[c + place] if c + place < d else None
            yield ComparedLines(one or "", other or "", tag == "equal", one is not None, other is not None)
