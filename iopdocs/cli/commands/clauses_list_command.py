"""``iopdocs clauses list``: every clause by section, and the texts that each can have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo, json_text

if TYPE_CHECKING:
    from iopdocs.authoring.clause_list import ListedClause, ListedSection, ListedText
    from iopdocs.cli.terminal import TerminalStyle


@click.command(cls=SwedishCommand, name="list", short_help="Räkna upp klausulerna.")
@click.option("--section", metavar="AVSNITT", help="Bara klausulerna i ett avsnitt, till exempel ekonomi.")
@options.layers(
    "Lager med egna texter; kan upprepas, det sista överst. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS."
)
@options.no_config
@options.text_or_json
def command(section: str | None, layers: tuple[Path, ...], no_config: bool, form: str) -> None:
    """Räkna upp klausulerna, avsnitt för avsnitt: id, titel och vilka varianter som finns att välja mellan."""
    from iopdocs.authoring.clause_list import listed
    from iopdocs.authoring.text_lookup import find_section
    from iopdocs.cli.lint_settings import LintCommandOptions, LintSettingsFinder
    from iopdocs.cli.terminal import screen

    library = LintSettingsFinder(LintCommandOptions(layers=layers, no_config=no_config)).of(Path("avtal.yaml")).library
    sections = listed(library, find_section(library, section) if section else "")
    if form == "json":
        data = [entry.as_data() for entry in sections]
        echo(json_text({"format": 1, "avsnitt": data}))
    else:
        echo("\n".join(_lines(sections, len(library.layers) > 1, screen())))


def _lines(sections: Sequence[ListedSection], layered: bool, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.cli.terminal import wrap

    if not sections:
        yield "Avsnittet har inga klausuler; all dess text står i avsnittets egen fil."
    for section in sections:
        if not any(clause.chosen for clause in section.clauses):
            continue
        for line in wrap(f"{section.heading} (avsnitt/{section.name})", look, 0):
            yield look.style(line, bold=True)
        for clause in section.clauses:
            if clause.chosen:
                yield from _clause(clause, layered, look)
        yield ""
    parts = [clause for section in sections for clause in section.clauses if not clause.chosen]
    if parts:
        yield look.style("Delar som andra texter tar in", bold=True)
        for part in parts:
            yield from _clause(part, layered, look)
        yield ""
    texts = [text for section in sections for clause in section.clauses for text in clause.texts]
    clauses = sum(clause.chosen for section in sections for clause in section.clauses)
    counted = f"{clauses} klausuler, {len(texts)} texter."
    if parts:
        counted = f"{clauses} klausuler och {len(parts)} delar, {len(texts)} texter."
    done = sum(bool(text.reviewed) for text in texts)
    review = f"Granskade av en jurist: {done} av {len(texts)}." if done else "Ingen av dem är granskad av en jurist."
    yield from wrap(f"{counted} {review}", look, 0)
    yield from wrap("* är den text som avsnittet tar när avtalet inte säger något annat.", look, 0)
    yield from wrap("Se en text, och hela villkoret för den: iopdocs clauses show ID", look, 0)


def _clause(clause: ListedClause, layered: bool, look: TerminalStyle) -> Iterator[str]:
    if len(clause.texts) == 1:
        text = clause.texts[0]
        yield from _text(text.id, text, layered, look, indent=2, mark=False)
        return
    yield f"  {clause.name}"
    for text in clause.texts:
        yield from _text(text.name or "ja", text, layered, look, indent=4, mark=True)


def _text(name: str, text: ListedText, layered: bool, look: TerminalStyle, *, indent: int, mark: bool) -> Iterator[str]:
    from iopdocs.cli.terminal import columns_of, harmless, wrap

    inner = 30
    start = " " * indent + ("* " if mark and text.own else "  " if mark else "") + harmless(name)
    description = text.title
    if layered:
        description += f" [{', '.join(text.layers)}]"
    if text.reviewed:
        description += f" (granskad: {text.reviewed})"
    about = [f"Passar när: {text.fits}"] if text.fits else []
    if text.chosen_by:
        about.append(f"Väljs av {text.chosen_by}.")
    if look.width < inner + 25:
        yield from wrap(start.strip(), look, indent)
        for paragraph in (description, *about):
            yield from wrap(paragraph, look, indent + 4)
        return
    first, *more = [*wrap(description, look, inner)] or [""]
    if columns_of(start) + 2 > inner:
        yield start
        yield first
    else:
        yield start + first[columns_of(start) :]
    yield from more
    for paragraph in about:
        yield from wrap(paragraph, look, inner)
