"""The formats of ``iopdocs lint``: text and GitHub annotations file by file, JSON and SARIF as one object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from iopdocs.cli.lint_files import LintCounts, LintedFile
from iopdocs.cli.terminal import TerminalStyle, json_text
from iopdocs.errors import Problem, printable_name

FORMS = ("text", "json", "sarif", "github")


def as_text(linted: Iterable[LintedFile], count: LintCounts, look: TerminalStyle) -> Iterator[str]:
    """Yield the findings of each file, then a summary."""
    from iopdocs.cli.lint_text import report_text

    for file in linted:
        if file.report is not None and file.setup is not None:
            yield report_text(file.report, file.setup.library, file.source, look, file.hidden)
    yield look.style(str(count), bold=True) + "\n"


def as_github(linted: Iterable[LintedFile]) -> Iterator[str]:
    """Yield the annotations of each file, one per line."""
    from iopdocs.linter.formats.github import annotations

    for file in linted:
        reports = [file.report] if file.report is not None else []
        yield "".join(f"{line}\n" for line in annotations(reports, _with_file(file)))


def as_sarif(linted: Iterable[LintedFile]) -> Iterator[str]:
    """Yield one SARIF log."""
    from iopdocs.library.layer_reader import load_library
    from iopdocs.linter.external_rules import rules_for
    from iopdocs.linter.formats.sarif import sarif

    everything = list(linted)
    setup = next((file.setup for file in everything if file.setup is not None), None)
    library = setup.library if setup is not None else load_library()
    reports = [file.report for file in everything if file.report is not None]
    failures = [problem for file in everything for problem in _with_file(file)]
    yield _json(sarif(reports, library, rules_for(library), failures))


def as_json(linted: Iterable[LintedFile], last: Callable[[], dict[str, Any]]) -> Iterator[str]:
    """Yield one object with every report; *last* returns the keys that are known when all files are linted."""
    from iopdocs.linter.formats.report_schema import UNREAD

    reports = [UNREAD.data(file) if file.report is None else file.report.as_data() for file in linted]
    yield _json({"format": 1, "rapporter": reports, **last()})


def _with_file(linted: LintedFile) -> list[Problem]:
    return [problem if problem.file else attrs.evolve(problem, file=linted.file) for problem in linted.problems[:1]]


def _json(found: dict[str, Any]) -> str:
    return json_text(found) + "\n"


def short(problem: Problem) -> str:
    """Return the place of *problem* without any data, for logs that many may read."""
    place = printable_name(problem.file) + (
        f":{problem.position.line}:{problem.position.column}" if problem.position else ""
    )
    return f"{place}: kunde inte läsas"
