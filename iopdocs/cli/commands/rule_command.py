"""``iopdocs rule``: what one rule or point checks, why, and its sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo, json_text

if TYPE_CHECKING:
    from iopdocs.cli.terminal import TerminalStyle
    from iopdocs.findings import Explained


@click.command(cls=SwedishCommand, name="rule", short_help="Förklara en regel.")
@click.argument("kod", metavar="KOD")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="text att läsa, json för program."
)
@options.layers("Lager med egna profiler; kan upprepas. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS.")
@options.no_config
def command(kod: str, form: str, layers: tuple[Path, ...], no_config: bool) -> None:
    """Förklara regeln eller punkten KOD, till exempel S101: vad den prövar, varför, och vem som säger det."""
    from iopdocs.cli.lint_settings import LintCommandOptions, LintSettingsFinder
    from iopdocs.cli.terminal import screen
    from iopdocs.linter.catalogue import explain
    from iopdocs.linter.external_rules import rules_for

    library = LintSettingsFinder(LintCommandOptions(layers=layers, no_config=no_config)).of(Path("avtal.yaml")).library
    explanation = explain(kod, library, rules_for(library))
    if form == "json":
        echo(json_text({"format": 1, **explanation.as_data()}))
    else:
        echo("\n".join(explanation_lines(explanation, screen())))


def explanation_lines(explanation: Explained, look: TerminalStyle) -> Iterator[str]:
    """Yield the catalogue's *explanation* as lines of text."""
    from iopdocs.cli.terminal import harmless, wrap

    head, *more = wrap(f"{explanation.code} {explanation.title}", look, 0)
    yield look.style(head, bold=True)
    yield from (look.style(line, bold=True) for line in more)
    yield from wrap(f"Nivå: {explanation.level.value}. Namn: {explanation.name}.", look, 0)
    for heading, text, is_example in (
        ("Vad", explanation.what, False),
        ("Varför", explanation.why, False),
        ("Gör så", explanation.hint, False),
        ("Dåligt exempel", explanation.bad, True),
        ("Bra exempel", explanation.good, True),
        ("Läser", ", ".join(explanation.reads), False),
        ("Profiler", ", ".join(explanation.profiles), False),
        ("Källa", "; ".join(explanation.sources), False),
    ):
        if not text.strip():
            continue
        yield ""
        yield look.style(heading, bold=True)
        if is_example:
            yield from (f"  {line}".rstrip() for line in harmless(text).split("\n"))
        else:
            for number, part in enumerate(text.split("\n\n")):
                yield from [""] * bool(number)
                yield from wrap(part, look, 2)
