"""Markdown: read back by a CommonMark parser, every text is what it was, and no datum has become structure."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from iopdocs.document.tree import Document, Emphasis, Inline, Link, ListBlock, Strong, Text, Value
from iopdocs.writers.markdown import is_untouched, write_markdown
from tests.helpers.document_samples import items, p, sample, t
from tests.helpers.document_strategies import documents, neutral, texts_of
from tests.helpers.properties import examples

MODEST = examples(60, suppress_health_check=list(HealthCheck))
PARSER = MarkdownIt("commonmark").enable("table")


def blocks_in(text: str) -> list[tuple[str, str]]:
    return [(token.type, token.tag) for token in PARSER.parse(text)]


def read(token: Token) -> str:
    out = []
    for child in token.children or []:
        assert child.type != "softbreak"
        if child.type == "hardbreak" or (child.type, child.content) == ("html_inline", "<br>"):
            out.append("\n")
        elif child.type in ("text", "text_special"):
            out.append(child.content)
        else:
            assert child.type in ("em_open", "em_close", "strong_open", "strong_close", "link_open", "link_close") or (
                child.content in ("<em>", "</em>", "<strong>", "</strong>")
            ), child
    return "".join(out)


def texts_in(text: str) -> list[str]:
    return [shown for token in PARSER.parse(text) if token.type == "inline" if (shown := read(token))]


def expected(document: Document) -> list[str]:
    shown = []
    for kind, text in texts_of(document):
        if kind == "heading":
            shown.append(f"{text[0]} {text[1]}" if text[0] else text[1])
        elif kind == "line":
            shown.append(f"{text[0]}: {text[1] or '…' * 20}")
        else:
            shown.append(text)
        if kind == "title" and document.properties.draft:
            shown.append("UTKAST")
    return [text for text in shown if text]


@MODEST
@given(documents())
def test_every_text_comes_back_as_written(document: Document) -> None:
    assert texts_in(write_markdown(document)) == expected(document)


@MODEST
@given(documents())
def test_no_text_changes_the_structure(document: Document) -> None:
    assert blocks_in(write_markdown(document)) == blocks_in(write_markdown(neutral(document)))


def markdown(*children: Inline) -> str:
    return write_markdown(Document((), (p(*children),), ())).split("\n\n")[1]


def test_ordinary_text_reads_as_ordinary_text() -> None:
    text = write_markdown(sample())
    assert "## 2 Mål och målgrupp\n\nPartnerskapet har tre mål:\n\n1. fler vuxna" in text
    assert "### 2.1 Målgrupp\n" in text
    assert "| **Summa** |  | **1\u00a0200\u00a0000\u00a0kr** |" in text
    assert "*Ingen part* tar ut vinst." in text
    assert (
        markdown(Value("KS 2026/123, 2027-01-01, 50 % (a.b-c) §\u00a04", "x"))
        == "KS 2026/123, 2027-01-01, 50 % (a.b-c) §\u00a04"
    )


@pytest.mark.parametrize(
    ("children", "written"),
    [
        ((Text("a "), Emphasis(t("b")), Text(".")), "a *b*."),
        ((Text("a"), Emphasis(t("b")), Text("c")), "a<em>b</em>c"),
        ((Strong(t(" b ")),), "<strong> b </strong>"),
        ((Strong((Text("a "), Emphasis(t("b")), Text(" c"))),), "**a *b* c**"),
        ((Emphasis(()), Text("a")), "a"),
        ((Text("Se!"), Emphasis(()), Link(t("x"), "http://x.se")), "Se\\![x](<http://x.se>)"),
        ((Value("rad 1\nrad 2\n\nrad 4", "x"),), "rad 1\\\nrad 2<br>\\\nrad 4"),
        ((Value("1. inte en lista\n# inte en rubrik", "x"),), "1\\. inte en lista\\\n\\# inte en rubrik"),
    ],
)
def test_marks_are_chosen_so_that_they_are_read_right(children: tuple[Inline, ...], written: str) -> None:
    assert markdown(*children) == written


def test_two_lists_that_follow_each_other_stay_two() -> None:
    document = Document(
        (), (ListBlock(items("a")), ListBlock(items("b")), ListBlock(items("c"), True), ListBlock(items("d"), True)), ()
    )
    tokens = [name for name, _tag in blocks_in(write_markdown(document))]
    assert tokens.count("bullet_list_open") == tokens.count("ordered_list_open") == 2


def test_a_text_is_known_as_ours_until_it_is_edited() -> None:
    text = write_markdown(sample()).encode()
    assert is_untouched(text)
    assert not is_untouched(text.replace(b"Norrby", b"Soderby", 1))
    assert not is_untouched(text + b"\nMer text.\n")
    assert not is_untouched(b"# Avtal\n")
    assert not is_untouched(b"\xff\xfe")
