"""The examples' DOCX files as other readers see them: pandoc, mammoth and docx2python.

Each is skipped where it is missing, except in CI, which sets IOPDOCS_REQUIRE_READERS=1.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest

import iopdocs
from iopdocs.document.tree import Document
from iopdocs.document.visibility import status_of
from tests.helpers.document_reading import headings_of, item_count, lists_of, one_space, tables_of, words_of
from tests.helpers.document_samples import sample

EXAMPLES = {file.stem: file for file in sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))}
NAMES = [*EXAMPLES, "alla-slags-delar"]
REQUIRED = os.environ.get("IOPDOCS_REQUIRE_READERS") == "1"
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "table", "ul", "ol", "br"}


def absent(name: str) -> Any:
    if REQUIRED:
        pytest.fail(f"{name} is not installed, and IOPDOCS_REQUIRE_READERS is set")
    pytest.skip(f"{name} is not installed")


def package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return absent(name)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    found = {name: iopdocs.render(iopdocs.load(file)) for name, file in EXAMPLES.items()}
    return found | {"alla-slags-delar": sample()}


@pytest.fixture(params=NAMES)
def document(request: pytest.FixtureRequest, documents: dict[str, Document]) -> Document:
    return documents[request.param]


def levels(document: Document) -> list[tuple[int, str]]:
    return [(level, text) for level, _number, text in headings_of(document)]


# pandoc


def pandoc(document: Document) -> list[dict[str, Any]]:
    program = shutil.which("pandoc") or absent("pandoc")
    done = subprocess.run(
        [program, "-f", "docx", "-t", "json"], input=document.to_docx(), capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    read = json.loads(done.stdout)
    title = [{"t": "Para", "c": read["meta"]["title"]["c"]}] if "title" in read["meta"] else []
    subtitle = [{"t": "Para", "c": read["meta"]["subtitle"]["c"]}] if "subtitle" in read["meta"] else []
    return [*title, *subtitle, *read["blocks"]]


def nodes(tree: Any, kind: str) -> Iterator[Any]:
    """Yield the content of every node of *kind*, in order."""
    if isinstance(tree, dict):
        if tree.get("t") == kind:
            yield tree["c"]
        for child in tree.values():
            yield from nodes(child, kind)
    elif isinstance(tree, list):
        for child in tree:
            yield from nodes(child, kind)


def text_in(tree: Any) -> str:
    """Return the text of a tree of pandoc's, a line break after each block."""
    if isinstance(tree, list):
        return "".join(map(text_in, tree))
    if not isinstance(tree, dict):
        return ""
    kind = tree["t"]
    if kind in ("Str", "Code"):
        return tree["c"] if isinstance(tree["c"], str) else tree["c"][1]
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Table":
        # Its name for screen readers (w:tblCaption) is no text that a reader sees.
        return text_in(tree["c"][3:])
    return text_in(tree.get("c", [])) + ("\n" if kind in ("Para", "Plain", "Header") else "")


def test_pandoc_reads_the_headings_with_their_levels(document: Document) -> None:
    read = [(content[0], one_space(text_in(content[2]))) for content in nodes(pandoc(document), "Header")]
    assert len(read) > 5
    assert read == levels(document)


def test_pandoc_reads_every_list_as_a_list(document: Document) -> None:
    blocks = pandoc(document)
    bulleted = list(nodes(blocks, "BulletList"))
    ordered = [content[1] for content in nodes(blocks, "OrderedList")]
    assert item_count(document) > 3
    assert sum(map(len, bulleted + ordered)) == item_count(document)
    wanted = Counter(block.ordered for block in lists_of(document))
    assert {True: len(ordered), False: len(bulleted)} == {True: wanted[True], False: wanted[False]}


def test_pandoc_reads_every_cell_of_every_table(document: Document) -> None:
    read = []
    for _attributes, name, _columns, head, bodies, _foot in nodes(pandoc(document), "Table"):
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3]))]
        assert len(head[1]) == 1, "the header row is a header row"
        assert text_in(name).strip(), "a table has a name"
        read.append([[one_space(text_in(cell[4])) for cell in row[1]] for row in rows])
    assert read
    assert read == tables_of(document)


def test_pandoc_loses_no_word_and_finds_none_more(document: Document) -> None:
    assert Counter(text_in(pandoc(document)).split()) == words_of(document)


# mammoth


def mammoth(document: Document) -> lxml.html.HtmlElement:
    # It knows no styles but Word's own, and takes ours for plain paragraphs; what it finds wrong besides is a fault of ours.
    # An appendix has a style of its own on Word's "heading 1", which it asks to be told of.
    styles = "p[style-name='Bilagerubrik'] => h1:fresh"
    result = package("mammoth").convert_to_html(BytesIO(document.to_docx()), style_map=styles)
    assert [one.message for one in result.messages if not one.message.startswith("Unrecognised ")] == []
    return lxml.html.document_fromstring(f"<html><body>{result.value}</body></html>")


def test_mammoth_reads_headings_lists_and_tables(document: Document) -> None:
    page = mammoth(document)
    headings = [(int(one.tag[1]), one_space(one.text_content())) for one in page.iter("h1", "h2", "h3", "h4", "h5")]
    assert headings == levels(document)
    assert len(list(page.iter("li"))) == item_count(document)
    wanted = Counter(block.ordered for block in lists_of(document))
    assert (len(list(page.iter("ol"))), len(list(page.iter("ul")))) == (wanted[True], wanted[False])
    tables = [
        [[one_space(cell.text_content()) for cell in row.iter("th", "td")] for row in table.iter("tr")]
        for table in page.iter("table")
    ]
    assert tables == tables_of(document)
    assert all(len(table.findall("thead/tr")) == 1 for table in page.iter("table"))


def test_mammoth_loses_no_word_and_every_reference_leads_somewhere(document: Document) -> None:
    page = mammoth(document)
    named = {one.get("id") for one in page.iter() if one.get("id")}
    assert {one.get("href")[1:] for one in page.iter("a") if (one.get("href") or "").startswith("#")} <= named
    for one in page.iter(*BLOCKS):
        one.text, one.tail = "\n" + (one.text or ""), "\n" + (one.tail or "")
    assert Counter(page.text_content().split()) == words_of(document)


# docx2python


@pytest.fixture
def extracted(document: Document) -> Iterator[Any]:
    read = package("docx2python").docx2python(BytesIO(document.to_docx()))
    yield read
    read.close()


# A heading without a number stands in a list whose numbers print nothing (17.18.59, none), which docx2python does not know.
pytestmark = pytest.mark.filterwarnings("ignore:none numbering format not implemented:UserWarning")


def test_docx2python_reads_headings_and_loses_no_word(document: Document, extracted: Any) -> None:
    iterators = importlib.import_module("docx2python.iterators")
    paragraphs = list(iterators.iter_at_depth(extracted.body_pars, 4))
    shown = [(one.style, "".join(text for text in one.run_strings if text != "--\t")) for one in paragraphs]
    headings = [(int(style[-1]), one_space(text)) for style, text in shown if style.startswith("Heading")]
    assert [one for one in levels(document) if one in headings] == [one for one in headings if one in levels(document)]
    assert len(headings) > 5
    text = re.sub(r'<a href="[^"]*">(.*?)</a>', r"\1", " ".join(text for _style, text in shown))
    lost = words_of(document) - Counter(text.split())
    assert lost == Counter()


def test_docx2python_reads_the_footer_and_the_properties(document: Document, extracted: Any) -> None:
    footers = ["".join(runs) for runs in _paragraphs(extracted.footer_runs)]
    assert footers
    for footer in footers:
        assert one_space(footer).endswith("Sida 1 av 1")
        assert status_of(document.properties) in footer
    headers = " ".join("".join(runs) for runs in _paragraphs(extracted.header_runs))
    assert all(one_space(number) in one_space(headers) for number in document.properties.case_numbers[:1])
    assert extracted.core_properties["title"] == document.properties.title
    assert extracted.core_properties["language"] == "sv-SE"


def _paragraphs(runs: Any) -> Iterator[list[str]]:
    if runs and all(isinstance(run, str) for run in runs):
        yield runs
    elif isinstance(runs, list):
        for child in runs:
            yield from _paragraphs(child)
