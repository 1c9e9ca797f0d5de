"""Rules written by others: found by the entry points of installed packages, or passed in by the caller."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from iopdocs.errors import LibraryError, Problem
from iopdocs.findings import Level
from iopdocs.library.data_paths import field_at, nearest_path
from iopdocs.library.layers import Library
from iopdocs.linter.rule import Rule
from iopdocs.linter.rules import RULES

GROUP = "iopdocs.rules"
"""The group of entry points, called as the module with what a rule needs; each leads to a :class:`~iopdocs.linter.rule.Rule` or to several in a list or tuple."""

_CODE = re.compile(r"X[0-9]{3}")
_Found = tuple[str, Any]
"""The owner, as named in messages, and the object that should be a rule."""


@cache
def own_rules() -> tuple[Rule, ...]:
    """Return the rules of all installed packages that have any, by code.

    They are searched for once: installed packages do not change while a program runs.

    Raises:
        LibraryError: when a package's rules cannot be imported, are not rules, have a code that is not X and three
            digits (X000 excluded) or that another package uses, or read a path that no agreement has; each problem
            names the package.
    """
    found: list[_Found] = []
    problems: list[Problem] = []
    for point in sorted(entry_points(group=GROUP), key=lambda one: (_package(one), one.name)):
        whose = f"paketet {_package(point)}, {point.name}"
        try:
            found += [(whose, one) for one in _several(point.load())]
        except (Exception, SystemExit) as error:
            # Foreign code runs here: its errors must be attributed to it, not to the agreement.
            problems.append(Problem(*_not_loaded(error, point), whose))
    return _checked(found, problems)


def rules_for(library: Library, extra: Sequence[Rule] = ()) -> tuple[Rule, ...]:
    """Return every rule to run: those of iopdocs, of installed packages and *extra*, by code.

    Raises:
        LibraryError: when a rule is wrong (:func:`own_rules`), or has the code of another rule or of a point in a
            profile of *library*.
    """
    given = [("rules=", one) for one in extra]
    installed = own_rules()
    own = _checked([*(("ett installerat paket", one) for one in installed), *given], []) if given else installed
    if not own:
        return RULES
    taken = {point.code: name for name, point in _points(library)}
    problems = [
        Problem(
            f"regeln {one.code} har samma kod som en punkt i profilen {taken[one.code]}",
            "byt kod på en av dem",
        )
        for one in own
        if one.code in taken
    ]
    if problems:
        raise LibraryError(problems)
    return tuple(sorted((*RULES, *own), key=lambda one: one.code))


def _not_loaded(error: BaseException, point: EntryPoint) -> tuple[str, str]:
    """Return (message, hint) on why the rules of *point* cannot be loaded."""
    if isinstance(error, ImportError) and (error.name or "").startswith("iopdocs."):
        # Modules move between versions; this address is stable.
        names = "rule, Case, Hit, Rule, Level, read_cases, NamedCase"
        hint = f"skriv ”from {GROUP} import …”; där finns {names}"
        return f"reglerna kan inte läsas in: de importerar ur {error.name}, men det finns inte där längre", hint
    message = f"reglerna kan inte läsas in ({type(error).__name__})"
    return message, f"rätta eller avinstallera paketet; ingångspunkten är {point.value}"


def _points(library: Library) -> Iterable[tuple[str, Any]]:
    for name in sorted({name for layer in library.layers for name in layer.profiles}):
        for point in library.profile(name).points:
            yield name, point


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value.partition(":")[0]


def _several(loaded: Any) -> Sequence[Any]:
    return loaded if isinstance(loaded, tuple | list) else (loaded,)


def _checked(found: Sequence[_Found], problems: list[Problem]) -> tuple[Rule, ...]:
    kept: dict[str, tuple[str, Rule]] = {}
    for whose, one in found:
        wrong = _wrong(one)
        if wrong is None and one.code in kept:
            message = f"koden {one.code} är redan tagen av {kept[one.code][0]}"
            wrong = (message, "välj en annan kod mellan X001 och X999")
        if wrong is not None:
            problems.append(Problem(*wrong, whose))
        else:
            kept[one.code] = (whose, one)
    if problems:
        raise LibraryError(problems)
    return tuple(kept[code][1] for code in sorted(kept))


def _wrong(one: Any) -> tuple[str, str] | None:
    """Return (message, hint) on what is wrong with a rule, or ``None``."""
    if not isinstance(one, Rule):
        kind = type(one).__name__
        return (
            f"{kind} är ingen regel",
            "gör regeln med dekoratorn ”rule” i iopdocs.rules, och låt ingångspunkten leda till den",
        )
    if not isinstance(one.code, str) or not _CODE.fullmatch(one.code) or one.code == "X000":
        return (
            f"regeln har koden {one.code}",
            "egna regler har koderna X001 till X999",
        )
    if not isinstance(one.name, str) or not one.name.strip() or not isinstance(one.level, Level):
        return (
            f"regeln {one.code} saknar namn, eller har en nivå som inte finns",
            "skriv @rule(kod, namn, Level.WARNING)",
        )
    if not isinstance(one.reads, tuple):
        message = f"regeln {one.code} säger inte vad den läser"
        return message, "skriv reads=(väg, …) i dekoratorn, eller utelämna det"
    for path in one.reads:
        if not isinstance(path, str) or field_at(unicodedata.normalize("NFC", path)) is None:
            message = f"regeln {one.code} läser ”{str(path)[:60]}”, som inget avtal har"
            near = nearest_path(path) if isinstance(path, str) else None
            hint = f"menade du ”{near}”?" if near else "alla vägar står i docs/data.md"
            return message, hint
    return None
