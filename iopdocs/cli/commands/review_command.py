"""``iopdocs review``: a granskningsprotokoll of each agreement, to be filed with the case."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from iopdocs.cli import options
from iopdocs.cli.file_paths import make_folder, refuse_table, targets_of
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.errors import IopdocsError


@click.command(cls=SwedishCommand, name="review", short_help="Gör ett granskningsprotokoll att lägga till ärendet.")
@options.files
@options.output
@options.kind
@click.option(
    "--profile",
    "profiles",
    metavar="PROFIL",
    multiple=True,
    help="Profil att granska mot; kan upprepas. Annars inställningarnas, eller grund.",
)
@click.option(
    "--date",
    "day",
    metavar="DATUM",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Granskningsdagen, till exempel 2027-01-31. Annars i dag.",
)
@options.layers("Lager med egna texter och profiler; kan upprepas, det sista överst. Annars inställningarnas.")
@options.overwrite_documents
def command(
    filer: tuple[Path, ...],
    output: str,
    kind: str | None,
    profiles: tuple[str, ...],
    day: datetime | None,
    layers: tuple[Path, ...],
    overwrite: bool,
) -> int:
    """Gör ett granskningsprotokoll av varje FIL (.yaml, .yml eller .json).

    Protokollet redovisar varje profils punkter, alla fynd med källa, undantag med skäl och vad som inte är prövat.

    Slutkod 0: protokollen är skrivna, vad de än säger. 2: något kunde inte läsas eller skrivas.
    """
    from iopdocs.api import review
    from iopdocs.cli.lint_settings import LintCommandOptions, Setups
    from iopdocs.files.loader import load

    today = day.date() if day is not None else date.today()
    targets = targets_of(filer, output, kind, ending="-granskningsprotokoll")
    setups = Setups(LintCommandOptions(profiles=profiles, layers=layers))
    worst = 0
    for source, target in zip(filer, targets, strict=True):
        try:
            refuse_table(source)
            setup = setups.of(source)
            document = review(
                load(source), library=setup.library, profiles=setup.profiles, today=today, limits=setup.limits,
                select=setup.select, ignore=setup.ignore,
            )  # fmt: skip
            make_folder(target.parent, output)
            document.save(target, overwrite=overwrite)
        except IopdocsError as error:
            click.echo(str(error), err=True)
            worst = 2
        else:
            click.echo(f"{target}: granskningsprotokoll för {source}")
    return worst
