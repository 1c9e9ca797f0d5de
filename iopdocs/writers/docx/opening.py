"""A Word file opened as a template: what cannot be used is refused in words that help."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import Any

from lxml import etree

from iopdocs.errors import LibraryError
from iopdocs.writers.docx.namespaces import parse, w

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
"""What zip, lxml and python-docx may raise for a file that is damaged."""

_LARGEST, _MOST_PARTS = 100_000_000, 5_000
# The first bytes of a compound file: what Word makes of a document with a password, and of the old .doc.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_USABLE = (f"{_WORD}document.main+xml", f"{_WORD}template.main+xml")


def open_template(data: bytes, file: str = "mall.docx") -> Any:
    """Return the main part of the Word document or template (.docx, .dotx) in *data*, as python-docx has it.

    Raises:
        LibraryError: when it is none, is locked, broken, too large or holds macros; the message names *file*.
    """
    from docx.package import Package

    if data.startswith(_COMPOUND):
        raise refusal(
            file,
            "filen är låst med lösenord, eller sparad i det gamla formatet .doc",
            "öppna den i Word, ta bort lösenordet och spara den som .docx",
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _look_at(archive, file)
        main = Package.open(BytesIO(data)).main_document_part
        kind, root = str(main.content_type), parse(main.blob)
    except BROKEN as error:
        raise broken(file) from error
    if "macroEnabled" in kind:
        raise refusal(
            file, "mallen innehåller makron", "öppna den i Word och spara den som .docx, som inte kan ha makron"
        )
    if kind not in _USABLE or root.tag != w("document") or root.find(w("body")) is None:
        raise refusal(
            file,
            "filen är inget Word-dokument",
            "ange en fil som är sparad i Word eller LibreOffice som .docx eller .dotx",
        )
    return main


def _look_at(archive: zipfile.ZipFile, file: str) -> None:
    entries = archive.infolist()
    names = {info.filename for info in entries}
    if len(entries) > _MOST_PARTS or sum(info.file_size for info in entries) > _LARGEST:
        raise refusal(
            file,
            "filen är för stor: mer än 100 MB uppackad",
            "minska bilderna i den och ta bort det som inte behövs",
        )
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis"):
        raise refusal(
            file,
            "filen är sparad i OpenDocument-format",
            "öppna den i LibreOffice och spara den som Word (.docx)",
        )
    if "_rels/.rels" in names and _STRICT in archive.read("_rels/.rels"):
        raise refusal(
            file,
            "filen är sparad som ”Strikt Open XML-dokument”",
            "öppna den i Word och spara den som ”Word-dokument (.docx)”",
        )


def broken(file: str) -> LibraryError:
    """Return the error for a file that is no Word document, or is damaged."""
    return refusal(
        file,
        "filen kan inte läsas som ett Word-dokument: den är av ett annat slag, eller skadad",
        "öppna den i Word och spara den som .docx",
    )


def refusal(file: str, message: str, hint: str) -> LibraryError:
    """Return an error about *file*."""
    return LibraryError.one(message, hint, file)
