"""The journal beside the documents: what each file was made from, written before the file is put in place."""

from __future__ import annotations

import contextlib
import errno
import glob
import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO

import attrs
from attrs import asdict

from iopdocs.errors import WriteError
from iopdocs.files.atomic import PREFIX, SUFFIX, write_atomically
from iopdocs.files.system_errors import reason
from iopdocs.sources.made_documents import (
    JOURNAL,
    JOURNAL_VERSION,
    SURE,
    JournalEntry,
    LeftBehindDocument,
    LeftBehindReason,
    journal_entries,
    journal_error,
    left_behind,
)

NAME = JOURNAL
LOCK = ".iopdocs-journal.lock"
_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)


class Journal:
    """The journal of a folder, for a batch of *source* (its path from the folder). Only one batch at a time may use it.

    A line that was cut off when the machine stopped is ignored: its file was not yet put in place, or will be remade.
    """

    def __init__(self, folder: Path, source: str = "") -> None:
        self._folder = folder
        self._path = folder / NAME
        self._source = source
        self._file: IO[bytes] | None = None
        self._latest: dict[tuple[str, str], JournalEntry] = {}
        self._older: list[JournalEntry] = []
        self._placed: set[tuple[str, str]] = set()
        self._digests: dict[str, set[str]] = {}
        self._is_changed = False
        for entry in journal_entries(folder):
            self._note(entry)

    def _note(self, entry: JournalEntry) -> None:
        if (entry.id, entry.kind) in self._latest:
            self._older.append(self._latest[entry.id, entry.kind])
        self._latest[entry.id, entry.kind] = entry
        self._digests.setdefault(entry.name, set()).add(entry.digest)

    def latest(self, id: str, kind: str) -> JournalEntry | None:
        """Return the last entry for *kind* of the agreement *id*."""
        return self._latest.get((id, kind))

    def is_ours(self, name: str, digest: str) -> bool:
        """Return whether the file *name* had *digest* when it was made."""
        return digest in self._digests.get(name, ())

    def placed(self, id: str, kind: str) -> None:
        """Note that the last file written for *kind* of the agreement *id* is in its place."""
        self._placed.add((id, kind))

    @property
    def names(self) -> Mapping[str, str]:
        """The last name of each agreement, by its id. One without a row reserves its name while its file exists."""
        return {
            entry.id: entry.base
            for entry in self._latest.values()
            if not entry.left or os.path.lexists(self._folder / entry.name)
        }

    def note_rows(self, ids: Collection[str], *, is_whole: bool, is_partial: bool) -> None:
        """Mark the entries of agreements that have no row in the source any longer, and unmark the others.

        *ids* are the agreements of the source. Without *is_whole* some of it could not be read, and with *is_partial*
        rows were left out on purpose: an agreement that is not among *ids* may then have a row nevertheless.
        """

        def noted(entry: JournalEntry) -> JournalEntry:
            if entry.id in ids:
                return attrs.evolve(entry, source=self._source, left="")
            if is_partial:
                return entry
            if not entry.source:
                left = LeftBehindReason.UNKNOWN.name if is_whole else ""
            elif entry.source == self._source:
                left = LeftBehindReason.GONE.name if is_whole else ""
            elif entry.left == LeftBehindReason.GONE.name:
                left = entry.left  # marked by a batch of its own source
            else:
                left = "" if self._has_source(entry.source) else LeftBehindReason.SOURCE_GONE.name
            return attrs.evolve(entry, left=left)

        latest = {place: noted(entry) for place, entry in self._latest.items()}
        older = [noted(entry) for entry in self._older]
        self._is_changed = self._is_changed or latest != self._latest or older != self._older
        self._latest, self._older = latest, older

    def _has_source(self, source: str) -> bool:
        return glob.has_magic(source) or os.path.lexists(self._folder / source)

    def left_behind(self) -> tuple[LeftBehindDocument, ...]:
        """Return the documents left behind in the folder, but not those that a batch of another source answers for."""
        return tuple(one for one in self._all_left_behind() if one.source == self._source or one.reason not in SURE)

    def _all_left_behind(self) -> tuple[LeftBehindDocument, ...]:
        return left_behind(self._folder, (*self._older, *self._latest.values()))

    def may_move(self, document: LeftBehindDocument) -> bool:
        """Return whether *document* is certainly left behind by this source, and as iopdocs wrote it."""
        return (
            document.reason in SURE and not document.edited and bool(self._source) and document.source == self._source
        )

    def write(self, entry: JournalEntry) -> None:
        """Write *entry* to the disk; only then may its file be put in place.

        Raises:
            WriteError: when it cannot be written.
        """
        entry = attrs.evolve(entry, source=self._source)
        line = _line(entry) + "\n"
        try:
            if self._file is None:
                self._file = open(self._path, "ab")  # noqa: SIM115 - kept open for the whole run, closed below
                if self._file.tell():
                    # After an incomplete line the next must begin on a new one.
                    self._file.write(b"\n")
            self._file.write(line.encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise journal_error(self._path, error) from error
        self._note(entry)

    def close(self) -> None:
        """Close the journal, and rewrite it without lines that are no longer needed.

        When a file was never put in place its older lines are kept: they show that the existing file was made here.
        Older lines of documents that are left behind are kept too.
        """
        if self._file is not None:
            self._file.close()
            self._file = None
        elif not self._is_changed:
            return
        left = {one.name for one in self._all_left_behind()}
        older = {
            (entry.id, entry.kind, entry.name, entry.digest): entry
            for entry in self._older
            if (entry.id, entry.kind) not in self._placed or entry.name in left
        }
        lines = map(_line, (*older.values(), *self._latest.values()))
        with contextlib.suppress(WriteError):  # The longer journal works as well.
            write_atomically(self._path, "".join(f"{line}\n" for line in lines).encode())


def _line(entry: JournalEntry) -> str:
    return json.dumps({"version": JOURNAL_VERSION, **asdict(entry)}, ensure_ascii=False)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock *folder* for one batch; the system releases the lock however the process ends.

    Raises:
        WriteError: when another batch has locked it, or it cannot be written in.
    """
    try:
        file = open(folder / LOCK, "ab")  # noqa: SIM115 - closed below, after the work under it
    except OSError as error:
        what = f"det går inte att skriva i mappen ({reason(error)})"
        raise WriteError.one(what, "ange en mapp som du får skriva i", str(folder)) from error
    with file:
        try:
            _lock(file)
        except OSError as error:
            if error.errno not in _HELD:
                what = f"mappen kan inte låsas för andra körningar ({reason(error)})"
                hint = "ange en mapp på datorns egen disk, och kopiera dokumenten därifrån"
                raise WriteError.one(what, hint, str(folder)) from error
            hint = "vänta tills den är klar, eller ange en annan mapp"
            raise WriteError.one("en annan körning skriver redan i mappen", hint, str(folder)) from error
        yield


def clear_torn(folder: Path) -> None:
    """Remove the incomplete files of a killed batch from *folder*, which this batch has locked."""
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(OSError):
            path.unlink()


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def digest_of(data: bytes) -> str:
    """Return the sha256 of *data*."""
    return hashlib.sha256(data).hexdigest()
