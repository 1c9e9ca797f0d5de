"""Read the agreements of a source: a file of any kind, a folder or a pattern."""

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

from iopdocs.errors import IopdocsError, LoadError, Problem, WriteError
from iopdocs.files.loader import load
from iopdocs.files.merge import merge
from iopdocs.files.text_file import read_bytes
from iopdocs.model.agreement import Agreement
from iopdocs.model.agreement import DataOrigin as Origin
from iopdocs.model.fields import fields_of
from iopdocs.opc import OpcError, open_package
from iopdocs.sources.file_discovery import SUFFIXES, InputFile, discover_files, is_other_data
from iopdocs.sources.made_documents import SURE, journal_entries, left_behind
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
ALL_SUFFIXES = (*SUFFIXES, *WORKBOOKS, *TABLES, *DOCUMENTS)
_OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".xltx", ".xltm", ".xlt")
_DUPLICATE = re.compile(r" \(ny(?: \d+)?\)$")
_LARGEST_DOCUMENT = 50_000_000
_MOST_NAMED = 10


def read_source(path: Path, base: Agreement | None = None, *, documents: bool | None = None) -> AgreementSource:
    """Return the agreements of *path*: a file (YAML, JSON, workbook, CSV or DOCX made by iopdocs), a folder or a pattern.

    Rows of workbooks and tables are read immediately. Files of one agreement have a ``path`` and are read by
    :func:`load_row`. *base* supplies absent values (:func:`iopdocs.files.merge.merge`). *documents* decides whether the
    DOCX files of a folder are included; with ``None``, they are if the folder contains nothing else. User errors are
    not raised but returned as problems.
    """
    if not path.is_dir() and (os.path.lexists(path) or not glob.has_magic(str(path))):
        return _file(path, path.name, base)
    discovered = discover_files([str(path)], ALL_SUFFIXES)
    top = path if path.is_dir() else _pattern_root(path)
    inputs, notes = _without_reports(discovered.files)
    files, left_notes = _without_left_behind(_included(inputs, documents))
    rows: list[SourceRow] = []
    problems = list(discovered.problems)
    notes += [*_duplicates(files), *left_notes]
    for file in files:
        part = _read_found(file, _relative(file.path, top), base)
        rows += part.rows
        problems += part.problems
        notes += part.notes
    if not rows and not problems:
        hint = "ange en mapp med avtal: datafiler, en arbetsbok eller CSV-filer varav en heter avtal.csv"
        problems.append(Problem("här finns inga avtal", hint, str(path)))
    return AgreementSource(tuple(rows), tuple(problems), tuple(notes))


def load_row(row: SourceRow, base: Agreement | None = None) -> SourceRow:
    """Return *row* with its file loaded and absent values filled in from *base*. A loaded row is returned unchanged."""
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
        return AgreementSource((), (Problem(f"{own.description}, inget underlag", hint, str(path)),))
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


def _read_found(file: InputFile, name: str, base: Agreement | None) -> AgreementSource:
    """Return the agreements of a file found by a folder or a pattern. Other files are skipped."""
    path = file.path
    suffix = path.suffix.lower()
    if suffix in TABLES:
        if squeezed(path.stem) == squeezed(ID) and is_csv_folder(path.parent):
            parent = PurePath(name).parent.as_posix()
            try:
                return _tables(path.parent, "" if parent == "." else f"{parent}/", base)
            except LoadError as error:
                return AgreementSource((), error.problems)
        return AgreementSource(())
    if suffix in SUFFIXES and not _looks_like_agreement(path) and is_other_data(path):
        return AgreementSource(())
    if suffix in DOCUMENTS and not _may_contain_data(path):
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
    reading = agreements_of(tables, str(path), _parties(base), _merger(base))
    joint = ": " if is_workbook or path.is_dir() else ":"
    rows = tuple(
        SourceRow(
            prefix + table_agreement.id,
            f"{path}{joint}{table_agreement.position.name}",
            table_agreement.agreement,
            table_agreement.problems,
        )
        for table_agreement in reading.agreements
    )
    return AgreementSource(rows, reading.problems, (*notes, *reading.notes))


def _is_main(name: str) -> bool:
    sheet = sheet_called(name)
    return sheet is not None and sheet.is_main


def _parties(base: Agreement | None) -> Iterator[str]:
    for party in base.parties if base else ():
        yield from (name for name in (party.name, party.short_name) if name)


def _merger(base: Agreement | None) -> Callable[[Agreement], Agreement] | None:
    return None if base is None else lambda own: merge(own, base)


def _without_reports(files: Iterable[InputFile]) -> tuple[list[InputFile], list[Problem]]:
    """Return *files* without the reports and registers made by iopdocs, and notes on those."""
    kept: list[InputFile] = []
    notes: list[Problem] = []
    for file in files:
        own = own_report(file.path)
        if own is None:
            kept.append(file)
        else:
            hint = "det är inget underlag"
            notes.append(Problem(f"{own.description} och läses inte", hint, str(file.path)))
    return kept, notes


def _without_left_behind(files: Iterable[InputFile]) -> tuple[list[InputFile], list[Problem]]:
    """Return *files* without the documents that batches have left behind, and a note on those of each folder."""
    kept: list[InputFile] = []
    names: dict[Path, dict[str, bool]] = {}
    left: dict[Path, list[str]] = {}
    for file in files:
        folder, name = file.path.parent, file.path.name
        if file.path.suffix.lower() in DOCUMENTS:
            if folder not in names:
                names[folder] = _left_behind(folder)
            if name in names[folder]:
                left.setdefault(folder, []).append(f"{name} (redigerat)" if names[folder][name] else name)
                continue
        kept.append(file)
    return kept, [_left_behind_note(folder, documents) for folder, documents in left.items()]


def _left_behind(folder: Path) -> dict[str, bool]:
    """Return the documents left behind in *folder*, and whether somebody has edited them."""
    try:
        found = left_behind(folder, tuple(journal_entries(folder)))
    except WriteError:
        return {}  # Without its journal nothing is known of the folder.
    return {one.name: one.edited for one in found if one.reason in SURE}


def _left_behind_note(folder: Path, documents: Sequence[str]) -> Problem:
    shown = ", ".join(documents[:_MOST_NAMED])
    if len(documents) > _MOST_NAMED:
        shown += f" och {len(documents) - _MOST_NAMED} till"
    one = len(documents) == 1
    about = "1 dokument är kvarlämnat" if one else f"{len(documents)} dokument är kvarlämnade"
    what = f"{about} sedan avtalet togs bort ur källan eller bytte namn, och läses inte: {shown}"
    return Problem(what, "flytta undan sådana med iopdocs batch … --prune, eller ta bort dem för hand", str(folder))


def _duplicates(files: Iterable[InputFile]) -> Iterator[Problem]:
    """Yield a note on each document that a batch wrote beside an edited one. Both are read."""
    names = {file.path for file in files}
    for path in sorted(names):
        first = _DUPLICATE.sub("", path.stem) + path.suffix
        if path.suffix.lower() in DOCUMENTS and first != path.name and path.with_name(first) in names:
            hint = "ta bort den ena om de är samma avtal"
            message = f"ligger bredvid {first}, och båda läses"
            yield Problem(message, hint, str(path))


def _included(files: Sequence[InputFile], documents: bool | None) -> Iterator[InputFile]:
    if documents is None:
        documents = all(file.path.suffix.lower() in DOCUMENTS for file in files)
    return (file for file in files if documents or file.path.suffix.lower() not in DOCUMENTS)


def _pattern_root(pattern: Path) -> Path:
    """Return the folder that a pattern is searched in."""
    parts = itertools.takewhile(lambda part: not glob.has_magic(part), pattern.parts)
    return Path(*parts)


def _relative(path: Path, top: Path) -> str:
    try:
        return path.relative_to(top).as_posix()
    except ValueError:
        return path.as_posix()


def _looks_like_agreement(path: Path) -> bool:
    """Return whether the start of a data file contains a top-level key that an agreement prints."""
    try:
        if not path.is_file():
            return True  # Reading a pipe may block. It is reported when the file is loaded.
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            start = file.read(20_000)
    except OSError:
        return True
    return bool(_top_key().search(start))


def _top_key() -> re.Pattern[str]:
    keys = "|".join(field.key for field in fields_of(Agreement) if field.entry.printed)
    return re.compile(rf'^(?:{keys})\s*:|^\s{{0,4}}"(?:{keys})"\s*:', re.MULTILINE)


def _may_contain_data(path: Path) -> bool:
    try:
        with closing(open_package(path)) as package:
            return any(name.startswith("customXml/") for name in package.sizes)
    except (OSError, OpcError, ValueError):
        return False


def _embedded(path: Path) -> Agreement:
    """Return the agreement whose data are embedded in the document *path*."""
    try:
        reader = importlib.import_module("iopdocs.files.embedded_data")
    except ModuleNotFoundError:
        hint = "ange datafilen som dokumentet gjordes av"
        raise LoadError.one("data i Word-dokument går inte att läsa här", hint, str(path)) from None
    agreement: Agreement = reader.read_embedded(read_bytes(str(path), _LARGEST_DOCUMENT))
    return agreement if agreement.source else attrs.evolve(agreement, source=Origin(str(path), ""))


def _problems(error: IopdocsError, path: Path) -> tuple[Problem, ...]:
    problems: tuple[Problem, ...] = getattr(error, "problems", ())
    return tuple(problem if problem.file else attrs.evolve(problem, file=str(path)) for problem in problems) or (
        Problem(str(error), "", str(path)),
    )
