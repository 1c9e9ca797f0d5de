"""``iopdocs render``: make documents from data files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand

if TYPE_CHECKING:
    from iopdocs.assembly import Assembled
    from iopdocs.cli.document_job import MadeDocument
    from iopdocs.cli.lint_settings import LintSettings
    from iopdocs.files.loader import Kind


@click.command(cls=SwedishCommand, name="render", short_help="Gör Word, PDF, HTML eller Markdown av datafiler.")
@options.files
@options.output
@options.kind
@options.data_kind
@click.option(
    "--pdf",
    "level",
    type=click.Choice(["a1", "a2", "a3"]),
    help="Slag av PDF: a2 (PDF/A-2b och PDF/UA), a3 eller a1. Annars enligt iopdocs.yaml, eller a2.",
)
@click.option("--toc", "contents", is_flag=True, help="Ta med en innehållsförteckning.")
@click.option("--comments", is_flag=True, help="Visa varje fynd som en kommentar i Word, på sin plats.")
@click.option("--final", is_flag=True, help="Färdigt dokument utan utkastmärken; går inte så länge något saknas.")
@options.layers(
    "Lager med egna texter; kan upprepas, det sista överst. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS."
)
@options.no_config
@options.overwrite_documents
@options.no_data
def command(
    filer: tuple[Path, ...],
    output: str,
    kind: str | None,
    data_kind: Kind | None,
    level: str | None,
    contents: bool,
    comments: bool,
    final: bool,
    layers: tuple[Path, ...],
    no_config: bool,
    overwrite: bool,
    no_data: bool,
) -> int:
    """Gör ett dokument av varje FIL (.yaml, .yml eller .json; - är standard in).

    Det som saknas i avtalet visas som gula platshållare, om du inte väljer --final. PDF görs av LibreOffice.

    Slutkod 0: dokumenten är skrivna. 1: med --final, något saknas i ett avtal. 2: något kunde inte läsas eller skrivas; de
    andra görs ändå.
    """
    from iopdocs.api import finish, lint_assembled
    from iopdocs.cli.document_job import DocumentJob, MadeDocument
    from iopdocs.cli.file_paths import quoted
    from iopdocs.cli.lint_settings import LintCommandOptions
    from iopdocs.library.rule_limits import PdfLevel

    def make(assembled: Assembled, setup: LintSettings, file: Path) -> MadeDocument:
        report = lint_assembled(assembled, setup.lint)
        document = finish(
            assembled, report, profiles=setup.lint.profiles, final=final, comments=comments, contents=contents,
            data=not no_data,
        )  # fmt: skip
        left = len(report.findings)
        message = f"{left} att åtgärda – se: iopdocs lint {quoted(file)}" if left else "inget saknas"
        return MadeDocument(document, message)

    if comments and final:
        raise click.UsageError("--comments och --final går inte ihop: ett färdigt dokument har inga kommentarer")
    chosen = LintCommandOptions(layers=layers, no_config=no_config, pdf=PdfLevel(level) if level else None)
    job = DocumentJob(
        make=make, files=filer, output=output, kind=kind, data_kind=data_kind, options=chosen, overwrite=overwrite
    )
    return job.run()
