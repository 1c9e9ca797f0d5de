"""``iopdocs workbook``: an Excel workbook for many agreements, empty to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from iopdocs.cli.file_paths import quoted, refuse_existing
from iopdocs.cli.standard_streams import is_standard, refuse_terminal, write_standard
from iopdocs.cli.swedish_click import SwedishCommand, SwedishGroup
from iopdocs.cli.terminal import echo
from iopdocs.errors import WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.tables.workbook_layout import ID
from iopdocs.tables.workbook_template import template


@click.group(cls=SwedishGroup, name="workbook", short_help="Skapa en Excel-arbetsbok för många avtal.")
def command() -> None:
    """Många avtal i en Excel-arbetsbok: ett blad för avtalen och ett för var sak som kan vara flera."""


@command.command(cls=SwedishCommand, name="new", short_help="Skapa en arbetsbok att fylla i.")
@click.argument("fil", type=click.Path(readable=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Ersätt filen om den finns.")
def new(fil: Path, overwrite: bool) -> None:
    """Skapa FIL, en Excel-arbetsbok med rubriker, hjälptexter, listor att välja ur och exempelrader. - är standard ut."""
    if is_standard(fil):
        refuse_terminal("xlsx")
        write_standard(template(), "xlsx")
        return
    if fil.suffix.lower() != ".xlsx":
        raise WriteError.one("en arbetsbok slutar på .xlsx", "skriv till exempel avtal.xlsx", str(fil))
    refuse_existing(fil, overwrite)
    write_atomically(fil, template())
    what = "Skapade {file}. Fyll i bladet {sheet} och kör sedan: iopdocs batch {file} -o ut/"
    echo(what.format(file=quoted(fil), sheet=ID))
