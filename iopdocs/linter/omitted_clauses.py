"""Clauses that the agreement omits (``klausuler: {tvist: nej}``), and the headings omitted with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iopdocs.document.numbering import lacking_target, slug
from iopdocs.document.tree import ChosenBy
from iopdocs.library.clauses import folded, wants_none
from iopdocs.library.layers import Library
from iopdocs.library.source import headings, inclusions
from iopdocs.linter.rule import Case


def left_out_by_label(case: Case) -> Mapping[str, str]:
    """Return the omitted clauses, as written in the data, by the label that a reference without its target has."""
    if case.document is None:
        return {}
    gone = {folded(use.clause) for use in case.document.clauses if use.how is ChosenBy.NONE and wants_none(use.wanted)}
    titles = {entry.name: entry.heading for entry in case.document.outline}
    return {
        lacking_target(target, titles): choice.clause or ""
        for choice in case.agreement.clauses
        if folded(choice.clause or "") in gone
        for target in targets_of_clause(case.library, choice.clause or "")
    }


def targets_of_clause(library: Library, name: str) -> Iterator[str]:
    """Yield the ids of the headings above or in the clause *name*: for ``uppsägning`` it is ``uppsagning``.

    A clause without a heading above it in its section is under the heading of the section.
    """
    for stem in library.names("avsnitt/"):
        found = library.find(stem)
        assert found is not None
        text = found[1]
        titles = headings(text.body)
        for taken in inclusions(text.body):
            if taken.clause and folded(taken.name) == folded(name):
                above = [title for title in titles if title.line <= taken.line]
                yield slug(above[-1].words) if above else text.stem
    clause = library.clause(name)
    for variant in clause.variants.values() if clause else ():
        yield from (slug(title.words) for title in headings(variant.text.body))
