"""``iopdocs clauses show``: one text, its front matter, and its rendering in an agreement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.file_paths import quoted_word
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo

if TYPE_CHECKING:
    from iopdocs.authoring.text_lookup import TextMatch
    from iopdocs.authoring.text_preview import Rendered
    from iopdocs.cli.terminal import TerminalStyle
    from iopdocs.library.clauses import Clause
    from iopdocs.library.layers import Library
    from iopdocs.library.texts import FrontMatter, LayerText


@click.command(cls=SwedishCommand, name="show", short_help="Visa en text, och hur den blir i ett avtal.")
@click.argument("id_", metavar="ID")
@click.option(
    "--agreement", metavar="FIL", type=options.PATH, help="Visa texten i det här avtalet, i stället för ett exempel."
)
@options.layers(
    "Lager med egna texter; kan upprepas, det sista överst. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS."
)
@options.no_config
def command(id_: str, agreement: Path | None, layers: tuple[Path, ...], no_config: bool) -> None:
    """Visa texten ID: vad den är till för, hur den är skriven och hur den blir i ett avtal.

    ID är en klausul (överskott), en av dess varianter (överskott/återbetalas), ett avsnitt (avsnitt/ekonomi) eller en
    fil i ett lager.
    """
    from iopdocs.authoring.text_lookup import find_text
    from iopdocs.authoring.text_preview import rendered
    from iopdocs.cli.lint_settings import LintCommandOptions, LintSettingsFinder
    from iopdocs.cli.terminal import screen
    from iopdocs.files.loader import load

    setups = LintSettingsFinder(LintCommandOptions(layers=layers, no_config=no_config))
    library = setups.of(agreement or Path("avtal.yaml")).library
    data = load(agreement) if agreement else None
    match = find_text(library, id_)
    look = screen()
    if not match.name and match.clause is not None:
        echo("\n".join(_variant_lines(match.clause, look)))
        return
    echo("\n".join(_text_lines(library, match, look)))
    shown = rendered(library, match.name, match.variant, data)
    echo("\n".join(_as_it_reads(shown, agreement, look)))


def _variant_lines(clause: Clause, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.authoring.clause_list import condition_in_words
    from iopdocs.cli.terminal import wrap

    head = f"{clause.name} – {len(clause.variants)} varianter"
    yield from (look.style(line, bold=True) for line in wrap(head, look, 0))
    for variant in clause.variants.values():
        yield ""
        yield from (look.style(line, bold=True) for line in wrap(f"{variant.clause}/{variant.name or 'ja'}", look, 2))
        front = variant.front
        yield from wrap(front.description or front.title or "", look, 4)
        if front.fits_when:
            yield from wrap(f"Passar när: {front.fits_when}", look, 4)
        if condition := condition_in_words(front):
            yield from wrap(f"Väljs av: {condition}", look, 4)
    first = next((variant.name for variant in clause.variants.values() if variant.name), "ja")
    id_ = quoted_word(f"{clause.name}/{first}")
    yield ""
    yield from wrap(f"Se en av dem: iopdocs clauses show {id_}", look, 0)
    example = f"{clause.name}: {first}"
    yield from wrap(f"Välj en i avtalet: klausuler: {{{example}}}", look, 0)


def _text_lines(library: Library, match: TextMatch, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.authoring.text_lookup import stack_of
    from iopdocs.cli.terminal import harmless, wrap
    from iopdocs.library.clauses import front_of

    stack = stack_of(library, match.name)
    text, front = stack[0], front_of(stack)
    title = front.title or front.heading or ""
    id_ = match.variant.id if match.variant else match.name.removesuffix(".md.j2")
    yield from (look.style(line, bold=True) for line in wrap(f"{id_} – {title}" if title else id_, look, 0))
    yield from wrap(front.description or "", look, 0)
    yield ""
    for label, value in _facts(library, match, stack, front):
        if label == "Fil":
            # On one line, for copying.
            yield f"{label:<14}{harmless(value)}"
        elif value:
            first, *more = [*wrap(value, look, 14)]
            yield f"{label:<14}{first.strip()}"
            yield from more
    yield ""
    yield from _blocks(match.name, stack, look)
    yield look.style("Så är texten skriven", bold=True)
    yield from (f"  {line}".rstrip() for line in harmless(text.words).strip("\n").split("\n"))


def _blocks(name: str, stack: tuple[LayerText, ...], look: TerminalStyle) -> Iterator[str]:
    """Yield the blocks of a section or document, each of which a layer can replace."""
    from iopdocs.authoring.text_blocks import parts_of
    from iopdocs.cli.terminal import wrap

    parts = parts_of(stack) if name.startswith(("avsnitt/", "dokument/")) else {}
    if not parts:
        return
    yield look.style("Block som ett lager kan ändra var för sig", bold=True)
    room = max(len(part) for part in parts) + 2
    for part in parts.values():
        first, *more = [*wrap(part.heading, look, room + 2)] or [""]
        yield (f"  {part.name:<{room}}" + first[room + 2 :]).rstrip()
        yield from more
    yield from wrap(f"Så här, i filen {name} i lagret:", look, 0)
    yield f'  {{% extends "bas/{name}" %}}'
    yield f"  {{% block {next(iter(parts))} %}} … {{% endblock %}}"
    yield ""


def _facts(
    library: Library, match: TextMatch, stack: tuple[LayerText, ...], front: FrontMatter
) -> Iterator[tuple[str, str]]:
    from iopdocs.authoring.clause_list import can_be_chosen, condition_in_words, reviewed_by, section_of_clause
    from iopdocs.cli.lint_settings import shown

    text = stack[0]
    yield "Passar när", front.fits_when or ""
    if match.clause is not None and match.variant is not None:
        section = section_of_clause(library, match.clause)
        yield "Avsnitt", f"{library.heading(section)} (avsnitt/{section})"
        if can_be_chosen(library, match.clause):
            choice = f"{match.clause.name}: {match.variant.name or 'ja'}"
            yield "Väljs med", f"klausuler: {{{choice}}} i avtalets datafil"
    yield "Väljs av", condition_in_words(front)
    yield "Svarar på", ", ".join(front.answers)
    yield "Kräver", ", ".join(front.requires)
    yield "Källa", ", ".join(front.sources)
    yield "Version", text.front.version or ""
    yield "Granskad", reviewed_by(text) or "nej"
    below = f" – ersätter texten i {stack[1].layer}" if len(stack) > 1 else ""
    yield "Lager", text.layer + below
    yield "Fil", str(shown(Path(text.file)))
    yield "Hash", text.digest[:16]


def _as_it_reads(shown: Rendered, agreement: Path | None, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import in_one_piece, wrap
    from iopdocs.document.tree import ChosenBy

    where = in_one_piece(agreement) if agreement else f"exempelavtalet ”{shown.sample}”"
    yield ""
    yield from (look.style(line, bold=True) for line in wrap(f"Så blir den i {where}", look, 0))
    if not shown.markdown:
        yield from wrap("Ingenting: texten skriver inte ut något när avtalet saknar uppgifterna.", look, 2)
    for line in shown.markdown.split("\n"):
        yield from _markdown_line(line, look)
    if shown.use is not None:
        has = shown.use.variant or ("klausulens enda text" if shown.use.how is not ChosenBy.NONE else "")
        text = f"{has} ({shown.use.how.value})" if has and shown.use.how is not ChosenBy.OWN else shown.use.how.value
        yield ""
        yield from wrap(f"Avtalet självt har: {text}.", look, 0)


def _markdown_line(line: str, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import harmless, wrap

    bare = line.lstrip(" ")
    if not bare or bare.startswith("|"):
        yield f"  {harmless(line)}".rstrip()
        return
    yield from wrap(bare, look, 2 + len(line) - len(bare))
