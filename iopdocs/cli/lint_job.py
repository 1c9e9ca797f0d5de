"""A run of ``iopdocs lint``: its files, its settings and its outputs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from iopdocs.cli.file_paths import quoted, quoted_word, refuse_existing
from iopdocs.cli.lint_files import LintCounts, LintedFile, run
from iopdocs.cli.lint_output import as_github, as_json, as_sarif, as_text, short
from iopdocs.cli.lint_settings import LintCommandOptions, LintSettings, LintSettingsFinder, shown
from iopdocs.cli.terminal import TerminalStyle, echo, harmless, screen
from iopdocs.errors import LoadError, Problem, WriteError, printable_name
from iopdocs.files.atomic import write_atomically
from iopdocs.files.loader import Kind, kind_of
from iopdocs.linter.baseline import (
    Baseline,
    KnownFinding,
    count_by_code,
    placed,
    read_baseline,
    renewed,
    stale,
    write_baseline,
)
from iopdocs.linter.formats.report_schema import GONE
from iopdocs.sources.file_discovery import InputFile, discover_files, is_other_data, is_settings

_FOR_LOGS = ("sarif", "github")
"""Formats for logs whose readers may lack access to the agreements."""


@frozen(kw_only=True)
class LintJob:
    """The request of the command line."""

    arguments: Sequence[str]
    options: LintCommandOptions
    form: str
    outputs: Sequence[Path]
    overwrite: bool
    write_baseline: Path | None
    data_kind: Kind | None = None

    def run(self) -> int:
        """Lint, write, and return the exit code.

        Raises:
            IopdocsError: when the command line or the settings are wrong; nothing is then linted.
        """
        self._check_options()
        walked = discover_files(self.arguments)
        setups = LintSettingsFinder(self.options)
        files = [(meant, setups.of(meant.path)) for meant in walked.files]
        baselines = {setup.baseline for _meant, setup in files if setup.baseline is not None}
        known = {path: _baseline(path) for path in sorted(baselines)} if self.write_baseline is None else {}
        files = [pair for pair in files if not _is_aside(pair[0], {*baselines, self.write_baseline})]
        self._check_targets([meant.path for meant, _setup in files])
        count = LintCounts()
        for problem in walked.problems:
            _tell(str(problem))
        failed = [LintedFile(problem.file, problems=(problem,)) for problem in walked.problems]
        for file in failed:
            count.add(file)
        if not files and not failed:
            failed = [_nothing(self.arguments)]
            count.add(failed[0])
            _tell(failed[0].why)
        if self.write_baseline is not None:
            return self._renew(files, count)
        self._write(failed, files, known, count)
        if not count.files and not count.unread:
            _tell(_nothing(self.arguments).why)
            return 2
        for baseline in known.values():
            _tell_stale(baseline, _stale(baseline, files, count), self._renewing(baseline))
        return count.worst

    def _renewing(self, baseline: Baseline) -> str:
        """Return the command that remakes *baseline* from the same files with the same options."""
        named = " ".join(quoted(Path(name)) for name in self.arguments[:3]) + (" …" if len(self.arguments) > 3 else "")
        words = " ".join([named, *map(quoted_word, self.options.as_arguments)])
        return f"iopdocs lint {words} --write-baseline {quoted(shown(baseline.path))}"

    def _check_options(self) -> None:
        if len(self.outputs) > 1:
            raise click.UsageError("-o kan bara anges en gång")
        if self.write_baseline is None:
            return
        kind_of(self.write_baseline)
        if self.outputs or self.form != "text":
            raise click.UsageError("--write-baseline skriver bara baslinjen; ta bort -o och --format")
        if self.options.baseline is not None:
            raise click.UsageError("välj mellan --baseline och --write-baseline")

    def _check_targets(self, files: Sequence[Path]) -> None:
        """Refuse to overwrite an input or an existing file."""
        targets = [*self.outputs, *([self.write_baseline] if self.write_baseline else [])]
        read = {os.path.realpath(file) for file in files}
        for target in targets:
            if os.path.realpath(target) in read or is_settings(target):
                problem = Problem("är en fil som läses", "ange en annan fil att skriva till", str(target))
                raise WriteError([problem])
        for output in self.outputs:
            refuse_existing(output, self.overwrite)
        if self.write_baseline is not None:
            _refuse_unless_baseline(self.write_baseline, self.overwrite)

    def _write(
        self,
        failed: Sequence[LintedFile],
        files: Sequence[tuple[InputFile, LintSettings]],
        known: dict[Path, Baseline],
        count: LintCounts,
    ) -> None:
        def linted() -> Iterator[LintedFile]:
            yield from failed
            for file in run(files, known, count, _tell, self.data_kind):
                if file.report is None and self.form in _FOR_LOGS:
                    for problem in file.problems[: 0 if self.form == "github" and not self.outputs else 1]:
                        _tell(short(problem))
                elif file.report is None:
                    _tell(file.why)
                yield file

        def last() -> dict[str, Any]:
            if not known:
                return {}
            gone = [row for baseline in known.values() for row in _stale(baseline, files, count)]
            return {"i_baslinjen": count.hidden, "inaktuellt_i_baslinjen": [GONE.data(known) for known in gone]}

        if self.form == "text":
            pieces = as_text(linted(), count, TerminalStyle() if self.outputs else screen())
        elif self.form == "github":
            pieces = as_github(linted())
        else:
            pieces = as_sarif(linted()) if self.form == "sarif" else as_json(linted(), last)
        if self.outputs:
            write_atomically(self.outputs[0], "".join(pieces).encode("utf-8", "replace"))
            _tell(f"Skrev {printable_name(self.outputs[0])}.")
            return
        try:
            for piece in pieces:
                # Echo flushes each line at once, so that a user who waits for two hundred files sees the first.
                echo(piece, nl=False)
        except BrokenPipeError:
            # The reader of the output has closed it (| head): nothing more can be written.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _renew(self, files: Sequence[tuple[InputFile, LintSettings]], count: LintCounts) -> int:
        """Write the baseline, unless a file could not be read: its findings would then become new findings."""
        path = self.write_baseline
        assert path is not None
        old = read_baseline(path) if path.exists() and not self.overwrite else None
        reports = []
        for file in run(files, {}, count, _tell, self.data_kind):
            if file.report is None:
                _tell(file.why)
            else:
                reports.append(file.report)
        if count.worst == 2 or not count.files:
            _tell("Baslinjen skrevs inte, eftersom allt inte gick att läsa.")
            return 2
        baseline = renewed(reports, path, old, _asked(path, files))
        write_atomically(path, write_baseline(baseline))
        echo(f"Skrev {printable_name(path)}: {len(baseline.entries)} kända fynd.")
        return 0


def _is_aside(meant: InputFile, others: set[Path | None]) -> bool:
    """Return whether a file is settings or a baseline, which ``*.yaml`` matches too, and not an agreement."""
    places = {os.path.realpath(path) for path in others if path is not None}
    return is_settings(meant.path) or os.path.realpath(meant.path) in places


def _baseline(path: Path) -> Baseline:
    if path.exists():
        return read_baseline(path)
    hint = f"skapa den med --write-baseline {quoted(shown(path))}"
    raise LoadError.one("baslinjen finns inte", hint, str(shown(path)))


def _nothing(arguments: Sequence[str]) -> LintedFile:
    name = arguments[0] if len(arguments) == 1 else ""
    problem = Problem("här finns inget avtal att granska", "ange en datafil eller en mapp med datafiler", name)
    return LintedFile(name, problems=(problem,))


def _refuse_unless_baseline(path: Path, overwrite: bool) -> None:
    """Refuse to replace an agreement with a baseline, or, without *overwrite*, any file that is not a baseline."""
    if not path.exists():
        return
    try:
        read_baseline(path)
    except LoadError as error:
        hint = "välj ett annat namn"
        if path.is_file() and is_other_data(path):
            if overwrite:
                return
            hint = "välj ett annat namn, eller ersätt den med --overwrite"
        raise WriteError.one("finns redan och är ingen baslinje", hint, str(path)) from error


def _asked(path: Path, files: Sequence[tuple[InputFile, LintSettings]]) -> Callable[[KnownFinding], bool]:
    setups = {placed(str(meant.path), path): setup for meant, setup in files}

    def asked(known: KnownFinding) -> bool:
        setup = setups.get(known.file or "")
        return setup is not None and setup.asks(known.code or "")

    return asked


def _stale(
    baseline: Baseline, files: Sequence[tuple[InputFile, LintSettings]], count: LintCounts
) -> tuple[KnownFinding, ...]:
    return stale(baseline, count.used, count.names, _asked(baseline.path, files))


def _tell_stale(baseline: Baseline, gone: Sequence[KnownFinding], renewing: str) -> None:
    if not gone:
        return
    file = quoted(shown(baseline.path))
    posts = "1 post" if len(gone) == 1 else f"{len(gone)} poster"
    _tell(f"{file}: {posts} behövs inte längre, eftersom fynden är borta:")
    rows = count_by_code(gone)
    for name, code, number in rows[:10]:
        _tell(f"  {printable_name(name)} {code}" + (f" ({number})" if number > 1 else ""))
    if len(rows) > 10:
        _tell(f"  … och {len(rows) - 10} till")
    _tell(f"Gör om den med: {renewing}")


def _tell(text: str) -> None:
    echo(harmless(text), err=True)
