"""The blocks of a text: the parts that a layer can change one by one, and what a text inherits from the one below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

import attrs

from iopdocs.library.source import BASE, SourceBlock, SourceTag, blocks, inclusion_of, inclusions, rewritten
from iopdocs.library.texts import LayerText


class Inheritance(Enum):
    """How a text follows the one below it: in all but its own blocks, by including it, or not at all."""

    EXTENDS = "extends"
    INCLUDES = "include"
    NO = "nej"


def follows(text: LayerText) -> Inheritance:
    """Return how *text* follows the text of its own name in the layer below."""
    found = {taken.how for taken in inclusions(text.body) if taken.name == BASE + text.name}
    return next((how for how in (Inheritance.EXTENDS, Inheritance.INCLUDES) if how.value in found), Inheritance.NO)


def parts_of(stack: Sequence[LayerText]) -> Mapping[str, SourceBlock]:
    """Return the blocks of the first text of *stack*, with those of the texts that it extends, each in its final form."""
    if not stack:
        return {}
    own = blocks(stack[0].body)
    if follows(stack[0]) is not Inheritance.EXTENDS:
        return own
    below = parts_of(stack[1:])
    return {name: with_below(own[name], part) if name in own else part for name, part in below.items()}


def with_below(own: SourceBlock, below: SourceBlock) -> SourceBlock:
    """Return *own* with the words of *below* in the place of ``super()``."""

    def instead(tag: SourceTag) -> str | None:
        return below.body.strip("\n") if tag.opening == "{{" and tag.inside == "super()" else None

    return attrs.evolve(own, body=rewritten(own.body, instead))


def with_included(text: LayerText, below: LayerText) -> str:
    """Return the words of *text* with those of *below* where it includes them."""

    def instead(tag: SourceTag) -> str | None:
        taken = inclusion_of(tag)
        return below.words.strip("\n") if taken and taken.name == BASE + text.name else None

    return rewritten(text.words, instead)
