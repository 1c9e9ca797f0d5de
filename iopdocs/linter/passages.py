"""Texts to check and their sources: the free texts of the data, and the texts of the layers."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from iopdocs.document.tree import (
    Block,
    Document,
    Heading,
    Inline,
    ListBlock,
    Origin,
    Paragraph,
    SignatureBlock,
    Table,
    Text,
    Value,
)
from iopdocs.document.walk import inlines_of
from iopdocs.model.agreement import Agreement
from iopdocs.values.text import RichText

DATUM = "\ufffc"
"""Replaces each printed datum in the text of a layer, so that the words on its two sides are never adjacent."""


@frozen
class Passage:
    """A text to check: *path* is its place in the data, or *origin* its place in a layer; *section* names its section."""

    text: str
    path: str = ""
    origin: Origin | None = None
    section: str = ""


def texts_of_data(agreement: Agreement) -> Iterator[Passage]:
    """Yield every free text of the data that is printed in the agreement, in the order of the model."""
    for path, field, value in agreement.leaves:
        if not field.entry.printed:
            continue
        if isinstance(value, RichText) and value.source.strip():
            yield Passage(value.source, path)
        elif field.type is str and value.strip():
            yield Passage(value, path)


def words_of_layers(document: Document) -> Iterator[Passage]:
    """Yield the words that the layers print in *document*, with :data:`DATUM` for each datum.

    A text that a list prints for each party is yielded once.
    """
    seen: set[tuple[Origin, str]] = set()
    for section, origin, children in inline_runs(document):
        text = "".join(
            node.text if isinstance(node, Text) else DATUM
            for node in inlines_of(children)
            if isinstance(node, Text | Value)
        )
        if text.strip(f" \u00a0{DATUM}") and origin.file and (origin, text) not in seen:
            seen.add((origin, text))
            yield Passage(text, "", origin, section)


def inline_runs(document: Document) -> Iterator[tuple[str, Origin, tuple[Inline, ...]]]:
    """Yield (section, origin, inline nodes) of every paragraph, heading, cell and signature line, in reading order."""
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
