"""Find the data files that command line arguments refer to: names, folders and patterns, each file once."""

from __future__ import annotations

import glob
import itertools
import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import field, frozen

from iopdocs.errors import LoadError, Problem
from iopdocs.files.loader import kind_of, read_nodes
from iopdocs.files.nodes import MapNode
from iopdocs.files.text_file import clean_text, read_text
from iopdocs.library.layers import MANIFEST
from iopdocs.library.project_settings import NAME as SETTINGS
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import fields_of
from iopdocs.sources.made_documents import is_moved_aside

SUFFIXES = (".yaml", ".yml", ".json")


@frozen
class InputFile:
    """A file to read. With *named*, the user named the file itself, not its folder or a pattern."""

    path: Path
    named: bool


@frozen
class DiscoveredFiles:
    """The files found, in the order given. *problems* report arguments without files."""

    files: tuple[InputFile, ...]
    problems: tuple[Problem, ...] = field(factory=tuple)


def discover_files(arguments: Sequence[str], suffixes: tuple[str, ...] = SUFFIXES) -> DiscoveredFiles:
    """Return the data files that *arguments* refer to, each once: names as given, folders and patterns sorted.

    Files in folders and patterns are included if their names end with one of *suffixes*.

    Patterns are ``*``, ``?``, ``[…]`` and ``**``. They are expanded here, since not every shell does. In folders,
    hidden files and folders, layer folders, ``iopdocs.yaml`` and what a batch has moved aside are skipped.
    """
    files: dict[str, InputFile] = {}
    problems: list[Problem] = []
    for argument in arguments:
        path = Path(argument)
        if os.path.isdir(argument):
            matches = [InputFile(file, False) for file in _below(path, problems.append, suffixes)]
            if not matches:
                hint = f"ange en mapp med filer som slutar på {_one_of(suffixes)}"
                problems.append(Problem("mappen innehåller inga datafiler", hint, argument))
        elif not os.path.lexists(argument) and glob.has_magic(argument):
            matches = list(_matching(argument, problems.append, suffixes))
            if not matches:
                hint = "kontrollera stavningen och att du står i rätt mapp"
                problems.append(Problem("mönstret passar inte på någon datafil", hint, argument))
        else:
            matches = [InputFile(path, True)]
        for file in matches:
            place = os.path.realpath(file.path)
            if place not in files or file.named:
                files[place] = file
    return DiscoveredFiles(tuple(files.values()), tuple(problems))


def _one_of(words: Sequence[str]) -> str:
    return "{some} eller {last}".format(some=", ".join(words[:-1]), last=words[-1])


def _below(folder: Path, report: Callable[[Problem], None], suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Yield the data files in *folder* and its subfolders, sorted. Unreadable folders are reported."""

    def report_unreadable(error: OSError) -> None:
        hint = "kontrollera mappens behörigheter"
        report(Problem("mappen får inte läsas", hint, str(error.filename or folder)))

    for top, folders, names in os.walk(folder, onerror=report_unreadable):
        folders[:] = sorted(name for name in folders if not _is_skipped(Path(top, name)))
        for name in sorted(names):
            if _is_data(name, suffixes):
                yield Path(top, name)


def _matching(pattern: str, report: Callable[[Problem], None], suffixes: tuple[str, ...]) -> Iterator[InputFile]:
    for name in sorted(glob.glob(pattern, recursive=True)):
        path = Path(name)
        if path.is_dir():
            # ** also matches folders, whose files it matches separately.
            if "**" not in pattern and not _is_skipped(path):
                yield from (InputFile(file, False) for file in _below(path, report, suffixes))
        elif _is_data(path.name, suffixes) and not _in_skipped(path, pattern):
            yield InputFile(path, False)


def _is_data(name: str, suffixes: tuple[str, ...]) -> bool:
    # Office puts a lock file, whose name begins with ~$, beside an open file.
    return name.lower().endswith(suffixes) and not name.startswith((".", "~$")) and name.casefold() != SETTINGS


def _is_skipped(folder: Path) -> bool:
    return folder.name.startswith(".") or (folder / MANIFEST).is_file() or is_moved_aside(folder)


def _in_skipped(file: Path, pattern: str) -> bool:
    # Only folders matched by the pattern: naming such a folder includes its files.
    named = len(list(itertools.takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)))
    folders = list(reversed(file.parents))[named + (not file.is_absolute()) :]
    return any((folder / MANIFEST).is_file() or is_moved_aside(folder) for folder in folders)


def is_settings(path: Path) -> bool:
    """Return whether *path* has the name of the settings file."""
    return path.name.casefold() == SETTINGS


def is_other_data(path: Path) -> bool:
    """Return whether *path* can be read as YAML or JSON but has no top-level key that an agreement prints.

    Return false for an unreadable file, which may be an agreement.
    """
    try:
        text = clean_text(read_text(path), str(path))
        root = read_nodes(text, kind=kind_of(path), file=str(path)).root
    except LoadError:
        return False
    keys = (
        {unicodedata.normalize("NFC", key.text) for key, _value in root.entries} if isinstance(root, MapNode) else set()
    )
    return not keys & _printed_keys()


def _printed_keys() -> set[str]:
    return {part.key for part in fields_of(Agreement) if part.entry.printed}


def has_agreement(agreement: Agreement) -> bool:
    """Return whether the file of *agreement* has any top-level key that an agreement prints."""
    return agreement.source is None or any(key in agreement.source.positions for key in _printed_keys())
