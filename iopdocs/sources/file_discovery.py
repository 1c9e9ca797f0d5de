"""Which files a command line means: names, folders and patterns become data files, each once."""

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

SUFFIXES = (".yaml", ".yml", ".json")


@frozen
class InputFile:
    """A file to read; *named* when the user gave its name, and did not only point at the folder it lies in."""

    path: Path
    named: bool


@frozen
class DiscoveredFiles:
    """The files that were meant, in the order they were given; *problems* tell of names that led to nothing."""

    files: tuple[InputFile, ...]
    problems: tuple[Problem, ...] = field(factory=tuple)


def walk(arguments: Sequence[str], suffixes: tuple[str, ...] = SUFFIXES) -> DiscoveredFiles:
    """Return the data files that *arguments* mean, each once: names as given, what folders and patterns hold sorted.

    What folders and patterns hold counts when its name ends with one of *suffixes*.

    Patterns are ``*``, ``?``, ``[…]`` and ``**``; they are read here, since not every command prompt does. In folders,
    hidden files and folders, folders that are layers, and ``iopdocs.yaml`` are passed by.
    """
    files: dict[str, InputFile] = {}
    problems: list[Problem] = []
    for argument in arguments:
        path = Path(argument)
        if os.path.isdir(argument):
            found = [InputFile(file, False) for file in _below(path, problems.append, suffixes)]
            if not found:
                hint = f"ange en mapp med filer som slutar på {_one_of(suffixes)}"
                problems.append(Problem("mappen innehåller inga datafiler", hint, argument))
        elif not os.path.lexists(argument) and glob.has_magic(argument):
            found = list(_matching(argument, problems.append, suffixes))
            if not found:
                hint = "kontrollera stavningen och att du står i rätt mapp"
                problems.append(Problem("mönstret passar inte på någon datafil", hint, argument))
        else:
            found = [InputFile(path, True)]
        for one in found:
            place = os.path.realpath(one.path)
            if place not in files or one.named:
                files[place] = one
    return DiscoveredFiles(tuple(files.values()), tuple(problems))


def _one_of(words: Sequence[str]) -> str:
    return "{some} eller {last}".format(some=", ".join(words[:-1]), last=words[-1])


def _below(folder: Path, tell: Callable[[Problem], None], suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Yield the data files in *folder* and the folders below it, sorted; folders that cannot be read are told."""

    def closed(error: OSError) -> None:
        hint = "kontrollera mappens behörigheter"
        tell(Problem("mappen får inte läsas", hint, str(error.filename or folder)))

    for top, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not _is_passed_by(Path(top, name)))
        for name in sorted(names):
            if _is_data(name, suffixes):
                yield Path(top, name)


def _matching(pattern: str, tell: Callable[[Problem], None], suffixes: tuple[str, ...]) -> Iterator[InputFile]:
    for name in sorted(glob.glob(pattern, recursive=True)):
        path = Path(name)
        if path.is_dir():
            # ** matches folders too, whose files it matches by themselves.
            if "**" not in pattern and not _is_passed_by(path):
                yield from (InputFile(file, False) for file in _below(path, tell, suffixes))
        elif _is_data(path.name, suffixes) and not _in_layer(path, pattern):
            yield InputFile(path, False)


def _is_data(name: str, suffixes: tuple[str, ...]) -> bool:
    # What begins with ~$ is the lock that Office puts beside an open file.
    return name.lower().endswith(suffixes) and not name.startswith((".", "~$")) and name.casefold() != SETTINGS


def _is_passed_by(folder: Path) -> bool:
    return folder.name.startswith(".") or (folder / MANIFEST).is_file()


def _in_layer(file: Path, pattern: str) -> bool:
    # Only folders that the pattern has found: whoever names a layer's folder means what is in it.
    named = len(list(itertools.takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)))
    found = list(reversed(file.parents))[named + (not file.is_absolute()) :]
    return any((folder / MANIFEST).is_file() for folder in found)


def is_settings(path: Path) -> bool:
    """Tell whether *path* is named as the file of settings."""
    return path.name.casefold() == SETTINGS


def is_other_data(path: Path) -> bool:
    """Tell whether *path* can be read as YAML or JSON but has nothing at the top that an agreement prints.

    What cannot be read at all may well be an agreement.
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
    return {one.key for one in fields_of(Agreement) if one.entry.printed}


def has_agreement(agreement: Agreement) -> bool:
    """Tell whether the file of *agreement* has any key at the top that an agreement prints."""
    return agreement.source is None or any(key in agreement.source.positions for key in _printed_keys())
