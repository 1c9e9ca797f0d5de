"""Reading layers from disk: a library of them, and everything that is wrong in their files and in how they hang together."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TypeVar

import attrs

from iopdocs.errors import LibraryError, LoadError, Problem, printable_name
from iopdocs.files.loader import load_record
from iopdocs.files.path_arguments import AnyPath, several_paths
from iopdocs.files.text_file import read_text
from iopdocs.library.agreement_facts import problems_of_facts
from iopdocs.library.clauses import problems_of_clauses
from iopdocs.library.form_choice import FILE as CHOICES
from iopdocs.library.form_choice import parse_choices
from iopdocs.library.includes import endless, unreached
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
_TEXT_FOLDERS = ("dokument", "avsnitt", "klausuler")
_LARGEST_REFERENCE = 20_000_000
_ZIP, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

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
    """Return the library of the base layer with *layers* (a folder, or several) on top of it, the last one uppermost.

    Example::

        library = load_library("lager/exempelstad")
        documents = [render(agreement, library=library) for agreement in agreements]

    Raises:
        LibraryError: when a folder is missing or no layer, or a file in it is wrong; every problem is listed.
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
        LibraryError: when a folder is missing or no layer.
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
        *_namesakes([(layer.name, Path(layer.folder) / MANIFEST) for layer in library.layers]),
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


def _read_layer(folder: Path) -> tuple[Layer, list[Problem]]:
    if not folder.is_dir():
        what = "är ingen mapp" if folder.exists() else "lagret finns inte"
        raise LibraryError.one(what, "ange en mapp som innehåller lager.yaml", str(folder))
    refused = list(_not_to_be_opened(folder))
    if refused:
        raise LibraryError(refused)
    manifest = _manifest(folder)
    name = manifest.name or folder.name
    texts: dict[str, LayerText] = {}
    problems: list[Problem] = []
    for path in sorted(path for top in _TEXT_FOLDERS for path in (folder / top).rglob("*.j2")):
        relative = str(PurePosixPath(path.relative_to(folder)))
        try:
            text, wrong_text = read_layer_text(read_text(path), name=relative, layer=name, file=str(path))
        except LoadError as error:
            problems += _not_a_text(path, error)
            continue
        problems += wrong_text
        if text is not None:
            texts[relative] = text
    profiles, wrong_profiles = read_profiles(folder / PROFILES)
    wordlists, wrong_lists = read_word_lists(folder / WORD_LISTS)
    wrong_data: list[Problem] = []

    def parsed(path: Path, parse: Callable[..., T], **named: str) -> T | None:
        try:
            return parse(read_text(path), file=str(path), **named)
        except (LibraryError, LoadError) as error:
            wrong_data.extend(error.problems)
        return None

    files = sorted((folder / QUESTIONS).glob("*.yaml"))
    lists = {path.stem: parsed(path, parse_questions, name=path.stem) for path in files}
    choices = parsed(folder / CHOICES, parse_choices) if (folder / CHOICES).is_file() else None
    reference, wrong_reference = _reference(folder / REFERENCE)
    layer = Layer(
        name,
        str(folder),
        manifest,
        texts,
        profiles,
        reference,
        questions={stem: questions for stem, questions in lists.items() if questions is not None},
        choices=choices,
        wordlists=wordlists,
        samples={path.stem: str(path) for path in sorted((folder / SAMPLES).glob("*.yaml"))},
    )
    return layer, [*problems, *wrong_profiles, *wrong_data, *wrong_lists, *wrong_reference]


def _not_to_be_opened(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file of a layer that must not be opened: a link out of the layer, a pipe, a device.

    A layer may come from a stranger, and a link could put any file of the computer in an agreement. Nothing has been opened
    when this is checked. Folders whose names begin with a period, such as ``.git``, are never read.
    """
    top = os.path.realpath(folder)
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(place, name) for name in (*folders, *files)):
            target = os.path.realpath(path)
            if path.is_symlink() and not target.startswith(top + os.sep):
                yield Problem("länken leder ut ur lagret", "lägg en kopia av filen i lagret i stället", str(path))
            elif os.path.lexists(target) and stat.S_IFMT(os.stat(target).st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
                yield Problem("är ingen vanlig fil", "ta bort den ur lagret", str(path))


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        what = "mappen är inget lager: lager.yaml saknas"
        nearly = _nearly_manifest(folder)
        hint = f"döp om {nearly} till lager.yaml" if nearly else ""
        raise LibraryError.one(what, hint or "skapa lager.yaml med ”namn: …”", str(folder))
    try:
        manifest, _positions = load_record(read_text(path), Manifest, file=str(path))
    except LoadError as error:
        raise _not_a_manifest(path, folder.resolve().name, error) from error
    return manifest


def _nearly_manifest(folder: Path) -> str:
    """Return the name of a file of *folder* that its author may have meant to be ``lager.yaml``; else nothing."""
    names = ("lager.yml", "lager.yaml", "lager.txt", "lager.yaml.txt", "layer.yaml", "lager.json")
    return next((path.name for path in sorted(folder.iterdir()) if path.name.casefold() in names), "")


def _reference(path: Path) -> tuple[bytes | None, list[Problem]]:
    if not path.is_file():
        return None, []
    try:
        if path.stat().st_size > _LARGEST_REFERENCE:
            return None, [Problem("referensdokumentet är större än 20 MB", "minska bilderna i det", str(path))]
        return path.read_bytes(), []
    except OSError:
        return None, [Problem("filen kan inte läsas", "kontrollera att du får läsa den", str(path))]


def _not_a_text(path: Path, error: LoadError) -> list[Problem]:
    """Return the problems of *error*, which the text file *path* gave, with hints for one who writes texts."""
    start = _start(path)
    if start is not None and not start.strip(b"\xef\xbb\xbf \t\r\n"):
        hint = "skriv texten, eller ta bort filen; ska texten under utgå, skriv bara {# utgår #}"
        return [attrs.evolve(problem, hint=hint) for problem in error.problems]
    if start is not None and start.startswith((_ZIP, _OLD_WORD)):
        message = "filen är ett Word-dokument och ingen text"
        hint = "öppna den i Word, spara den som oformaterad text (UTF-8) och ge den filen namnet {name}"
        return [Problem(message, hint.format(name=path.name), str(path))]
    return list(error.problems)


def _not_a_manifest(path: Path, name: str, error: LoadError) -> LoadError:
    """Return *error*, which the ``lager.yaml`` *path* of the folder *name* gave, with a hint for one who has a layer."""
    start = _start(path)
    if start is None or start.strip(b"\xef\xbb\xbf \t\r\n"):
        return error
    hint = f"skriv minst en rad i den, till exempel ”namn: {name}”"
    return LoadError([attrs.evolve(problem, hint=hint) for problem in error.problems])


def _start(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError:
        return None


def _twice(layers: Sequence[str | Path]) -> Iterator[Problem]:
    """Yield a problem for each folder that *layers* names again."""
    seen: set[str] = set()
    for folder in layers:
        place = os.path.realpath(folder)
        if place in seen:
            yield Problem("lagret står två gånger", "ta bort det ena", str(folder))
        seen.add(place)


def _namesakes(layers: Sequence[tuple[str, Path]]) -> Iterator[Problem]:
    """Yield a problem for each of *layers* (name, its ``lager.yaml``) with the name of one below: messages show the name."""
    seen: dict[str, Path] = {}
    for name, manifest in layers:
        below = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), manifest)
        if below is manifest:
            continue
        message = f"lagret heter ”{name}”, som lagret i {printable_name(below.parent)}"
        if below is layers[0][1]:
            message = f"lagret heter ”{name}”, som grundlagret"
        hint = "ge lagret ett eget namn, så att det syns vilket lager en text kommer ifrån: ”namn: …”"
        yield Problem(message, hint, str(manifest), "namn")
