"""The agreements of a source, whatever it is: a file of any kind, a folder or a pattern."""

from __future__ import annotations

import glob
import importlib
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path, PurePath

import attrs

from iopdocs.errors import IopdocsError, LoadError, Problem
from iopdocs.files.loader import load
from iopdocs.files.merge import merge
from iopdocs.files.text_file import read_bytes
from iopdocs.model.agreement import Agreement
from iopdocs.model.agreement import DataOrigin as Origin
from iopdocs.model.fields import fields_of
from iopdocs.opc import OpcError, open_package
from iopdocs.sources.file_discovery import SUFFIXES, InputFile, is_other_data, walk
from iopdocs.sources.rows import AgreementSource, SourceRow
from iopdocs.tables.csv_file import is_csv_folder, read_csv
from iopdocs.tables.headings import is_passed_by, sheet_called, squeezed
from iopdocs.tables.own_reports import own_report
from iopdocs.tables.rows import agreements_of
from iopdocs.tables.workbook_layout import ID
from iopdocs.tables.workbook_reader import read_workbook

WORKBOOKS = (".xlsx", ".xlsm")
TABLES = (".csv", ".tsv")
DOCUMENTS = (".docx",)
EVERY = (*SUFFIXES, *WORKBOOKS, *TABLES, *DOCUMENTS)
_OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".xltx", ".xltm", ".xlt")
_BESIDE = re.compile(r" \(ny(?: \d+)?\)$")
_LARGEST_DOCUMENT = 50_000_000


def read_source(path: Path, base: Agreement | None = None, *, documents: bool | None = None) -> AgreementSource:
    """Return the agreements that *path* means: a file (YAML, JSON, workbook, CSV or our own DOCX), a folder or a pattern.

    Rows of workbooks and tables are read at once; files of one agreement have a ``path`` and are read by
    :func:`load_row`. *base* supplies what an agreement does not say (:func:`iopdocs.files.merge.merge`). *documents*
    tells whether the DOCX files of a folder count; when it is ``None`` they do where the folder holds nothing else.
    Nothing is raised for what a user has done: it stands in the problems.
    """
    if not path.is_dir() and (os.path.lexists(path) or not glob.has_magic(str(path))):
        return _file(path, path.name, base)
    walked = walk([str(path)], EVERY)
    top = path if path.is_dir() else _above(path)
    files, notes = _without_reports(walked.files)
    meant = list(_counted(files, documents))
    rows: list[SourceRow] = []
    problems = list(walked.problems)
    notes += _doubles(meant)
    for one in meant:
        found = _found(one, _relative(one.path, top), base)
        rows += found.rows
        problems += found.problems
        notes += found.notes
    if not rows and not problems:
        hint = "ange en mapp med avtal: datafiler, en arbetsbok eller CSV-filer varav en heter avtal.csv"
        problems.append(Problem("här finns inga avtal", hint, str(path)))
    return AgreementSource(tuple(rows), tuple(problems), tuple(notes))


def load_row(row: SourceRow, base: Agreement | None = None) -> SourceRow:
    """Return *row* with its file read, and what *base* says where it says nothing; a row that is read stays as it is."""
    if row.path is None or row.agreement is not None or row.problems:
        return row
    try:
        agreement = _embedded(row.path) if row.path.suffix.lower() in DOCUMENTS else load(row.path)
    except IopdocsError as error:
        return attrs.evolve(row, problems=_problems(error, row.path))
    return attrs.evolve(row, agreement=agreement if base is None else merge(agreement, base))


def _file(path: Path, name: str, base: Agreement | None, *, named: bool = True) -> AgreementSource:
    suffix = path.suffix.lower()
    own = own_report(path) if named else None
    if own:
        hint = "ange det som den gjordes av: avtalens datafiler, arbetsbok eller mapp"
        return AgreementSource((), (Problem(f"{own.said}, inget underlag", hint, str(path)),))
    if suffix in (*SUFFIXES, *DOCUMENTS):
        if os.path.lexists(path):
            return AgreementSource((SourceRow(name, str(path), path=path),))
        hint = "kontrollera namnet och att du står i rätt mapp"
        return AgreementSource((), (Problem("filen finns inte", hint, str(path)),))
    if suffix in (*WORKBOOKS, *_OTHER_WORKBOOKS, *TABLES):
        try:
            return _tables(path, "" if named else f"{name}/", base, named=named)
        except LoadError as error:
            return AgreementSource((), error.problems)
    hint = "ange en datafil ({data}), en arbetsbok (.xlsx), en CSV-fil eller en mapp".format(data=", ".join(SUFFIXES))
    message = f"filnamnet slutar på ”{suffix}”" if suffix else "finns inte, eller saknar ändelse"
    return AgreementSource((), (Problem(message, hint, str(path)),))


def _found(meant: InputFile, name: str, base: Agreement | None) -> AgreementSource:
    """Return the agreements of a file that a folder or a pattern holds; what is something else is passed by."""
    path = meant.path
    suffix = path.suffix.lower()
    if suffix in TABLES:
        if squeezed(path.stem) == squeezed(ID) and is_csv_folder(path.parent):
            parent = PurePath(name).parent.as_posix()
            try:
                return _tables(path.parent, "" if parent == "." else f"{parent}/", base)
            except LoadError as error:
                return AgreementSource((), error.problems)
        return AgreementSource(())
    if suffix in SUFFIXES and not _seems_agreement(path) and is_other_data(path):
        return AgreementSource(())
    if suffix in DOCUMENTS and not _may_hold_data(path):
        hint = "ta med bara dokument som iopdocs har gjort"
        return AgreementSource((), (), (Problem("har inga data från iopdocs och läses inte", hint, str(path)),))
    return _file(path, name, base, named=False)


def _tables(path: Path, prefix: str, base: Agreement | None, *, named: bool = True) -> AgreementSource:
    is_workbook = not path.is_dir() and path.suffix.lower() not in TABLES
    tables, notes = (read_workbook(str(path)), ()) if is_workbook else read_csv(path)
    main = [table for table in tables if not is_passed_by(table) and _is_main(table.name)]
    if not named and not main:
        hint = "det är ingen arbetsbok med avtal"
        return AgreementSource((), (), (Problem(f"har inget blad {ID} och läses inte", hint, str(path)),))
    reading = agreements_of(tables, str(path), _parties(base), _over(base))
    joint = ": " if is_workbook or path.is_dir() else ":"
    rows = tuple(
        SourceRow(prefix + one.id, f"{path}{joint}{one.position.name}", one.agreement, one.problems)
        for one in reading.agreements
    )
    return AgreementSource(rows, reading.problems, (*notes, *reading.notes))


def _is_main(name: str) -> bool:
    sheet = sheet_called(name)
    return sheet is not None and sheet.is_main


def _parties(base: Agreement | None) -> Iterator[str]:
    for party in base.parties if base else ():
        yield from (name for name in (party.name, party.short_name) if name)


def _over(base: Agreement | None) -> Callable[[Agreement], Agreement] | None:
    return None if base is None else lambda own: merge(own, base)


def _without_reports(files: Iterable[InputFile]) -> tuple[list[InputFile], list[Problem]]:
    """Return *files* without the reports and registers that we have made of agreements, and notes of those."""
    kept: list[InputFile] = []
    notes: list[Problem] = []
    for one in files:
        own = own_report(one.path)
        if own is None:
            kept.append(one)
        else:
            hint = "det är inget underlag"
            notes.append(Problem(f"{own.said} och läses inte", hint, str(one.path)))
    return kept, notes


def _doubles(files: Iterable[InputFile]) -> Iterator[Problem]:
    """Yield a note of each document that a batch wrote beside one that somebody had edited: both are read."""
    names = {one.path for one in files}
    for path in sorted(names):
        first = _BESIDE.sub("", path.stem) + path.suffix
        if path.suffix.lower() in DOCUMENTS and first != path.name and path.with_name(first) in names:
            hint = "ta bort den ena om de är samma avtal"
            message = f"ligger bredvid {first}, och båda läses"
            yield Problem(message, hint, str(path))


def _counted(files: Sequence[InputFile], documents: bool | None) -> Iterator[InputFile]:
    if documents is None:
        documents = all(one.path.suffix.lower() in DOCUMENTS for one in files)
    return (one for one in files if documents or one.path.suffix.lower() not in DOCUMENTS)


def _above(pattern: Path) -> Path:
    """Return the folder that a pattern searches in."""
    parts = itertools.takewhile(lambda part: not glob.has_magic(part), pattern.parts)
    return Path(*parts)


def _relative(path: Path, top: Path) -> str:
    try:
        return path.relative_to(top).as_posix()
    except ValueError:
        return path.as_posix()


def _seems_agreement(path: Path) -> bool:
    """Tell whether a glance at the start of a data file finds a key that an agreement prints at the top."""
    try:
        if not path.is_file():
            return True  # A pipe may wait for ever; that it is no file is told when it is to be read.
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            start = file.read(20_000)
    except OSError:
        return True
    return bool(_top_key().search(start))


def _top_key() -> re.Pattern[str]:
    keys = "|".join(field.key for field in fields_of(Agreement) if field.entry.printed)
    return re.compile(rf'^(?:{keys})\s*:|^\s{{0,4}}"(?:{keys})"\s*:', re.MULTILINE)


def _may_hold_data(path: Path) -> bool:
    try:
        with closing(open_package(path)) as package:
            return any(name.startswith("customXml/") for name in package.sizes)
    except (OSError, OpcError, ValueError):
        return False


def _embedded(path: Path) -> Agreement:
    """Return the agreement whose data lie in a document of ours."""
    try:
        reader = importlib.import_module("iopdocs.files.embedded")
    except ModuleNotFoundError:
        hint = "ange datafilen som dokumentet gjordes av"
        raise LoadError.one("data i Word-dokument går inte att läsa här", hint, str(path)) from None
    agreement: Agreement = reader.read_embedded(read_bytes(str(path), _LARGEST_DOCUMENT))
    return agreement if agreement.source else attrs.evolve(agreement, source=Origin(str(path), ""))


def _problems(error: IopdocsError, path: Path) -> tuple[Problem, ...]:
    found: tuple[Problem, ...] = getattr(error, "problems", ())
    return tuple(one if one.file else attrs.evolve(one, file=str(path)) for one in found) or (
        Problem(str(error), "", str(path)),
    )
