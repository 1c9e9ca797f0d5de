"""Describe places in a document to a person who has it open in Word."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen
from lxml import etree

from iopdocs.accessibility.formatting import text_of
from iopdocs.accessibility.package import OpenedDocument, w

_SHOWN = 48


@frozen
class WordLocation:
    """A place in a document: *shown* may quote the document ("stycke 12: ”Avtalet …”"), *where* never does ("stycke 12")."""

    shown: str = ""
    where: str = ""


def numbered_paragraphs(package: OpenedDocument) -> Iterator[tuple[WordLocation, etree._Element]]:
    """Yield (place, paragraph) of every paragraph: "stycke 12", or "sidhuvud, stycke 1" outside the running text."""
    for name, root in package.stories():
        for number, paragraph in enumerate(root.iter(w("p")), 1):
            yield _place(root, name, number, text_of(paragraph)), paragraph


def numbered_tables(package: OpenedDocument) -> Iterator[tuple[WordLocation, etree._Element]]:
    """Yield (place, table) of every table of the running text: "tabell 2: ”Resurser …”"."""
    for number, table in enumerate(package.document.iter(w("tbl")), 1):
        yield _quoted(f"tabell {number}", text_of(table)), table


def _place(root: etree._Element, name: str, number: int, text: str) -> WordLocation:
    where = {
        w("hdr"): "sidhuvud, ",
        w("ftr"): "sidfot, ",
        w("footnotes"): "fotnot, ",
        w("endnotes"): "slutnot, ",
    }
    return _quoted(where.get(str(root.tag), "") + f"stycke {number}", text)


def _quoted(where: str, text: str) -> WordLocation:
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(words) > _SHOWN:
        words = f"{words[:_SHOWN].rstrip()} …"
    return WordLocation(f"{where}: ”{words}”" if words else where, where)
