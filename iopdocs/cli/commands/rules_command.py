"""``iopdocs rules``: every rule of the linter, and every point of the profiles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand

if TYPE_CHECKING:
    from iopdocs.cli.terminal import TerminalStyle
    from iopdocs.findings import Explained
    from iopdocs.library.profiles import Profile


@click.command(cls=SwedishCommand, name="rules", short_help="Räkna upp reglerna.")
@click.option("--family", "families", metavar="BOKSTAV", multiple=True, help="Bara koder som börjar så: S, K1.")
@click.option("--profile", metavar="PROFIL", help="Bara det som prövas mot profilen, med dess nivåer.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="text att läsa, json för program."
)
@options.layers("Lager med egna profiler; kan upprepas. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS.")
@options.no_config
def command(
    families: tuple[str, ...], profile: str | None, form: str, layers: tuple[Path, ...], no_config: bool
) -> None:
    """Räkna upp reglerna och profilernas punkter: kod, nivå, namn och vad det gäller."""
    from iopdocs.cli.lint_settings import LintCommandOptions, Setups, read_codes
    from iopdocs.cli.terminal import screen
    from iopdocs.linter.catalogue import catalogue
    from iopdocs.linter.external_rules import rules_for

    library = Setups(LintCommandOptions(layers=layers, no_config=no_config)).of(Path("avtal.yaml")).library
    beginnings = read_codes(families, library, "--family")
    found: Iterable[Explained] = catalogue(library, rules_for(library))
    if profile is not None:
        found = under(found, library.profile(profile))
    if beginnings:
        found = [one for one in found if one.code.startswith(beginnings)]
    if form == "json":
        rows = [one.as_data() for one in found]
        click.echo(json.dumps({"format": 1, "regler": rows}, ensure_ascii=False, indent=2))
    else:
        for line in listed(list(found), screen()):
            click.echo(line)


def under(everything: Iterable[Explained], profile: Profile) -> Iterator[Explained]:
    """Yield the points of *profile* and the rules it does not take away, each at the level the profile gives it."""
    import attrs

    points = {point.code: point for point in profile.points}
    changes = {change.code: change for change in profile.changes}
    for one in everything:
        point, change = points.get(one.code), changes.get(one.code)
        if point is not None:
            yield attrs.evolve(one, level=point.level or one.level, name=point.title or one.name)
        elif not one.profiles and not (change and change.removed):
            yield attrs.evolve(one, level=change.level) if change and change.level else one


def listed(rules: list[Explained], look: TerminalStyle) -> Iterator[str]:
    """Yield a line or more for each of *rules*, in columns as wide as they need to be, and how many they are."""
    from iopdocs.cli.terminal import columns_of, harmless, wrap

    widest = max((columns_of(one.name) for one in rules), default=0)
    indent = 15 + min(widest, 34)
    for one in rules:
        name = harmless(one.name)
        start = f"{one.code}  {one.level.value:<7}  {name}"
        if indent + 20 > look.width:
            yield from wrap(start, look, 0)
            yield from wrap(one.title, look, 2)
            continue
        first, *more = [*wrap(one.title, look, indent)] or [""]
        gap = indent - columns_of(start)
        if gap < 2:
            yield start
            yield first
        else:
            yield start + " " * gap + first.strip()
        yield from more
    yield f"{len(rules)} regler. Förklara en: iopdocs rule KOD"
