"""``iopdocs new``: a commented skeleton to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from iopdocs.cli.file_paths import quoted, refuse_existing
from iopdocs.cli.standard_streams import is_standard, write_standard
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo
from iopdocs.errors import WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.files.skeleton import skeleton


@click.command(cls=SwedishCommand, name="new", short_help="Skapa en datafil att fylla i.")
@click.argument("fil", type=click.Path(readable=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Ersätt filen om den finns.")
def command(fil: Path, overwrite: bool) -> None:
    """Skapa FIL, en datafil i YAML med förklaringar på svenska. Den går att läsa in som den är. - är standard ut."""
    if is_standard(fil):
        write_standard(skeleton().encode(), "text")
        return
    if fil.suffix.lower() not in (".yaml", ".yml"):
        raise WriteError.one("en datafil slutar på .yaml", "skriv till exempel avtal.yaml", str(fil))
    refuse_existing(fil, overwrite)
    write_atomically(fil, skeleton().encode())
    echo("Skapade {file}. Fyll i den och kör sedan: iopdocs render {file} -o avtal.docx".format(file=quoted(fil)))
