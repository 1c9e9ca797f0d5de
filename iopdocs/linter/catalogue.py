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
    explained = [_of_rule(rule) for rule in rules]
    return tuple(sorted((*explained, *_points(library)), key=lambda explanation: explanation.code))


def explain(code: str, library: Library, rules: Sequence[Rule] = RULES) -> Explained:
    """Return the catalogue's entry for *code*, given as a code or a rule's name; letter case is ignored.

    Raises:
        LibraryError: when no such code exists; the message suggests the nearest.
    """
    everything = catalogue(library, rules)
    wanted = code.strip().upper()
    for explanation in everything:
        if explanation.code == wanted or explanation.name == code.strip().lower():
            return explanation
    near = difflib.get_close_matches(wanted, [explanation.code for explanation in everything], n=1, cutoff=0.6)
    hint = f"menade du {near[0]}?" if near else "se alla: iopdocs rules"
    raise LibraryError.one(f"regeln ”{code}” finns inte", hint)


def _of_rule(rule: Rule) -> Explained:
    page = rule.page
    return Explained(
        rule.code, rule.name, rule.level, page.title, page.what, page.why, rule.sources, rule.reads, page.bad, page.good
    )


def _points(library: Library) -> list[Explained]:
    by_code: dict[str, Explained] = {}
    names = sorted({name for layer in library.layers for name in layer.profiles})
    for name in names:
        for point in library.profile(name).points:
            code = point.code or ""
            if code in by_code:
                earlier = by_code[code]
                by_code[code] = attrs.evolve(earlier, profiles=(*earlier.profiles, name))
                continue
            what = point.meaning
            title = f"{point.title} saknas"
            why = {
                Level.ERROR: "Källan räknar det till det som avtalet ska innehålla.",
                Level.WARNING: "Källan tar upp det som något avtalet behöver säga.",
                Level.ADVICE: "Källan nämner det som lämpligt att ha med.",
            }[point.level or Level.ERROR]
            by_code[code] = Explained(
                code, point.title or "", point.level or Level.ERROR, title, what, why,
                tuple(str(source) for source in point.sources), point.reads, hint=point.help or "", profiles=(name,),
            )  # fmt: skip
    return list(by_code.values())
