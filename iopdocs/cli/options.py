"""Arguments and options shared by several commands, so that their names and help texts are the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from iopdocs.findings import FailOn

T = TypeVar("T")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

PATH = click.Path(readable=False, path_type=Path)
"""A file or folder as named by the user; its reader reports whether it exists."""

files: Decorator = click.argument("filer", metavar="FIL…", nargs=-1, required=True, type=PATH)

output: Decorator = click.option(
    "-o",
    "--output",
    "output",
    metavar="PLATS",
    required=True,
    help="Fil, eller mapp om den finns eller slutar med snedstreck; - är standard ut.",
)

kind: Decorator = click.option(
    "--to",
    "kind",
    type=click.Choice(["docx", "pdf", "html", "md"]),
    help="Slag av dokument; annars efter filens ändelse, eller docx.",
)

no_config: Decorator = click.option("--no-config", is_flag=True, help="Läs inte iopdocs.yaml.")

data_kind: Decorator = click.option(
    "--from",
    "data_kind",
    type=click.Choice(["yaml", "json"]),
    help="Slag av datafil; annars efter filens ändelse, och på standard in (-) efter hur den börjar.",
)

overwrite_documents: Decorator = click.option(
    "--overwrite", is_flag=True, help="Ersätt även dokument som har ändrats eller inte är gjorda av iopdocs."
)

no_data: Decorator = click.option(
    "--no-data",
    is_flag=True,
    help="Lägg inga data i Word-dokumentet: registret kan då inte läsa det. Välj det innan du skickar det till andra.",
)

text_or_json: Decorator = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text att läsa, eller json för program.",
)


profiles: Decorator = click.option(
    "--profile",
    "profiles",
    metavar="PROFIL",
    multiple=True,
    help="Profil att granska mot; kan upprepas. Annars enligt iopdocs.yaml, eller grund.",
)


def _read_as(kind: Callable[[], type[T]]) -> Callable[[click.Context, click.Parameter, str | None], T | None]:
    """Return a callback that reads an option as a data file's value of that type."""

    def read(_context: click.Context, param: click.Parameter, text: str | None) -> T | None:
        from iopdocs.files.value_readers import read_value

        if text is None:
            return None
        try:
            found: T = read_value(text, kind())
        except ValueError as error:
            raise click.BadParameter(str(error), param=param) from None
        return found

    return read


def _fail_on() -> type[FailOn]:
    from iopdocs.findings import FailOn

    return FailOn


def fail_on(otherwise: str = "fel") -> Decorator:
    """Return the option ``--fail-on``; *otherwise* says in the help what holds without it."""
    help = "Slutkod 1 vid fynd på den nivån eller allvarligare: fel, varning eller råd, eller aldrig: ingen."
    return click.option("--fail-on", metavar="NIVÅ", callback=_read_as(_fail_on), help=f"{help} Annars {otherwise}.")


day: Decorator = click.option(
    "--date",
    "day",
    metavar="DATUM",
    callback=_read_as(lambda: date),
    help="Dagen att räkna från, till exempel 2027-01-31. Annars i dag.",
)


def layers(help: str) -> Decorator:
    """Return the option ``--layer``, a folder or a zip, which may be repeated."""
    return click.option("--layer", "layers", metavar="LAGER", multiple=True, type=PATH, help=help)


def finding_report(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a checker: ``--fail-on``, ``--format``, ``-o`` (a file that may be written) and ``--overwrite``."""

    def free(context: click.Context, _param: click.Parameter, output: Path | None) -> Path | None:
        from iopdocs.cli.file_paths import refuse_existing

        if output is not None and str(output) == "-":
            return None
        if output is not None:
            refuse_existing(output, context.params["overwrite"])
        return output

    help = "text att läsa; json, sarif eller github för program."
    form = click.option(
        "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help=help
    )
    place = click.option("-o", "--output", metavar="UT", type=PATH, callback=free, help="Skriv till filen UT.")
    overwrite = click.option("--overwrite", is_flag=True, is_eager=True, help="Ersätt UT om den finns.")
    return form(place(overwrite(fail_on()(command))))
