"""``iopdocs convert``: conversion between YAML and JSON."""

from __future__ import annotations

from pathlib import Path

import click

from iopdocs.cli import options
from iopdocs.cli.standard_streams import is_standard, read_agreement, read_data, write_standard
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo
from iopdocs.errors import WriteError, printable_name
from iopdocs.files.between_formats import convert
from iopdocs.files.data_writer import dump, dumps
from iopdocs.files.loader import Kind, kind_of, loads


@click.command(cls=SwedishCommand, name="convert", short_help="Gör om en datafil mellan YAML och JSON.")
@click.argument("från", metavar="IN", type=click.Path(readable=False, path_type=Path))
@click.argument("till", metavar="UT", type=click.Path(readable=False, path_type=Path))
@options.data_kind
@click.option(
    "--to",
    "kind",
    type=click.Choice(["yaml", "json"]),
    help="Slag av fil på standard ut; annars det andra slaget än det som läses.",
)
@click.option("--overwrite", is_flag=True, help="Ersätt UT om den finns.")
def command(från: Path, till: Path, data_kind: Kind | None, kind: Kind | None, overwrite: bool) -> None:
    """Gör om datafilen IN till UT. Ändelserna (.yaml, .yml, .json) säger hur; - är standard in och standard ut.

    Bara kommentarer går förlorade. Slutkod 0: filen är skriven. 2: något kunde inte läsas eller skrivas.
    """
    if is_standard(till):
        text, read = read_data(från, data_kind)
        made = dumps(loads(text, kind=read, file=str(från)), kind or ("yaml" if read == "json" else "json"))
        write_standard(made.encode(), "text")
        return
    if kind is not None and kind_of(till) != kind:
        raise WriteError.one(
            f"ändelsen passar inte med --to {kind}", f"skriv {till.with_suffix(f'.{kind}')}", str(till)
        )
    if is_standard(från):
        dump(read_agreement(från, data_kind), till, overwrite=overwrite)
    else:
        convert(från, till, overwrite=overwrite)
    echo(f"Skrev {printable_name(till)}.")
