"""Number words compared with the figures beside them in brackets: ”femtio (60)”, ”60 (femtio)”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iopdocs.findings import Level
from iopdocs.linter.prose.hits import PassageHit, all_passages, hits
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.values.formats import whole
from iopdocs.values.number_pairs import find_differing


@rule("S201", "räkneord-mot-siffror", Level.ERROR)
def words_against_figures(case: Case) -> Iterable[Hit]:
    """Ett räkneord som säger ett annat tal än siffrorna bredvid.

    Vad: Ett tal står både i ord och i siffror, det ena inom parentes direkt efter det andra, och de är olika. Tal i
        ord läses upp till en miljard; ordningstal och bråk läses inte.
    Varför: Då går det inte att veta vilket av talen som gäller.
    Dåligt exempel:
        hävning: {återbetalning: Medlen betalas tillbaka inom sex (8) månader.}
    Bra exempel:
        hävning: {återbetalning: Medlen betalas tillbaka inom sex (6) månader.}
    Källa: malmo, Mall för IOP.
    """
    for passage in all_passages(case):
        yield from hits(passage, _differing(passage.text))


def _differing(text: str) -> Iterator[PassageHit]:
    for pair in find_differing(text):
        shown = " ".join(text[pair.start : pair.end].split())
        message = f"”{shown}” – orden säger {_grouped(pair.in_words)}, siffrorna {_grouped(pair.in_figures)}"
        yield PassageHit(pair.start, pair.end, message, "skriv samma tal i ord och i siffror, eller bara det ena")


def _grouped(number: int) -> str:
    return whole(number).replace("\u00a0", " ")
