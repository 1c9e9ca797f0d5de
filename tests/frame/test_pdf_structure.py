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
from io import BytesIO
from pathlib import Path

import lxml.html
import pytest
from document_reading import headings_of, item_count, lists_of, one_space, tables_of
from document_samples import sample

import iopdocs
from iopdocs.render.document import CrossReference, Document, all_inlines
from iopdocs.render.pdf import to_pdfs

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
    return found | {"alla-slags-delar": sample()}


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


@pytest.mark.parametrize("name", NAMES)
def test_headings_lists_and_tables_are_tagged(
    name: str, documents: dict[str, Document], pdfs: dict[str, bytes], tmp_path: Path
) -> None:
    document, tagged = documents[name], elements(pdfs[name], tmp_path)
    squeezed = [(tag, text.replace(" ", "")) for tag, text in tagged]
    headings = [(int(tag[1]), text) for tag, text in squeezed if re.fullmatch(r"H\d", tag)]
    # Where a line ends inside a heading, poppler gives two texts: spaces are left out of the comparison.
    assert headings == [(level, f"{number}{text}".replace(" ", "")) for level, number, text in headings_of(document)]
    assert {level for level, _text in headings} >= {1, 2}
    count = Counter(tag for tag, _text in tagged)
    tables = tables_of(document)
    assert count["Table"] == len(tables) > 0
    assert count["TH"] == sum(len(table[0]) for table in tables)
    assert count["TD"] == sum(len(row) for table in tables for row in table[1:])
    assert count["LI"] == count["LBody"] == item_count(document) > 0
    assert count["L"] >= len(lists_of(document)) > 0
    shown = Counter(node.target for node in all_inlines(document) if isinstance(node, CrossReference))
    assert count["Link"] >= shown.total() > 0


def test_a_heading_of_the_third_level_is_tagged_h3(
    documents: dict[str, Document], pdfs: dict[str, bytes], tmp_path: Path
) -> None:
    assert any(level == 3 for level, _number, _text in headings_of(documents["alla-slags-delar"]))
    assert "H3" in {tag for tag, _text in elements(pdfs["alla-slags-delar"], tmp_path)}


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
    text = one_space(run("pdftotext", "-", "-", data=pdfs[name]))
    assert [heading for heading in headings if heading not in text] == []
    wanted = Counter(REFERENCE.findall(one_space(main.text_content())))
    assert wanted
    assert Counter(REFERENCE.findall(text)) == wanted
    numbers = {number for _level, number, _text in headings_of(documents[name])}
    assert {f"Bilaga {number}" if kind == "bilaga" else number for kind, number in wanted} <= numbers
