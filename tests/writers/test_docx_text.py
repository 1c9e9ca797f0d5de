"""Any text in any place comes back from the DOCX as it was written, and never changes the structure."""

from __future__ import annotations

from hypothesis import HealthCheck, given
from lxml import etree

from iopdocs.document.tree import Document, Paragraph, Value
from tests.helpers import docx_checks
from tests.helpers.document_strategies import documents, neutral, texts, texts_of
from tests.helpers.properties import examples

MODEST = examples(50, suppress_health_check=list(HealthCheck))
STRUCTURE = {
    docx_checks.w(tag)
    for tag in ("p", "tbl", "tr", "tc", "hyperlink", "sdt", "pStyle", "ilvl", "tblHeader", "bookmarkStart")
}


def expected(document: Document) -> list[str]:
    status = ["UTKAST"] if document.properties.draft else []
    shown = []
    for kind, text in texts_of(document):
        if kind == "heading":
            shown.append(text[1])
        elif kind == "line":
            shown.append(f"{text[1]}\t\n{text[0]}")
        else:
            shown.append(text)
    return [text for text in (*status, *shown) if text]


def structure(data: bytes) -> list[tuple[str, str]]:
    return [(e.tag, docx_checks.value(e)) for e in docx_checks.main_part(data).iter(*STRUCTURE)]


@MODEST
@given(documents())
def test_every_text_comes_back_as_written(document: Document) -> None:
    assert [text for text in docx_checks.paragraphs(document.to_docx()) if text] == expected(document)


@MODEST
@given(documents())
def test_no_text_changes_the_structure(document: Document) -> None:
    data = document.to_docx()
    assert structure(data) == structure(neutral(document).to_docx())
    assert docx_checks.faults(data) == []


@examples(8, suppress_health_check=list(HealthCheck))
@given(documents())
def test_openxml_audit_finds_nothing_in_generated_documents(document: Document) -> None:
    assert docx_checks.audit(document.to_docx()) == []


@MODEST
@given(texts)
def test_the_title_stands_in_the_properties_and_the_page_header(title: str) -> None:
    from iopdocs.document.tree import Properties

    data = Document((), (), (), Properties(title, case_numbers=("KS 2026/1",))).to_docx()
    core = read(data, "docProps/core.xml")
    words = " ".join(title.split())
    assert (core.findtext("{http://purl.org/dc/elements/1.1/}title") or "") == words
    header = docx_checks.text_of(read(data, "word/header2.xml"))
    assert header.endswith("\tDnr KS 2026/1")
    assert words.startswith(header.partition("\tDnr")[0].removesuffix("…")) or "\t" in title


def test_every_kind_of_line_break_is_kept_as_a_line_break() -> None:
    data = Document((), (Paragraph((Value("a\r\nb\rc\nd\te", "x"),)),), ()).to_docx()
    assert docx_checks.paragraphs(data)[-1] == "a\nb\nc\nd\te"


def test_a_character_that_no_document_can_hold_does_not_spoil_the_file() -> None:
    data = Document((), (Paragraph((Value("a\x0bb\x00c\ud800", "x"),)),), ()).to_docx()
    assert docx_checks.paragraphs(data)[-1] == "a\ufffdb\ufffdc\ufffd"
    assert docx_checks.faults(data) == []


def read(data: bytes, name: str) -> etree._Element:
    import zipfile
    from io import BytesIO

    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))
