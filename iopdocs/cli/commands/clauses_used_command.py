"""``iopdocs clauses used``: the texts that a finished Word document is made from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo, json_text

if TYPE_CHECKING:
    from iopdocs.authoring.used_texts import UsedText, UsedTexts
    from iopdocs.cli.terminal import TerminalStyle

_HASH = 12


@click.command(cls=SwedishCommand, name="used", short_help="Säg vilka texter som ett Word-dokument bygger på.")
@click.argument("fil", metavar="FIL", type=options.PATH)
@options.layers(
    "Lager att jämföra med; kan upprepas, det sista överst. Annars enligt iopdocs.yaml eller IOPDOCS_LAYERS."
)
@options.no_config
@options.text_or_json
def command(fil: Path, layers: tuple[Path, ...], no_config: bool, form: str) -> int:
    """Räkna upp vilka texter Word-dokumentet FIL bygger på, avsnitt för avsnitt, och om de har ändrats sedan dess.

    Slutkod 0: alla texter är som när dokumentet gjordes. 1: någon är ändrad eller borta. 2: dokumentet kunde inte
    läsas, eller är inte gjort av iopdocs.
    """
    from iopdocs.authoring.used_texts import TextStatus, used
    from iopdocs.cli.lint_settings import LintCommandOptions, LintSettingsFinder
    from iopdocs.cli.terminal import screen

    used_texts = used(fil, LintSettingsFinder(LintCommandOptions(layers=layers, no_config=no_config)).of(fil).library)
    if form == "json":
        echo(json_text({"format": 1, **used_texts.as_data()}))
    else:
        echo("\n".join(_lines(used_texts, screen())))
    return int(any(text.now not in (TextStatus.SAME, TextStatus.NO_TEXT) for text in used_texts.texts))


def _lines(used_texts: UsedTexts, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.authoring.used_texts import TextStatus
    from iopdocs.cli.terminal import in_one_piece, wrap

    file = in_one_piece(used_texts.file)
    if used_texts.edited:
        message = (
            "{file} har ändrats sedan iopdocs gjorde det: någon kan ha skrivit om texten. Så här stod det i dokumentet "
            "när det gjordes:"
        )
        yield from (look.style(line, bold=True) for line in wrap(message.format(file=file), look, 0))
    else:
        yield from wrap(f"{file} är som när iopdocs gjorde det.", look, 0)
    for heading, texts in groupby(used_texts.texts, key=lambda text: text.heading):
        yield ""
        yield from (look.style(line, bold=True) for line in wrap(heading, look, 0))
        for text in texts:
            yield from _text(text, look)
    texts_ = [text for text in used_texts.texts if text.now is not TextStatus.NO_TEXT]
    different = [text for text in texts_ if text.now is not TextStatus.SAME]
    yield ""
    counted = f"{len(texts_)} texter, {sum(bool(text.kept.reviewed) for text in texts_)} granskade av en jurist."
    rest = (
        f"{len(different)} är inte som när dokumentet gjordes." if different else "Alla är som när dokumentet gjordes."
    )
    yield from wrap(f"{counted} {rest}", look, 0)
    gone = dict.fromkeys(text.kept.layer for text in texts_ if text.now is TextStatus.LAYER_GONE)
    if gone:
        names = ", ".join(gone)
        yield from wrap(f"Ange mappen för lagret {names} med --layer, så jämförs även det.", look, 0)


def _text(text: UsedText, look: TerminalStyle) -> Iterator[str]:
    from iopdocs.authoring.used_texts import TextStatus
    from iopdocs.cli.terminal import wrap

    kept = text.kept
    name = f"avsnitt/{kept.id}" if kept.kind == "avsnitt" else kept.id
    facts = [
        kept.how,
        f"version {kept.version}" if kept.version else "",
        f"lager {kept.layer}" if kept.layer else "",
        f"hash {kept.digest[:_HASH]}" if kept.digest else "",
        "granskad: {who}".format(who=kept.reviewed or "nej") if kept.digest else "",
    ]
    yield from wrap(name, look, 2)
    yield from wrap("; ".join(filter(None, facts)), look, 6)
    if text.renamed:
        yield from wrap(f"filen heter nu {text.renamed}", look, 6)
    if text.now not in (TextStatus.SAME, TextStatus.NO_TEXT):
        now = text.now.value + (f" (hash {text.digest[:_HASH]})" if text.digest else "")
        yield from (look.style(line, fg="yellow") for line in wrap(now, look, 6))
