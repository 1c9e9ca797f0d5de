"""The provenance of a DOCX: a custom property, which Word shows and preserves, for each text it was made from."""

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
    """A text as recorded in a document's properties. *path* is its file without folder and ending (``ekonomi/vinst``).

    *kind* is ``dokument``, ``avsnitt`` or ``klausul``. *how* is the reason for the choice of a clause's text. A clause
    without a text (omitted, or replaced by the parties' own) has no *path* and no *digest*.
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
        """The name of the text in its layer: ``klausuler/ekonomi/vinst.md.j2``."""
        folder = next(folder for folder, kind in _KINDS.items() if kind == self.kind)
        ending = "" if self.path.endswith(".j2") else _ENDING
        return f"{folder}/{self.path}{ending}" if self.path else ""


def provenance(document: Document) -> Mapping[str, str]:
    """Return the properties that record the clause, version, layer and hash of each text of *document*."""
    texts = [*(_text(text, document.clauses) for text in document.texts), *_without_text(document.clauses)]
    return {f"{_PREFIX}{text.kind}-{number:02}": _value(text) for number, text in enumerate(texts, 1)}


def read_property(name: str, value: str) -> KeptText | None:
    """Return the text that the property *name* records, or ``None`` for any other property."""
    match = _NAME.fullmatch(name)
    if match is None or len(value) > 10 * LONGEST_PROPERTY:
        return None
    id_, *rest = value.split("; ")
    fields = {field[1]: field[2] for part in rest if (field := _FIELD.fullmatch(part))}
    return KeptText(
        match[1], id_, fields.get("fil", ""), fields.get("version", ""), fields.get("lager", ""),
        fields.get("sha256", ""), fields.get("granskad", ""), fields.get("val", ""),
    )  # fmt: skip


def _text(text: TextUse, clauses: tuple[ClauseUse, ...]) -> KeptText:
    folder, _slash, file = text.name.partition("/")
    kind = _KINDS.get(folder, "klausul")
    uses = (use for use in clauses if folded(_id(use)) == folded(text.id))
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


def _value(text: KeptText) -> str:
    fields = {
        "": text.id, "fil": text.path, "version": text.version, "lager": text.layer, "sha256": text.digest,
        "val": text.how, "granskad": text.reviewed,
    }  # fmt: skip
    # A semicolon separates the fields, and may occur in a version, layer or review.
    fields = {"": "?"} | {
        key: " ".join(value.replace(";", ",").split()) for key, value in fields.items() if value.strip()
    }
    for key in ("granskad", "lager", "version", "", "fil"):
        over = len(_joined(fields)) - LONGEST_PROPERTY
        if over > 0 and len(fields.get(key, "")) > _SHORTEST:
            fields[key] = fields[key][: max(_SHORTEST, len(fields[key]) - over - 1)] + "…"
    return _joined(fields)


def _joined(fields: Mapping[str, str]) -> str:
    return "; ".join(f"{key} {text}".strip() for key, text in fields.items())
