"""``iopdocs batch``: many agreements at once, from a workbook, a table or a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish import SwedishCommand
from iopdocs.errors import Problem, WriteError
from iopdocs.messages import _

if TYPE_CHECKING:
    from iopdocs.batch.work import Work
    from iopdocs.model.agreement import Agreement


@click.command(cls=SwedishCommand, name="batch", short_help="Gör dokument av många avtal på en gång.")
@click.argument("källa", metavar="KÄLLA", type=options.PATH)
@click.option("-o", "--output", "output", metavar="MAPP", required=True, type=options.PATH, help="Mapp för dokumenten.")
@click.option(
    "--to", "kinds", metavar="SLAG", default="docx", help="docx, pdf, html eller md; flera med komma emellan."
)
@click.option(
    "--name",
    "pattern",
    metavar="MÖNSTER",
    default="{avtal}",
    help='Dokumentens namn, till exempel "{diarienummer} {titel}"; annars källans egna namn på avtalen.',
)
@click.option("--base", metavar="FIL", type=options.PATH, help="Datafil med det som alla avtalen har gemensamt.")
@click.option("--profile", "profiles", multiple=True, help="Profil att granska mot; kan upprepas.")
@options.layers(
    "Lager med egna texter; kan upprepas, det sista överst. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS."
)
@click.option(
    "--fail-on", type=click.Choice(["fel", "varning", "råd"]), help="Fynd på den nivån räknas som misslyckat."
)
@click.option("--final", is_flag=True, help="Färdiga dokument; ett avtal som saknar något blir inget dokument.")
@click.option("--toc", "contents", is_flag=True, help="Ta med en innehållsförteckning.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Antal processer; annars ett per processor.")
@click.option("--date", "day", metavar="DATUM", help="Dagen att räkna från; annars i dag.")
@click.option("--report", metavar="FIL", type=options.PATH, multiple=True, help="Rapport: .html, .xlsx eller .json.")
@click.option("--fail-fast", is_flag=True, help="Stanna vid det första avtal som misslyckas.")
@click.option("--overwrite", is_flag=True, help="Ersätt även dokument som har ändrats eller inte är gjorda av iopdocs.")
@click.option("--quiet", is_flag=True, help="Skriv bara ut det som har gått fel.")
@click.option("--log-json", is_flag=True, help="Logga en rad JSON per avtal på stderr, utan personuppgifter.")
@options.no_config
@options.no_data
def command(
    källa: Path,
    output: Path,
    kinds: str,
    pattern: str,
    base: Path | None,
    profiles: tuple[str, ...],
    layers: tuple[Path, ...],
    fail_on: str | None,
    final: bool,
    contents: bool,
    jobs: int | None,
    day: str | None,
    report: tuple[Path, ...],
    fail_fast: bool,
    overwrite: bool,
    quiet: bool,
    log_json: bool,
    no_config: bool,
    no_data: bool,
) -> int:
    """Gör dokument av alla avtal i KÄLLA: en arbetsbok (.xlsx), en tabell (.csv), en mapp eller en datafil.

    En ny körning gör bara om det som har ändrats, och skriver aldrig över ett dokument som någon har redigerat. Ett avtal
    som är fel stoppar inte de andra. Slutkod 0: allt gick bra. 1: något avtal misslyckades eller har fynd. 2: det gick inte
    att köra.
    """
    from iopdocs.batch.names import check_pattern
    from iopdocs.batch.running import processors, run
    from iopdocs.batch.work import Work
    from iopdocs.cli.batch_text import Teller
    from iopdocs.cli.setups import Options, Setups
    from iopdocs.files.load import load
    from iopdocs.library.profiles import Level
    from iopdocs.sources.read import read_source

    check_pattern(pattern)
    if report:
        from iopdocs.batch.report import check_report, write_report

        for path in report:
            check_report(path, overwrite=overwrite, made=output)
    today = _day(day)
    setup = Setups(
        Options(profiles=profiles, layers=layers, no_config=no_config, fail_on=Level(fail_on) if fail_on else None)
    ).of(källa / "x" if källa.is_dir() else källa)
    shared: Agreement | None = load(base) if base else None
    work: Work = Work(
        kinds=_kinds(kinds),
        profiles=tuple(setup.profiles),
        layers=tuple(layer.folder for layer in setup.library.layers[1:]),
        select=setup.select,
        ignore=setup.ignore,
        limits=setup.limits,
        fail_on=setup.fail_on,
        final=final,
        contents=contents,
        data=not no_data,
        pattern=pattern,
        pdf=setup.pdf,
        day=today,
        base=shared,
    )
    source = read_source(källa, shared)
    _make_folder(output)
    teller = Teller(len(source.rows), quiet=quiet, log_json=log_json)
    with teller:
        done = run(
            source, output, work, setup.library, name=str(källa), jobs=jobs or processors(), overwrite=overwrite,
            fail_fast=fail_fast, tell=teller.tell,
        )  # fmt: skip
    for path in report:
        write_report(done, path, overwrite=overwrite)
    teller.end(done, report)
    if not done.outcomes and not done.interrupted:
        return 2
    if done.interrupted and not fail_fast:
        return 130
    return 1 if done.problems or any(one.stopped for one in done.outcomes) else 0


def _kinds(text: str) -> tuple[str, ...]:
    from iopdocs.batch.work import KINDS

    words = [word.strip().lower().lstrip(".") for word in text.replace(";", ",").split(",") if word.strip()]
    wrong = [word for word in words if word not in KINDS]
    if wrong or not words:
        message = _("--to: {word} är inget slag av dokument").format(word=f"”{wrong[0][:20]}”" if wrong else "inget")
        raise WriteError([Problem(message, _("välj bland: {kinds}, med komma emellan").format(kinds=", ".join(KINDS)))])
    return tuple(dict.fromkeys(words))


def _day(text: str | None) -> date:
    from iopdocs.model.period import parse_date

    try:
        return parse_date(text) if text else date.today()
    except ValueError as error:
        raise click.UsageError(f"--date: {error}") from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        what = _("är en fil, ingen mapp") if folder.exists() else _("mappen kan inte skapas")
        raise WriteError([Problem(what, _("ange en mapp som du får skriva i"), str(folder))]) from error
