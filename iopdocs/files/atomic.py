"""Write a file atomically: whole or not at all. All writing goes through here."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from iopdocs.errors import WriteError
from iopdocs.files.system_errors import write_problem

PREFIX, SUFFIX = ".iopdocs-", ".tmp"
"""The start and end of the name of a temporary file."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write *data* to the file *path*. Afterwards it contains all of *data*, or its previous content.

    The data are written and synced to a new file beside *path*, which then replaces *path*.

    Raises:
        WriteError: when the folder is missing or not writable, the disk is full, or the file is open elsewhere.
    """
    temporary: str | None = None
    try:
        # A symbolic link is followed, as in any program: its target changes, not the link.
        path = Path(os.path.realpath(path))
        descriptor, temporary = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
        temporary = None
        _sync_folder(path.parent)
    except OSError as error:
        raise WriteError([write_problem(path, error)]) from error
    except ValueError as error:  # a NUL or a lone surrogate in the name
        shown = str(path).encode("utf-8", "backslashreplace").decode().replace("\x00", "\\0")
        raise WriteError.one("är inget filnamn", "ta bort otillåtna tecken ur namnet", shown) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def make_folder(folder: Path) -> None:
    """Create *folder* and its parents if they do not exist.

    Raises:
        WriteError: when it is a file, or cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        what = "är en fil, ingen mapp" if os.path.isfile(folder) else "mappen kan inte skapas"
        raise WriteError.one(what, "ange en mapp som du får skriva i", str(folder)) from error


def _mode(path: Path) -> int:
    """Return the mode of *path*, or the mode of a new file."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
