"""Clauses that the agreement leaves out (``klausuler: {tvist: nej}``), and the headings that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from iopdocs.document.numbering import lacking_target, slug
from iopdocs.document.tree import ChosenBy
from iopdocs.library.clauses import folded, wants_none
from iopdocs.library.layers import Library
from iopdocs.linter.rule import Case

_HEADING = re.compile(r"^ {0,3}#{2,6}[ \t]+(?P<heading>[^\n]{1,200}?)[ \t#]*$")
_CLAUSE = re.compile(r"""\{%[-+]?\s*klausul\s+["'](?P<clause>[^"'\n]{1,200})["']""")


def left_out_by_label(case: Case) -> Mapping[str, str]:
    """Return the clauses left out, as the data write them, by what the document says where a reference to one has no target."""
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
    """Yield the ids of the headings that the clause *name* stands under or has: for ``uppsägning`` it is ``uppsagning``.

    A clause under no heading of its own in a section stands under that of the section.
    """
    for stem in library.names("avsnitt/"):
        found = library.find(stem)
        assert found is not None
        heading = found[1].stem
        for line in found[1].body.split("\n"):
            if match := _HEADING.match(line):
                heading = slug(match["heading"])
            if any(folded(one["clause"]) == folded(name) for one in _CLAUSE.finditer(line)):
                yield heading
    clause = library.clause(name)
    for variant in clause.variants.values() if clause else ():
        for line in variant.text.body.split("\n"):
            if match := _HEADING.match(line):
                yield slug(match["heading"])
