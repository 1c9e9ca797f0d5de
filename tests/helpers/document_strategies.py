"""Strategies that build document trees around any text, and what the text of such a tree should read as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

from iopdocs.document.tree import (
    Align,
    Block,
    CrossReference,
    Document,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Placeholder,
    Properties,
    Section,
    SectionKind,
    SignatureBlock,
    SignatureLine,
    Strong,
    Table,
    Text,
    Value,
)
from iopdocs.document.walk import plain

TRAPS = [
    *("**", "*", "_", "# ", "## x ##", "1. ", "7) ", "- ", "+ ", "> ", "|", "|---|", ":--", "---", "===", "~~~", "```"),
    *(
        "`x`",
        "\\",
        "\\|",
        "&",
        "&amp;",
        "&#10;",
        "<b>",
        "</p>",
        "<!--",
        "-->",
        "<br>",
        "]]>",
        "[x](http://y)",
        "![",
        "[^1]",
    ),
    *(
        "\n",
        "\n\n",
        "\t",
        " ",
        "    ",
        "\u00a0",
        "\u2028",
        "\u200b",
        "\x85",
        "\u3000",
        "\ue000",
        "\ufffd",
        "å",
        "\u202eab",
    ),
    *(
        "{{ x }}",
        "{% if %}",
        "http://exempel.se",
        "<http://x.se>",
        "😀",
        "אב",
        "e\u0301",
        '"',
        "'",
        "!",
        "a",
        "0",
        ":",
        "§",
    ),
]
characters = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[chr(c) for c in (*range(9), 11, 12, 13, *range(14, 32), 0xFFFE, 0xFFFF)],
)
texts = st.lists(st.sampled_from(TRAPS) | st.text(characters, max_size=6), max_size=5).map("".join)
one_line_texts = texts.map(lambda text: text.replace("\n", " "))

leaves = (
    st.builds(Text, one_line_texts)
    | st.builds(Value, texts, st.just("parter[1].namn"))
    | st.builds(Placeholder, st.just("mål"), one_line_texts.filter(str.strip))
    | st.just(LineBreak())
)
phrases: st.SearchStrategy[Inline] = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3).map(tuple).flatmap(lambda c: st.sampled_from([Emphasis(c), Strong(c)])),
    max_leaves=5,
)
links = st.builds(
    Link,
    st.lists(phrases, min_size=1, max_size=2).map(tuple).filter(plain),
    st.sampled_from(["https://exempel.se/a?b=1&c=(2)#d", "mailto:a@exempel.se", "tel:+46812345", "http://åäö.se/ö|x"]),
)
references = st.builds(
    CrossReference, st.sampled_from(["s1", "s2", "finns inte"]), st.just("avsnitt"), st.sampled_from(["1", "2", "9"])
)
inlines = st.lists(phrases | phrases | links | references, max_size=4).map(tuple)
headings = inlines.filter(plain)
paragraphs = st.builds(Paragraph, inlines, st.sampled_from(ParagraphStyle))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    row = st.lists(inlines, min_size=width, max_size=width).map(tuple)
    rows = draw(st.lists(row, max_size=3).map(tuple))
    align = draw(st.lists(st.sampled_from(Align), min_size=width, max_size=width).map(tuple))
    return Table(draw(inlines), draw(row), rows, align, draw(st.integers(0, len(rows))))


def _lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    item = st.lists(inner, max_size=2).map(tuple)
    return st.builds(ListBlock, st.lists(item, max_size=3).map(tuple), st.booleans())


list_blocks = _lists(st.recursive(paragraphs | tables(), _lists, max_leaves=4))
signatures = st.builds(
    SignatureBlock,
    st.lists(paragraphs, max_size=1).map(tuple),
    st.lists(st.builds(SignatureLine, inlines, inlines), max_size=2).map(tuple),
)
blocks: st.SearchStrategy[Block] = paragraphs | list_blocks | tables() | signatures | st.just(PageBreak())


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Return a document of up to three sections, headings and numbers as the tree settles them."""
    sections = []
    for n in range(1, draw(st.integers(1, 3)) + 1):
        content = [*draw(st.lists(blocks, max_size=3))]
        if draw(st.booleans()):
            content.append(Heading(2, draw(headings), f"s{n}.1", draw(st.sampled_from(["", f"{n}.1"]))))
        sections.append(Section(f"s{n}", "avsnitt", draw(headings), tuple(content), str(n)))
    last = Section(
        "bilaga", "bilaga", draw(headings), tuple(draw(st.lists(blocks, max_size=1))), "Bilaga 1", SectionKind.APPENDIX
    )
    title = draw(inlines)
    properties = Properties(
        draw(texts), case_numbers=tuple(draw(st.lists(texts, max_size=3))), draft=draw(st.booleans())
    )
    return Document(title, tuple(draw(st.lists(blocks, max_size=2))), (*sections, last), properties)


def neutral(node: Any) -> Any:
    """Return the tree *node* with every text that is not empty as ``x``: the same structure without any trap."""
    if isinstance(node, tuple):
        return tuple(map(neutral, node))
    if isinstance(node, Text | Value):
        return attrs.evolve(node, text="x" if node.text else "")
    if isinstance(node, Placeholder):
        return attrs.evolve(node, label="x")
    if not attrs.has(type(node)) or isinstance(node, LineBreak):
        return node
    changes = {f.name: neutral(getattr(node, f.name)) for f in attrs.fields(type(node)) if f.name != "properties"}
    return attrs.evolve(node, **changes)


def texts_of(document: Document) -> Iterator[tuple[str, Any]]:
    """Yield what is printed, in order, as (kind, text); a signature line as ("line", (label, value))."""
    yield "title", plain(document.title)
    yield from _texts_in(document.front)
    for section in document.sections:
        yield "heading", (section.number, plain(section.heading))
        yield from _texts_in(section.blocks)


def _texts_in(content: tuple[Block, ...]) -> Iterator[tuple[str, Any]]:
    for block in content:
        if isinstance(block, Paragraph):
            yield "paragraph", plain(block.children)
        elif isinstance(block, Heading):
            yield "heading", (block.number, plain(block.children))
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _texts_in(item)
        elif isinstance(block, Table):
            yield "caption", plain(block.caption)
            for row in (block.header, *block.rows):
                for cell in row:
                    yield "cell", plain(cell)
        elif isinstance(block, SignatureBlock):
            yield from _texts_in(block.intro)
            for line in block.lines:
                yield "line", (plain(line.label), plain(line.value))
