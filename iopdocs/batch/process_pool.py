"""The processes that do the work of a batch: rows go to them, and what they make comes back in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from iopdocs.batch.outcome import AgreementOutcome
from iopdocs.batch.worker_task import WorkerResult, WorkerSettings, make
from iopdocs.errors import Problem
from iopdocs.sources.rows import SourceRow

MOST_JOBS = 61
"""How many workers there may be; Windows can wait for no more."""

_AHEAD = 4  # rows per worker that are handed out before the first of them is needed

_work: WorkerSettings | None = None


def _start(work: WorkerSettings) -> None:
    """Make a process a worker: it leaves Ctrl-C to the process that started it, and ends when that one does."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = work


def _end_with_parent() -> None:
    # Otherwise a worker waits for ever for work from a process that was killed.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _task(row: SourceRow, before: Mapping[str, str]) -> WorkerResult:
    assert _work is not None
    return make(row, _work, before)


def in_order(
    rows: Sequence[SourceRow], work: WorkerSettings, before: Callable[[SourceRow], Mapping[str, str]], jobs: int
) -> Generator[WorkerResult, None, None]:
    """Yield what becomes of each of *rows*, in order, a little ahead of what is asked for."""
    if jobs <= 1 or len(rows) < 2:
        yield from (make(row, work, before(row)) for row in rows)
        return
    left = deque(rows)
    while left:
        yield from _with_pool(left, work, before, min(jobs, len(left)))


def _with_pool(
    left: deque[SourceRow], work: WorkerSettings, before: Callable[[SourceRow], Mapping[str, str]], jobs: int
) -> Generator[WorkerResult, None, None]:
    """Yield what becomes of the rows in *left*, and take them out, until none is left or a worker has died."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, MOST_JOBS), context, initializer=_start, initargs=(work,))
    running: deque[Future[WorkerResult]] = deque()
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


def _alone(row: SourceRow, work: WorkerSettings, before: Callable[[SourceRow], Mapping[str, str]]) -> WorkerResult:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=_start, initargs=(work,)) as pool:
        try:
            return pool.submit(_task, row, before(row)).result()
        except BrokenProcessPool:
            hint = "minnet kan ha tagit slut; prova färre processer (--jobs 1)"
            problem = Problem("arbetsprocessen avbröts", hint, row.place)
            return WorkerResult(AgreementOutcome(id=row.id, place=row.place, problems=(problem,), stopped=True))


def processors() -> int:
    """Return how many workers to start when nobody has said: as many as this process may run at a time."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(found, MOST_JOBS)
