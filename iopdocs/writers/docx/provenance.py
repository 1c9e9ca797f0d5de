"""What a DOCX keeps of the texts that made it: a custom property for each, which Word shows and keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from iopdocs.document.tree import ChosenBy, ClauseUse, Document, TextUse
from iopdocs.library.clauses import folded, wants_none
from iopdocs.writers.docx.package import LONGEST_PROPERTY

_PREFIX = "iopdocs-"
_KINDS = {"dokument": "dokument", "avsnitt": "avsnitt", "klausuler": "klausul"}
_NAME = re.compile(r"iopdocs-(dokument|avsnitt|klausul)-[0-9]{1,5}")
_FIELD = re.compile(r"(fil|version|lager|sha256|granskad|val) (.*)")
_ENDING = ".md.j2"
_SHORTEST = 12


@frozen
class KeptText:
    """A text as a document's properties have it: *path* is its file without folder and ending (``ekonomi/vinst``).

    *kind* is ``dokument``, ``avsnitt`` or ``klausul``; *how* says what decided it, for a clause that has been chosen.
    A clause without a text (left out, or one of the parties' own in its place) has no *path* and no *digest*.
    """

    kind: str
    id: str
    path: str = ""
    version: str = ""
    layer: str = ""
    digest: str = ""
    reviewed: str = ""
    how: str = ""

    @property
    def name(self) -> str:
        """The text's name in its layer: ``klausuler/ekonomi/vinst.md.j2``."""
        folder = next(folder for folder, kind in _KINDS.items() if kind == self.kind)
        ending = "" if self.path.endswith(".j2") else _ENDING
        return f"{folder}/{self.path}{ending}" if self.path else ""


def provenance(document: Document) -> Mapping[str, str]:
    """Return the properties that keep which clause, version, layer and hash made each part of *document*."""
    kept = [*(_text(text, document.clauses) for text in document.texts), *_without_text(document.clauses)]
    return {f"{_PREFIX}{one.kind}-{number:02}": _value(one) for number, one in enumerate(kept, 1)}


def read_property(name: str, value: str) -> KeptText | None:
    """Return the text that the property *name* keeps, or ``None`` for a property that is not of that kind."""
    match = _NAME.fullmatch(name)
    if match is None or len(value) > 10 * LONGEST_PROPERTY:
        return None
    id_, *rest = value.split("; ")
    fields = {found[1]: found[2] for part in rest if (found := _FIELD.fullmatch(part))}
    return KeptText(
        match[1], id_, fields.get("fil", ""), fields.get("version", ""), fields.get("lager", ""),
        fields.get("sha256", ""), fields.get("granskad", ""), fields.get("val", ""),
    )  # fmt: skip


def _text(text: TextUse, clauses: tuple[ClauseUse, ...]) -> KeptText:
    folder, _slash, file = text.name.partition("/")
    kind = _KINDS.get(folder, "klausul")
    uses = (one for one in clauses if folded(_id(one)) == folded(text.id))
    use = next(uses, None) if kind == "klausul" else None
    return KeptText(
        kind, text.id, file.removesuffix(_ENDING), text.version, text.layer, text.digest,
        text.reviewed, use.how.value if use else "",
    )  # fmt: skip


def _without_text(clauses: tuple[ClauseUse, ...]) -> Iterator[KeptText]:
    for use in clauses:
        if use.how is ChosenBy.OWN or (use.how is ChosenBy.NONE and wants_none(use.wanted)):
            yield KeptText("klausul", use.clause, how=use.how.value)


def _id(use: ClauseUse) -> str:
    return f"{use.clause}/{use.variant}" if use.variant else use.clause


def _value(one: KeptText) -> str:
    fields = {
        "": one.id, "fil": one.path, "version": one.version, "lager": one.layer, "sha256": one.digest,
        "val": one.how, "granskad": one.reviewed,
    }  # fmt: skip
    # A semicolon parts the fields; what people write in version, layer and review may hold one.
    said = {"": "?"} | {key: " ".join(text.replace(";", ",").split()) for key, text in fields.items() if text.strip()}
    for key in ("granskad", "lager", "version", "", "fil"):
        over = len(_joined(said)) - LONGEST_PROPERTY
        if over > 0 and len(said.get(key, "")) > _SHORTEST:
            said[key] = said[key][: max(_SHORTEST, len(said[key]) - over - 1)] + "…"
    return _joined(said)


def _joined(fields: Mapping[str, str]) -> str:
    return "; ".join(f"{key} {text}".strip() for key, text in fields.items())
