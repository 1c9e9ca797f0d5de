"""The files of a layer: the one place where they are listed and read, whether the layer is a folder or a zip.

Everything is checked before anything is opened: a layer may come from a stranger, and must not reach another file of the
computer. A zip is read in memory and never unpacked to disk.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from attrs import field, frozen

from iopdocs.errors import LibraryError, LoadError, Problem
from iopdocs.files.text_file import LARGEST_FILE, read_bytes, text_of, too_large
from iopdocs.library.zip_entries import LARGEST_ZIP, LAYER_LIMITS, MOST_SIGNATURES, names_in, refuse_entries, top_folder
from iopdocs.opc import OpcError, OpcFault, OpcPackage, open_package

_SIGNATURE = b"PK\x01\x02"  # begins every entry in the list of a zip
_PACK_AGAIN = "gör om zip-filen: markera lagrets mapp och välj Skicka till → Komprimerad mapp"


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
    _read: Callable[[str, int], bytes] = field(default=_nothing, repr=False, eq=False)

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
        return text_of(self.read_bytes(name), self.file(name))


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
    return LayerFiles(
        str(folder), folder.name or folder.resolve().name, tuple(sorted(files, key=_by_folder)), tuple(sorted(folders, key=_by_folder)),
        read=lambda name, largest: read_bytes(str(folder / name), largest),
    )  # fmt: skip


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
    package = _opened(path)
    names = names_in(package.archive.infolist())
    top = top_folder(names)
    files = {name.removeprefix(top): inner for name, inner in names.items() if name.startswith(top) and name != top}

    def read(name: str, largest: int) -> bytes:
        shown = str(path / name)
        if package.sizes[files[name]] > largest:
            raise LoadError([too_large(shown, largest)])
        try:
            return package.read(files[name])
        except OpcError:
            raise LoadError.one("filen är skadad i zip-filen", _PACK_AGAIN, shown) from None

    plain = [name for name in files if not name.endswith("/")]
    folders = {str(above) for name in files for above in PurePosixPath(name).parents if above.name}
    folders |= {name.rstrip("/") for name in files if name.endswith("/")}
    return LayerFiles(
        str(path), top.rstrip("/") or path.stem, tuple(sorted(plain, key=_by_folder)),
        tuple(sorted(folders, key=_by_folder)), is_zip=True, read=read,
    )  # fmt: skip


def _opened(path: Path) -> OpcPackage:
    """Return the opened zip at *path*, all of whose entries have been checked and none of which has been read."""
    if path.stat().st_size > LARGEST_ZIP:
        hint = "ett lager är texter och en Word-mall; ta bort annat ur det, och minska bilderna i mall.docx"
        raise LibraryError.one(f"zip-filen är större än {LARGEST_ZIP // 1_000_000} MB", hint, str(path))
    try:
        data = read_bytes(str(path), LARGEST_ZIP)
    except LoadError as error:
        raise LibraryError(error.problems) from None
    try:
        if data.count(_SIGNATURE) > MOST_SIGNATURES:
            raise OpcError(OpcFault.TOO_LARGE)
        return open_package(data, LAYER_LIMITS, partial(refuse_entries, file=str(path)))
    except OpcError as error:
        raise _refused(error, data, str(path)) from None


def _refused(error: OpcError, data: bytes, file: str) -> LibraryError:
    if error.fault is OpcFault.TOO_LARGE:
        hint = "ett lager är texter och en Word-mall; ta bort annat ur det"
        return LibraryError.one(f"zip-filen har fler än {LAYER_LIMITS.parts} filer", hint, file)
    if not data.startswith(b"PK"):
        hint = "ange en mapp eller en zip-fil som innehåller lager.yaml"
        return LibraryError.one("är ingen mapp och ingen zip-fil", hint, file)
    return LibraryError.one("zip-filen är skadad", _PACK_AGAIN, file)
