"""The reader of sources: it finds what Jinja finds, and reads hostile texts as fast as others."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from iopdocs.library.layer_reader import load_library
from iopdocs.library.source import blocks, extended, headings, inclusions, tags, visible_lines
from iopdocs.templating.allowed_syntax import refusals
from iopdocs.templating.tag_mistakes import tag_slips
from iopdocs.templating.unknown_names import parsed
from tests.helpers.timing import within

BASE = {name: text.body for name, text in load_library().layers[0].texts.items()}
WORDS = st.sampled_from(
    (
        "Ord. ", "\n", "\n\n", "## Rubrik", " ", '"', "'", "%", "}", "{", "#", "\\", "{# sagt #}", "{{ titel }}",
        "{{- titel -}}", '{{ "}}" }}', "{{ 'a\\'}}' }}", "{% if titel %}", "{%- if titel -%}", "{% endif %}",
        '{% include "avsnitt/mal.md.j2" %}', "{% extends 'bas/avsnitt/mal.md.j2' %}", '{% klausul "tvist" %}',
        '{% klausul "tvist", "nämnd" +%}', "{% block a %}", "{% block b%}", "{% endblock %}", "{%endblock a%}",
        '{% if titel == "%}" %}', '{% from "x" import y %}', '{% import "x" as y %}', "{% set a = 1 %}",
    )
)  # fmt: skip


def tags_by_jinja(source: str) -> list[tuple[str, int]]:
    """Return (opening, 1-based line) of each tag that Jinja's lexer finds."""
    environment = Environment(keep_trailing_newline=True)
    begins = ("variable_begin", "block_begin", "comment_begin")
    return [(words[:2], line) for line, kind, words in environment.lexer.tokeniter(source, None) if kind in begins]


def inclusions_by_jinja(tree: nodes.Template) -> list[str]:
    kinds = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
    names = [str(node.template.value) for node in tree.find_all(kinds)]  # type: ignore[attr-defined]
    return sorted(name.removeprefix("@klausul/").partition("/")[0] if "@" in name else name for name in names)


def assert_as_jinja_reads(source: str) -> None:
    tree = parsed(source)
    if tree is None or any(refusals(tree)):
        return
    assert [(tag.opening, tag.line) for tag in tags(source)] == tags_by_jinja(source)
    assert all(tag.closed for tag in tags(source))
    assert sorted(taken.name for taken in inclusions(source)) == inclusions_by_jinja(tree)
    assert sorted(blocks(source)) == sorted(block.name for block in tree.find_all(nodes.Block))


@pytest.mark.parametrize("name", BASE)
def test_a_text_of_ours_is_read_as_jinja_reads_it(name: str) -> None:
    assert parsed(BASE[name]) is not None
    assert_as_jinja_reads(BASE[name])


@given(st.lists(WORDS, max_size=12).map("".join))
def test_what_jinja_can_read_is_read_as_jinja_does(source: str) -> None:
    assert_as_jinja_reads(source)


@given(st.lists(WORDS, max_size=20).map("".join))
def test_any_text_is_read_to_its_end_on_its_own_lines(source: str) -> None:
    found = tags(source)
    assert all(source.startswith(tag.opening, tag.start) for tag in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert [tag.line for tag in found] == [source.count("\n", 0, tag.start) + 1 for tag in found]
    assert [line.source for line in visible_lines(source)] == source.split("\n")


@pytest.mark.parametrize(
    "piece",
    ["{{", "{%", "{#", "{", "}", "%", '"', "'", '{% "', "{% block a %}", "{{ a\n", "{% a\n \n", "\n ", "{{ \\", "## a\n",
     "{%%}", "{ %", "# #", "{% block a %}{{", "}}", '{{ "}}', " #"],
)  # fmt: skip
def test_a_text_of_nothing_but_signs_is_read_in_no_long_time(piece: str) -> None:
    source = (piece * 200_000)[:200_000]
    with within(15):
        tag_slips(source), inclusions(source), blocks(source), headings(source), extended(source)


@pytest.mark.parametrize(
    ("line", "level", "words"),
    [
        ("# A", 1, "A"),
        ("   ###### B b", 6, "B b"),
        ("## C ##", 2, "C"),
        ("##\tD #x", 2, "D #x"),
        ("## {{ t }}:", 2, "□:"),
    ],
)
def test_a_heading_is_what_markdown_takes_for_one(line: str, level: int, words: str) -> None:
    (found,) = headings(f"Ord.\n{line}\n")
    assert (found.line, found.level, found.words) == (2, level, words)


@pytest.mark.parametrize("line", ["#A", "    ## A", "####### A", "Se ## A", "{# ## A #}", "## "])
def test_other_lines_are_no_headings(line: str) -> None:
    assert headings(line) == ()
