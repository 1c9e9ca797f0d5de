"""The journal beside the documents: what each file was made from, written before the file is put in place."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from attrs import asdict, frozen

from iopdocs.errors import WriteError
from iopdocs.files.atomic import PREFIX, SUFFIX, write_atomically
from iopdocs.files.system_errors import reason

NAME = ".iopdocs-journal.jsonl"
LOCK = ".iopdocs-journal.lock"
_VERSION = 1
_LARGEST = 500_000_000
_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)


@frozen
class JournalEntry:
    """A file that was made, or was about to be.

    *id* names the agreement, *kind* the kind of document, *name* the file; *base* is the name the agreement has among
    the others, without suffix. *key* identifies everything the file was made from, *digest* is the sha256 of its bytes.
    """

    id: str
    kind: str
    base: str
    name: str
    key: str
    digest: str


class Journal:
    """The journal of a folder. Only one batch at a time may use it.

    A line that was cut off when the machine stopped is ignored: its file was not yet put in place, or will be remade.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._file: IO[bytes] | None = None
        self._latest: dict[tuple[str, str], JournalEntry] = {}
        self._older: list[JournalEntry] = []
        self._placed: set[tuple[str, str]] = set()
        self._digests: dict[str, set[str]] = {}
        for entry in _read(self._path):
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
        """The last name of each agreement, by its id."""
        return {entry.id: entry.base for entry in self._latest.values()}

    def renamed(self, ids: Collection[str]) -> tuple[str, ...]:
        """Return the files of those of the agreements *ids* that have since been renamed."""
        return tuple(dict.fromkeys(entry.name for entry in self._outdated() if entry.id in ids))

    def _outdated(self) -> Iterator[JournalEntry]:
        """Yield the entries of files that still exist, though their agreement has been renamed."""
        current = {name for entry in self._latest.values() for name in (entry.name, f"{entry.base}.{entry.kind}")}
        for entry in self._older:
            if entry.name in current or entry.base == self._latest[entry.id, entry.kind].base:
                continue
            if Path(entry.name).name == entry.name and (self._path.parent / entry.name).is_file():
                yield entry

    def write(self, entry: JournalEntry) -> None:
        """Write *entry* to the disk; only then may its file be put in place.

        Raises:
            WriteError: when it cannot be written.
        """
        line = json.dumps({"version": _VERSION, **asdict(entry)}, ensure_ascii=False) + "\n"
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
            raise _not_written(self._path, error) from error
        self._note(entry)

    def close(self) -> None:
        """Close the journal, and rewrite it without lines that are no longer needed.

        When a file was never put in place its older lines are kept: they show that the existing file was made here.
        Lines of files that still exist though their agreement has been renamed are kept too.
        """
        if self._file is not None:
            self._file.close()
            self._file = None
            unplaced = [entry for entry in self._older if (entry.id, entry.kind) not in self._placed]
            older = {
                (entry.id, entry.kind, entry.name, entry.digest): entry for entry in (*unplaced, *self._outdated())
            }
            lines = [
                json.dumps({"version": _VERSION, **asdict(entry)}, ensure_ascii=False)
                for entry in (*older.values(), *self._latest.values())
            ]
            with contextlib.suppress(WriteError):  # The longer journal works as well.
                write_atomically(self._path, "".join(f"{line}\n" for line in lines).encode())


def _not_written(path: Path, error: OSError) -> WriteError:
    what = f"journalen kan inte skrivas ({reason(error)})"
    hint = "utan den går det inte att veta vad som får ersättas; kontrollera att disken inte är full"
    return WriteError.one(what, hint, str(path))


def _read(path: Path) -> Iterator[JournalEntry]:
    try:
        if path.stat().st_size > _LARGEST:
            raise WriteError.one("journalen är orimligt stor", "ange en annan mapp", str(path))
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise _not_written(path, error) from error
    for line in lines:
        with contextlib.suppress(ValueError, TypeError, UnicodeDecodeError, RecursionError):
            entry = _entry(json.loads(line)) if line.strip() else None
            if entry is not None:
                yield entry


def _entry(data: Any) -> JournalEntry | None:
    if not isinstance(data, dict) or data.pop("version", None) != _VERSION:
        return None
    if not all(isinstance(value, str) for value in data.values()):
        return None
    return JournalEntry(**data)


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
