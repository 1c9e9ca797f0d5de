"""``iopdocs variables``: every name that a text may use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo, json_text

if TYPE_CHECKING:
    from iopdocs.authoring.variables import TextTool, TextVariable
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
        data = {"format": 1, "namn": [name.as_data() for name in names], "verktyg": [name.as_data() for name in tools]}
        echo(json_text(data))
    elif names or tools:
        echo("\n".join(_lines(names, tools, screen())))
    else:
        near = nearest_path(words)
        hint = f"menade du {near}?" if near else "se alla: iopdocs variables"
        echo(f"inget namn innehåller ”{words[:60]}” – {hint}", err=True)
    return 0 if names or tools else 1


def _lines(names: Sequence[TextVariable], tools: Sequence[TextTool], look: TerminalStyle) -> Iterator[str]:

    for (record, loop), group in groupby(names, key=lambda name: (name.path.rpartition(".")[0], name.loop)):
        yield look.style(record or "Avtalet", bold=True)
        if loop:
            # On one line, for copying; so are the examples below.
            yield "  " + f"i en slinga: {loop}"
        for variable in group:
            yield from _row(variable.written, _description(variable), look)
        yield ""
    for kind, same_kind in groupby(tools, key=lambda tool: tool.kind):
        yield look.style(kind.capitalize(), bold=True)
        for tool in same_kind:
            yield from _row(tool.name, tool.says, look)
            yield f"      {tool.example}"
        yield ""
    yield f"{len(names) + len(tools)} namn."


def _description(variable: TextVariable) -> str:
    kind = variable.kind
    if variable.many and not variable.computed:
        kind = f"lista: {kind}"
    words = f" ({', '.join(variable.words)})" if variable.words else ""
    text = f"{variable.label}. {variable.help}" if variable.label else variable.help
    if variable.same:
        text += f" Samma namn som i {variable.same}."
    return f"[{kind}{words}] {text}"


def _row(name: str, text: str, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import columns_of, wrap

    inner = 32
    if look.width < inner + 30 or columns_of(name) + 4 > inner:
        yield from wrap(name, look, 2)
        yield from wrap(text, look, 6)
        return
    first, *more = [*wrap(text, look, inner)] or [""]
    yield f"  {name}" + first[2 + columns_of(name) :]
    yield from more
