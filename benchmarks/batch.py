"""Measures a batch: whether the memory of its workers stays flat, and how its pace compares with a plain loop.

``python benchmarks/batch.py`` makes 10 000 agreements and compares the peak of each worker then with its peak after 500;
``--quick`` makes 600 and compares with 100. Exits with 1 when the peak has grown by more than 30 per cent.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import iopdocs
from iopdocs.batch.outcome import AgreementOutcome, OutcomeState
from iopdocs.batch.runner import run
from iopdocs.batch.worker_task import WorkerSettings
from iopdocs.linter.options import LintOptions
from iopdocs.model.agreement import Agreement
from iopdocs.sources.rows import AgreementSource, SourceRow

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.yaml"))
MOST_GROWTH = 1.3
DAY = date(2026, 11, 22)


def agreements(number: int) -> Iterator[Agreement]:
    """Yield *number* agreements, no two alike in the words that they print."""
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]
    for n in range(number):
        yield iopdocs.loads(re.sub(r"\b[Pp]arterna\b(?!:)", rf"\g<0> i område {n}", texts[n % len(texts)]))


def peaks() -> dict[int, int]:
    """Return the largest memory that each worker has had so far, in kB, by its number."""
    found = {}
    for worker in multiprocessing.active_children():
        lines = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii").splitlines()
        found[worker.pid or 0] = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return found


def in_a_batch(rows: tuple[SourceRow, ...], jobs: int, early: int) -> tuple[float, dict[int, int], dict[int, int]]:
    """Return the seconds that a batch of *rows* took, and the peaks of its workers after *early* of them and at last."""
    seen: dict[int, dict[int, int]] = {}

    def tell(done: int, total: int, _one: AgreementOutcome) -> None:
        if done in (early, total) or done % 50 == 0:
            seen[done] = peaks()

    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        report = run(
            AgreementSource(rows),
            Path(name),
            WorkerSettings(lint=LintOptions(today=DAY)),
            iopdocs.load_library(),
            jobs=jobs,
            tell=tell,
        )
        spent = time.perf_counter() - start
    states = {written.state for one in report.outcomes for written in one.written}
    assert len(report.outcomes) == len(rows)
    assert states == {OutcomeState.WRITTEN}
    return spent, seen[early], seen[max(done for done in seen if seen[done])]


def in_a_loop(rows: tuple[SourceRow, ...]) -> float:
    """Return the seconds that it takes to lint and render *rows* one after another in this process."""
    library = iopdocs.load_library()
    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        for row in rows:
            assert row.agreement is not None
            report = iopdocs.lint(row.agreement, library=library, today=DAY)
            iopdocs.render(row.agreement, library=library, report=report).save(Path(name, f"{row.id}.docx"))
        return time.perf_counter() - start


def main() -> int:
    """Print what was measured; return 1 when the workers' memory grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="600 agreements instead of 10 000")
    parser.add_argument("--rows", type=int, help="how many agreements")
    parser.add_argument("--jobs", type=int, default=2, help="how many workers")
    how = parser.parse_args()
    number = how.rows or (600 if how.quick else 10_000)
    early = 100 if number < 5000 else 500
    rows = tuple(SourceRow(f"A{n}", f"A{n}", one) for n, one in enumerate(agreements(number)))
    sample = rows[:early]
    loop = len(sample) / in_a_loop(sample)
    spent, before, after = in_a_batch(rows, how.jobs, early)
    batch = number / spent
    print(f"one loop, one process: {loop:.1f} agreements a second, over {early}")
    print(f"batch, {how.jobs} workers: {batch:.1f} a second, over {number}: {batch / loop:.2f} times the loop")
    grown = 0.0
    for worker in sorted(before):
        grown = max(grown, after[worker] / before[worker])
        print(
            f"worker {worker}: peak {before[worker] / 1024:.0f} MB after {early}, {after[worker] / 1024:.0f} MB after "
            f"{number}: {after[worker] / before[worker]:.2f} times"
        )
    print(f"memory grows by {grown:.2f}, at most {MOST_GROWTH} is wanted")
    return 1 if grown > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
