"""What the system says when a file cannot be read or written, in Swedish and with what to do about it."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from iopdocs.errors import Problem, printable_name

_OPEN_ELSEWHERE = (32, 33)
_NOT_FOUND = (2, 3)
_NAME_TOO_LONG = 206
_LONGEST_WINDOWS_FOLDER = 248
"""Windows error codes, and the length from which it may report a path that is too long as not found."""

_REASONS = {
    errno.EACCES: "du saknar behörighet", errno.EPERM: "du saknar behörighet", errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet som du får använda är slut", errno.EFBIG: "filen är större än systemet tillåter",
    errno.EROFS: "disken är skrivskyddad", errno.ENAMETOOLONG: "namnet är för långt", errno.EIO: "fel på disken",
    errno.ELOOP: "länkar som leder runt i en ring", errno.EMFILE: "för många filer är öppna",
}  # fmt: skip
_PROGRAMS = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), "Word"),
    **dict.fromkeys((".xlsx", ".xlsm", ".csv", ".tsv"), "Excel"),
    ".pdf": "PDF-läsaren",
    ".html": "webbläsaren",
}


def reason(error: OSError) -> str:
    """Return why the system refused, in Swedish where the error is a known one."""
    if is_too_long(error):
        return _REASONS[errno.ENAMETOOLONG]
    if _windows_code(error) in _OPEN_ELSEWHERE:
        return "den är öppen i ett annat program"
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def is_too_long(error: OSError, path: Path | None = None) -> bool:
    """Return whether *error* says that a path is too long; *path* is known to some errors of Windows only by its length."""
    code = _windows_code(error)
    if error.errno == errno.ENAMETOOLONG or code == _NAME_TOO_LONG:
        return True
    return code in _NOT_FOUND and path is not None and len(os.path.abspath(path)) >= _LONGEST_WINDOWS_FOLDER


def too_long(path: Path, hint: str = "välj en mapp närmare roten, eller ett kortare filnamn") -> Problem:
    """Return the problem of a path that is too long: the name itself, or the whole of it."""
    if len(os.fsencode(path.name)) > 255:
        return Problem("filnamnet är för långt", "välj ett kortare namn; å, ä och ö räknas som två tecken", str(path))
    return Problem(f"sökvägen är för lång ({len(os.path.abspath(path))} tecken)", hint, str(path))


def write_problem(path: Path, error: OSError) -> Problem:
    """Return what is wrong when writing *path* ended in *error*, and what to do about it."""
    name = str(path)
    if is_too_long(error, path):
        return too_long(path)
    if os.path.isdir(path):
        return Problem("är en mapp, ingen fil", "ange ett filnamn", name)
    if isinstance(error, FileNotFoundError) and not os.path.isdir(path.parent):
        return Problem("mappen finns inte", f"skapa mappen {printable_name(path.parent)} först", name)
    if isinstance(error, NotADirectoryError):
        return Problem("sökvägen går genom en fil", "ange en annan mapp", name)
    if _windows_code(error) in _OPEN_ELSEWHERE:
        return Problem("filen är öppen i ett annat program", f"{_close(path)} och försök igen", name)
    if isinstance(error, PermissionError):
        hint = (
            f"{_close(path)} och försök igen; är den inte öppen i ett annat program, välj en mapp som du får skriva i"
        )
        return Problem("filen kan inte skrivas", hint, name)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Problem(f"filen kunde inte skrivas: {reason(error)}", "gör plats på disken, eller välj en annan", name)
    if error.errno == errno.EROFS:
        return Problem("filen kan inte skrivas: disken är skrivskyddad", "välj en mapp på en annan disk", name)
    return Problem(
        f"filen kunde inte skrivas ({reason(error)})",
        "kontrollera att disken inte är full och att sökvägen inte är för lång",
        name,
    )


def existing_unreadable(path: Path, error: OSError | ValueError) -> Problem:
    """Return what is wrong when the file *path*, which is to be replaced, could not be read because of *error*."""
    if isinstance(error, OSError) and is_too_long(error, path):
        return too_long(path)
    why = reason(error) if isinstance(error, OSError) else type(error).__name__
    what = f"filen som redan finns kan inte läsas ({why})"
    return Problem(what, f"{_close(path)} om den är öppen i ett annat program, och försök igen", str(path))


def temporary_problem(error: Exception) -> Problem:
    """Return what is wrong when a temporary file could not be written because of *error*."""
    why = reason(error) if isinstance(error, OSError) else "disken är full eller skrivskyddad"
    hint = f"gör plats på den disk där mappen {tempfile.gettempdir()} ligger"
    return Problem(f"en tillfällig fil kunde inte skrivas ({why})", hint)


def _close(path: Path) -> str:
    """Return the request to close the file, in the program that its suffix suggests."""
    program = _PROGRAMS.get(path.suffix.lower())
    name = printable_name(path.name)
    return f"stäng {name} i {program}" if program else f"stäng {name}"


def _windows_code(error: OSError) -> int | None:
    return getattr(error, "winerror", None)
