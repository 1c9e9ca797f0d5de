"""Annotations for GitHub: workflow commands that show each finding at its line; they never quote the agreement."""

# No ``from __future__ import annotations``: it would bind the name of the function below.
from collections.abc import Iterable, Iterator

from iopdocs.errors import Position, Problem
from iopdocs.findings import Finding, Level
from iopdocs.linter.formats.sarif import unread, without_data
from iopdocs.linter.report import Report
from iopdocs.linter.tool_description import posix

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}


def annotations(reports: Iterable[Report], failures: Iterable[Problem] = ()) -> Iterator[str]:
    """Yield one workflow command (a line) for each finding of *reports* and each file that could not be read.

    The text contains the title of the rule and the path in the data, never the data: the log of a workflow has more
    readers than the agreement. Lines and columns count from 1; the end is exclusive. Columns are omitted when a finding
    spans several lines, since GitHub then refuses them.
    """
    yield from workflow_commands((finding for report in reports for finding in report.findings), failures)


def workflow_commands(
    findings: Iterable[Finding], failures: Iterable[Problem] = (), command: str = "iopdocs lint"
) -> Iterator[str]:
    """Yield the lines of findings of any checker; *command* is the one that reports why a file could not be read."""
    for finding in findings:
        place = _place(finding.file, finding.position, finding.end)
        yield _command(_COMMANDS[finding.level], place | {"title": finding.code}, without_data(finding))
    for failure in failures:
        yield _command("error", _place(failure.file, failure.position, None), unread(command))


def _place(file: str, start: Position | None, end: Position | None) -> dict[str, str]:
    place = {"file": posix(file)} if file else {}
    if start is None:
        return place
    place["line"] = str(start.line)
    if end is None:
        return place | {"col": str(start.column)}
    if end.line == start.line:
        return place | {"col": str(start.column), "endLine": str(end.line), "endColumn": str(end.column)}
    return place | {"endLine": str(end.line)}


def _command(name: str, properties: dict[str, str], text: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name}{' ' if listed else ''}{listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
