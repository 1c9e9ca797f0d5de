"""The log of a batch as JSON lines, for machines: places, states and codes, never the content of an agreement."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from iopdocs.batch.counts import BatchCounts, counts_of
from iopdocs.batch.outcome import AgreementOutcome, BatchReport
from iopdocs.cli.terminal import echo, json_text
from iopdocs.errors import IopdocsError, Problem, ProblemsError
from iopdocs.json_objects import JsonObject
from iopdocs.sources.rows import AgreementSource
from iopdocs.tables.workbook_layout import layout

_SHEET = re.compile(r"^(?P<sheet>'(?:[^']|'')*'|[^!]*)!")
_QUOTED = re.compile('”[^”]*”?|"[^"]*"?')

_COUNTS = JsonObject(BatchCounts)


class BatchLog:
    """Logs a batch to standard error. File names of the source are logged; those of documents may contain a title."""

    def __enter__(self) -> BatchLog:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def begin(self, source: AgreementSource) -> None:
        """Log the number of agreements and the notes of the source."""
        _log("start", avtal=len(source.rows))
        for note in source.notes:
            _log("upplysning", **_place(note))

    def add_outcome(self, done: int, total: int, outcome: AgreementOutcome) -> None:
        """Log *outcome*, which is number *done*."""
        _log(
            "avtal",
            nummer=done,
            av=total,
            plats=outcome.place,
            slutkod=outcome.exit_code,
            filer=[{"slag": written.kind, "läge": written.state.value} for written in outcome.written],
            fynd=dict(outcome.levels),
            koder=sorted({lacking.code for lacking in outcome.lacking}),
            problem=_problems(outcome.problems),
        )

    def end(self, report: BatchReport) -> None:
        """Log the totals."""
        for problem in _problems(report.problems, files=True) + _problems(report.unmoved):
            _log("problem", **problem)
        reasons = Counter(one.reason.value for one in report.left_behind if not one.moved_to)
        for reason, number in reasons.items():
            _log("kvarlämnat", skäl=reason, antal=number)
        _log("klart", **_COUNTS.data(counts_of(report)), avbrutet=report.interrupted)

    def report_written(self, path: Path, unchanged: Path | None = None) -> None:
        """Log that a report was written to *path*; *unchanged* is the file that it could not replace."""
        _log("rapport", fil=str(path), bredvid=unchanged is not None)


def stopped_in_json(command: Callable[..., int]) -> Callable[..., int]:
    """Return *command* so that with ``log_json`` an error that stops it is logged too."""

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
    echo(json_text({"händelse": event, **facts}, indent=None), err=True)


def _problems(problems: Sequence[Problem], *, files: bool = False) -> list[dict[str, str]]:
    return [{"kod": problem_code(problem), **_place(problem, file=files)} for problem in problems]


def problem_code(problem: Problem) -> str:
    """Return the stable word for the kind of error that *problem* is; empty when it has none."""
    return problem.code


def _sheet_or_mask(match: re.Match[str]) -> str:
    # A sheet that is not in our layout may have a person's name.
    sheet = match["sheet"].strip("'")
    return match[0] if sheet in {sheet_layout.title for sheet_layout in layout()} else "…!"


def _place(problem: Problem, *, file: bool = False) -> dict[str, str]:
    """Return the place of *problem*, and its message when it concerns a whole file; data are never quoted."""
    position = problem.position
    if position is not None:
        where = _SHEET.sub(_sheet_or_mask, position.name) or f"{position.line}:{position.column}"
        return {"plats": f"{problem.file}: {where}" if position.name else f"{problem.file}:{where}"}
    if problem.path:
        return {"plats": problem.path}
    reason = {"skäl": _QUOTED.sub("”…”", problem.full_message)}
    return reason | ({"plats": problem.file} if file and problem.file else {})
