"""Remarks in the margin: each put on the words that print its datum, or else on the nearest heading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs
from attrs import define, frozen

from iopdocs.document.tree import (
    Block,
    Comment,
    Commented,
    CrossReference,
    Document,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Placeholder,
    Section,
    SignatureBlock,
    SignatureLine,
    Strong,
    Table,
    Value,
)
from iopdocs.document.walk import all_inlines


@frozen
class PlacedComment:
    """A remark and what it is about: *path* in the data, *section* the name of the section it belongs to."""

    path: str
    section: str
    remark: Comment


@define
class _Waiting:
    """The remarks that have not been put anywhere yet: by the path of a datum, and by section."""

    by_path: dict[str, list[Comment]]
    by_section: dict[str, list[Comment]]

    def wrapped(self, node: Inline) -> Inline:
        found = self.by_path.pop(node.path, None) if isinstance(node, Value | Placeholder) else None
        return Commented((node,), tuple(found)) if found else node


def with_remarks(document: Document, placed: Sequence[PlacedComment]) -> Document:
    """Return *document* with each remark of *placed* at the first place that prints its datum.

    A datum that is not printed has its remark where something below it is, then something beside it; else on the
    heading of its section; else on the title.
    """
    printed = [node.path for node in all_inlines(document) if isinstance(node, Value | Placeholder) and node.path]
    known = {section.name for section in document.sections}
    by_path: dict[str, list[Comment]] = defaultdict(list)
    by_section: dict[str, list[Comment]] = defaultdict(list)
    for one in placed:
        nearest = _nearest(one.path, printed)
        if nearest:
            by_path[nearest].append(one.remark)
        else:
            by_section[one.section if one.section in known else ""].append(one.remark)
    waiting = _Waiting(dict(by_path), dict(by_section))
    title = _inlines(document.title, waiting)
    rest = waiting.by_section.pop("", [])
    if rest:
        title = (Commented(title, tuple(rest)),)
    return attrs.evolve(
        document,
        title=title,
        front=_blocks(document.front, waiting),
        sections=tuple(_section(section, waiting) for section in document.sections),
    )


def _nearest(path: str, printed: Sequence[str]) -> str:
    """Return the printed path that is *path*, or below it, or below the record that it belongs to; else nothing."""
    while path:
        found = next((one for one in printed if one == path or one.startswith((f"{path}.", f"{path}["))), "")
        if found:
            return found
        path = path.rpartition("[")[0] if path.endswith("]") else path.rpartition(".")[0]
    return ""


def _section(section: Section, waiting: _Waiting) -> Section:
    heading = _inlines(section.heading, waiting)
    own = waiting.by_section.pop(section.name, [])
    if own:
        heading = (Commented(heading, tuple(own)),)
    return attrs.evolve(section, heading=heading, blocks=_blocks(section.blocks, waiting))


def _blocks(blocks: tuple[Block, ...], waiting: _Waiting) -> tuple[Block, ...]:
    return tuple(_block(block, waiting) for block in blocks)


def _block(block: Block, waiting: _Waiting) -> Block:
    if isinstance(block, Paragraph | Heading):
        return attrs.evolve(block, children=_inlines(block.children, waiting))
    if isinstance(block, ListBlock):
        return attrs.evolve(block, items=tuple(_blocks(item, waiting) for item in block.items))
    if isinstance(block, Table):
        return attrs.evolve(
            block,
            caption=_inlines(block.caption, waiting),
            header=tuple(_inlines(cell, waiting) for cell in block.header),
            rows=tuple(tuple(_inlines(cell, waiting) for cell in row) for row in block.rows),
        )
    if isinstance(block, SignatureBlock):
        lines = (SignatureLine(_inlines(line.label, waiting), _inlines(line.value, waiting)) for line in block.lines)
        return attrs.evolve(block, intro=_blocks(block.intro, waiting), lines=tuple(lines))
    return block


def _inlines(children: tuple[Inline, ...], waiting: _Waiting) -> tuple[Inline, ...]:
    if not waiting.by_path:
        return children
    found: list[Inline] = []
    for child in children:
        if isinstance(child, Emphasis | Strong | Link | CrossReference):
            child = attrs.evolve(child, children=_inlines(child.children, waiting))
        found.append(waiting.wrapped(child))
    return tuple(found)
