"""Reads a DOCX back as a reader sees it: paragraphs with their style, and what the document is made of."""

from __future__ import annotations

from lxml import etree

from tests.helpers.docx_checks import main_part, text_of, w


def _style(element: etree._Element) -> str:
    style = element.find(f".//{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val")))


def styled_paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """Return (style id, text) of every paragraph, those in tables and content controls included."""
    return [(_style(paragraph), text_of(paragraph)) for paragraph in main_part(docx).iter(w("p"))]


def whole_text(docx: bytes) -> str:
    """Return all text, paragraphs joined by one blank line as plain texts are split at them."""
    return "\n\n".join(text for _style_id, text in styled_paragraphs(docx))


def shape(docx: bytes) -> list[str]:
    """Return what a document is made of: styles of headings, lists and tables, with runs of body text as one."""
    found: list[str] = []
    for element in main_part(docx).iterfind(f"{w('body')}/*"):
        if element.tag == w("tbl"):
            mark = f"table {[len(row.findall(w('tc'))) for row in element.iter(w('tr'))]}"
        else:
            mark = _style(element) or "body"
        if not found or found[-1] != mark or mark.startswith("table"):
            found.append(mark)
    return found
