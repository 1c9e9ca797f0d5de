"""``iopdocs vagval``: the form that fits, a partnership or another, from answers on the command line or in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.file_paths import refuse_existing
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo, json_text
from iopdocs.errors import LoadError, Position, Problem, WriteError, printable_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopdocs.library.form_choice import FormChoices
    from iopdocs.model.assessment import FormChoice


@click.command(cls=SwedishCommand, name="vagval", short_help="Säg om ett partnerskap är rätt form, och varför.")
@click.argument("fil", required=False, type=click.Path(readable=False, path_type=Path))
@options.text_or_json
@click.option(
    "-o",
    "--output",
    metavar="FIL",
    type=click.Path(readable=False, path_type=Path),
    help="Skriv svaren till en fil, att klistra in i avtalets datafil.",
)
@click.option("--overwrite", is_flag=True, help="Ersätt filen om den finns.")
@options.layers(
    "Lager med en egen vagval.yaml; kan upprepas, det sista överst. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS."
)
@options.no_config
def command(
    fil: Path | None, form: str, output: Path | None, overwrite: bool, layers: tuple[Path, ...], no_config: bool
) -> int:
    """Ställ frågorna i vägvalet, eller läs svaren ur FIL, och säg vilken form som passar: partnerskap, bidrag eller
    upphandling.

    FIL är ett avtal med nyckeln ”vägval”, eller en fil med bara svaren; - är standard in. Ingenting sparas utan -o.

    Slutkod 0: ett partnerskap passar. 1: en annan form passar, eller något är oklart. 2: något kunde inte läsas eller
    skrivas.
    """  # noqa: D205 - the first sentence is the help text, and it does not fit on a line
    from iopdocs.cli.lint_settings import LintCommandOptions, LintSettingsFinder
    from iopdocs.cli.vagval_questions import ask
    from iopdocs.cli.vagval_text import lines
    from iopdocs.files.data_writer import plain_data
    from iopdocs.linter.form_advice import advise

    choices = (
        LintSettingsFinder(LintCommandOptions(layers=layers, no_config=no_config))
        .of(fil or Path("svar.yaml"))
        .library.choices
    )
    if output is not None:
        # Checked before the questions, so that nobody answers them all and is then refused.
        _refuse_to_lose(output, fil, overwrite)
    if fil is not None:
        choice = _read(fil, choices)
    elif sys.stdin.isatty():
        choice = ask(choices)
    else:
        problem = Problem(
            "det finns ingen att fråga: kommandot körs inte i en terminal",
            "ange en fil med svaren: iopdocs vagval FIL",
        )
        raise LoadError([problem])
    advice = advise(choices, choice.answers)
    if form == "json":
        data = {"format": 1, **advice.as_data(), "vägval": plain_data(choice)}
        echo(json_text(data))
    else:
        for line in lines(advice, choices, choice):
            echo(line)
    if output is not None:
        _write(choice, output)
        echo(f"Skrev {printable_name(output)}.", err=form == "json")
    return 0 if advice.partnership_fits else 1


def _refuse_to_lose(output: Path, fil: Path | None, overwrite: bool) -> None:
    refuse_existing(output, overwrite)
    if fil is not None and output.exists() and fil.exists() and output.samefile(fil):
        problem = Problem("är både det som läses och det som skrivs", "ange en annan fil efter -o", str(output))
        raise WriteError([problem])


def _read(file: Path, choices: FormChoices) -> FormChoice:
    """Return the answers in *file*: an agreement, or a file with only the answers."""
    from iopdocs.cli.standard_streams import read_data
    from iopdocs.files.loader import load_record, loads, read_nodes
    from iopdocs.files.nodes import MapNode
    from iopdocs.files.text_file import clean_text
    from iopdocs.linter.form_advice import wrong_answers
    from iopdocs.model.assessment import FormChoice
    from iopdocs.model.fields import by_key

    (text, kind), name = read_data(file), str(file)
    root = read_nodes(clean_text(text, name), kind=kind, file=name).root
    keys = {key.text for key, _value in root.entries} - {"format"} if isinstance(root, MapNode) else set()
    positions: Mapping[str, Position]
    if keys and keys <= set(by_key(FormChoice)):
        choice, positions = load_record(text, FormChoice, kind=kind, file=name)
        prefix = ""
    else:
        agreement = loads(text, kind=kind, file=name)
        positions = agreement.source.positions if agreement.source else {}
        prefix = "vägval."
        if agreement.choice is None:
            problem = Problem(
                "filen har inga svar på vägvalet",
                "svara på frågorna med: iopdocs vagval -o svar.yaml",
                name,
                "vägval",
            )
            raise LoadError([problem])
        choice = agreement.choice
    problems = [
        Problem(message, hint, name, prefix + path, positions.get(prefix + path))
        for path, message, hint in wrong_answers(choice, choices)
    ]
    if problems:
        raise LoadError(problems)
    return choice


def _write(choice: FormChoice, output: Path) -> None:
    from iopdocs.files.atomic import write_atomically
    from iopdocs.files.data_writer import dumps
    from iopdocs.model.agreement import Agreement

    text = dumps(Agreement(choice=choice))
    # In an agreement, a second ”format” would be refused.
    text = text[text.index("vägval:") :]
    try:
        write_atomically(output, text.encode())
    except WriteError:
        echo(text, err=True)
        raise
