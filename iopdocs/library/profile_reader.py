"""Read a profile as it is written, and report what is wrong with its points and changes by themselves."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import PurePosixPath

import attrs
from attrs import frozen

from iopdocs.errors import LibraryError, LoadError, Position, Problem
from iopdocs.files.converter import MOST_PROBLEMS
from iopdocs.files.loader import load_record
from iopdocs.findings import Family
from iopdocs.library.data_paths import field_at, nearest_path, section_of
from iopdocs.library.layer_files import LayerFiles
from iopdocs.library.profiles import Change, Point, Profile

FOLDER = "profiler"
"""Where a layer keeps its profiles."""

_POINT = re.compile(r"[KX][0-9]{3}")
_RULE = re.compile(r"[SJRLTX][0-9]{3}|K2[0-9]{2}")
_SHOWN = 60  # characters of a user's word that a message quotes


@frozen
class WrittenProfile:
    """A profile as its file has it, before what it extends is merged in; *positions* are by Swedish path."""

    profile: Profile
    file: str
    positions: Mapping[str, Position]

    @property
    def points(self) -> tuple[Point, ...]:
        """The profile's own points."""
        return self.profile.points

    def problem(self, message: str, hint: str, path: str) -> Problem:
        """Return a problem located at *path*, or at the nearest key above it that the file has."""
        place = path
        while place and place not in self.positions:
            cut = max(place.rfind("."), place.rfind("["))
            place = place[:cut] if cut > 0 else ""
        return Problem(message, hint, self.file, path, self.positions.get(place))


def parse_profile(text: str, *, name: str, file: str) -> WrittenProfile:
    """Return the profile that *text* (YAML) contains; *name* is the name it must have.

    A point that names no section gets that of its first path.

    Raises:
        LoadError: when the text is no YAML, or has keys or values that a profile cannot have.
        LibraryError: when the profile has another name, or a point or a change cannot be used.
    """
    profile, positions = load_record(text, Profile, file=file)
    name = unicodedata.normalize("NFC", name)
    written = WrittenProfile(
        attrs.evolve(profile, points=tuple(_tidied(one) for one in profile.points)), file, positions
    )
    found = chain(_wrong_name(written, name), _wrong_points(written), _wrong_changes(written))
    problems = sorted(islice(found, MOST_PROBLEMS), key=_place)
    if len(problems) == MOST_PROBLEMS:
        problems.append(Problem("det finns kanske fler fel", "rätta de här först", file))
    if problems:
        raise LibraryError(problems)
    return attrs.evolve(written, profile=attrs.evolve(written.profile, name=name))


def read_profiles(files: LayerFiles) -> tuple[dict[str, WrittenProfile], list[Problem]]:
    """Return the profiles among *files*, by name, and every problem in them."""
    profiles: dict[str, WrittenProfile] = {}
    problems: list[Problem] = []
    for name in files.directly_in(FOLDER):
        path = PurePosixPath(name)
        if path.name.startswith("."):
            continue
        if path.suffix != ".yaml":
            hint = f"döp om den till {path.stem}.yaml, eller flytta den"
            problems.append(Problem("filen läses inte: en profil slutar på .yaml", hint, files.file(name)))
            continue
        try:
            written = parse_profile(files.read_text(name), name=path.stem, file=files.file(name))
        except (LibraryError, LoadError) as error:
            problems += error.problems
        else:
            profiles[str(written.profile.name)] = written
    return profiles, problems


def is_rule_code(code: str) -> bool:
    """Return whether *code* has the form of the code of a rule outside the profiles."""
    return bool(_RULE.fullmatch(code))


def shown(text: str) -> str:
    """Return *text* shortened to fit in a message."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.position.line, problem.position.column) if problem.position else (0, 0)


def _tidied(point: Point) -> Point:
    """Return *point* with its paths as the model spells them and the section that its first path belongs to."""
    paths, all_paths = (
        tuple(unicodedata.normalize("NFC", path).strip() for path in some) for some in (point.paths, point.all_paths)
    )
    point = attrs.evolve(point, paths=paths, all_paths=all_paths)
    return attrs.evolve(point, section=point.section or section_of(point.path) or None)


def _wrong_name(written: WrittenProfile, name: str) -> Iterator[Problem]:
    said = written.profile.name
    if said is not None and unicodedata.normalize("NFC", said) != name:
        message = f"profilen heter ”{shown(said)}” men filen ”{name}.yaml”"
        yield written.problem(message, f"skriv ”namn: {name}”, eller byt namn på filen", "namn")


def _wrong_points(written: WrittenProfile) -> Iterator[Problem]:
    points = written.profile.points
    times = Counter(point.code for point in points)
    first: dict[str, int] = {}
    for number, point in enumerate(points, 1):
        where = f"punkter[{number}]"
        if point.code and times[point.code] > 1 and point.code in first:
            message = f"koden ”{shown(point.code)}” står redan vid punkter[{first[point.code]}]"
            yield written.problem(message, "ge varje punkt en egen kod", f"{where}.kod")
        first.setdefault(point.code or "", number)
        for path, message, hint in _wrong(point):
            yield written.problem(message, hint, f"{where}{path}")


def _wrong(point: Point) -> Iterator[tuple[str, str, str]]:
    """Yield (path in the point, message, hint)."""
    form = "skriv ”kod:” med K eller X och tre siffror, till exempel K901"
    if not point.code:
        yield "", "punkten har ingen kod", form
    elif not _POINT.fullmatch(point.code):
        yield ".kod", f"koden ”{shown(point.code)}” har fel form", form
    elif is_rule_code(point.code) and Family.of(point.code) is Family.COMPLETENESS:
        hint = "välj en kod mellan K801 och K999"
        yield ".kod", "koderna K200–K299 är granskningens egna", hint
    if not (point.title or "").strip():
        yield "", "punkten har ingen titel", "skriv ”titel:” och vad som ska finnas"
    if not point.reads:
        hint = "skriv ”finns:” eller ”alla:” med vägar i data, eller ”villkor:”"
        yield "", "punkten har inget att pröva", hint
    for key, paths in (("finns", point.paths), ("alla", point.all_paths)):
        for number, path in enumerate(paths, 1):
            if field_at(path) is None:
                yield (
                    f".{key}[{number}]",
                    f"vägen ”{shown(path)}” finns inte i ett avtal",
                    _near(path),
                )


def _near(path: str) -> str:
    near = nearest_path(path)
    return f"menade du ”{near}”?" if near else "en väg är nycklar i ett avtal med punkt emellan, till exempel mål.syfte"


def _wrong_changes(written: WrittenProfile) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, change in enumerate(written.profile.changes, 1):
        where = f"ändringar[{number}]"
        if change.code and change.code in seen:
            message = f"”{shown(change.code)}” ändras redan vid ändringar[{seen[change.code]}]"
            yield written.problem(message, "skriv allt om samma kod på ett ställe", f"{where}.regel")
        seen.setdefault(change.code or "", number)
        for path, message, hint in _wrong_change(change, {point.code for point in written.profile.points}):
            yield written.problem(message, hint, f"{where}{path}")


def _wrong_change(change: Change, own: Iterable[str | None]) -> Iterator[tuple[str, str, str]]:
    if not change.code:
        yield "", "ändringen säger inte vad den gäller", "skriv ”regel:” och punktens eller regelns kod"
    elif change.code in own:
        message = f"”{shown(change.code)}” är profilens egen punkt"
        yield ".regel", message, "ändra punkten själv, under ”punkter”"
    if change.removed and change.level is not None:
        yield ".nivå", "det som tas bort har ingen nivå", "ta bort ”nivå”, eller ”tas_bort: ja”"
    if change.removed and not (change.reason or "").strip():
        hint = "skriv ”skäl:” och varför det inte ska gälla"
        yield ".tas_bort", "det som tas bort behöver ett skäl", hint
    if not change.removed and change.level is None:
        hint = "skriv ”nivå:” med fel, varning eller råd, eller ”tas_bort: ja” och ”skäl:”"
        yield "", "ändringen ändrar ingenting", hint
