"""The output of a reader: maps, lists and texts with their positions in the file. No types are guessed."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from iopdocs.errors import LoadError, Position, Problem

DEEPEST = 50
"""The maximum number of nested maps and lists in a file."""

MOST_NODES = 200_000
"""The maximum number of values in a file. A reference (alias) counts as all the values it refers to."""


NOWHERE = Position(0, 0)
"""The position of what comes from no file."""


@frozen
class TextNode:
    """A text as written. Numbers, dates and ja/nej are texts too, and so is an empty text (``''``).

    *form* is ``number`` when the text is a number of JSON or Python, whose point is a decimal point, and ``date`` when it
    is a date of Python.
    """

    text: str
    position: Position
    form: Literal["text", "number", "date"] = "text"


@frozen
class EmptyNode:
    """An omitted value: nothing after the colon, ``null`` or ``~``."""

    position: Position


@frozen
class ListNode:
    """A list of values."""

    items: tuple[Node, ...]
    position: Position


@frozen
class MapNode:
    """Keys, in NFC, and values in the order of the file. No key occurs twice."""

    entries: tuple[tuple[TextNode, Node], ...]
    position: Position


Node: TypeAlias = TextNode | EmptyNode | ListNode | MapNode


@frozen
class Reading:
    """A file's nodes, with the problems that did not stop the reading."""

    root: Node
    problems: tuple[Problem, ...] = ()


def duplicate_key(file: str, key: str, position: Position, first: Position) -> Problem:
    """Return the problem of a key that occurs twice in one map."""
    return Problem(
        f"nyckeln ”{key}” står två gånger, på rad {first.line} och rad {position.line}",
        "behåll den ena",
        file,
        position=position,
        code="dubbel-nyckel",
    )


def too_deep(file: str, position: Position) -> LoadError:
    """Return the error of a file with more than :data:`DEEPEST` levels."""
    return LoadError.one(
        f"fler än {DEEPEST} nivåer i varandra",
        "kontrollera att varje [ och { avslutas",
        file,
        position=position,
        code="för-mycket",
    )


def too_many(file: str, position: Position) -> LoadError:
    """Return the error of a file with more than :data:`MOST_NODES` values."""
    return LoadError.one(
        "filen innehåller fler än 200 000 värden",
        "dela upp den i flera filer",
        file,
        position=position,
        code="för-mycket",
    )
