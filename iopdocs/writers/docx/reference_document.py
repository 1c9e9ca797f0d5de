"""The reference document: a Word file that supplies styles, page setup, header and footer. Its text is not used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from attrs import frozen
from lxml import etree

from iopdocs.document.xml_escape import escape
from iopdocs.errors import LibraryError
from iopdocs.library.layer_reader import templates_dir
from iopdocs.writers.docx.headers_footers import Pieces, prepare_header
from iopdocs.writers.docx.namespaces import RELATIONSHIP_TYPES, WORD_TYPES, W, parse, serialised, value_of, w
from iopdocs.writers.docx.package import PackageEntry, Relationship, entry, relationships_xml
from iopdocs.writers.docx.page_section import headers_of, section_of, text_width
from iopdocs.writers.docx.prepared_template import Lists, complete_lists, complete_styles, set_language
from iopdocs.writers.docx.styles import StyleRole
from iopdocs.writers.docx.template_opening import BROKEN, broken, open_template
from iopdocs.writers.docx.template_whitelist import LentTemplate, lend

_STYLES, _NUMBERING = RELATIONSHIP_TYPES + "styles", RELATIONSHIP_TYPES + "numbering"
_HEADER_TYPES = (WORD_TYPES + "header+xml", WORD_TYPES + "footer+xml")
# Without these Word opens a document in compatibility mode.
_ADDED_PARTS = tuple(RELATIONSHIP_TYPES + kind for kind in ("settings", "theme", "fontTable"))


@frozen
class ReferenceDocument:
    """A prepared reference document, with everything that is the same for all documents.

    *fixed* are the finished package entries, *headers* those with controls to fill in, *numbering* the numbering part
    without its end, *section* the ``w:sectPr``, *text_width* the width in twentieths of a point. The ids in *styles* are
    escaped: they come from a template and are written into attributes.
    """

    document_name: str
    fixed: tuple[PackageEntry, ...]
    headers: tuple[tuple[str, str, Pieces], ...]
    package_relationships: tuple[Relationship, ...]
    document_relationships: tuple[Relationship, ...]
    numbering_name: str
    numbering: str
    lists: Lists
    styles: Mapping[StyleRole, str]
    section: str
    text_width: int
    control_ids: frozenset[int]


def reference_of(data: bytes | None, language: str, file: str = "mall.docx") -> ReferenceDocument:
    """Return the reference document in *data*, or the built-in one if ``None``, for *language* (BCP 47).

    Raises:
        LibraryError: when *data* is not a readable Word document. The message names *file*.
    """
    return _reference(_ours() if data is None else data, language, file)


@lru_cache(maxsize=8)
def lent_template(data: bytes, file: str = "mall.docx") -> LentTemplate:
    """Return what the template in *data* lends to documents, and what of it is refused.

    Raises:
        LibraryError: when *data* is no Word document that can be read; the message names *file*.
    """
    main = open_template(data, file)
    try:
        return lend(main)
    except BROKEN as error:
        raise broken(file) from error


def _ours() -> bytes:
    path = templates_dir() / "mall.docx"
    try:
        return path.read_bytes()
    except OSError as error:
        raise LibraryError.one("referensdokumentet kan inte läsas", "installera om iopdocs", str(path)) from error


@lru_cache(maxsize=8)
def _reference(data: bytes, language: str, file: str) -> ReferenceDocument:
    try:
        return _prepared(open_template(lent_template(data, file).data, file), language)
    except BROKEN as error:
        raise broken(file) from error


def _prepared(main: Any, language: str) -> ReferenceDocument:
    section = section_of(parse(main.blob).find(w("body")), main.rels)

    unused = {rel.rId for rel in main.rels.values() if _kind(rel) in ("header", "footer")} - set(headers_of(section))
    kept = {rel.rId: rel for rel in main.rels.values() if rel.rId not in unused}
    by_type = {rel.reltype: rel.target_part for rel in kept.values() if not rel.is_external}
    our_parts = {rel.reltype: rel for rel in open_template(_ours()).rels.values()}
    ours = our_styles()
    styles = parse(by_type[_STYLES].blob) if _STYLES in by_type else ours
    numbering = parse(by_type[_NUMBERING].blob if _NUMBERING in by_type else f'<w:numbering xmlns:w="{W}"/>'.encode())
    roles = complete_styles(styles, ours)
    lists = complete_lists(styles, numbering, roles)
    set_language(styles, language)

    relationships = [_relationship(rel) for rel in kept.values()]
    replaced = {_path(by_type[_STYLES]) if _STYLES in by_type else "word/styles.xml": serialised(styles)}
    numbering_name = _path(by_type[_NUMBERING]) if _NUMBERING in by_type else "word/numbering.xml"
    for reltype, name in ((_STYLES, next(iter(replaced))), (_NUMBERING, numbering_name)):
        if reltype not in by_type:
            identifier = next(f"rIdIop{n}" for n in range(1, 9) if f"rIdIop{n}" not in kept)
            kept[identifier] = None
            relationships.append(Relationship(identifier, reltype, "/" + name, False))
    added = [our_parts[reltype] for reltype in _ADDED_PARTS if reltype not in by_type]
    for number, rel in enumerate(added, 1):
        relationships.append(Relationship(f"rIdIopOwn{number}", rel.reltype, "/" + _path(rel.target_part), False))

    fixed: list[PackageEntry] = []
    headers: list[tuple[str, str, Pieces]] = []
    controls: set[int] = set()
    if _STYLES not in by_type:
        fixed.append(entry("word/styles.xml", WORD_TYPES + "styles+xml", serialised(styles).encode()))
    package_rels = list(main.package.rels.values())
    parts = list(_reachable(main, [rel for rel in kept.values() if rel is not None], package_rels, added))
    trees = {_path(part): parse(part.blob) for part in parts if part.content_type in _HEADER_TYPES}
    for root in trees.values():
        controls |= {int(value_of(properties.find(w("id"))) or 0) for properties in root.iter(w("sdtPr"))}
    for part in parts:
        name, blob = _path(part), part.blob
        rels = list(part.rels.values())
        if name == numbering_name:
            _add_relationships(fixed, name, rels)
            continue
        if name in replaced:
            blob = replaced[name].encode()
        elif part.content_type == WORD_TYPES + "settings+xml":
            blob = _settings(blob, language)
        elif name in trees:
            pieces = prepare_header(trees[name], controls)
            if pieces is not None:
                headers.append((name, part.content_type, pieces))
                _add_relationships(fixed, name, rels)
                continue
        fixed.append(entry(name, part.content_type, blob))
        _add_relationships(fixed, name, rels)

    return ReferenceDocument(
        document_name=_path(main),
        fixed=tuple(fixed),
        headers=tuple(headers),
        package_relationships=tuple(_relationship(rel) for rel in package_rels),
        document_relationships=tuple(relationships),
        numbering_name=numbering_name,
        numbering=_open_end(numbering),
        lists=lists,
        styles={role: escape(style) for role, style in roles.items()},
        section=etree.tostring(section, encoding="unicode"),
        text_width=text_width(section),
        control_ids=frozenset(controls),
    )


def our_styles() -> etree._Element:
    """Return the styles of the built-in reference document."""
    return parse(next(rel for rel in open_template(_ours()).rels.values() if rel.reltype == _STYLES).target_part.blob)


def _kind(rel: Any) -> str:
    return str(rel.reltype).rpartition("/")[2]


def _relationship(rel: Any) -> Relationship:
    target = rel.target_ref if rel.is_external else "/" + _path(rel.target_part)
    return Relationship(rel.rId, rel.reltype, target, rel.is_external)


def _path(part: Any) -> str:
    return str(part.partname).lstrip("/")


def _reachable(main: Any, *starts: list[Any]) -> Iterator[Any]:
    """Yield the parts to keep except the main one, each once and in a fixed order."""
    seen: dict[str, Any] = {_path(main): main}
    waiting = [rel for rels in starts for rel in rels]
    while waiting:
        rel = waiting.pop(0)
        if rel.is_external or _path(rel.target_part) in seen:
            continue
        seen[_path(rel.target_part)] = rel.target_part
        waiting += rel.target_part.rels.values()
    yield from (seen[name] for name in sorted(seen) if name != _path(main))


def _add_relationships(fixed: list[PackageEntry], name: str, rels: list[Any]) -> None:
    if rels:
        folder, _slash, file = name.rpartition("/")
        xml = relationships_xml(tuple(_relationship(rel) for rel in rels))
        fixed.append(entry(f"{folder}/_rels/{file}.rels".lstrip("/"), "", xml.encode()))


def _settings(blob: bytes, language: str) -> bytes:
    root = parse(blob)
    set_language(root, language)
    return serialised(root).encode()


def _open_end(numbering: etree._Element) -> str:
    """Return the numbering part without its end, so that a document can add lists."""
    for cleanup in numbering.findall(w("numIdMacAtCleanup")):
        numbering.remove(cleanup)
    return serialised(numbering).rpartition("</")[0]
