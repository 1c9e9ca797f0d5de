"""Generated files: where they may be written, and that only an unedited generated file is replaced."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path

from iopdocs.errors import WriteError, install_hint, printable_name
from iopdocs.files.system_errors import existing_unreadable

# No generated file is larger, so a larger file is known not to be one without being read.
_MAX_SIZE = 500_000_000

Untouched = Callable[[bytes], bool]
"""Returns whether the content of a file is generated and unedited."""


def no_openpyxl() -> WriteError:
    """Return the error for a missing openpyxl, which writes workbooks."""
    return WriteError.one("Excel-arbetsböcker kräver paketet openpyxl", install_hint("openpyxl"))


def check_place(
    path: Path,
    kinds: Mapping[str, Untouched],
    not_ours: str,
    *,
    overwrite: bool = False,
    made: Path | None = None,
    option: str = "",
) -> None:
    """Raise an error early if no file of *kinds* (by suffix) can be written to *path*.

    Args:
        path: the file to write. Its suffix chooses the kind.
        kinds: for each suffix, how to recognise a generated file.
        not_ours: the message about an existing file that is not generated.
        overwrite: whether any existing file may be replaced.
        made: a folder that will exist when the file is written, though it may not exist yet.
        option: the command line option that gave *path*, for messages.

    Raises:
        WriteError: when the suffix is unknown, the folder is missing, *path* is a file that may not be replaced, or a
            workbook requires a missing package.
    """
    untouched = _kind(path, kinds, option)
    if path.suffix.lower() == ".xlsx" and importlib.util.find_spec("openpyxl") is None:
        raise no_openpyxl()
    if path.is_dir():
        raise WriteError.one("är en mapp, ingen fil", "ange ett filnamn", str(path))
    if not path.parent.is_dir() and (made is None or path.parent.absolute() != made.absolute()):
        hint = f"skapa mappen {printable_name(path.parent)} först"
        raise WriteError.one("mappen finns inte", hint, str(path))
    if not overwrite and not _is_free(path, untouched):
        raise WriteError.one(not_ours, "ange ett annat namn, eller --overwrite för att ersätta filen", str(path))


def _kind(path: Path, kinds: Mapping[str, Untouched], option: str) -> Untouched:
    untouched = kinds.get(path.suffix.lower())
    if untouched is not None:
        return untouched
    what = (
        "ändelsen {suffix} är okänd".format(suffix=f"”{path.suffix[:20]}”")
        if path.suffix
        else "filnamnet saknar ändelse"
    )
    *first, last = kinds
    hint = "välj {first} eller {last}".format(first=", ".join(first), last=last)
    raise WriteError.one(f"{option}: {what}" if option else what, hint, str(path))


def _is_free(path: Path, untouched: Untouched) -> bool:
    try:
        if not path.exists() and not path.is_symlink():
            return True
        return path.is_file() and path.stat().st_size <= _MAX_SIZE and untouched(path.read_bytes())
    except (OSError, ValueError) as error:
        raise WriteError([existing_unreadable(path, error)]) from error
