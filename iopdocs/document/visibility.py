"""Decisions on what is shown of a document, shared by all writers."""

from __future__ import annotations

from iopdocs.document.tree import (
    Block,
    Document,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Properties,
    SectionKind,
    SignatureBlock,
    Table,
    Text,
)
from iopdocs.document.walk import blocks_of, plain
from iopdocs.model.agreement import Status

DRAFT, WORKING_COPY = "UTKAST", "ARBETSKOPIA"


def is_empty(block: Block) -> bool:
    """Return whether *block* prints nothing. Writers emit no empty paragraph, list item or table for it."""
    if isinstance(block, Paragraph):
        return not plain(block.children)
    if isinstance(block, ListBlock):
        return all(is_empty(child) for item in block.items for child in item)
    if isinstance(block, Table):
        return not block.header
    if isinstance(block, SignatureBlock):
        return not block.lines and all(map(is_empty, block.intro))
    return isinstance(block, PageBreak)


def items_of(block: ListBlock) -> tuple[tuple[Block, ...], ...]:
    """Return the items of *block* that print something, each without its empty blocks."""
    items = (tuple(child for child in item if not is_empty(child)) for item in block.items)
    return tuple(item for item in items if item)


def heading_numbers(document: Document) -> dict[str, str]:
    """Return the printed number of every heading by id, in reading order. It is empty for an unnumbered heading."""
    numbers = {
        block.id: block.number for block in blocks_of(Document((), document.front, ())) if isinstance(block, Heading)
    }
    for section in (*document.cover, *document.sections):
        numbers.setdefault(section.id, "" if section.kind is SectionKind.UNNUMBERED else section.number)
        for block in blocks_of(Document((), section.blocks, ())):
            if isinstance(block, Heading):
                numbers.setdefault(block.id, block.number)
    return numbers


CONTENTS = "Innehåll"
"""The heading of a table of contents."""


def contents_of(document: Document) -> list[tuple[str, str, tuple[Text, ...]]]:
    """Return the table of contents: id, number and heading of each section and appendix that has a heading."""
    contents: list[tuple[str, str, tuple[Text, ...]]] = []
    for section in document.sections:
        number = "" if section.kind is SectionKind.UNNUMBERED else section.number
        words = " ".join(plain(section.heading).split())
        if words:
            contents.append((section.id, number, (Text(words),)))
    return contents


def status_of(properties: Properties) -> str:
    """Return the mark of a document that is not final. An agreement past its draft stage is a working copy."""
    if not properties.draft:
        return ""
    return DRAFT if properties.status in ("", Status.DRAFT.value) else WORKING_COPY


def shortened(text: str, length: int) -> str:
    """Return *text* on one line of at most *length* characters, cut between words if possible."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    whole = text[: length - 1].rsplit(" ", 1)[0] if " " in text[: length - 1] else text[: length - 1]
    return whole.rstrip(" ,;–-") + "…"
