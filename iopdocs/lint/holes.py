"""What the document itself lacks: a datum that a text prints and the agreement does not have, a reference to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from iopdocs.lint.prose import inline_runs
from iopdocs.render.document import Document, Origin, Placeholder, inlines_of


@frozen
class Hole:
    """A placeholder in a document, with the section it stands in and the text that printed it."""

    placeholder: Placeholder
    section: str
    origin: Origin


def holes(document: Document) -> Iterator[Hole]:
    """Yield every placeholder of *document* in reading order, each path once."""
    seen: set[tuple[str, str]] = set()
    for section, origin, children in inline_runs(document):
        for node in inlines_of(children):
            key = (node.path, node.label) if isinstance(node, Placeholder) else ("", "")
            if isinstance(node, Placeholder) and key not in seen:
                seen.add(key)
                yield Hole(node, section, origin)
