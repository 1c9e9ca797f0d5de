"""The data of an agreement inside its Word document: what it prints, as a custom XML part that Word does not change."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from contextlib import closing
from typing import Any
from xml.sax.saxutils import escape

import attrs

from iopdocs.errors import LoadError
from iopdocs.files.data_writer import plain_data
from iopdocs.files.loader import FORMAT, load_record
from iopdocs.files.text_file import LARGEST_FILE
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import Field, fields_of
from iopdocs.opc import OpcError, OpcFault, PackageLimits, open_package, parse

NAMESPACE = "urn:iopdocs:avtal:1"
"""The namespace of the part's root. The number is the version of the XML part; the data have their own ``format``."""
KEPT = frozenset({"status", "upphörd_i_förtid", "huvudområde", "fler_områden", "klausuler"})
"""Top-level keys that are kept though not printed: a register needs them, and they are not confidential."""

_OURS = re.compile(rb"urn:iopdocs:avtal:([0-9]{1,6})\b")
_ROOT = re.compile(r"\{urn:iopdocs:avtal:([0-9]{1,6})\}avtal")
_FOLDER = "customxml/"
_LIMITS = PackageLimits(part=4 * LARGEST_FILE, whole=1_000_000_000)
_MOST_PARTS = 200


def printed_part(agreement: Agreement, left_out: Container[str] = ()) -> Agreement:
    """Return *agreement* with the data allowed in a document: what is printed, and :data:`KEPT`.

    ``rättslig_bedömning``, ``vägval`` and ``lint`` are never included. *left_out* are paths (``parter[1].kontakt.telefon``)
    that this document does not print. Records that become empty are omitted.
    """
    return attrs.evolve(_pruned(agreement, "", left_out) or Agreement(), source=agreement.source)


def embedded_text(agreement: Agreement, left_out: Container[str] = ()) -> str:
    """Return the text of *agreement* to embed in a document: JSON on one line, empty when it is too large to be read."""
    data = {"format": FORMAT, **plain_data(printed_part(agreement, left_out))}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text if len(text) <= LARGEST_FILE else ""


def wrapped(text: str) -> bytes:
    """Return the XML part that contains *text*."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<avtal xmlns="{NAMESPACE}">{escape(text)}</avtal>'
    ).encode()


def is_embedded(part: bytes) -> bool:
    """Return whether an XML part contains data of iopdocs, of this version or another."""
    if _OURS.search(part) is None and not part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    root = _root(part)
    return root is not None and _ROOT.fullmatch(str(root.tag)) is not None


def read_embedded(data: bytes) -> Agreement:
    """Return the agreement embedded in *data*, a DOCX that iopdocs made, possibly edited since.

    Raises:
        LoadError: when *data* is not a DOCX, contains no data of iopdocs, those of several agreements, or data that are
            damaged, too large or of a newer format.
    """
    found = dict.fromkeys(_texts(data))
    if not found:
        hint = "ange ett dokument som iopdocs har gjort (inte med --no-data), eller datafilen som det gjordes av"
        raise _error("dokumentet innehåller inga data från iopdocs", hint)
    if len(found) > 1:
        raise _error("dokumentet innehåller data från flera avtal", "ange datafilerna i stället")
    try:
        agreement, _positions = load_record(next(iter(found)), Agreement, kind="json")
    except LoadError as error:
        raise _told(error) from None
    # No generated document contains these; in one made by hand they must not be trusted.
    return printed_part(agreement)


def _pruned(record: Any, path: str, left_out: Container[str]) -> Any:
    """Return *record* with only printed data, or ``None`` when it has none."""
    values: dict[str, Any] = {}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        here = f"{path}.{field.key}" if path else field.key
        kept = here in KEPT
        if value is None or value == () or not (field.entry.printed or kept):
            values[field.name] = () if field.many else None
        elif kept:
            values[field.name] = value
        elif field.many:
            items = (_one(field, item, f"{here}[{n}]", left_out) for n, item in enumerate(value, 1))
            values[field.name] = tuple(item for item in items if item is not None)
        else:
            values[field.name] = _one(field, value, here, left_out)
    empty = all(value is None or value == () for value in values.values())
    return None if empty else type(record)(**values)


def _one(field: Field, value: Any, path: str, left_out: Container[str]) -> Any:
    if field.is_record:
        return _pruned(value, path, left_out)
    return None if path in left_out else value


def _texts(data: bytes) -> Iterator[str]:
    """Yield the text of each part of iopdocs in the package *data*."""
    try:
        with closing(open_package(data, _LIMITS)) as package:
            names = [name for name in package.sizes if _may_be_ours(name)]
            for part in map(package.read, names[:_MOST_PARTS]):
                if is_embedded(part):
                    yield _text(part)
    except OpcError as error:
        if error.part and error.fault is OpcFault.TOO_LARGE:
            what = f"dokumentets data är större än {_LIMITS.part // 1_000_000} MB"
            raise _error(what, "ange datafilen som dokumentet gjordes av") from None
        hint = "öppna det i Word och spara om det, eller ange datafilen som det gjordes av"
        raise _error("är inget Word-dokument (.docx) som går att läsa", hint) from None


def _may_be_ours(name: str) -> bool:
    plain = name.replace("\\", "/").lower()
    return plain.startswith(_FOLDER) and plain.endswith(".xml") and "/_rels/" not in plain


def _root(part: bytes) -> Any:
    try:
        return parse(part)
    except OpcError:
        return None


def _text(part: bytes) -> str:
    root = _root(part)
    match = _ROOT.fullmatch(str(root.tag)) if root is not None else None
    if root is None or match is None:
        return ""
    if int(match[1]) > 1:
        what = f"dokumentets data har format {match[1]}, som är nyare än det som kan läsas (1)"
        raise _error(what, "uppdatera iopdocs")
    return "".join(map(str, root.itertext()))


def _told(error: LoadError) -> LoadError:
    """Return *error* without positions in the embedded text, which the user cannot see."""
    first = error.problems[0]
    if first.path == "format":
        return LoadError.one(first.message, first.hint)
    where = f"{first.path}: " if first.path else ""
    what = "dokumentets data är skadade ({reason})".format(reason=f"{where}{first.message}")
    return _error(what, "ange datafilen som dokumentet gjordes av")


def _error(message: str, hint: str) -> LoadError:
    return LoadError.one(message, hint)
