"""Put documents in their place: the journal is written first, and no edited file is replaced."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from iopdocs.batch.journal import Journal, digest_of
from iopdocs.batch.outcome import OutcomeState, WrittenDocument
from iopdocs.errors import WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.files.system_errors import existing_unreadable, is_too_long, too_long
from iopdocs.sources.made_documents import JournalEntry, is_untouched

_LARGEST = 200_000_000
_MOST_BESIDE = 1000


@frozen
class DocumentPlacer:
    """Writes the documents of a batch into *folder*; with *overwrite* also over edited and foreign files."""

    folder: Path
    journal: Journal
    overwrite: bool = False

    def whole(self, id: str, kind: str) -> JournalEntry | None:
        """Return the last entry for *kind* of the agreement *id*, if the file still contains exactly that."""
        entry = self.journal.latest(id, kind)
        if entry is None or Path(entry.name).name != entry.name:
            return None
        if self.overwrite and entry.name != f"{entry.base}.{kind}":
            return None  # It was written beside an edited file, which is now to be replaced.
        return entry if self._digest(entry.name) == entry.digest else None

    def read(self, entry: JournalEntry) -> bytes:
        """Return the bytes of the file of *entry*.

        Raises:
            WriteError: when it cannot be read.
        """
        return self._bytes(self.folder / entry.name)

    def put(self, id: str, kind: str, base: str, key: str, data: bytes) -> WrittenDocument:
        """Write *data* as the *kind* of the agreement *id*, under the name *base*; return what happened.

        Raises:
            WriteError: when the journal or the file cannot be written; an earlier file is then unchanged.
        """
        digest = digest_of(data)
        last = self.journal.latest(id, kind)
        name, state = self._free(f"{base}.{kind}", kind, digest, last)
        if last is None or (last.name, last.key, last.digest, last.base) != (name, key, digest, base):
            self.journal.write(JournalEntry(id, kind, base, name, key, digest))
        if self._digest(name) == digest:
            return WrittenDocument(
                kind,
                name,
                OutcomeState.UNCHANGED if state is OutcomeState.WRITTEN else OutcomeState.UNCHANGED_BESIDE,
                digest,
            )
        write_atomically(self.folder / name, data)
        self.journal.placed(id, kind)
        return WrittenDocument(kind, name, state, digest)

    def _free(self, name: str, kind: str, digest: str, last: JournalEntry | None) -> tuple[str, OutcomeState]:
        """Return the name to write under: *name* if that file may be replaced, else a name beside it."""
        may = self.overwrite and not self._is_link(name)
        if may or self._may_replace(name, kind, digest):
            return name, OutcomeState.WRITTEN
        stem = name.removesuffix(f".{kind}")
        for number in range(1, _MOST_BESIDE):
            beside = f"{stem} (ny).{kind}" if number == 1 else f"{stem} (ny {number}).{kind}"
            if self._may_replace(beside, kind, digest):
                return beside, OutcomeState.BESIDE
        hint = "rensa bland dem som heter ”(ny)”"
        raise WriteError.one("för många ändrade filer med samma namn", hint, str(self.folder / name))

    def _may_replace(self, name: str, kind: str, digest: str) -> bool:
        if self._is_link(name):
            return False  # The target of a link is elsewhere, and belongs to somebody else.
        there = self._digest(name)
        if there is None or there == digest or self.journal.is_ours(name, there):
            return True
        return bool(there) and is_untouched(kind, self._bytes(self.folder / name))

    def _is_link(self, name: str) -> bool:
        try:
            return (self.folder / name).is_symlink()
        except OSError:
            return False  # No file can have this name; the error is reported when the file is read or written.

    def _digest(self, name: str) -> str | None:
        path = self.folder / name
        try:
            if not path.exists() and not path.is_symlink():
                return None
            if not path.is_file() or path.stat().st_size > _LARGEST:
                return ""
        except OSError as error:
            raise _not_read(path, error) from error
        return digest_of(self._bytes(path))

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise _not_read(path, error) from error


def _not_read(path: Path, error: OSError) -> WriteError:
    if is_too_long(error, path):
        return WriteError([too_long(path, "välj en mapp närmare roten, eller kortare namn med --name")])
    return WriteError([existing_unreadable(path, error)])
