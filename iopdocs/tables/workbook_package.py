"""The parts of a workbook file, opened with care: it is somebody else's zip with somebody else's XML in it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from attrs import frozen
from lxml import etree

from iopdocs.errors import LoadError
from iopdocs.files.text_file import read_bytes

LARGEST_FILE = 50_000_000
LARGEST_PART = 200_000_000
LARGEST_SMALL_PART = 20_000_000
LARGEST_WHOLE = 400_000_000
MOST_PARTS = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@frozen
class WorkbookPackage:
    """An opened workbook: its parts by name, none larger than it says, and all of them together bounded."""

    file: str
    archive: zipfile.ZipFile
    names: frozenset[str]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open the part *name*.

        Raises:
            LoadError: when it is too large, encrypted or damaged; what fails while it is read is told likewise.
        """
        try:
            if self.archive.getinfo(name).file_size > LARGEST_PART:
                raise self.error(*_too_large())
            with self.archive.open(name) as part:
                yield part
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
            raise self.damaged() from error
        except RuntimeError as error:  # what zipfile says of a part with a password
            raise self.error(*_encrypted()) from error
        except etree.XMLSyntaxError as error:
            raise self.damaged() from error

    def tree(self, name: str) -> Any:
        """Return the root of the XML part *name*, which must be a small one."""
        if name not in self.names or self.archive.getinfo(name).file_size > LARGEST_SMALL_PART:
            raise self.damaged()
        with self.open(name) as part:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root: Any = etree.parse(part, parser).getroot()
        if root.getroottree().docinfo.doctype:
            raise self.with_doctype()
        return root

    def elements(self, name: str, wanted: list[str]) -> Iterator[tuple[str, Any]]:
        """Yield (local name, element) for the elements of the part *name* that *wanted* lists, each when it is whole.

        An element is emptied when the next one is asked for, so that memory stays flat.
        """
        with self.open(name) as part:
            looked = False
            tags = [f"{{*}}{tag}" for tag in wanted]
            for event, element in etree.iterparse(
                part, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            ):
                if not looked:
                    looked = True
                    if element.getroottree().docinfo.doctype:
                        raise self.with_doctype()
                if event == "end":
                    yield etree.QName(element).localname, element
                    element.clear()
                    above = element.getparent()
                    while above is not None and element.getprevious() is not None:
                        del above[0]

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return the parts that *part* points at, by the id of the pointer: (kind, name of the part)."""
        folder, _slash, base = part.rpartition("/")
        name = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if name not in self.names:
            return {}
        found = {}
        for element in self.tree(name):
            if element.get("TargetMode") == "External":
                continue
            target = element.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], whole)
        return found

    def error(self, message: str, hint: str) -> LoadError:
        """Return the error that the file as a whole has."""
        return LoadError.one(message, hint, self.file)

    def damaged(self) -> LoadError:
        """Return the error of a file that cannot be read to its end."""
        return self.error(
            "arbetsboken är skadad eller ofullständig",
            "öppna den i Excel eller LibreOffice och spara den på nytt",
        )

    def with_doctype(self) -> LoadError:
        """Return the error of a part with a DOCTYPE, which no program for sheets writes."""
        return self.error(
            "arbetsboken innehåller en DOCTYPE, och sådana läses inte",
            "öppna den i Excel eller LibreOffice och spara den på nytt",
        )


def open_package(file: str) -> WorkbookPackage:
    """Return the opened workbook *file*.

    Raises:
        LoadError: when it cannot be read, is no workbook, is encrypted, or would swell beyond all reason.
    """
    data = read_bytes(file, LARGEST_FILE)
    refusal = _refusal(data)
    if refusal is not None:
        raise LoadError.one(*refusal, file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError):
        raise WorkbookPackage(file, zipfile.ZipFile(io.BytesIO(), "w"), frozenset()).damaged() from None
    package = WorkbookPackage(file, archive, frozenset(info.filename for info in infos))
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_WHOLE:
        raise package.error(*_too_large())
    if any(info.flag_bits & 1 for info in infos):
        raise package.error(*_encrypted())
    return package


def workbook_part(package: WorkbookPackage) -> str:
    """Return the name of the part that lists the sheets.

    Raises:
        LoadError: when the zip is something else than a workbook.
    """
    found = next((name for kind, name in package.relations("").values() if kind == "officeDocument"), None)
    if (
        found in package.names
        and found is not None
        and not found.startswith(("word/", "ppt/"))
        and found.endswith(".xml")
    ):
        return found
    save = "öppna den i Excel eller LibreOffice och spara den som Excel-arbetsbok (.xlsx)"
    if "mimetype" in package.names and "content.xml" in package.names:
        raise package.error("är sparad i OpenDocument-format", save)
    if found is not None and found.endswith(".bin"):
        raise package.error("är sparad som binär arbetsbok (.xlsb)", save)
    if found is not None and found.startswith("word/"):
        raise package.error("är ett Word-dokument, ingen arbetsbok", "ange en arbetsbok (.xlsx) eller en CSV-fil")
    raise package.error("är en zip-fil, men ingen arbetsbok", "ange en arbetsbok (.xlsx) eller en CSV-fil")


def _refusal(data: bytes) -> tuple[str, str] | None:
    save = "öppna den i Excel eller LibreOffice och spara den som Excel-arbetsbok (.xlsx)"
    if data.startswith(_OLE):
        return _encrypted() if _ENCRYPTED in data else ("är sparad i det gamla Excel-formatet (.xls)", save)
    if not data.strip():
        return "filen är tom", "börja från en mall: iopdocs workbook new mall.xlsx"
    if not data.startswith(b"PK"):
        return "är ingen arbetsbok, trots namnet", save
    return None


def _encrypted() -> tuple[str, str]:
    return (
        "arbetsboken är skyddad med lösenord",
        "öppna den i Excel, ta bort lösenordet (Arkiv → Info → Skydda arbetsbok) och spara",
    )


def _too_large() -> tuple[str, str]:
    return (
        "arbetsboken är orimligt stor när den packas upp, och läses inte",
        "ta bort bilder, tomma formaterade rader och blad som inte behövs, eller dela upp den i flera",
    )
