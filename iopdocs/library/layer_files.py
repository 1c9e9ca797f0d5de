"""The files of a layer: the one place where they are listed and read, whether the layer is a folder or a zip.

Everything is checked before anything is opened: a layer may come from a stranger, and must not reach another file of the
computer. A zip is read in memory and never unpacked to disk.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

from attrs import field, frozen

from iopdocs.errors import LibraryError, LoadError, Problem
from iopdocs.files.text_file import LARGEST_FILE, decode, read_bytes, too_large
from iopdocs.library.zip_entries import (
    LARGEST_ZIP,
    LAYER_LIMITS,
    MOST_SIGNATURES,
    folders_above,
    names_in,
    refuse_entries,
    top_folder,
)
from iopdocs.opc import OpcError, OpcFault, OpcPackage, open_package

_SIGNATURE = b"PK\x01\x02"  # begins every entry in the list of a zip
_PACK_AGAIN = "gör om zip-filen: markera lagrets mapp och välj Skicka till → Komprimerad mapp"


Read = Callable[[str, int], bytes]
"""Returns the content of the file of that name, of at most that many bytes."""


def _nothing(name: str, largest: int) -> bytes:
    raise FileNotFoundError(name)


@frozen
class LayerFiles:
    """The files of the layer at *place*, a folder or a zip as the user named it.

    *files* and *folders* are names relative to the layer, with ``/`` between, sorted by folder; folders whose names begin
    with a period, such as ``.git``, are left out. *stem* is the name of the layer's own folder.
    """

    place: str = ""
    stem: str = ""
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    is_zip: bool = False
    _read: Read = field(default=_nothing, repr=False, eq=False)

    def file(self, name: str) -> str:
        """Return what messages call the file *name*: ``lager/avsnitt/mal.md.j2``, ``lager.zip/avsnitt/mal.md.j2``."""
        return str(Path(self.place, name))

    def has(self, name: str) -> bool:
        """Return whether the layer has the file *name*."""
        return name in self.files

    def below(self, folder: str, ending: str = "") -> tuple[str, ...]:
        """Return the names of the files in *folder* and the folders in it, those that end with *ending*."""
        return tuple(name for name in self.files if name.startswith(f"{folder}/") and name.endswith(ending))

    def directly_in(self, folder: str, ending: str = "") -> tuple[str, ...]:
        """Return the names of the files in *folder* itself, those that end with *ending*."""
        return tuple(name for name in self.below(folder, ending) if name.count("/") == folder.count("/") + 1)

    def read_bytes(self, name: str, largest: int = LARGEST_FILE) -> bytes:
        """Return the content of the file *name*, at most *largest* bytes.

        Raises:
            LoadError: when it is larger, cannot be read or is damaged.
        """
        return self._read(name, largest)

    def read_text(self, name: str) -> str:
        """Return the text of the file *name* as :func:`iopdocs.files.text_file.read_text` does.

        Raises:
            LoadError: when it cannot be read, is empty, over 5 MB, not in UTF-8, or contains a character that XML forbids.
        """
        return decode(self.read_bytes(name), self.file(name))


def open_layer(path: str | Path) -> LayerFiles:
    """Return the files of the layer at *path*, a folder or a zip, without having read any file of a folder.

    Raises:
        LibraryError: when it does not exist, is neither folder nor zip, or has anything that must not be opened: a link
            out of the layer, a pipe, a name that leads out of the zip, a size beyond all reason.
    """
    place = Path(path)
    hint = "ange en mapp eller en zip-fil som innehåller lager.yaml"
    try:
        mode = place.stat().st_mode
    except (OSError, ValueError):
        raise LibraryError.one("lagret finns inte", hint, str(path)) from None
    if stat.S_ISDIR(mode):
        return _in_folder(place)
    if not stat.S_ISREG(mode):
        raise LibraryError.one("är ingen mapp och ingen zip-fil", hint, str(path))
    return _in_zip(place)


def _by_folder(name: str) -> tuple[str, ...]:
    return tuple(name.split("/"))


def _in_folder(folder: Path) -> LayerFiles:
    files: list[str] = []
    folders: list[str] = []
    refused: list[Problem] = []
    top = os.path.realpath(folder)
    for name in _names_below(folder):
        path = folder / name
        target = os.path.realpath(path)
        if path.is_symlink() and not target.startswith(top + os.sep):
            hint = "lägg en kopia av filen i lagret i stället"
            refused.append(Problem("länken leder ut ur lagret", hint, str(path)))
        elif os.path.lexists(target) and stat.S_IFMT(os.stat(target).st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
            refused.append(Problem("är ingen vanlig fil", "ta bort den ur lagret", str(path)))
        (folders if path.is_dir() else files).append(name)
    if refused:
        raise LibraryError(refused)
    return _made(str(folder), folder.name or folder.resolve().name, files, folders, partial(_read_in_folder, folder))


def _read_in_folder(folder: Path, name: str, largest: int) -> bytes:
    return read_bytes(str(folder / name), largest)


def _names_below(folder: Path) -> Iterator[str]:
    """Yield the name of every file and folder in *folder*, relative to it.

    Of links to folders only those at the top are followed, and those once, so that no link leads round for ever.
    """
    top = os.path.realpath(folder)
    shown = [name for name in next(os.walk(folder), ("", [], []))[1] if not name.startswith(".")]
    linked = [folder / name for name in shown if (folder / name).is_symlink()]
    for start in (folder, *(link for link in linked if os.path.realpath(link).startswith(top + os.sep))):
        for place, folders, files in os.walk(start):
            folders[:] = [name for name in folders if not name.startswith(".")]
            within = PurePosixPath(Path(place).relative_to(folder).as_posix())
            yield from (str(within / name) for name in (*folders, *files))


def _in_zip(path: Path) -> LayerFiles:
    data = _zip_at(path)
    with closing(_checked(data, str(path))) as package:
        names = names_in(package.archive.infolist())
    top = top_folder(names)
    inner = {name.removeprefix(top): written for name, written in names.items() if name.startswith(top) and name != top}
    folders = {above for name in inner for above in folders_above(name)}
    folders |= {name.rstrip("/") for name in inner if name.endswith("/")}
    files = [name for name in inner if not name.endswith("/")]
    return _made(str(path), top.rstrip("/") or path.stem, files, folders, _ZipReader(path, data, inner), is_zip=True)


@frozen(eq=False)
class _ZipReader:
    """Reads the files of the zip *data*, all of whose entries have been checked; *inner* are their names in it."""

    path: Path
    data: bytes = field(repr=False)
    inner: Mapping[str, str] = field(repr=False)

    @cached_property
    def package(self) -> OpcPackage:
        """The opened zip. It is opened once in each process: a library can be sent to another process, an open zip not."""
        return open_package(self.data, LAYER_LIMITS)

    def __call__(self, name: str, largest: int) -> bytes:
        """Return the content of the file *name*, at most *largest* bytes."""
        shown = str(self.path / name)
        if self.package.sizes[self.inner[name]] > largest:
            raise LoadError([too_large(shown, largest)])
        try:
            return self.package.read(self.inner[name])
        except OpcError:
            raise LoadError.one("filen är skadad i zip-filen", _PACK_AGAIN, shown) from None


def _made(
    place: str, stem: str, files: Iterable[str], folders: Iterable[str], read: Read, *, is_zip: bool = False
) -> LayerFiles:
    return LayerFiles(
        place, stem, tuple(sorted(files, key=_by_folder)), tuple(sorted(folders, key=_by_folder)), is_zip, read
    )


def _zip_at(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_ZIP:
        hint = "ett lager är texter och en Word-mall; ta bort annat ur det, och minska bilderna i mall.docx"
        raise LibraryError.one(f"zip-filen är större än {LARGEST_ZIP // 1_000_000} MB", hint, str(path))
    try:
        return read_bytes(str(path), LARGEST_ZIP)
    except LoadError as error:
        raise LibraryError(error.problems) from None


def _checked(data: bytes, file: str) -> OpcPackage:
    """Return the opened zip *data*, all of whose entries have been checked and none of which has been read."""
    try:
        if data.count(_SIGNATURE) > MOST_SIGNATURES:
            raise OpcError(OpcFault.TOO_LARGE)
        return open_package(data, LAYER_LIMITS, partial(refuse_entries, file=file))
    except OpcError as error:
        raise _refused(error, data, file) from None


def _refused(error: OpcError, data: bytes, file: str) -> LibraryError:
    if error.fault is OpcFault.TOO_LARGE:
        hint = "ett lager är texter och en Word-mall; ta bort annat ur det"
        return LibraryError.one(f"zip-filen har fler än {LAYER_LIMITS.parts} filer", hint, file)
    if not data.startswith(b"PK"):
        hint = "ange en mapp eller en zip-fil som innehåller lager.yaml"
        return LibraryError.one("är ingen mapp och ingen zip-fil", hint, file)
    return LibraryError.one("zip-filen är skadad", _PACK_AGAIN, file)
