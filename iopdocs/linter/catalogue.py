"""The catalogue: every rule and every point of a profile, explained from its own docstring or data."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import attrs

from iopdocs.errors import LibraryError
from iopdocs.findings import Explained, Level
from iopdocs.library.layers import Library
from iopdocs.linter.rule import Rule
from iopdocs.linter.rules import RULES


def catalogue(library: Library, rules: Sequence[Rule] = RULES) -> tuple[Explained, ...]:
    """Return every rule and every point of the profiles in *library*, by code."""
    found = [_of_rule(rule) for rule in rules]
    return tuple(sorted((*found, *_points(library)), key=lambda one: one.code))


def explain(code: str, library: Library, rules: Sequence[Rule] = RULES) -> Explained:
    """Return what the catalogue says of *code*; letter case is ignored.

    Raises:
        LibraryError: when there is no such code; the message names the nearest.
    """
    everything = catalogue(library, rules)
    wanted = code.strip().upper()
    for one in everything:
        if one.code == wanted or one.name == code.strip().lower():
            return one
    near = difflib.get_close_matches(wanted, [one.code for one in everything], n=1, cutoff=0.6)
    hint = f"menade du {near[0]}?" if near else "se alla: iopdocs rules"
    raise LibraryError.one(f"regeln ”{code}” finns inte", hint)


def _of_rule(rule: Rule) -> Explained:
    page = rule.page
    return Explained(
        rule.code, rule.name, rule.level, page.title, page.what, page.why, rule.sources, rule.reads, page.bad, page.good
    )


def _points(library: Library) -> list[Explained]:
    found: dict[str, Explained] = {}
    names = sorted({name for layer in library.layers for name in layer.profiles})
    for name in names:
        for point in library.profile(name).points:
            code = point.code or ""
            if code in found:
                known = found[code]
                found[code] = attrs.evolve(known, profiles=(*known.profiles, name))
                continue
            what = point.meaning
            title = f"{point.title} saknas"
            why = {
                Level.ERROR: "Källan räknar det till det som avtalet ska innehålla.",
                Level.WARNING: "Källan tar upp det som något avtalet behöver säga.",
                Level.ADVICE: "Källan nämner det som lämpligt att ha med.",
            }[point.level or Level.ERROR]
            found[code] = Explained(
                code, point.title or "", point.level or Level.ERROR, title, what, why,
                tuple(str(source) for source in point.sources), point.reads, hint=point.help or "", profiles=(name,),
            )  # fmt: skip
    return list(found.values())
