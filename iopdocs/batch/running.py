"""Runs a batch: rows go to worker processes, documents come back in the order of the source and are put in place."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

import attrs
from attrs import Factory, define, field

from iopdocs.batch.journal import Journal, locked
from iopdocs.batch.names import Names
from iopdocs.batch.outcome import BatchReport, Outcome, State, Written
from iopdocs.batch.placing import Placer
from iopdocs.batch.work import Made, Work, make
from iopdocs.errors import Problem, ProblemsError, WriteError
from iopdocs.library.layers import Library
from iopdocs.messages import _
from iopdocs.render.pdf import to_pdfs
from iopdocs.sources.rows import Row, Source

Tell = Callable[[int, int, Outcome], None]
"""Told of each agreement that is done: how many are, of how many, and what became of it."""

_AHEAD = 4  # rows per worker that are handed out before the first of them is needed
_TOGETHER = 20  # documents that one start of LibreOffice turns into PDF


def run(
    source: Source,
    folder: Path,
    work: Work,
    library: Library,
    *,
    name: str = "",
    jobs: int = 1,
    overwrite: bool = False,
    fail_fast: bool = False,
    tell: Tell | None = None,
) -> BatchReport:
    """Make the documents of every row of *source* in *folder*, and return what became of each.

    A rerun makes only what has changed. A file that was edited since it was made, or is not ours, is left as it is and
    the new one written beside it. What has been put in place when the run is interrupted stays, and is whole.

    Args:
        source: the agreements.
        folder: an existing folder.
        work: what they are made with.
        library: the library of ``work.layers``, for the headings of the report.
        name: what the report calls the source.
        jobs: how many worker processes; 1 works in this process.
        overwrite: replace also files that were edited or are not ours.
        fail_fast: stop at the first agreement that fails.
        tell: called after each agreement.

    Raises:
        WriteError: when the folder cannot be written in, another batch holds it, or the journal cannot be kept.
    """
    with locked(folder):
        journal = Journal(folder)
        batch = _Batch(source.rows, work, Placer(folder, journal, overwrite), Names(journal.names), tell)
        interrupted = False
        made = _in_order(source.rows, work, batch.before, jobs)
        try:
            for row, one in zip(source.rows, made, strict=True):
                batch.add(row, one)
                if fail_fast and batch.outcomes[-1].stopped:
                    interrupted = len(batch.outcomes) < len(source.rows)
                    break
            batch.flush()
        except KeyboardInterrupt:
            interrupted = True
        finally:
            made.close()
            journal.close()
    return BatchReport(
        source=name,
        day=work.day or date.min,
        profiles=work.profiles,
        headings=_headings(library),
        outcomes=tuple(batch.outcomes),
        problems=source.problems,
        interrupted=interrupted,
        folder=str(folder),
    )


def _headings(library: Library) -> dict[str, str]:
    names = dict.fromkeys(
        point.section for name in sorted(library.resolved.profiles) for point in library.profile(name).points
    )
    return {name: library.heading(name) for name in names if name}


@define
class _Batch:
    """What has been done so far; PDFs wait until there are enough of them to start LibreOffice for."""

    rows: Sequence[Row]
    work: Work
    placer: Placer
    names: Names
    tell: Tell | None
    outcomes: list[Outcome] = Factory(list)
    _waiting: list[tuple[int, str, str, str, bytes]] = field(factory=list)

    def before(self, row: Row) -> Mapping[str, str]:
        """Return the keys of the documents of *row* that stand whole in their place."""
        try:
            found = {kind: self.placer.whole(row.id, kind) for kind in self.work.kinds}
        except WriteError:
            return {}
        return {kind: entry.key for kind, entry in found.items() if entry is not None}

    def add(self, row: Row, made: Made) -> None:
        """Put the documents of *row* in their place."""
        self.outcomes.append(made.outcome)
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
        if self.tell is not None:
            self.tell(len(self.outcomes), len(self.rows), self.outcomes[number])

    def _keep(self, number: int, id: str, kind: str, base: str, key: str) -> None:
        entry = self.placer.whole(id, kind)
        if entry is not None and entry.base == base:
            state = State.UNCHANGED if entry.name == f"{base}.{kind}" else State.BESIDE
            self._note(number, Written(kind, entry.name, state, entry.digest))
        elif entry is not None:
            self._put(number, id, kind, base, key, self.placer.read(entry))

    def _put(self, number: int, id: str, kind: str, base: str, key: str, data: bytes) -> None:
        try:
            self._note(number, self.placer.put(id, kind, base, key, data))
        except WriteError as error:
            if any(problem.file.endswith(".jsonl") for problem in error.problems):
                raise  # Without the journal nothing more may be written.
            self._fail(number, kind, f"{base}.{kind}", error)

    def _note(self, number: int, written: Written) -> None:
        one = self.outcomes[number]
        self.outcomes[number] = attrs.evolve(one, written=(*one.written, written))

    def _fail(self, number: int, kind: str, name: str, error: ProblemsError) -> None:
        one = self.outcomes[number]
        written = (*one.written, Written(kind, name, State.FAILED))
        problems = (*one.problems, *error.problems)
        self.outcomes[number] = attrs.evolve(one, written=written, problems=problems, stopped=True)

    def flush(self) -> None:
        """Make the PDFs that wait, all at once, or one by one where that fails."""
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

    def _pdf(self, docx: bytes) -> bytes | ProblemsError:
        try:
            return to_pdfs([docx], self.work.pdf)[0]
        except ProblemsError as error:
            return error


_work: Work | None = None


def _start(work: Work) -> None:
    """Make a process a worker: it leaves Ctrl-C to the process that started it."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = work


def _task(row: Row, before: Mapping[str, str]) -> Made:
    assert _work is not None
    return make(row, _work, before)


def _in_order(
    rows: Sequence[Row], work: Work, before: Callable[[Row], Mapping[str, str]], jobs: int
) -> Generator[Made, None, None]:
    """Yield what becomes of each of *rows*, in order, a little ahead of what is asked for."""
    if jobs <= 1 or len(rows) < 2:
        yield from (make(row, work, before(row)) for row in rows)
        return
    left = deque(rows)
    while left:
        yield from _with_pool(left, work, before, min(jobs, len(left)))


def _with_pool(
    left: deque[Row], work: Work, before: Callable[[Row], Mapping[str, str]], jobs: int
) -> Generator[Made, None, None]:
    """Yield what becomes of the rows in *left*, and take them out, until none is left or a worker has died."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(work,))
    running: deque[Future[Made]] = deque()
    try:
        handed = 0
        while left:
            while handed < len(left) and len(running) < jobs * _AHEAD:
                row = left[handed]
                running.append(pool.submit(_task, row, before(row)))
                handed += 1
            made = running[0].result()
            running.popleft()
            left.popleft()
            handed -= 1
            yield made
    except BrokenProcessPool:
        # Nobody can tell which row a worker died of: the first that waits is tried in a process of its own.
        yield _alone(left.popleft(), work, before)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(row: Row, work: Work, before: Callable[[Row], Mapping[str, str]]) -> Made:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=_start, initargs=(work,)) as pool:
        try:
            return pool.submit(_task, row, before(row)).result()
        except BrokenProcessPool:
            hint = _("minnet kan ha tagit slut; prova färre processer (--jobs 1)")
            problem = Problem(_("arbetsprocessen avbröts"), hint, row.place)
            return Made(Outcome(id=row.id, place=row.place, problems=(problem,), stopped=True))


def processors() -> int:
    """Return how many processes this one may run at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
