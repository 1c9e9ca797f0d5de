"""``iopdocs lint``: what is missing from an agreement and what does not add up."""

from __future__ import annotations

import json
import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli.swedish import SwedishCommand
from iopdocs.errors import IopdocsError
from iopdocs.messages import _

if TYPE_CHECKING:
    from iopdocs.lint.findings import Finding, Report


@click.command(cls=SwedishCommand, name="lint", short_help="Säg vad som saknas eller inte går ihop.")
@click.argument("filer", metavar="FIL…", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text att läsa, eller json för program.",
)
@click.option(
    "--layer",
    "layers",
    metavar="MAPP",
    multiple=True,
    type=click.Path(readable=False, path_type=Path),
    help="Lager med egna profiler; kan upprepas.",
)
@click.option(
    "--profile", "profiles", metavar="PROFIL", multiple=True, help="Profil att granska mot; kan upprepas. Annars grund."
)
def command(filer: tuple[Path, ...], form: str, layers: tuple[Path, ...], profiles: tuple[str, ...]) -> int:
    """Granska varje FIL och säg vad som saknas, med källa.

    Slutkod 0: inga fel. 1: minst ett fynd på nivån fel. 2: en fil kunde inte läsas.
    """
    from iopdocs.files.load import load
    from iopdocs.library.layers import load_library
    from iopdocs.produce import lint

    library = load_library(layers)
    wanted = profiles or ("grund",)
    for name in wanted:
        library.profile(name)
    worst = 0
    reports = []
    for file in filer:
        try:
            report = lint(load(file), library=library, profiles=wanted)
        except IopdocsError as error:
            click.echo(str(error), err=True)
            reports.append({"fil": str(file), "gick_inte_att_läsa": str(error)})
            worst = 2
            continue
        worst = max(worst, 1 if report.errors else 0)
        if form == "text":
            _print(report, file)
        else:
            reports.append(report.as_data())
    if form == "json":
        click.echo(json.dumps({"format": 1, "rapporter": reports}, ensure_ascii=False, indent=2))
    return worst


def _print(report: Report, file: Path) -> None:
    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 110))
    tallies = ", ".join(
        _("{profile}: {met} av {total} punkter uppfyllda").format(profile=t.profile, met=t.met, total=t.total)
        for t in report.tallies
    )
    click.echo(click.style(f"{file}", bold=True) + f" – {tallies}")
    for finding in report.findings:
        for line in _lines(finding, file, width):
            click.echo(line)
    if not report.findings:
        click.echo(_("  Inget att anmärka."))
    click.echo("")


def _lines(finding: Finding, file: Path, width: int) -> list[str]:
    colours = {"fel": "red", "varning": "yellow", "råd": "cyan"}
    place = f"{file}:{finding.position.line}:{finding.position.column}" if finding.position else str(file)
    level = click.style(finding.level.value, fg=colours[finding.level.value], bold=True)
    head = f"  {place} {level} {finding.code} {finding.message}"
    if len(click.unstyle(head)) > width:
        found = [
            f"  {place}",
            *textwrap.wrap(
                f"{finding.level.value} {finding.code} {finding.message}",
                width,
                initial_indent="    ",
                subsequent_indent="    ",
            ),
        ]
    else:
        found = [head]
    details = [finding.path, finding.hint, _("Källa: ") + "; ".join(finding.sources) if finding.sources else ""]
    for detail in details:
        if detail:
            found += textwrap.wrap(
                detail, width, initial_indent="      ", subsequent_indent="      ", break_long_words=False
            )
    return found
