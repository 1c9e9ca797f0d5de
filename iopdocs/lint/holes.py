"""What the document itself lacks: a datum that a text prints and the agreement does not have, a reference to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from iopdocs.render.document import (
    Block,
    Document,
    Heading,
    Inline,
    ListBlock,
    Origin,
    Paragraph,
    Placeholder,
    SignatureBlock,
    Table,
    inlines_of,
)


@frozen
class Hole:
    """A placeholder in a document, with the section it stands in and the text that printed it."""

    placeholder: Placeholder
    section: str
    origin: Origin


def holes(document: Document) -> Iterator[Hole]:
    """Yield every placeholder of *document* in reading order, each path once."""
    seen: set[tuple[str, str]] = set()
    for section, origin, children in _inlines(document):
        for node in inlines_of(children):
            key = (node.path, node.label) if isinstance(node, Placeholder) else ("", "")
            if isinstance(node, Placeholder) and key not in seen:
                seen.add(key)
                yield Hole(node, section, origin)


def _inlines(document: Document) -> Iterator[tuple[str, Origin, tuple[Inline, ...]]]:
    yield "", Origin(), document.title
    for block in document.front:
        yield from _inside("", block)
    for section in document.sections:
        yield section.name, section.origin, section.heading
        for block in section.blocks:
            yield from _inside(section.name, block)


def _inside(section: str, block: Block) -> Iterator[tuple[str, Origin, tuple[Inline, ...]]]:
    if isinstance(block, Paragraph | Heading):
        yield section, block.origin, block.children
    elif isinstance(block, ListBlock):
        for item in block.items:
            for child in item:
                yield from _inside(section, child)
    elif isinstance(block, Table):
        for cells in ((block.caption,), block.header, *block.rows):
            for cell in cells:
                yield section, block.origin, cell
    elif isinstance(block, SignatureBlock):
        for child in block.intro:
            yield from _inside(section, child)
        for line in block.lines:
            yield section, block.origin, (*line.label, *line.value)
