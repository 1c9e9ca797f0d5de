"""The HTML writer: one self-contained, accessible page with the same numbers as the other outputs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from attrs import frozen

from iopdocs.document.link_addresses import address, as_text
from iopdocs.document.tree import (
    Align,
    Block,
    Cell,
    Commented,
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
    Section,
    SectionKind,
    SignatureBlock,
    SignatureLine,
    Strong,
    Table,
    Text,
    Value,
)
from iopdocs.document.visibility import heading_numbers, is_empty, items_of, shortened, status_of
from iopdocs.document.walk import plain
from iopdocs.document.xml_escape import escape, one_line
from iopdocs.writers.html_style import STYLE

_DIGEST = re.compile(r'<meta name="iopdocs-digest" content="([0-9a-f]*)">')
_NO_DIGEST = '<meta name="iopdocs-digest" content="">'
# The page fetches nothing and runs nothing, whatever is in it; its look is inside it.
_POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">"""
# No heading has such an id, since heading ids are made from words.
MAIN = "_innehall"
"""The id of the element that contains the document."""
# A document with at least so many sections gets links to them.
_MANY_SECTIONS = 5
_LONGEST_NAME = 200
_CLASSES = {ParagraphStyle.SUBTITLE: "subtitle", ParagraphStyle.NOTE: "note", ParagraphStyle.PLACEHOLDER: "open"}


@frozen
class BlockMarkup:
    """Extra HTML for a block: *before* precedes it, *attributes* are added to its start tag."""

    before: str = ""
    attributes: str = ""


Marking = Callable[[Block | Section], BlockMarkup]
"""Returns the extra HTML for a block, or for the heading of a section. It is called once for each, in reading order."""


def _unmarked(_block: Block | Section) -> BlockMarkup:
    return BlockMarkup()


@frozen
class _Page:
    """The *ids* of the headings, so that every link has a target, and the *marking* of the blocks."""

    ids: frozenset[str]
    marking: Marking


def write_html(document: Document) -> str:
    """Return *document* as a self-contained HTML page. Equal trees give equal text."""
    properties = document.properties
    title = properties.title or plain(document.title) or "Avtal"
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(properties.language.partition("-")[0])}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{_POLICY}\n<title>{one_line(title)}</title>\n{_NO_DIGEST}\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#{MAIN}">Hoppa till innehållet</a>\n',
        html_contents(document),
        f'<main id="{MAIN}" tabindex="-1">\n{html_body(document)}</main>\n</body>\n</html>\n',
    ]
    page = "".join(parts)
    return page.replace(_NO_DIGEST, _NO_DIGEST.replace('""', f'"{_digest(page)}"'), 1)


def html_body(document: Document, marking: Marking = _unmarked) -> str:
    """Return *document* from its title to its last section, as the content of ``<main>``.

    *marking* returns extra HTML for each block, such as its origin. The HTML must be safe.
    """
    page = _Page(frozenset(heading_numbers(document)), marking)
    parts = [_title_block(document, page)]
    if document.cover:
        parts += ['<div class="cover">\n', *(_section(section, page) for section in document.cover), "</div>\n"]
    parts.extend(_section(section, page) for section in document.sections)
    return "".join(parts)


def _digest(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is an unedited page from iopdocs."""
    try:
        page = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    match = _DIGEST.search(page)
    return match is not None and _digest(page.replace(match[0], _NO_DIGEST, 1)) == match[1]


def _title_block(document: Document, page: _Page) -> str:
    """Return the part before the first section: the mark of a draft, the title, the front and the diarienummer."""
    status = status_of(document.properties)
    parts = [f'<p class="status">{escape(status)}</p>\n' if status else ""]
    if plain(document.title):
        parts.append(f"<h1>{_inline(document.title, page)}</h1>\n")
    # A page has no header for the diarienummer, so it is shown here unless the title block shows it.
    front = " ".join(plain(block.children) for block in document.front if isinstance(block, Paragraph))
    cases = document.properties.case_numbers
    numbers = ", ".join(number for number in cases if number.strip() and number not in front)
    if numbers:
        parts.append(f'<p class="case-number">Diarienummer: {one_line(numbers)}</p>\n')
    parts.append(_blocks(document.front, page, plain(document.title)))
    written = "".join(parts)
    return f"<header>\n{written}</header>\n" if written else ""


def html_contents(document: Document) -> str:
    """Return collapsed links to the sections of a long document, or nothing for a short one."""
    if len(document.sections) < _MANY_SECTIONS:
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


def _section(section: Section, page: _Page) -> str:
    """Return a section. An appendix starts on a new page in print."""
    kind = ' class="page-break"' if section.kind is SectionKind.APPENDIX else ""
    number = "" if section.kind is SectionKind.UNNUMBERED else section.number
    markup = page.marking(section)
    heading = markup.before + _heading("h2", section.id, number, section.heading, page, markup.attributes)
    return f"<section{kind}>\n{heading}{_blocks(section.blocks, page, plain(section.heading))}</section>\n"


def _heading(tag: str, identifier: str, number: str, children: tuple[Inline, ...], page: _Page, attributes: str) -> str:
    shown = f'<span class="number">{escape(number)}</span> ' if number else ""
    return f'<{tag} id="{_html_id(identifier)}"{attributes}>{shown}{_inline(children, page)}</{tag}>\n'


def _html_id(identifier: str) -> str:
    return escape(re.sub(r"\s+", "-", identifier))


def _blocks(blocks: tuple[Block, ...], page: _Page, under: str) -> str:
    """Return *blocks*. *under* is the text of the heading above them."""
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
        markup = page.marking(block)
        written = markup.before + _block(block, page, under, markup.attributes)
        out.append(f'<div class="page-break">\n{written}</div>\n' if break_page else written)
        break_page = False
    return "".join(out)


def _block(block: Block, page: _Page, under: str, attributes: str) -> str:
    if isinstance(block, Paragraph):
        kind = _CLASSES.get(block.style)
        mark = f' class="{kind}"' if kind else ""
        return f"<p{mark}{attributes}>{_inline(block.children, page)}</p>\n"
    if isinstance(block, Heading):
        tag = f"h{min(max(block.level, 2), 5) + 1}"
        return _heading(tag, block.id, block.number, block.children, page, attributes)
    if isinstance(block, ListBlock):
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}{attributes}>\n{''.join(_item(item, page, under) for item in items_of(block))}</{tag}>\n"
    if isinstance(block, Table):
        return _table(block, page, under, attributes)
    if isinstance(block, SignatureBlock):
        lines = "".join(_signature_line(line, page) for line in block.lines)
        return f'<div class="signature"{attributes}>\n{_blocks(block.intro, page, under)}{lines}</div>\n'
    return ""


def _item(item: tuple[Block, ...], page: _Page, under: str) -> str:
    first = item[0]
    if isinstance(first, Paragraph) and first.style is ParagraphStyle.BODY:
        markup = page.marking(first)
        rest = f"\n{_blocks(item[1:], page, under)}" if item[1:] else ""
        return f"<li{markup.attributes}>{markup.before}{_inline(first.children, page)}{rest}</li>\n"
    return f"<li>{_blocks(item, page, under)}</li>\n"


def _table(table: Table, page: _Page, under: str, attributes: str) -> str:
    """Return a table in a box that scrolls if the table is wider, by keyboard too.

    A table without a caption gets the heading above it as its accessible name.
    """
    shown = plain(table.caption)
    caption = f"<caption>{_inline(table.caption, page)}</caption>\n" if shown else ""
    name = one_line(shortened(shown if shown.strip() else under, _LONGEST_NAME)) or "Tabell"
    named = "" if shown.strip() else f' aria-label="{name}"'
    first_sum = len(table.rows) - table.total_rows
    body = "".join(_row(row, table, page) for row in table.rows[:first_sum])
    sums = "".join(_row(row, table, page) for row in table.rows[first_sum:])
    # A group, not a region: twenty tables would give twenty landmarks.
    return (
        f'<div class="wide"{attributes} role="group" aria-label="{name}" tabindex="0">\n<table{named}>\n'
        f"{caption}<thead>\n{_row(table.header, table, page, header=True)}</thead>\n"
        + (f"<tbody>\n{body}</tbody>\n" if body else "")
        + (f"<tfoot>\n{sums}</tfoot>\n" if sums else "")
        + "</table>\n</div>\n"
    )


def _row(row: tuple[Cell, ...], table: Table, page: _Page, *, header: bool = False) -> str:
    cells = []
    for column, cell in enumerate(row):
        # An empty header cell would be announced before every cell below it.
        tag, scope = ("th", ' scope="col"') if header and plain(cell) else ("td", "")
        align = table.align[column] if column < len(table.align) else Align.LEFT
        mark = "" if align is Align.LEFT else f' class="{align.value}"'
        cells.append(f"<{tag}{scope}{mark}>{_inline(cell, page)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _signature_line(line: SignatureLine, page: _Page) -> str:
    return (
        f'<p class="line"><span class="value">{_inline(line.value, page)}</span> '
        f'<span class="label">{_inline(line.label, page)}</span></p>\n'
    )


def _inline(children: tuple[Inline, ...], page: _Page) -> str:
    return "".join(_node(child, page) for child in children)


def _node(child: Inline, page: _Page) -> str:
    if isinstance(child, Text | Value):
        return _text(child.text)
    if isinstance(child, LineBreak):
        return "<br>"
    if isinstance(child, Placeholder):
        return f'<mark title="{one_line(child.help or child.label)}">{_text(child.shown)}</mark>'
    if isinstance(child, Emphasis):
        return f"<em>{_inline(child.children, page)}</em>"
    if isinstance(child, Strong):
        return f"<strong>{_inline(child.children, page)}</strong>"
    if isinstance(child, Commented):
        return _inline(child.children, page)
    if isinstance(child, Link):
        uri = address(child.href)
        if uri is None:
            return _inline(as_text(child), page)
        return f'<a href="{escape(uri)}">{_inline(child.children, page) or escape(child.href)}</a>'
    shown = _inline(child.children, page) or escape(plain((child,)))
    return f'<a href="#{_html_id(child.target)}">{shown}</a>' if child.target in page.ids else shown


def _text(text: str) -> str:
    """Return *text* with its line breaks. A style preserves tabs and runs of spaces."""
    shown = escape(text).replace("\n", "<br>")
    return f'<span class="exact">{shown}</span>' if "\t" in text or "  " in text else shown
