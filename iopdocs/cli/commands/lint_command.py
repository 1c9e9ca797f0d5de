"""``iopdocs lint``: what is missing from agreements and what does not add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from iopdocs.cli.swedish_click import SwedishCommand

if TYPE_CHECKING:
    from iopdocs.findings import Level

T = TypeVar("T")


def _value(kind: Callable[[], type[T]]) -> Callable[[click.Context, click.Parameter, str | None], T | None]:
    """Return a callback that reads an option as the same value is read in a data file."""

    def read(_ctx: click.Context, param: click.Parameter, text: str | None) -> T | None:
        from iopdocs.files.value_readers import read_value

        if text is None:
            return None
        try:
            found: T = read_value(text, kind())
        except ValueError as error:
            raise click.BadParameter(str(error), param=param) from None
        return found

    return read


def _level() -> type[Level]:
    from iopdocs.findings import Level

    return Level


_FOLDER = click.Path(readable=False, path_type=Path)


@click.command(cls=SwedishCommand, name="lint", short_help="Säg vad som saknas eller inte går ihop.")
@click.argument("filer", metavar="FIL…", nargs=-1, required=True)
@click.option(
    "--profile", "profiles", metavar="PROFIL", multiple=True, help="Profil att granska mot; kan upprepas. Annars grund."
)
@click.option(
    "--select", metavar="KODER", multiple=True, help="Pröva bara dessa: koder eller början på koder (K,S101)."
)
@click.option("--ignore", metavar="KODER", multiple=True, help="Pröva inte dessa.")
@click.option(
    "--fail-on",
    metavar="NIVÅ",
    callback=_value(_level),
    help="Slutkod 1 vid fynd på den nivån eller allvarligare: fel, varning eller råd. Annars fel.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="text att läsa; json, sarif eller github för program.",
)
@click.option("-o", "--output", "outputs", metavar="UT", multiple=True, type=_FOLDER, help="Skriv till filen UT.")
@click.option("--overwrite", is_flag=True, help="Ersätt UT om den finns.")
@click.option(
    "--date", "today", metavar="DATUM", callback=_value(lambda: date), help="Dagen att räkna från. Annars i dag."
)
@click.option(
    "--layer", "layers", metavar="MAPP", multiple=True, type=_FOLDER, help="Lager med egna profiler; kan upprepas."
)
@click.option("--no-config", is_flag=True, help="Läs inte iopdocs.yaml.")
@click.option("--baseline", metavar="FIL", type=_FOLDER, help="Visa bara fynd som inte finns i baslinjen FIL.")
@click.option("--write-baseline", metavar="FIL", type=_FOLDER, help="Skriv alla fynd till baslinjen FIL.")
def command(
    filer: tuple[str, ...], form: str, outputs: tuple[Path, ...], overwrite: bool, today: date | None, **said: Any
) -> int:
    """Granska varje FIL och säg vad som saknas eller inte går ihop, med källa.

    FIL är en datafil, en mapp eller ett mönster som "avtal/**/*.yaml". Inställningar läses ur närmaste iopdocs.yaml.

    Slutkod 0: inga fynd på nivån --fail-on. 1: minst ett. 2: något kunde inte läsas.
    """
    from iopdocs.cli.lint_job import Job
    from iopdocs.cli.lint_settings import LintCommandOptions

    job = Job(
        arguments=filer,
        options=LintCommandOptions(
            profiles=said["profiles"], layers=said["layers"], select=said["select"], ignore=said["ignore"],
            fail_on=said["fail_on"], baseline=said["baseline"], no_config=said["no_config"],
        ),
        form=form,
        outputs=outputs,
        overwrite=overwrite,
        today=today or date.today(),
        is_day_said=today is not None,
        write_baseline=said["write_baseline"],
    )  # fmt: skip
    return job.run()
