"""What the report says of a Word template, and that it says what the writer does."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from iopdocs.authoring.word_template_report import TemplateReport, report_on
from iopdocs.errors import IopdocsError
from iopdocs.findings import Level
from iopdocs.writers.docx.namespaces import parse
from iopdocs.writers.docx.reference_document import reference_of
from iopdocs.writers.docx.styles import HEADINGS, StyleRole, locate_styles
from tests.helpers.document_samples import sample
from tests.helpers.docx_checks import value, w
from tests.helpers.properties import examples
from tests.helpers.word_templates import (
    BARE,
    OFFICE,
    OURS,
    SWEDISH,
    TEMPLATE_TYPE,
    TEMPLATES,
    changed,
    of_type,
    parts,
    replaced,
)

ROLES = list(StyleRole)


def of(data: bytes) -> TemplateReport:
    return report_on(data, "mall.docx")


def found_by(report: TemplateReport) -> dict[StyleRole, tuple[str, str]]:
    return {role: (one.found, one.style) for role, one in zip(ROLES, report.styles, strict=True) if one.found}


def messages(report: TemplateReport, *, important: bool) -> str:
    return "\n".join(one.message for one in report.remarks if (one.level is Level.ERROR) is important)


@pytest.mark.parametrize("path", [*TEMPLATES, OURS], ids=lambda path: path.stem)
def test_the_report_names_the_styles_that_the_document_gets(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    report = of(data)
    used = reference_of(data, "sv-SE").styles
    styles = etree.fromstring(parts(attrs.evolve(sample(), reference=data).to_docx())["word/styles.xml"])
    names = {style.get(w("styleId")): value(style.find(w("name"))) for style in styles.findall(w("style"))}
    assert len(report.styles) == len(StyleRole)
    for role, one in zip(ROLES, report.styles, strict=True):
        if role in used:
            assert one.used == names[used[role]]
        else:
            assert (role, one.used, one.added) == (StyleRole.BODY, "Normal", False)
        assert bool(one.found) != (one.added or role not in used)


def test_our_own_template_lacks_nothing() -> None:
    report = of(OURS.read_bytes())
    assert report.usable
    assert report.remarks == ()
    assert [one.role for one in report.styles if not one.found] == []
    assert found_by(report)[StyleRole.HEADING_1] == ("inbyggt namn", "heading 1")
    assert found_by(report)[StyleRole.TABLE_TEXT] == ("namn", "Tabelltext")
    assert "egen numrering" in report.numbering


def test_swedish_names_are_found() -> None:
    report = of(SWEDISH.read_bytes())
    assert report.usable
    assert {how for how, _name in found_by(report).values()} == {"svenskt namn"}
    assert found_by(report)[StyleRole.BODY] == ("svenskt namn", "Brödtext")
    assert "egen numrering" in report.numbering
    assert (report.page.width, report.page.height, report.page.is_a4) == (210, 297, True)
    assert report.page.margins == (45, 25, 35, 30)
    assert report.page.text_width == 155
    header, footer = report.headers
    assert (header.kind, header.pages, header.filled) == ("sidhuvud", "alla sidor", ("diarienummer",))
    assert [picture.text for picture in header.pictures] == ["Exempelstads kommuns vapen: ett grönt fält med tre vågor"]
    assert (footer.filled, footer.fields) == (("titel", "status"), ("PAGE", "NUMPAGES"))
    assert "mallens egen text (stycken: 2)" in report.left_out
    assert "kommentarer" in report.left_out


def test_what_somebody_made_goes_before_what_libreoffice_always_writes() -> None:
    report = of(OFFICE.read_bytes())
    assert b'"Body Text"' in parts(OFFICE.read_bytes())["word/styles.xml"]
    assert found_by(report)[StyleRole.BODY] == ("svenskt namn", "Brödtext")
    assert found_by(report) == found_by(of(SWEDISH.read_bytes()))
    assert [one.filled for one in report.headers] == [("diarienummer",), ("titel", "status")]


def test_headings_are_found_by_their_outline_levels() -> None:
    report = of(BARE.read_bytes())
    assert report.usable
    assert found_by(report) == {
        StyleRole.HEADING_1: ("dispositionsnivå", "Exempelstad nivå 1"),
        StyleRole.HEADING_2: ("dispositionsnivå", "Exempelstad nivå 2"),
    }
    assert report.headers == ()
    assert report.language == "en-US"
    assert "lägger till" in report.numbering
    advice = messages(report, important=False)
    for word in ("Rubrik 3", "liggande", "inte numrerade", "diarienumret", "utkast"):
        assert word in advice


@pytest.mark.parametrize(
    ("identifier", "role"),
    [
        ("Rubrik1", StyleRole.HEADING_1),
        ("Heading1", StyleRole.HEADING_1),
        ("heading_1", StyleRole.HEADING_1),
        ("Brdtext", StyleRole.BODY),
        ("Brodtext", StyleRole.BODY),
        ("ListBullet", StyleRole.BULLET),
    ],
)
def test_a_style_with_a_name_of_its_own_is_found_by_its_id(identifier: str, role: StyleRole) -> None:
    styles = parse(
        f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" '
        f'w:styleId="{identifier}"><w:name w:val="Exempelstad"/></w:style></w:styles>'.encode()
    )
    found = locate_styles(styles)
    assert {key: (one.identifier, one.how.value) for key, one in found.items()} == {role: (identifier, "stil-id")}


def test_a_style_that_plays_a_part_by_name_plays_no_other_by_outline_level() -> None:
    styles = parse(
        b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" '
        b'w:styleId="B"><w:name w:val="Bilagerubrik"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    )
    assert list(locate_styles(styles)) == [StyleRole.APPENDIX]


def test_a_template_without_headings_is_not_good_enough() -> None:
    data = changed(BARE.read_bytes(), "word/styles.xml", lambda text: text.replace('<w:outlineLvl w:val="0"/>', ""))
    report = of(data)
    assert not report.usable
    assert "rubriker" in messages(report, important=True)
    assert all(
        one.found == "" and one.added
        for role, one in zip(ROLES, report.styles, strict=True)
        if role in HEADINGS and role is not StyleRole.HEADING_2
    )


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "216 × 279 mm"),
        ('w:left="1701"', 'w:left="5701"', "84 mm bred"),
    ],
    ids=["letter", "narrow"],
)
def test_unsuitable_page_is_reported(old: str, new: str, word: str) -> None:
    report = of(replaced(SWEDISH.read_bytes(), "word/document.xml", (old, new)))
    assert not report.usable
    assert word in messages(report, important=True)


def test_logo_without_a_text_is_reported() -> None:
    data = changed(
        SWEDISH.read_bytes(), "word/header1.xml", lambda text: text.replace(text.split('descr="')[1].split('"')[0], "")
    )
    report = of(data)
    assert not report.usable
    assert messages(report, important=True) == "Bilden Bild 1 saknar alternativtext."


def test_fields_that_change_on_opening_are_reported() -> None:
    report = of(replaced(SWEDISH.read_bytes(), "word/footer1.xml", (" NUMPAGES ", ' DATE \\@ "yyyy" ')))
    assert report.usable
    assert "DATE" in messages(report, important=False)


def test_unfilled_controls_are_reported() -> None:
    other = (('"Diarienummer"', '"Handläggare"'), ("[diarienummer]", "[namn]"))
    report = of(replaced(SWEDISH.read_bytes(), "word/header1.xml", *other))
    assert report.headers[0].other_controls == ("Handläggare",)
    assert report.headers[0].filled == ()
    assert "diarienumret" in messages(report, important=False)


def test_replaced_numbering_is_reported() -> None:
    report = of(replaced(SWEDISH.read_bytes(), "word/numbering.xml", ('"%1"', '"§ %1"')))
    assert "ersätts" in report.numbering


def test_sections_columns_and_protection_are_left_out() -> None:
    def with_a_cover(text: str) -> str:
        start, end = text.index("<w:sectPr>"), text.index("</w:sectPr>") + len("</w:sectPr>")
        last = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:cols w:num="2" w:space="708"/></w:sectPr>'
        return f"{text[:start]}<w:p><w:pPr>{text[start:end]}</w:pPr></w:p>{last}{text[end:]}"

    data = changed(OFFICE.read_bytes(), "word/settings.xml", lambda text: text.replace(
        "<w:defaultTabStop", '<w:documentProtection w:edit="forms" w:enforcement="1"/><w:defaultTabStop'
    ))  # fmt: skip
    assert "skydd mot redigering" in of(data).left_out
    report = of(changed(SWEDISH.read_bytes(), "word/document.xml", with_a_cover))
    assert "andra avsnitt än det sista (1)" in report.left_out
    assert "spalter: avtalet skrivs i en spalt" in report.left_out
    assert report.headers[0].filled == ("diarienummer",)


def test_a_dotx_is_as_good() -> None:
    assert of(of_type(SWEDISH.read_bytes(), TEMPLATE_TYPE)) == of(SWEDISH.read_bytes())


@examples(60)
@given(st.data())
def test_a_damaged_template_gives_a_report_or_a_message_and_never_a_traceback(data: st.DataObject) -> None:
    whole = bytearray(SWEDISH.read_bytes())
    for _change in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    whole = whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]
    assert message_of(bytes(whole))[:11] in ("", "mall.docx: ")


@examples(60)
@given(st.data())
def test_a_template_with_damaged_parts_gives_a_report_or_a_message(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["styles", "numbering", "document", "header1", "footer1"]))
    part = f"word/{name}.xml"
    text = parts(SWEDISH.read_bytes())[part].decode()
    values = sorted({one.split('"')[0] for one in text.split('w:val="')[1:]} | {"1701", "11906", "default", "rId3"})
    old = data.draw(st.sampled_from([one for one in values if f'"{one}"' in text]))
    new = data.draw(
        st.text(st.characters(codec="utf-8", exclude_characters='"<>&', categories=["L", "N", "P"]), max_size=8)
    )
    if old != new:
        data_with_it = replaced(SWEDISH.read_bytes(), part, (f'"{old}"', f'"{new}"'))
        assert message_of(data_with_it)[:11] in ("", "mall.docx: ")


def message_of(data: bytes) -> str:
    try:
        report_on(data, "mall.docx")
        attrs.evolve(sample(), reference=data).to_docx()
    except IopdocsError as error:
        return str(error)
    return ""
