"""Gaps in the document: data that a text prints and the agreement lacks, and references without a target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from iopdocs.document.numbering import lacking_target
from iopdocs.document.tree import Document, Origin, Placeholder
from iopdocs.document.walk import inlines_of
from iopdocs.linter.passages import inline_runs
from iopdocs.linter.rule import Case

_REFERENCE = re.compile(r"\[[^\[\]\n]{0,200}\]\(#([^()\s]{1,200})\)")


@frozen
class DocumentGap:
    """A placeholder in a document, with its section and the text that printed it."""

    placeholder: Placeholder
    section: str
    origin: Origin


def holes(document: Document) -> Iterator[DocumentGap]:
    """Yield every placeholder of *document* in reading order, each path once."""
    seen: set[tuple[str, str]] = set()
    for section, origin, children in inline_runs(document):
        for node in inlines_of(children):
            key = (node.path, node.label) if isinstance(node, Placeholder) else ("", "")
            if isinstance(node, Placeholder) and key not in seen:
                seen.add(key)
                yield DocumentGap(node, section, origin)


def references_in_data(case: Case, label: str) -> Iterator[tuple[str, int, int]]:
    """Yield (path, start, exclusive end) of each reference in the data's texts that prints a placeholder labelled *label*."""
    titles = {entry.name: entry.heading for entry in case.document.outline} if case.document is not None else {}
    for passage in case.data_texts:
        for match in _REFERENCE.finditer(passage.text):
            if lacking_target(match[1], titles) == label:
                yield passage.path, match.start(), match.end()
