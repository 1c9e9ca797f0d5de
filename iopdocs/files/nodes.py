"""What a reader hands on: maps, lists and texts, each with its place in the file, and nothing guessed about types."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from iopdocs.errors import LoadError, Position, Problem

DEEPEST = 50
"""How many levels of maps and lists a file may have."""

MOST_NODES = 200_000
"""How many values a file may have, each reference (alias) counted as all that it stands for."""


@frozen
class TextNode:
    """A text as written; numbers, dates and ja/nej are texts too. An empty text (``''``) is a text."""

    text: str
    position: Position


@frozen
class EmptyNode:
    """A value left out: nothing after the colon, ``null`` or ``~``."""

    position: Position


@frozen
class ListNode:
    """A list of values."""

    items: tuple[Node, ...]
    position: Position


@frozen
class MapNode:
    """Keys and their values in the order of the file; no key occurs twice."""

    entries: tuple[tuple[TextNode, Node], ...]
    position: Position


Node: TypeAlias = TextNode | EmptyNode | ListNode | MapNode


@frozen
class Reading:
    """A file's nodes, with the problems that could be told without giving up reading."""

    root: Node
    problems: tuple[Problem, ...] = ()


def duplicate_key(file: str, key: str, position: Position, first: Position) -> Problem:
    """Return the problem of a key that stands twice in one map."""
    return Problem(
        f"nyckeln ”{key}” står två gånger, på rad {first.line} och rad {position.line}",
        "behåll den ena",
        file,
        position=position,
    )


def too_deep(file: str, position: Position) -> LoadError:
    """Return the error of a file with more than :data:`DEEPEST` levels."""
    return LoadError.one(
        f"fler än {DEEPEST} nivåer i varandra", "kontrollera att varje [ och { avslutas", file, position=position
    )


def too_many(file: str, position: Position) -> LoadError:
    """Return the error of a file with more than :data:`MOST_NODES` values."""
    return LoadError.one(
        "filen innehåller fler än 200 000 värden", "dela upp den i flera filer", file, position=position
    )
