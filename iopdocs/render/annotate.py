"""What a draft shows besides its text: a placeholder for each part that is missing, and that nobody has reviewed it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from attrs import frozen

from iopdocs.messages import _
from iopdocs.render.document import (
    Document,
    Paragraph,
    ParagraphStyle,
    Placeholder,
    Section,
    Text,
    all_inlines,
)
from iopdocs.render.settle import renumber


@frozen
class Gap:
    """Something that a profile demands and the agreement lacks: *section* is the section's name in the library."""

    section: str
    path: str
    label: str
    help: str = ""


def annotate(document: Document, gaps: Sequence[Gap]) -> Document:
    """Return *document* with a placeholder for each of *gaps*, in its section; a section not shown is added."""
    if not gaps:
        return document
    shown = {node.path for node in all_inlines(document) if isinstance(node, Placeholder)}
    wanted = [gap for gap in gaps if gap.path not in shown]
    if not wanted:
        return document
    sections = list(document.sections)
    for gap in wanted:
        paragraph = Paragraph((Placeholder(gap.path, gap.label, gap.help),), ParagraphStyle.PLACEHOLDER)
        place = next((n for n, section in enumerate(sections) if section.name == gap.section), None)
        if place is None:
            sections.insert(_place(document, sections, gap.section), _new(document, gap.section, paragraph))
        else:
            section = sections[place]
            sections[place] = attrs.evolve(section, blocks=(*section.blocks, paragraph))
    return renumber(document, tuple(sections))


def _new(document: Document, name: str, paragraph: Paragraph) -> Section:
    heading = next((entry.heading for entry in document.outline if entry.name == name), name)
    return Section(name, name, (Text(heading),), (paragraph,))


def _place(document: Document, sections: Sequence[Section], name: str) -> int:
    """Return where section *name* belongs among *sections*: after the last shown one that comes before it."""
    order = [entry.name for entry in document.outline]
    before = set(order[: order.index(name)]) if name in order else set(order)
    places = [n for n, section in enumerate(sections) if section.name in before]
    return places[-1] + 1 if places else 0


def mark_draft(document: Document) -> Document:
    """Return *document* with the note that every draft carries on its first page."""
    note = _("Avtalstexterna är inte granskade av någon jurist. Låt en jurist läsa avtalet innan det skrivs under.")
    first = Paragraph((Text(note),), ParagraphStyle.NOTE)
    return attrs.evolve(
        document, front=(*document.front, first), properties=attrs.evolve(document.properties, draft=True)
    )
