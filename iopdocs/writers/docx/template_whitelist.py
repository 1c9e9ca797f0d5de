"""What a Word template may lend to documents: a whitelist of parts, relationships, elements and field instructions.

A template may come from a stranger. What a page design needs is kept: styles, numbering, theme, fonts, headers and
footers with pictures, page numbers and ordinary links. Everything else is left out, and what could run, fetch or open
something is reported. The result is a template of its own, so that no later step can meet what was left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen
from lxml import etree

from iopdocs.writers.docx.field_codes import ALLOWED_ADDRESS, clean_fields
from iopdocs.writers.docx.namespaces import RELATIONSHIP_TYPES, R, W, parse, remove, serialised, unwrap, w
from iopdocs.writers.docx.package import PackageEntry, Relationship, entry, relationships_xml, zipped
from iopdocs.writers.docx.template_elements import (
    ACTIVE_DRAWING,
    ADDRESS_ATTRIBUTES,
    COMPATIBILITY,
    DRAWING_NAMESPACES,
    FONT_TYPES,
    FOREIGN_ADDRESS,
    IMAGES,
    IN_SWEDISH,
    INERT,
    LENT_PARTS,
    LITERAL,
    MATH,
    OFFICE,
    OFFICE_ELEMENTS,
    SAFE_ID,
    SAFE_NAME,
    SETTINGS,
    SILENT,
    TEXT_ELEMENTS,
    UNWRAPPED,
    USED_BY,
    VML,
    VML_IN_WORD,
    WEB_SETTINGS,
    WORD_EXTENSIONS,
)


@frozen
class Refusal:
    """Something that a template does not lend: the *part* that holds it, and *what* it is, in Swedish."""

    part: str
    what: str


@frozen
class LentTemplate:
    """A Word file with what a template lends and nothing else, and what was *refused*: all that could do something."""

    data: bytes
    refused: tuple[Refusal, ...]


@frozen
class _Lending:
    """The work on one template: the parts that are lent so far, and what was refused."""

    entries: dict[str, PackageEntry] = field(factory=dict)
    refused: dict[Refusal, None] = field(factory=dict)

    def refuse(self, part: str, what: str) -> None:
        self.refused[Refusal(part, what)] = None


def lend(main: Any) -> LentTemplate:
    """Return what the template whose main part is *main* (a part of python-docx) lends to documents."""
    lending = _Lending()
    for rel in main.package.rels.values():
        if _kind(rel) not in INERT:
            lending.refuse(_path(main), _what(rel))
    name = _path(main)
    kept = [lent for rel in main.rels.values() if (lent := _lent_part(rel, name, lending)) is not None]
    root = parse(main.blob)
    sections = _sections_alone(root)
    _report_text(root, name, lending)
    _clean(sections, name, kept, TEXT_ELEMENTS, lending)
    files = [entry(name, str(main.content_type), serialised(sections).encode()), *lending.entries.values()]
    folder, _slash, file = name.rpartition("/")
    files.append(entry(f"{folder}/_rels/{file}.rels".lstrip("/"), "", relationships_xml(kept).encode()))
    to_main = Relationship("rId1", RELATIONSHIP_TYPES + "officeDocument", f"/{name}", False)
    return LentTemplate(zipped(files, [to_main]), tuple(lending.refused))


def _kind(rel: Any) -> str:
    return str(rel.reltype).rpartition("/")[2]


def _path(part: Any) -> str:
    return str(part.partname).lstrip("/")


def _what(rel: Any) -> str:
    kind = _kind(rel)
    known = next((words for name, words in IN_SWEDISH.items() if name.casefold() == kind.casefold()), "")
    if known:
        return known
    if rel.is_external:
        return f"en länk ut ur filen ({_shown(rel.target_ref)})"
    return f"en del av okänt slag ({_shown(_path(rel.target_part))})"


def _shown(text: str, most: int = 60) -> str:
    line = "".join(character if character.isprintable() else "?" for character in " ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _lent_part(rel: Any, name: str, lending: _Lending) -> Relationship | None:
    """Return the relationship of the main part *name* to a part that is lent, and lend that part; else ``None``."""
    kind = _kind(rel)
    if not SAFE_ID.fullmatch(rel.rId):
        lending.refuse(name, f"en relation med ett otillåtet id ({_shown(rel.rId)})")
        return None
    if kind not in LENT_PARTS or rel.reltype != RELATIONSHIP_TYPES + kind:
        # Links and pictures of the template's own text go with the text; anything unknown is reported.
        ordinary = kind in ("hyperlink", "image") and (not rel.is_external or _is_allowed_link(rel.target_ref))
        if kind not in INERT and not ordinary:
            lending.refuse(name, _what(rel))
        return None
    content_type, root_name, leads_to = LENT_PARTS[kind]
    if rel.is_external:
        lending.refuse(name, _what(rel))
        return None
    part, path = rel.target_part, _path(rel.target_part)
    root = parse(part.blob) if part.content_type == content_type else None
    if root is None or etree.QName(root).localname != root_name or not SAFE_NAME.fullmatch(path):
        lending.refuse(name, f"en del av fel slag ({_shown(path)})")
        return None
    if path not in lending.entries:
        _lend_tree(part, path, root, leads_to, lending)
    return Relationship(rel.rId, rel.reltype, "/" + path, False)


def _lend_tree(part: Any, path: str, root: etree._Element, leads_to: tuple[str, ...], lending: _Lending) -> None:
    kept = [lent for rel in part.rels.values() if (lent := _lent_target(rel, path, leads_to, lending)) is not None]
    allowed = {"settings": SETTINGS, "webSettings": WEB_SETTINGS}.get(etree.QName(root).localname, TEXT_ELEMENTS)
    before = etree.tostring(root)
    _clean(root, path, kept, allowed, lending)
    blob = part.blob if etree.tostring(root) == before else serialised(root).encode()
    used = etree.tostring(root, encoding="unicode")
    kept = [rel for rel in kept if f'"{rel.id}"' in used]
    lending.entries[path] = entry(path, str(part.content_type), blob)
    if kept:
        folder, _slash, file = path.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".lstrip("/")
        lending.entries[name] = entry(name, "", relationships_xml(kept).encode())


def _lent_target(rel: Any, path: str, leads_to: tuple[str, ...], lending: _Lending) -> Relationship | None:
    """Return the relationship of a lent part to a picture, a font or an address that may stay; else ``None``."""
    kind = _kind(rel)
    known = rel.reltype == RELATIONSHIP_TYPES + kind and kind in leads_to and SAFE_ID.fullmatch(rel.rId) is not None
    if known and kind == "hyperlink" and rel.is_external and _is_allowed_link(rel.target_ref):
        return Relationship(rel.rId, rel.reltype, rel.target_ref.strip(), True)
    if not known or rel.is_external or kind == "hyperlink":
        if kind not in INERT:
            lending.refuse(path, _what(rel))
        return None
    target = _path(rel.target_part)
    wrong = _wrong_picture(rel.target_part) if kind == "image" else _wrong_font(rel.target_part)
    if wrong or not SAFE_NAME.fullmatch(target):
        lending.refuse(path, f"{wrong or 'en fil med ett otillåtet namn'} ({_shown(target)})")
        return None
    lending.entries[target] = entry(target, str(rel.target_part.content_type), rel.target_part.blob)
    return Relationship(rel.rId, rel.reltype, "/" + target, False)


def _wrong_picture(part: Any) -> str:
    endings, start = IMAGES.get(str(part.content_type).lower(), ("", b"-"))
    named = _path(part).lower().endswith(tuple(endings.split())) if endings else False
    if named and part.blob.startswith(start):
        return ""
    return "en bild av ett slag som inte lånas ut – spara den som PNG eller JPEG"


def _wrong_font(part: Any) -> str:
    named = _path(part).lower().endswith((".odttf", ".ttf", ".fntdata"))
    return "" if named and part.content_type in FONT_TYPES else "ett typsnitt av okänt slag"


def _is_allowed_link(address: str) -> bool:
    return ALLOWED_ADDRESS.fullmatch(address) is not None


def _sections_alone(root: etree._Element) -> etree._Element:
    """Return the main part with its sections and none of its text."""
    alone = parse(f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body/></w:document>'.encode())
    body = root.find(w("body"))
    if body is None:
        return alone
    for section in list(body.iter(w("sectPr"))):
        last = section.getparent() is body
        place = alone[0] if last else etree.SubElement(etree.SubElement(alone[0], w("p")), w("pPr"))
        place.append(parse(etree.tostring(section, with_tail=False)))
    return alone


def _report_text(root: etree._Element, name: str, lending: _Lending) -> None:
    """Report what the text of the template holds that could run: none of it is lent, and its author should know."""
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        if local in ("object", "OLEObject", "control", "altChunk", "subDoc", "movie"):
            lending.refuse(name, IN_SWEDISH[local])
    for code in clean_fields(root):
        lending.refuse(name, f"fältet {_shown(code)}")


def _clean(
    root: etree._Element, part: str, kept: list[Relationship], allowed: frozenset[str], lending: _Lending
) -> None:
    """Take from *root* every element and attribute that is not allowed; *kept* are the relationships that may be used."""
    for code in clean_fields(root):
        lending.refuse(part, f"fältet {_shown(code)}")
    kinds = {rel.id: rel.type.rpartition("/")[2] for rel in kept}
    for element in list(root.iter(etree.Element)):
        if element is root or root not in element.iterancestors():
            continue
        verdict = _verdict(element, allowed)
        if verdict == "unwrap":
            unwrap(element)
        elif verdict:
            if verdict != "silent":
                lending.refuse(part, verdict)
            remove(element)
        else:
            _clean_attributes(element, part, kinds, lending)
    for alternatives in list(root.iter(f"{{{COMPATIBILITY}}}AlternateContent")):
        if not any(len(branch) for branch in alternatives):
            remove(alternatives)


def _verdict(element: etree._Element, allowed: frozenset[str]) -> str:
    """Return "" where *element* stays, ``unwrap``, ``silent``, or what it is, in Swedish, where it is left out."""
    name = etree.QName(element)
    namespace, local = name.namespace or "", name.localname
    if namespace == W:
        if local in allowed:
            return ""
        if local in UNWRAPPED:
            return "unwrap"
        known = IN_SWEDISH.get(local)
        # A setting or a web setting that is not known does nothing by itself.
        silent = local in SILENT or (known is None and allowed is not TEXT_ELEMENTS)
        return "silent" if silent else known or f"elementet w:{_shown(local)}"
    if namespace in DRAWING_NAMESPACES:
        return IN_SWEDISH.get(local, f"elementet {_shown(local)}") if local in ACTIVE_DRAWING else ""
    if namespace == OFFICE:
        return "" if local in OFFICE_ELEMENTS else IN_SWEDISH.get(local, f"elementet o:{_shown(local)}")
    if (
        namespace in (VML, VML_IN_WORD, COMPATIBILITY)
        or (namespace == MATH and allowed is SETTINGS)
        or WORD_EXTENSIONS.fullmatch(namespace)
    ):
        return ""
    # An extension that nobody asked for is inert: charts and the like go with their relationships.
    return "silent"


def _clean_attributes(element: etree._Element, part: str, kinds: Mapping[str, str], lending: _Lending) -> None:
    local = etree.QName(element).localname
    for key, value in [(str(key), str(value)) for key, value in element.attrib.items()]:
        name = etree.QName(key)
        if name.namespace == R:
            if name.localname not in ("id", "embed") or local not in USED_BY.get(kinds.get(value, ""), ()):
                if value in kinds:
                    lending.refuse(part, "en länk som används som något annat")
                del element.attrib[key]
                _without_relationship(element)
        elif element.tag not in LITERAL and _is_address(element, name, value):
            lending.refuse(part, f"en adress ({_shown(value)})")
            del element.attrib[key]


def _is_address(element: etree._Element, name: etree.QName, value: str) -> bool:
    """Return whether the attribute *name* of *element* leads out of the file by itself, to where no link may lead."""
    if name.localname in ADDRESS_ATTRIBUTES:
        return bool(value) and not (name.localname == "href" and _is_allowed_link(value))
    # Names, alternative texts and the values of styles are words.
    words = ("descr", "title", "alt", "name", "instr", "string", "style", "displayText", "value", "val", "uri")
    return name.localname not in words and FOREIGN_ADDRESS.search(value) is not None


def _without_relationship(element: etree._Element) -> None:
    """Mend *element*, which has lost what it leads to: a link keeps its text, a picture goes as a whole."""
    local = etree.QName(element).localname
    if any(etree.QName(key).namespace == R for key in element.attrib):
        return
    if local == "hyperlink":
        if element.get(w("anchor")) is None:
            unwrap(element)
    elif local in ("blip", "imagedata"):
        holder = next((one for one in element.iterancestors(w("numPicBullet"), w("drawing"), w("pict"))), element)
        bullet = next(holder.iterancestors(w("numPicBullet")), holder)
        _forget_bullet(bullet)
        remove(bullet)
    elif local.startswith("embed") or local in ("hlinkClick", "headerReference", "footerReference"):
        remove(element)


def _forget_bullet(bullet: etree._Element) -> None:
    if bullet.tag == w("numPicBullet"):
        number = bullet.get(w("numPicBulletId"))
        for user in list(bullet.getroottree().getroot().iter(w("lvlPicBulletId"))):
            if user.get(w("val")) == number:
                remove(user)
