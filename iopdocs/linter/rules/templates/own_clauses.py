"""Parts of rule T109: own clauses that replace the same clause, and headings that exist already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iopdocs.document.tree import Document, Heading
from iopdocs.document.walk import plain
from iopdocs.findings import Level
from iopdocs.library.clauses import folded
from iopdocs.linter.rule import Case, Hit
from iopdocs.values import running_text


def twice_instead(case: Case) -> Iterator[Hit]:
    """Yield a hit for each own clause that replaces the same clause as an earlier one."""
    seen: set[str] = set()
    for number, own in enumerate(case.agreement.own_clauses, 1):
        name = folded(own.replaces or "")
        if name in seen:
            message = f"två egna klausuler står i stället för ”{own.replaces}”, och båda kommer med"
            hint = "slå ihop dem, eller ge den ena en annan plats med ”efter” eller ”avsnitt”"
            yield Hit(f"egna_klausuler[{number}].i_stället_för", message, hint, Level.WARNING, word=own.replaces or "")
        elif name:
            seen.add(name)


def headings_there_are(case: Case) -> Iterator[Hit]:
    """Yield a hit for each own clause whose heading is also another heading of the document."""
    if case.document is None or not case.agreement.own_clauses:
        return
    count = Counter(running_text.folded(heading) for heading in _headings(case.document))
    for number, own in enumerate(case.agreement.own_clauses, 1):
        heading = own.heading or ""
        if heading.strip() and count[running_text.folded(heading)] > 1:
            message = f"rubriken ”{running_text.short(heading)}” finns på mer än ett ställe i avtalet"
            hint = "ge klausulen en annan rubrik; ska den gälla i stället för avtalets text, skriv ”i_stället_för”"
            if own.replaces:
                hint = "ta bort ”rubrik” om rubriken som redan finns räcker, eller skriv en annan"
            yield Hit(f"egna_klausuler[{number}].rubrik", message, hint, Level.WARNING, word=heading)


def _headings(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield plain(section.heading)
        for block in section.blocks:
            if isinstance(block, Heading):
                yield plain(block.children)
