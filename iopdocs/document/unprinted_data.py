"""Data of an agreement that its document does not print."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from iopdocs.document.block_builder import rich_blocks
from iopdocs.document.tree import Block, CrossReference, Document, Heading, ListBlock, Paragraph, Value
from iopdocs.document.value_tokens import RichValue
from iopdocs.document.walk import all_inlines, inlines_of, plain
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import Field
from iopdocs.values.text import RichText


def not_printed(agreement: Agreement, document: Document) -> Iterator[tuple[str, Field, Any]]:
    """Yield (path, field, value) for each value that belongs in the text and that *document* does not print.

    Enum and boolean values control what is printed and are omitted, as is text of white space alone. The title of an
    appendix counts as printed if a text refers to the appendix.
    """
    shown = {node.path for node in all_inlines(document) if isinstance(node, Value)}
    referred = _referred(document)
    for path, field, value in agreement.leaves:
        controls = not field.entry.printed or isinstance(value, bool | Enum)
        if not (controls or path in shown or _is_blank(value) or _folded(value) in referred):
            yield path, field, value


def _is_blank(value: Any) -> bool:
    """Return whether *value* has nothing to print: white space, or rich text of marks alone."""
    if isinstance(value, RichText):
        return not any(map(_has_words, rich_blocks(RichValue(value.source, "x"))))
    return isinstance(value, str) and not value.strip()


def _has_words(block: Block) -> bool:
    if isinstance(block, ListBlock):
        return any(_has_words(child) for item in block.items for child in item)
    return isinstance(block, Paragraph | Heading) and any(
        isinstance(node, Value) for node in inlines_of(block.children)
    )


def _referred(document: Document) -> frozenset[str]:
    """Return the headings that are targets of cross-references, which print ”bilaga 2” instead of the title."""
    targets = {node.target for node in all_inlines(document) if isinstance(node, CrossReference)}
    return frozenset(_folded(plain(section.heading)) for section in document.sections if section.id in targets)


def _folded(value: Any) -> str:
    return " ".join(str(value).split()).casefold()
