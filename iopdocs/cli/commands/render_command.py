"""``iopdocs render``: data files become documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.file_paths import make_folder, quoted, refuse_table, targets_of
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.errors import IopdocsError

if TYPE_CHECKING:
    from iopdocs.document.tree import Document
    from iopdocs.linter.report import Report


@click.command(cls=SwedishCommand, name="render", short_help="Gör Word, PDF, HTML eller Markdown av datafiler.")
@options.files
@options.output
@options.kind
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
    level: str | None,
    contents: bool,
    comments: bool,
    final: bool,
    layers: tuple[Path, ...],
    no_config: bool,
    overwrite: bool,
    no_data: bool,
) -> int:
    """Gör ett dokument av varje FIL (.yaml, .yml eller .json).

    Det som saknas i avtalet visas som gula platshållare, om du inte väljer --final. PDF görs av LibreOffice.
    """
    from iopdocs.api import NotFinalError, lint, render
    from iopdocs.cli.lint_settings import LintCommandOptions, Setups
    from iopdocs.files.loader import load
    from iopdocs.library.rule_limits import PdfLevel
    from iopdocs.writers.save import save_pdfs

    if comments and final:
        raise click.UsageError("--comments och --final går inte ihop: ett färdigt dokument har inga kommentarer")
    targets = targets_of(filer, output, kind)
    setups = Setups(LintCommandOptions(layers=layers, no_config=no_config, pdf=PdfLevel(level) if level else None))
    worst = 0
    waiting: dict[PdfLevel, list[tuple[Document, Path, str]]] = {}
    for source, target, setup in zip(filer, targets, [setups.of(source) for source in filer], strict=True):
        try:
            refuse_table(source)
            agreement = load(source)
            report = lint(
                agreement, library=setup.library, profiles=setup.profiles, limits=setup.limits, select=setup.select,
                ignore=setup.ignore,
            )  # fmt: skip
            document = render(
                agreement, library=setup.library, profile=setup.profiles, final=final, comments=comments,
                contents=contents, report=report, data=not no_data,
            )  # fmt: skip
            make_folder(target.parent, output)
            told = f"{target}: {_rest(report, source)}"
            if target.suffix.lower() == ".pdf":
                waiting.setdefault(setup.pdf, []).append((document, target, told))
                continue
            document.save(target, overwrite=overwrite)
        except NotFinalError as error:
            click.echo(f"{source}: blir inte färdigt förrän detta är åtgärdat:", err=True)
            click.echo(str(error), err=True)
            worst = max(worst, 1)
        except IopdocsError as error:
            click.echo(str(error), err=True)
            worst = 2
        else:
            click.echo(told)
    for pdf_level, documents in waiting.items():
        try:
            save_pdfs([(document, target) for document, target, _told in documents], pdf_level, overwrite=overwrite)
        except IopdocsError as error:
            click.echo(str(error), err=True)
            worst = 2
        else:
            for _document, _target, told in documents:
                click.echo(told)
    return worst


def _rest(report: Report, source: Path) -> str:
    left = len(report.findings)
    if not left:
        return "inget saknas"
    return f"{left} att åtgärda – se: iopdocs lint {quoted(source)}"
