"""Open foreign zips, most of them of XML (ECMA-376 part 2), in one place, with one set of limits on what is unpacked."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import IO, Any

from attrs import Factory, frozen
from lxml import etree

from iopdocs.errors import IopdocsError

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file: an Office file with a password, or an old .doc or .xls."""

ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, NotImplementedError, OSError, OverflowError,
    RuntimeError, ValueError,
)  # fmt: skip
"""The errors that zipfile may raise for a damaged zip."""

_PARSER: Mapping[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True,
}  # fmt: skip


class OpcFault(Enum):
    """The reason why a package is refused; the value is the default Swedish message."""

    DAMAGED = "filen är skadad, eller är ingen fil från Office"
    TOO_LARGE = "filen blir orimligt stor när den packas upp"
    LOCKED = "filen är låst med lösenord, eller sparad i ett gammalt format"
    TOO_MANY = "filen har orimligt många element"
    DOCTYPE = "filen innehåller en DOCTYPE, och sådana läses inte"


class OpcError(IopdocsError):
    """A package is refused: *fault* is the reason, *part* the name of the part, empty for the package as a whole.

    *count* is the number of elements that were counted before the package was refused for having too many.
    """

    def __init__(self, fault: OpcFault, part: str = "", count: int = 0) -> None:
        super().__init__(fault, part, count)
        self.fault, self.part, self.count = fault, part, count

    def __str__(self) -> str:
        return f"{self.part}: {self.fault.value}" if self.part else self.fault.value


@frozen
class PackageLimits:
    """The limits on a package: number of *parts*, and bytes in a *part*, in an XML *tree* and in the *whole*.

    *elements* is the number of elements in all trees that are read, which is what the work with them grows with.
    """

    parts: int = 20_000
    part: int = 100_000_000
    tree: int = 100_000_000
    whole: int = 300_000_000
    elements: int = 2_000_000


@frozen
class PartRelation:
    """A relationship: *kind* is the last step of its type (``styles``), *target* a part's name, or an address."""

    kind: str
    target: str
    external: bool


@frozen(eq=False)
class OpcPackage:
    """An opened package: its parts by name with their sizes in bytes. Every method raises :class:`OpcError`."""

    file: IO[bytes]
    archive: zipfile.ZipFile
    sizes: Mapping[str, int]
    limits: PackageLimits
    _read: Counter[str] = Factory(Counter)

    def close(self) -> None:
        """Close the file."""
        self.archive.close()
        self.file.close()

    @property
    def main(self) -> str:
        """The name of the main part: the document, or the list of sheets; empty when the package names none."""
        started = self.relations("").values()
        return next((relation.target for relation in started if relation.kind == "officeDocument"), "")

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open the part *name*; damage found while it is read is an :class:`OpcError` too."""
        if self.sizes.get(name, 0) > self.limits.part:
            raise OpcError(OpcFault.TOO_LARGE, name)
        try:
            # No more is unpacked than the size that the package states.
            with self.archive.open(name) as part:
                yield part
        except (*ZIP_ERRORS, etree.XMLSyntaxError) as error:
            raise OpcError(OpcFault.DAMAGED, name) from error

    def read(self, name: str) -> bytes:
        """Return the bytes of the part *name*."""
        with self.open(name) as part:
            return part.read()

    def tree(self, name: str) -> Any:
        """Return the root of the XML part *name*, without comments."""
        if self.sizes.get(name, 0) > self.limits.tree:
            raise OpcError(OpcFault.TOO_LARGE, name)
        data = self.read(name)
        # Counted before a tree is made of them: an element takes forty times the memory of its tag.
        self._read["elements"] += tags_in(data)
        if self._read["elements"] > self.limits.elements:
            raise OpcError(OpcFault.TOO_MANY, name, self._read["elements"])
        return parse(data, name)

    def elements(self, name: str, wanted: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """Yield (local name, element) for the elements of the part *name* that *wanted* lists, each when it is complete.

        An element is cleared when the next one is requested, so that memory use is constant.
        """
        tags = [f"{{*}}{tag}" for tag in wanted]
        with self.open(name) as part:
            looked = False
            for event, element in etree.iterparse(part, events=("start", "end"), tag=tags, **_PARSER):
                if not looked:
                    looked = True
                    _refuse_doctype(element, name)
                if event == "end":
                    yield etree.QName(element).localname, element
                    element.clear()
                    above = element.getparent()
                    while above is not None and element.getprevious() is not None:
                        del above[0]

    def relations(self, part: str) -> dict[str, PartRelation]:
        """Return the relationships of *part* by id; those of the package when *part* is empty."""
        name = relations_part(part)
        return relations_of(part, self.tree(name)) if name in self.sizes else {}


def open_package(
    source: bytes | Path,
    limits: PackageLimits = PackageLimits(),
    refuse: Callable[[Sequence[zipfile.ZipInfo]], None] | None = None,
) -> OpcPackage:
    """Return the opened package in *source*, the bytes of a file or its path. The caller closes a package opened from a path.

    *refuse* is called with the entries before they are checked here, and may raise an error of its own about them.

    Raises:
        OpcError: when it is not a zip, or is damaged, encrypted or larger than *limits*; when a name occurs twice, is
            absolute or leads out of the package; when a part is compressed in another way than Office uses.
        OSError: when the file at a path cannot be opened, or is no regular file.
    """
    if isinstance(source, Path) and source.exists() and not source.is_file():
        raise OSError(f"{source} is no regular file")  # A pipe would block for ever.
    file = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    try:
        return _opened(file, limits, refuse)
    except BaseException:
        file.close()
        raise


def _opened(
    file: IO[bytes], limits: PackageLimits, refuse: Callable[[Sequence[zipfile.ZipInfo]], None] | None
) -> OpcPackage:
    try:
        if file.read(len(COMPOUND)) == COMPOUND:
            raise OpcError(OpcFault.LOCKED)
        archive = zipfile.ZipFile(file)
    except ZIP_ERRORS as error:
        raise OpcError(OpcFault.DAMAGED) from error
    infos = archive.infolist()
    if refuse is not None:
        refuse(infos)
    sizes = {info.filename: info.file_size for info in infos}
    if len(infos) > limits.parts or sum(info.file_size for info in infos) > limits.whole:
        raise OpcError(OpcFault.TOO_LARGE)
    if any(info.flag_bits & 1 for info in infos):
        raise OpcError(OpcFault.LOCKED)
    usual = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if (
        len(sizes) < len(infos)
        or any(_is_odd(name) for name in sizes)
        or any(i.compress_type not in usual for i in infos)
    ):
        raise OpcError(OpcFault.DAMAGED)
    return OpcPackage(file, archive, sizes, limits)


def _is_odd(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return not steps[0] or ".." in steps


def parse(data: bytes, part: str = "") -> etree._Element:
    """Return the root of the XML in *data*, without comments, entities and the network; *part* is its name in errors.

    Raises:
        OpcError: when it is not XML, or has a DOCTYPE, which no Office program writes.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OpcError(OpcFault.DAMAGED, part) from error
    _refuse_doctype(root, part)
    return root


def tags_in(data: bytes) -> int:
    """Return the number of start tags in the XML in *data*; at least that where the XML is not in UTF-8."""
    return data.count(b"<") - data.count(b"</")


def _refuse_doctype(element: Any, part: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise OpcError(OpcFault.DOCTYPE, part)


def relations_part(part: str) -> str:
    """Return the name of the part with the relationships of *part*."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def relations_of(part: str, root: etree._Element | None) -> dict[str, PartRelation]:
    """Return the relationships of *part* by id; *root* is the part that contains them."""
    found = {}
    for element in () if root is None else root:
        external = element.get("TargetMode") == "External"
        target = str(element.get("Target", ""))
        if not external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        kind = str(element.get("Type", "")).rpartition("/")[2]
        found[str(element.get("Id", ""))] = PartRelation(kind, target, external)
    return found
