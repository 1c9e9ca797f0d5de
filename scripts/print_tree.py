"""Print the document tree of a data file, a node on each line, with the layer, text and line that each block comes from."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import iopdocs
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
    Origin,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Placeholder,
    Section,
    SignatureBlock,
    Strong,
    Table,
    Text,
    Value,
)
from iopdocs.document.walk import plain
from iopdocs.errors import ProblemsError

LONGEST = 40
"""Characters of a text that are printed."""


def tree(document: Document) -> str:
    """Return *document* as lines, children indented by two spaces under their parent."""
    return "\n".join(_document(document)) + "\n"


def _document(document: Document) -> Iterator[str]:
    yield f"Document {_inlines(document.title)}"
    for section in document.cover:
        yield from _section(section, "Cover")
    yield from _blocks(document.front, Origin())
    for section in document.sections:
        yield from _section(section, "Section")


def _section(section: Section, kind: str) -> Iterator[str]:
    number = f" {section.number}" if section.number else ""
    heading = " ".join(plain(section.heading).split())
    yield f'{kind} {section.id}{number} "{heading}"{_origin(section.origin, Origin())}'
    yield from _blocks(section.blocks, section.origin)


def _blocks(blocks: Sequence[Block], around: Origin) -> Iterator[str]:
    for block in blocks:
        for line in _block(block, around):
            yield f"  {line}"


def _block(block: Block, around: Origin) -> Iterator[str]:
    """Yield the lines of *block*; an origin in the same text as *around* is printed as its line alone."""
    if isinstance(block, PageBreak):
        yield "PageBreak"
        return
    origin = _origin(block.origin, around)
    inside = block.origin if block.origin.file else around
    if isinstance(block, Paragraph):
        style = "" if block.style is ParagraphStyle.BODY else f" {block.style.value}"
        yield f"Paragraph{style} {_inlines(block.children)}{origin}"
    elif isinstance(block, Heading):
        number = f" {block.number}" if block.number else ""
        yield f"Heading {block.level}{number} {_inlines(block.children)}{origin}"
    elif isinstance(block, ListBlock):
        yield f"ListBlock {'ordered' if block.ordered else 'bulleted'}{origin}"
        for item in block.items:
            yield "  Item"
            yield from (f"  {line}" for line in _blocks(item, inside))
    elif isinstance(block, Table):
        caption = f" {_inlines(block.caption)}" if block.caption else ""
        yield f"Table {len(block.header)} columns, {block.total_rows} total rows{caption}{origin}"
        for row in (block.header, *block.rows):
            yield f"  Row {' | '.join(map(_inlines, row))}"
    elif isinstance(block, SignatureBlock):
        yield f"SignatureBlock{origin}"
        yield from _blocks(block.intro, inside)
        for line in block.lines:
            value = f" = {_inlines(line.value)}" if line.value else ""
            yield f"  Line {_inlines(line.label)}{value}"


def _inlines(children: Sequence[Inline]) -> str:
    return " ".join(map(_inline, children))


def _inline(child: Inline) -> str:
    if isinstance(child, Text):
        return f'Text("{_short(child.text)}")'
    if isinstance(child, Value | Placeholder):
        return f"{type(child).__name__}({child.path})"
    if isinstance(child, LineBreak):
        return "LineBreak"
    if isinstance(child, Emphasis | Strong):
        return f"{type(child).__name__}({_inlines(child.children)})"
    if isinstance(child, CrossReference):
        return f"CrossReference({child.target} = {child.number})"
    if isinstance(child, Link):
        return f"Link({child.href})"
    assert isinstance(child, Commented)
    return f"Commented({_inlines(child.children)})"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _origin(origin: Origin, around: Origin) -> str:
    if not origin.file:
        return ""
    file = "" if (origin.layer, origin.file) == (around.layer, around.file) else f"{origin.layer}:{origin.file}"
    line = f":{origin.line}" if origin.line else ""
    return f" ({file}{line})" if file or line else ""


def main(arguments: Sequence[str]) -> int:
    """Print the tree of the draft of the data file that comes first, with any layer folders that follow."""
    if not arguments:
        print("a data file is missing: make tree FILE=examples/trygga-kvallar.yaml", file=sys.stderr)
        return 2
    try:
        file, *layers = arguments
        print(tree(iopdocs.render(iopdocs.load(file), layers=layers)), end="")
    except ProblemsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
