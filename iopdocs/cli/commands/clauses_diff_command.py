"""``iopdocs clauses diff``: an own text beside the text that it replaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo

if TYPE_CHECKING:
    from iopdocs.authoring.text_comparison import ComparedLines, ComparedText, DifferencePiece
    from iopdocs.cli.terminal import TerminalStyle
    from iopdocs.library.layers import Library

_AROUND = 2  # equal lines shown before and after a difference


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
    from iopdocs.authoring.text_comparison import TextState, all_compared, compared
    from iopdocs.authoring.text_lookup import find_text
    from iopdocs.cli.lint_settings import LintCommandOptions, LintSettingsFinder
    from iopdocs.cli.terminal import screen

    library = LintSettingsFinder(LintCommandOptions(layers=layers, no_config=no_config)).of(Path("avtal.yaml")).library
    look = screen()
    changed = (TextState.CHANGED, TextState.OTHER)
    if id_ is None:
        every = list(all_compared(library))
        echo("\n".join(_summary_lines(library, every, look)))
        return int(any(comparison.state in changed for comparison in every))
    match = find_text(library, id_)
    if match.name:
        names = [match.name]
    else:
        assert match.clause is not None
        names = [variant.text.name for variant in match.clause.variants.values()]
        over = [name for name in names if compared(library, name).below is not None]
        names = over or names[:1]
    every = [compared(library, name) for name in names]
    for number, comparison in enumerate(every):
        echo(("\n" if number else "") + "\n".join(_comparison_lines(library, comparison, look)))
    return int(any(comparison.state in changed for comparison in every))


def _summary_lines(library: Library, every: Sequence[ComparedText], look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import wrap

    if not every:
        yield from wrap(
            "Inga egna texter ligger över andra. Ange ett lager med --layer, eller i iopdocs.yaml.", look, 0
        )
    for comparison in every:
        yield from wrap(f"{library.id_of(comparison.own)} ({comparison.own.layer}): {_state(comparison)}", look, 0)


def _state(comparison: ComparedText) -> str:
    from iopdocs.authoring.text_blocks import Inheritance
    from iopdocs.authoring.text_comparison import TextState

    if comparison.state is TextState.FOLLOWS:
        if comparison.follows is Inheritance.INCLUDES:
            return "tar in texten under, så ändringar i den följer med"
        if not comparison.blocks:
            return "är som texten under: den har inga egna block"
        names = ", ".join(comparison.blocks)
        return f"följer texten under, utom i sina egna block: {names}"

    return {
        TextState.ALONE: "säger att den ersätter en text, men ingen text ligger under den",
        TextState.SILENT: "säger inte vilken text den ersätter, så ändringar i den märks inte",
        TextState.SAME: "texten under är som när den egna skrevs",
        TextState.CHANGED: "texten under har ändrats sedan den egna skrevs",
        TextState.OTHER: "texten under heter något annat än den som ersätts",
    }[comparison.state]


def _comparison_lines(library: Library, comparison: ComparedText, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.authoring.text_comparison import SHOWN, TextState, pieces
    from iopdocs.cli.lint_settings import shown
    from iopdocs.cli.terminal import in_one_piece, wrap

    id_, file = library.id_of(comparison.own), in_one_piece(shown(Path(comparison.own.file)))
    if comparison.below is None:
        message = "{id} finns bara i lagret {layer}: det finns ingen text under den att jämföra med."
        yield from wrap(message.format(id=id_, layer=comparison.own.layer), look, 0)
        if comparison.own.front.replaces is not None:
            yield from wrap(f"Ta bort ”ersätter” i {file}.", look, 0)
        elif len(library.layers) == 1:
            yield from wrap("Ange lagret med den egna texten: --layer MAPP", look, 0)
        return
    yield from (look.style(line, bold=True) for line in wrap(f"{id_}: {_state(comparison)}", look, 0))
    yield ""
    for piece in pieces(library, comparison):
        yield from _piece(piece, comparison.below.layer, comparison.own.layer, look)
        yield ""
    if comparison.state in (TextState.SAME, TextState.FOLLOWS):
        return
    before = comparison.own.front.replaces
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
    yield f"ersätter: {{id: {library.id_of(comparison.below)}, hash: {comparison.below.digest[:SHOWN]}}}"


def _piece(piece: DifferencePiece, left: str, right: str, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import wrap

    if piece.name:
        head = f"Block {piece.name}"
        head += f" – {piece.heading}" if piece.heading else ""
        yield from (look.style(line, bold=True) for line in wrap(head, look, 0))
    yield from _beside(piece.rows, left, right, look)


def _beside(rows: Sequence[ComparedLines], left: str, right: str, look: TerminalStyle) -> Iterator[str]:
    if all(row.same for row in rows):
        yield "Texterna är lika."
        return
    yield from _columns(_shortened(rows), left, right, look) if look.width >= 60 else _below(_shortened(rows), look)


def _shortened(rows: Sequence[ComparedLines]) -> Iterator[ComparedLines | int]:
    """Yield the differing rows and some rows around them; a number is the count of equal rows left out."""
    near = {place + step for place, row in enumerate(rows) if not row.same for step in range(-_AROUND, _AROUND + 1)}
    left_out = 0
    for place, row in enumerate(rows):
        if place in near:
            if left_out:
                yield left_out
            left_out = 0
            yield row
        else:
            left_out += 1
    if left_out:
        yield left_out


def _columns(rows: Iterable[ComparedLines | int], left: str, right: str, look: TerminalStyle) -> Iterator[str]:
    """Yield two columns; between them < for lines only on the left, > for lines only on the right, | for differing lines."""
    import attrs

    from iopdocs.cli.terminal import columns_of, wrap

    room = (look.width - 3) // 2
    half = attrs.evolve(look, width=room)
    yield from _pair([f"Under: {left}"], [f"Egen: {right}"], " ", room)
    yield "-" * room + "-+-" + "-" * room
    for row in rows:
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
    for own_line, other in zip_longest(left, right, fillvalue=""):
        yield f"{own_line}{' ' * (room - columns_of(own_line))} {mark} {other}".rstrip()


def _below(rows: Iterable[ComparedLines | int], look: TerminalStyle) -> Iterator[str]:
    """Yield one column for a narrow terminal: - before lines only in the text below, + before lines only in the own text."""
    from iopdocs.cli.terminal import wrap

    for row in rows:
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
