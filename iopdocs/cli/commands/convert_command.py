"""``iopdocs convert``: conversion between YAML and JSON."""

from __future__ import annotations

from pathlib import Path

import click

from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo
from iopdocs.errors import printable_name


@click.command(cls=SwedishCommand, name="convert", short_help="Gör om en datafil mellan YAML och JSON.")
@click.argument("från", metavar="IN", type=click.Path(readable=False, path_type=Path))
@click.argument("till", metavar="UT", type=click.Path(readable=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Ersätt UT om den finns.")
def command(från: Path, till: Path, overwrite: bool) -> None:
    """Gör om datafilen IN till UT. Ändelserna (.yaml, .yml, .json) säger hur. Bara kommentarer går förlorade."""
    from iopdocs.files.between_formats import convert

    convert(från, till, overwrite=overwrite)
    echo(f"Skrev {printable_name(till)}.")
