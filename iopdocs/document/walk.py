"""Traverse a document tree in reading order: its blocks, its inline nodes, and their text."""

from __future__ import annotations

from collections.abc import Iterator

from iopdocs.document.tree import (
    Block,
    Commented,
    CrossReference,
    Document,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Placeholder,
    Section,
    SignatureBlock,
    Strong,
    Table,
    Text,
    Value,
)


def blocks_of(document: Document) -> Iterator[Block]:
    """Yield every block of *document* in reading order, including those inside lists and signature blocks."""

    def deep(blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            yield block
            if isinstance(block, ListBlock):
                for item in block.items:
                    yield from deep(item)
            elif isinstance(block, SignatureBlock):
                yield from deep(block.intro)

    for section in document.cover:
        yield from deep(section.blocks)
    yield from deep(document.front)
    for section in document.sections:
        yield from deep(section.blocks)


def inlines_of(children: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield every inline node, including those inside emphasis, links and references."""
    for child in children:
        yield child
        if isinstance(child, Emphasis | Strong | Link | CrossReference | Commented):
            yield from inlines_of(child.children)


def all_inlines(document: Document) -> Iterator[Inline]:
    """Yield every inline node of *document*: title, headings, paragraphs, cells and signature lines."""
    yield from inlines_of(document.title)
    for block in _headed(document):
        if isinstance(block, Section):
            yield from inlines_of(block.heading)
        elif isinstance(block, Paragraph | Heading):
            yield from inlines_of(block.children)
        elif isinstance(block, Table):
            yield from inlines_of(block.caption)
            for row in (block.header, *block.rows):
                for cell in row:
                    yield from inlines_of(cell)
        elif isinstance(block, SignatureBlock):
            for line in block.lines:
                yield from inlines_of(line.label)
                yield from inlines_of(line.value)


def _headed(document: Document) -> Iterator[Block | Section]:
    for section in document.cover:
        yield section
        yield from blocks_of(Document((), section.blocks, ()))
    yield from blocks_of(Document((), document.front, ()))
    for section in document.sections:
        yield section
        yield from blocks_of(Document((), section.blocks, ()))


def plain(children: tuple[Inline, ...]) -> str:
    """Return the text of *children* as a reader sees it. A placeholder reads ``[label]``."""
    parts = []
    for child in children:
        if isinstance(child, Text | Value):
            parts.append(child.text)
        elif isinstance(child, Placeholder):
            parts.append(child.shown)
        elif isinstance(child, LineBreak):
            parts.append("\n")
        elif isinstance(child, CrossReference) and not child.children:
            parts.append(f"{child.prefix}\u00a0{child.number}" if child.prefix else child.number)
        else:
            parts.append(plain(child.children))
    return "".join(parts)
