"""The report of a batch, written as a page to look at, a workbook or JSON; only a report of ours is replaced."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from iopdocs.batch import report_data, report_workbook
from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.overview import is_untouched, write_overview
from iopdocs.errors import Problem, WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.messages import _

# Nothing of ours is larger, so a larger file need not be read to know that it is not ours.
_LARGEST = 500_000_000


@frozen
class _Kind:
    """A kind of report: how it is written for a place, and whether a file is such a report that nobody has edited."""

    write: Callable[[BatchReport, Path], bytes]
    is_ours: Callable[[bytes], bool]


_KINDS = {
    ".html": _Kind(write_overview, is_untouched),
    ".xlsx": _Kind(report_workbook.write_workbook, report_workbook.is_untouched),
    ".json": _Kind(lambda report, _path: report_data.write_json(report), report_data.is_untouched),
}


def check_report(path: Path, *, overwrite: bool = False, made: Path | None = None) -> None:
    """Refuse early a *path* that no report can be written to.

    Args:
        path: where the report is to stand; its suffix chooses the kind.
        overwrite: whatever stands there may be replaced.
        made: a folder that will be there when the report is written, though it may not be yet.

    Raises:
        WriteError: when the suffix is none of .html, .xlsx and .json, the folder is missing, *path* holds something
            other than a report of ours that nobody has edited, or a workbook needs a package that is missing.
    """
    _kind(path)
    if path.suffix.lower() == ".xlsx" and importlib.util.find_spec("openpyxl") is None:
        raise report_workbook.no_openpyxl()
    if path.is_dir():
        raise WriteError([Problem(_("är en mapp, ingen fil"), _("ange ett filnamn"), str(path))])
    if not path.parent.is_dir() and (made is None or not _is_same(path.parent, made)):
        hint = _("skapa mappen {folder} först").format(folder=path.parent)
        raise WriteError([Problem(_("mappen finns inte"), hint, str(path))])
    _check_free(path, overwrite)


def write_report(report: BatchReport, path: Path, *, overwrite: bool = False) -> None:
    """Write *report* to *path*, whose suffix chooses the kind. The same report gives the same bytes.

    A report of ours that nobody has edited is replaced; anything else only with *overwrite*.

    Raises:
        WriteError: as :func:`check_report`, or when the file cannot be written. What stood there is then untouched.
    """
    check_report(path, overwrite=overwrite)
    write_atomically(path, _kind(path).write(report, path))


def _kind(path: Path) -> _Kind:
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        what = (
            _("--report: ändelsen {suffix} är okänd").format(suffix=f"”{path.suffix[:20]}”")
            if path.suffix
            else _("--report: filnamnet saknar ändelse")
        )
        raise WriteError([Problem(what, _("välj .html, .xlsx eller .json"), str(path))])
    return kind


def _is_same(one: Path, other: Path) -> bool:
    return one.absolute() == other.absolute()


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
        what = _("finns redan och är ingen rapport som iopdocs har gjort, eller har ändrats sedan dess")
        raise WriteError([Problem(what, _("ange ett annat namn, eller --overwrite för att ersätta filen"), str(path))])
