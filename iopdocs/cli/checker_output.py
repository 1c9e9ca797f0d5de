"""The output of ``check``, ``clauses check`` and ``styles check``: text, JSON, SARIF or annotations for GitHub."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iopdocs.cli.terminal import TerminalStyle, echo, harmless, json_text, screen
from iopdocs.errors import ProblemsError, WriteError, printable_name
from iopdocs.findings import FailOn

if TYPE_CHECKING:
    from iopdocs.errors import Problem
    from iopdocs.findings import Explained, Finding


def write_findings(
    form: str,
    output: Path | None,
    *,
    text: Callable[[TerminalStyle], Iterable[str]],
    data: Mapping[str, Any],
    findings: Iterable[Finding],
    described: Sequence[Explained],
    command: str,
    failures: Iterable[Problem] = (),
    read: Iterable[Path] = (),
    fail_on: FailOn | None = None,
) -> int:
    """Write the findings of a checker to standard output, or to the file *output*, and return the exit code.

    *text* returns the lines of text and *data* the JSON. SARIF and GitHub contain the *findings*, whose codes are
    *described*, and the *failures* to read a file, which *command* explains. The exit code is 2 when there are failures, 1
    when a finding reaches *fail_on* (by default fel), else 0.

    Raises:
        WriteError: when *output* is one of the files *read*, or cannot be written.
    """
    if output is not None and os.path.realpath(output) in map(os.path.realpath, read):
        raise WriteError.one("är en fil som läses", "ange en annan fil att skriva till", str(output))
    findings, failures = tuple(findings), tuple(failures)
    is_reached = (fail_on or FailOn.ERROR).is_reached(finding.level for finding in findings)
    code = 2 if failures else int(is_reached)
    if form == "text":
        made = "".join(f"{line}\n" for line in text(TerminalStyle() if output else screen()))
        made = harmless(made) if output else made
    elif form == "json":
        made = json_text(data) + "\n"
    elif form == "sarif":
        from iopdocs.linter.formats.sarif import sarif_log

        log = sarif_log(((finding, False) for finding in findings), described, failures, command)
        made = json_text(log) + "\n"
    else:
        from iopdocs.linter.formats.github import workflow_commands

        made = "".join(f"{line}\n" for line in workflow_commands(findings, failures, command))
    if output is None:
        echo(made, nl=False)
        return code
    from iopdocs.files.atomic import write_atomically

    write_atomically(output, made.encode("utf-8", "replace"))
    echo(f"Skrev {printable_name(output)}.", err=True)
    return code


@contextmanager
def unreadable_in_output(
    form: str, output: Path | None, described: Sequence[Explained], command: str
) -> Iterator[None]:
    """Write an error that stops a checker to the machine-readable output as well; text has it on standard error only.

    Raises:
        ProblemsError: the error.
    """
    try:
        yield
    except ProblemsError as error:
        if form != "text":
            write_findings(
                form, output, text=lambda look: (), data={"format": 1, "gick_inte_att_läsa": str(error)}, findings=(),
                described=described, command=command, failures=error.problems,
            )  # fmt: skip
        raise
