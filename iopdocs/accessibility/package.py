"""Open a DOCX for checking, with its parts as trees and with limits against hostile and broken files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from attrs import Factory, frozen
from lxml import etree

from iopdocs import opc
from iopdocs.errors import ProblemsError
from iopdocs.opc import OpcError, OpcFault, PackageLimits, PartRelation

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LARGEST_FILE = 200_000_000
MOST_ELEMENTS = 300_000
"""The largest number of XML elements in a document that is checked: more than a thousand pages, or less than ten seconds of work."""
_LIMITS = PackageLimits(elements=MOST_ELEMENTS)
_REFUSALS = {
    OpcFault.LOCKED: (
        "filen är låst med lösenord, eller sparad i det gamla formatet .doc",
        "öppna den i Word, ta bort lösenordet och spara som .docx; hjälpmedel kan inte läsa ett låst dokument",
    ),
    OpcFault.TOO_MANY: (
        "dokumentet har {found} element (stycken, textbitar, celler …), och högst {most} går att läsa",
        "dela upp det i flera dokument; ett vanligt dokument på tusen sidor har färre",
    ),
    OpcFault.TOO_LARGE: ("filen blir orimligt stor när den packas upp", "kontrollera var den kommer ifrån"),
    OpcFault.DAMAGED: ("filen är inget Word-dokument, eller är skadad", "spara om den som .docx i Word"),
    OpcFault.DOCTYPE: (OpcFault.DOCTYPE.value, "öppna dokumentet i Word och spara om det"),
}


class UnreadableDocument(ProblemsError):
    """A file cannot be checked: it is not a Word document, is password protected, or is broken."""


@cache
def w(name: str) -> str:
    """Return the qualified name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def val(element: etree._Element | None) -> str:
    """Return the ``w:val`` of *element*, or nothing."""
    return "" if element is None else str(element.get(w("val"), ""))


def is_on(element: etree._Element | None) -> bool:
    """Return whether an on/off property exists and is on (ECMA-376 part 1, 17.17.4)."""
    return element is not None and val(element) not in ("0", "false", "off", "none")


@frozen(eq=False)
class OpenedDocument:
    """The parts of a DOCX: *file* its name in messages, *parts* XML trees by name, *main* the main document's name.

    *paragraphs* and *tables* are filled when they are first asked for (:mod:`iopdocs.accessibility.word_locations`).
    """

    file: str
    parts: Mapping[str, etree._Element]
    main: str
    paragraphs: list[Any] = Factory(list)
    tables: list[Any] = Factory(list)

    @property
    def document(self) -> etree._Element:
        """The root of the main document."""
        return self.parts[self.main]

    def related(self, kind: str) -> etree._Element | None:
        """Return the part of the main document with a relationship of *kind* (``styles``, ``settings``, ``numbering``)."""
        for relation in self.relationships(self.main).values():
            if relation.kind == kind and not relation.external and relation.target in self.parts:
                return self.parts[relation.target]
        return None

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield (name, root) of the main document first, then of headers, footers, foot- and endnotes."""
        yield self.main, self.document
        tags = {w("hdr"), w("ftr"), w("footnotes"), w("endnotes")}
        for name in sorted(self.parts):
            if self.parts[name].tag in tags:
                yield name, self.parts[name]

    def relationships(self, name: str) -> dict[str, PartRelation]:
        """Return the relationships of part *name* by id."""
        return opc.relations_of(name, self.parts.get(opc.relations_part(name)))

    def core(self) -> etree._Element | None:
        """Return the part that contains the document's title, language and author."""
        return next((root for root in self.parts.values() if str(root.tag).endswith("}coreProperties")), None)


def open_package(path: Path) -> OpenedDocument:
    """Open the DOCX file *path* and return its parts.

    Raises:
        CheckError: when it cannot be read, is not a DOCX, is password protected, or is too large when unpacked.
    """
    file = str(path)
    try:
        if path.is_dir():
            raise UnreadableDocument.one("är en mapp, ingen fil", "ange ett Word-dokument (.docx)", file)
        if path.stat().st_size > _LARGEST_FILE:
            raise UnreadableDocument.one("filen är större än 200 MB", "minska bilderna i den", file)
        with closing(opc.open_package(path, _LIMITS)) as package:
            return _checked(file, package)
    except FileNotFoundError as error:
        raise UnreadableDocument.one("filen finns inte", "kontrollera namnet", file) from error
    except OSError as error:
        raise UnreadableDocument.one("filen kan inte läsas", "kontrollera att du får läsa den", file) from error
    except ValueError as error:  # a NUL or a lone surrogate in the name
        raise UnreadableDocument.one(*_REFUSALS[OpcFault.DAMAGED], file) from error
    except OpcError as error:
        if error.fault is OpcFault.DAMAGED and error.part:
            hint = "öppna dokumentet i Word, låt det reparera filen och spara om den"
            raise UnreadableDocument.one(f"delen {error.part} är skadad", hint, file) from error
        message, hint = _REFUSALS[error.fault]
        counts = {"found": _spaced(error.count), "most": _spaced(MOST_ELEMENTS)}
        raise UnreadableDocument.one(message.format(**counts), hint, file) from error


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _checked(file: str, package: opc.OpcPackage) -> OpenedDocument:
    parts = {name: package.tree(name) for name in package.sizes if name.endswith((".xml", ".rels"))}
    main = package.main
    if main not in parts or parts[main].tag != w("document"):
        raise UnreadableDocument.one("filen är inget Word-dokument", "ange ett dokument som är sparat som .docx", file)
    return OpenedDocument(file, parts, main)
