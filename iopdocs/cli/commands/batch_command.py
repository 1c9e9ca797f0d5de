"""``iopdocs batch``: many agreements at once, from a workbook, a table or a folder."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.batch_log import stopped_in_json
from iopdocs.cli.batch_paths import make_folder, without
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.errors import LoadError, Problem, WriteError

if TYPE_CHECKING:
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
@click.option("--jobs", metavar="ANTAL", help="Antal processer, 1 till 61; annars ett per processor.")
@click.option("--date", "day", metavar="DATUM", help="Dagen att räkna från; annars i dag.")
@click.option("--report", metavar="FIL", type=options.PATH, multiple=True, help="Rapport: .html, .xlsx eller .json.")
@click.option("--fail-fast", is_flag=True, help="Stanna vid det första avtal som misslyckas.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Ersätt även dokument som har ändrats eller inte är gjorda av iopdocs; gäller inte rapporter.",
)
@click.option("--quiet", is_flag=True, help="Skriv bara ut det som har gått fel.")
@click.option("--log-json", is_flag=True, help="Logga en rad JSON per avtal på stderr, utan personuppgifter.")
@options.no_config
@options.no_data
@stopped_in_json
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
    jobs: str | None,
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
    from iopdocs.batch.file_names import check_pattern
    from iopdocs.batch.process_pool import processors
    from iopdocs.batch.runner import run
    from iopdocs.batch.worker_task import WorkerSettings
    from iopdocs.cli.batch_log import BatchLog
    from iopdocs.cli.batch_progress import BatchProgress
    from iopdocs.cli.lint_settings import LintCommandOptions, Setups
    from iopdocs.files.loader import load
    from iopdocs.findings import Level
    from iopdocs.sources.reader import read_source

    check_pattern(pattern)
    workers = _jobs(jobs) or processors()
    made_kinds = _kinds(kinds)
    places: list[Path] = []
    if report:
        from iopdocs.batch.report_file import place_of, write_report

        for path in report:
            if path.resolve() == källa.resolve():
                hint = "ange ett annat namn på rapporten"
                raise WriteError.one("rapporten skulle ersätta källan", hint, str(path))
            places.append(place_of(path, made=output))
    today = options.day_of(day)
    setup = Setups(
        LintCommandOptions(
            profiles=profiles, layers=layers, no_config=no_config, fail_on=Level(fail_on) if fail_on else None
        )
    ).of(källa / "x" if källa.is_dir() else källa)
    shared: Agreement | None = load(base) if base else None
    work = WorkerSettings(
        kinds=made_kinds,
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
    source = without(read_source(källa, shared), [*report, *([base] if base else [])], output)
    if not source.rows:
        raise LoadError(source.problems)
    if final and source.problems:
        # What could not be read may belong in any of them, and a finished document must not lack it in silence.
        what = "inga färdiga dokument görs så länge något i källan inte hör till ett avtal"
        raise LoadError([*source.problems, Problem(what, "rätta det, eller kör utan --final", str(källa))])
    make_folder(output)
    progress = BatchLog() if log_json else BatchProgress(len(source.rows), quiet=quiet)
    with progress, _ended_as_by_hand():
        progress.begin(source)
        done = run(
            source, output, work, setup.library, name=str(källa), jobs=workers, overwrite=overwrite,
            fail_fast=fail_fast, tell=progress.add_outcome,
        )  # fmt: skip
    progress.end(done)
    for path, place in zip(report, places, strict=True):
        write_report(done, place)
        progress.report_written(place, unchanged=path if place != path else None)
    stopped = any(one.stopped for one in done.outcomes)
    if done.interrupted and not (fail_fast and stopped):
        return 130
    return 1 if done.problems or stopped else 0


@contextlib.contextmanager
def _ended_as_by_hand() -> Iterator[None]:
    """Let the scheduler that asks us to end get what Ctrl-C gets: whole files and a word of how much is left."""
    try:
        old = signal.signal(signal.SIGTERM, signal.default_int_handler)
    except ValueError:  # Only the main thread may.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, old)


def _kinds(text: str) -> tuple[str, ...]:
    from iopdocs.batch.worker_task import KINDS

    words = [word.strip().lower().lstrip(".") for word in text.replace(";", ",").split(",") if word.strip()]
    wrong = [word for word in words if word not in KINDS]
    if wrong or not words:
        message = "--to: {word} är inget slag av dokument".format(word=f"”{wrong[0][:20]}”" if wrong else "inget")
        raise WriteError.one(message, "välj bland: {kinds}, med komma emellan".format(kinds=", ".join(KINDS)))
    if "pdf" in words:
        from iopdocs.writers.pdf import check_tools

        check_tools()
    return tuple(dict.fromkeys(words))


def _jobs(text: str | None) -> int | None:
    from iopdocs.batch.process_pool import MOST_JOBS

    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= MOST_JOBS:
        hint = f"skriv ett tal från 1 till {MOST_JOBS}"
        raise WriteError.one(f"--jobs: ”{text[:20]}” är inget antal processer", hint)
    return int(text)
