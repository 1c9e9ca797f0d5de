"""The Markdown writer: CommonMark with pipe tables, in which no value can become structure."""

from __future__ import annotations

import hashlib
import re

from iopdocs.document.tree import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Section,
    SectionKind,
    SignatureBlock,
    Strong,
    Table,
    Text,
)
from iopdocs.document.visibility import CONTENTS, contents_of, is_empty, items_of, status_of
from iopdocs.document.walk import plain
from iopdocs.writers.markdown_inline import on_one_line, paragraph_text

_DIGEST = re.compile(r"<!-- iopdocs-digest: ([0-9a-f]{64}) -->\n\Z")
_RULES = {Align.LEFT: "---", Align.RIGHT: "---:", Align.CENTER: ":---:"}
_LINE = "…" * 20


def write_markdown(document: Document) -> str:
    """Return *document* as CommonMark with pipe tables (GitHub's extension). Equal trees give equal text.

    Line breaks in a value are kept (a backslash at the end of the line, or ``<br>``). References are plain text, since
    CommonMark headings have no ids.
    """
    chunks = []
    if plain(document.title):
        chunks.append("# " + on_one_line(document.title))
    status = status_of(document.properties)
    if status:
        chunks.append(paragraph_text((Strong((Text(status),)),)))
    chunks += _blocks(document.front)
    if document.contents and contents_of(document):
        lines = [
            f"- {on_one_line((Text(f'{number} '), *heading) if number else heading)}"
            for _id, number, heading in contents_of(document)
        ]
        chunks += [f"**{CONTENTS}**", "\n".join(lines)]
    for section in (*document.cover, *document.sections):
        chunks.append(_section_heading(section))
        chunks += _blocks(section.blocks)
    text = "".join(chunk + "\n\n" for chunk in chunks)
    return f"{text}<!-- iopdocs-digest: {hashlib.sha256(text.encode()).hexdigest()} -->\n"


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is an unedited text from iopdocs."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    match = _DIGEST.search(text)
    return match is not None and hashlib.sha256(text[: match.start()].encode()).hexdigest() == match[1]


def _section_heading(section: Section) -> str:
    number = "" if section.kind is SectionKind.UNNUMBERED else section.number
    return _heading(1, number, section.heading)


def _heading(level: int, number: str, children: tuple[Inline, ...]) -> str:
    """Return a heading. It is one level down, since the document title has the first level."""
    numbered = (Text(f"{number} "), *children) if number else children
    return f"{'#' * (min(level, 5) + 1)} {on_one_line(numbered)}"


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    """Return the text of each block. Adjacent lists get different marks, or they would be joined."""
    chunks: list[str] = []
    last_mark = ""
    for block in blocks:
        if isinstance(block, PageBreak) or is_empty(block):
            continue
        mark = ""
        if isinstance(block, Paragraph):
            chunks.append(paragraph_text(block.children))
        elif isinstance(block, Heading):
            chunks.append(_heading(block.level, block.number, block.children))
        elif isinstance(block, ListBlock):
            first, second = (".", ")") if block.ordered else ("-", "*")
            mark = second if last_mark == first else first
            chunks.append(_list(block, mark))
        elif isinstance(block, Table):
            if plain(block.caption):
                chunks.append(paragraph_text((Strong(block.caption),)))
            chunks.append(_table(block))
        else:
            chunks += _signature(block)
        last_mark = mark
    return chunks


def _list(block: ListBlock, mark: str) -> str:
    """Return a list. Blank lines between items are omitted only if each item is a single paragraph."""
    items = items_of(block)
    simple = all(len(item) == 1 and isinstance(item[0], Paragraph) for item in items)
    out = []
    for count, item in enumerate(items, 1):
        start = f"{count}{mark} " if block.ordered else f"{mark} "
        text = "\n\n".join(_blocks(item)).replace("\n", "\n" + " " * len(start))
        out.append(start + re.sub("\n +(?=\n)", "\n", text))
    return ("\n" if simple else "\n\n").join(out)


def _table(table: Table) -> str:
    rules = [_RULES[table.align[n] if n < len(table.align) else Align.LEFT] for n in range(len(table.header))]
    first_sum = len(table.rows) - table.total_rows
    rows = [_row(row, bold=index >= first_sum) for index, row in enumerate(table.rows)]
    return "\n".join([_row(table.header), f"| {' | '.join(rules)} |", *rows])


def _row(row: tuple[Cell, ...], *, bold: bool = False) -> str:
    cells = (on_one_line(_bold(cell) if bold else cell, cell=True) for cell in row)
    return f"| {' | '.join(cells)} |"


def _bold(cell: Cell) -> Cell:
    """Return *cell* in strong emphasis, unless it already is."""
    return cell if all(isinstance(part, Strong) for part in cell) else (Strong(cell),)


def _signature(block: SignatureBlock) -> list[str]:
    chunks = _blocks(block.intro)
    for line in block.lines:
        chunks.append(paragraph_text((*line.label, Text(": "), *(line.value if plain(line.value) else (Text(_LINE),)))))
    return chunks
