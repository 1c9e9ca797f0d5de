"""The HTML writer: one self-contained, accessible page with the same numbers as the other outputs."""

from __future__ import annotations

import hashlib
import re

from iopdocs.render.addresses import address, as_text
from iopdocs.render.document import (
    Align,
    Block,
    Cell,
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
    Remarked,
    Section,
    SectionKind,
    SignatureBlock,
    SignatureLine,
    Strong,
    Table,
    Text,
    Value,
    plain,
)
from iopdocs.render.escape import escape, one_line
from iopdocs.render.html_style import STYLE
from iopdocs.render.shown import heading_numbers, is_empty, items_of, shortened, status_of

_DIGEST = re.compile(r'<meta name="iopdocs-digest" content="([0-9a-f]*)">')
_NO_DIGEST = '<meta name="iopdocs-digest" content="">'
# No heading has such an id: those are made from words.
_MAIN = "_innehall"
# A document of so many sections gets links to them.
_LONG = 5
_LONGEST_NAME = 200
_CLASSES = {ParagraphStyle.SUBTITLE: "subtitle", ParagraphStyle.NOTE: "note", ParagraphStyle.PLACEHOLDER: "open"}


def write_html(document: Document) -> str:
    """Return *document* as an HTML page that needs no other file. The same tree gives the same text."""
    properties = document.properties
    title = properties.title or plain(document.title) or "Avtal"
    ids = frozenset(heading_numbers(document))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(properties.language.partition("-")[0])}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{one_line(title)}</title>\n{_NO_DIGEST}\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#{_MAIN}">Hoppa till innehållet</a>\n',
        _contents(document),
        f'<main id="{_MAIN}" tabindex="-1">\n{_title_block(document, ids)}',
    ]
    if document.cover:
        parts += ['<div class="cover">\n', *(_section(section, ids) for section in document.cover), "</div>\n"]
    parts.extend(_section(section, ids) for section in document.sections)
    parts.append("</main>\n</body>\n</html>\n")
    page = "".join(parts)
    return page.replace(_NO_DIGEST, _NO_DIGEST.replace('""', f'"{_digest(page)}"'), 1)


def _digest(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()


def is_untouched(data: bytes) -> bool:
    """Tell whether *data* is a page that iopdocs made and that nobody has edited since."""
    try:
        page = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    found = _DIGEST.search(page)
    return found is not None and _digest(page.replace(found[0], _NO_DIGEST, 1)) == found[1]


def _title_block(document: Document, ids: frozenset[str]) -> str:
    """Return what stands before the first section: the mark of a draft, the title, the front and the diarienummer."""
    status = status_of(document.properties)
    parts = [f'<p class="status">{escape(status)}</p>\n' if status else ""]
    if plain(document.title):
        parts.append(f"<h1>{_inline(document.title, ids)}</h1>\n")
    # A page has no header to hold the diarienummer: it is shown here unless the title block shows it.
    front = " ".join(plain(block.children) for block in document.front if isinstance(block, Paragraph))
    cases = document.properties.case_numbers
    numbers = ", ".join(number for number in cases if number.strip() and number not in front)
    if numbers:
        parts.append(f'<p class="case-number">Diarienummer: {one_line(numbers)}</p>\n')
    parts.append(_blocks(document.front, ids, plain(document.title)))
    written = "".join(parts)
    return f"<header>\n{written}</header>\n" if written else ""


def _contents(document: Document) -> str:
    """Return links to the sections of a long document, folded up; a short one needs none."""
    if len(document.sections) < _LONG:
        return ""
    links = []
    for section in (*document.cover, *document.sections):
        number = "" if section.kind is SectionKind.UNNUMBERED else section.number
        shown = one_line(f"{number} {plain(section.heading)}")
        links.append(f'<li><a href="#{_html_id(section.id)}">{shown}</a></li>\n' if shown else "")
    return (
        '<nav aria-label="Innehåll">\n<details>\n<summary>Innehåll</summary>\n'
        f"<ul>\n{''.join(links)}</ul>\n</details>\n</nav>\n"
    )


def _section(section: Section, ids: frozenset[str]) -> str:
    """Return a section; an appendix starts on a new page when the page is printed."""
    kind = ' class="page-break"' if section.kind is SectionKind.APPENDIX else ""
    number = "" if section.kind is SectionKind.UNNUMBERED else section.number
    heading = _heading("h2", section.id, number, section.heading, ids)
    return f"<section{kind}>\n{heading}{_blocks(section.blocks, ids, plain(section.heading))}</section>\n"


def _heading(tag: str, identifier: str, number: str, children: tuple[Inline, ...], ids: frozenset[str]) -> str:
    shown = f'<span class="number">{escape(number)}</span> ' if number else ""
    return f'<{tag} id="{_html_id(identifier)}">{shown}{_inline(children, ids)}</{tag}>\n'


def _html_id(identifier: str) -> str:
    return escape(re.sub(r"\s+", "-", identifier))


def _blocks(blocks: tuple[Block, ...], ids: frozenset[str], under: str) -> str:
    """Return *blocks*; *under* is the text of the heading that they stand under."""
    out: list[str] = []
    break_page = False
    for block in blocks:
        if isinstance(block, PageBreak):
            break_page = True
            continue
        if is_empty(block):
            continue
        if isinstance(block, Heading):
            under = plain(block.children)
        written = _block(block, ids, under)
        out.append(f'<div class="page-break">\n{written}</div>\n' if break_page else written)
        break_page = False
    return "".join(out)


def _block(block: Block, ids: frozenset[str], under: str) -> str:
    if isinstance(block, Paragraph):
        kind = _CLASSES.get(block.style)
        mark = f' class="{kind}"' if kind else ""
        return f"<p{mark}>{_inline(block.children, ids)}</p>\n"
    if isinstance(block, Heading):
        return _heading(f"h{min(max(block.level, 2), 5) + 1}", block.id, block.number, block.children, ids)
    if isinstance(block, ListBlock):
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>\n{''.join(_item(item, ids, under) for item in items_of(block))}</{tag}>\n"
    if isinstance(block, Table):
        return _table(block, ids, under)
    if isinstance(block, SignatureBlock):
        lines = "".join(_signature_line(line, ids) for line in block.lines)
        return f'<div class="signature">\n{_blocks(block.intro, ids, under)}{lines}</div>\n'
    return ""


def _item(item: tuple[Block, ...], ids: frozenset[str], under: str) -> str:
    first = item[0]
    if isinstance(first, Paragraph) and first.style is ParagraphStyle.BODY:
        rest = f"\n{_blocks(item[1:], ids, under)}" if item[1:] else ""
        return f"<li>{_inline(first.children, ids)}{rest}</li>\n"
    return f"<li>{_blocks(item, ids, under)}</li>\n"


def _table(table: Table, ids: frozenset[str], under: str) -> str:
    """Return a table in a box of its own, which scrolls where the table is wider, by keyboard too.

    A table without a caption is named by the heading that it stands under, for those who do not see that it does.
    """
    shown = plain(table.caption)
    caption = f"<caption>{_inline(table.caption, ids)}</caption>\n" if shown else ""
    name = one_line(shortened(shown if shown.strip() else under, _LONGEST_NAME)) or "Tabell"
    named = "" if shown.strip() else f' aria-label="{name}"'
    first_sum = len(table.rows) - table.total_rows
    body = "".join(_row(row, table, ids) for row in table.rows[:first_sum])
    sums = "".join(_row(row, table, ids) for row in table.rows[first_sum:])
    # A group and not a region: twenty tables would make as many landmarks.
    return (
        f'<div class="wide" role="group" aria-label="{name}" tabindex="0">\n<table{named}>\n'
        f"{caption}<thead>\n{_row(table.header, table, ids, header=True)}</thead>\n"
        + (f"<tbody>\n{body}</tbody>\n" if body else "")
        + (f"<tfoot>\n{sums}</tfoot>\n" if sums else "")
        + "</table>\n</div>\n"
    )


def _row(row: tuple[Cell, ...], table: Table, ids: frozenset[str], *, header: bool = False) -> str:
    cells = []
    for column, cell in enumerate(row):
        # A heading without words would be announced before every cell below it.
        tag, scope = ("th", ' scope="col"') if header and plain(cell) else ("td", "")
        align = table.align[column] if column < len(table.align) else Align.LEFT
        mark = "" if align is Align.LEFT else f' class="{align.value}"'
        cells.append(f"<{tag}{scope}{mark}>{_inline(cell, ids)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _signature_line(line: SignatureLine, ids: frozenset[str]) -> str:
    return (
        f'<p class="line"><span class="value">{_inline(line.value, ids)}</span> '
        f'<span class="label">{_inline(line.label, ids)}</span></p>\n'
    )


def _inline(children: tuple[Inline, ...], ids: frozenset[str]) -> str:
    return "".join(_node(child, ids) for child in children)


def _node(child: Inline, ids: frozenset[str]) -> str:
    if isinstance(child, Text | Value):
        return _text(child.text)
    if isinstance(child, LineBreak):
        return "<br>"
    if isinstance(child, Placeholder):
        return f'<mark title="{one_line(child.help or child.label)}">{_text(child.shown)}</mark>'
    if isinstance(child, Emphasis):
        return f"<em>{_inline(child.children, ids)}</em>"
    if isinstance(child, Strong):
        return f"<strong>{_inline(child.children, ids)}</strong>"
    if isinstance(child, Remarked):
        return _inline(child.children, ids)
    if isinstance(child, Link):
        uri = address(child.href)
        if uri is None:
            return _inline(as_text(child), ids)
        return f'<a href="{escape(uri)}">{_inline(child.children, ids) or escape(child.href)}</a>'
    shown = _inline(child.children, ids) or escape(plain((child,)))
    return f'<a href="#{_html_id(child.target)}">{shown}</a>' if child.target in ids else shown


def _text(text: str) -> str:
    """Return *text* with its line breaks; tabs and runs of spaces are kept by a style."""
    shown = escape(text).replace("\n", "<br>")
    return f'<span class="exact">{shown}</span>' if "\t" in text or "  " in text else shown
