"""The output of a batch while it runs: a progress bar on a terminal, otherwise a line for each agreement."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from iopdocs.batch.agreement_standing import left_behind_notices
from iopdocs.batch.counts import counted, summary_of
from iopdocs.batch.outcome import AgreementOutcome, BatchReport
from iopdocs.cli.terminal import echo, harmless
from iopdocs.errors import Problem, printable_name
from iopdocs.sources.rows import AgreementSource

_MOST_PROBLEMS = 200
_BESIDES = 56  # columns of a line with everything in it, besides its bar


class BatchProgress:
    """Reports the progress of *total* agreements."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total, self._quiet = total, quiet
        self._start = time.monotonic()
        self._bar: Any = None
        self._problem_count = 0

    def __enter__(self) -> BatchProgress:
        if sys.stderr.isatty() and not self._quiet and self._total and os.environ.get("TERM") != "dumb":
            columns = shutil.get_terminal_size((80, 24)).columns
            roomy = columns > _BESIDES + 4
            self._bar = click.progressbar(
                length=self._total, file=sys.stderr, label="Avtal" if roomy else None, show_pos=True,
                show_percent=roomy, show_eta=True, width=max(4, min(36, columns - _BESIDES)),
                item_show_func=self._rate if roomy else None,
            )  # fmt: skip
            self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)
            self._bar = None

    def _rate(self, done: Any) -> str | None:
        spent = time.monotonic() - self._start
        if not done or spent < 1:
            return None
        return "{rate} i sekunden".format(rate=f"{done / spent:.1f}".replace(".", ","))

    def begin(self, source: AgreementSource) -> None:
        """Print the notes of the source."""
        if not self._quiet:
            for note in source.notes:
                self._print_problem(note)

    def add_outcome(self, done: int, total: int, outcome: AgreementOutcome) -> None:
        """Report *outcome*, which is number *done*."""
        if self._bar is not None:
            self._bar.update(1, done)
        if not self._quiet and not (self._bar is not None and sys.stdout.isatty()):
            echo(f"{printable_name(outcome.place)}: {_outcome_text(outcome)}")
        for problem in outcome.problems:
            self._problem_count += 1
            if self._problem_count <= _MOST_PROBLEMS:
                self._print_problem(problem)

    def _print_problem(self, problem: Problem) -> None:
        if self._bar is not None:
            echo("\r\033[K", nl=False, err=True)
        echo(harmless(str(problem)), err=True)

    def end(self, report: BatchReport) -> None:
        """Print the totals."""
        if self._problem_count > _MOST_PROBLEMS:
            rest = self._problem_count - _MOST_PROBLEMS
            text = counted(rest, "… och {n} problem till; --report visar alla")
            echo(text, err=True)
        for problem in (*report.problems, *report.unmoved):
            echo(str(problem), err=True)
        for notice in left_behind_notices(report):
            if not self._quiet or any(one.moved_to for one in report.left_behind):
                echo(notice, err=True)
        if report.interrupted:
            left = counted(self._total - len(report.outcomes), "{n} avtal återstår")
            echo(f"Avbrutet: {left}. Kör samma kommando igen för att fortsätta.", err=True)
        if report.outcomes and (not self._quiet or report.exit_code):
            echo(summary_of(report))

    def report_written(self, path: Path, unchanged: Path | None = None) -> None:
        """Report that a report was written to *path*; *unchanged* is the file that it could not replace."""
        text = f"Rapport: {printable_name(path)}"
        if unchanged is not None:
            echo(text + f" – {printable_name(unchanged)} har ändrats eller är något annat, och fick vara kvar")
        elif not self._quiet:
            echo(text)


def _outcome_text(outcome: AgreementOutcome) -> str:
    parts = [f"{printable_name(written.name)} ({written.state.value})" for written in outcome.written]
    if not parts:
        parts = ["blev inget dokument"]
    plurals = {"varning": "{n} varningar"}
    found = [
        counted(number, f"{{n}} {level}", plurals.get(level, "")) for level, number in outcome.levels.items() if number
    ]
    return ", ".join(parts) + (f"; {', '.join(found)}" if found else "")
