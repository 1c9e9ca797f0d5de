"""The package of a DOCX: a reproducible zip, with the same bytes for the same parts."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Container, Iterable, Mapping
from contextlib import closing
from io import BytesIO
from itertools import count

from attrs import frozen

from iopdocs.document.xml_escape import escape, one_line
from iopdocs.files.embedded_data import NAMESPACE, wrapped
from iopdocs.opc import OpcError, open_package
from iopdocs.writers.docx.namespaces import DECLARATION, RELATIONSHIP_TYPES

CUSTOM_PART = "docProps/custom.xml"
LONGEST_PROPERTY = 255
"""The number of characters that Word shows, and keeps, of a property."""
DIGEST_NAME = "iopdocs-digest"
FORMAT_NAME = "iopdocs-format"
FORMAT = "1"

_DATA_RELATION = RELATIONSHIP_TYPES + "customXml"
_CORE_PART = "docProps/core.xml"
_PACKAGE_TYPES = "application/vnd.openxmlformats-package."
_CORE_TYPE = _PACKAGE_TYPES + "core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_DATA_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
# The earliest date that a zip can contain.
_DATE = (1980, 1, 1, 0, 0, 0)


@frozen
class PackageEntry:
    """A file in the package. *content_type* is empty for parts of the package itself, such as relationships."""

    name: str
    content_type: str
    data: bytes
    digest: str


@frozen
class Relationship:
    """A relationship of a part: *target* is a part's name from the root (``/word/styles.xml``), or an address."""

    id: str
    type: str
    target: str
    external: bool


def entry(name: str, content_type: str, data: bytes) -> PackageEntry:
    """Return the file *name* with its digest."""
    return PackageEntry(name, content_type, data, hashlib.sha256(data).hexdigest())


def relationships_xml(relationships: Iterable[Relationship]) -> str:
    """Return a relationships part (ECMA-376 part 2, 9.3)."""
    parts = [f'{DECLARATION}<Relationships xmlns="{_PACKAGE_NAMESPACE}relationships">']
    for rel in relationships:
        mode = ' TargetMode="External"' if rel.external else ""
        identifier, kind, target = map(escape, (rel.id, rel.type, rel.target))
        parts.append(f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"{mode}/>')
    parts.append("</Relationships>")
    return "".join(parts)


_PACKAGE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/"


def core_properties(title: str, language: str, status: str) -> str:
    """Return the core properties part: the document's metadata, without dates, since none are known."""
    parts = [
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE_NAMESPACE}metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
    ]
    for tag, text in (("dc:title", title), ("dc:language", language), ("cp:contentStatus", status)):
        if text:
            parts.append(f"<{tag}>{one_line(text)}</{tag}>")
    parts.append("</cp:coreProperties>")
    return "".join(parts)


_DATA_ITEM = "{6C1F5E0B-0D1A-4C53-9B8E-6F4B2D7A1E01}"
_DATA_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def data_part(text: str, taken: Container[str], ids: Container[str]) -> tuple[tuple[PackageEntry, ...], Relationship]:
    """Return the custom XML part that contains *text* (ECMA-376 part 1, 15.2.5), and the main document's relationship to it.

    *taken* are the names of other parts, in lower case, and *ids* those of the document's other relationships; the part
    and its properties get an unused number.
    """
    number = next(n for n in count(1) if not any(f"customxml/{name}{n}.xml" in taken for name in ("item", "itemprops")))
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    about = (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{_DATA_ITEM}" xmlns:ds="{_DATA_NAMESPACE}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    to_properties = Relationship("rId1", RELATIONSHIP_TYPES + "customXmlProps", f"/{properties}", False)
    entries = (
        entry(item, "application/xml", wrapped(text)),
        entry(properties, _DATA_PROPERTIES, about.encode()),
        entry(f"customXml/_rels/item{number}.xml.rels", "", relationships_xml((to_properties,)).encode()),
    )
    free = next(one for n in count(1) if (one := f"rIdIopData{n}") not in ids)
    return entries, Relationship(free, _DATA_RELATION, f"/{item}", False)


def _custom_properties(values: Iterable[tuple[str, str]]) -> str:
    """Return the custom properties part (ECMA-376 part 1, 22.3) of *values*, which are escaped already."""
    parts = [
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    ]
    for number, (name, value) in enumerate(values, 2):
        parts.append(
            f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
            f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        )
    parts.append("</Properties>")
    return "".join(parts)


# A property as _custom_properties writes it; names and values stay escaped.
_PROPERTY = re.compile(r' name="([^"<>]*)"><vt:lpwstr>([^<>]*)</vt:lpwstr></property>')


def _ascii(text: str) -> str:
    return one_line(text).encode("ascii", "xmlcharrefreplace").decode()


def _all_properties(digests: Mapping[str, str], kept: Iterable[tuple[str, str]]) -> bytes:
    """Return the custom properties part: the format, *kept* (escaped), and the digest of *kept* and the other parts."""
    known = ((FORMAT_NAME, FORMAT), *kept)
    own = hashlib.sha256(_custom_properties(known).encode()).hexdigest() if len(known) > 1 else ""
    return _custom_properties((*known, (DIGEST_NAME, digest_of(digests, own)))).encode()


def digest_of(digests: Mapping[str, str], properties: str = "") -> str:
    """Return the digest of a package: SHA-256 over name and SHA-256 of each part.

    For the part that contains the digest, *properties* replaces its own digest when it contains anything else.
    """
    others = {name: digest for name, digest in digests.items() if name != CUSTOM_PART}
    known = others | {CUSTOM_PART: properties} if properties else others
    lines = (f"{name}\0{known[name]}\n" for name in sorted(known))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def pack(
    entries: Iterable[PackageEntry],
    relationships: Iterable[Relationship],
    core: str,
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """Return the package of *entries*, with content types, properties and the digest that shows whether it was edited.

    *relationships* are the package's own; those to the properties are added here. *properties* are custom properties
    by name, in plain text of at most :data:`LONGEST_PROPERTY` characters.
    """
    known = tuple(relationships)
    own = (
        Relationship("rIdIopCore", _CORE_RELATION, "/" + _CORE_PART, False),
        Relationship("rIdIopCustom", RELATIONSHIP_TYPES + "custom-properties", "/" + CUSTOM_PART, False),
    )
    files = [*entries, entry(_CORE_PART, _CORE_TYPE, core.encode())]
    types = {file.name: file.content_type for file in files} | {CUSTOM_PART: _CUSTOM_TYPE}
    files = [*_about_package(types, (*known, *own)), *files]
    kept = [(_ascii(name), _ascii(value)) for name, value in (properties or {}).items()]
    custom = _all_properties({file.name: file.digest for file in files}, kept)
    files.append(entry(CUSTOM_PART, _CUSTOM_TYPE, custom))
    return _zipped(files)


def zipped(files: Iterable[PackageEntry], relationships: Iterable[Relationship]) -> bytes:
    """Return a package of only *files*, with the *relationships* of the package itself."""
    files = list(files)
    return _zipped([*_about_package({file.name: file.content_type for file in files}, relationships), *files])


def _about_package(types: Mapping[str, str], relationships: Iterable[Relationship]) -> list[PackageEntry]:
    return [
        entry("[Content_Types].xml", "", _content_types(types).encode()),
        entry("_rels/.rels", "", relationships_xml(relationships).encode()),
    ]


def _content_types(types: Mapping[str, str]) -> str:
    parts = [
        f'{DECLARATION}<Types xmlns="{_PACKAGE_NAMESPACE}content-types">'
        f'<Default Extension="rels" ContentType="{_PACKAGE_TYPES}relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    ]
    for name in sorted(types):
        if types[name]:
            parts.append(f'<Override PartName="/{escape(name)}" ContentType="{escape(types[name])}"/>')
    parts.append("</Types>")
    return "".join(parts)


def _zipped(files: Iterable[PackageEntry]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            info = zipfile.ZipInfo(file.name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            # Otherwise these two reveal on which system the file was made.
            info.create_system, info.external_attr = 3, 0o600 << 16
            archive.writestr(info, file.data)
    return buffer.getvalue()


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is an unedited DOCX made by iopdocs."""
    try:
        with closing(open_package(data)) as package:
            parts = {name: package.read(name) for name in package.sizes}
    except OpcError:
        return False
    custom = parts.pop(CUSTOM_PART, b"")
    found = _PROPERTY.findall(custom.decode("ascii", "replace"))
    if len(found) < 2:
        return False
    # Rebuilt and compared byte for byte: any difference means that it was edited.
    return custom == _all_properties(
        {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()}, found[1:-1]
    )
