"""The register as a file: a workbook, CSV or JSON by its suffix; only a register of ours is replaced."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from iopdocs.files.atomic import write_atomically
from iopdocs.files.generated_files import check_place as check
from iopdocs.register import csv_writer, json_writer, workbook_writer
from iopdocs.register.rows import Register

_WRITE: dict[str, Callable[[Register], bytes]] = {
    ".xlsx": workbook_writer.write_workbook,
    ".csv": csv_writer.write_csv,
    ".json": json_writer.write_json,
}
_UNTOUCHED = {".xlsx": workbook_writer.is_untouched, ".csv": csv_writer.is_untouched, ".json": json_writer.is_untouched}


def check_place(path: Path, *, overwrite: bool = False) -> None:
    """Refuse early a *path* that no register can be written to.

    Raises:
        WriteError: when the suffix is none of .xlsx, .csv and .json, the folder is missing, *path* holds something
            other than a register of ours that nobody has edited, or a workbook needs a package that is missing.
    """
    not_ours = "finns redan och är inget register som iopdocs har gjort, eller har ändrats sedan dess"
    check(path, _UNTOUCHED, not_ours, overwrite=overwrite)


def write_register(register: Register, path: Path, *, overwrite: bool = False) -> bool:
    """Write *register* to *path*, whose suffix chooses the kind; return whether anything there changed.

    A register of ours that nobody has edited is replaced; anything else only with *overwrite*.

    Raises:
        WriteError: as :func:`check_place`, or when the file cannot be written. What stood there is then untouched.
    """
    check_place(path, overwrite=overwrite)
    made = _WRITE[path.suffix.lower()](register)
    # What cannot be read can perhaps be replaced, which is tried next.
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size == len(made) and path.read_bytes() == made:
            return False
    write_atomically(path, made)
    return True
