"""The formats of ``iopdocs lint``: text and GitHub annotations file by file, JSON and SARIF as one object."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from iopdocs.cli.lint_files import LintCounts, LintedFile
from iopdocs.cli.terminal import TerminalStyle
from iopdocs.errors import Problem

FORMS = ("text", "json", "sarif", "github")


def as_text(linted: Iterable[LintedFile], count: LintCounts, look: TerminalStyle) -> Iterator[str]:
    """Yield the findings of each file, then a summary."""
    from iopdocs.cli.lint_text import report_text

    for one in linted:
        if one.report is not None and one.setup is not None:
            yield report_text(one.report, one.setup.library, one.source, look, one.hidden)
    yield look.style(str(count), bold=True) + "\n"


def as_github(linted: Iterable[LintedFile]) -> Iterator[str]:
    """Yield the annotations of each file, one per line."""
    from iopdocs.linter.formats.github import annotations

    for one in linted:
        reports = [one.report] if one.report is not None else []
        yield "".join(f"{line}\n" for line in annotations(reports, _with_file(one)))


def as_sarif(linted: Iterable[LintedFile]) -> Iterator[str]:
    """Yield one SARIF log."""
    from iopdocs.library.layer_reader import load_library
    from iopdocs.linter.external_rules import rules_for
    from iopdocs.linter.formats.sarif import sarif

    everything = list(linted)
    setup = next((one.setup for one in everything if one.setup is not None), None)
    library = setup.library if setup is not None else load_library()
    reports = [one.report for one in everything if one.report is not None]
    failures = [problem for one in everything for problem in _with_file(one)]
    yield _json(sarif(reports, library, rules_for(library), failures))


def as_json(linted: Iterable[LintedFile], last: Callable[[], dict[str, Any]]) -> Iterator[str]:
    """Yield one object with every report; *last* returns the keys that are known when all files are linted."""
    from iopdocs.linter.formats.report_schema import UNREAD

    reports = [UNREAD.data(one) if one.report is None else one.report.as_data() for one in linted]
    yield _json({"format": 1, "rapporter": reports, **last()})


def _with_file(one: LintedFile) -> list[Problem]:
    return [problem if problem.file else attrs.evolve(problem, file=one.file) for problem in one.problems[:1]]


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def short(problem: Problem) -> str:
    """Return the place of *problem* without any data, for logs that many may read."""
    place = problem.file + (f":{problem.position.line}:{problem.position.column}" if problem.position else "")
    return f"{place}: kunde inte läsas"
