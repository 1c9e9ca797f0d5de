"""The blocks of a text: the parts that a layer can change one by one, and what a text takes from the one below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from attrs import frozen

from iopdocs.authoring.text_preview import source_of
from iopdocs.library.texts import LayerText

_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)", re.DOTALL)
_TAG = re.compile(r"\{%[-+]?\s*(?:block\s+(?P<name>\w+)|endblock\b)[^%\n]*%\}")
_HEADING = re.compile(r"^#{1,4}[ \t]+(?P<words>.+?)[ \t]*$", re.MULTILINE)
_SUPER = re.compile(r"\{\{-?\s*super\(\)\s*-?\}\}")
_BELOW = re.compile(
    r"""\{%[-+]?\s*(?P<how>include|extends)\s+(?P<quote>["'])bas/(?P<name>[^"'\n]+)(?P=quote)[^%\n]*%\}"""
)


class Inheritance(Enum):
    """How a text follows the one below it: in all but its own blocks, by having it within itself, or not at all."""

    EXTENDS = "extends"
    INCLUDES = "include"
    NO = "nej"


@frozen
class TextBlock:
    """A block: its *name*, the first *heading* in it (empty where it has none) and the words between its tags."""

    name: str
    heading: str
    body: str


def follows(text: LayerText) -> Inheritance:
    """Return how *text* follows the text of its own name in the layer below."""
    shown = _COMMENT.sub("", source_of(text))
    found = {match["how"] for match in _BELOW.finditer(shown) if match["name"] == text.name}
    return next((one for one in (Inheritance.EXTENDS, Inheritance.INCLUDES) if one.value in found), Inheritance.NO)


def own_parts(text: LayerText) -> Mapping[str, TextBlock]:
    """Return the blocks that stand in *text* itself by name, in the order in which they begin."""
    source = source_of(text)
    hidden = _COMMENT.sub(lambda match: " " * len(match[0]), source)
    found: dict[str, TextBlock] = {}
    started: list[tuple[str, int]] = []
    for match in _TAG.finditer(hidden):
        if match["name"]:
            started.append((match["name"], match.end()))
            found[match["name"]] = TextBlock(match["name"], "", "")
        elif started:
            name, start = started.pop()
            found[name] = _part(name, source[start : match.start()])
    return found


def parts_of(stack: Sequence[LayerText]) -> Mapping[str, TextBlock]:
    """Return the blocks of the first text of *stack*, with those of the texts that it extends, each as it ends up."""
    if not stack:
        return {}
    own = own_parts(stack[0])
    if follows(stack[0]) is not Inheritance.EXTENDS:
        return own
    below = parts_of(stack[1:])
    return {name: with_below(own[name], part) if name in own else part for name, part in below.items()}


def with_below(own: TextBlock, below: TextBlock) -> TextBlock:
    """Return *own* with the words of *below* in the place of ``super()``."""
    return _part(own.name, _SUPER.sub(lambda _match: below.body.strip("\n"), own.body))


def with_included(text: LayerText, below: LayerText) -> str:
    """Return the words of *text* with those of *below* where it takes them in."""
    words = source_of(below).strip("\n")
    return _BELOW.sub(lambda match: words if match["name"] == text.name else match[0], source_of(text))


def _part(name: str, body: str) -> TextBlock:
    heading = _HEADING.search(_COMMENT.sub("", body))
    return TextBlock(name, heading["words"] if heading else "", body)
