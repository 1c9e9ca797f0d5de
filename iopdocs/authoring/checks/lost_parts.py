"""Find what a layer loses of the texts below it: headings, targets of references, and contents of blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from attrs import frozen

from iopdocs.authoring.checks.cross_references import references_of
from iopdocs.authoring.layer_findings import BLOCKS, in_text, texts_of
from iopdocs.document.numbering import lacking_target, slug
from iopdocs.findings import Finding
from iopdocs.library.layers import Library
from iopdocs.library.lost_blocks import blocks_below
from iopdocs.library.source import SourceBlock, blocks, calls_super, headings, inclusions, rewritten, visible_lines
from iopdocs.library.texts import LayerText
from iopdocs.linter.document_gaps import DocumentGap


@frozen
class LostHeading:
    """The *file* and the 1-based *line* that replace the text below, with the lost *heading*.

    *block*: only a block of that text is replaced, so that it can be included with ``super()``.
    """

    file: str
    line: int
    heading: str
    block: bool


def dropped_headings(text: LayerText, library: Library, layer: int) -> Iterator[Finding]:
    """Yield a problem for each block of *text* in layer number *layer* that has no heading where the text below has one."""
    for block, below in _filled(text, library, layer):
        first = _first(below)
        if headings(first) and _first(block.body) and not headings(block.body) and not _takes_in(block.body):
            message = f"blocket ”{block.name}” har ingen rubrik, så texten hamnar under rubriken före"
            hint = f"skriv rubriken först i blocket, som i texten under: {first.strip()}"
            yield in_text(BLOCKS, text, block.line, message, hint, advice=True)


def emptied_blocks(text: LayerText, library: Library, layer: int) -> Iterator[Finding]:
    """Yield a problem for each block of *text* in layer number *layer* that is empty where the text below is not."""
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
        yield in_text(BLOCKS, text, block.line, message, hint, advice=True)


def _filled(text: LayerText, library: Library, layer: int) -> Iterator[tuple[SourceBlock, str]]:
    """Yield each block of *text* that the text below has, with its contents there."""
    below = blocks_below(text, layer, library) or {}
    for name, block in blocks(text.body).items():
        if name in below:
            found = blocks(below[name].body).get(name)
            yield block, found.body if found else ""


def _takes_in(body: str) -> bool:
    return calls_super(body) or any(taken.how == "include" for taken in inclusions(body))


def _first(body: str) -> str:
    """Return the first line of *body* that has words, as it is written; empty where none has."""
    return next((line.source for line in visible_lines(body) if line.words.strip()), "")


def targets_in(library: Library, hole: DocumentGap, titles: Mapping[str, str]) -> Mapping[str, int]:
    """Return the possible targets of the reference in *hole*, and the 1-based line of its text where it is written.

    *titles* are the headings of the sections of the document, by name.
    """
    texts = (text for one in library.layers for text in one.texts.values())
    source = next((one for one in texts if (one.name, one.layer) == (hole.origin.file, hole.origin.layer)), None)
    found: dict[str, int] = {}
    for line, target in references_of(source) if source else ():
        if lacking_target(target, titles) == hole.placeholder.label and line >= hole.origin.line:
            found.setdefault(target, line)
    return found


def lost_heading(library: Library, layer: int, wanted: Set[str]) -> LostHeading | None:
    """Return where layer number *layer* has lost one of the headings *wanted*, by the ids that references use.

    ``None`` where no text of the layer shows it: a clause without a heading may have been chosen instead.
    """
    for text in texts_of(library, layer):
        own = _headings(text.body)
        filled = blocks_below(text, layer, library)
        if filled is not None:
            for name, block in blocks(text.body).items():
                stood = blocks(filled[name].body).get(name) if name in filled else None
                below = _headings(stood.body) if stood else {}
                for target in sorted(wanted & below.keys() - own.keys()):
                    if not calls_super(block.body):
                        return LostHeading(text.file, block.line, below[target], block=True)
        elif not any(taken.how == "include" for taken in inclusions(text.body)):
            found = library.find(text.name, layer)
            before = _headings(found[1].body) if found else {}
            for target in sorted(wanted & before.keys() - own.keys()):
                return LostHeading(text.file, 1, before[target], block=False)
    return None


def _headings(body: str) -> dict[str, str]:
    """Return the headings in *body* as they are written, by the id that references use."""
    return {slug(heading.words): f"{'#' * heading.level} {heading.words}" for heading in headings(body)}
