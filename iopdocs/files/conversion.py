"""Convert what a reader has read to a record: every problem in the order of the file, and the place of every value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import attrs

from iopdocs.errors import LoadError, Position, Problem
from iopdocs.files.converter import MOST_PROBLEMS, converter, shown_key
from iopdocs.files.nodes import NOWHERE, EmptyNode, ListNode, MapNode, Node, Reading
from iopdocs.model.fields import label_at

T = TypeVar("T")


def to_record(read: Node | Reading, cls: type[T], file: str) -> tuple[T, Mapping[str, Position]]:
    """Return the object of the class *cls* in *read*, and the place of each of its values.

    *cls* is any attrs class whose fields were made with :func:`iopdocs.model.fields.entry`. The places are by Swedish
    path (``parter[1].namn``), maps, lists and keys left empty included. What is absent, see
    :func:`iopdocs.files.converter.converter`.

    Raises:
        LoadError: with every problem in the order of the file, including those of the reading, each with line,
            column, path and hint.
    """
    node, problems = (read.root, read.problems) if isinstance(read, Reading) else (read, ())
    if isinstance(node, EmptyNode):
        node = MapNode((), node.position)
    try:
        record = converter().structure(node, cls)
    except LoadError as error:
        raise LoadError(_in_order([*problems, *_placed(error.problems, cls, file)], file)) from None
    if problems:
        raise LoadError(_in_order(problems, file))
    positions: dict[str, Position] = {}
    if node.position is not NOWHERE:
        _add_positions(node, "", positions)
    return record, positions


def _placed(problems: Iterable[Problem], cls: type, file: str) -> Iterator[Problem]:
    for problem in problems:
        path = problem.path.removeprefix(".")
        yield attrs.evolve(problem, file=file, path=path, label=label_at(cls, path))


def _in_order(problems: Iterable[Problem], file: str) -> list[Problem]:
    first = list(problems)[: MOST_PROBLEMS + 1]
    more = Problem("det finns fler fel längre ner", "rätta de här först", file, code="för-mycket")
    return [*sorted(first, key=_place), *([more] if len(first) > MOST_PROBLEMS else [])]


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.position.line, problem.position.column) if problem.position else (0, 0)


def _add_positions(node: Node, path: str, positions: dict[str, Position]) -> None:
    """Add the path and the place of everything in *node*, out of which a record could be made."""
    if isinstance(node, MapNode):
        for key, value in node.entries:
            here = f"{path}.{shown_key(key)}" if path else shown_key(key)
            # An empty key has a place too: missing data are reported there.
            positions[here] = value.position
            _add_positions(value, here, positions)
    elif isinstance(node, ListNode):
        number = 1
        for item in node.items:
            here = f"{path}[{number}]"
            _add_positions(item, here, positions)
            if not _is_left_empty(item):
                positions[here] = item.position
                number += 1


def _is_left_empty(node: Node) -> bool:
    """Return whether nothing has been filled in; ``{}`` is a record, and an empty list is no value."""
    if isinstance(node, MapNode):
        return bool(node.entries) and all(_is_left_empty(value) for _key, value in node.entries)
    return isinstance(node, EmptyNode) or (isinstance(node, ListNode) and all(map(_is_left_empty, node.items)))
