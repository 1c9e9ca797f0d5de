"""A DOCX opened for checking: its parts as trees, with what a hostile or broken file must not do to us."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from attrs import frozen
from lxml import etree

from iopdocs.errors import ProblemsError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LARGEST_FILE = 200_000_000
_LARGEST_PART = 100_000_000
_MOST_PARTS = 20_000
# The first bytes of a compound file: what Word makes of a document with a password, and of the old .doc.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class CheckError(ProblemsError):
    """A file cannot be checked: it is no Word document, is locked with a password, or is broken."""


def w(name: str) -> str:
    """Return the qualified name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def val(element: etree._Element | None) -> str:
    """Return the ``w:val`` of *element*, or nothing."""
    return "" if element is None else str(element.get(w("val"), ""))


def is_on(element: etree._Element | None) -> bool:
    """Tell whether an on/off property is there and on (ECMA-376 part 1, 17.17.4)."""
    return element is not None and val(element) not in ("0", "false", "off", "none")


@frozen(eq=False)
class CheckedPackage:
    """The parts of a DOCX: *file* its name in messages, *parts* XML trees by name, *main* the main document's name."""

    file: str
    parts: Mapping[str, etree._Element]
    main: str

    @property
    def document(self) -> etree._Element:
        """The root of the main document."""
        return self.parts[self.main]

    def related(self, kind: str) -> etree._Element | None:
        """Return the part of the main document with a relationship of *kind* (``styles``, ``settings``, ``numbering``)."""
        for identifier, (type_, target, external) in self.relationships(self.main).items():
            if identifier and type_.endswith(f"/{kind}") and not external and target in self.parts:
                return self.parts[target]
        return None

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield (name, root) of the main document first, then of headers, footers, foot- and endnotes."""
        yield self.main, self.document
        tags = {w("hdr"), w("ftr"), w("footnotes"), w("endnotes")}
        for name in sorted(self.parts):
            if self.parts[name].tag in tags:
                yield name, self.parts[name]

    def relationships(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relationships of part *name* by id: (type, target, whether it is external)."""
        path = PurePosixPath(name)
        rels = self.parts.get(str(path.parent / "_rels" / f"{path.name}.rels"))
        found = {}
        for element in rels if rels is not None else ():
            if not isinstance(element.tag, str):
                continue
            external = element.get("TargetMode") == "External"
            target = str(element.get("Target", ""))
            found[str(element.get("Id", ""))] = (
                str(element.get("Type", "")),
                target if external else _resolved(path.parent, target),
                external,
            )
        return found

    def core(self) -> etree._Element | None:
        """Return the part with the document's title, language and author."""
        return next((root for root in self.parts.values() if str(root.tag).endswith("}coreProperties")), None)


def open_package(path: Path) -> CheckedPackage:
    """Return the DOCX in the file *path*.

    Raises:
        CheckError: when it cannot be read, is no DOCX, is locked with a password, or is too large when unpacked.
    """
    file = str(path)
    try:
        if path.is_dir():
            raise _error(file, "är en mapp, ingen fil", "ange ett Word-dokument (.docx)")
        if path.stat().st_size > _LARGEST_FILE:
            raise _error(file, "filen är större än 200 MB", "minska bilderna i den")
        with path.open("rb") as handle:
            if handle.read(8) == _COMPOUND:
                raise _error(
                    file,
                    "filen är låst med lösenord, eller sparad i det gamla formatet .doc",
                    "öppna den i Word, ta bort lösenordet och spara som .docx; hjälpmedel kan inte läsa ett låst dokument",
                )
        with zipfile.ZipFile(path) as archive:
            return CheckedPackage(file, *_read(file, archive))
    except FileNotFoundError as error:
        raise _error(file, "filen finns inte", "kontrollera namnet") from error
    except OSError as error:
        raise _error(file, "filen kan inte läsas", "kontrollera att du får läsa den") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _error(file, "filen är inget Word-dokument, eller är skadad", "spara om den som .docx i Word") from error


def _read(file: str, archive: zipfile.ZipFile) -> tuple[dict[str, etree._Element], str]:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > 3 * _LARGEST_PART:
        raise _error(file, "filen blir orimligt stor när den packas upp", "kontrollera var den kommer ifrån")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    parts: dict[str, etree._Element] = {}
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as handle:
                # The size that the file states may be a lie; what is read is counted.
                data = handle.read(_LARGEST_PART + 1)
            if len(data) > _LARGEST_PART:
                raise _error(file, "filen blir orimligt stor när den packas upp", "kontrollera var den kommer ifrån")
            try:
                parts[entry.filename] = etree.fromstring(data, parser)
            except etree.XMLSyntaxError as error:
                raise _error(
                    file,
                    f"delen {entry.filename} är skadad",
                    "öppna dokumentet i Word, låt det reparera filen och spara om den",
                ) from error
    main = _main(parts)
    if main is None or parts[main].tag != w("document"):
        raise _error(file, "filen är inget Word-dokument", "ange ett dokument som är sparat som .docx")
    return parts, main


def _main(parts: Mapping[str, etree._Element]) -> str | None:
    for element in parts.get("_rels/.rels", ()):
        if str(element.get("Type", "")).replace("purl.oclc.org/ooxml", "x").endswith("/officeDocument"):
            name = _resolved(PurePosixPath(), str(element.get("Target", "")))
            return name if name in parts else None
    return None


def _resolved(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    pieces: list[str] = []
    for piece in (folder / target).parts:
        if piece == "..":
            pieces = pieces[:-1]
        elif piece != ".":
            pieces.append(piece)
    return "/".join(pieces)


def _error(file: str, message: str, hint: str) -> CheckError:
    return CheckError.one(message, hint, file)
