"""Which text of a layer has lost the heading that a text below it refers to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from attrs import frozen

from iopdocs.authoring.checks.references import references_of
from iopdocs.authoring.checks.visible_lines import shown_lines
from iopdocs.authoring.layer_findings import texts_of
from iopdocs.document.numbering import lacking_target, slug
from iopdocs.library.layers import Library
from iopdocs.library.lost_blocks import block_bodies, blocks_below
from iopdocs.linter.document_gaps import DocumentGap

_HEADING = re.compile(r" {0,3}#{2,4}\s+(?P<words>.+?)\s*#*\s*")


@frozen
class LostHeading:
    """The *file* and the 1-based *line* that stand instead of the text below, with the *heading* that stood there.

    *block*: only a block of that text is replaced, so that it can be taken in with ``super()``.
    """

    file: str
    line: int
    heading: str
    block: bool


def targets_in(library: Library, hole: DocumentGap, titles: Mapping[str, str]) -> Mapping[str, int]:
    """Return what the reference of *hole* may point at, and on which 1-based line of its text that is written.

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

    ``None`` where no text of the layer tells: a clause without a heading may have been chosen instead.
    """
    for text in texts_of(library, layer):
        own = _headings(text.body)
        filled = blocks_below(text, layer, library)
        if filled is not None:
            for name, (start, body) in block_bodies(text.body).items():
                below = block_bodies(filled[name].body).get(name, (0, ""))[1] if name in filled else ""
                for target in sorted(wanted & _headings(below).keys() - own.keys()):
                    if "super" not in body:
                        return LostHeading(text.file, start, _headings(below)[target], block=True)
        elif "include" not in text.body:
            found = library.find(text.name, layer)
            before = _headings(found[1].body) if found else {}
            for target in sorted(wanted & before.keys() - own.keys()):
                return LostHeading(text.file, 1, before[target], block=False)
    return None


def _headings(body: str) -> dict[str, str]:
    """Return the headings in *body* as they are written, by the id that references use."""
    found = (_HEADING.fullmatch(line.words) for line in shown_lines(body))
    return {slug(match["words"]): match[0].strip() for match in found if match}
