"""What a document says, taken from its tree: headings, list items, tables and words, to compare other readers with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iopdocs.document.tree import Block, Document, Heading, ListBlock, Section, SectionKind, Table
from iopdocs.document.visibility import is_empty, items_of, status_of
from iopdocs.document.walk import blocks_of, plain
from tests.helpers.document_strategies import texts_of


def one_space(text: str) -> str:
    """Return *text* with each run of white space, no-break spaces too, as one space."""
    return " ".join(text.split())


def sections_of(document: Document) -> tuple[Section, ...]:
    return (*document.cover, *document.sections)


def headings_of(document: Document) -> list[tuple[int, str, str]]:
    """Return (level, number, text) of every heading in order; the title is none."""
    found = []
    for section in sections_of(document):
        number = "" if section.kind is SectionKind.UNNUMBERED else section.number
        found.append((1, number, one_space(plain(section.heading))))
        for block in _within(section.blocks):
            if isinstance(block, Heading):
                found.append((block.level, block.number, one_space(plain(block.children))))
    return found


def _within(blocks: tuple[Block, ...]) -> Iterator[Block]:
    return blocks_of(Document((), blocks, ()))


def shown_blocks(document: Document) -> list[Block]:
    return [block for block in blocks_of(document) if not is_empty(block)]


def tables_of(document: Document) -> list[list[list[str]]]:
    """Return the text of every table, cell by cell, the header row first."""
    return [
        [[one_space(plain(cell)) for cell in row] for row in (block.header, *block.rows)]
        for block in shown_blocks(document)
        if isinstance(block, Table)
    ]


def lists_of(document: Document) -> list[ListBlock]:
    return [block for block in shown_blocks(document) if isinstance(block, ListBlock)]


def item_count(document: Document) -> int:
    return sum(len(items_of(block)) for block in lists_of(document))


def words_of(document: Document) -> Counter[str]:
    """Return how often each word stands in the document, numbers of headings left out: Word itself makes those."""
    status = status_of(document.properties)
    words = Counter([status] * (2 if document.cover else 1) if status else [])
    cover = Document((), (), document.cover)
    for part in (cover, document):
        for kind, text in texts_of(part):
            words.update(
                text[1].split() if kind == "heading" else " ".join(text).split() if kind == "line" else text.split()
            )
    return words
