"""The log of a batch as lines of JSON, for machines: where, what state and which codes, never what an agreement says."""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from iopdocs.batch.outcome import AgreementOutcome, BatchReport
from iopdocs.errors import IopdocsError, Problem, ProblemsError
from iopdocs.sources.rows import AgreementSource
from iopdocs.tables.workbook_layout import layout

_SHEET = re.compile(r"^(?P<sheet>'(?:[^']|'')*'|[^!]*)!")
_QUOTED = re.compile('”[^”]*”?|"[^"]*"?')


class LogTeller:
    """Logs a batch on standard error. File names of the source are logged; those of documents may hold a title."""

    def __enter__(self) -> LogTeller:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def begin(self, source: AgreementSource) -> None:
        """Log how many agreements there are, and what the source has to say besides."""
        _log("start", avtal=len(source.rows))
        for note in source.notes:
            _log("upplysning", **_place(note))

    def tell(self, done: int, total: int, one: AgreementOutcome) -> None:
        """Log *one*, which is number *done*."""
        _log(
            "avtal",
            nummer=done,
            av=total,
            plats=one.place,
            misslyckat=one.stopped,
            filer=[{"slag": written.kind, "läge": written.state.value} for written in one.written],
            fynd=dict(one.levels),
            koder=sorted({lacking.code for lacking in one.lacking}),
            problem=_problems(one.problems),
        )

    def end(self, report: BatchReport) -> None:
        """Log how it all ended."""
        for problem in _problems(report.problems, files=True):
            _log("problem", **problem)
        states = Counter(written.state.value for one in report.outcomes for written in one.written)
        _log(
            "klart",
            avtal=len(report.outcomes),
            misslyckade=sum(one.stopped for one in report.outcomes),
            filer=dict(states),
            problem=len(report.problems),
            avbrutet=report.interrupted,
            gamla_namn=len(report.renamed),
        )

    def reported(self, path: Path, kept: Path | None = None) -> None:
        """Log that a report has been written in *path*; it may stand beside one that is *kept*."""
        _log("rapport", fil=str(path), bredvid=kept is not None)


def stopped_in_json(command: Callable[..., int]) -> Callable[..., int]:
    """Return *command* so that with ``log_json`` also what makes it stop is a line of the log."""

    @functools.wraps(command)
    def logged(*, log_json: bool, **how: Any) -> int:
        try:
            return command(log_json=log_json, **how)
        except IopdocsError as error:
            if not log_json:
                raise
            problems = error.problems if isinstance(error, ProblemsError) else ()
            _log("stopp", problem=_problems(problems, files=True))
            return 2

    return logged


def _log(event: str, **facts: Any) -> None:
    click.echo(json.dumps({"händelse": event, **facts}, ensure_ascii=False), err=True)


def _problems(problems: Sequence[Problem], *, files: bool = False) -> list[dict[str, str]]:
    return [_place(problem, file=files) for problem in problems]


def _known_sheet(match: re.Match[str]) -> str:
    # A sheet that is none of ours may be called after a person.
    sheet = match["sheet"].strip("'")
    return match[0] if sheet in {one.title for one in layout()} else "…!"


def _place(problem: Problem, *, file: bool = False) -> dict[str, str]:
    """Return where *problem* is, and what it is when it is about a file as a whole; what lies in data is never quoted."""
    position = problem.position
    if position is not None:
        where = _SHEET.sub(_known_sheet, position.name) or f"{position.line}:{position.column}"
        return {"plats": f"{problem.file}: {where}" if position.name else f"{problem.file}:{where}"}
    if problem.path:
        return {"plats": problem.path}
    said = {"skäl": _QUOTED.sub("”…”", problem.message)}
    return said | ({"plats": problem.file} if file and problem.file else {})
