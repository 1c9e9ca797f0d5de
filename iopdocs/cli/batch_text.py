"""What a batch says while it runs: a bar on a terminal, lines elsewhere, or lines of JSON for a log."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from iopdocs.batch.outcome import BatchReport, Outcome, State
from iopdocs.cli.terminal import harmless
from iopdocs.messages import _

_MOST_TOLD = 200


class Teller:
    """Tells of *total* agreements as they are done. A log in JSON holds no personal data: places, states and codes only."""

    def __init__(self, total: int, *, quiet: bool = False, log_json: bool = False) -> None:
        self._total, self._quiet, self._log = total, quiet, log_json
        self._start = time.monotonic()
        self._bar: Any = None
        self._told = 0

    def __enter__(self) -> Teller:
        if sys.stderr.isatty() and not self._quiet and not self._log:
            self._bar = click.progressbar(
                length=self._total, file=sys.stderr, label=_("Avtal"), show_pos=True, show_percent=True, show_eta=True,
                item_show_func=self._rate,
            )  # fmt: skip
            self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)

    def _rate(self, done: Any) -> str | None:
        spent = time.monotonic() - self._start
        return (
            _("{rate} i sekunden").format(rate=f"{done / spent:.1f}".replace(".", ",")) if done and spent > 1 else None
        )

    def tell(self, done: int, total: int, one: Outcome) -> None:
        """Tell of *one*, which is number *done*."""
        if self._log:
            click.echo(json.dumps(_logged(done, total, one), ensure_ascii=False), err=True)
            return
        if self._bar is not None:
            self._bar.update(1, done)
        elif not self._quiet:
            click.echo(f"{harmless(one.place)}: {_what(one)}")
        if one.problems and self._told < _MOST_TOLD:
            self._told += 1
            if self._bar is not None:
                click.echo("\r\033[K", nl=False, err=True)
            for problem in one.problems:
                click.echo(harmless(str(problem)), err=True)

    def end(self, report: BatchReport, written: Sequence[Path]) -> None:
        """Tell how it all ended."""
        if self._log:
            click.echo(json.dumps(_summed(report), ensure_ascii=False), err=True)
            return
        for problem in report.problems:
            click.echo(harmless(str(problem)), err=True)
        if report.interrupted:
            left = self._total - len(report.outcomes)
            click.echo(
                _("Avbrutet: {n} avtal återstår. Kör samma kommando igen för att fortsätta.").format(n=left), err=True
            )
        if not self._quiet or report.problems or any(one.stopped for one in report.outcomes):
            click.echo(_summary(report))
        if not self._quiet:
            for path in written:
                click.echo(_("Rapport: {path}").format(path=path))


def _what(one: Outcome) -> str:
    parts = [f"{written.name} ({written.state.value})" for written in one.written]
    if not parts:
        parts = [_("blev inget dokument")]
    counted = [f"{number} {level}" for level, number in one.levels.items() if number]
    return ", ".join(parts) + (f"; {', '.join(counted)}" if counted else "")


def _summary(report: BatchReport) -> str:
    states = Counter(written.state for one in report.outcomes for written in one.written)
    unread = sum(one.row is None for one in report.outcomes)
    stopped = sum(one.stopped for one in report.outcomes)
    parts = [f"{states[state]} {word}" for state, word in _WORDS.items() if states[state]]
    said = _("{n} avtal").format(n=len(report.outcomes)) + (f": {', '.join(parts)}" if parts else "")
    said += _("; {n} gick inte att läsa").format(n=unread) if unread else ""
    rest = stopped - unread
    said += _("; {n} har fel att åtgärda").format(n=rest) if rest else ""
    return f"{said}."


_WORDS = {
    State.WRITTEN: _("dokument skrivna"),
    State.UNCHANGED: _("oförändrade"),
    State.BESIDE: _("skrivna bredvid ett ändrat dokument"),
    State.FAILED: _("misslyckade"),
}


def _logged(done: int, total: int, one: Outcome) -> dict[str, Any]:
    return {
        "händelse": "avtal",
        "nummer": done,
        "av": total,
        "plats": one.place,
        "misslyckat": one.stopped,
        "filer": [{"slag": written.kind, "läge": written.state.value} for written in one.written],
        "fynd": dict(one.levels),
        "koder": sorted({lacking.code for lacking in one.lacking}),
        "problem": len(one.problems),
    }


def _summed(report: BatchReport) -> dict[str, Any]:
    states = Counter(written.state.value for one in report.outcomes for written in one.written)
    return {
        "händelse": "klart",
        "avtal": len(report.outcomes),
        "misslyckade": sum(one.stopped for one in report.outcomes),
        "filer": dict(states),
        "avbrutet": report.interrupted,
    }
