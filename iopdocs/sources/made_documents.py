"""The documents that batches have made in a folder, by the journal beside them, and which of them are left behind.

A document is left behind when its agreement is no longer in the source, or has a newer document under another name. The
batch that finds out marks the entries of the journal, so that whoever reads the folder can leave those documents out.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.errors import WriteError
from iopdocs.files.system_errors import reason
from iopdocs.json_objects import json_field

JOURNAL = ".iopdocs-journal.jsonl"
ASIDE = "undanflyttade"
"""The folder, beside a journal, that documents left behind are moved to."""
JOURNAL_VERSION = 1
_LARGEST = 500_000_000
_LARGEST_DOCUMENT = 200_000_000


class LeftBehindReason(SwedishWord):
    """Why a document is left behind."""

    GONE = "avtalet finns inte längre i källan"
    REPLACED = "avtalet har ett nyare dokument med ett annat namn"
    UNKNOWN = "avtalet finns inte i källan, och dokumentet är från en version som inte skrev upp källan"
    SOURCE_GONE = "källan som det gjordes av finns inte längre"


SURE = (LeftBehindReason.GONE, LeftBehindReason.REPLACED)
"""The reasons that are certain: such documents are not read as agreements, and may be moved aside."""


@frozen
class JournalEntry:
    """A file that was made, or was about to be.

    *id* names the agreement, *kind* the kind of document, *name* the file; *base* is the name the agreement has among
    the others, without suffix. *key* identifies everything the file was made from, *digest* is the sha256 of its bytes.
    *source* is the path of the source from the folder, empty when an earlier version made the entry. *left* is the name
    of the :class:`LeftBehindReason` that the agreement has no row, empty when it has one.
    """

    id: str
    kind: str
    base: str
    name: str
    key: str
    digest: str
    source: str = ""
    left: str = ""


@frozen
class LeftBehindDocument:
    """A document left behind in the folder of a batch; *source* as in :class:`JournalEntry`."""

    name: str = json_field("namn", "Filens namn i mappen för dokumenten.")
    kind: str = json_field("slag", "Slaget av dokument, till exempel docx.")
    id: str = json_field("avtal", "Namnet som avtalet hade i källan.")
    reason: LeftBehindReason = json_field("skäl", "Varför det är kvarlämnat.")
    edited: bool = json_field("redigerat", "Det är inte som iopdocs skrev det, och flyttas inte undan.", default=False)
    moved_to: str = json_field("flyttat_till", "Dit det flyttades, räknat från mappen; tomt: det är kvar.", default="")
    source: str = ""


def journal_error(path: Path, error: OSError) -> WriteError:
    """Return the error that the journal *path* could not be read or written."""
    what = f"journalen kan inte skrivas ({reason(error)})"
    hint = "utan den går det inte att veta vad som får ersättas; kontrollera att disken inte är full"
    return WriteError.one(what, hint, str(path))


def journal_entries(folder: Path) -> Iterator[JournalEntry]:
    """Yield the entries of the journal of *folder*, the oldest first; none when there is no journal.

    A line that was cut off when the machine stopped is skipped: its file was not yet put in place, or will be remade.

    Raises:
        WriteError: when the journal cannot be read.
    """
    path = folder / JOURNAL
    try:
        if path.stat().st_size > _LARGEST:
            raise WriteError.one("journalen är orimligt stor", "ange en annan mapp", str(path))
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise journal_error(path, error) from error
    for line in lines:
        with contextlib.suppress(ValueError, TypeError, UnicodeDecodeError, RecursionError):
            entry = _entry(json.loads(line)) if line.strip() else None
            if entry is not None:
                yield entry


def _entry(data: Any) -> JournalEntry | None:
    if not isinstance(data, dict) or data.pop("version", None) != JOURNAL_VERSION:
        return None
    if not all(isinstance(value, str) for value in data.values()):
        return None
    return JournalEntry(**data)


def left_behind(folder: Path, entries: Sequence[JournalEntry]) -> tuple[LeftBehindDocument, ...]:
    """Return the documents in *folder* that are left behind by *entries*, the oldest first, each file once.

    A file of another origin under the same name is not included. One that iopdocs made and somebody has edited is.
    """
    found: dict[str, LeftBehindDocument] = {}
    digests: dict[str, set[str]] = {}
    for entry in entries:
        digests.setdefault(entry.name, set()).add(entry.digest)
    for entry, name, why in _candidates(entries):
        edited = _is_edited(folder / name, entry.kind, digests.get(name, set()))
        if edited is not None:
            found.setdefault(name, LeftBehindDocument(name, entry.kind, entry.id, why, edited, "", entry.source))
    if not found:
        return ()
    # On a disk that ignores letter case, an old name may be another spelling of the name of a current document.
    used = {identity for name in _current(entries) if (identity := _identity(folder / name))}
    return tuple(one for name, one in found.items() if _identity(folder / name) not in used)


def _current(entries: Sequence[JournalEntry]) -> set[str]:
    """Return the names of the documents of agreements that have a row, and of edited files that they lie beside."""
    latest = {(entry.id, entry.kind): entry for entry in entries}
    return {name for entry in latest.values() if not entry.left for name in (entry.name, f"{entry.base}.{entry.kind}")}


def _candidates(entries: Sequence[JournalEntry]) -> Iterator[tuple[JournalEntry, str, LeftBehindReason]]:
    latest = {(entry.id, entry.kind): entry for entry in entries}
    current = _current(entries)
    for entry in entries:
        last = latest[entry.id, entry.kind]
        reason = LeftBehindReason.__members__.get(last.left, LeftBehindReason.REPLACED)
        if last is entry and not entry.left:
            continue
        for name in dict.fromkeys((entry.name, f"{entry.base}.{entry.kind}")):
            if name not in current and Path(name).name == name:
                yield entry, name, reason


def _is_edited(path: Path, kind: str, digests: set[str]) -> bool | None:
    """Return whether somebody has edited the document *path*; ``None`` when it is missing or of another origin."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        data = path.read_bytes() if path.stat().st_size <= _LARGEST_DOCUMENT else b""
    except OSError:
        return True  # It exists but cannot be read: it is reported, and not touched.
    if hashlib.sha256(data).hexdigest() in digests:
        return False
    return None if is_untouched(kind, data) else True


def is_untouched(kind: str, data: bytes) -> bool:
    """Return whether *data* shows by itself that iopdocs wrote it and nobody has edited it; no PDF does."""
    # Imported only here: the help of the command line reads this module, and must not wait for the writers.
    from iopdocs.writers import html, markdown
    from iopdocs.writers.docx import package

    known = {"docx": package.is_untouched, "html": html.is_untouched, "md": markdown.is_untouched}
    return kind in known and known[kind](data)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def is_moved_aside(path: Path) -> bool:
    """Return whether the folder *path* contains what a batch has moved aside from the folder above."""
    return path.name == ASIDE and (path.parent / JOURNAL).is_file()
