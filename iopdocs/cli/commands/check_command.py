"""``iopdocs check``: whether a finished Word document is accessible."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.checker_output import write_findings
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo
from iopdocs.errors import printable_name

if TYPE_CHECKING:
    from iopdocs.accessibility.check_result import CheckedDocument, RequirementResult, RequirementVerdict
    from iopdocs.cli.terminal import TerminalStyle
    from iopdocs.errors import Problem
    from iopdocs.findings import FailOn

_MOST_SHOWN = 10


@click.command(cls=SwedishCommand, name="check", short_help="Pröva om ett Word-dokument är tillgängligt.")
@options.files
@options.finding_report
@click.option("--all", "everything", is_flag=True, help="Visa alla ställen, inte bara de tio första på varje rad.")
def command(
    filer: tuple[Path, ...], everything: bool, form: str, output: Path | None, overwrite: bool, fail_on: FailOn | None
) -> int:
    """Pröva varje FIL (.docx) mot en lista för tillgängliga dokument, också dokument som inte är gjorda av iopdocs.

    Slutkod 0: inga brister på nivån --fail-on. 1: minst en brist. 2: en fil kunde inte läsas; de andra prövas ändå.
    """
    from iopdocs.accessibility.checker import check_document
    from iopdocs.accessibility.package import UnreadableDocument
    from iopdocs.accessibility.requirements import ROWS

    checked: list[CheckedDocument] = []
    data: list[dict[str, object]] = []
    failures: list[Problem] = []
    for file in filer:
        try:
            checked.append(check_document(file))
        except UnreadableDocument as error:
            echo(str(error), err=True)
            data.append({"fil": str(file), "gick_inte_att_läsa": str(error)})
            failures += error.problems
        else:
            data.append(checked[-1].as_data())
    return write_findings(
        form, output,
        text=lambda look: (line for one in checked for line in _lines(one, everything, look)),
        data={"format": 1, "dokument": data},
        findings=[finding for one in checked for finding in one.findings],
        described=[row.explained for row in ROWS], command="iopdocs check", failures=failures, read=filer, fail_on=fail_on,
    )  # fmt: skip


def _lines(checked: CheckedDocument, everything: bool, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.accessibility.check_result import RequirementVerdict

    counts = {verdict: [one for one in checked.outcomes if one.verdict is verdict] for verdict in RequirementVerdict}
    total = ", ".join(f"{len(outcomes)} {_counted(verdict)}" for verdict, outcomes in counts.items() if outcomes)
    yield look.style(printable_name(checked.file), bold=True) + f" – {total}"
    for verdict, colour in ((RequirementVerdict.BROKEN, "red"), (RequirementVerdict.ADVICE, "yellow")):
        for outcome in counts[verdict]:
            yield from _outcome_lines(outcome, look.style(verdict.value, fg=colour, bold=True), everything, look)
    by_hand = [outcome for outcome in checked.outcomes if outcome.row.by_hand]
    if by_hand:
        yield "  Pröva för hand:"
        for outcome in by_hand:
            yield from _wrapped(
                f"{outcome.row.number}. {outcome.row.title}: {outcome.row.by_hand}", "    ", "       ", look
            )
    yield ""


def _counted(verdict: RequirementVerdict) -> str:
    return "uppfyllda" if verdict.value == "uppfylld" else verdict.value


def _outcome_lines(outcome: RequirementResult, verdict: str, everything: bool, look: TerminalStyle) -> Iterator[str]:
    yield f"  {verdict} {outcome.row.number}. {outcome.row.title} – {outcome.row.demand} ({outcome.row.source})"
    shown = outcome.faults if everything else outcome.faults[:_MOST_SHOWN]
    for fault in shown:
        yield from _wrapped(
            f"{fault.quote} – {fault.message}" if fault.quote else fault.message, "    ", "      ", look
        )
    if len(shown) < len(outcome.faults):
        yield f"    … och {len(outcome.faults) - len(shown)} till; visa alla med --all"


def _wrapped(text: str, first: str, rest: str, look: TerminalStyle) -> list[str]:
    width = max(40, min(look.width, 110))
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
