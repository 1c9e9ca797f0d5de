"""Agreements in Word templates from elsewhere: valid, in the template's looks, with nothing of its own text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import attrs
import pytest
from lxml import etree

import iopdocs
from iopdocs.accessibility.check_result import RequirementVerdict
from iopdocs.accessibility.checker import check_document
from iopdocs.document.tree import Document
from iopdocs.errors import LibraryError
from iopdocs.library.layer_reader import load_library
from iopdocs.writers.docx.package import is_untouched
from tests.helpers import docx_checks
from tests.helpers.document_samples import sample
from tests.helpers.docx_checks import value, w
from tests.helpers.layers import make_layer
from tests.helpers.timing import within
from tests.helpers.word_templates import (
    BARE,
    FOLDER,
    MACRO_TYPE,
    OFFICE,
    OURS,
    ROOT,
    SWEDISH,
    TEMPLATE_TYPE,
    TEMPLATES,
    changed,
    of_type,
    packed,
    parts,
    replaced,
    script,
)  # fmt: skip

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
BOTH = pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)


@cache
def example(file: Path) -> Document:
    return iopdocs.render(iopdocs.load(file))


def made_with(template: Path | bytes, document: Document | None = None) -> bytes:
    data = template if isinstance(template, bytes) else template.read_bytes()
    return attrs.evolve(document or sample(), reference=data).to_docx()


def styles_of(data: bytes) -> dict[str, etree._Element]:
    root = etree.fromstring(parts(data)["word/styles.xml"])
    return {str(style.get(w("styleId"))): style for style in root.findall(w("style"))}


def style_names(data: bytes) -> list[str]:
    """Return the name of the style of each paragraph in reading order, "" for the default style."""
    known = styles_of(data)
    ids = (value(p.find(f"{w('pPr')}/{w('pStyle')}")) for p in docx_checks.main_part(data).iter(w("p")))
    return [value(known[i].find(w("name"))) if i else "" for i in ids]


def style_named(data: bytes, name: str) -> etree._Element:
    return next(style for style in styles_of(data).values() if value(style.find(w("name"))) == name)


def broken_rows(path: Path) -> set[int]:
    return {
        outcome.row.number for outcome in check_document(path).outcomes if outcome.verdict is RequirementVerdict.BROKEN
    }


@pytest.mark.parametrize("name", ["svenska-stilar.docx", "bara-normal.docx"])
def test_the_templates_are_what_their_script_makes(name: str) -> None:
    assert parts(script().MADE[name]()) == parts((FOLDER / name).read_bytes())


@BOTH
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_checks_find_nothing_that_the_template_did_not_bring(file: Path, template: Path) -> None:
    brought = template.read_bytes()
    data = made_with(template, example(file))
    assert set(docx_checks.faults(data)) - set(docx_checks.faults(brought)) == set()
    assert is_untouched(data)


@BOTH
def test_the_validator_finds_nothing(template: Path) -> None:
    for document in (sample(), example(EXAMPLES[-1])):
        assert docx_checks.audit(made_with(template, document)) == []


@BOTH
def test_no_row_of_the_accessibility_check_is_broken_that_the_template_keeps(template: Path, tmp_path: Path) -> None:
    for file in (ROOT / "examples" / "trygga-kvallar.yaml", ROOT / "examples" / "utkast-ofullstandigt.yaml"):
        made = tmp_path / "avtal.docx"
        made.write_bytes(made_with(template, example(file)))
        assert broken_rows(made) - broken_rows(template) == set()


@pytest.mark.parametrize(
    ("template", "title", "first", "second", "body"),
    [
        (SWEDISH, "Rubrik", "Rubrik 1", "Rubrik 2", "Brödtext"),
        (OFFICE, "Rubrik", "Rubrik 1", "Rubrik 2", "Brödtext"),
        (BARE, "Title", "Exempelstad nivå 1", "Exempelstad nivå 2", ""),
    ],
    ids=["svenska-stilar", "libreoffice", "bara-normal"],
)
def test_text_carries_the_styles_of_the_template(
    template: Path, title: str, first: str, second: str, body: str
) -> None:
    found = style_names(made_with(template))
    expected = style_names(made_with(OURS))
    assert len(found) == len(expected)
    for theirs, ours in (
        (title, "Title"), (first, "heading 1"), (second, "heading 2"), (body, "Body Text"),
    ):  # fmt: skip
        places = [i for i, name in enumerate(expected) if name == ours]
        assert places
        assert {found[i] for i in places} == {theirs}


@BOTH
def test_margins_and_page_are_those_of_the_template(template: Path) -> None:
    before, after = (
        docx_checks.main_part(data).find(f"{w('body')}/{w('sectPr')}")
        for data in (template.read_bytes(), made_with(template))
    )
    assert before is not None
    assert after is not None
    for tag in ("pgSz", "pgMar"):
        theirs, ours = before.find(w(tag)), after.find(w(tag))
        assert theirs is not None
        assert ours is not None
        assert dict(ours.attrib) == dict(theirs.attrib)


@BOTH
def test_tables_are_as_wide_as_the_text_and_no_wider(template: Path) -> None:
    room = {SWEDISH: 11906 - 1701 - 1416, OFFICE: 11906 - 1701 - 1416, BARE: 16838 - 2 * 1134 - 284}[template]
    tables = list(docx_checks.main_part(made_with(template)).iter(w("tbl")))
    assert tables
    for table in tables:
        assert sum(int(str(c.get(w("w")))) for c in table.iter(w("gridCol"))) == room


@pytest.mark.parametrize("template", [SWEDISH, OFFICE], ids=["svenska-stilar", "libreoffice"])
def test_logo_header_and_footer_are_kept_and_filled_in(template: Path) -> None:
    found = parts(made_with(template))
    assert script().logo() in found.values()
    header, footer = (etree.fromstring(found[f"word/{kind}1.xml"]) for kind in ("header", "footer"))
    assert script().LOGO_TEXT in {
        element.get("descr") for element in header.iter() if etree.QName(element).localname == "docPr"
    }
    assert docx_checks.text_of(header).strip() == "Exempelstads kommun\tDnr KS 2026/123"
    assert docx_checks.text_of(footer).startswith("Trygga kvällar i Norrby\tUTKAST")
    assert "Postadress: 123 45 Exempelstad" in docx_checks.text_of(footer)


def test_without_a_number_the_caption_goes_too() -> None:
    document = sample()
    bare = attrs.evolve(document, properties=attrs.evolve(document.properties, case_numbers=()))
    header = etree.fromstring(parts(made_with(SWEDISH, bare))["word/header1.xml"])
    assert docx_checks.text_of(header).strip() == "Exempelstads kommun"


@pytest.mark.parametrize("template", [SWEDISH, OFFICE], ids=["svenska-stilar", "libreoffice"])
def test_text_and_comments_of_the_template_are_left_out(template: Path) -> None:
    found = parts(made_with(template))
    assert not any("comments" in name for name in found)
    assert not any("hjälptext".encode() in part or b"Skriv dokumentets rubrik" in part for part in found.values())


@pytest.mark.parametrize("template", [SWEDISH, OFFICE], ids=["svenska-stilar", "libreoffice"])
def test_the_numbering_of_the_template_is_kept_and_completed(template: Path) -> None:
    data = made_with(template)
    numbers = {
        value(style_named(data, name).find(f"{w('pPr')}/{w('numPr')}/{w('numId')}"))
        for name in ("Rubrik 1", "Rubrik 2", "Rubrik 3", "heading 4")
    }
    assert len(numbers) == 1
    numbering = etree.fromstring(parts(data)["word/numbering.xml"])
    concrete = next(one for one in numbering.findall(w("num")) if one.get(w("numId")) in numbers)
    abstract = next(
        one
        for one in numbering.findall(w("abstractNum"))
        if one.get(w("abstractNumId")) == value(concrete.find(w("abstractNumId")))
    )
    first = abstract.find(f"{w('lvl')}/{w('pPr')}/{w('ind')}")
    assert first is not None
    assert first.get(w("left"), first.get(w("start"))) == "851"
    linked = [value(one) for one in abstract.iter(w("pStyle"))]
    assert [value(styles_of(data)[one].find(w("name"))) for one in linked] == [
        "Rubrik 1", "Rubrik 2", "Rubrik 3", "heading 4",
    ]  # fmt: skip


def test_a_numbering_of_another_kind_gives_way() -> None:
    template = replaced(SWEDISH.read_bytes(), "word/numbering.xml", ('"%1"', '"§ %1"'))
    data = made_with(template)
    assert docx_checks.faults(data) == []
    numbering = etree.fromstring(parts(data)["word/numbering.xml"])
    linked = [value(one) for one in numbering.iter(w("pStyle"))]
    assert len(linked) == len(set(linked)), "a style is linked to two lists"
    number = value(style_named(data, "Rubrik 1").find(f"{w('pPr')}/{w('numPr')}/{w('numId')}"))
    abstract = next(
        value(one.find(w("abstractNumId"))) for one in numbering.findall(w("num")) if one.get(w("numId")) == number
    )
    texts = next(
        [value(level) for level in one.iter(w("lvlText"))]
        for one in numbering.findall(w("abstractNum"))
        if one.get(w("abstractNumId")) == abstract
    )
    assert texts[:2] == ["%1", "%1.%2"]


def test_styles_that_we_add_take_on_the_colour_and_font_of_the_headings() -> None:
    data = made_with(SWEDISH)
    heading = style_named(data, "Tabellrubrik").find(w("rPr"))
    assert heading is not None
    assert value(heading.find(w("color"))) == script().GREEN
    assert heading.find(w("rFonts")).get(w("ascii")) == "Arial"  # type: ignore[union-attr]
    table = etree.tostring(style_named(data, "Avtalstabell")).decode()
    assert script().GREEN in table
    assert "14405F" not in table
    text = style_named(data, "Tabellrubrik").find(w("basedOn"))
    assert value(styles_of(data)[value(text)].find(w("name"))) == "Tabelltext"


@pytest.mark.parametrize("colour", ["FFD500", "auto", "var(--x)"])
def test_a_colour_that_cannot_be_read_on_grey_is_not_taken_over(colour: str) -> None:
    template = changed(SWEDISH.read_bytes(), "word/styles.xml", lambda text: text.replace(script().GREEN, colour))
    heading = style_named(made_with(template), "Tabellrubrik")
    assert heading.find(f"{w('rPr')}/{w('color')}") is None


def test_lists_look_like_normal_text_where_there_is_no_body_style() -> None:
    data = made_with(BARE)
    normal = next(style for style in styles_of(data).values() if style.get(w("default")) == "1")
    assert value(style_named(data, "List Bullet").find(w("basedOn"))) == normal.get(w("styleId"))


def test_the_lines_below_the_title_are_kept_close() -> None:
    plain = changed(
        SWEDISH.read_bytes(),
        "word/styles.xml",
        lambda text: text.replace('<w:pPr><w:spacing w:before="0" w:after="240"/></w:pPr>', ""),
    )
    for template in (SWEDISH.read_bytes(), plain):
        data = made_with(template)
        assert style_named(data, "Underrubrik").find(f"{w('pPr')}/{w('contextualSpacing')}") is not None
        assert docx_checks.audit(data) == []


def test_a_template_without_settings_gets_ours_so_that_word_opens_it_in_its_present_mode() -> None:
    assert b'"compatibilityMode"' in parts(made_with(BARE))["word/settings.xml"]


def test_a_dotx_gives_a_document_and_no_template() -> None:
    dotx = of_type(SWEDISH.read_bytes(), TEMPLATE_TYPE)
    data = made_with(dotx)
    assert b"template.main" not in parts(data)["[Content_Types].xml"]
    assert docx_checks.faults(data) == []
    assert docx_checks.paragraphs(data) == docx_checks.paragraphs(made_with(SWEDISH))


def test_fields_typed_in_brackets_are_filled_in_without_content_controls() -> None:
    typed = (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Avtal: [ti</w:t></w:r><w:proofErr w:type=\"spellStart\"/>"
        "<w:r><w:t>tel]</w:t><w:tab/><w:t>[Diarienummer], [datum]</w:t></w:r>"
    )  # fmt: skip
    template = changed(
        SWEDISH.read_bytes(),
        "word/header1.xml",
        lambda text: text[: text.index("<w:sdt>")] + typed + text[text.index("</w:sdt>") + len("</w:sdt>") :],
    )
    data = made_with(template)
    assert docx_checks.faults(data) == []
    assert docx_checks.audit(data) == []
    header = etree.fromstring(parts(data)["word/header1.xml"])
    shown = "Exempelstads kommun\tAvtal: Trygga kvällar i Norrby\tKS 2026/123, [datum]"
    assert docx_checks.text_of(header).strip() == shown


def test_a_header_of_an_earlier_section_goes_on_in_the_last_one() -> None:
    def with_a_cover(text: str) -> str:
        start, end = text.index("<w:sectPr>"), text.index("</w:sectPr>") + len("</w:sectPr>")
        last = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:cols w:num="2" w:space="708"/></w:sectPr>'
        return f"{text[:start]}<w:p><w:pPr>{text[start:end]}</w:pPr></w:p>{last}{text[end:]}"

    data = made_with(changed(SWEDISH.read_bytes(), "word/document.xml", with_a_cover))
    assert docx_checks.faults(data) == []
    assert docx_checks.audit(data) == []
    section = docx_checks.main_part(data).find(f"{w('body')}/{w('sectPr')}")
    assert section is not None
    assert [etree.QName(one).localname for one in section] == ["headerReference", "footerReference", "pgSz"]


def test_a_header_that_is_not_there_is_left_out() -> None:
    data = made_with(replaced(SWEDISH.read_bytes(), "word/document.xml", ('"rId3"', '"rId33"')))
    assert docx_checks.faults(data) == []


def test_comments_in_the_xml_do_no_harm() -> None:
    template = changed(SWEDISH.read_bytes(), "word/styles.xml", lambda text: text.replace("<w:pPr>", "<w:pPr><!--a-->"))
    template = changed(template, "word/header1.xml", lambda text: text.replace("<w:r>", "<!--iopdocs-begin-0--><w:r>"))
    assert docx_checks.paragraphs(made_with(template)) == docx_checks.paragraphs(made_with(SWEDISH))
    header = etree.fromstring(parts(made_with(template))["word/header1.xml"])
    assert docx_checks.text_of(header).strip() == "Exempelstads kommun\tDnr KS 2026/123"


def test_a_header_of_a_megabyte_of_fields_is_no_trouble() -> None:
    many = "<w:p>" + f"<w:r><w:t>{'[titel] ' * 20}</w:t></w:r>" * 3000 + "</w:p>"
    many += f"<w:p><w:r><w:t>{'[titel][' * 60_000}</w:t></w:r></w:p>"
    template = changed(
        SWEDISH.read_bytes(), "word/header1.xml", lambda text: text.replace("</w:hdr>", f"{many}</w:hdr>")
    )
    with within(20):
        assert docx_checks.faults(made_with(template)) == []


def test_macros_and_building_blocks_do_not_come_along() -> None:
    found = parts(SWEDISH.read_bytes())
    rels = found["word/_rels/document.xml.rels"].decode()
    extra = (
        '<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/><Relationship Id="rIdG" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/glossaryDocument" Target="glossary/document.xml"/></Relationships>'
    )
    types = found["[Content_Types].xml"].decode()
    override = (
        '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Override PartName="/word/glossary/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.glossary+xml"/></Types>'
    )
    template = packed(
        found
        | {
            "word/_rels/document.xml.rels": rels.replace("</Relationships>", extra).encode(),
            "[Content_Types].xml": types.replace("</Types>", override).encode(),
            "word/vbaProject.bin": b"macros",
            "word/glossary/document.xml": b"<x/>",
        }
    )
    assert not [name for name in parts(made_with(template)) if "vba" in name or "glossary" in name]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "inget|kan inte läsas"),
        (b"not a zip", "kan inte läsas"),
        (SWEDISH.read_bytes()[:2000], "kan inte läsas"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "lösenord"),
        (of_type(SWEDISH.read_bytes(), MACRO_TYPE), "makron"),
        (of_type(SWEDISH.read_bytes(), "application/vnd.ms-excel"), "inget Word-dokument"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (packed({"a.txt": b"a"}), "kan inte läsas"),
        (changed(SWEDISH.read_bytes(), "word/styles.xml", lambda text: text[:-20]), "kan inte läsas"),
        (changed(SWEDISH.read_bytes(), "word/header1.xml", lambda text: text[:-20]), "kan inte läsas"),
        (replaced(SWEDISH.read_bytes(), "word/document.xml", ('w:w="11906"', 'w:w="bred"')), "kan inte läsas"),
    ],
    ids=["empty", "text", "cut", "locked", "macros", "excel", "odt", "zip", "styles", "header", "number"],
)  # fmt: skip
def test_what_is_no_template_is_refused_in_swedish(data: bytes, says: str) -> None:
    with pytest.raises(LibraryError, match=says) as caught:
        made_with(data)
    assert str(caught.value).startswith("mall.docx: ")
    assert " – " in str(caught.value), "no hint"
    assert re.search(r"\b(zip|file|not|is|invalid)\b", str(caught.value)) is None


@pytest.mark.parametrize(
    "data",
    [b"inget dokument", replaced(SWEDISH.read_bytes(), "word/document.xml", ('w:w="11906"', 'w:w="bred"'))],
    ids=["no document", "a page whose width is a word"],
)
def test_the_template_of_a_layer_that_cannot_be_used_is_named_with_its_folder(tmp_path: Path, data: bytes) -> None:
    one, two = make_layer(tmp_path / "kommun", {}, name="kommun"), make_layer(tmp_path / "nämnd", {}, name="nämnd")
    (one / "mall.docx").write_bytes(data)
    document = iopdocs.render(iopdocs.loads("titel: x"), library=load_library([one, two]))
    with pytest.raises(LibraryError, match="kan inte läsas") as caught:
        document.to_docx()
    assert caught.value.problems[0].file == str(one / "mall.docx")
