"""Convert shapes and values to blocks of the document. Slots are filled, and empty blocks are omitted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from iopdocs.document.markdown_parser import (
    ContainerShape,
    ListShape,
    Part,
    Shape,
    Slot,
    SourceMark,
    Span,
    TableShape,
    TextShape,
    marks_in,
    shapes_of_rich,
)
from iopdocs.document.tree import (
    Block,
    Cell,
    CrossReference,
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
    SignatureBlock,
    SignatureLine,
    Strong,
    Table,
    Text,
    Value,
)
from iopdocs.document.value_tokens import TOKEN, Filled, RichValue
from iopdocs.document.walk import plain

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"(?<=[^\n])\n\n(?=[^\n])")


NOWHERE = Origin()


@frozen(eq=False)
class FillValues:
    """The *values* of a section's slots and the *places* (source, line) that printed them, by number.

    *origins* maps a place to its origin. *default* is the origin of a block without a place.
    """

    values: Sequence[Filled]
    places: Sequence[tuple[int, int]]
    origins: Callable[[int, int], Origin]
    default: Origin


def fill(
    shapes: Sequence[Shape], filling: FillValues, *, inside_item: bool = False, continued: bool = False
) -> tuple[Block, ...]:
    """Return the blocks of *shapes* with their slots filled. Empty blocks and headings without content are omitted.

    A value alone in a paragraph is split at its blank lines, but not *inside_item* of a list, where a second paragraph
    would look like the end of the list. With *continued*, content outside *shapes* follows, so a heading at the end is
    kept.
    """
    blocks: list[Block] = []
    for shape in shapes:
        blocks += (
            _lines(shape, filling, split=not inside_item) if isinstance(shape, TextShape) else _block(shape, filling)
        )
    return _prune(blocks, continued)


def _block(shape: Shape, filling: FillValues) -> list[Block]:
    if isinstance(shape, TextShape):
        return _lines(shape, filling, split=True)
    if isinstance(shape, ListShape):
        items = [item for item in (fill(children, filling, inside_item=True) for children in shape.items) if item]
        return [ListBlock(tuple(items), shape.ordered, _origin(shape, filling))] if items else []
    if isinstance(shape, TableShape):
        return _table(shape, (), filling)
    return _container(shape, filling)


def _container(shape: ContainerShape, filling: FillValues) -> list[Block]:
    if shape.kind == "sidbrytning":
        return [PageBreak()]
    if shape.kind == "tabell":
        tables: list[Block] = []
        for child in shape.children:
            tables += (
                _table(child, _inlines(shape.info, filling), filling)
                if isinstance(child, TableShape)
                else _block(child, filling)
            )
        return tables
    if shape.kind == "underskrift":
        return _signature(shape, filling)
    inside = fill(shape.children, filling)
    if shape.kind == "not":
        return [_restyled(block, ParagraphStyle.NOTE) for block in inside]
    return list(inside)


def _restyled(block: Block, style: ParagraphStyle) -> Block:
    return Paragraph(block.children, style, block.origin) if isinstance(block, Paragraph) else block


def _lines(shape: TextShape, filling: FillValues, *, split: bool) -> list[Block]:
    origin = _origin(shape, filling)
    only = filling.values[shape.lone] if shape.lone >= 0 else None
    if isinstance(only, RichValue):
        return (
            list(rich_blocks(only, origin))
            if not shape.level
            else [_heading(shape.level, (Value(only.source, only.path),), origin)]
        )
    children = _trimmed(_inlines(shape.parts, filling))
    if empty(children):
        return []
    if shape.level:
        return [_heading(shape.level, children, origin)]
    if split and len(children) == 1 and isinstance(children[0], Value):
        pieces = paragraphs(children[0].text)
        return [Paragraph((Value(piece, children[0].path),), origin=origin) for piece in pieces]
    return [Paragraph(children, origin=origin)]


def _heading(level: int, children: tuple[Inline, ...], origin: Origin) -> Heading:
    return Heading(level, children, "", origin=origin)


def paragraphs(text: str) -> list[str]:
    """Split *text* at its blank lines. Joining the pieces with two line breaks restores it."""
    pieces: list[str] = []
    for piece in _PARAGRAPHS.split(text):
        if pieces and (not piece.strip() or not pieces[-1].strip()):
            pieces[-1] += "\n\n" + piece
        else:
            pieces.append(piece)
    return pieces


def _table(shape: Shape, caption: tuple[Inline, ...], filling: FillValues) -> list[Block]:
    if not isinstance(shape, TableShape):
        return []
    header, *rest = shape.rows
    rows = [tuple(_trimmed(_inlines(cell, filling)) for cell in row) for row in rest]
    rows = [row for row in rows if not all(empty(cell) for cell in row)]
    if not rows:
        return []
    titles = tuple(_trimmed(_inlines(cell, filling)) for cell in header)
    totals = 0
    for row in reversed(rows):
        if not _is_total(row[0]):
            break
        totals += 1
    return [Table(caption, titles, tuple(rows), shape.align, totals, _origin(shape, filling))]


def _is_total(cell: Cell) -> bool:
    return bool(cell) and all(isinstance(part, Strong) for part in cell)


def _signature(shape: ContainerShape, filling: FillValues) -> list[Block]:
    intro: list[Shape] = []
    lines: list[SignatureLine] = []
    for child in shape.children:
        if isinstance(child, ListShape):
            for item in child.items:
                parts = item[0].parts if item and isinstance(item[0], TextShape) else ()
                line = _signature_line(_trimmed(_inlines(parts, filling)))
                if line is not None:
                    lines.append(line)
        else:
            intro.append(child)
    blocks = fill(intro, filling, continued=bool(lines))
    return [SignatureBlock(blocks, tuple(lines), _origin(shape, filling))] if blocks or lines else []


def _signature_line(parts: tuple[Inline, ...]) -> SignatureLine | None:
    """Split "Ort: Norrby" into label and value at the first colon of the library's own words."""
    if empty(parts):
        return None
    for place, part in enumerate(parts):
        if isinstance(part, Text) and ":" in part.text:
            before, _colon, after = part.text.partition(":")
            label = (*parts[:place], Text(before)) if before else parts[:place]
            rest = (Text(after.lstrip()), *parts[place + 1 :]) if after.strip() else parts[place + 1 :]
            return SignatureLine(label, () if empty(rest) else rest)
    return SignatureLine(parts)


def _inlines(parts: Sequence[Part], filling: FillValues) -> tuple[Inline, ...]:
    inlines: list[Inline] = []
    for part in parts:
        if isinstance(part, Text):
            inlines.append(_after(inlines[-1], part) if inlines else part)
        elif isinstance(part, LineBreak):
            inlines.append(part)
        elif isinstance(part, Slot):
            value = filling.values[part.number]
            inlines += (Value(value.source, value.path),) if isinstance(value, RichValue) else value
        elif isinstance(part, Span):
            inlines += _span(part, filling)
    return tuple(inlines)


def _after(before: Inline, words: Text) -> Text:
    """Return *words* without their leading full stop if the value before them already ends a sentence."""
    ended = isinstance(before, Value) and before.text.rstrip()[-1:] in (".", "!", "?", "…")
    return Text(words.text[1:]) if ended and words.text[:1] == "." and words.text[:2] != ".." else words


def _span(part: Span, filling: FillValues) -> tuple[Inline, ...]:
    children = _inlines(part.children, filling)
    if part.kind == "a":
        if part.href.startswith("#"):
            return (CrossReference(part.href[1:], children=children),)
        return _link(children, _address(part.href, filling))
    if empty(children):
        return ()
    return (Emphasis(children),) if part.kind == "em" else (Strong(children),)


def _address(href: str, filling: FillValues) -> str:
    def text(number: int) -> str:
        value = filling.values[number]
        return value.source if isinstance(value, RichValue) else plain(value)

    return TOKEN.sub(lambda match: text(int(match[1])), href)


def _link(children: tuple[Inline, ...], href: str) -> tuple[Inline, ...]:
    """Return a link, or the words and the address as text if the address is not of an allowed kind."""
    if _ADDRESS.fullmatch(href):
        return (Link(children or (Text(href),), href),)
    return (*children, Text(f" ({href})")) if href else children


def _trimmed(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return *children* without the library text's white space at either end. Values are unchanged."""
    parts = list(children)
    while parts and isinstance(first := parts[0], Text) and first.text[:1] in ("", " "):
        words = first.text.lstrip(" ")
        parts[:1] = [Text(words)] if words else []
    while parts and isinstance(last := parts[-1], Text) and last.text[-1:] in ("", " "):
        words = last.text.rstrip(" ")
        parts[-1:] = [Text(words)] if words else []
    return tuple(parts)


def empty(children: Sequence[Inline]) -> bool:
    """Return whether *children* show nothing to a reader."""
    for child in children:
        if isinstance(child, Placeholder | CrossReference):
            return False
        if isinstance(child, Text | Value) and child.text.strip():
            return False
        if isinstance(child, Emphasis | Strong | Link) and not empty(child.children):
            return False
    return True


def _origin(shape: Shape, filling: FillValues) -> Origin:
    mark = _first_mark(shape)
    if mark is None:
        return filling.default
    return (
        filling.origins(*filling.places[mark.number])
        if isinstance(mark, Slot)
        else filling.origins(mark.source, mark.line)
    )


def _first_mark(shape: Shape) -> SourceMark | Slot | None:
    return next(_marks(shape), None)


def _marks(shape: Shape) -> Iterator[SourceMark | Slot]:
    if isinstance(shape, TextShape):
        if shape.mark is not None:
            yield shape.mark
    elif isinstance(shape, TableShape):
        for row in shape.rows:
            for cell in row:
                yield from marks_in(cell)
    else:
        groups = shape.items if isinstance(shape, ListShape) else (shape.children,)
        for group in groups:
            for child in group:
                yield from _marks(child)


def _prune(blocks: Sequence[Block], continued: bool) -> tuple[Block, ...]:
    """Omit headings without content below them, and page breaks without effect."""
    kept: list[Block] = []
    for block in reversed(blocks):
        after = kept[-1] if kept else None
        if (
            isinstance(block, Heading)
            and block.level > 1
            and not _is_datum(block.children)
            and (not continued if after is None else isinstance(after, Heading) and after.level <= block.level)
        ):
            continue
        if isinstance(block, PageBreak) and (after is None or isinstance(after, PageBreak)):
            continue
        kept.append(block)
    return tuple(reversed(kept))


def _is_datum(children: tuple[Inline, ...]) -> bool:
    """Return whether a heading is written by a user. It is kept even without content below it."""
    return len(children) == 1 and isinstance(children[0], Value) and bool(children[0].text.strip())


def rich_blocks(rich: RichValue, origin: Origin = NOWHERE) -> tuple[Block, ...]:
    """Return a user's rich text as blocks. Each piece of text keeps the path of the whole."""
    filling = FillValues((), (), lambda source, line: origin, origin)

    def valued(part: Inline) -> Inline:
        if isinstance(part, Text):
            return Value(part.text, rich.path)
        if isinstance(part, Emphasis):
            return Emphasis(tuple(map(valued, part.children)))
        if isinstance(part, Strong):
            return Strong(tuple(map(valued, part.children)))
        if isinstance(part, Link):
            return Link(tuple(map(valued, part.children)), part.href)
        return part

    def deep(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return Paragraph(tuple(map(valued, block.children)), block.style, origin)
        if isinstance(block, ListBlock):
            return ListBlock(tuple(tuple(map(deep, item)) for item in block.items), block.ordered, origin)
        return block

    return tuple(map(deep, fill(shapes_of_rich(rich.source), filling)))
