"""What a screen reader finds in the examples' PDF files: tags for headings, lists and tables, the language, the numbers.

LibreOffice 7.4 tags the document's title as a paragraph (P), so H1 are the sections, H2 and H3 what stands in them.
Skipped where LibreOffice or poppler is missing, except in CI, which sets IOPDOCS_REQUIRE_LIBREOFFICE=1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs
import lxml.html
import pytest

import iopdocs
from iopdocs.document.tree import CrossReference, Document
from iopdocs.document.walk import all_inlines
from iopdocs.writers.pdf import to_pdfs
from tests.helpers.document_reading import headings_of, item_count, lists_of, one_space, tables_of
from tests.helpers.document_samples import sample
from tests.helpers.properties import DEPTH, FEW

EXAMPLES = {file.stem: file for file in sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))}
NAMES = [*EXAMPLES, "alla-slags-delar"]
REQUIRED = os.environ.get("IOPDOCS_REQUIRE_LIBREOFFICE") == "1"
REFERENCE = re.compile(r"\b(avsnitt|bilaga) (\d+(?:\.\d+)*)")

pytestmark = pytest.mark.libreoffice


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None and REQUIRED:
        pytest.fail(f"{name} is not installed, and IOPDOCS_REQUIRE_LIBREOFFICE is set")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    found = {name: iopdocs.render(iopdocs.load(file)) for name, file in EXAMPLES.items()}
    short = attrs.evolve(sample(), sections=sample().sections[:3])
    return found | {"alla-slags-delar": sample(), "kort": short}


@pytest.fixture(scope="module")
def pdfs(documents: dict[str, Document]) -> dict[str, bytes]:
    program("soffice")
    return dict(zip(documents, to_pdfs([document.to_docx() for document in documents.values()]), strict=True))


def run(name: str, *arguments: str, data: bytes) -> str:
    done = subprocess.run([program(name), *arguments], input=data, capture_output=True, check=True, timeout=120)
    return done.stdout.decode("utf-8")


def elements(data: bytes, folder: Path) -> list[tuple[str, str]]:
    """Return (tag, text) of every structure element, in order, as poppler shows them; the text is its own, not a child's."""
    file = folder / "a.pdf"
    file.write_bytes(data)
    shown = run("pdfinfo", "-struct-text", str(file), data=b"")
    found: list[tuple[str, list[str]]] = []
    open_at: list[tuple[int, int]] = []
    for line in shown.splitlines():
        indent = len(line) - len(line.lstrip())
        if text := re.fullmatch(r' *"(.*)"', line):
            while open_at and open_at[-1][0] >= indent:
                open_at.pop()
            found[open_at[-1][1]][1].append(text[1])
        elif tag := re.match(r" *([A-Z]\w*)(?: \(\w+\))?:?$", line):
            while open_at and open_at[-1][0] >= indent:
                open_at.pop()
            open_at.append((indent, len(found)))
            found.append((tag[1], []))
    return [(tag, one_space(" ".join(text))) for tag, text in found]


def tags(data: bytes) -> list[tuple[str, str]]:
    """Return (tag, scope) of every structure element, in order, read from the file itself (ISO 32000-1, 14.7)."""
    from pypdf import PdfReader

    found: list[tuple[str, str]] = []
    waiting: list[Any] = [PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            waiting += reversed(element)
        elif isinstance(element, dict):
            if "/S" in element:
                given = element.get("/A", [])
                given = [one.get_object() for one in (given if isinstance(given, list) else [given])]
                found.append((element["/S"].removeprefix("/"), "".join(str(one.get("/Scope", "")) for one in given)))
            if "/K" in element:
                waiting.append(element["/K"])
    return found


def check_tags(count: Counter[str], document: Document) -> None:
    levels = Counter(f"H{level}" for level, _number, _text in headings_of(document))
    assert {tag: number for tag, number in count.items() if re.fullmatch(r"H\d", tag)} == levels
    assert {"H1", "H2"} <= set(levels)
    tables = tables_of(document)
    assert count["Table"] == len(tables) > 0
    assert count["TH"] == sum(len(table[0]) for table in tables)
    assert count["TD"] == sum(len(row) for table in tables for row in table[1:])
    assert count["LI"] == count["LBody"] == item_count(document) > 0
    assert count["L"] >= len(lists_of(document)) > 0
    references = [node for node in all_inlines(document) if isinstance(node, CrossReference)]
    assert count["Link"] >= len(references) > 0


@pytest.mark.parametrize("name", NAMES)
def test_headings_lists_and_tables_are_tagged(
    name: str, documents: dict[str, Document], pdfs: dict[str, bytes]
) -> None:
    tagged = tags(pdfs[name])
    check_tags(Counter(tag for tag, _scope in tagged), documents[name])
    assert all(scope == "/Column" for tag, scope in tagged if tag == "TH")


def test_a_heading_of_the_third_level_is_tagged_h3(documents: dict[str, Document], pdfs: dict[str, bytes]) -> None:
    assert any(level == 3 for level, _number, _text in headings_of(documents["alla-slags-delar"]))
    assert {"H1", "H2", "H3", "H4"} <= {tag for tag, _scope in tags(pdfs["alla-slags-delar"])}


def test_poppler_finds_the_same_tags_with_their_text(
    documents: dict[str, Document], pdfs: dict[str, bytes], tmp_path: Path
) -> None:
    """One document only, and a short one where few will do: poppler 22.12 takes a minute and more for a long one."""
    name = "kort" if DEPTH == FEW else "utkast-ofullstandigt"
    document, tagged = documents[name], elements(pdfs[name], tmp_path)
    check_tags(Counter(tag for tag, _text in tagged), document)
    # Where a line ends inside a heading, poppler gives two texts: spaces are left out of the comparison.
    headings = [(int(tag[1]), text.replace(" ", "")) for tag, text in tagged if re.fullmatch(r"H\d", tag)]
    assert headings == [(level, f"{number}{text}".replace(" ", "")) for level, number, text in headings_of(document)]


@pytest.mark.parametrize("name", NAMES)
def test_bookmarks_are_the_headings_with_their_numbers(
    name: str, documents: dict[str, Document], pdfs: dict[str, bytes]
) -> None:
    from pypdf import PdfReader

    def flat(outline: list[Any], level: int = 1) -> Iterator[tuple[int, str]]:
        for one in outline:
            if isinstance(one, list):
                yield from flat(one, level + 1)
            else:
                yield level, one_space(one.title)

    wanted = [(level, one_space(f"{number} {text}")) for level, number, text in headings_of(documents[name])]
    assert list(flat(PdfReader(BytesIO(pdfs[name])).outline)) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_says_its_language_and_title(name: str, documents: dict[str, Document], pdfs: dict[str, bytes]) -> None:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdfs[name]))
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == documents[name].properties.title


@pytest.mark.parametrize("name", NAMES)
def test_numbers_and_references_are_those_of_the_html_page(
    name: str, documents: dict[str, Document], pdfs: dict[str, bytes]
) -> None:
    page = lxml.html.document_fromstring(documents[name].to_html())
    main = page.find(".//main")
    headings = [one_space(one.text_content()) for one in main.iter("h2", "h3", "h4", "h5", "h6")]
    text = one_space(run("pdftotext", "-layout", "-", "-", data=pdfs[name]))
    assert [heading for heading in headings if heading not in text] == []
    wanted = Counter(REFERENCE.findall(one_space(main.text_content())))
    assert wanted
    assert Counter(REFERENCE.findall(text)) == wanted
    numbers = {number for _level, number, _text in headings_of(documents[name])}
    assert {f"Bilaga {number}" if kind == "bilaga" else number for kind, number in wanted} <= numbers
