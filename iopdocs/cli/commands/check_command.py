"""``iopdocs check``: whether a finished Word document can be read by everybody."""

from __future__ import annotations

import json
import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.errors import IopdocsError

if TYPE_CHECKING:
    from iopdocs.accessibility.result import CheckedDocument, RequirementResult, RequirementVerdict

_MOST_SHOWN = 10


@click.command(cls=SwedishCommand, name="check", short_help="Pröva om ett Word-dokument är tillgängligt.")
@options.files
@options.text_or_json
@click.option("--all", "everything", is_flag=True, help="Visa alla ställen, inte bara de tio första på varje rad.")
def command(filer: tuple[Path, ...], form: str, everything: bool) -> int:
    """Pröva varje FIL (.docx) mot en lista för tillgängliga dokument, också dokument som inte är gjorda av iopdocs.

    Slutkod 0: inga brister. 1: minst en brist. 2: en fil kunde inte läsas.
    """
    from iopdocs.accessibility.checker import check

    worst = 0
    found: list[dict[str, object]] = []
    for file in filer:
        try:
            checked = check(file)
        except IopdocsError as error:
            click.echo(str(error), err=True)
            found.append({"fil": str(file), "gick_inte_att_läsa": str(error)})
            worst = 2
            continue
        worst = max(worst, 1 if checked.is_broken else 0)
        if form == "text":
            _print(checked, everything)
        else:
            found.append(checked.as_data())
    if form == "json":
        click.echo(json.dumps({"format": 1, "dokument": found}, ensure_ascii=False, indent=2))
    return worst


def _print(checked: CheckedDocument, everything: bool) -> None:
    from iopdocs.accessibility.result import RequirementVerdict

    counts = {verdict: [one for one in checked.outcomes if one.verdict is verdict] for verdict in RequirementVerdict}
    total = ", ".join(f"{len(outcomes)} {_counted(verdict)}" for verdict, outcomes in counts.items() if outcomes)
    click.echo(click.style(checked.file, bold=True) + f" – {total}")
    for verdict, colour in ((RequirementVerdict.BROKEN, "red"), (RequirementVerdict.ADVICE, "yellow")):
        for outcome in counts[verdict]:
            _print_outcome(outcome, colour, everything)
    by_hand = [outcome for outcome in checked.outcomes if outcome.row.by_hand]
    if by_hand:
        click.echo("  Pröva för hand:")
        for outcome in by_hand:
            _wrapped(f"{outcome.row.number}. {outcome.row.title}: {outcome.row.by_hand}", "    ", "       ")
    click.echo("")


def _counted(verdict: RequirementVerdict) -> str:
    return "uppfyllda" if verdict.value == "uppfylld" else verdict.value


def _print_outcome(outcome: RequirementResult, colour: str, everything: bool) -> None:
    click.echo(
        f"  {click.style(outcome.verdict.value, fg=colour, bold=True)} {outcome.row.number}. {outcome.row.title}"
        f" – {outcome.row.demand} ({outcome.row.source})"
    )
    shown = outcome.faults if everything else outcome.faults[:_MOST_SHOWN]
    for fault in shown:
        _wrapped(f"{fault.place} – {fault.message}" if fault.place else fault.message, "    ", "      ")
    if len(shown) < len(outcome.faults):
        rest = "    … och {n} till; visa alla med --all"
        click.echo(rest.format(n=len(outcome.faults) - len(shown)))


def _wrapped(text: str, first: str, rest: str) -> None:
    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 110))
    for line in textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    ):
        click.echo(line)
