"""Blocks that a text fills for the one it extends: whether the heading, or anything, of the block is still there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iopdocs.authoring.checks.visible_lines import shown_lines
from iopdocs.authoring.layer_findings import BLOCKS, in_text
from iopdocs.findings import Finding
from iopdocs.library.layers import Library
from iopdocs.library.lost_blocks import block_bodies, blocks_below
from iopdocs.library.texts import LayerText

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})\s+\S")
_CLAUSE = re.compile(r"\{%[-+]?\s*klausul\s+[\"'](?P<name>[^\"']+)[\"']")
_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)", re.DOTALL)
_BRINGS_ITS_OWN = re.compile(r"\bsuper\s*\(|\{%[-+]?\s*include\b")


def dropped_headings(text: LayerText, library: Library, layer: int) -> Iterator[Finding]:
    """Yield the blocks of *text* in layer number *layer* that stand instead of words under a heading, without one."""
    below = blocks_below(text, layer, library) or {}
    for name, (line, body) in block_bodies(text.body).items():
        if name not in below or _BRINGS_ITS_OWN.search(body) or not _first(body):
            continue
        heading = _first(block_bodies(below[name].body).get(name, (0, ""))[1])
        if _HEADING.match(heading) and not any(_HEADING.match(one.words) for one in shown_lines(body)):
            message = f"blocket ”{name}” har ingen rubrik, så texten hamnar under rubriken före"
            hint = f"skriv rubriken först i blocket, som i texten under: {heading.strip()}"
            yield in_text(BLOCKS, text, line, message, hint, advice=True)


def emptied_blocks(text: LayerText, library: Library, layer: int) -> Iterator[Finding]:
    """Yield the blocks of *text* in layer number *layer* that hold nothing where the text below has something."""
    below = blocks_below(text, layer, library) or {}
    for name, (line, body) in block_bodies(text.body).items():
        if name not in below or _COMMENT.sub("", body).strip():
            continue
        stood = block_bodies(below[name].body).get(name, (0, ""))[1]
        clause = _CLAUSE.search(stood)
        if not clause and not _first(stood) and not _BRINGS_ITS_OWN.search(stood):
            continue
        message = f"blocket ”{name}” är tomt, så det som texten under har där kommer inte med"
        hint = "skriv {{ super() }} i blocket om det ska vara med"
        if clause:
            choice = f"{{{clause['name']}: nej}}"
            hint += f"; ska klausulen bort, ta bort blocket och skriv i avtalet: klausuler: {choice}"
        yield in_text(BLOCKS, text, line, message, hint, advice=True)


def _first(body: str) -> str:
    """Return the first line of *body* that has words, as it stands there; empty where none has."""
    return next((line.source for line in shown_lines(body) if line.words.strip()), "")
