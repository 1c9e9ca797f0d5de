"""``iopdocs clauses check``: report all errors in a layer at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from iopdocs.cli import options
from iopdocs.cli.checker_output import unreadable_in_output, write_findings
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.errors import printable_name

if TYPE_CHECKING:
    from iopdocs.authoring.layer_findings import LayerCheck
    from iopdocs.cli.terminal import TerminalStyle
    from iopdocs.findings import FailOn, Finding
    from iopdocs.library.layers import Library


@click.command(cls=SwedishCommand, name="check", short_help="Pröva texterna i ett lager.")
@click.argument("lager", metavar="[LAGER]", required=False, type=options.PATH)
@options.layers("Lager under LAGER; kan upprepas. Utan LAGER prövas det sista.")
@options.finding_report
@options.no_config
def command(
    lager: Path | None,
    layers: tuple[Path, ...],
    no_config: bool,
    form: str,
    output: Path | None,
    overwrite: bool,
    fail_on: FailOn | None,
) -> int:
    """Pröva alla texter i LAGER, en mapp eller en zip-fil, och visa allt som är fel på en gång, med fil och rad.

    Varje text prövas också med alla exempelavtal och varje variant. Utan LAGER prövas det översta lagret enligt
    iopdocs.yaml eller IOPDOCS_LAYERS, och finns inget lager prövas grundlagret.

    Slutkod 0: inga misstag på nivån --fail-on. 1: minst ett misstag. 2: LAGER finns inte eller är inget lager.
    """
    from iopdocs.authoring.layer_check import check_layer
    from iopdocs.authoring.layer_findings import LAYER_CHECKS

    layers = _layers(lager, layers, no_config)
    with unreadable_in_output(form, output, LAYER_CHECKS, "iopdocs clauses check"):
        checked = check_layer(layers)
    # A path may be a key that the author has invented, and the line is reported anyway.
    placed = [attrs.evolve(finding, path="") for finding in checked.found]
    return write_findings(
        form, output, text=lambda look: _told(checked, look), data=checked.as_data(),
        findings=placed, described=LAYER_CHECKS, command="iopdocs clauses check", read=layers, fail_on=fail_on,
    )  # fmt: skip


def _layers(folder: Path | None, named: Sequence[Path], no_config: bool) -> tuple[Path, ...]:
    """Return the layers to read, the one to check last; none when it is the base layer."""
    from iopdocs.cli.lint_settings import named_layers, shown
    from iopdocs.library.project_settings import find_settings, load_settings

    layers = tuple(named)
    if not layers:
        settings = None if no_config else find_settings(Path.cwd())
        layers = tuple(map(shown, load_settings(settings).layers)) if settings else ()
        layers = layers or named_layers()
    if folder is None:
        return layers
    if _real(folder) == _base():
        return ()
    places = [_real(layer) for layer in layers]
    below = layers[: places.index(_real(folder))] if _real(folder) in places else layers
    return (*below, folder)


def _real(folder: Path) -> str:
    return os.path.realpath(folder)


def _base() -> str:
    from iopdocs.library.layer_reader import templates_dir

    return _real(templates_dir())


def _told(checked: LayerCheck, look: TerminalStyle) -> Iterator[str]:
    sources: dict[str, list[str]] = {}
    for one in checked.found:
        yield from _one(one, _lines(one.file, checked.library, sources), look)
        yield ""
    yield look.style(checked.summary, bold=True)


def _one(finding: Finding, lines: Sequence[str], look: TerminalStyle) -> Iterator[str]:
    from iopdocs.authoring.layer_findings import WORDS_OF_LEVELS
    from iopdocs.cli.terminal import pointed, wrap
    from iopdocs.findings import Level

    word, colour = WORDS_OF_LEVELS[finding.level], "red" if finding.level is Level.ERROR else "cyan"
    place = printable_name(finding.file)
    if finding.position:
        place += f":{finding.position.line}"
    yield look.style(place, bold=True)
    path = "" if finding.path.rpartition(".")[2] in finding.message else f"{finding.path}: "
    head, *more = wrap(f"{word}: {path}{finding.message}", look, 2)
    yield head.replace(word, look.style(word, fg=colour, bold=True), 1)
    yield from more
    if finding.position and finding.position.line <= len(lines):
        line = lines[finding.position.line - 1]
        number = str(finding.position.line)
        if line.strip("- "):
            column = finding.position.column - 1
            shown, _mark = pointed(line, column, column + 1, look.width - 7 - len(number), look.encoding)
            yield f"    {number} | {shown}".rstrip()
    hint = finding.hint
    if hint:
        first = hint.split()[0].rstrip(",:;?")
        hint = hint[0].upper() + hint[1:] if first.isalpha() else hint
        yield from wrap(hint if hint[-1] in ".?!}" else f"{hint}.", look, 4)


def _lines(file: str, library: Library, known: dict[str, list[str]]) -> list[str]:
    """Return the lines of *file* in a layer of *library*, none when it is not text."""
    from iopdocs.errors import LoadError

    if file not in known:
        try:
            known[file] = library.text_in(file).split("\n")
        except LoadError:
            known[file] = []
    return known[file]
