"""Headers and footers of a Word template, and the parts of it that no agreement gets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen
from lxml import etree

from iopdocs.writers.docx.headers_footers import Control, HeaderField, prepare_header
from iopdocs.writers.docx.namespaces import RELATIONSHIP_TYPES, parse, value_of, w
from iopdocs.writers.docx.page_section import headers_of

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_VML = "{urn:schemas-microsoft-com:vml}"
_KINDS = {"header": "sidhuvud", "footer": "sidfot"}
_PAGES = {"first": "första sidan", "default": "övriga sidor", "even": "jämna sidor", "all": "alla sidor"}
_PART_KINDS = {
    "comments": "kommentarer",
    "vbaProject": "makron",
    "glossaryDocument": "byggblock",
    "attachedToolbars": "egna menyer",
    "keyMapCustomizations": "egna kortkommandon",
    "origin": "digital signatur",
    "custom-properties": "egna dokumentegenskaper",
    "customXml": "egna data (customXml)",
}
_SETTINGS = {
    "documentProtection": "skydd mot redigering",
    "writeProtection": "skydd mot att spara",
    "attachedTemplate": "koppling till en annan mall",
    "mailMerge": "koppling till utskick",
    "trackRevisions": "spårning av ändringar",
}


@frozen
class Picture:
    """A picture in a header: the *text* for those who do not see it, whether it is *decorative*, and whether it floats."""

    name: str
    text: str
    decorative: bool
    floats: bool


@frozen
class HeaderReport:
    """A header or footer: *filled* are the fields that iopdocs fills in, *fields* those that Word counts."""

    kind: str
    pages: str
    text: str
    filled: tuple[str, ...]
    other_controls: tuple[str, ...]
    fields: tuple[str, ...]
    pictures: tuple[Picture, ...]


def header_report(blob: bytes, kind: str, pages: str) -> HeaderReport:
    """Return the contents of the header or footer *blob*; *kind* and *pages* as in the section's reference, or ``all``."""
    root = parse(blob)
    marks = root.iter(w("p"), w("t"), w("tab"))
    text = " ".join("".join(one.text or "" if one.tag == w("t") else " " for one in marks).split())
    pictures = tuple(_pictures(root))
    fields = tuple(dict.fromkeys(" ".join(code.split()) for code in _codes(root) if code.strip()))
    pieces = prepare_header(root, set()) or ()
    filled = tuple(dict.fromkeys(one.which.value for one in pieces if isinstance(one, Control)))
    ours = {field.value for field in HeaderField}
    titles = [value_of(control.find(f"{w('sdtPr')}/{w('alias')}")).strip() for control in root.iter(w("sdt"))]
    others = tuple(dict.fromkeys(title for title in titles if title and title.casefold() not in ours))
    return HeaderReport(_KINDS.get(kind, kind), _PAGES.get(pages, pages), text, filled, others, fields, pictures)


def _codes(root: etree._Element) -> Iterator[str]:
    """Yield the instruction of each field; Word may spread one over several runs."""
    for simple in root.iter(w("fldSimple")):
        yield str(simple.get(w("instr"), ""))
    code: list[str] = []
    for node in root.iter(w("fldChar"), w("instrText")):
        if node.tag == w("instrText"):
            code.append(node.text or "")
        elif code:
            yield "".join(code)
            code = []


def _pictures(root: etree._Element) -> Iterator[Picture]:
    for properties in root.iter(f"{_WP}docPr"):
        parent = properties.getparent()
        yield Picture(
            str(properties.get("name", "")),
            str(properties.get("descr", "")).strip(),
            any(one.get("val") in ("1", "true") for one in properties.iter(_DECORATIVE)),
            parent is not None and parent.tag == f"{_WP}anchor",
        )
    for shape in root.iter(f"{_VML}shape", f"{_VML}rect"):
        if next(shape.iter(f"{_VML}imagedata"), None) is not None:
            floats = "position:absolute" in str(shape.get("style", "")).replace(" ", "")
            yield Picture(str(shape.get("id", "")), str(shape.get("alt", "")).strip(), False, floats)


def left_out(main: Any, body: etree._Element | None, section: etree._Element) -> tuple[str, ...]:
    """Return in words the parts of the template that no agreement gets."""
    found: list[str] = []
    paragraphs = [] if body is None else [one for one in body.iter(w("p")) if any(t.text for t in one.iter(w("t")))]
    tables = [] if body is None else list(body.iter(w("tbl")))
    if paragraphs or tables:
        counts = [
            count.format(n=number)
            for number, count in ((len(paragraphs), "stycken: {n}"), (len(tables), "tabeller: {n}"))
            if number
        ]
        found.append("mallens egen text ({counts})".format(counts=", ".join(counts)))
    sections = [] if body is None else list(body.iter(w("sectPr")))
    if len(sections) > 1:
        found.append(f"andra avsnitt än det sista ({len(sections) - 1})")
    columns = None if not sections else sections[-1].find(w("cols"))
    if columns is not None and columns.get(w("num"), "1") not in ("", "1"):
        found.append("spalter: avtalet skrivs i en spalt")
    unused = [
        rel.rId
        for rel in main.rels.values()
        if rel.reltype.rpartition("/")[2] in _KINDS and rel.rId not in headers_of(section)
    ]
    if unused:
        found.append(f"sidhuvuden och sidfötter som hör till andra avsnitt ({len(unused)})")
    kinds = {rel.reltype.rpartition("/")[2] for rel in (*main.rels.values(), *main.package.rels.values())}
    found += [words for kind, words in _PART_KINDS.items() if kind in kinds]
    settings = next(
        (rel.target_part for rel in main.rels.values() if rel.reltype == RELATIONSHIP_TYPES + "settings"), None
    )
    if settings is not None:
        root = parse(settings.blob)
        found += [words for tag, words in _SETTINGS.items() if root.find(w(tag)) is not None]
    return tuple(found)
