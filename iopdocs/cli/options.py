"""Arguments and options that several commands have, so that they are called and explained the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

PATH = click.Path(readable=False, path_type=Path)
"""A file or folder as it is named; whether it is there is told by what reads it."""

files: Decorator = click.argument("filer", metavar="FIL…", nargs=-1, required=True, type=PATH)

output: Decorator = click.option(
    "-o",
    "--output",
    "output",
    metavar="PLATS",
    required=True,
    help="Fil, eller mapp om den finns eller slutar med snedstreck.",
)

kind: Decorator = click.option(
    "--to",
    "kind",
    type=click.Choice(["docx", "pdf", "html", "md"]),
    help="Slag av dokument; annars efter filens ändelse, eller docx.",
)

no_config: Decorator = click.option("--no-config", is_flag=True, help="Läs inte iopdocs.yaml.")

overwrite_documents: Decorator = click.option(
    "--overwrite", is_flag=True, help="Ersätt även dokument som har ändrats eller inte är gjorda av iopdocs."
)

no_data: Decorator = click.option(
    "--no-data",
    is_flag=True,
    help="Lägg inga data i Word-dokumentet: registret kan då inte läsa det. Välj det innan du skickar det till andra.",
)

text_or_json: Decorator = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text att läsa, eller json för program.",
)


def day_of(text: str | None) -> date:
    """Return the day that the option ``--date`` says, or today."""
    from iopdocs.values.period import parse_date

    try:
        return parse_date(text) if text else date.today()
    except ValueError as error:
        raise click.UsageError(f"--date: {error}") from error


def layers(help: str) -> Decorator:
    """Return the option ``--layer``, which may be repeated."""
    return click.option("--layer", "layers", metavar="MAPP", multiple=True, type=PATH, help=help)


def finding_report(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that writes findings: ``--format``, ``-o`` (a file that may be written) and ``--overwrite``."""

    def free(context: click.Context, _param: click.Parameter, output: Path | None) -> Path | None:
        from iopdocs.cli.file_paths import refuse_existing

        if output is not None:
            refuse_existing(output, context.params["overwrite"])
        return output

    help = "text att läsa; json, sarif eller github för program."
    form = click.option(
        "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help=help
    )
    place = click.option("-o", "--output", metavar="UT", type=PATH, callback=free, help="Skriv till filen UT.")
    overwrite = click.option("--overwrite", is_flag=True, is_eager=True, help="Ersätt UT om den finns.")
    return form(place(overwrite(command)))
