"""``iopdocs.yaml``: the settings that a folder's agreements are rendered and linted with, and how it is found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path

import attrs
from attrs import field, frozen

from iopdocs.errors import LoadError, Position, Problem
from iopdocs.files.loader import load_record
from iopdocs.files.text_file import read_text
from iopdocs.findings import FailOn
from iopdocs.library.rule_limits import Limits, PdfLevel
from iopdocs.model.fields import entry

NAME = "iopdocs.yaml"
"""The name of the settings file; letter case does not matter."""
_NEARLY = frozenset({"iopdocs.yml", ".iopdocs.yaml", ".iopdocs.yml", "iopdoc.yaml", "iopdoc.yml", "iopdocs.json"})


@frozen(kw_only=True)
class Settings:
    """The settings of ``iopdocs.yaml``, as written. Absent: not set."""

    profiles: tuple[str, ...] = entry(
        "profiler", "Profiler", "De profiler som avtalen granskas mot.", many=True, example="[malmo, vgr]"
    )
    layers: tuple[str, ...] = entry(
        "lager",
        "Lager",
        "Mappar eller zip-filer med egna texter och profiler, den sista överst.",
        many=True,
        example="[vart-lager]",
    )
    select: tuple[str, ...] = entry(
        "välj", "Välj", "Koder, eller början på koder, för de regler som ska prövas.", many=True, example="[K, S]"
    )
    ignore: tuple[str, ...] = entry(
        "ignorera", "Ignorera", "Koder, eller början på koder, som inte ska prövas.", many=True, example="[L]"
    )
    fail_on: FailOn | None = entry(
        "stoppa_vid",
        "Stoppa vid",
        "Fynd på den nivån, eller allvarligare, ger slutkod 1; ingen: fynd ger det aldrig.",
        example="varning",
    )
    limits: Limits | None = entry("gränser", "Gränser", "De tal som reglerna jämför med.")
    pdf: PdfLevel | None = entry(
        "pdf",
        "Slag av PDF",
        "a2 (PDF/A-2b och PDF/UA), a3 (PDF/A-3b och PDF/UA) eller a1 (PDF/A-1), efter vad arkivet kräver; annars a2.",
        example="a2",
    )
    baseline: str | None = entry(
        "baslinje", "Baslinje", "Filen med de fynd som redan är kända.", example="baslinje.yaml"
    )


@frozen
class Project:
    """The settings in *file*; *positions* are the places of each in it, by Swedish path."""

    file: Path
    settings: Settings
    positions: Mapping[str, Position] = field(repr=False)

    @property
    def layers(self) -> tuple[Path, ...]:
        """The folders, or zips, of the layers; one that is not absolute is relative to the folder of the file."""
        return tuple(self.file.parent / folder for folder in self.settings.layers)

    @property
    def baseline(self) -> Path | None:
        """The file of the baseline, relative to the folder of the file; ``None`` when there is none."""
        return self.file.parent / self.settings.baseline if self.settings.baseline else None

    def problem(self, message: str, hint: str, path: str) -> Problem:
        """Return the problem that the setting at *path* (``ignorera[1]``) causes, with its place."""
        return Problem(message, hint, str(self.file), path, self.positions.get(path))


def find_settings(start: str | PathLike[str]) -> Path | None:
    """Return the ``iopdocs.yaml`` nearest above the file or in the folder *start*, up to the root; the first one wins.

    Raises:
        LoadError: when a folder on the way has no ``iopdocs.yaml`` but one with nearly that name.
    """
    here = Path(start).absolute()
    for folder in (here, *here.parents):
        found = _settings_in(folder)
        if found is not None:
            return found
    return None


def _settings_in(folder: Path) -> Path | None:
    try:
        names = {path.name.casefold(): path for path in folder.iterdir() if "iopdoc" in path.name.casefold()}
    except (OSError, ValueError):
        # The folder is unreadable or is no folder: what it contains is unknown, and the search goes on.
        return None
    if NAME in names and not names[NAME].is_dir():
        # A pipe or a link to nothing is reported when it is read: to go on would lint with the settings of another folder.
        return names[NAME]
    nearly = next((path for name, path in sorted(names.items()) if name in _NEARLY and path.is_file()), None)
    if nearly is not None:
        raise LoadError.one("filen läses inte", "inställningarna ska heta iopdocs.yaml", str(nearly))
    return None


def load_settings(path: str | PathLike[str]) -> Project:
    """Return the settings in the file *path*, or in the ``iopdocs.yaml`` of the folder *path*.

    A file with only comments sets nothing, but ends the search for one higher up.

    Raises:
        LoadError: with every problem of the file, each with its place and a hint.
    """
    file = Path(path)
    if file.is_dir():
        file /= NAME
    try:
        text = read_text(fspath(file))
    except LoadError:
        if _is_blank(file):
            return Project(file, Settings(), {})
        raise
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return Project(file, Settings(), {})
    try:
        settings, positions = load_record(text, Settings, file=str(file))
    except LoadError as error:
        raise _with_slashes(text, error) from error
    return Project(file, settings, positions)


def _is_blank(file: Path) -> bool:
    try:
        return file.is_file() and file.stat().st_size < 1000 and not file.read_bytes().strip()
    except (OSError, ValueError):
        return False


def _with_slashes(text: str, error: LoadError) -> LoadError:
    """Return *error* with a hint about the backslashes of a path, where the unreadable text contains them."""
    lines = text.split("\n")
    problems = []
    for problem in error.problems:
        line = lines[problem.position.line - 1] if problem.position and problem.position.line <= len(lines) else ""
        path = re.search(r'"([^"\n]*\\[^"\n]*)"', line)
        if path:
            message = "\\ inom citattecken betyder något annat än mapp"
            hint = 'skriv / i stället: "{path}"'.format(path=path[1].replace("\\", "/"))
            problem = attrs.evolve(problem, message=message, hint=hint)
        problems.append(problem)
    return LoadError(problems)
