"""``iopdocs schema``: the JSON Schema for completion and help in an editor."""

from __future__ import annotations

from pathlib import Path

import click

from iopdocs.cli.file_paths import refuse_existing
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo, json_text
from iopdocs.errors import printable_name
from iopdocs.files.atomic import write_atomically
from iopdocs.files.schema import schema


@click.command(cls=SwedishCommand, name="schema", short_help="Skriv JSON Schema för datafiler.")
@click.option(
    "-o",
    "--output",
    metavar="FIL",
    type=click.Path(readable=False, path_type=Path),
    help="Skriv till en fil i stället för till skärmen.",
)
@click.option("--overwrite", is_flag=True, help="Ersätt filen om den finns.")
def command(output: Path | None, overwrite: bool) -> None:
    """Skriv det JSON Schema som ger textredigerare förslag och förklaringar på svenska."""
    text = json_text(schema()) + "\n"
    if output is None:
        echo(text, nl=False)
    else:
        refuse_existing(output, overwrite)
        write_atomically(output, text.encode())
        echo(f"Skrev {printable_name(output)}.")
