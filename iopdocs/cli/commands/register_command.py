"""``iopdocs register``: a row per partnership, points to watch, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo


@click.command(cls=SwedishCommand, name="register", short_help="Gör ett register över avtalen.")
@click.argument("källor", metavar="KÄLLA…", nargs=-1, required=True, type=options.PATH)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FIL",
    multiple=True,
    type=options.PATH,
    help="Registrets fil: .xlsx, .csv eller .json; kan upprepas.",
)
@click.option(
    "--summary", "counted", is_flag=True, help="Visa hur många avtalen är, per huvudområde, målgrupp med mera."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Sammanställningen som text att läsa, eller json för program.",
)
@options.day
@click.option("--base", metavar="FIL", type=options.PATH, help="Datafil med det som alla avtalen har gemensamt.")
@click.option(
    "--overwrite", is_flag=True, help="Ersätt även en fil som inte är ett register från iopdocs eller som har ändrats."
)
@options.no_config
def command(
    källor: tuple[Path, ...],
    outputs: tuple[Path, ...],
    counted: bool,
    form: str,
    day: date | None,
    base: Path | None,
    overwrite: bool,
    no_config: bool,
) -> int:
    """Gör ett register över avtalen i varje KÄLLA.

    En källa är en datafil, en arbetsbok (.xlsx), en tabell (.csv), ett Word-dokument från iopdocs, en mapp eller ett
    mönster.

    Varje partnerskap är en rad, även om avtalet är förlängt. Bladet Att bevaka säger vad som behöver ses över. Slutkod 0:
    allt gick bra. 2: något kunde inte läsas, men de andra är med; eller så blev det inget register.
    """
    from iopdocs.cli.register_text import problem_lines, summary_lines, summary_text, written_line
    from iopdocs.cli.terminal import screen
    from iopdocs.files.loader import load
    from iopdocs.register.collection import make_register
    from iopdocs.register.register_file import check_place, write_register
    from iopdocs.register.summary import summary

    if not outputs and not counted:
        raise click.UsageError("ange -o register.xlsx (eller .csv, .json), eller --summary")
    if form == "json" and not counted:
        raise click.UsageError("--format hör ihop med --summary; ange -o register.json för registret som json")
    for path in outputs:
        check_place(path, overwrite=overwrite)
    register = make_register(
        källor, today=day or date.today(), base=load(base) if base else None,
        euro_rate=None if no_config else _euro_rate(källor),
    )  # fmt: skip
    for line in problem_lines(register):
        echo(line, err=True)
    if not register.rows and register.problems:
        return 2
    for path in outputs:
        write_register(register, path, overwrite=overwrite)
        # Output as data contains only data.
        echo(written_line(register, path), err=form == "json")
    if counted:
        counts = summary(register)
        echo(summary_text(counts) if form == "json" else "\n".join(summary_lines(counts, screen())))
    return 2 if register.problems else 0


def _euro_rate(sources: Sequence[Path]) -> Decimal | None:
    """Return the euro rate of the settings nearest above the sources, the first one given."""
    from iopdocs.cli.lint_settings import shown
    from iopdocs.library.project_settings import find_settings, load_settings

    seen = set()
    for source in sources:
        settings_file = find_settings(source if source.is_dir() else source.absolute().parent)
        if settings_file is None or settings_file in seen:
            continue
        seen.add(settings_file)
        limits = load_settings(shown(settings_file)).settings.limits
        if limits is not None and limits.euro_rate:
            return limits.euro_rate
    return None
