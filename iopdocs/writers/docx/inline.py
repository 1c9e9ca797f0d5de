"""Inline nodes as runs of a Word paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from attrs import Factory, define

from iopdocs.document.link_addresses import address, as_text
from iopdocs.document.tree import (
    Comment,
    Commented,
    CrossReference,
    Document,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Placeholder,
    Strong,
    Text,
    Value,
)
from iopdocs.document.visibility import heading_numbers
from iopdocs.document.walk import plain
from iopdocs.document.xml_escape import escape, one_line
from iopdocs.writers.docx.namespaces import DECLARATION, W
from iopdocs.writers.docx.styles import StyleRole

_BREAKS = re.compile("([\n\t])")
_T = '<w:t xml:space="preserve">'
_BROKEN = {"\n": "<w:br/>", "\t": "<w:tab/>"}
# Word's maximum length of the title and the tag of a content control.
_LONGEST_TAG = 64
_LONGEST_BOOKMARK = 40


@define
class LinkTargets:
    """The bookmarks, links, comments and content control ids of a document being written."""

    bookmarks: Mapping[str, str]
    numbers: Mapping[str, str]
    styles: Mapping[StyleRole, str]
    taken_controls: frozenset[int]
    links: dict[str, str] = Factory(dict)
    comments: list[Comment] = Factory(list)
    last_control: int = 0

    def link(self, uri: str) -> str:
        """Return the id of the relationship to *uri*."""
        return self.links.setdefault(uri, f"rIdIopLink{len(self.links) + 1}")

    def control(self) -> int:
        """Return a unique id for a content control."""
        self.last_control += 1
        while self.last_control in self.taken_controls:
            self.last_control += 1
        return self.last_control


def targets_of(document: Document, styles: Mapping[StyleRole, str], taken_controls: frozenset[int]) -> LinkTargets:
    """Return the bookmark and number of every heading of *document*.

    A bookmark's name has at most 40 ASCII letters, digits and underscores. Word hides a bookmark that begins with an
    underscore.
    """
    numbers = heading_numbers(document)
    bookmarks: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in numbers:
        stem = name = "_iop_" + re.sub("[^A-Za-z0-9]+", "_", identifier)[: _LONGEST_BOOKMARK - 10]
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{stem}_{count}"
        taken.add(name.casefold())
        bookmarks[identifier] = name
    return LinkTargets(bookmarks, numbers, styles, taken_controls)


@lru_cache(maxsize=64)
def run_properties(style: str, bold: bool, italic: bool) -> str:
    """Return the ``w:rPr`` of a run, or an empty string if it has no properties."""
    inside = (f'<w:rStyle w:val="{style}"/>' if style else "") + "<w:b/><w:bCs/>" * bold + "<w:i/><w:iCs/>" * italic
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def run(text: str, properties: str) -> str:
    """Return *text* as one run, with its line breaks and tabs."""
    text = escape(text)
    if "\n" not in text and "\t" not in text:
        return f"<w:r>{properties}{_T}{text}</w:t></w:r>"
    inside = "".join(_BROKEN.get(part) or f"{_T}{part}</w:t>" for part in _BREAKS.split(text) if part)
    return f"<w:r>{properties}{inside}</w:r>"


def runs(
    children: tuple[Inline, ...], targets: LinkTargets, style: str = "", bold: bool = False, italic: bool = False
) -> str:
    """Return *children* as the content of a paragraph. *style* is the id of a character style."""
    out: list[str] = []
    text: list[str] = []
    properties = run_properties(style, bold, italic)
    for child in children:
        if isinstance(child, Text | Value):
            if child.text:
                text.append(child.text)
            continue
        if isinstance(child, LineBreak):
            text.append("\n")
            continue
        if text:
            out.append(run("".join(text), properties))
            text.clear()
        if isinstance(child, Strong):
            out.append(runs(child.children, targets, style, True, italic))
        elif isinstance(child, Emphasis):
            out.append(runs(child.children, targets, style, bold, True))
        elif isinstance(child, Placeholder):
            out.append(_placeholder(child, targets, bold, italic))
        elif isinstance(child, Commented):
            out.append(_commented(child, targets, style, bold, italic))
        elif isinstance(child, Link):
            out.append(_link(child, targets, style, bold, italic))
        elif isinstance(child, CrossReference):
            out.append(_reference(child, targets, style, bold, italic))
    if text:
        out.append(run("".join(text), properties))
    return "".join(out)


def _placeholder(child: Placeholder, targets: LinkTargets, bold: bool, italic: bool) -> str:
    """Return a content control that Word shows as a placeholder. Typed text replaces it, without its formatting."""
    content = run(child.shown, run_properties(targets.styles[StyleRole.PLACEHOLDER], bold, italic))
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{one_line(child.label[:_LONGEST_TAG])}"/>'
        f'<w:tag w:val="{one_line(child.path[:_LONGEST_TAG])}"/><w:id w:val="{targets.control()}"/>'
        f"<w:showingPlcHdr/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _commented(child: Commented, targets: LinkTargets, style: str, bold: bool, italic: bool) -> str:
    """Return text with Word comments (ECMA-376 part 1, 17.13.4)."""
    first = len(targets.comments)
    targets.comments += child.comments
    numbers = range(first, len(targets.comments))
    starts = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
    ends = "".join(
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>' for number in numbers
    )
    return f"{starts}{runs(child.children, targets, style, bold, italic)}{ends}"


def comments_xml(comments: Iterable[Comment]) -> str:
    """Return the comments part of a document (ECMA-376 part 1, 17.13.4.6). The comments have no dates."""
    parts = [f'{DECLARATION}<w:comments xmlns:w="{W}">']
    for number, comment in enumerate(comments):
        author = one_line(comment.author)
        parts.append(f'<w:comment w:id="{number}" w:author="{author}" w:initials="{author[:3]}">')
        parts += [f"<w:p>{run(text, '')}</w:p>" for text in comment.text]
        parts.append("</w:comment>")
    parts.append("</w:comments>")
    return "".join(parts)


def _link(child: Link, targets: LinkTargets, style: str, bold: bool, italic: bool) -> str:
    uri = address(child.href)
    if uri is None:
        return runs(as_text(child), targets, style, bold, italic)
    shown = child.children if plain(child.children) else (Text(child.href),)
    inside = runs(shown, targets, targets.styles[StyleRole.LINK], bold, italic)
    return f'<w:hyperlink r:id="{targets.link(uri)}" w:history="1">{inside}</w:hyperlink>'


def _reference(child: CrossReference, targets: LinkTargets, style: str, bold: bool, italic: bool) -> str:
    """Return a reference: a field if it prints the heading's number as Word counts it, else a link to the heading."""
    properties = run_properties(style, bold, italic)
    bookmark = targets.bookmarks.get(child.target)
    if bookmark is None:
        return runs(child.children, targets, style, bold, italic) or run(plain((child,)), properties)
    if child.children or not child.number or child.number != targets.numbers[child.target]:
        inside = runs(child.children, targets, style, bold, italic) or run(plain((child,)), properties)
        return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{inside}</w:hyperlink>'
    prefix = run(f"{child.prefix}\u00a0", properties) if child.prefix else ""
    return prefix + field(f"REF {bookmark} \\r \\h", child.number, properties)


def field(instruction: str, shown: str, properties: str = "") -> str:
    """Return a complex field with its cached result *shown* (ECMA-376 part 1, 17.16.18)."""
    return f"{field_start(instruction, properties)}{run(shown, properties)}{_field_char('end', properties)}"


def field_start(instruction: str, properties: str = "") -> str:
    """Return the XML before the cached result of a complex field. :data:`FIELD_END` follows the result."""
    code = f'<w:r>{properties}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{_field_char('begin', properties)}{code}{_field_char('separate', properties)}"


def _field_char(kind: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>'


FIELD_END = _field_char("end")
"""The XML after the cached result of a field."""
