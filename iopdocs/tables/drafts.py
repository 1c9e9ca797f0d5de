"""Build an agreement row by row from several sheets."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import Factory, define

from iopdocs.errors import Position
from iopdocs.files.nodes import ListNode, MapNode, Node, TextNode


@define(eq=False)
class RecordDraft:
    """A record being built: its *values* by key, including nested drafts and lists of drafts.

    *names* are the names that other rows may refer to it by, keyed by folded form. *parents* are the records that contain
    its list.
    """

    position: Position
    values: dict[str, Node | RecordDraft | list[RecordDraft]] = Factory(dict)
    names: dict[str, str] = Factory(dict)
    parents: tuple[RecordDraft, ...] = ()

    def put(self, path: Sequence[str], node: Node) -> bool:
        """Set *node* at *path*, creating records on the way. Return whether the place was empty."""
        values = self._record(path[:-1], node.position).values
        return values.setdefault(path[-1], node) is node

    def add(self, path: Sequence[str], item: RecordDraft) -> None:
        """Append *item* to the list at *path*, creating the list and the records on the way."""
        record = self._record(path[:-1], item.position)
        items = record.values.setdefault(path[-1], [])
        assert isinstance(items, list)
        items.append(item)

    def node(self) -> MapNode:
        """Return the record as nodes."""
        return MapNode(
            tuple((TextNode(key, _place(value)), _node(value)) for key, value in self.values.items()), self.position
        )

    def _record(self, path: Sequence[str], position: Position) -> RecordDraft:
        record = self
        for key in path:
            inner = record.values.setdefault(key, RecordDraft(position))
            assert isinstance(inner, RecordDraft)
            record = inner
        return record


def _place(value: Node | RecordDraft | list[RecordDraft]) -> Position:
    return value[0].position if isinstance(value, list) else value.position


def _node(value: Node | RecordDraft | list[RecordDraft]) -> Node:
    if isinstance(value, list):
        return ListNode(tuple(item.node() for item in value), value[0].position)
    return value.node() if isinstance(value, RecordDraft) else value
