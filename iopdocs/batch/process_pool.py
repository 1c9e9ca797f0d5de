"""The worker processes of a batch: rows go to them, and their results come back in order."""

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
"""The largest number of workers; Windows cannot wait for more."""

_AHEAD = 4  # rows per worker that are submitted before the first result is needed

_work: WorkerSettings | None = None


def _start(work: WorkerSettings) -> None:
    """Set up a worker process: it ignores Ctrl-C, and ends when the process that started it ends."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = work


def _end_with_parent() -> None:
    # Otherwise a worker waits forever for work from a process that was killed.
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
    """Yield the result of each of *rows*, in order, working a little ahead of the consumer."""
    if jobs <= 1 or len(rows) < 2:
        yield from (make(row, work, before(row)) for row in rows)
        return
    left = deque(rows)
    while left:
        yield from _with_pool(left, work, before, min(jobs, len(left)))


def _with_pool(
    left: deque[SourceRow], work: WorkerSettings, before: Callable[[SourceRow], Mapping[str, str]], jobs: int
) -> Generator[WorkerResult, None, None]:
    """Yield the results of the rows in *left*, and remove the rows, until none is left or a worker has died."""
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
        # The row that killed a worker is unknown: the first waiting row is tried in a separate process.
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
            return WorkerResult(AgreementOutcome(id=row.id, place=row.place, problems=(problem,)))


def processors() -> int:
    """Return the default number of workers: as many as this process may run at a time."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(found, MOST_JOBS)
