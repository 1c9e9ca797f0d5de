"""Comments in the margin, each attached to the words that print its value, or else to the nearest heading."""

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
    """A comment and its subject: *path* in the data, and *section*, the name of the section it belongs to."""

    path: str
    section: str
    comment: Comment


@define
class _Waiting:
    """The comments that are not attached yet, by data path and by section."""

    by_path: dict[str, list[Comment]]
    by_section: dict[str, list[Comment]]

    def wrapped(self, node: Inline) -> Inline:
        comments = self.by_path.pop(node.path, None) if isinstance(node, Value | Placeholder) else None
        return Commented((node,), tuple(comments)) if comments else node


def with_comments(document: Document, placed: Sequence[PlacedComment]) -> Document:
    """Return *document* with each comment of *placed* attached to the first place that prints its value.

    If the value is not printed, the comment is attached to a value below it, then to one beside it, else to the heading
    of its section, else to the title.
    """
    printed = [node.path for node in all_inlines(document) if isinstance(node, Value | Placeholder) and node.path]
    known = {section.name for section in document.sections}
    by_path: dict[str, list[Comment]] = defaultdict(list)
    by_section: dict[str, list[Comment]] = defaultdict(list)
    for item in placed:
        nearest = _nearest(item.path, printed)
        if nearest:
            by_path[nearest].append(item.comment)
        else:
            by_section[item.section if item.section in known else ""].append(item.comment)
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
    """Return the printed path that is *path*, below it, or below the record it belongs to; else an empty string."""
    while path:
        match = next(
            (candidate for candidate in printed if candidate == path or candidate.startswith((f"{path}.", f"{path}["))),
            "",
        )
        if match:
            return match
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
    nodes: list[Inline] = []
    for child in children:
        if isinstance(child, Emphasis | Strong | Link | CrossReference):
            child = attrs.evolve(child, children=_inlines(child.children, waiting))
        nodes.append(waiting.wrapped(child))
    return tuple(nodes)
