"""Blocks that a text fills for the one it extends: whether the heading, or anything, of the block is still there."""

from __future__ import annotations

from collections.abc import Iterator

from iopdocs.authoring.layer_findings import LayerFinding, in_text
from iopdocs.library.layers import Library
from iopdocs.library.lost_blocks import blocks_below
from iopdocs.library.source import SourceBlock, blocks, calls_super, headings, inclusions, rewritten, visible_lines
from iopdocs.library.texts import LayerText


def dropped_headings(text: LayerText, library: Library, layer: int) -> Iterator[LayerFinding]:
    """Yield the blocks of *text* in layer number *layer* that stand instead of words under a heading, without one."""
    for block, below in _filled(text, library, layer):
        first = _first(below)
        if headings(first) and _first(block.body) and not headings(block.body) and not _takes_in(block.body):
            message = f"blocket ”{block.name}” har ingen rubrik, så texten hamnar under rubriken före"
            hint = f"skriv rubriken först i blocket, som i texten under: {first.strip()}"
            yield in_text(text, block.line, message, hint, advice=True)


def emptied_blocks(text: LayerText, library: Library, layer: int) -> Iterator[LayerFinding]:
    """Yield the blocks of *text* in layer number *layer* that hold nothing where the text below has something."""
    for block, below in _filled(text, library, layer):
        if rewritten(block.body, lambda tag: "" if tag.is_comment else None).strip():
            continue
        clause = next((taken.name for taken in inclusions(below) if taken.clause), "")
        if not clause and not _first(below) and not _takes_in(below):
            continue
        message = f"blocket ”{block.name}” är tomt, så det som texten under har där kommer inte med"
        hint = "skriv {{ super() }} i blocket om det ska vara med"
        if clause:
            hint += f"; ska klausulen bort, ta bort blocket och skriv i avtalet: klausuler: {{{clause}: nej}}"
        yield in_text(text, block.line, message, hint, advice=True)


def _filled(text: LayerText, library: Library, layer: int) -> Iterator[tuple[SourceBlock, str]]:
    """Yield each block of *text* that the text below has, with what stands in it there."""
    below = blocks_below(text, layer, library) or {}
    for name, block in blocks(text.body).items():
        if name in below:
            found = blocks(below[name].body).get(name)
            yield block, found.body if found else ""


def _takes_in(body: str) -> bool:
    return calls_super(body) or any(taken.how == "include" for taken in inclusions(body))


def _first(body: str) -> str:
    """Return the first line of *body* that has words, as it stands there; empty where none has."""
    return next((line.source for line in visible_lines(body) if line.words.strip()), "")
