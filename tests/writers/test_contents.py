"""A table of contents on request: the sections in order, as links without page numbers."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

import iopdocs
from iopdocs.document.walk import plain
from iopdocs.library.layer_reader import load_library
from iopdocs.model.agreement import Agreement
from tests.helpers.docx_checks import audit, faults

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
LIBRARY = load_library()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_it_lists_every_section_and_each_entry_leads_to_its_heading(path: Path) -> None:
    document = iopdocs.render(iopdocs.load(path), library=LIBRARY, contents=True)
    data = document.to_docx()
    assert faults(data) == []
    assert audit(data) == []
    read = docx.Document(BytesIO(data))
    entries = [one for one in read.element.body.iter(qn("w:p")) if _style(one) == "TOC1"]
    shown = ["".join(t.text or "" for t in one.iter(qn("w:t"))) for one in entries]
    assert shown == [f"{section.number}{plain(section.heading)}" for section in document.sections]
    headings = {
        mark.get(qn("w:name")): "".join(t.text or "" for t in mark.getparent().iter(qn("w:t")))
        for mark in read.element.body.iter(qn("w:bookmarkStart"))
    }
    for entry, section in zip(entries, document.sections, strict=True):
        (link,) = entry.iter(qn("w:hyperlink"))
        assert headings[link.get(qn("w:anchor"))] == plain(section.heading)


def test_nothing_asks_for_an_update_when_the_document_is_opened() -> None:
    data = iopdocs.render(iopdocs.load(EXAMPLES[0]), library=LIBRARY, contents=True).to_docx()
    assert docx.Document(BytesIO(data)).settings.element.find(qn("w:updateFields")) is None


def test_without_asking_there_is_none() -> None:
    document = iopdocs.render(iopdocs.load(EXAMPLES[0]), library=LIBRARY)
    assert "Innehåll\n" not in document.to_markdown()
    assert b"TOC " not in document.to_docx()


def test_an_agreement_without_sections_has_none() -> None:
    data = iopdocs.render(Agreement(), library=LIBRARY, contents=True, report=iopdocs.lint(Agreement())).to_docx()
    assert faults(data) == []


def test_markdown_lists_the_sections_too() -> None:
    text = iopdocs.render(iopdocs.load(EXAMPLES[-2]), library=LIBRARY, contents=True).to_markdown()
    assert "**Innehåll**\n\n- 1 Bakgrundsförutsättningar\n- 2 Värdegrund\n" in text


def _style(paragraph: object) -> str:
    return str(paragraph.style)  # type: ignore[attr-defined]
