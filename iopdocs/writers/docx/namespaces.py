"""Namespaces and small WordprocessingML helpers shared by the DOCX modules."""

from __future__ import annotations

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATIONSHIP_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Elements that may precede w:numPr in w:pPr (ECMA-376 part 1, 17.3.1.26).
_BEFORE_NUMBERING = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")


def w(name: str) -> str:
    """Return *name* in the main namespace, in lxml's notation."""
    return f"{{{W}}}{name}"


def parse(data: bytes) -> etree._Element:
    """Parse an XML part without entities, comments and processing instructions, and without network access."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_blank_text=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def fragment(xml: str) -> etree._Element:
    """Parse one element that uses the prefixes ``w`` and ``r``."""
    return parse(f'<x xmlns:w="{W}" xmlns:r="{R}">{xml}</x>'.encode())[0]


def serialised(root: etree._Element) -> str:
    """Return a whole part as text, with its XML declaration."""
    return DECLARATION + etree.tostring(root, encoding="unicode")


def value_of(element: etree._Element | None) -> str:
    """Return the ``w:val`` of *element*, or an empty string if either is absent."""
    return "" if element is None else str(element.get(w("val"), ""))


def add_paragraph_properties(style: etree._Element) -> etree._Element:
    """Add a ``w:pPr`` to *style*, which has none, in the required order, and return it."""
    properties = etree.Element(w("pPr"))
    after = ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")
    style.insert(sum(1 for child in style if etree.QName(child).localname not in after), properties)
    return properties


def set_numbering(style: etree._Element, number: int, level: int) -> None:
    """Link the paragraph style *style* to *level* (0-based) of the list *number*."""
    properties = style.find(w("pPr"))
    if properties is None:
        properties = add_paragraph_properties(style)
    for old in properties.findall(w("numPr")):
        properties.remove(old)
    depth = f'<w:ilvl w:val="{level}"/>' if level else ""
    place = sum(1 for child in properties if etree.QName(child).localname in _BEFORE_NUMBERING)
    properties.insert(place, fragment(f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>'))


def remove(*elements: etree._Element) -> None:
    """Take each of *elements* out of its tree, where it is in one."""
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put the children of *element* in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        for child in reversed(list(element)):
            parent.insert(place, child)
        parent.remove(element)
