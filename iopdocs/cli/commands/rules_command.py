"""``iopdocs rules``: every rule of the linter, and every point of the profiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo, json_text

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
    from iopdocs.cli.lint_settings import LintCommandOptions, LintSettingsFinder, read_codes
    from iopdocs.cli.terminal import screen
    from iopdocs.linter.catalogue import catalogue
    from iopdocs.linter.external_rules import rules_for

    library = LintSettingsFinder(LintCommandOptions(layers=layers, no_config=no_config)).of(Path("avtal.yaml")).library
    beginnings = read_codes(families, library, "--family")
    entries: Iterable[Explained] = catalogue(library, rules_for(library))
    if profile is not None:
        entries = entries_of_profile(entries, library.profile(profile))
    if beginnings:
        entries = [entry for entry in entries if entry.code.startswith(beginnings)]
    if form == "json":
        rows = [entry.as_data() for entry in entries]
        echo(json_text({"format": 1, "regler": rows}))
    else:
        for line in rule_lines(list(entries), screen()):
            echo(line)


def entries_of_profile(everything: Iterable[Explained], profile: Profile) -> Iterator[Explained]:
    """Yield the points of *profile* and the rules it does not remove, each at the profile's level."""
    import attrs

    points = {point.code: point for point in profile.points}
    changes = {change.code: change for change in profile.changes}
    for entry in everything:
        point, change = points.get(entry.code), changes.get(entry.code)
        if point is not None:
            yield attrs.evolve(entry, level=point.level or entry.level, name=point.title or entry.name)
        elif not entry.profiles and not (change and change.removed):
            yield attrs.evolve(entry, level=change.level) if change and change.level else entry


def rule_lines(rules: list[Explained], look: TerminalStyle) -> Iterator[str]:
    """Yield one or more lines for each of *rules*, in columns of fitting width, and then their number."""
    from iopdocs.cli.terminal import columns_of, harmless, wrap

    widest = max((columns_of(entry.name) for entry in rules), default=0)
    indent = 15 + min(widest, 34)
    for entry in rules:
        name = harmless(entry.name)
        start = f"{entry.code}  {entry.level.value:<7}  {name}"
        if indent + 20 > look.width:
            yield from wrap(start, look, 0)
            yield from wrap(entry.title, look, 2)
            continue
        first, *more = [*wrap(entry.title, look, indent)] or [""]
        gap = indent - columns_of(start)
        if gap < 2:
            yield start
            yield first
        else:
            yield start + " " * gap + first.strip()
        yield from more
    yield f"{len(rules)} regler. Förklara en: iopdocs rule KOD"
