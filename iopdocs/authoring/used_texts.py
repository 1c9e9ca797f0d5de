"""Find which texts made a finished Word document, and whether the library still has them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from attrs import frozen

from iopdocs.accessibility.package import OpenedDocument, open_package
from iopdocs.authoring.clause_list import OTHER
from iopdocs.authoring.text_lookup import ENDING, SECTIONS, plain, section_names
from iopdocs.errors import LoadError
from iopdocs.library.clauses import FOLDER, folded
from iopdocs.library.layers import Layer, Library
from iopdocs.library.texts import LayerText
from iopdocs.writers.docx.package import DIGEST_NAME, is_untouched
from iopdocs.writers.docx.provenance import KeptText, read_property

_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_MOST = 2000


class TextStatus(Enum):
    """The state of a text since the document was made."""

    SAME = "oförändrad"
    CHANGED = "ändrad sedan dess"
    COVERED = "ersatt av en text i ett lager ovanpå"
    GONE = "finns inte längre"
    LAYER_GONE = "lagret är inte med"
    NO_TEXT = "ingen text ur lagren"


@frozen
class UsedText:
    """A text that made the document: what is *kept* of it, the *section* it is in, and its state *now*.

    *digest* is the hash of the text that the library has in its place, empty where it has none; *renamed* is its name
    in the layer where that is another than when the document was made.
    """

    kept: KeptText
    section: str
    heading: str
    title: str
    now: TextStatus
    digest: str = ""
    renamed: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the text as JSON has it."""
        kept = self.kept
        return {
            "slag": kept.kind, "id": kept.id, "avsnitt": self.section, "titel": self.title, "fil": kept.name,
            "lager": kept.layer, "version": kept.version, "hash": kept.digest, "granskad": kept.reviewed or "nej",
            "val": kept.how, "nu": self.now.value, "hash_nu": self.digest, "fil_nu": self.renamed or kept.name,
        }  # fmt: skip


@frozen
class UsedTexts:
    """The texts recorded in a document: its *texts* in order, and whether it was *edited* since iopdocs made it."""

    file: str
    edited: bool
    texts: tuple[UsedText, ...]

    def as_data(self) -> dict[str, object]:
        """Return the document as JSON has it."""
        return {"dokument": self.file, "ändrat": self.edited, "texter": [one.as_data() for one in self.texts]}


def used(path: Path, library: Library) -> UsedTexts:
    """Return which texts made the DOCX *path*, compared with those of *library*.

    Raises:
        CheckError: when it is no Word document, is locked or broken, or is too large when unpacked.
        LoadError: when it records no texts: iopdocs did not make it, or its properties have been removed.
    """
    package = open_package(path)
    kept, ours = _kept(package)
    if not kept:
        if ours:
            what = "dokumentet är gjort av iopdocs, men säger inte vilka texter det bygger på"
            hint = "det kan vara gjort av en äldre version; gör om det med: iopdocs render"
        else:
            what = "dokumentet är inte gjort av iopdocs, eller har förlorat sina egenskaper"
            hint = "ange ett Word-dokument som iopdocs render har gjort"
        raise LoadError.one(what, hint, str(path))
    texts = [_compared(one, kept, library) for one in kept]
    order = [
        name[len(SECTIONS) : -len(ENDING)] for name in (one.kept.name for one in texts) if name.startswith(SECTIONS)
    ]
    # A clause is listed under its section also where its words come before the section's own.
    texts.sort(key=lambda one: (order.index(one.section) if one.section in order else len(order), one.kept.kind))
    return UsedTexts(str(path), not is_untouched(path.read_bytes()), tuple(texts))


def _kept(package: OpenedDocument) -> tuple[tuple[KeptText, ...], bool]:
    """Return the texts that the properties of *package* keep, and whether they show that iopdocs made it."""
    found: list[KeptText] = []
    ours = False
    for name, value in _properties(package):
        ours = ours or name == DIGEST_NAME
        one = read_property(name, value)
        if one is not None and len(found) < _MOST:
            found.append(one)
    return tuple(found), ours


def _properties(package: OpenedDocument) -> Iterator[tuple[str, str]]:
    roots = (root for root in package.parts.values() if root.tag == f"{_PROPERTIES}Properties")
    for root in roots:
        for element in root.iterchildren(f"{_PROPERTIES}property"):
            yield str(element.get("name", "")), "".join(map(str, element.itertext())).strip()


def _compared(one: KeptText, every: tuple[KeptText, ...], library: Library) -> UsedText:
    section = _section(one, library)
    heading = library.heading(section) if section != OTHER else "Övrigt"
    title = _title(one, library)
    if not one.path:
        return UsedText(one, section, heading, title, TextStatus.NO_TEXT)
    layer = next((layer for layer in library.layers if _is(one.layer, layer.name)), None)
    if layer is None:
        return UsedText(one, section, heading, title, TextStatus.LAYER_GONE)
    text = layer.texts.get(one.name) or _renamed(one, layer, library)
    if text is None:
        return UsedText(one, section, heading, title, TextStatus.GONE)
    renamed = text.name if text.name != one.name else ""
    if text.digest != one.digest:
        return UsedText(one, section, heading, title, TextStatus.CHANGED, text.digest, renamed)
    found = library.find(text.name)
    top = found[1] if found else text
    if top is not text and not any(other.name == one.name and _is(other.layer, top.layer) for other in every):
        return UsedText(one, section, heading, title, TextStatus.COVERED, top.digest, renamed)
    return UsedText(one, section, heading, title, TextStatus.SAME, text.digest, renamed)


def _renamed(one: KeptText, layer: Layer, library: Library) -> LayerText | None:
    """Return the text of *layer* that has the id of *one* in a file of another name."""
    folder = one.name.partition("/")[0] + "/"
    same = (text for name, text in sorted(layer.texts.items()) if name.startswith(folder))
    return next((text for text in same if folded(library.id_of(text)) == folded(one.id)), None)


def _is(kept: str, name: str) -> bool:
    """Return whether *kept*, which may have been shortened, is the layer's *name*."""
    said = " ".join(name.replace(";", ",").split())
    return said.startswith(kept[:-1]) if kept.endswith("…") else said == kept


def _section(one: KeptText, library: Library) -> str:
    if one.kind == "avsnitt":
        return one.path
    clause = library.clause(one.id.partition("/")[0])
    folder = one.path.partition("/")[0] if one.kind == "klausul" else ""
    names = section_names(library)
    return names.get(plain(clause.section if clause and not folder else folder)) or OTHER


def _title(one: KeptText, library: Library) -> str:
    found = library.find(one.name) if one.path else None
    if found is None:
        clause = library.clause(one.id)
        return clause.title if clause else one.id
    front = found[1].front
    if one.name.startswith(FOLDER):
        return front.title or one.id
    return front.heading or front.title or one.id
