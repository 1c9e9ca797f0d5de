"""``iopdocs review``: a granskningsprotokoll of each agreement, to be filed with the case."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.errors import printable_name

if TYPE_CHECKING:
    from iopdocs.assembly import Assembled
    from iopdocs.cli.lint_settings import LintSettings
    from iopdocs.document.tree import Document


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
    from iopdocs.cli.document_job import DocumentJob
    from iopdocs.cli.lint_settings import LintCommandOptions
    from iopdocs.linter.options import LintOptions

    def make(assembled: Assembled, setup: LintSettings, file: Path) -> tuple[Document, str]:
        return review_assembled(assembled, setup.lint), f"granskningsprotokoll för {printable_name(file)}"

    chosen = LintCommandOptions(lint=LintOptions(profiles=profiles, today=day or date.today()), layers=layers)
    job = DocumentJob(
        make=make, files=filer, output=output, kind=kind, ending="-granskningsprotokoll", options=chosen,
        overwrite=overwrite,
    )  # fmt: skip
    return job.run()
