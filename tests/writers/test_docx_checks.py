"""Each of our own checks finds its defect: a good document spoilt in one place."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tests.helpers import docx_checks
from tests.helpers.document_samples import sample

GOOD = sample().to_docx()
DOCUMENT, NUMBERING, STYLES, HEADER = (f"word/{name}.xml" for name in ("document", "numbering", "styles", "header2"))
TYPES, RELS = "[Content_Types].xml", "word/_rels/document.xml.rels"
FIRST_TEXT = '<w:t xml:space="preserve">Bakgrund och syfte</w:t>'
BINDING = '<w:dataBinding w:xpath="/a" w:storeItemID="{00000000-0000-0000-0000-000000000000}"/>'

DEFECTS = [
    ("a run in the body", DOCUMENT, "</w:tbl>", "</w:tbl><w:r><w:t>x</w:t></w:r>", "stands in the body"),
    (
        "no content type",
        TYPES,
        'PartName="/word/styles.xml"',
        'PartName="/word/gone.xml"',
        "word/styles.xml has no content type",
    ),
    (
        "a type for nothing",
        TYPES,
        'PartName="/word/styles.xml"',
        'PartName="/word/gone.xml"',
        "gone.xml has a content type but is missing",
    ),
    (
        "two types",
        TYPES,
        "</Types>",
        '<Override PartName="/word/styles.xml" ContentType="x"/></Types>',
        "two content types",
    ),
    ("a relationship to nothing", RELS, "/word/settings.xml", "/word/gone.xml", "/word/gone.xml is missing"),
    ("two relationships", RELS, 'Id="theme"', 'Id="settings"', "the id settings stands 2 times"),
    ("no relationship", DOCUMENT, 'r:id="headerFirst"', 'r:id="gone"', "no relationship gone"),
    ("an empty cell", DOCUMENT, "</w:tcPr>", "</w:tcPr></w:tc><w:tc><w:tcPr/>", "does not end with a paragraph"),
    (
        "a cell without its last paragraph",
        DOCUMENT,
        "</w:p></w:tc>",
        "</w:p><w:tbl/></w:tc>",
        "does not end with a paragraph",
    ),
    (
        "two bookmark ids",
        DOCUMENT,
        '<w:bookmarkStart w:id="2"',
        '<w:bookmarkStart w:id="1"',
        "two bookmarks have the id 1",
    ),
    (
        "two bookmark names",
        DOCUMENT,
        'w:name="_iop_mal"',
        'w:name="_iop_bakgrund"',
        "two bookmarks are called _iop_bakgrund",
    ),
    ("a bookmark not ended", DOCUMENT, '<w:bookmarkEnd w:id="1"/>', "", "a bookmark is begun and not ended"),
    (
        "an unknown paragraph style",
        DOCUMENT,
        '<w:pStyle w:val="Title"/>',
        '<w:pStyle w:val="Gone"/>',
        "no paragraph style Gone",
    ),
    (
        "an unknown character style",
        DOCUMENT,
        '<w:rStyle w:val="Hyperlink"/>',
        '<w:rStyle w:val="Title"/>',
        "no character style Title",
    ),
    (
        "an unknown table style",
        DOCUMENT,
        '<w:tblStyle w:val="Avtalstabell"/>',
        '<w:tblStyle w:val="Gone"/>',
        "no table style Gone",
    ),
    ("an unknown list", DOCUMENT, '<w:numId w:val="', '<w:numId w:val="99', "no list 99"),
    ("two controls", HEADER, '<w:id w:val="3"/>', '<w:id w:val="2"/>', "two content controls have the id 2"),
    ("a control without title", HEADER, '<w:alias w:val="Titel"/>', "", "has no title"),
    (
        "a field not ended",
        DOCUMENT,
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "",
        "a field is begun and not ended",
    ),
    (
        "a field not begun",
        DOCUMENT,
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "",
        "a field ends that was not begun",
    ),
    ("a link to nowhere", DOCUMENT, 'w:anchor="_iop_ekonomi"', 'w:anchor="gone"', "no bookmark gone"),
    ("a reference to nowhere", DOCUMENT, " REF _iop_ekonomi", " REF gone", "no bookmark gone"),
    ("a name too long", DOCUMENT, "_iop_bakgrund", "_iop_" + "x" * 40, "a name that Word does not take"),
    (
        "an undeclared extension",
        DOCUMENT,
        FIRST_TEXT,
        FIRST_TEXT + '<x xmlns="http://schemas.microsoft.com/office/word/2012/wordml"/>',
        "not declared ignorable",
    ),
    ("a row of the wrong width", DOCUMENT, '<w:tcW w:w="', '<w:tcW w:w="9', "the cells of a row"),
    ("a table over the margin", DOCUMENT, '<w:gridCol w:w="', '<w:gridCol w:w="9', "a table is"),
    ("a part that is not XML", DOCUMENT, "</w:body>", "", "not well-formed"),
    ("a vertical tab", DOCUMENT, "Norrby", "Norr\x0bby", "not well-formed"),
    ("something after the section", DOCUMENT, "</w:body>", "<w:p/></w:body>", "does not end with its section"),
    (
        "a header row outside its place",
        DOCUMENT,
        "<w:cantSplit/><w:tblHeader/></w:trPr>",
        "<w:cantSplit/></w:trPr><w:tblHeader/>",
        "outside trPr",
    ),
    ("a header row that is not bare", DOCUMENT, "<w:tblHeader/>", '<w:tblHeader w:val="true"/>', "not bare"),
    ("an unknown alignment", DOCUMENT, '<w:jc w:val="right"/>', '<w:jc w:val="middle"/>', "no alignment middle"),
    (
        "a list before its definition",
        NUMBERING,
        "</w:numbering>",
        '<w:abstractNum w:abstractNumId="77"/></w:numbering>',
        "stands after a list",
    ),
    (
        "a list without definition",
        NUMBERING,
        '<w:abstractNumId w:val="',
        '<w:abstractNumId w:val="99',
        "has no definition",
    ),
    (
        "a level without style",
        NUMBERING,
        '<w:pStyle w:val="Heading1"/>',
        '<w:pStyle w:val="Gone"/>',
        "no style Gone for a list level",
    ),
    ("two lists of one number", NUMBERING, 'w:numId="2"', 'w:numId="1"', "two lists have the number 1"),
    ("a wrong language", STYLES, 'w:val="sv-SE"', 'w:val="svenska språket"', "svenska språket is no language"),
    (
        "no language",
        STYLES,
        '<w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/>',
        "",
        "the document has no language",
    ),
    ("a binding to nowhere", HEADER, '<w:id w:val="3"/>', f'<w:id w:val="3"/>{BINDING}', "no store {0000"),
    ("an empty paragraph", DOCUMENT, "<w:p>", "<w:p/><w:p>", "a paragraph is empty"),
]


def spoilt(name: str, old: str, new: str) -> bytes:
    archive, buffer = zipfile.ZipFile(BytesIO(GOOD)), BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for part in archive.namelist():
            text = archive.read(part).decode()
            if part == name:
                assert old in text, old
                text = text.replace(old, new, 1)
            out.writestr(part, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"), [case[1:] for case in DEFECTS], ids=[case[0] for case in DEFECTS]
)
def test_a_defect_is_found(name: str, old: str, new: str, message: str) -> None:
    assert any(message in fault for fault in docx_checks.faults(spoilt(name, old, new)))


def test_a_part_that_stands_twice_is_found() -> None:
    buffer = BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(STYLES, zipfile.ZipFile(BytesIO(GOOD)).read(STYLES))
    assert f"{STYLES} stands 2 times in the package" in docx_checks.faults(buffer.getvalue())


def test_a_good_document_has_no_fault() -> None:
    assert docx_checks.faults(GOOD) == []
