"""A run of ``iopdocs batch``: its source, its documents and reports, and its progress messages."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
from attrs import frozen

from iopdocs.batch.process_pool import processors
from iopdocs.batch.report_file import place_of, write_report
from iopdocs.batch.runner import run
from iopdocs.batch.whole_batch import read_agreements
from iopdocs.batch.worker_task import WorkerSettings
from iopdocs.cli.batch_log import BatchLog
from iopdocs.cli.batch_progress import BatchProgress
from iopdocs.cli.lint_settings import LintCommandOptions, LintSettings, LintSettingsFinder
from iopdocs.errors import WriteError
from iopdocs.files.atomic import make_folder
from iopdocs.files.loader import load
from iopdocs.model.agreement import Agreement


@frozen(kw_only=True)
class BatchJob:
    """The request of the command line; *work* lacks the settings and the data of the file *base*."""

    source: Path
    output: Path
    base: Path | None
    work: WorkerSettings
    options: LintCommandOptions
    reports: Sequence[Path]
    jobs: int | None
    fail_fast: bool
    prune: bool
    overwrite: bool
    quiet: bool
    log_json: bool

    def run(self) -> int:
        """Make the documents and the reports, and return the exit code.

        Raises:
            IopdocsError: when the command line, the settings or the source is wrong; nothing is then made.
        """
        if "pdf" in self.work.kinds:
            from iopdocs.writers.pdf import check_tools

            check_tools()
        places = [self._place_of(report) for report in self.reports]
        setup = LintSettingsFinder(self.options).of(self.source / "x" if self.source.is_dir() else self.source)
        base = load(self.base) if self.base else None
        others = [*self.reports, *([self.base] if self.base else [])]
        source = read_agreements(self.source, self.output, base, others, final=self.work.final)
        make_folder(self.output)
        progress = BatchLog() if self.log_json else BatchProgress(len(source.rows), quiet=self.quiet)
        with progress, _ended_as_by_hand():
            progress.begin(source)
            done = run(
                source, self.output, self._settings(setup, base), setup.library, name=str(self.source),
                jobs=self.jobs or processors(), overwrite=self.overwrite, fail_fast=self.fail_fast, prune=self.prune,
                tell=progress.add_outcome,
            )  # fmt: skip
        progress.end(done)
        for report, place in zip(self.reports, places, strict=True):
            write_report(done, place)
            progress.report_written(place, unchanged=report if place != report else None)
        if done.interrupted and not (self.fail_fast and any(outcome.exit_code for outcome in done.outcomes)):
            return 130
        return done.exit_code

    def _place_of(self, report: Path) -> Path:
        if report.resolve() == self.source.resolve():
            raise WriteError.one("rapporten skulle ersätta källan", "ange ett annat namn på rapporten", str(report))
        return place_of(report, made=self.output)

    def _settings(self, setup: LintSettings, base: Agreement | None) -> WorkerSettings:
        layers = tuple(layer.folder for layer in setup.library.layers[1:])
        return attrs.evolve(self.work, layers=layers, lint=setup.lint, fail_on=setup.fail_on, pdf=setup.pdf, base=base)


@contextlib.contextmanager
def _ended_as_by_hand() -> Iterator[None]:
    """Treat a termination signal from a scheduler as Ctrl-C: whole files, and a message on how much is left."""
    try:
        old = signal.signal(signal.SIGTERM, signal.default_int_handler)
    except ValueError:  # Only the main thread may set signal handlers.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, old)
