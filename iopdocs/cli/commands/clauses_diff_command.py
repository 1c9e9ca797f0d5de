"""``iopdocs clauses diff``: a text of one's own beside the one that it replaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand

if TYPE_CHECKING:
    from iopdocs.authoring.comparison import ComparedLines, ComparedText, Piece
    from iopdocs.cli.terminal import TerminalStyle
    from iopdocs.library.layers import Library

_AROUND = 2  # equal lines that are shown before and after what differs


@click.command(cls=SwedishCommand, name="diff", short_help="Jämför en egen text med den under.")
@click.argument("id_", metavar="[ID]", required=False)
@options.layers(
    "Lager med egna texter; kan upprepas, det sista överst. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS."
)
@options.no_config
def command(id_: str | None, layers: tuple[Path, ...], no_config: bool) -> int:
    """Visa den egna texten ID bredvid den som den ersätter, och om den har ändrats sedan den egna skrevs.

    Utan ID: räkna upp alla egna texter som ligger över en annan.

    Slutkod 0: texten under är som när den egna skrevs. 1: den har ändrats sedan dess. 2: något kunde inte läsas.
    """
    from iopdocs.authoring.comparison import TextState, all_compared, compared
    from iopdocs.authoring.text_lookup import find_text
    from iopdocs.cli.lint_settings import LintCommandOptions, Setups
    from iopdocs.cli.terminal import screen

    library = Setups(LintCommandOptions(layers=layers, no_config=no_config)).of(Path("avtal.yaml")).library
    look = screen()
    changed = (TextState.CHANGED, TextState.OTHER)
    if id_ is None:
        every = list(all_compared(library))
        click.echo("\n".join(_summed(library, every, look)))
        return int(any(one.state in changed for one in every))
    found = find_text(library, id_)
    if found.name:
        names = [found.name]
    else:
        assert found.clause is not None
        names = [one.text.name for one in found.clause.variants.values()]
        over = [name for name in names if compared(library, name).below is not None]
        names = over or names[:1]
    every = [compared(library, name) for name in names]
    for number, one in enumerate(every):
        click.echo(("\n" if number else "") + "\n".join(_told(library, one, look)))
    return int(any(one.state in changed for one in every))


def _summed(library: Library, every: Sequence[ComparedText], look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import wrap

    if not every:
        yield from wrap(
            "Inga egna texter ligger över andra. Ange ett lager med --layer, eller i iopdocs.yaml.", look, 0
        )
    for one in every:
        yield from wrap(f"{library.id_of(one.own)} ({one.own.layer}): {_state(one)}", look, 0)


def _state(one: ComparedText) -> str:
    from iopdocs.authoring.comparison import TextState
    from iopdocs.authoring.text_blocks import Inheritance

    if one.state is TextState.FOLLOWS:
        if one.follows is Inheritance.INCLUDES:
            return "tar in texten under, så ändringar i den följer med"
        if not one.blocks:
            return "är som texten under: den har inga egna block"
        names = ", ".join(one.blocks)
        return f"följer texten under, utom i sina egna block: {names}"

    return {
        TextState.ALONE: "säger att den ersätter en text, men ingen text ligger under den",
        TextState.SILENT: "säger inte vilken text den ersätter, så ändringar i den märks inte",
        TextState.SAME: "texten under är som när den egna skrevs",
        TextState.CHANGED: "texten under har ändrats sedan den egna skrevs",
        TextState.OTHER: "texten under heter något annat än den som ersätts",
    }[one.state]


def _told(library: Library, one: ComparedText, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.authoring.comparison import SHOWN, TextState, pieces
    from iopdocs.cli.lint_settings import shown
    from iopdocs.cli.terminal import in_one_piece, wrap

    id_, file = library.id_of(one.own), in_one_piece(shown(Path(one.own.file)))
    if one.below is None:
        said = "{id} finns bara i lagret {layer}: det finns ingen text under den att jämföra med."
        yield from wrap(said.format(id=id_, layer=one.own.layer), look, 0)
        if one.own.front.replaces is not None:
            yield from wrap(f"Ta bort ”ersätter” i {file}.", look, 0)
        elif len(library.layers) == 1:
            yield from wrap("Ange lagret med den egna texten: --layer MAPP", look, 0)
        return
    yield from (look.style(line, bold=True) for line in wrap(f"{id_}: {_state(one)}", look, 0))
    yield ""
    for piece in pieces(library, one):
        yield from _piece(piece, one.below.layer, one.own.layer, look)
        yield ""
    if one.state in (TextState.SAME, TextState.FOLLOWS):
        return
    before = one.own.front.replaces
    if before is not None and before.hash:
        yield from wrap(f"Den egna texten skrevs över hash {before.hash}.", look, 0)
    yield from wrap(
        (
            f"När du har läst texten under och anpassat den egna, skriv i inledningen överst i {file}, mellan två rader "
            "med tre bindestreck (---):"
        ),
        look,
        0,
    )
    yield f"ersätter: {{id: {library.id_of(one.below)}, hash: {one.below.digest[:SHOWN]}}}"


def _piece(piece: Piece, left: str, right: str, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import wrap

    if piece.name:
        head = f"Block {piece.name}"
        head += f" – {piece.heading}" if piece.heading else ""
        yield from (look.style(line, bold=True) for line in wrap(head, look, 0))
    yield from _beside(piece.rows, left, right, look)


def _beside(found: Sequence[ComparedLines], left: str, right: str, look: TerminalStyle) -> Iterator[str]:
    if all(row.same for row in found):
        yield "Texterna är lika."
        return
    yield from _columns(_shortened(found), left, right, look) if look.width >= 60 else _below(_shortened(found), look)


def _shortened(found: Sequence[ComparedLines]) -> Iterator[ComparedLines | int]:
    """Yield the rows that differ and some around them; a number stands for so many equal ones left out."""
    near = {place + step for place, row in enumerate(found) if not row.same for step in range(-_AROUND, _AROUND + 1)}
    left_out = 0
    for place, row in enumerate(found):
        if place in near:
            if left_out:
                yield left_out
            left_out = 0
            yield row
        else:
            left_out += 1
    if left_out:
        yield left_out


def _columns(found: Iterable[ComparedLines | int], left: str, right: str, look: TerminalStyle) -> Iterator[str]:
    """Two columns; between them < for what only the left has, > for what only the right has, | for what differs."""
    import attrs

    from iopdocs.cli.terminal import columns_of, wrap

    room = (look.width - 3) // 2
    half = attrs.evolve(look, width=room)
    yield from _pair([f"Under: {left}"], [f"Egen: {right}"], " ", room)
    yield "-" * room + "-+-" + "-" * room
    for row in found:
        if isinstance(row, int):
            yield _left_out(row)
            continue
        mark = " " if row.same else "|" if row.left_there and row.right_there else "<" if row.left_there else ">"
        pair = [list(wrap(text, half, 0, in_column=True)) for text in (row.left, row.right)]
        assert all(columns_of(line) <= room for lines in pair for line in lines)
        yield from _pair(pair[0], pair[1], mark, room)


def _pair(left: Sequence[str], right: Sequence[str], mark: str, room: int) -> Iterator[str]:
    from iopdocs.cli.terminal import columns_of

    if not left and not right:
        yield f"{'':<{room}} {mark}".rstrip()
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"{one}{' ' * (room - columns_of(one))} {mark} {other}".rstrip()


def _below(found: Iterable[ComparedLines | int], look: TerminalStyle) -> Iterator[str]:
    """One column for a narrow terminal: - before what only the text below has, + before what only one's own has."""
    from iopdocs.cli.terminal import wrap

    for row in found:
        if isinstance(row, int):
            yield _left_out(row)
            continue
        parts = (
            [(" ", row.left, True)]
            if row.same
            else [("-", row.left, row.left_there), ("+", row.right, row.right_there)]
        )
        for mark, text, there in parts:
            if there:
                yield from (mark + line[1:] for line in wrap(text, look, 2))


def _left_out(count: int) -> str:
    return "… en lika rad …" if count == 1 else f"… {count} lika rader …"
