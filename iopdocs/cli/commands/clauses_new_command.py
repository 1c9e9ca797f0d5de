"""``iopdocs clauses new``: a working own text to start from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.file_paths import quoted, quoted_word, refuse_existing
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo

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
    from iopdocs.files.atomic import make_folder, write_atomically
    from iopdocs.library.layers import MANIFEST

    below = _layers_below(folder, no_config)
    refuse_strange_folder(folder)
    library, own = _libraries(below, folder)
    begun = start(library, id_, section or "", own)
    texts = {folder / name: text for name, text in begun.files.items()}
    refuse_existing(next(iter(texts)), overwrite)
    is_new_layer = not (folder / MANIFEST).is_file()
    if is_new_layer:
        texts = {folder / MANIFEST: manifest(folder, library.layers[0].manifest.version), **texts}
    written = []
    for path, text in texts.items():
        written.append(("Ändrade" if path.is_file() else "Skapade", path))
        make_folder(path.parent)
        write_atomically(path, text.encode())
    echo("\n".join(_next_steps(begun, folder, written, is_new_layer)))
    _print_other_problems(below, folder)


def _layers_below(folder: Path, no_config: bool) -> tuple[Path, ...]:
    """Return the layers below *folder*: those of ``iopdocs.yaml`` or IOPDOCS_LAYERS, up to *folder* itself."""
    from iopdocs.cli.lint_settings import named_layers
    from iopdocs.library.project_settings import find_settings, load_settings

    settings = None if no_config else find_settings(Path.cwd())
    layers = (load_settings(settings).layers if settings else ()) or named_layers()
    own = os.path.realpath(folder)
    places = [os.path.realpath(layer) for layer in layers]
    return layers[: places.index(own)] if own in places else layers


def _libraries(below: Sequence[Path], folder: Path) -> tuple[Library, Library | None]:
    """Return the library below the layer *folder*, and the library with that layer if it exists, whatever its problems."""
    from iopdocs.library.layer_reader import load_library, read_library
    from iopdocs.library.layers import MANIFEST

    library = load_library(below)
    own = read_library((*below, folder))[0] if (folder / MANIFEST).is_file() else None
    return library, own


def _next_steps(begun: NewText, folder: Path, written: Sequence[tuple[str, Path]], is_new_layer: bool) -> Iterator[str]:
    if is_new_layer:
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


def _print_other_problems(below: Sequence[Path], folder: Path) -> None:
    """Print the layer's other problems: the new text did not cause them, but nothing can be rendered."""
    from iopdocs.library.layer_reader import read_library

    problems = read_library((*below, folder))[1]
    if problems:
        echo("\n" + "Lagret har fel som först måste rättas:", err=True)
        echo("\n".join(str(problem) for problem in problems), err=True)
