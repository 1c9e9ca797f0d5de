"""Reading layers: a library of them, and everything that is wrong in their files and in how they hang together."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TypeVar

import attrs

from iopdocs.errors import LibraryError, LoadError, Problem, printable_name
from iopdocs.files.loader import load_record
from iopdocs.files.path_arguments import AnyPath, several_paths
from iopdocs.files.text_file import too_large
from iopdocs.library.agreement_facts import problems_of_facts
from iopdocs.library.clauses import problems_of_clauses
from iopdocs.library.form_choice import FILE as CHOICES
from iopdocs.library.form_choice import parse_choices
from iopdocs.library.includes import endless, unreached
from iopdocs.library.layer_files import LayerFiles, open_layer
from iopdocs.library.layers import MANIFEST, REFERENCE, Layer, Library, Manifest
from iopdocs.library.lost_blocks import lost_parts
from iopdocs.library.profile_reader import FOLDER as PROFILES
from iopdocs.library.profile_reader import read_profiles
from iopdocs.library.question_lists import FOLDER as QUESTIONS
from iopdocs.library.question_lists import parse_questions
from iopdocs.library.texts import LayerText, read_layer_text
from iopdocs.library.word_lists import FOLDER as WORD_LISTS
from iopdocs.library.word_lists import problems_of, read_word_lists

SAMPLES = "exempel"
_TEXT_FOLDERS = ("dokument/", "avsnitt/", "klausuler/")
_LARGEST_REFERENCE = 20_000_000
_ZIP, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BLANK = b"\xef\xbb\xbf \t\r\n"

T = TypeVar("T")


def templates_dir() -> Path:
    """Return the folder of the base layer: in the installed package, else beside the package in a checkout.

    Raises:
        LibraryError: when neither holds it, which means that the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "templates" / "sv", package.parent / "templates" / "sv"):
        if folder.is_dir():
            return folder
    raise LibraryError.one("grundlagret med texter saknas", "installera om iopdocs", str(package))


def load_library(layers: AnyPath | Sequence[AnyPath] = ()) -> Library:
    """Return the library of the base layer with *layers* on top of it: a folder or a zip, or several, the last uppermost.

    Example::

        library = load_library("lager/exempelstad")
        documents = [render(agreement, library=library) for agreement in agreements]

    Raises:
        LibraryError: when a layer is missing or is none, or a file in it is wrong; every problem is listed.
    """
    folders = several_paths(layers)
    if not folders:
        return _base_library()
    library, problems = read_library(folders)
    if problems:
        raise LibraryError(problems)
    return library


def read_library(layers: Sequence[str | Path] = ()) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library of *layers* on top of the base layer as far as it can be read, and all that is wrong in it.

    A file that cannot be read is left out; what rests on such a file is not told.

    Raises:
        LibraryError: when a layer is missing or is none.
    """
    read = _read_layers(layers)
    library = Library((_base_layer(), *(layer for layer, _problems in read)))
    return library, _problems_of(library, [problem for _layer, wrong in read for problem in wrong])


def read_base() -> tuple[Library, tuple[Problem, ...]]:
    """Return the library of the base layer alone as far as it can be read, read anew, and all that is wrong in it."""
    layer, problems = _read_layer(templates_dir())
    library = Library((layer,))
    return library, _problems_of(library, problems, 0)


def _read_layers(layers: Sequence[str | Path]) -> list[tuple[Layer, list[Problem]]]:
    read: list[tuple[Layer, list[Problem]]] = []
    none: list[Problem] = list(_twice(layers))
    for folder in layers:
        try:
            read.append(_read_layer(Path(folder)))
        except (LibraryError, LoadError) as error:
            none += error.problems
    if none:
        raise LibraryError(none)
    return read


def _problems_of(library: Library, problems: list[Problem], start: int = 1) -> tuple[Problem, ...]:
    """Return *problems*, those of single files, and what is wrong in how the files hang together."""
    known = {text.file for layer in library.layers for text in layer.texts.values()}
    folders = {Path(problem.file).parent.name for problem in problems}
    lost = any(problem.file.endswith(".j2") and problem.file not in known for problem in problems)
    return (
        *problems,
        *_namesakes(library.layers),
        *problems_of_facts(library),
        *problems_of_clauses(library.clauses.values()),
        *lost_parts(library),
        *endless(library),
        *(() if lost else unreached(library, start)),
        *(() if PROFILES in folders else library.resolved.problems),
        *(() if WORD_LISTS in folders else problems_of([layer.wordlists for layer in library.layers])),
    )


@cache
def _base_layer() -> Layer:
    layer, problems = _read_layer(templates_dir())
    if problems:
        raise LibraryError(problems)
    return layer


@cache
def _base_library() -> Library:
    """Return the one library of the base layer alone: whoever renders without layers has its texts compiled once."""
    library, problems = read_library()
    if problems:
        raise LibraryError(problems)
    return library


def forget_base_layer() -> None:
    """Let the next library read the base layer from disk again: in a checkout its texts may have changed."""
    _base_layer.cache_clear()
    _base_library.cache_clear()


def _read_layer(place: Path) -> tuple[Layer, list[Problem]]:
    files = open_layer(place)
    manifest = _manifest(files)
    name = manifest.name or files.stem
    texts: dict[str, LayerText] = {}
    problems: list[Problem] = []
    for text_name in (name for name in files.files if name.startswith(_TEXT_FOLDERS) and name.endswith(".j2")):
        file = files.file(text_name)
        try:
            text, wrong_text = read_layer_text(files.read_text(text_name), name=text_name, layer=name, file=file)
        except LoadError as error:
            problems += _not_a_text(files, text_name, error)
            continue
        problems += wrong_text
        if text is not None:
            texts[text_name] = text
    profiles, wrong_profiles = read_profiles(files)
    wordlists, wrong_lists = read_word_lists(files)
    wrong_data: list[Problem] = []

    def parsed(path: str, parse: Callable[..., T], **named: str) -> T | None:
        try:
            return parse(files.read_text(path), file=files.file(path), **named)
        except (LibraryError, LoadError) as error:
            wrong_data.extend(error.problems)
        return None

    stems = {PurePosixPath(name).stem: name for name in files.directly_in(QUESTIONS, ".yaml")}
    lists = {stem: parsed(name, parse_questions, name=stem) for stem, name in stems.items()}
    choices = parsed(CHOICES, parse_choices) if files.has(CHOICES) else None
    reference, wrong_reference = _reference(files)
    layer = Layer(
        name,
        files,
        manifest,
        texts,
        profiles,
        reference,
        questions={stem: questions for stem, questions in lists.items() if questions is not None},
        choices=choices,
        wordlists=wordlists,
        samples={PurePosixPath(name).stem: files.file(name) for name in files.directly_in(SAMPLES, ".yaml")},
    )
    return layer, [
        *_folders_named_as_files(files), *problems, *wrong_profiles, *wrong_data, *wrong_lists, *wrong_reference,
    ]  # fmt: skip


def _folders_named_as_files(files: LayerFiles) -> Iterator[Problem]:
    """Yield a problem for each folder that has the name of a text or a list."""
    data = tuple(f"{folder}/" for folder in (PROFILES, WORD_LISTS, QUESTIONS, SAMPLES))
    for name in files.folders:
        if name.startswith(_TEXT_FOLDERS) and name.endswith(".j2") or name.startswith(data) and name.endswith(".yaml"):
            yield Problem("är en mapp, ingen fil", "ange en fil i mappen", files.file(name))


def _manifest(files: LayerFiles) -> Manifest:
    if not files.has(MANIFEST):
        nearly = _nearly_manifest(files)
        if nearly:
            hint = f"döp om {nearly} till lager.yaml"
        elif files.is_zip:
            hint = "packa mappen med lager.yaml: den ska ligga överst i zip-filen, eller i den enda mapp som finns där"
        else:
            hint = "skapa lager.yaml med ”namn: …”"
        kind = "zip-filen" if files.is_zip else "mappen"
        raise LibraryError.one(f"{kind} är inget lager: lager.yaml saknas", hint, files.place)
    try:
        manifest, _positions = load_record(files.read_text(MANIFEST), Manifest, file=files.file(MANIFEST))
    except LoadError as error:
        raise _not_a_manifest(files, error) from error
    return manifest


def _nearly_manifest(files: LayerFiles) -> str:
    """Return the name of a file that its author may have meant to be ``lager.yaml``; else nothing."""
    names = ("lager.yml", "lager.yaml", "lager.txt", "lager.yaml.txt", "layer.yaml", "lager.json")
    return next((name for name in files.files if name.casefold() in names), "")


def _reference(files: LayerFiles) -> tuple[bytes | None, list[Problem]]:
    if not files.has(REFERENCE):
        return None, []
    try:
        return files.read_bytes(REFERENCE, _LARGEST_REFERENCE), []
    except LoadError as error:
        large = too_large(files.file(REFERENCE), _LARGEST_REFERENCE)
        smaller = attrs.evolve(large, message="referensdokumentet är större än 20 MB", hint="minska bilderna i det")
        return None, [smaller if problem == large else problem for problem in error.problems]


def _not_a_text(files: LayerFiles, name: str, error: LoadError) -> list[Problem]:
    """Return the problems of *error*, which the text file *name* gave, with hints for one who writes texts."""
    content = _content(files, name)
    if content is not None and not content.strip(_BLANK):
        hint = "skriv texten, eller ta bort filen; ska texten under utgå, skriv bara {# utgår #}"
        return [attrs.evolve(problem, hint=hint) for problem in error.problems]
    if content is not None and content.startswith((_ZIP, _OLD_WORD)):
        message = "filen är ett Word-dokument och ingen text"
        hint = "öppna den i Word, spara den som oformaterad text (UTF-8) och ge den filen namnet {name}"
        return [Problem(message, hint.format(name=PurePosixPath(name).name), files.file(name))]
    return list(error.problems)


def _not_a_manifest(files: LayerFiles, error: LoadError) -> LoadError:
    """Return *error*, which the ``lager.yaml`` of *files* gave, with a hint for one who has a layer."""
    content = _content(files, MANIFEST)
    if content is None or content.strip(_BLANK):
        return error
    hint = f"skriv minst en rad i den, till exempel ”namn: {files.stem}”"
    return LoadError([attrs.evolve(problem, hint=hint) for problem in error.problems])


def _content(files: LayerFiles, name: str) -> bytes | None:
    try:
        return files.read_bytes(name)
    except LoadError:
        return None


def _twice(layers: Sequence[str | Path]) -> Iterator[Problem]:
    """Yield a problem for each layer that *layers* names again."""
    seen: set[str] = set()
    for folder in layers:
        place = os.path.realpath(folder)
        if place in seen:
            yield Problem("lagret står två gånger", "ta bort det ena", str(folder))
        seen.add(place)


def _namesakes(layers: Sequence[Layer]) -> Iterator[Problem]:
    """Yield a problem for each of *layers* with the name of one below: messages show the name."""
    seen: dict[str, Layer] = {}
    for layer in layers:
        below = seen.setdefault(unicodedata.normalize("NFC", layer.name).casefold(), layer)
        if below is layer:
            continue
        message = f"lagret heter ”{layer.name}”, som lagret i {printable_name(below.folder)}"
        if below is layers[0]:
            message = f"lagret heter ”{layer.name}”, som grundlagret"
        hint = "ge lagret ett eget namn, så att det syns vilket lager en text kommer ifrån: ”namn: …”"
        yield Problem(message, hint, layer.files.file(MANIFEST), "namn")
