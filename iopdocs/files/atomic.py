"""The one way to write a file: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from iopdocs.errors import Problem, WriteError

PREFIX, SUFFIX = ".iopdocs-", ".tmp"
"""How the name of a file begins and ends that is not yet in its place."""


def write_atomically(path: Path, data: bytes) -> None:
    """Put *data* in the file *path*: it holds all of *data* afterwards, or what it held before.

    The data are written and synced to a new file beside *path*, which then takes its place.

    Raises:
        WriteError: when the folder is missing or cannot be written, the disk is full, or the file is open elsewhere.
    """
    temporary: str | None = None
    try:
        # A link is written through, as any program would: what it points at changes, not the link.
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
        raise WriteError([_problem(path, error)]) from error
    except ValueError as error:  # a NUL or a lone surrogate in the name
        shown = str(path).encode("utf-8", "backslashreplace").decode().replace("\x00", "\\0")
        raise WriteError.one("är inget filnamn", "ta bort otillåtna tecken ur namnet", shown) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _mode(path: Path) -> int:
    """Return the mode that *path* has, or that a new file would get."""
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


def _problem(path: Path, error: OSError) -> Problem:
    if path.is_dir():
        return Problem("är en mapp, ingen fil", "ange ett filnamn", str(path))
    # Windows says of too long a path that it is not there.
    if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
        return Problem("mappen finns inte", f"skapa mappen {path.parent} först", str(path))
    if isinstance(error, NotADirectoryError):
        return Problem("sökvägen går genom en fil", "ange en annan mapp", str(path))
    if isinstance(error, PermissionError):
        return Problem(
            "filen kan inte skrivas",
            "stäng den om den är öppen i ett annat program, eller välj en mapp som du får skriva i",
            str(path),
        )
    return Problem(
        f"filen kunde inte skrivas ({error.strerror or type(error).__name__})",
        "kontrollera att disken inte är full och att sökvägen inte är för lång",
        str(path),
    )
