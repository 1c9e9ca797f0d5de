"""Reads a DOCX back as a reader sees it: paragraphs with their style, and tables, in order."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body(docx: bytes) -> etree._Element:
    """Return the body element of the main part."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        found = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    assert found is not None
    return found


def text_of(element: etree._Element) -> str:
    """Return the text of a paragraph: line breaks as LF, tabs as tabs."""
    parts = []
    for node in element.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}noBreakHyphen"):
        parent = node.getparent()
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag == f"{W}br":
            parts.append("\n")
        elif parent is not None and parent.tag == f"{W}r":
            parts.append("\t")
    return "".join(parts)


def paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """Return (style id, text) of every paragraph, those in tables and content controls included."""
    found = []
    for paragraph in body(docx).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found.append(("" if style is None else str(style.get(f"{W}val")), text_of(paragraph)))
    return found


def whole_text(docx: bytes) -> str:
    """Return all text, paragraphs joined by one blank line as plain texts are split at them."""
    return "\n\n".join(text for _style, text in paragraphs(docx))


def shape(docx: bytes) -> list[str]:
    """Return what a document is made of: styles of headings, lists and tables, with runs of body text as one."""
    found: list[str] = []
    for element in body(docx):
        if element.tag == f"{W}tbl":
            rows = [len(row.findall(f"{W}tc")) for row in element.iter(f"{W}tr")]
            mark = f"table {rows}"
        else:
            style = element.find(f".//{W}pPr/{W}pStyle")
            mark = "body" if style is None else str(style.get(f"{W}val"))
        if not found or found[-1] != mark or mark.startswith("table"):
            found.append(mark)
    return found
