"""A Word file opened as a template: what cannot be used is refused in words that help."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from typing import Any

from lxml import etree

from iopdocs.errors import LibraryError
from iopdocs.opc import ZIP_ERRORS, OpcError, OpcFault, OpcPackage, PackageLimits, open_package
from iopdocs.writers.docx.namespaces import parse, w

BROKEN = (
    *ZIP_ERRORS, OpcError, ArithmeticError, AssertionError, AttributeError, MemoryError, TypeError, etree.LxmlError,
)  # fmt: skip
"""What zip, lxml and python-docx may raise for a file that is damaged."""

_LIMITS = PackageLimits(parts=5_000, whole=100_000_000, elements=400_000)
_UNREADABLE = (
    "filen kan inte läsas som ett Word-dokument: den är av ett annat slag, eller skadad",
    "öppna den i Word och spara den som .docx",
)
_REFUSALS = {
    OpcFault.DAMAGED: _UNREADABLE,
    OpcFault.DOCTYPE: _UNREADABLE,
    OpcFault.TOO_LARGE: (
        "filen är för stor: mer än 100 MB uppackad",
        "minska bilderna i den och ta bort det som inte behövs",
    ),
    OpcFault.TOO_MANY: (
        "mallen har fler än 400 000 element (stycken, stilar, celler …)",
        "ta bort texten i den: ett avtal får bara utseendet, sidhuvudet och sidfoten",
    ),
    OpcFault.LOCKED: (
        "filen är låst med lösenord, eller sparad i det gamla formatet .doc",
        "öppna den i Word, ta bort lösenordet och spara den som .docx",
    ),
}
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_USABLE = (f"{_WORD}document.main+xml", f"{_WORD}template.main+xml")


def open_template(data: bytes, file: str = "mall.docx") -> Any:
    """Return the main part of the Word document or template (.docx, .dotx) in *data*, as python-docx has it.

    Raises:
        LibraryError: when it is none, is locked, broken, too large or holds macros; the message names *file*.
    """
    from docx.package import Package

    try:
        with closing(open_package(data, _LIMITS)) as package:
            _look_at(package, file)
        main = Package.open(BytesIO(data)).main_document_part
        kind, root = str(main.content_type), parse(main.blob)
    except OpcError as error:
        raise LibraryError.one(*_REFUSALS[error.fault], file) from error
    except BROKEN as error:
        raise broken(file) from error
    if "macroEnabled" in kind:
        hint = "öppna den i Word och spara den som .docx, som inte kan ha makron"
        raise LibraryError.one("mallen innehåller makron", hint, file)
    if kind not in _USABLE or root.tag != w("document") or root.find(w("body")) is None:
        hint = "ange en fil som är sparad i Word eller LibreOffice som .docx eller .dotx"
        raise LibraryError.one("filen är inget Word-dokument", hint, file)
    return main


def _look_at(package: OpcPackage, file: str) -> None:
    if "mimetype" in package.sizes and package.read("mimetype").startswith(b"application/vnd.oasis"):
        hint = "öppna den i LibreOffice och spara den som Word (.docx)"
        raise LibraryError.one("filen är sparad i OpenDocument-format", hint, file)
    if "_rels/.rels" in package.sizes and _STRICT in package.read("_rels/.rels"):
        hint = "öppna den i Word och spara den som ”Word-dokument (.docx)”"
        raise LibraryError.one("filen är sparad som ”Strikt Open XML-dokument”", hint, file)
    for name in package.sizes:
        if name.endswith((".xml", ".rels")):
            package.tree(name)


def broken(file: str) -> LibraryError:
    """Return the error for a file that is no Word document, or is damaged."""
    return LibraryError.one(*_REFUSALS[OpcFault.DAMAGED], file)
