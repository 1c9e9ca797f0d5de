"""Run a batch: rows go to worker processes, documents come back in the order of the source and are put in place."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs
from attrs import Factory, define, field

from iopdocs.assembly import render_document
from iopdocs.batch.document_placement import DocumentPlacer
from iopdocs.batch.file_names import FileNames
from iopdocs.batch.journal import Journal, clear_torn, locked
from iopdocs.batch.outcome import AgreementOutcome, BatchReport, OutcomeState, WrittenDocument
from iopdocs.batch.process_pool import in_order
from iopdocs.batch.pruning import move_aside
from iopdocs.batch.worker_task import WorkerResult, WorkerSettings
from iopdocs.errors import Problem, ProblemsError, WriteError
from iopdocs.library.layers import Library
from iopdocs.model.agreement import Agreement
from iopdocs.sources.rows import AgreementSource, SourceRow
from iopdocs.writers.pdf import to_pdfs

Tell = Callable[[int, int, AgreementOutcome], None]
"""Called for each finished agreement: number finished, total number, and outcome."""

_TOGETHER = 20  # documents that one start of LibreOffice turns into PDF


def run(
    source: AgreementSource,
    folder: Path,
    work: WorkerSettings,
    library: Library,
    *,
    name: str = "",
    jobs: int = 1,
    overwrite: bool = False,
    fail_fast: bool = False,
    prune: bool = False,
    tell: Tell | None = None,
) -> BatchReport:
    """Make the documents of every row of *source* in *folder*, and return the outcomes.

    A rerun makes only what has changed. A file that was edited, or not made by a batch, is left unchanged and the new
    one is written beside it. Documents that were in place when the run was interrupted remain, and are whole.

    Args:
        source: the agreements.
        folder: an existing folder.
        work: the settings to make them with.
        library: the library of ``work.layers``, for the headings of the report.
        name: what the report calls the source: its path or pattern. The journal records it, so that only a batch of
            the same source regards documents as left behind; without a name none is moved aside.
        jobs: how many worker processes; 1 works in this process.
        overwrite: replace also files that were edited or not made by a batch.
        fail_fast: stop at the first agreement that has findings, or that could not be read or made.
        prune: move documents that are left behind to the folder ``undanflyttade``, unless the source could not be
            read whole or the run was interrupted.
        tell: called after each agreement.

    Raises:
        WriteError: when the folder cannot be written in, another batch has locked it, or the journal cannot be written.
    """
    with locked(folder):
        journal = Journal(folder, _way(name, folder))
        clear_torn(folder)
        ids = {row.id for row in source.rows}
        journal.note_rows(ids, is_whole=not source.problems, is_partial=source.is_partial)
        batch = _Batch(source.rows, work, DocumentPlacer(folder, journal, overwrite), FileNames(journal.names), tell)
        unmoved: tuple[Problem, ...] = ()
        interrupted = False
        made = in_order(source.rows, work, batch.before, jobs)
        try:
            for row, one in zip(source.rows, made, strict=True):
                batch.add(row, one)
                if fail_fast and batch.exit_code:
                    interrupted = len(batch.outcomes) < len(source.rows)
                    break
            batch.flush()
        except KeyboardInterrupt:
            interrupted = True
        finally:
            made.close()
            journal.close()
        left_behind = journal.left_behind()
        if prune and not (interrupted or source.problems or source.is_partial):
            left_behind, unmoved = move_aside(folder, journal, left_behind)
    return BatchReport(
        source=name,
        day=work.lint.today or date.min,
        profiles=work.lint.profiles,
        headings=_headings(library),
        outcomes=tuple(batch.outcomes),
        problems=source.problems,
        interrupted=interrupted,
        left_behind=left_behind,
        unmoved=unmoved,
        folder=str(folder),
    )


def _way(name: str, folder: Path) -> str:
    """Return the way from *folder* to the source *name*, which stays the same when both are moved together."""
    if not name:
        return ""
    try:
        return Path(os.path.relpath(os.path.realpath(name), os.path.realpath(folder))).as_posix()
    except ValueError:  # another drive on Windows
        return Path(os.path.realpath(name)).as_posix()


def _headings(library: Library) -> dict[str, str]:
    """Return the heading of each section in the order of the document."""
    return {entry.name: entry.heading for entry in render_document(Agreement(), library).outline}


@define
class _Batch:
    """The state of a run; PDFs wait until there are enough of them to start LibreOffice for."""

    rows: Sequence[SourceRow]
    work: WorkerSettings
    placer: DocumentPlacer
    names: FileNames
    tell: Tell | None
    outcomes: list[AgreementOutcome] = Factory(list)
    exit_code: int = 0
    _waiting: list[tuple[int, str, str, str, bytes]] = field(factory=list)
    _told: int = 0
    _alike: dict[Any, Any] = field(factory=dict)

    def before(self, row: SourceRow) -> Mapping[str, str]:
        """Return the keys of the documents of *row* that are unchanged in their place."""
        try:
            found = {kind: self.placer.whole(row.id, kind) for kind in self.work.kinds}
        except WriteError:
            return {}
        return {kind: entry.key for kind, entry in found.items() if entry is not None}

    def add(self, row: SourceRow, made: WorkerResult) -> None:
        """Put the documents of *row* in their place."""
        self.outcomes.append(self._shared(made.outcome))
        self.exit_code = max(self.exit_code, made.outcome.exit_code)
        number = len(self.outcomes) - 1
        if made.keys:
            base = self.names.take(row.id, made.wanted)
            for kind in self.work.kinds:
                if kind in made.files and kind == "pdf":
                    self._waiting.append((number, row.id, base, made.keys[kind], made.files[kind]))
                elif kind in made.files:
                    self._put(number, row.id, kind, base, made.keys[kind], made.files[kind])
                elif not made.outcome.problems:
                    self._keep(number, row.id, kind, base, made.keys[kind])
        if len(self._waiting) >= _TOGETHER:
            self.flush()
        self._tell()

    def _tell(self) -> None:
        # An agreement that waits for its PDF is not finished, nor are those after it, since they are reported in order.
        done = self._waiting[0][0] if self._waiting else len(self.outcomes)
        while self._told < done:
            self._told += 1
            if self.tell is not None:
                self.tell(self._told, len(self.rows), self.outcomes[self._told - 1])

    def _shared(self, one: AgreementOutcome) -> AgreementOutcome:
        # Each process returns its own copies of these, and ten thousand agreements lack much the same.
        lacking = tuple(self._alike.setdefault(each, each) for each in one.lacking)
        tallies = tuple(self._alike.setdefault(each, each) for each in one.tallies)
        return attrs.evolve(one, lacking=lacking, tallies=tallies)

    def _keep(self, number: int, id: str, kind: str, base: str, key: str) -> None:
        try:
            entry = self.placer.whole(id, kind)
            data = self.placer.read(entry) if entry is not None and entry.base != base else b""
        except WriteError as error:
            self._fail(number, kind, f"{base}.{kind}", error)
            return
        if entry is None:
            what, hint = "filen ändrades medan körningen pågick", "kör samma kommando igen"
            path = str(self.placer.folder / f"{base}.{kind}")
            self._fail(number, kind, f"{base}.{kind}", WriteError.one(what, hint, path))
        elif entry.base == base:
            state = OutcomeState.UNCHANGED if entry.name == f"{base}.{kind}" else OutcomeState.UNCHANGED_BESIDE
            self._note(number, WrittenDocument(kind, entry.name, state, entry.digest))
        else:
            self._put(number, id, kind, base, key, data)

    def _put(self, number: int, id: str, kind: str, base: str, key: str, data: bytes) -> None:
        try:
            self._note(number, self.placer.put(id, kind, base, key, data))
        except WriteError as error:
            if any(problem.file.endswith(".jsonl") for problem in error.problems):
                raise  # Nothing more may be written without the journal.
            self._fail(number, kind, f"{base}.{kind}", error)

    def _note(self, number: int, written: WrittenDocument) -> None:
        outcome = self.outcomes[number]
        self.outcomes[number] = attrs.evolve(outcome, written=(*outcome.written, written))

    def _fail(self, number: int, kind: str, name: str, error: ProblemsError) -> None:
        outcome = self.outcomes[number]
        written = (*outcome.written, WrittenDocument(kind, name, OutcomeState.FAILED))
        problems = (*outcome.problems, *error.problems)
        self.exit_code = 2
        self.outcomes[number] = attrs.evolve(outcome, written=written, problems=problems)

    def flush(self) -> None:
        """Make the waiting PDFs together, or one by one when that fails."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        try:
            pdfs: list[bytes | ProblemsError] = list(to_pdfs([one[4] for one in waiting], self.work.pdf))
        except ProblemsError as error:
            pdfs = [self._pdf(one[4]) for one in waiting] if len(waiting) > 1 else [error]
        for (number, id, base, key, _docx), pdf in zip(waiting, pdfs, strict=True):
            if isinstance(pdf, bytes):
                self._put(number, id, "pdf", base, key, pdf)
            else:
                self._fail(number, "pdf", f"{base}.pdf", pdf)
        self._tell()

    def _pdf(self, docx: bytes) -> bytes | ProblemsError:
        try:
            return to_pdfs([docx], self.work.pdf)[0]
        except ProblemsError as error:
            return error
