"""``iopdocs batch``: many agreements at once, from a workbook, a table or a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.batch_log import stopped_in_json
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.errors import WriteError

if TYPE_CHECKING:
    from iopdocs.findings import FailOn


def _kinds(_context: click.Context, param: click.Parameter, text: str) -> tuple[str, ...]:
    from iopdocs.batch.worker_task import KINDS

    words = [word.strip().lower().lstrip(".") for word in text.replace(";", ",").split(",") if word.strip()]
    wrong = [f"”{word[:20]}”" for word in words if word not in KINDS] if words else ["inget"]
    if wrong:
        message = f"{wrong[0]} är inget slag av dokument – välj bland: {', '.join(KINDS)}, med komma emellan"
        raise click.BadParameter(message, param=param)
    return tuple(dict.fromkeys(words))


def _jobs(_context: click.Context, param: click.Parameter, text: str | None) -> int | None:
    from iopdocs.batch.process_pool import MOST_JOBS

    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= MOST_JOBS:
        message = f"”{text[:20]}” är inget antal processer – skriv ett tal från 1 till {MOST_JOBS}"
        raise click.BadParameter(message, param=param)
    return int(text)


def _pattern(_context: click.Context, param: click.Parameter, text: str) -> str:
    from iopdocs.batch.file_names import check_pattern

    try:
        check_pattern(text)
    except WriteError as error:
        raise click.BadParameter(str(error), param=param) from error
    return text


@click.command(cls=SwedishCommand, name="batch", short_help="Gör dokument av många avtal på en gång.")
@click.argument("källa", metavar="KÄLLA", type=options.PATH)
@click.option("-o", "--output", "output", metavar="MAPP", required=True, type=options.PATH, help="Mapp för dokumenten.")
@click.option(
    "--to",
    "kinds",
    metavar="SLAG",
    default="docx",
    callback=_kinds,
    help="docx, pdf, html eller md; flera med komma emellan.",
)
@click.option(
    "--name",
    "pattern",
    metavar="MÖNSTER",
    default="{avtal}",
    callback=_pattern,
    help='Dokumentens namn, till exempel "{diarienummer} {titel}"; annars källans egna namn på avtalen.',
)
@click.option("--base", metavar="FIL", type=options.PATH, help="Datafil med det som alla avtalen har gemensamt.")
@options.profiles
@options.layers(
    "Lager med egna texter; kan upprepas, det sista överst. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS."
)
@options.fail_on("enligt iopdocs.yaml, eller fel")
@click.option("--final", is_flag=True, help="Färdiga dokument; ett avtal som saknar något blir inget dokument.")
@click.option("--toc", "contents", is_flag=True, help="Ta med en innehållsförteckning.")
@click.option("--jobs", metavar="ANTAL", callback=_jobs, help="Antal processer, 1 till 61; annars ett per processor.")
@options.day
@click.option("--report", metavar="FIL", type=options.PATH, multiple=True, help="Rapport: .html, .xlsx eller .json.")
@click.option("--fail-fast", is_flag=True, help="Stanna vid det första avtal som har fynd eller inte går att göra.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Ersätt även dokument som har ändrats eller inte är gjorda av iopdocs; gäller inte rapporter.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Flytta undan kvarlämnade dokument, vars avtal inte längre finns i källan, till mappen undanflyttade.",
)
@click.option("--quiet", is_flag=True, help="Skriv bara ut det som har gått fel.")
@click.option("--log-json", is_flag=True, help="Logga en rad JSON per avtal på stderr, utan personuppgifter.")
@options.no_config
@options.no_data
@stopped_in_json
def command(
    källa: Path,
    output: Path,
    kinds: tuple[str, ...],
    pattern: str,
    base: Path | None,
    profiles: tuple[str, ...],
    layers: tuple[Path, ...],
    fail_on: FailOn | None,
    final: bool,
    contents: bool,
    jobs: int | None,
    day: date | None,
    report: tuple[Path, ...],
    fail_fast: bool,
    overwrite: bool,
    prune: bool,
    quiet: bool,
    log_json: bool,
    no_config: bool,
    no_data: bool,
) -> int:
    """Gör dokument av alla avtal i KÄLLA: en arbetsbok (.xlsx), en tabell (.csv), en mapp eller en datafil.

    En ny körning gör bara om det som har ändrats, och skriver aldrig över ett dokument som någon har redigerat. Ett avtal
    som är fel stoppar inte de andra. Slutkod 0: allt gick bra. 1: något avtal har fynd. 2: något kunde inte läsas eller
    skrivas.
    """
    from iopdocs.batch.worker_task import WorkerSettings
    from iopdocs.cli.batch_job import BatchJob
    from iopdocs.cli.lint_settings import LintCommandOptions
    from iopdocs.linter.options import LintOptions

    job = BatchJob(
        source=källa, output=output, base=base, reports=report, jobs=jobs, fail_fast=fail_fast, overwrite=overwrite,
        prune=prune, quiet=quiet, log_json=log_json,
        work=WorkerSettings(kinds=kinds, pattern=pattern, final=final, contents=contents, data=not no_data),
        options=LintCommandOptions(
            lint=LintOptions(profiles=profiles, today=day or date.today()), layers=layers, fail_on=fail_on,
            no_config=no_config,
        ),
    )  # fmt: skip
    return job.run()
