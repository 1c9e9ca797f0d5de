"""Each row of the list for accessible documents: a document that breaks it is told, a good one is not."""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

import iopdocs
from iopdocs.accessibility.check_result import RequirementVerdict
from iopdocs.accessibility.checker import check_document
from iopdocs.accessibility.package import UnreadableDocument
from iopdocs.accessibility.requirements import ROWS
from iopdocs.accessibility.requirements.contrast_and_size import contrast
from tests.helpers.properties import examples

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
SWEDISH = "Parterna träffas på måndagar och pratar om hur arbetet går för de äldre i byn."


def good() -> WordDocument:
    """Return a document that breaks no row: made from a rendered agreement's reference document."""
    made = BytesIO(iopdocs.render(iopdocs.loads("titel: Ett avtal")).to_docx())
    document = docx.Document(made)
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    document.core_properties.title = "Ett avtal"
    document.add_heading("Bakgrund", 1)
    document.add_paragraph(SWEDISH, style="Body Text")
    return document


def broken_rows(document: WordDocument, folder: Path, name: str = "prov.docx") -> dict[int, str]:
    """Return what is told of each row, by number."""
    path = folder / name
    document.save(str(path))
    return {
        outcome.row.number: " ".join(f"{fault.quote} {fault.message}" for fault in outcome.faults)
        for outcome in check_document(path).outcomes
        if outcome.faults
    }


def element(tag: str, **attributes: str) -> OxmlElement:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_language(document: WordDocument, language: str | None) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    found = defaults.find(qn("w:lang"))
    if language is None:
        defaults.remove(found)
    else:
        found.set(qn("w:val"), language)


def add_table(document: WordDocument, rows: int = 2) -> OxmlElement:
    table = document.add_table(rows, 2)
    for row in table.rows:
        for number, cell in enumerate(row.cells):
            cell.text = f"cell {number}"
    return table._tbl


def add_link(document: WordDocument, words: str, *, anchor: str = "") -> None:
    paragraph = document.add_paragraph(style="Body Text")
    link = OxmlElement("w:hyperlink")
    if anchor:
        link.set(qn("w:anchor"), anchor)
    else:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link.set(qn("r:id"), document.part.relate_to("https://exempel.example/", kind, is_external=True))
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.append(element("w:u", val="single"))
    run.append(properties)
    text = OxmlElement("w:t")
    text.text = words
    run.append(text)
    link.append(run)
    paragraph._p.append(link)


def empty_title(document: WordDocument) -> None:
    document.core_properties.title = ""


def file_title(document: WordDocument) -> None:
    document.core_properties.title = "prov"


def passage(document: WordDocument) -> None:
    run = document.add_paragraph("Guten Tag", style="Body Text").runs[0]
    run._r.get_or_add_rPr().append(element("w:lang", val="tyska språket"))


def second_level_first(document: WordDocument) -> None:
    document.element.body.insert(0, document.add_heading("För tidigt", 2)._p)


def skipped_level(document: WordDocument) -> None:
    document.add_heading("För djupt", 3)


def no_headings(document: WordDocument) -> None:
    document.element.body.remove(document.paragraphs[0]._p)
    for _turn in range(15):
        document.add_paragraph(SWEDISH, style="Body Text")


def false_heading(document: WordDocument) -> None:
    document.add_paragraph(style="Body Text").add_run("Ekonomi och resurser").bold = True
    document.add_paragraph(SWEDISH, style="Body Text")


def typed_bullets(document: WordDocument) -> None:
    document.add_paragraph("- kaffe", style="Body Text")


def typed_numbers(document: WordDocument) -> None:
    document.add_paragraph("1. kaffe", style="Body Text")
    document.add_paragraph("2. bullar", style="Body Text")


def no_header_row(document: WordDocument) -> None:
    add_table(document)


def merged(document: WordDocument) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "över båda"
    table.cell(1, 0).text = table.cell(1, 1).text = "x"


def nested(document: WordDocument) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "yttre"
    cell.add_table(1, 1).cell(0, 0).text = "inre"


def empty_row(document: WordDocument) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).text = table.cell(0, 1).text = "x"


def picture(document: WordDocument) -> None:
    document.add_picture(BytesIO(PIXEL))


def floating(document: WordDocument) -> None:
    document.add_picture(BytesIO(PIXEL))
    inline = next(document.element.iter(qn("wp:inline")))
    inline.find(qn("wp:docPr")).set("descr", "en punkt")
    inline.tag = qn("wp:anchor")


def pale(document: WordDocument) -> None:
    document.add_paragraph(style="Body Text").add_run("blekt").font.color.rgb = RGBColor(0xAA, 0xAA, 0xAA)


def pale_on_shade(document: WordDocument) -> None:
    run = document.add_paragraph(style="Body Text").add_run("grått på grått")
    run.font.color.rgb = RGBColor(0x66, 0x66, 0x66)
    run._r.get_or_add_rPr().append(element("w:shd", val="clear", fill="BBBBBB"))


def colour_link(document: WordDocument) -> None:
    add_link(document, "Kommunens riktlinjer")
    run = next(document.element.iter(qn("w:hyperlink"))).find(qn("w:r"))
    properties = run.find(qn("w:rPr"))
    properties.remove(properties.find(qn("w:u")))
    properties.append(element("w:color", val="0000AA"))


def blank(document: WordDocument) -> None:
    document.add_paragraph("", style="Body Text")


def spaces(document: WordDocument) -> None:
    document.add_paragraph("Namn:      Karin", style="Body Text")


def protected(document: WordDocument) -> None:
    document.settings.element.append(element("w:documentProtection", edit="readOnly", enforcement="1"))


def justified(document: WordDocument) -> None:
    document.add_paragraph(SWEDISH, style="Body Text").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def tiny(document: WordDocument) -> None:
    document.add_paragraph(style="Body Text").add_run(SWEDISH + SWEDISH).font.size = Pt(8)


def control(document: WordDocument) -> None:
    made = OxmlElement("w:sdt")
    made.append(OxmlElement("w:sdtPr"))
    content = OxmlElement("w:sdtContent")
    content.append(document.add_paragraph("Fyll i", style="Body Text")._p)
    made.append(content)
    document.element.body.insert(2, made)


def typed_page_number(document: WordDocument) -> None:
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    for paragraph in footer.paragraphs:
        paragraph._p.clear()
    footer.paragraphs[0].add_run("Sida 1")


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f6178f"
    "5d0000000049454e44ae426082"
)

BROKEN: list[tuple[int, Callable[[WordDocument], None], str]] = [
    (1, lambda document: set_language(document, None), "språk är inte angivet"),
    (1, lambda document: set_language(document, "svenska språket"), "är ingen språkkod"),
    (1, lambda document: set_language(document, "en-US"), "texten är svensk men språket är en-US"),
    (2, passage, "”tyska språket” är ingen språkkod"),
    (3, empty_title, "har ingen titel"),
    (3, file_title, "titeln är filens namn"),
    (4, second_level_first, "den första rubriken är på nivå 2"),
    (4, skipped_level, "nivå 3 efter en på nivå 1"),
    (4, no_headings, "har inga rubriker"),
    (5, false_heading, "”Ekonomi och resurser”"),
    (6, typed_bullets, "”- kaffe”"),
    (6, typed_numbers, "”2. bullar”"),
    (7, no_header_row, "tabell 1: ”cell 0cell 1"),
    (8, no_header_row, "delas mellan två sidor"),
    (9, merged, "sammanfogade celler"),
    (9, nested, "inuti en annan tabell"),
    (9, empty_row, "tom rad"),
    (10, no_header_row, "ingen titel"),
    (11, picture, "saknar alternativtext"),
    (12, floating, "flyter fritt"),
    (13, pale, "kontrasten är 2,3:1"),
    (13, pale_on_shade, "kontrasten är"),
    (14, colour_link, "bara på färgen"),
    (15, blank, "tomt"),
    (15, spaces, "mellanslag"),
    (16, lambda document: add_link(document, "klicka här"), "”klicka här” säger inte"),
    (16, lambda document: add_link(document, "https://exempel.example/sida"), "är en webbadress"),
    (17, lambda document: add_link(document, "tvisten", anchor="finns_inte"), "”finns_inte”"),
    (18, control, "saknar titel"),
    (19, typed_page_number, "skrivet för hand"),
    (20, protected, "skyddat"),
    (21, justified, "marginaljusterad"),
    (21, tiny, "8 punkter"),
]


def test_a_good_document_breaks_nothing(tmp_path: Path) -> None:
    assert broken_rows(good(), tmp_path) == {}


@pytest.mark.parametrize(("number", "spoil", "said"), BROKEN, ids=[f"{n}-{i}" for i, (n, *_rest) in enumerate(BROKEN)])
def test_document_that_breaks_a_check_is_reported_with_place_and_fault(
    number: int, spoil: Callable[[WordDocument], None], said: str, tmp_path: Path
) -> None:
    document = good()
    spoil(document)
    assert said in broken_rows(document, tmp_path).get(number, "")


def test_every_row_has_a_document_that_breaks_it() -> None:
    assert {number for number, _spoil, _said in BROKEN} == {row.number for row in ROWS} == set(range(1, 22))


@pytest.mark.parametrize(
    "spare",
    [
        lambda document: add_link(document, "Kommunens riktlinjer för partnerskap"),
        lambda document: document.add_paragraph("1. kaffe dricks på fredagar", style="Body Text"),
        lambda document: document.add_paragraph("Mötet är klockan 9–12.", style="Body Text"),
        lambda document: (
            document.add_paragraph(style="Body Text").add_run("Viktigt: läs detta.").__setattr__("bold", True)
        ),
        lambda document: document.add_heading("Mål", 2),
        lambda document: (
            document.add_paragraph(style="Body Text")
            .add_run("rött nog")
            .font.color.__setattr__("rgb", RGBColor(0xA0, 0, 0))
        ),
    ],
)
def test_near_misses_have_no_findings(spare: Callable[[WordDocument], None], tmp_path: Path) -> None:
    document = good()
    spare(document)
    assert broken_rows(document, tmp_path) == {}


def test_what_stands_in_a_content_control_is_read_too(tmp_path: Path) -> None:
    document = good()
    control(document)
    next(document.element.iter(qn("w:sdtContent"))).append(document.add_paragraph("klicka", style="Body Text")._p)
    pale(document)
    next(document.element.iter(qn("w:sdtContent"))).append(document.paragraphs[-1]._p)
    assert 13 in broken_rows(document, tmp_path)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("4F81BD", "FFFFFF") == pytest.approx(4.03, abs=0.01)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_our_own_documents_break_no_row(path: Path, tmp_path: Path) -> None:
    made = tmp_path / "avtal.docx"
    iopdocs.render(iopdocs.load(path)).save(made)
    outcomes = check_document(made).outcomes
    assert [
        (one.row.number, one.faults)
        for one in outcomes
        if one.verdict in (RequirementVerdict.BROKEN, RequirementVerdict.ADVICE)
    ] == []


def zipped(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "inget Word-dokument"),
        (b"hej", "inget Word-dokument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "låst med lösenord"),
        (zipped({"a.txt": b"x"}), "inget Word-dokument"),
        (zipped({"_rels/.rels": RELS}), "inget Word-dokument"),
        (zipped({"_rels/.rels": RELS, "word/document.xml": b"<w"}), "word/document.xml är skadad"),
        (zipped({"_rels/.rels": RELS, "word/document.xml": b"<x/>"}), "inget Word-dokument"),
        (zipped({"_rels/.rels": RELS, "word/document.xml": b" " * 320_000_000}), "orimligt stor"),
    ],
)
def test_unsupported_file_is_reported(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "fel.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=re.escape(said)):
        check_document(path)


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.txt"
    secret.write_text("hemligt")
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e; &amp; mer text</w:t></w:r></w:p><w:p/></w:body></w:document>'
    )
    path = tmp_path / "prov.docx"
    path.write_bytes(zipped({"_rels/.rels": RELS, "word/document.xml": xml.encode()}))
    with pytest.raises(UnreadableDocument, match="DOCTYPE") as caught:
        check_document(path)
    assert "hemligt" not in str(caught.value).replace(str(path), "")


@cache
def small_document() -> bytes:
    return iopdocs.render(iopdocs.loads("titel: x")).to_docx()


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), cut=st.integers(0, 5000))
def test_any_file_is_checked_or_refused_in_swedish(tmp_path: Path, data: bytes, cut: int) -> None:
    path = tmp_path / "prov.docx"
    whole = small_document()
    for content in (data, whole[:cut] + data + whole[cut:]):
        path.write_bytes(content)
        with contextlib.suppress(UnreadableDocument):
            assert len(check_document(path).outcomes) == 21
