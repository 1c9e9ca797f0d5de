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
    from iopdocs.cli.document_job import MadeDocument
    from iopdocs.cli.lint_settings import LintSettings
    from iopdocs.files.loader import Kind
    from iopdocs.findings import FailOn


@click.command(cls=SwedishCommand, name="review", short_help="Gör ett granskningsprotokoll att lägga till ärendet.")
@options.files
@options.output
@options.kind
@options.data_kind
@options.profiles
@options.day
@options.layers("Lager med egna texter och profiler; kan upprepas, det sista överst. Annars inställningarnas.")
@options.fail_on("ingen")
@options.overwrite_documents
def command(
    filer: tuple[Path, ...],
    output: str,
    kind: str | None,
    data_kind: Kind | None,
    profiles: tuple[str, ...],
    day: date | None,
    layers: tuple[Path, ...],
    fail_on: FailOn | None,
    overwrite: bool,
) -> int:
    """Gör ett granskningsprotokoll av varje FIL (.yaml, .yml eller .json; - är standard in).

    Protokollet redovisar varje profils punkter, alla fynd med källa, undantag med skäl och vad som inte är prövat.

    Slutkod 0: protokollen är skrivna. 1: med --fail-on, något avtal har fynd på den nivån. 2: något kunde inte läsas eller
    skrivas; de andra görs ändå.
    """
    from iopdocs.api import lint_assembled, review_assembled
    from iopdocs.cli.document_job import DocumentJob, MadeDocument
    from iopdocs.cli.lint_settings import LintCommandOptions
    from iopdocs.linter.options import LintOptions

    def make(assembled: Assembled, setup: LintSettings, file: Path) -> MadeDocument:
        report = lint_assembled(assembled, setup.lint)
        reached = fail_on is not None and fail_on.is_reached(finding.level for finding in report.findings)
        document = review_assembled(assembled, setup.lint, report)
        return MadeDocument(document, f"granskningsprotokoll för {printable_name(file)}", int(reached))

    chosen = LintCommandOptions(lint=LintOptions(profiles=profiles, today=day or date.today()), layers=layers)
    job = DocumentJob(
        make=make, files=filer, output=output, kind=kind, ending="-granskningsprotokoll", options=chosen,
        overwrite=overwrite, data_kind=data_kind,
    )  # fmt: skip
    return job.run()
