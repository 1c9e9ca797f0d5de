"""Write the register to a workbook, CSV or JSON file according to its suffix. Only a generated register is replaced."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from os import PathLike
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
    """Raise an error early if no register can be written to *path*.

    Raises:
        WriteError: when the suffix is not .xlsx, .csv or .json, the folder is missing, *path* exists and is not an
            unedited register from iopdocs, or a workbook requires a missing package.
    """
    not_ours = "finns redan och är inget register som iopdocs har gjort, eller har ändrats sedan dess"
    check(path, _UNTOUCHED, not_ours, overwrite=overwrite)


def write_register(register: Register, path: str | PathLike[str], *, overwrite: bool = False) -> bool:
    """Write *register* to *path*, whose suffix chooses the format. Return whether the file changed.

    The formats are .xlsx, .csv and .json. An unedited register from iopdocs is replaced; any other file only with *overwrite*.

    Raises:
        WriteError: when the suffix is none of these, the folder is missing, *path* is another file and *overwrite* is false,
            or the file cannot be written. An existing file is then unchanged.
    """
    target = Path(path)
    check_place(target, overwrite=overwrite)
    data = _WRITE[target.suffix.lower()](register)
    # An unreadable file can perhaps be replaced, which is tried next.
    with contextlib.suppress(OSError):
        if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
    write_atomically(target, data)
    return True
