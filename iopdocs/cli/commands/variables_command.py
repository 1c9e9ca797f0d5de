"""``iopdocs variables``: every name that a text may use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand

if TYPE_CHECKING:
    from iopdocs.authoring.variables import Tool, Variable
    from iopdocs.cli.terminal import TerminalStyle


@click.command(cls=SwedishCommand, name="variables", short_help="Räkna upp namnen som texter får använda.")
@click.argument("sök", metavar="[SÖK]…", nargs=-1)
@options.text_or_json
def command(sök: tuple[str, ...], form: str) -> int:
    """Räkna upp allt som en text i ett lager får använda: avtalets uppgifter, filter, tester och slingor.

    Med SÖK: bara det vars namn eller förklaring innehåller ordet, eller alla orden.

    Slutkod 0: något hittades. 1: ingenting.
    """
    from iopdocs.authoring.variables import matching
    from iopdocs.cli.terminal import screen
    from iopdocs.library.data_paths import nearest_path

    words = " ".join(sök)
    names, tools = matching(words)
    if form == "json":
        data = {"format": 1, "namn": [one.as_data() for one in names], "verktyg": [one.as_data() for one in tools]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif names or tools:
        click.echo("\n".join(_lines(names, tools, screen())))
    else:
        near = nearest_path(words)
        hint = f"menade du {near}?" if near else "se alla: iopdocs variables"
        click.echo(f"inget namn innehåller ”{words[:60]}” – {hint}", err=True)
    return 0 if names or tools else 1


def _lines(names: Sequence[Variable], tools: Sequence[Tool], look: TerminalStyle) -> Iterator[str]:

    for (record, loop), found in groupby(names, key=lambda one: (one.path.rpartition(".")[0], one.loop)):
        yield look.style(record or "Avtalet", bold=True)
        if loop:
            # In one piece, to be copied; so are the examples below.
            yield "  " + f"i en slinga: {loop}"
        for one in found:
            yield from _row(one.written, _said(one), look)
        yield ""
    for kind, group in groupby(tools, key=lambda one: one.kind):
        yield look.style(kind.capitalize(), bold=True)
        for tool in group:
            yield from _row(tool.name, tool.says, look)
            yield f"      {tool.example}"
        yield ""
    yield f"{len(names) + len(tools)} namn."


def _said(one: Variable) -> str:
    kind = one.kind
    if one.many and not one.computed:
        kind = f"lista: {kind}"
    words = f" ({', '.join(one.words)})" if one.words else ""
    says = f"{one.label}. {one.help}" if one.label else one.help
    if one.same:
        says += f" Samma namn som i {one.same}."
    return f"[{kind}{words}] {says}"


def _row(name: str, says: str, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import columns_of, wrap

    inner = 32
    if look.width < inner + 30 or columns_of(name) + 4 > inner:
        yield from wrap(name, look, 2)
        yield from wrap(says, look, 6)
        return
    first, *more = [*wrap(says, look, inner)] or [""]
    yield f"  {name}" + first[2 + columns_of(name) :]
    yield from more
