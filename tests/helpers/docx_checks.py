"""Checks on a finished DOCX that no schema can express: what refers to something finds it, and nothing stands twice.

`faults` takes any Word file; `paragraphs` reads its text back with line breaks and tabs. `audit` is openxml-audit.
"""

from __future__ import annotations

import posixpath
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DS = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ALIGNMENTS = {"left", "right", "center", "both", "start", "end"}
REFERENCE = re.compile(r"\b(?:REF|PAGEREF)\s+(\S+)")
STYLE_KINDS = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}

Parts = dict[str, etree._Element]


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def value(element: etree._Element | None) -> str:
    return "" if element is None else str(element.get(w("val"), ""))


def faults(data: bytes) -> list[str]:
    """Return what is wrong with the DOCX in *data*, in words; an empty list is what one wants."""
    archive = zipfile.ZipFile(BytesIO(data))
    names = archive.namelist()
    found = [f"{name} stands {count} times in the package" for name, count in Counter(names).items() if count > 1]
    parts: Parts = {}
    for name in dict.fromkeys(names):
        if name.endswith((".xml", ".rels")):
            try:
                parts[name] = etree.fromstring(archive.read(name))
            except etree.XMLSyntaxError as error:
                found.append(f"{name} is not well-formed: {error}")
    found += content_type_faults(parts, set(names))
    found += relationship_faults(parts, set(names))
    stories = {name: root for name, root in parts.items() if root.tag in (w("document"), w("hdr"), w("ftr"))}
    styles, numbering = parts.get("word/styles.xml"), parts.get("word/numbering.xml")
    for name, root in stories.items():
        found += [
            f"{name}: {fault}"
            for fault in (
                *style_faults(root, styles),
                *numbering_faults(root, numbering),
                *field_faults(root),
                *bookmark_faults(root),
                *table_faults(root),
                *property_faults(root),
                *namespace_faults(root),
            )
        ]
        if root.tag == w("document"):
            found += [f"{name}: {fault}" for fault in (*body_faults(root), *width_faults(root))]
    found += list_faults(numbering, styles)
    found += control_faults(stories.values())
    found += binding_faults(parts)
    found += language_faults(parts, styles)
    return found


def content_type_faults(parts: Parts, names: set[str]) -> Iterator[str]:
    root = parts.get("[Content_Types].xml")
    if root is None:
        yield "[Content_Types].xml is missing"
        return
    overrides = [str(element.get("PartName")).lstrip("/") for element in root.findall(f"{CONTENT_TYPES}Override")]
    defaults = {str(element.get("Extension")).lower() for element in root.findall(f"{CONTENT_TYPES}Default")}
    yield from (f"{name} has a content type but is missing" for name in overrides if name not in names)
    yield from (f"{name} has two content types" for name, count in Counter(overrides).items() if count > 1)
    for name in names - {"[Content_Types].xml"} - set(overrides):
        extension = name.rpartition(".")[2].lower()
        if extension not in defaults or (extension == "xml" and name.startswith("word/")):
            yield f"{name} has no content type"


def relationship_faults(parts: Parts, names: set[str]) -> Iterator[str]:
    known: dict[str, set[str]] = {}
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        source = folder + file.removesuffix(".rels")
        ids = [str(element.get("Id")) for element in root]
        known[source] = set(ids)
        yield from (f"{name}: the id {i} stands {count} times" for i, count in Counter(ids).items() if count > 1)
        for element in root:
            target = str(element.get("Target"))
            if element.get("TargetMode") == "External":
                continue
            path = posixpath.normpath(posixpath.join(folder, target)) if target[0] != "/" else target[1:]
            if path not in names:
                yield f"{name}: {target} is missing"
    for name, root in parts.items():
        for element in root.iter(etree.Element):
            for attribute, identifier in element.attrib.items():
                if attribute.startswith(f"{{{R}}}") and identifier not in known.get(name, set()):
                    yield f"{name}: no relationship {identifier}"


def style_faults(root: etree._Element, styles: etree._Element | None) -> Iterator[str]:
    defined: dict[str | None, str | None] = {}
    if styles is not None:
        defined = {style.get(w("styleId")): style.get(w("type")) for style in styles.findall(w("style"))}
    for tag, kind in STYLE_KINDS.items():
        for element in root.iter(w(tag)):
            if defined.get(value(element)) != kind:
                yield f"no {kind} style {value(element)}"


def numbering_faults(root: etree._Element, numbering: etree._Element | None) -> Iterator[str]:
    """Number 0 is known to everybody: it takes a number away (ECMA-376 part 1, 17.9.18)."""
    known = {"0"} | {str(e.get(w("numId"))) for e in ([] if numbering is None else numbering.findall(w("num")))}
    yield from (f"no list {value(element)}" for element in root.iter(w("numId")) if value(element) not in known)


def list_faults(numbering: etree._Element | None, styles: etree._Element | None) -> Iterator[str]:
    if numbering is None:
        return
    abstract = [str(element.get(w("abstractNumId"))) for element in numbering.findall(w("abstractNum"))]
    numbers = [str(element.get(w("numId"))) for element in numbering.findall(w("num"))]
    yield from (f"two lists have the number {n}" for n, count in Counter(numbers).items() if count > 1)
    yield from (f"two abstract lists have the number {n}" for n, count in Counter(abstract).items() if count > 1)
    for element in numbering.findall(w("num")):
        if value(element.find(w("abstractNumId"))) not in abstract:
            yield f"the list {element.get(w('numId'))} has no definition"
    order = [element.tag for element in numbering if element.tag in (w("abstractNum"), w("num"))]
    if order != sorted(order, key=(w("abstractNum"), w("num")).index):
        yield "a definition of a list stands after a list"
    defined = set() if styles is None else {style.get(w("styleId")) for style in styles.findall(w("style"))}
    yield from (f"no style {value(e)} for a list level" for e in numbering.iter(w("pStyle")) if value(e) not in defined)


def field_faults(root: etree._Element) -> Iterator[str]:
    # A table of contents is one field over many paragraphs, so the whole story is looked at.
    depth = 0
    for element in root.iter(w("fldChar")):
        kind = element.get(w("fldCharType"))
        depth += {"begin": 1, "end": -1}.get(str(kind), 0)
        if depth < 0 or (kind == "separate" and depth == 0):
            yield "a field ends that was not begun"
    if depth > 0:
        yield "a field is begun and not ended"


def bookmark_faults(root: etree._Element) -> Iterator[str]:
    starts = list(root.iter(w("bookmarkStart")))
    names = [str(element.get(w("name"))) for element in starts]
    ids = [str(element.get(w("id"))) for element in starts]
    ends = [str(element.get(w("id"))) for element in root.iter(w("bookmarkEnd"))]
    yield from (f"two bookmarks are called {name}" for name, count in Counter(names).items() if count > 1)
    yield from (f"two bookmarks have the id {i}" for i, count in Counter(ids).items() if count > 1)
    if sorted(ids) != sorted(ends):
        yield "a bookmark is begun and not ended, or the other way round"
    yield from (f"the bookmark {name} has a name that Word does not take" for name in names if len(name) > 40)
    targets = [str(e.get(w("anchor"))) for e in root.iter(w("hyperlink")) if e.get(w("anchor")) is not None]
    for instruction in root.iter(w("instrText")):
        targets += REFERENCE.findall(instruction.text or "")
    yield from (f"no bookmark {target}" for target in targets if target not in names and target != "_top")


def table_faults(root: etree._Element) -> Iterator[str]:
    for cell in root.iter(w("tc")):
        if len(cell) == 0 or cell[-1].tag != w("p"):
            yield "a table cell does not end with a paragraph"
    for table in root.iter(w("tbl")):
        grid = [int(str(column.get(w("w")))) for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]
        for row in table.findall(w("tr")):
            widths = [e.get(w("w")) for e in row.findall(f"{w('tc')}/{w('tcPr')}/{w('tcW')}")]
            if [int(str(width)) for width in widths] != grid:
                yield f"the cells of a row are {widths} wide, but the columns {grid}"
    for header in root.iter(w("tblHeader")):
        if header.getparent().tag != w("trPr"):  # type: ignore[union-attr]
            yield "tblHeader stands outside trPr"
        if header.attrib:
            yield "tblHeader is not bare"


def width_faults(root: etree._Element) -> Iterator[str]:
    size, margins = root.find(f".//{w('sectPr')}/{w('pgSz')}"), root.find(f".//{w('sectPr')}/{w('pgMar')}")
    if size is None or margins is None:
        return
    room = int(str(size.get(w("w")))) - sum(int(str(margins.get(w(side)))) for side in ("left", "right"))
    for table in root.iter(w("tbl")):
        total = sum(int(str(column.get(w("w")))) for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        if total > room:
            yield f"a table is {total} wide, the text {room}"


def property_faults(root: etree._Element) -> Iterator[str]:
    for element in root.iter(w("jc")):
        if value(element) not in ALIGNMENTS:
            yield f"no alignment {value(element)}"


def namespace_faults(root: etree._Element) -> Iterator[str]:
    ignorable = {root.nsmap.get(prefix) for prefix in str(root.get(f"{{{MC}}}Ignorable", "")).split()}
    for element in root.iter(etree.Element):
        namespace = etree.QName(element).namespace or ""
        if namespace.startswith("http://schemas.microsoft.com/office/word/") and namespace not in ignorable:
            yield f"{element.tag} is not declared ignorable"


def body_faults(root: etree._Element) -> Iterator[str]:
    body = root.find(w("body"))
    if body is None or len(body) == 0 or body[-1].tag != w("sectPr"):
        yield "the body does not end with its section"
        return
    yield from (f"{child.tag} stands in the body" for child in body if child.tag in (w("r"), w("t"), w("hyperlink")))
    for paragraph in root.iter(w("p")):
        if next(paragraph.iter(w("t"), w("tab"), w("drawing"), w("sym"), w("br")), None) is not None:
            continue
        last_of_cell = paragraph.getparent().tag == w("tc") and paragraph.getnext() is None  # type: ignore[union-attr]
        before = paragraph.getprevious()
        only_one = len(body) == 2
        if not (last_of_cell or only_one) and (before is None or before.tag != w("tbl")):
            yield "a paragraph is empty"


def control_faults(stories: Iterable[etree._Element]) -> Iterator[str]:
    properties = [element for root in stories for element in root.iter(w("sdtPr"))]
    ids = Counter(value(element.find(w("id"))) for element in properties)
    yield from (f"two content controls have the id {i}" for i, count in ids.items() if count > 1)
    yield from ("a content control has no title" for e in properties if not value(e.find(w("alias"))))
    for tag in ("alias", "tag"):
        yield from (
            f"the {tag} of a content control is too long" for e in properties if len(value(e.find(w(tag)))) > 64
        )


def binding_faults(parts: Parts) -> Iterator[str]:
    stores = {root.get(f"{{{DS}}}itemID") for root in parts.values() if root.tag == f"{{{DS}}}datastoreItem"}
    for root in parts.values():
        for binding in root.iter(w("dataBinding")):
            if binding.get(w("storeItemID")) not in stores:
                yield f"no store {binding.get(w('storeItemID'))}"


def language_faults(parts: Parts, styles: etree._Element | None) -> Iterator[str]:
    for name, root in parts.items():
        for element in root.iter(w("lang"), w("themeFontLang")):
            for tag in element.attrib.values():
                if not LANGUAGE.fullmatch(str(tag)):
                    yield f"{name}: {tag} is no language"
    path = f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"
    if styles is None or not value(styles.find(path)):
        yield "the document has no language"


def main_part(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))


def text_of(element: etree._Element) -> str:
    """Return the text inside *element*, line breaks as LF and tabs as tabs; instructions of fields are no text."""
    marks = {w("br"): "\n", w("tab"): "\t"}
    tags = (w("t"), w("br"), w("tab"))
    found = (e for e in element.iter(*tags) if e.getparent().tag == w("r"))  # type: ignore[union-attr]
    return "".join(e.text or "" if e.tag == w("t") else marks[e.tag] for e in found)


def paragraphs(data: bytes) -> list[str]:
    """Return the text of every paragraph of the main part, in reading order, those in tables included."""
    return [text_of(paragraph) for paragraph in main_part(data).iter(w("p"))]


def audit(data: bytes) -> list[str]:
    """Return what openxml-audit finds in *data*."""
    found = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.docx"
        path.write_bytes(data)
        return [f"{error.part_uri}: {error.description}" for error in found.OpenXmlValidator().validate(path).errors]
