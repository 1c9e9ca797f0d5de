"""Parse Markdown with tokens into blocks with slots. The result depends on the text alone and can be cached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from attrs import field, frozen
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

from iopdocs.document.tree import Align, LineBreak, Text
from iopdocs.document.typography import typeset
from iopdocs.document.value_tokens import MARK, TOKEN

CONTAINERS = ("titel", "tabell", "underskrift", "not", "sidbrytning")
# In a user's text, an asterisk within a word or a number is literal (2*3*4), an underscore is always literal, and a
# backslash is literal unless it precedes a mark.
_LITERAL = (
    (re.compile(r"\\(?![*\[\]\-.\\])"), r"\\\\"),
    (re.compile(r"(?<=\w)\*(?=\w)|(?<=\w)\*\*(?=\w)"), lambda match: "\\*" * len(match[0])),
    (re.compile("_"), r"\_"),
)
_SPLIT = re.compile(f"({TOKEN.pattern}|{MARK.pattern})")


@frozen
class Slot:
    """The place of value number *number*."""

    number: int


@frozen
class SourceMark:
    """The text that follows is line *line* of source *source*."""

    source: int
    line: int


@frozen
class Span:
    """Emphasis (``em``), strong emphasis (``strong``) or a link (``a``, with *href*) around other inline parts."""

    kind: str
    children: tuple[Part, ...]
    href: str = ""


Part: TypeAlias = Text | Slot | LineBreak | SourceMark | Span


@frozen
class TextShape:
    """A paragraph, or a heading of *level* 1–4.

    *lone* is the number of the slot if it is the only content, else -1. *mark* is where the words come from.
    """

    parts: tuple[Part, ...]
    level: int = 0
    lone: int = field(init=False)
    mark: SourceMark | Slot | None = field(init=False)

    @lone.default
    def _find_lone(self) -> int:
        rest = [
            part
            for part in self.parts
            if not (isinstance(part, SourceMark) or (isinstance(part, Text) and not part.text.strip()))
        ]
        return rest[0].number if len(rest) == 1 and isinstance(rest[0], Slot) else -1

    @mark.default
    def _find_mark(self) -> SourceMark | Slot | None:
        return next(marks_in(self.parts), None)


def marks_in(parts: Sequence[Part]) -> Iterator[SourceMark | Slot]:
    """Yield the source marks and slots of *parts*, in order."""
    for part in parts:
        if isinstance(part, SourceMark | Slot):
            yield part
        elif isinstance(part, Span):
            yield from marks_in(part.children)


@frozen
class ListShape:
    """A list."""

    items: tuple[tuple[Shape, ...], ...]
    ordered: bool


@frozen
class TableShape:
    """A table. The first of *rows* is its header."""

    rows: tuple[tuple[tuple[Part, ...], ...], ...]
    align: tuple[Align, ...]


@frozen
class ContainerShape:
    """A fenced container: its kind, the words after the kind, and its content."""

    kind: str
    info: tuple[Part, ...]
    children: tuple[Shape, ...]


Shape: TypeAlias = TextShape | ListShape | TableShape | ContainerShape


def _reader(*, containers: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    disabled = ["html_block", "html_inline", "code", "fence", "blockquote", "hr", "lheading", "reference", "image"]
    reader.disable([*disabled, "autolink", "backticks", "entity"])
    if containers:
        reader.enable("table")
        for name in CONTAINERS:
            container_plugin(reader, name)
    else:
        reader.disable("heading")
    # Addresses are checked when their values are known; percent-encoding here would break the tokens.
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return reader


@lru_cache(maxsize=1)
def _text_reader() -> MarkdownIt:
    return _reader(containers=True)


@lru_cache(maxsize=1)
def _rich_reader() -> MarkdownIt:
    return _reader(containers=False)


@lru_cache(maxsize=512)
def shapes_of_text(text: str) -> tuple[Shape, ...]:
    """Return the blocks of a library text. The result depends on *text* alone and is cached."""
    return tuple(_blocks(SyntaxTreeNode(_text_reader().parse(text)).children, own=True))


def shapes_of_rich(source: str) -> tuple[Shape, ...]:
    """Return the blocks of a user's rich text: paragraphs, lists, emphasis and links. Anything else is plain text.

    A token is plain text too: a user's text cannot refer to values.
    """
    for pattern, escaped in _LITERAL:
        source = pattern.sub(escaped, source)
    return tuple(_blocks(SyntaxTreeNode(_rich_reader().parse(source)).children, own=False))


def _blocks(nodes: Sequence[SyntaxTreeNode], *, own: bool) -> Iterator[Shape]:
    for node in nodes:
        if node.type == "paragraph":
            yield TextShape(_parts(node, own))
        elif node.type == "heading":
            yield TextShape(_parts(node, own), level=min(int(node.tag[1:]), 4))
        elif node.type in ("bullet_list", "ordered_list"):
            items = tuple(tuple(_blocks(item.children, own=own)) for item in node.children)
            yield ListShape(items, node.type == "ordered_list")
        elif node.type == "table":
            yield _grid(node, own)
        elif node.type.startswith("container_"):
            kind = node.type.removeprefix("container_")
            info = node.info.strip().removeprefix(kind).strip()
            yield ContainerShape(kind, _inline(info), tuple(_blocks(node.children, own=own)))


def _grid(node: SyntaxTreeNode, own: bool) -> TableShape:
    rows = [row for part in node.children for row in part.children]
    styles = [str(cell.attrs.get("style", "")) for cell in rows[0].children]
    align = tuple(
        Align.RIGHT if "right" in style else Align.CENTER if "center" in style else Align.LEFT for style in styles
    )
    return TableShape(tuple(tuple(_parts(cell, own) for cell in row.children) for row in rows), align)


def _inline(text: str) -> tuple[Part, ...]:
    if not text:
        return ()
    tokens: list[Token] = _text_reader().parseInline(text)
    return tuple(part for node in SyntaxTreeNode(tokens).children for part in _parts(node, True, wrap=False))


def _parts(node: Any, own: bool, *, wrap: bool = True) -> tuple[Part, ...]:
    parts: list[Part] = []
    for child in node.children[0].children if wrap and node.children else node.children if not wrap else ():
        parts += _part(child, own)
    return tuple(_joined(parts, own))


def _part(node: SyntaxTreeNode, own: bool) -> Iterator[Part]:
    if node.type in ("text", "text_special"):
        yield from _words(node.content, own)
    elif node.type == "softbreak":
        yield Text(" ") if own else LineBreak()
    elif node.type == "hardbreak":
        yield LineBreak()
    elif node.type in ("em", "strong", "link"):
        children: list[Part] = []
        for child in node.children:
            children += _part(child, own)
        href = str(node.attrs.get("href", ""))
        yield Span("a" if node.type == "link" else node.type, tuple(_joined(children, own)), href)


def _words(content: str, own: bool) -> Iterator[Part]:
    if not own:
        yield Text(content)
        return
    last = 0
    for match in _SPLIT.finditer(content):
        if match.start() > last:
            yield Text(content[last : match.start()])
        last = match.end()
        yield Slot(int(match[2])) if match[2] is not None else SourceMark(int(match[3]), int(match[4]))
    if last < len(content):
        yield Text(content[last:])


def _joined(parts: Sequence[Part], own: bool) -> Iterator[Part]:
    """Join adjacent texts so that typography applies to whole phrases."""
    words = ""
    for part in parts:
        if isinstance(part, Text):
            words += part.text
            continue
        if words:
            yield Text(typeset(words) if own else words)
            words = ""
        yield part
    if words:
        yield Text(typeset(words) if own else words)
