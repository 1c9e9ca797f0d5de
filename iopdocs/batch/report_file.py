"""Write the report of a batch as a page, a workbook or JSON; only an unedited report of a batch is replaced."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, islice
from os import PathLike
from pathlib import Path

from iopdocs.batch import report_data, report_workbook
from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.overview.page import is_untouched, write_overview
from iopdocs.errors import WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.files.generated_files import check_place

_WRITE: dict[str, Callable[[BatchReport, Path], bytes]] = {
    ".html": write_overview,
    ".xlsx": report_workbook.write_workbook,
    ".json": lambda report, _path: report_data.write_json(report),
}
_MOST_BESIDE = 1000
_UNTOUCHED = {".html": is_untouched, ".xlsx": report_workbook.is_untouched, ".json": report_data.is_untouched}


def check_report(path: Path, *, overwrite: bool = False, made: Path | None = None) -> None:
    """Refuse, before the run, a *path* that no report can be written to.

    Args:
        path: the file to write; its suffix chooses the kind.
        overwrite: whether any existing file may be replaced.
        made: a folder that will exist when the report is written.

    Raises:
        WriteError: when the suffix is none of .html, .xlsx and .json, the folder is missing, *path* is
            anything but an unedited report of a batch, or a workbook needs a package that is missing.
    """
    not_ours = "finns redan och är ingen rapport som iopdocs har gjort, eller har ändrats sedan dess"
    check_place(path, _UNTOUCHED, not_ours, overwrite=overwrite, made=made, option="--report")


def place_of(path: Path, *, made: Path | None = None) -> Path:
    """Return where the report for *path* may be written: there, or beside a file that must not be replaced.

    Raises:
        WriteError: as :func:`check_report`, but not for an existing file at *path*, which is left unchanged.
    """
    check_report(path, overwrite=True, made=made)
    beside = (path.with_stem(f"{path.stem} (ny{f' {number}' if number > 1 else ''})") for number in count(1))
    places = (path, *islice(beside, _MOST_BESIDE))
    return next((place for place in places if _is_free(place, made)), path)


def _is_free(path: Path, made: Path | None) -> bool:
    try:
        check_report(path, made=made)
    except WriteError:
        return False
    return True


def write_report(report: BatchReport, path: str | PathLike[str], *, overwrite: bool = False) -> None:
    """Write *report* to *path*, whose suffix chooses the kind. The same report gives the same bytes.

    The kinds are .html, .xlsx and .json. An unedited report of a batch is replaced; any other file only with *overwrite*.

    Raises:
        WriteError: when the suffix is none of these, the folder is missing, *path* is another file and *overwrite* is false,
            or the file cannot be written. An earlier file is then unchanged.
    """
    target = Path(path)
    check_report(target, overwrite=overwrite)
    write_atomically(target, _WRITE[target.suffix.lower()](report, target))
