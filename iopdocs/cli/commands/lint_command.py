"""``iopdocs lint``: report what is missing or inconsistent in agreements."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand

if TYPE_CHECKING:
    from iopdocs.files.loader import Kind
    from iopdocs.findings import FailOn


@click.command(cls=SwedishCommand, name="lint", short_help="Säg vad som saknas eller inte går ihop.")
@click.argument("filer", metavar="FIL…", nargs=-1, required=True)
@options.profiles
@click.option(
    "--select", metavar="KODER", multiple=True, help="Pröva bara dessa: koder eller början på koder (K,S101)."
)
@click.option("--ignore", metavar="KODER", multiple=True, help="Pröva inte dessa.")
@options.fail_on("enligt iopdocs.yaml, eller fel")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="text att läsa; json, sarif eller github för program.",
)
@click.option("-o", "--output", "outputs", metavar="UT", multiple=True, type=options.PATH, help="Skriv till filen UT.")
@click.option("--overwrite", is_flag=True, help="Ersätt UT om den finns.")
@options.data_kind
@options.day
@options.layers("Lager med egna profiler; kan upprepas.")
@options.no_config
@click.option("--baseline", metavar="FIL", type=options.PATH, help="Visa bara fynd som inte finns i baslinjen FIL.")
@click.option("--write-baseline", metavar="FIL", type=options.PATH, help="Skriv alla fynd till baslinjen FIL.")
def command(
    filer: tuple[str, ...],
    profiles: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn | None,
    form: str,
    outputs: tuple[Path, ...],
    overwrite: bool,
    data_kind: Kind | None,
    day: date | None,
    layers: tuple[Path, ...],
    no_config: bool,
    baseline: Path | None,
    write_baseline: Path | None,
) -> int:
    """Granska varje FIL och säg vad som saknas eller inte går ihop, med källa.

    FIL är en datafil, en mapp, ett mönster som "avtal/**/*.yaml" eller - för standard in. Inställningar läses ur närmaste iopdocs.yaml.

    Slutkod 0: inga fynd på nivån --fail-on. 1: minst ett. 2: något kunde inte läsas; det andra granskas ändå.
    """
    from iopdocs.cli.lint_job import LintJob
    from iopdocs.cli.lint_settings import LintCommandOptions
    from iopdocs.cli.standard_streams import is_standard
    from iopdocs.linter.options import LintOptions

    job = LintJob(
        arguments=filer,
        options=LintCommandOptions(
            lint=LintOptions(profiles=profiles, select=select, ignore=ignore, today=day or date.today()),
            layers=layers, fail_on=fail_on, baseline=baseline, no_config=no_config, is_day_given=day is not None,
        ),
        form=form,
        outputs=[output for output in outputs if not is_standard(output)],
        overwrite=overwrite,
        write_baseline=write_baseline,
        data_kind=data_kind,
    )  # fmt: skip
    return job.run()
