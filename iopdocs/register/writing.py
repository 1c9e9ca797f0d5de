"""The register as a file: a workbook, CSV or JSON by its suffix; only a register of ours is replaced."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from iopdocs.errors import Problem, WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.messages import _
from iopdocs.register import csv_text, data, workbook
from iopdocs.register.rows import Register

# Nothing of ours is larger, so a larger file need not be read to know that it is not ours.
_LARGEST = 500_000_000


@frozen
class _Kind:
    """A kind of file: how a register is written as one, and whether a file is such a one that nobody has edited."""

    write: Callable[[Register], bytes]
    is_ours: Callable[[bytes], bool]


_KINDS = {
    ".xlsx": _Kind(workbook.write_workbook, workbook.is_untouched),
    ".csv": _Kind(csv_text.write_csv, csv_text.is_untouched),
    ".json": _Kind(data.write_json, data.is_untouched),
}


def check_place(path: Path, *, overwrite: bool = False) -> None:
    """Refuse early a *path* that no register can be written to.

    Raises:
        WriteError: when the suffix is none of .xlsx, .csv and .json, the folder is missing, *path* holds something
            other than a register of ours that nobody has edited, or a workbook needs a package that is missing.
    """
    _kind(path)
    if path.suffix.lower() == ".xlsx" and importlib.util.find_spec("openpyxl") is None:
        raise workbook.no_openpyxl()
    if path.is_dir():
        raise WriteError([Problem(_("är en mapp, ingen fil"), _("ange ett filnamn"), str(path))])
    if not path.parent.is_dir():
        hint = _("skapa mappen {folder} först").format(folder=path.parent)
        raise WriteError([Problem(_("mappen finns inte"), hint, str(path))])
    _check_free(path, overwrite)


def write_register(register: Register, path: Path, *, overwrite: bool = False) -> bool:
    """Write *register* to *path*, whose suffix chooses the kind; return whether anything there changed.

    A register of ours that nobody has edited is replaced; anything else only with *overwrite*.

    Raises:
        WriteError: as :func:`check_place`, or when the file cannot be written. What stood there is then untouched.
    """
    check_place(path, overwrite=overwrite)
    made = _kind(path).write(register)
    try:
        if path.is_file() and path.stat().st_size == len(made) and path.read_bytes() == made:
            return False
    except OSError:
        pass  # What cannot be read can perhaps be replaced, which is tried next.
    write_atomically(path, made)
    return True


def _kind(path: Path) -> _Kind:
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        what = (
            _("ändelsen {suffix} är okänd").format(suffix=f"”{path.suffix[:20]}”")
            if path.suffix
            else _("filnamnet saknar ändelse")
        )
        raise WriteError([Problem(what, _("välj .xlsx, .csv eller .json"), str(path))])
    return kind


def _check_free(path: Path, overwrite: bool) -> None:
    if overwrite:
        return
    try:
        if not path.exists() and not path.is_symlink():
            return
        ours = path.is_file() and path.stat().st_size <= _LARGEST and _kind(path).is_ours(path.read_bytes())
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        what = _("filen som redan finns kan inte läsas ({reason})").format(reason=reason)
        raise WriteError([Problem(what, _("stäng den om den är öppen i ett annat program"), str(path))]) from error
    if not ours:
        what = _("finns redan och är inget register som iopdocs har gjort, eller har ändrats sedan dess")
        raise WriteError([Problem(what, _("ange ett annat namn, eller --overwrite för att ersätta filen"), str(path))])
