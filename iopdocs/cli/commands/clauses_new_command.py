"""``iopdocs clauses new``: a text of one's own that works, to begin with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.file_paths import quoted, quoted_word, refuse_existing
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.errors import WriteError

if TYPE_CHECKING:
    from iopdocs.authoring.new_text import NewText
    from iopdocs.library.layers import Library


@click.command(cls=SwedishCommand, name="new", short_help="Börja på en egen text i ett lager.")
@click.argument("id_", metavar="ID")
@click.option(
    "--layer",
    "folder",
    metavar="MAPP",
    type=options.PATH,
    required=True,
    help="Lagrets mapp; skapas om den inte finns.",
)
@click.option(
    "--section", metavar="AVSNITT", help="Det avsnitt som en helt ny klausul ska stå i, till exempel ekonomi."
)
@click.option("--overwrite", is_flag=True, help="Ersätt filen om den finns.")
@options.no_config
def command(id_: str, folder: Path, section: str | None, overwrite: bool, no_config: bool) -> None:
    """Skapa en fil med texten ID i lagret MAPP, att ändra i.

    Finns texten redan i lagren under blir filen en kopia av den. Annars blir den ett skelett med förklaringar: en ny
    variant (överskott/fonderas) eller en ny klausul (min_klausul). Filen går att använda som den är.
    """
    from iopdocs.authoring.new_text import manifest, refuse_strange_folder, start
    from iopdocs.files.atomic import write_atomically
    from iopdocs.library.layers import MANIFEST

    below = _layers_below(folder, no_config)
    refuse_strange_folder(folder)
    library, own = _libraries(below, folder)
    begun = start(library, id_, section or "", own)
    texts = {folder / name: text for name, text in begun.files.items()}
    refuse_existing(next(iter(texts)), overwrite)
    made = not (folder / MANIFEST).is_file()
    if made:
        texts = {folder / MANIFEST: manifest(folder, library.layers[0].manifest.version), **texts}
    told = []
    for path, text in texts.items():
        told.append(("Ändrade" if path.is_file() else "Skapade", path))
        _make_folder(path.parent)
        write_atomically(path, text.encode())
    click.echo("\n".join(_told(begun, folder, told, made)))
    _tell_of_others(below, folder)


def _layers_below(folder: Path, no_config: bool) -> tuple[Path, ...]:
    """Return the layers that *folder* lies on: those of ``iopdocs.yaml`` or IOPDOCS_LAYERS, up to itself."""
    from iopdocs.cli.lint_settings import named_layers
    from iopdocs.library.project_settings import find_settings, load_settings

    settings = None if no_config else find_settings(Path.cwd())
    layers = (load_settings(settings).layers if settings else ()) or named_layers()
    own = os.path.realpath(folder)
    places = [os.path.realpath(layer) for layer in layers]
    return layers[: places.index(own)] if own in places else layers


def _libraries(below: Sequence[Path], folder: Path) -> tuple[Library, Library | None]:
    """Return the library below the layer *folder*, and the one with it when it exists, whatever is wrong in it."""
    from iopdocs.library.layer_reader import load_library, read_library
    from iopdocs.library.layers import MANIFEST

    library = load_library(below)
    own = read_library((*below, folder))[0] if (folder / MANIFEST).is_file() else None
    return library, own


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what, hint = "mappen kan inte skapas", "ange en mapp som du får skriva i"
        raise WriteError.one(what, hint, str(folder)) from error


def _told(begun: NewText, folder: Path, written: Sequence[tuple[str, Path]], made: bool) -> Iterator[str]:
    if made:
        yield f"{folder} är nu ett lager: en mapp med egna texter ovanpå de som följer med."
    for verb, path in written:
        yield f"{verb} {quoted(path)}"
    if begun.alike:
        yield f"Texten är ny. Obs: {begun.alike}"
    text = next(path for _verb, path in written if path == folder / next(iter(begun.files)))
    id_, layer = quoted_word(begun.id), quoted(folder)
    yield ""
    yield "Gör nu så här:"
    steps = [f"Öppna {quoted(text)} i en textredigerare och skriv din text."]
    if begun.paste:
        steps.append(
            "Lägg in de här raderna där de ska stå i {section}, annars stannar iopdocs vid att texten inte används:\n{lines}".format(
                section=quoted(folder / "avsnitt" / f"{begun.section}.md.j2"),
                lines="\n".join(f"       {line}".rstrip() for line in begun.paste.split("\n")),
            )
        )  # fmt: skip
    steps.append(f"Se hur den blir: iopdocs clauses show {id_} --layer {layer}")
    steps.append(f"Pröva lagret: iopdocs clauses check {layer}")
    clause, slash, variant = begun.id.partition("/")
    if begun.copied is None and slash:
        choice = f"{clause}: {variant}"
        steps.append(f"Välj den i ett avtals datafil: klausuler: {{{choice}}}")
    steps.append(f"Gör ett avtal med den: iopdocs render avtal.yaml -o avtal.docx --layer {layer}")
    yield from (f"  {number}. {step}" for number, step in enumerate(steps, 1))


def _tell_of_others(below: Sequence[Path], folder: Path) -> None:
    """Tell of what is wrong in the layer besides: the new text is not to blame, but nothing can be rendered."""
    from iopdocs.library.layer_reader import read_library

    problems = read_library((*below, folder))[1]
    if problems:
        click.echo("\n" + "Lagret har fel som först måste rättas:", err=True)
        click.echo("\n".join(str(problem) for problem in problems), err=True)
