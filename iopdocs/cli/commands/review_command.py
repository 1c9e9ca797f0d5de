"""``iopdocs review``: a granskningsprotokoll of each agreement, to be filed with the case."""

from __future__ import annotations

from datetime import date
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
@options.profiles
@options.day
@options.layers("Lager med egna texter och profiler; kan upprepas, det sista överst. Annars inställningarnas.")
@options.overwrite_documents
def command(
    filer: tuple[Path, ...],
    output: str,
    kind: str | None,
    profiles: tuple[str, ...],
    day: date | None,
    layers: tuple[Path, ...],
    overwrite: bool,
) -> int:
    """Gör ett granskningsprotokoll av varje FIL (.yaml, .yml eller .json).

    Protokollet redovisar varje profils punkter, alla fynd med källa, undantag med skäl och vad som inte är prövat.

    Slutkod 0: protokollen är skrivna, vad de än säger. 2: något kunde inte läsas eller skrivas.
    """
    from iopdocs.api import review_assembled
    from iopdocs.assembly import assemble
    from iopdocs.cli.lint_settings import LintCommandOptions, Setups
    from iopdocs.files.loader import load
    from iopdocs.linter.options import LintOptions

    targets = targets_of(filer, output, kind, ending="-granskningsprotokoll")
    setups = Setups(LintCommandOptions(lint=LintOptions(profiles=profiles, today=day or date.today()), layers=layers))
    worst = 0
    for source, target in zip(filer, targets, strict=True):
        try:
            refuse_table(source)
            setup = setups.of(source)
            document = review_assembled(assemble(load(source), setup.library), setup.lint)
            make_folder(target.parent, output)
            document.save(target, overwrite=overwrite)
        except IopdocsError as error:
            click.echo(str(error), err=True)
            worst = 2
        else:
            click.echo(f"{target}: granskningsprotokoll för {source}")
    return worst
