"""The settings that each file is linted and rendered with: the command line takes precedence over ``iopdocs.yaml``."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Sequence
from itertools import takewhile
from pathlib import Path

import attrs
from attrs import Factory, define, frozen

from iopdocs.errors import LibraryError, Problem, printable_name
from iopdocs.findings import RULE_FAMILIES, FailOn, Family
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.profile_reader import is_rule_code
from iopdocs.library.project_settings import Project, Settings, find_settings, load_settings
from iopdocs.library.rule_limits import PdfLevel
from iopdocs.linter.options import LintOptions

LAYERS = "IOPDOCS_LAYERS"
"""The environment variable that names layers when neither the command line nor ``iopdocs.yaml`` names any."""


@frozen(kw_only=True)
class LintCommandOptions:
    """The options of the command line; an empty or absent one is taken from the settings, else from the defaults."""

    lint: LintOptions = LintOptions(profiles=())
    layers: tuple[Path, ...] = ()
    fail_on: FailOn | None = None
    baseline: Path | None = None
    pdf: PdfLevel | None = None
    no_config: bool = False
    is_day_given: bool = False

    @property
    def as_arguments(self) -> tuple[str, ...]:
        """The given lint options, as arguments that repeat them."""
        named = (
            ("--profile", self.lint.profiles), ("--layer", map(str, self.layers)), ("--select", self.lint.select),
            ("--ignore", self.lint.ignore),
        )  # fmt: skip
        words = [word for option, values in named for value in values for word in (option, value)]
        words += ["--no-config"] if self.no_config else []
        day = self.lint.today if self.is_day_given else None
        return (*words, *(["--date", day.isoformat()] if day else []))


@frozen(kw_only=True, eq=False)
class LintSettings:
    """The settings that a file is linted and rendered with."""

    library: Library
    lint: LintOptions
    fail_on: FailOn
    baseline: Path | None
    pdf: PdfLevel = PdfLevel.A2

    def asks(self, code: str) -> bool:
        """Return whether the rule or point *code* is checked."""
        points = (point for name in self.lint.profiles for point in self.library.profile(name).points)
        is_rule = Family.of(code) is not Family.COMPLETENESS or is_rule_code(code)
        return self.lint.wants(code) and (is_rule or any(code == point.code for point in points))


@define
class LintSettingsFinder:
    """Finds each file's settings from *options* and ``iopdocs.yaml``; reads each library and ``iopdocs.yaml`` once."""

    options: LintCommandOptions
    _by_folder: dict[Path, LintSettings] = Factory(dict)
    _by_settings: dict[Path | None, LintSettings] = Factory(dict)
    _libraries: dict[tuple[str, ...], Library] = Factory(dict)

    def of(self, file: Path) -> LintSettings:
        """Return the settings for *file*; for the contents of a folder, *file* names any path directly in it.

        Raises:
            LoadError: when the settings are wrong, with file and line.
            LibraryError: when a layer is missing or wrong, or a profile or a code does not exist.
        """
        folder = file.absolute().parent
        if folder not in self._by_folder:
            found = None if self.options.no_config else find_settings(folder)
            if found not in self._by_settings:
                self._by_settings[found] = self._made(load_settings(shown(found)) if found else None)
            self._by_folder[folder] = self._by_settings[found]
        return self._by_folder[folder]

    def _made(self, project: Project | None) -> LintSettings:
        options, settings = self.options, project.settings if project else Settings()
        given = options.lint
        library = self._library(options.layers or (project.layers if project else ()) or named_layers(), project)
        profiles = given.profiles or settings.profiles or ("grund",)
        _check_profiles(library, profiles, project if not given.profiles else None)
        given_select, given_ignore = _codes(given.select), _codes(given.ignore)
        select, ignore = given_select or _codes(settings.select), given_ignore or _codes(settings.ignore)
        if select or ignore:
            codes = known_codes(library)
            _check_codes(select, codes, "--select" if given_select else "välj", None if given_select else project)
            _check_codes(ignore, codes, "--ignore" if given_ignore else "ignorera", None if given_ignore else project)
        if given_select and not given_ignore:
            # A code that is selected by name is shown even when the settings ignore it.
            ignore = tuple(code for code in ignore if not any(wanted.startswith(code) for wanted in given_select))
        return LintSettings(
            library=library,
            lint=attrs.evolve(given, profiles=profiles, select=select, ignore=ignore, limits=settings.limits),
            fail_on=options.fail_on or settings.fail_on or FailOn.ERROR,
            baseline=options.baseline or (project.baseline if project else None),
            pdf=options.pdf or settings.pdf or PdfLevel.A2,
        )

    def _library(self, layers: Sequence[Path], project: Project | None) -> Library:
        key = tuple(os.path.realpath(folder) for folder in layers)
        if key not in self._libraries:
            if project is not None and project.layers and not self.options.layers:
                _check_layers(layers, project)
            self._libraries[key] = load_library(layers)
        return self._libraries[key]


def named_layers() -> tuple[Path, ...]:
    """Return the folders and zips that the environment variable IOPDOCS_LAYERS names, the last one uppermost.

    Raises:
        LibraryError: when one of them is missing.
    """
    words = [word.strip() for word in os.environ.get(LAYERS, "").split(os.pathsep)]
    folders = tuple(Path(word).expanduser() for word in words if word)
    hint = f"rätta miljövariabeln {LAYERS}, eller ta bort den"
    missing = [folder for folder in folders if not os.path.exists(folder)]
    if missing:
        what = "{name}: lagret {folder} finns inte"
        raise LibraryError([Problem(what.format(name=LAYERS, folder=folder), hint) for folder in missing])
    return folders


def shown(path: Path) -> Path:
    """Return *path* for messages: relative to the working directory when it is below it or above, else whole."""
    try:
        relative = Path(os.path.relpath(path))
    except ValueError:  # another drive on Windows
        return path
    return relative if len(relative.parts) <= len(path.parts) else path


def known_codes(library: Library) -> tuple[str, ...]:
    """Return every code that a finding can have, sorted."""
    from iopdocs.linter.catalogue import catalogue
    from iopdocs.linter.engine import FAILED
    from iopdocs.linter.external_rules import rules_for

    return tuple(sorted({FAILED, *(one.code for one in catalogue(library, rules_for(library)))}))


def read_codes(words: Sequence[str], library: Library, option: str) -> tuple[str, ...]:
    """Return the codes, or prefixes of codes, in *words*, in capitals; a word may contain several, separated by commas.

    Raises:
        LibraryError: when no rule has such a code; the message names *option* and the nearest code.
    """
    codes = _codes(words)
    if codes:
        _check_codes(codes, known_codes(library), option, None)
    return codes


def _codes(words: Sequence[str]) -> tuple[str, ...]:
    parts = (part.strip().upper() for word in words for part in word.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _check_layers(layers: Sequence[Path], project: Project) -> None:
    problems = [
        project.problem(
            f"lagret {printable_name(folder)} finns inte",
            "ange en mapp eller zip-fil som innehåller lager.yaml, räknat från filens mapp",
            f"lager[{number}]",
        )
        for number, folder in enumerate(layers, 1)
        if not os.path.exists(folder)
    ]
    if problems:
        raise LibraryError(problems)


def _check_profiles(library: Library, profiles: Sequence[str], project: Project | None) -> None:
    for number, name in enumerate(profiles, 1):
        try:
            library.profile(name)
        except LibraryError as error:
            if project is None or len(error.problems) != 1:
                raise
            problem = error.problems[0]
            where = f"profiler[{number}]"
            raise LibraryError([project.problem(problem.message, problem.hint, where)]) from None


def _check_codes(codes: Sequence[str], known: Collection[str], key: str, project: Project | None) -> None:
    letters = {family.letter for family in RULE_FAMILIES}
    problems = []
    for code in codes:
        if code in letters or any(one.startswith(code) for one in known):
            continue
        alike = difflib.get_close_matches(code[:20], known, n=5, cutoff=0.5)
        near = max(
            alike,
            key=lambda one: len([*takewhile(lambda pair: pair[0] == pair[1], zip(one, code, strict=False))]),
            default=None,
        )
        hint = f"menade du {near}?" if near else "se alla: iopdocs rules"
        message = f"ingen regel har en kod som börjar på ”{code[:60]}”"
        if project is None:
            problems.append(Problem(message, hint, key))
        else:
            written = project.settings.select if key == "välj" else project.settings.ignore
            number = next(n for n, word in enumerate(written, 1) if code in _codes((word,)))
            problems.append(project.problem(message, hint, f"{key}[{number}]"))
    if problems:
        raise LibraryError(problems)
