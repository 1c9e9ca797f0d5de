"""An agreement under way: what the rows of several sheets say of it, put in its place one by one."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import Factory, define

from iopdocs.errors import Position
from iopdocs.files.nodes import ListNode, MapNode, Node, TextNode


@define(eq=False)
class Draft:
    """A record under way: its *values* by key, records and lists of records under way among them.

    *names* are what other rows may call it by, from the folded form to the name; *parents* the records that its list lies in.
    """

    position: Position
    values: dict[str, Node | Draft | list[Draft]] = Factory(dict)
    names: dict[str, str] = Factory(dict)
    parents: tuple[Draft, ...] = ()

    def put(self, path: Sequence[str], node: Node) -> bool:
        """Put *node* at *path*, making the records on the way; tell whether nothing stood there."""
        values = self._record(path[:-1], node.position).values
        return values.setdefault(path[-1], node) is node

    def add(self, path: Sequence[str], item: Draft) -> None:
        """Put *item* last in the list at *path*, making the list and the records on the way."""
        record = self._record(path[:-1], item.position)
        items = record.values.setdefault(path[-1], [])
        assert isinstance(items, list)
        items.append(item)

    def node(self) -> MapNode:
        """Return the record as nodes."""
        return MapNode(
            tuple((TextNode(key, _place(value)), _node(value)) for key, value in self.values.items()), self.position
        )

    def _record(self, path: Sequence[str], position: Position) -> Draft:
        record = self
        for key in path:
            inner = record.values.setdefault(key, Draft(position))
            assert isinstance(inner, Draft)
            record = inner
        return record


def _place(value: Node | Draft | list[Draft]) -> Position:
    return value[0].position if isinstance(value, list) else value.position


def _node(value: Node | Draft | list[Draft]) -> Node:
    if isinstance(value, list):
        return ListNode(tuple(item.node() for item in value), value[0].position)
    return value.node() if isinstance(value, Draft) else value
