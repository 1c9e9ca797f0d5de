"""The body of a Word document, built as text in one pass, since rendering spends most of its time here."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, define, frozen

from iopdocs.document.column_widths import column_widths
from iopdocs.document.tree import (
    Align,
    Block,
    Document,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Section,
    SectionKind,
    SignatureBlock,
    SignatureLine,
    Table,
    Text,
)
from iopdocs.document.visibility import CONTENTS, contents_of, is_empty, items_of, status_of
from iopdocs.document.walk import plain
from iopdocs.document.xml_escape import one_line
from iopdocs.writers.docx.inline import FIELD_END, LinkTargets, field_start, run_properties, runs
from iopdocs.writers.docx.numbering import INDENT, NumberedList, concrete_list
from iopdocs.writers.docx.prepared_template import Lists
from iopdocs.writers.docx.styles import HEADINGS, StyleRole

_PARAGRAPH_ROLES = {
    ParagraphStyle.BODY: StyleRole.BODY,
    ParagraphStyle.SUBTITLE: StyleRole.SUBTITLE,
    ParagraphStyle.NOTE: StyleRole.NOTE,
    ParagraphStyle.PLACEHOLDER: StyleRole.OPEN,
}
_MAX_LEVEL = 8
# Space above what follows a table or a list, and above a signature block, in twentieths of a point.
_AFTER_TABLE, _AFTER_LIST, _BETWEEN_SIGNATURES = 160, 110, 360
# An appendix with at most so many paragraphs continues on the same page, with this space above.
_SHORT_APPENDIX, _SPACE_ABOVE_SHORT_APPENDIX = 2, 360
# Headings and captions have their own space above.
_OWN_SPACE_ABOVE = frozenset((*HEADINGS, StyleRole.APPENDIX, StyleRole.CAPTION, StyleRole.SIGNATURE, StyleRole.TITLE))
# A table with at most so many rows is kept on one page.
_SHORT_TABLE = 8
# At most so many signature blocks are kept on one page with their heading.
_FEW_SIGNATURES = 3
_BORDER_ABOVE = '<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="14405F"/></w:tcBorders>'


@frozen
class ListMark:
    """The mark of a list item: the role of its first paragraph and its ``w:numPr``."""

    role: StyleRole
    numbering: str


@define
class Body:
    """A body being written: the output so far, and the state that affects the next paragraph."""

    targets: LinkTargets
    styles: Mapping[StyleRole, str]
    lists: Lists
    text_width: int
    out: list[str] = Factory(list)
    new_lists: list[str] = Factory(list)
    bookmarks: int = 0
    page_break: bool = False
    after_table: bool = False
    space_above: int = 0
    keep: bool = False
    appendix: bool = False
    heading: str = ""


def write_body(document: Document, body: Body) -> None:
    """Write all of *document* into *body*."""
    status = status_of(document.properties)
    if document.cover:
        _status(body, status)
        for section in document.cover:
            _section_heading(body, section)
            _blocks(body, section.blocks)
        body.page_break, body.space_above = True, 0
    _status(body, status)
    if plain(document.title):
        _paragraph(body, StyleRole.TITLE, runs(document.title, body.targets))
    _blocks(body, document.front)
    if document.contents:
        _contents(body, document)
    for section in document.sections:
        body.appendix = section.kind is SectionKind.APPENDIX
        _section(body, section)
    if body.after_table or not body.out:
        # The format requires a paragraph after the last table, and at least one paragraph.
        _paragraph(body, StyleRole.TABLE_TEXT, "")


def _section(body: Body, section: Section) -> None:
    """Write a section. A few signature blocks are kept on one page, so that nobody signs an otherwise empty page."""
    signed = [place for place, block in enumerate(section.blocks) if isinstance(block, SignatureBlock)]
    together = 0 < len(signed) <= _FEW_SIGNATURES
    last = signed[-1] if together else 0
    body.keep = together
    _section_heading(body, section)
    _blocks(body, section.blocks[:last])
    body.keep = False
    _blocks(body, section.blocks[last:])


def _contents(body: Body, document: Document) -> None:
    """Write a table of contents, with entries as links without page numbers (ECMA-376 part 1, 17.16.5.68).

    It is a field, so that Word can update it on request. Word does not ask to update it when the document is opened.
    """
    entries = contents_of(document)
    if not entries:
        return
    _paragraph(body, StyleRole.CONTENTS_HEADING, runs((Text(CONTENTS),), body.targets), keep_next=True)
    for place, (identifier, number, heading) in enumerate(entries):
        shown = runs((Text(f"{number}\t"), *heading) if number else heading, body.targets)
        link = f'<w:hyperlink w:anchor="{body.targets.bookmarks[identifier]}" w:history="1">{shown}</w:hyperlink>'
        start = field_start('TOC \\o "1-1" \\n \\h \\z') if place == 0 else ""
        end = FIELD_END if place == len(entries) - 1 else ""
        _paragraph(body, StyleRole.CONTENTS, start + link + end)


def _status(body: Body, status: str) -> None:
    if status:
        _paragraph(body, StyleRole.STATUS, runs((Text(status),), body.targets), keep_next=True)


def _paragraph(
    body: Body,
    role: StyleRole,
    content: str,
    *,
    keep_next: bool = False,
    numbering: str = "",
    layout: str = "",
    no_break: bool = False,
) -> None:
    """Write a paragraph. *layout* is the end of its ``w:pPr``; *no_break* overrides the page break of a style."""
    style = body.styles.get(role)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if keep_next or body.keep:
        properties += "<w:keepNext/>"
    if body.keep:
        properties += "<w:keepLines/>"
    if body.page_break:
        properties += "<w:pageBreakBefore/>"
        body.page_break = False
    elif no_break:
        properties += '<w:pageBreakBefore w:val="0"/>'
    properties += numbering
    if body.space_above and role not in _OWN_SPACE_ABOVE:
        properties += f'<w:spacing w:before="{body.space_above}"/>'
    body.space_above = 0
    body.after_table = False
    properties += layout
    body.out.append(f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>")


def _section_heading(body: Body, section: Section) -> None:
    role = StyleRole.APPENDIX if section.kind is SectionKind.APPENDIX else StyleRole.HEADING_1
    numbered = section.number and section.kind is not SectionKind.UNNUMBERED
    short = role is StyleRole.APPENDIX and _is_short(section)
    numbering = "" if numbered else _no_number(body)
    space = _SPACE_ABOVE_SHORT_APPENDIX if short else 0
    _heading(body, role, section.heading, section.id, numbering, no_break=short, space=space)


def _is_short(section: Section) -> bool:
    """Return whether an appendix only names a separate document, which needs no page."""
    return len(section.blocks) <= _SHORT_APPENDIX and all(isinstance(block, Paragraph) for block in section.blocks)


def _heading(
    body: Body,
    role: StyleRole,
    children: tuple[Inline, ...],
    identifier: str,
    numbering: str,
    *,
    no_break: bool = False,
    space: int = 0,
) -> None:
    body.heading = plain(children)
    content = runs(children, body.targets)
    name = body.targets.bookmarks.get(identifier)
    if name is not None:
        body.bookmarks += 1
        start = f'<w:bookmarkStart w:id="{body.bookmarks}" w:name="{name}"/>'
        content = f'{start}{content}<w:bookmarkEnd w:id="{body.bookmarks}"/>'
    layout = f'<w:spacing w:before="{space}"/>' if space else ""
    _paragraph(body, role, content, numbering=numbering, no_break=no_break, layout=layout)


def _no_number(body: Body) -> str:
    """Return the ``w:numPr`` of an unnumbered heading: a separate list, whose numbers print nothing.

    The standard way, list 0 (17.9.18), is reported by openxml-audit as a reference to a missing list.
    """
    return _number_properties(body.lists.numbers[NumberedList.UNNUMBERED], 0)


def _number_properties(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _blocks(body: Body, blocks: tuple[Block, ...], level: int = -1, mark: ListMark | None = None) -> None:
    """Write *blocks*. Inside a list, *level* is its depth and *mark* applies to the first paragraph of an item."""
    for index, block in enumerate(blocks):
        if isinstance(block, PageBreak):
            body.page_break = True
        elif is_empty(block):
            continue
        elif isinstance(block, Paragraph):
            content = runs(block.children, body.targets)
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            leads = _leads_to(following, block, after_heading=index == 0 or isinstance(blocks[index - 1], Heading))
            if mark is not None:
                _paragraph(body, mark.role, content, keep_next=leads, numbering=mark.numbering)
                mark = None
            elif level < 0:
                _paragraph(body, _PARAGRAPH_ROLES[block.style], content, keep_next=leads)
            else:
                indent = f'<w:ind w:left="{INDENT * (min(level, _MAX_LEVEL) + 1)}" w:firstLine="0"/>'
                _paragraph(body, StyleRole.CONTINUE, content, keep_next=leads, layout=indent)
        elif isinstance(block, Heading):
            _inner_heading(body, block)
        elif isinstance(block, ListBlock):
            _list(body, block, level + 1)
        elif isinstance(block, Table):
            _table(body, block)
        else:
            _signature(body, block)


def _leads_to(following: Block | None, block: Paragraph, *, after_heading: bool) -> bool:
    """Return whether *block* is kept on the same page as the block that follows.

    It is not directly below a heading: LibreOffice 7.4 may leave the heading behind when it moves such a chain.
    """
    if isinstance(following, SignatureBlock):
        return True
    return isinstance(following, ListBlock | Table) and not after_heading and plain(block.children).endswith(":")


def _inner_heading(body: Body, block: Heading) -> None:
    level = min(max(block.level, 2), len(HEADINGS))
    numbering = ""
    if not block.number:
        numbering = _no_number(body)
    elif body.appendix:
        numbering = _number_properties(body.lists.numbers[NumberedList.APPENDICES], level - 1)
    _heading(body, HEADINGS[level - 1], block.children, block.id, numbering)


def _list(body: Body, block: ListBlock, level: int) -> None:
    depth = min(level, _MAX_LEVEL)
    if block.ordered:
        number = body.lists.next_number + len(body.new_lists)
        body.new_lists.append(concrete_list(number, body.lists.ordered_abstract, depth))
        mark = ListMark(StyleRole.NUMBER, _number_properties(number, depth))
    else:
        mark = ListMark(StyleRole.BULLET, _number_properties(body.lists.numbers[NumberedList.BULLETS], depth))
    items = items_of(block)
    before = body.keep
    for count, item in enumerate(items, 1):
        # The last item of a long list is never alone on a page.
        body.keep = before or (level == 0 and count == len(items) - 1 and count > 1)
        _blocks(body, item, level, mark)
    body.keep = before
    if level == 0:
        body.space_above = max(body.space_above, _AFTER_LIST)


def _table(body: Body, table: Table) -> None:
    caption = plain(table.caption)
    if caption:
        _paragraph(body, StyleRole.CAPTION, runs(table.caption, body.targets), keep_next=True)
    elif body.after_table:
        # Word joins two adjacent tables into one.
        _paragraph(body, StyleRole.TABLE_TEXT, "")
    widths = column_widths(table, body.text_width)
    # A table directly below its heading has no visible caption; for screen readers its name is the heading.
    name = caption or body.heading
    described = f'<w:tblCaption w:val="{one_line(name)}"/>' if name.strip() else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body.out.append(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{body.styles[StyleRole.TABLE]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{described}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
    _row(body, table, table.header, widths, StyleRole.TABLE_HEADING, "<w:tblHeader/>", "", bool(table.rows))
    first_sum = len(table.rows) - table.total_rows
    for index, row in enumerate(table.rows):
        is_sum = index >= first_sum
        # A short table is kept whole, and neither a sum nor a last row is alone on a page.
        left = len(table.rows) - index - 1
        keep = left > 0 and (len(table.rows) <= _SHORT_TABLE or left == 1 or index + 1 >= first_sum)
        role, border = (
            (StyleRole.TABLE_SUM, _BORDER_ABOVE * (index == first_sum)) if is_sum else (StyleRole.TABLE_TEXT, "")
        )
        _row(body, table, row, widths, role, "", border, keep)
    body.out.append("</w:tbl>")
    body.after_table, body.space_above = True, _AFTER_TABLE


def _row(
    body: Body,
    table: Table,
    row: tuple[tuple[Inline, ...], ...],
    widths: list[int],
    role: StyleRole,
    header: str,
    border: str,
    keep: bool,
) -> None:
    body.space_above = 0
    body.out.append(f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>")
    for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
        align = table.align[column] if column < len(table.align) else Align.LEFT
        layout = "" if align is Align.LEFT else f'<w:jc w:val="{align.value}"/>'
        body.out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}</w:tcPr>')
        _paragraph(body, role, runs(cell, body.targets), keep_next=keep, layout=layout)
        body.out.append("</w:tc>")
    body.out.append("</w:tr>")


def _signature(body: Body, block: SignatureBlock) -> None:
    """Write the signature block of one party. Each paragraph but the last is kept with the next."""
    before = body.keep
    body.keep = True
    body.space_above = _BETWEEN_SIGNATURES
    intro = block.intro
    if intro and isinstance(intro[0], Heading):
        first, intro = intro[0], intro[1:]
        _heading(body, StyleRole.HEADING_2, first.children, first.id, _no_number(body), space=_BETWEEN_SIGNATURES)
    _blocks(body, intro)
    for count, line in enumerate(block.lines, 1):
        body.keep = before or count < len(block.lines)
        _signature_line(body, line)
    body.keep = before


def _signature_line(body: Body, line: SignatureLine) -> None:
    """Write a signature line: the value filled in, an underlined tab that draws the line, and the label below."""
    value = runs(line.value, body.targets, body.styles[StyleRole.SIGNATURE_VALUE])
    rule = (
        f"<w:r>{run_properties(body.styles[StyleRole.SIGNATURE_VALUE], False, False)}<w:tab/></w:r><w:r><w:br/></w:r>"
    )
    label = runs(line.label, body.targets, body.styles[StyleRole.SIGNATURE_LABEL])
    _paragraph(body, StyleRole.SIGNATURE, value + rule + label)
