"""Every pair of variants of all clauses stands in some agreement, and each of these agreements makes valid documents.

The pairs are spread over the sample agreements. All is read from the library: a new variant is in the test by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

import attrs
import pytest

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.document.numbering import slug
from iopdocs.document.tree import Block, ChosenBy, Document, Heading, Placeholder, Value
from iopdocs.document.walk import all_inlines, inlines_of, plain
from iopdocs.library.choices_as_facts import with_choices
from iopdocs.library.clauses import folded
from iopdocs.library.includes import graph
from iopdocs.library.layer_reader import load_library
from iopdocs.model.agreement import Agreement
from iopdocs.model.clauses import ClauseChoice
from iopdocs.model.fields import ClauseName
from tests.helpers.docx_checks import audit, faults

LIBRARY = load_library()
SAMPLES = {name: iopdocs.load(file) for name, file in LIBRARY.samples.items()}
MOST = 80
"""Documents at the most; two variants in each of fifty clauses need far fewer."""
NONE, UNSAID = "nej", ""
AUDITED = 8  # one in so many is looked at by openxml-audit too, which is slow

Row = Mapping[str, str]


def choices() -> dict[str, tuple[str, ...]]:
    """Return, for each clause that some section takes in, what the data may say of it."""
    taken = {folded(one.name) for edges in graph(LIBRARY).values() for one, _target in edges if one.clause}
    clauses = [clause for key, clause in LIBRARY.clauses.items() if key in taken]
    return {
        clause.name: (*(one.name or "ja" for one in clause.variants.values()), NONE, UNSAID)
        for clause in sorted(clauses, key=lambda one: (-len(one.variants), one.name))
    }


def pairwise(options: Mapping[str, Sequence[str]]) -> list[Row]:
    """Return rows in which every two values of different names stand together at least once; the same every time."""
    values = [(name, value) for name, some in options.items() for value in some]
    numbers = {name: [at for at, one in enumerate(values) if one[0] == name] for name in options}
    left = [{other for other, one in enumerate(values) if one[0] != values[at][0]} for at in range(len(values))]
    rows: list[Row] = []
    while any(left):
        # The value that lacks most goes first, with the one that it lacks and that lacks most.
        first = max(range(len(values)), key=lambda at: len(left[at]))
        row = {first, max(sorted(left[first]), key=lambda at: len(left[at]))}
        for name in options:
            if not row.intersection(numbers[name]):
                row.add(max(numbers[name], key=lambda at: (len(left[at] & row), len(left[at]))))
        for at in row:
            left[at] -= row
        rows.append(dict(values[at] for at in sorted(row)))
    return rows


ROWS = pairwise(choices())


def agreement_of(number: int) -> Agreement:
    """Return the agreement of row *number*: a sample with the row's choices."""
    sample = list(SAMPLES.values())[number % len(SAMPLES)]
    chosen = tuple(
        ClauseChoice(clause=ClauseName(name), variant=value) for name, value in ROWS[number].items() if value
    )
    return with_choices(attrs.evolve(sample, clauses=chosen), LIBRARY)


@cache
def made(number: int) -> Document:
    return render_document(agreement_of(number), LIBRARY)


def empty_headings(document: Document) -> Iterator[str]:
    """Yield each heading of the texts' own with nothing under it."""
    for section in document.sections:
        if not section.blocks and not _users(section.heading):
            yield plain(section.heading)
        yield from _over_nothing(section.blocks)


def _over_nothing(blocks: Sequence[Block]) -> Iterator[str]:
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if not isinstance(block, Heading) or _users(block.children):
            continue
        if after is None or (isinstance(after, Heading) and after.level <= block.level):
            yield plain(block.children)


def _users(heading: Iterable[object]) -> bool:
    return any(isinstance(node, Value) for node in inlines_of(tuple(heading)))  # type: ignore[arg-type]


def test_the_pairs_of_a_small_case_are_all_there_and_few() -> None:
    options = {"a": ("1", "2", "3"), "b": ("1", "2"), "c": ("1", "2"), "d": ("1", "2", "3")}
    rows = pairwise(options)
    wanted = {frozenset({(x, p), (y, q)}) for x, y in combinations(options, 2) for p in options[x] for q in options[y]}
    assert {frozenset(pair) for row in rows for pair in combinations(row.items(), 2)} == wanted
    assert 9 <= len(rows) <= 13
    assert pairwise(options) == rows


def test_the_documents_are_no_more_than_can_be_looked_at() -> None:
    assert len(SAMPLES) <= len(ROWS) <= MOST


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_a_row_of_variants_makes_valid_documents(number: int) -> None:
    document = made(number)
    data = document.to_docx()
    assert faults(data) == []
    if number % AUDITED == 0:
        assert audit(data) == []
    gaps = [node for node in all_inlines(document) if isinstance(node, Placeholder)]
    # A clause that is left out with ”nej” may be what another text refers to: the linter says so (T102).
    left_out = {slug(name) for name, value in ROWS[number].items() if value == NONE}
    assert [
        node.label for node in gaps if not node.path and not re.search(f"”({'|'.join(left_out)})”", node.label)
    ] == []
    assert list(empty_headings(document)) == []
    markdown, html = document.to_markdown(), document.to_html()
    assert "[]" not in markdown
    assert not re.search(r"<(h[1-6]|p|li|th)[^>]*>\s*</\1>", html)
    assert not re.search("[\ue000-\ue00f]", markdown + html)
    assert not re.search(r" [,.;:](?=\s|$)|\.\.(?!\.)|,,|\(\)", re.sub(r"\|.*\|", "", markdown))


def test_every_variant_is_printed_by_some_row() -> None:
    used = {
        (folded(use.clause), folded(use.variant))
        for number in range(len(ROWS))
        for use in made(number).clauses
        if use.how is ChosenBy.DATA
    }
    every = {
        (folded(name), "" if value == "ja" else folded(value)) for name, values in choices().items() for value in values
    }
    every = {one for one in every if one[1] not in (NONE,) and (one[1] or LIBRARY.clauses[one[0]].only)}
    assert every - used == set()
