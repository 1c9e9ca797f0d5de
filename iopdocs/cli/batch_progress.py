"""What a batch says to people while it runs: a bar on a terminal, a line for each agreement elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from iopdocs.batch.outcome import AgreementOutcome, BatchReport, OutcomeState
from iopdocs.batch.report_words import renamed_notice
from iopdocs.cli.terminal import harmless
from iopdocs.errors import Problem
from iopdocs.sources.rows import AgreementSource

_MOST_TOLD = 200
_BESIDES = 56  # columns that a line takes besides its bar, when everything is in it


class Teller:
    """Tells of *total* agreements as they are done."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total, self._quiet = total, quiet
        self._start = time.monotonic()
        self._bar: Any = None
        self._told = 0

    def __enter__(self) -> Teller:
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
        """Tell what the source has to say that is no fault."""
        if not self._quiet:
            for note in source.notes:
                self._say(note)

    def tell(self, done: int, total: int, one: AgreementOutcome) -> None:
        """Tell of *one*, which is number *done*."""
        if self._bar is not None:
            self._bar.update(1, done)
        if not self._quiet and not (self._bar is not None and sys.stdout.isatty()):
            click.echo(f"{harmless(one.place)}: {_what(one)}")
        for problem in one.problems:
            self._told += 1
            if self._told <= _MOST_TOLD:
                self._say(problem)

    def _say(self, problem: Problem) -> None:
        if self._bar is not None:
            click.echo("\r\033[K", nl=False, err=True)
        click.echo(harmless(str(problem)), err=True)

    def end(self, report: BatchReport) -> None:
        """Tell how it all ended."""
        if self._told > _MOST_TOLD:
            rest = self._told - _MOST_TOLD
            text = _n(rest, "… och {n} problem till; --report visar alla")
            click.echo(text, err=True)
        for problem in report.problems:
            click.echo(harmless(str(problem)), err=True)
        if report.renamed and not self._quiet:
            click.echo(harmless(renamed_notice(report)), err=True)
        if report.interrupted:
            left = _n(self._total - len(report.outcomes), "{n} avtal återstår")
            click.echo(f"Avbrutet: {left}. Kör samma kommando igen för att fortsätta.", err=True)
        if report.outcomes and (not self._quiet or report.problems or any(one.stopped for one in report.outcomes)):
            click.echo(_summary(report))

    def reported(self, path: Path, kept: Path | None = None) -> None:
        """Tell that a report stands in *path*, and that *kept*, which it was to stand in, is left as it is."""
        said = f"Rapport: {harmless(str(path))}"
        if kept is not None:
            click.echo(said + f" – {harmless(str(kept))} har ändrats eller är något annat, och fick vara kvar")
        elif not self._quiet:
            click.echo(said)


def _n(number: int, one: str, many: str = "") -> str:
    return (one if number == 1 or not many else many).format(n=number)


def _what(one: AgreementOutcome) -> str:
    parts = [f"{harmless(written.name)} ({written.state.value})" for written in one.written]
    if not parts:
        parts = ["blev inget dokument"]
    many = {"varning": "{n} varningar"}
    counted = [_n(number, f"{{n}} {level}", many.get(level, "")) for level, number in one.levels.items() if number]
    return ", ".join(parts) + (f"; {', '.join(counted)}" if counted else "")


def _summary(report: BatchReport) -> str:
    states = Counter(written.state for one in report.outcomes for written in one.written)
    lost = sum(bool(one.problems) for one in report.outcomes)
    found = sum(one.stopped and not one.problems for one in report.outcomes)
    parts = [_n(states[state], *words) for state, words in _WORDS.items() if states[state]]
    said = [_n(len(report.outcomes), "{n} avtal") + (f": {', '.join(parts)}" if parts else "")]
    if lost:
        said.append(_n(lost, "{n} avtal misslyckades"))
    if found:
        said.append(_n(found, "{n} avtal har något att åtgärda"))
    if report.problems:
        said.append(_n(len(report.problems), "{n} fel i källan hör inte till något avtal, se ovan"))
    return f"{'; '.join(said)}."


_WORDS = {
    OutcomeState.WRITTEN: ("{n} dokument skrivet", "{n} dokument skrivna"),
    OutcomeState.UNCHANGED: ("{n} dokument oförändrat", "{n} dokument oförändrade"),
    OutcomeState.BESIDE: (
        "{n} dokument skrivet bredvid ett som har ändrats",
        "{n} dokument skrivna bredvid sådana som har ändrats",
    ),
    OutcomeState.UNCHANGED_BESIDE: (
        "{n} dokument oförändrat bredvid ett som har ändrats",
        "{n} dokument oförändrade bredvid sådana som har ändrats",
    ),
    OutcomeState.FAILED: ("{n} dokument kunde inte skrivas", ""),
}
