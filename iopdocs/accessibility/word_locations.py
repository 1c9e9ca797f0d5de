"""The paragraphs and tables of a document, each read once, with its place as a person who has it open in Word sees it.

What is inside a paragraph or table belongs to the innermost one, so that the work grows with the number of elements also
where text boxes and tables are nested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from attrs import Factory, field, frozen
from lxml import etree

from iopdocs.accessibility.package import OpenedDocument, w

_SHOWN = 48
_MOST_READ = 500
_TEXT = (w("t"), w("tab"), w("br"), w("cr"), w("noBreakHyphen"))
_OWN = (
    *_TEXT, w("r"), w("hyperlink"), w("instrText"), w("fldSimple"), w("fldChar"), w("lang"), w("drawing"), w("pict"),
    w("object"), w("sectPr"),
)  # fmt: skip
_STORIES = {w("hdr"): "sidhuvud, ", w("ftr"): "sidfot, ", w("footnotes"): "fotnot, ", w("endnotes"): "slutnot, "}


@frozen
class WordLocation:
    """A place in a document: *shown* may quote the document ("stycke 12: ”Avtalet …”"), *where* never does ("stycke 12")."""

    shown: str = ""
    where: str = ""


@frozen(eq=False)
class WordParagraph:
    """A paragraph: its *text* with tabs and line breaks, its *place*, and whether it is in the running text."""

    element: etree._Element
    place: WordLocation
    text: str
    in_body: bool
    _own: dict[str, list[etree._Element]]

    def own(self, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements *tags* of the paragraph itself, one tag after another."""
        for tag in tags:
            yield from self._own.get(w(tag), ())

    @property
    def runs(self) -> Iterator[etree._Element]:
        """Yield the runs that contain text, also those inside links, content controls and fields."""
        return filter(has_words, self.own("r"))


@frozen(eq=False)
class WordRow:
    """A row of a table and its cells."""

    element: etree._Element
    cells: list[etree._Element] = Factory(list)


@frozen(eq=False)
class WordTable:
    """A table and its rows, including those inside content controls but not those of nested tables."""

    element: etree._Element
    place: WordLocation
    rows: list[WordRow] = Factory(list)


@frozen(eq=False)
class _StartedParagraph:
    element: etree._Element
    parts: list[str] = Factory(list)
    own: dict[str, list[etree._Element]] = field(factory=lambda: defaultdict(list))


def numbered_paragraphs(package: OpenedDocument) -> tuple[WordParagraph, ...]:
    """Return every paragraph in reading order: "stycke 12", or "sidhuvud, stycke 1" outside the running text."""
    if not package.paragraphs:
        package.paragraphs.extend(
            paragraph for _name, root in package.stories() for paragraph in _paragraphs(root, root is package.document)
        )
    return tuple(package.paragraphs)


def _paragraphs(root: etree._Element, in_body: bool) -> Iterator[WordParagraph]:
    started: dict[etree._Element, _StartedParagraph] = {}
    for node in root.iter(w("p"), *_OWN):
        if node.tag == w("p"):
            started[node] = _StartedParagraph(node)
            continue
        owner = next(node.iterancestors(w("p")), None)
        if owner is None:
            continue
        paragraph = started[owner]
        paragraph.own[str(node.tag)].append(node)
        if node.tag in _TEXT:
            paragraph.parts.append(_text(node))
    where = _STORIES.get(str(root.tag), "")
    for number, paragraph in enumerate(started.values(), 1):
        text = "".join(paragraph.parts)
        yield WordParagraph(
            paragraph.element, _quoted(f"{where}stycke {number}", text), text, in_body, dict(paragraph.own)
        )


def numbered_tables(package: OpenedDocument) -> tuple[WordTable, ...]:
    """Return every table of the running text: "tabell 2: ”Resurser …”"."""
    if not package.tables:
        package.tables.extend(_tables(package.document))
    return tuple(package.tables)


def _tables(root: etree._Element) -> list[WordTable]:
    tables: dict[etree._Element, WordTable] = {}
    rows: dict[etree._Element, WordRow] = {}
    for node in root.iter(w("tbl"), w("tr"), w("tc")):
        if node.tag == w("tbl"):
            place = _quoted(f"tabell {len(tables) + 1}", start_of_text(node))
            tables[node] = WordTable(node, place)
        elif node.tag == w("tr"):
            table = next(node.iterancestors(w("tbl")), None)
            if table is not None:
                rows[node] = WordRow(node)
                tables[table].rows.append(rows[node])
        else:
            row = rows.get(next(node.iterancestors(w("tr")), node))
            if row is not None:
                row.cells.append(node)
    return list(tables.values())


def start_of_text(element: etree._Element) -> str:
    """Return the start of the visible text of *element*, with tabs and line breaks, without field codes and deletions."""
    return "".join(map(_text, islice(element.iter(*_TEXT), _MOST_READ)))


def has_words(element: etree._Element) -> bool:
    """Return whether text stands directly in *element*, a run."""
    return any((node.text or "").strip() for node in element.iterchildren(w("t")))


def _text(node: etree._Element) -> str:
    if node.tag == w("t"):
        return node.text or ""
    if node.tag == w("noBreakHyphen"):
        return "\u2011"
    parent = node.getparent()
    if parent is None or parent.tag != w("r"):
        return ""
    return "\t" if node.tag == w("tab") else "\n"


def _quoted(where: str, text: str) -> WordLocation:
    # A place is recognised by its first words: the rest of a text of megabytes is not read.
    start = text.lstrip()[: 20 * _SHOWN]
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in start).split())
    if len(words) > _SHOWN:
        words = f"{words[:_SHOWN].rstrip()} …"
    return WordLocation(f"{where}: ”{words}”" if words else where, where)
