"""Make, from a document of ours, a docxtpl template and the data that give the same document back.

Every value becomes a ``{{ tag }}``; the rows of a table and the items of a list become a loop where each cell or item
is one plain text. docxtpl gets its data as finished strings: what is left for it to do is to fill in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from attrs import define, evolve, field

from iopdocs.document.tree import (
    Cell,
    Document,
    Inline,
    ListBlock,
    Paragraph,
    Table,
    Text,
    Value,
)
from iopdocs.document.walk import plain


@define
class Collected:
    """What the tags of a template refer to: ``v[n]`` a value, ``t[n]`` a table's rows, ``l[n]`` a list's items."""

    v: list[str] = field(factory=list)
    t: list[list[list[str]]] = field(factory=list)
    l: list[list[str]] = field(factory=list)  # noqa: E741 - the tag's name

    def context(self) -> dict[str, Any]:
        """Return the data as docxtpl takes them."""
        return {"v": self.v, "t": self.t, "l": self.l}


def make_template(document: Document) -> tuple[bytes, dict[str, Any]]:
    """Return a docxtpl template (a DOCX with Jinja tags, in the same design) and the data that belong to it."""
    collected = Collected()
    return _tagged(document, collected).to_docx(), collected.context()


def _tagged(node: Any, collected: Collected) -> Any:
    """Return *node* and everything below it with tags for values and loops for tables and lists."""
    if isinstance(node, Value):
        collected.v.append(node.text)
        return evolve(node, text=f"{{{{ v[{len(collected.v) - 1}] }}}}")
    if isinstance(node, Table) and _loopable(node):
        return _table(node, collected)
    if isinstance(node, ListBlock) and _is_data(node):
        return _list(node, collected)
    if isinstance(node, tuple):
        return tuple(_tagged(item, collected) for item in node)
    if isinstance(node, Document) or _is_node(node):
        return evolve(
            node, **{attribute.name: _tagged(getattr(node, attribute.name), collected) for attribute in _tree(node)}
        )
    return node


def _is_node(node: Any) -> bool:
    return attrs.has(type(node)) and type(node).__module__ == Document.__module__


def _tree(node: Any) -> list[Any]:
    """Return the fields of *node* that hold parts of the tree; a document's properties are no part of it."""
    return [a for a in attrs.fields(type(node)) if a.name not in ("properties", "reference", "origin")]


def _single(children: tuple[Inline, ...]) -> bool:
    return len(children) <= 1 and all(isinstance(child, Text | Value) for child in children)


def _body(table: Table) -> tuple[tuple[Cell, ...], ...]:
    return table.rows[: len(table.rows) - table.total_rows]


def _loopable(table: Table) -> bool:
    return len(_body(table)) > 1 and all(_single(cell) for row in _body(table) for cell in row)


def _table(table: Table, collected: Collected) -> Table:
    body = _body(table)
    name = f"t[{len(collected.t)}]"
    collected.t.append([[plain(cell) for cell in row] for row in body])
    width = len(table.header)

    def row(first: str, rest: Callable[[int], str] = lambda column: "") -> tuple[Cell, ...]:
        return tuple((Text(first if column == 0 else rest(column)),) for column in range(width))

    loop = (
        row(f"{{%tr for r in {name} %}}"),
        row("{{ r[0] }}", lambda column: f"{{{{ r[{column}] }}}}"),
        row("{%tr endfor %}"),
    )
    totals = table.rows[len(body) :]
    return evolve(
        table,
        caption=_tagged(table.caption, collected),
        header=_tagged(table.header, collected),
        rows=(*loop, *_tagged(totals, collected)),
    )


def _is_data(block: ListBlock) -> bool:
    """Tell whether each item is one paragraph of one value, as when a list of texts is printed."""
    return len(block.items) > 1 and all(
        len(item) == 1
        and isinstance(item[0], Paragraph)
        and len(item[0].children) == 1
        and isinstance(item[0].children[0], Value)
        for item in block.items
    )


def _list(block: ListBlock, collected: Collected) -> ListBlock:
    name = f"l[{len(collected.l)}]"
    paragraphs = [paragraph for (paragraph,) in block.items if isinstance(paragraph, Paragraph)]
    collected.l.append([plain(paragraph.children) for paragraph in paragraphs])
    tags = (f"{{%p for x in {name} %}}", "{{ x }}", "{%p endfor %}")
    return evolve(block, items=tuple((evolve(paragraphs[0], children=(Text(tag),)),) for tag in tags))
