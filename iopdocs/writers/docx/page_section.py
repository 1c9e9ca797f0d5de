"""The page setup of a reference document: its last section, with headers and footers inherited from earlier ones."""

from __future__ import annotations

import copy
from collections.abc import Container

from lxml import etree

from iopdocs.writers.docx.namespaces import R, fragment, w

_DEFAULT = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1588" w:right="1701" w:bottom="1418" w:left="1701" '
    'w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)
_REFERENCES = (w("headerReference"), w("footerReference"))
# Printer settings apply to one computer, a tracked change is part of the template's history, and a table of payments does
# not fit in a narrow text column.
_LEFT_OUT = ("printerSettings", "sectPrChange", "cols")
_A4_WIDTH, _LEAST_WIDTH = 11906, 2000


def section_of(body: etree._Element | None, relationships: Container[str]) -> etree._Element:
    """Return the ``w:sectPr`` of documents made from a template with the body *body*.

    A section without a header inherits the header of the section before (ECMA-376 part 1, 17.10.2). *relationships* are
    the relationship ids of the template. A header with another id is omitted.
    """
    sections = [] if body is None else list(body.iter(w("sectPr")))
    if body is None or not sections or sections[-1].getparent() is not body:
        # A body may end without section properties; those inside it belong to earlier pages.
        sections.append(fragment(_DEFAULT))
    section = copy.deepcopy(sections[-1])
    for earlier in reversed(sections[:-1]):
        known = {_slot(element) for element in section if element.tag in _REFERENCES}
        for reference in earlier:
            if reference.tag in _REFERENCES and _slot(reference) not in known:
                section.insert(len(known), copy.deepcopy(reference))
                known.add(_slot(reference))
    for reference in [element for element in section if element.tag in _REFERENCES]:
        if reference.get(f"{{{R}}}id") not in relationships:
            section.remove(reference)
    for tag in _LEFT_OUT:
        for element in section.findall(w(tag)):
            section.remove(element)
    etree.cleanup_namespaces(section)
    return section


def headers_of(section: etree._Element) -> dict[str, tuple[str, str]]:
    """Return each header and footer of *section* by relationship id, as (kind, pages): (``header``, ``first``)."""
    headers = {}
    for reference in section:
        if reference.tag in _REFERENCES:
            kind, pages = _slot(reference)
            headers[str(reference.get(f"{{{R}}}id", ""))] = (kind, pages)
    return headers


def _slot(reference: etree._Element) -> tuple[str, str]:
    kind = etree.QName(reference).localname.removesuffix("Reference")
    return kind, str(reference.get(w("type"), "default"))


def page_size(section: etree._Element) -> tuple[int, int]:
    """Return the width and height of the page, in twentieths of a point."""
    size = section.find(w("pgSz"))
    return (_A4_WIDTH, 16838) if size is None else (_length(size, "w", _A4_WIDTH), _length(size, "h", 16838))


def margin(section: etree._Element, side: str) -> int:
    """Return the margin at *side* (``left``, ``gutter``), in twentieths of a point."""
    margins = section.find(w("pgMar"))
    return 0 if margins is None else _length(margins, side, 0)


def text_width(section: etree._Element) -> int:
    """Return the width of the text, in twentieths of a point."""
    taken = sum(margin(section, side) for side in ("left", "right", "gutter"))
    return max(page_size(section)[0] - taken, _LEAST_WIDTH)


def _length(element: etree._Element, name: str, otherwise: int) -> int:
    return int(float(element.get(w(name), str(otherwise))))
