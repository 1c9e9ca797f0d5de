"""What a reader of the DOCX sees: numbers, lists, tables, signatures, placeholders, headers and footers."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from iopdocs.document.column_widths import column_widths
from iopdocs.document.tree import (
    Align,
    Block,
    CrossReference,
    Document,
    Heading,
    Link,
    ListBlock,
    PageBreak,
    Paragraph,
    Placeholder,
    Properties,
    Section,
    SectionKind,
    Strong,
    Table,
    Value,
)
from tests.helpers import docx_checks
from tests.helpers.document_samples import NBSP, RESOURCES, cells, items, p, sample, signature, t
from tests.helpers.docx_checks import text_of, value, w
from tests.helpers.properties import examples


def written(*content: Block) -> etree._Element:
    return docx_checks.main_part(Document((), content, ()).to_docx())


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))


def find(root: etree._Element, text: str) -> etree._Element:
    return next(paragraph for paragraph in root.iter(w("p")) if text_of(paragraph) == text)


def properties(paragraph: etree._Element) -> set[str]:
    return {etree.QName(child).localname for child in paragraph.find(w("pPr"))}  # type: ignore[union-attr]


def style(paragraph: etree._Element) -> str:
    return value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))


def number(paragraph: etree._Element) -> str:
    return value(paragraph.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}"))


def numbers_as_word_counts(data: bytes) -> list[str]:
    """Return the number that Word shows before each heading, from the lists of the styles and the paragraphs."""
    styles, numbering = part(data, "word/styles.xml"), part(data, "word/numbering.xml")
    of_style = {s.get(w("styleId")): s.find(f"{w('pPr')}/{w('numPr')}") for s in styles.findall(w("style"))}
    abstract = {a.get(w("abstractNumId")): a for a in numbering.findall(w("abstractNum"))}
    lists = {n.get(w("numId")): abstract[value(n.find(w("abstractNumId")))] for n in numbering.findall(w("num"))}
    counts: dict[str, list[int]] = {}
    shown = []
    for paragraph in docx_checks.main_part(data).iter(w("p")):
        if not style(paragraph).startswith(("Heading", "Bilagerubrik")):
            continue
        own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        numbered = own if own is not None else of_style[style(paragraph)]
        which, level = value(numbered.find(w("numId"))), int(value(numbered.find(w("ilvl"))) or 0)  # type: ignore[union-attr]
        count = counts.setdefault(which, [0] * 9)
        count[level] += 1
        count[level + 1 :] = [0] * (8 - level)
        text = value(lists[which].findall(w("lvl"))[level].find(w("lvlText")))
        for place, at in enumerate(count, 1):
            text = text.replace(f"%{place}", str(at))
        shown.append(text)
    return shown


def test_word_counts_the_same_numbers_as_the_tree() -> None:
    document = sample()
    expected = []
    for section in document.sections:
        expected.append(section.number)
        expected += [block.number for block in section.blocks if isinstance(block, Heading)]
    assert numbers_as_word_counts(document.to_docx()) == expected


def test_headings_are_headings_of_the_right_level() -> None:
    root = docx_checks.main_part(sample().to_docx())
    assert style(find(root, "Bakgrund och syfte")) == "Heading1"
    assert style(find(root, "Målgrupp")) == "Heading2"
    assert style(find(root, "Insatser per organisation")) == "Bilagerubrik"


def test_each_ordered_list_starts_from_one() -> None:
    data = Document((), (ListBlock(items("a", "b"), True), p("x"), ListBlock(items("c"), True)), ()).to_docx()
    root, numbering = docx_checks.main_part(data), part(data, "word/numbering.xml")
    first, second = number(find(root, "a")), number(find(root, "c"))
    assert first == number(find(root, "b")) != second
    for concrete in numbering.findall(w("num")):
        if concrete.get(w("numId")) in (first, second):
            assert value(concrete.find(f"{w('lvlOverride')}/{w('startOverride')}")) == "1"


def test_lists_inside_lists_are_indented_and_later_paragraphs_have_no_mark() -> None:
    inner = ListBlock(items("inre"), True)
    root = written(ListBlock(((p("yttre"), p("fortsättning"), inner),)))
    assert number(find(root, "fortsättning")) == ""
    assert value(find(root, "inre").find(f"{w('pPr')}/{w('numPr')}/{w('ilvl')}")) == "1"


def test_ten_levels_of_lists_are_written_as_nine() -> None:
    block = ListBlock(items("djupast"))
    for _level in range(11):
        block = ListBlock(((block,),))
    data = Document((), (block,), ()).to_docx()
    assert docx_checks.faults(data) == docx_checks.audit(data) == []


def test_a_reference_is_a_field_with_the_right_cached_number() -> None:
    data = sample().to_docx()
    root = docx_checks.main_part(data)
    codes = [code.text for code in root.iter(w("instrText"))]
    assert codes == [r" REF _iop_ekonomi \r \h ", r" REF _iop_bilaga \r \h "]
    assert find(root, f"Enligt avsnitt{NBSP}3 och Bilaga 1 och pengarna.") is not None
    assert [link.get(w("anchor")) for link in root.iter(w("hyperlink")) if link.get(w("anchor"))] == ["_iop_ekonomi"]


def test_a_reference_to_a_heading_without_a_number_is_a_link() -> None:
    section = Section(
        "slut", "slut", t("Slut"), (p(CrossReference("slut", children=t("sist"))),), kind=SectionKind.UNNUMBERED
    )
    root = docx_checks.main_part(Document((), (), (section,)).to_docx())
    assert not list(root.iter(w("fldChar")))
    assert text_of(next(root.iter(w("hyperlink")))) == "sist"


def test_ids_of_any_kind_become_bookmarks_that_word_takes() -> None:
    ids = ["å ä ö", "å-ä-ö", "x" * 80, "x" * 79, "1", "", "_"]
    sections = tuple(
        Section(i, "s", t("Rubrik"), (p(CrossReference(i, "avsnitt", str(n))),), str(n)) for n, i in enumerate(ids, 1)
    )
    data = Document((), (), sections).to_docx()
    assert docx_checks.faults(data) == []
    assert len(list(docx_checks.main_part(data).iter(w("bookmarkStart")))) == len(ids)


def test_a_link_has_its_address_in_the_package_and_a_bad_one_is_text() -> None:
    data = Document(
        (), (p(Link(t("sidan"), "https://exempel.se/å b")), p(Link(t("bluff"), "javascript:x"))), ()
    ).to_docx()
    assert b'Target="https://exempel.se/%C3%A5%20b" TargetMode="External"' in zipfile.ZipFile(BytesIO(data)).read(
        "word/_rels/document.xml.rels"
    )
    root = docx_checks.main_part(data)
    assert [text_of(link) for link in root.iter(w("hyperlink"))] == ["sidan"]
    assert find(root, "bluff (javascript:x)") is not None


def test_a_table_has_a_caption_a_header_row_and_rows_that_do_not_split() -> None:
    root = written(RESOURCES)
    table = next(root.iter(w("tbl")))
    rows = table.findall(w("tr"))
    assert value(table.find(f"{w('tblPr')}/{w('tblCaption')}")) == "Resurser per part och år"
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [True] + [False] * 4
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)
    assert "keepNext" in properties(find(root, "Resurser per part och år"))


def test_numbers_stand_to_the_right_and_the_sum_is_set_off() -> None:
    root = written(RESOURCES)
    for cell in next(root.iter(w("tbl"))).findall(w("tr"))[1].findall(w("tc"))[2:]:
        assert value(cell.find(f"{w('p')}/{w('pPr')}/{w('jc')}")) == "right"
    last = next(root.iter(w("tbl"))).findall(w("tr"))[-1]
    assert {style(paragraph) for paragraph in last.iter(w("p"))} == {"Tabellsumma"}
    assert all(cell.find(f"{w('tcPr')}/{w('tcBorders')}/{w('top')}") is not None for cell in last.findall(w("tc")))


@examples(60)
@given(st.lists(st.lists(st.text(max_size=300), min_size=7, max_size=7), min_size=1, max_size=4), st.integers(1, 7))
def test_columns_fill_the_text_width_whatever_stands_in_them(texts: list[list[str]], count: int) -> None:
    rows = tuple(cells(*row[:count]) for row in texts)
    widths = column_widths(Table((), rows[0], rows[1:], (Align.RIGHT,) * count), 8730)
    assert sum(widths) == 8730
    assert min(widths) > 0


def test_a_word_of_two_hundred_letters_does_not_crowd_out_the_other_columns() -> None:
    table = Table(
        (), cells("Namn", "Belopp"), (cells("x" * 200, f"1{NBSP}820{NBSP}000{NBSP}kr"),), (Align.LEFT, Align.RIGHT)
    )
    assert column_widths(table, 8730)[1] > 1350


def test_the_bold_word_of_a_sum_is_not_broken() -> None:
    short = (cells("FRG", "2027", "Ideellt arbete, " * 9, "440 000"),) * 3
    table = Table(
        (),
        cells("Part", "År", "Resurs", "Värde"),
        (*short, cells("Summa", "", "", "590 000")),
        (Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT),
        total_rows=1,
    )
    # "Summa" in Arial bold takes 36 points; a cell has margins of 5 or 6 on each side.
    assert column_widths(table, 8730)[0] > (36 + 2 * 5) * 20


def test_tables_without_captions_stay_apart_and_the_last_is_followed_by_a_paragraph() -> None:
    table = Table((), cells("a"), (cells("b"),), (Align.LEFT,))
    root = written(table, table)
    body = [etree.QName(child).localname for child in root.find(w("body"))]  # type: ignore[union-attr]
    assert body == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_a_signature_block_is_kept_together_and_apart_from_the_next() -> None:
    root = written(signature("Kommunen"), signature("Föreningen"))
    lines = [paragraph for paragraph in root.iter(w("p")) if style(paragraph) != "Dokumentstatus"]
    assert ["keepNext" in properties(paragraph) for paragraph in lines] == [True, True, True, False] * 2
    assert text_of(lines[1]) == "Exempelstad\t\nOrt och datum"
    assert not list(root.iter(w("tbl")))


def test_a_placeholder_is_a_content_control_with_a_title() -> None:
    root = written(
        p(Placeholder("parter[1]." + "namn" * 30, "kommunens namn " * 9)), p(Strong((Placeholder("mål", "mål"),)))
    )
    first, second = root.iter(w("sdt"))
    assert value(first.find(f"{w('sdtPr')}/{w('alias')}")).startswith("kommunens namn kommunens")
    assert len(value(first.find(f"{w('sdtPr')}/{w('tag')}"))) == 64
    assert text_of(second) == "[mål]"
    assert value(second.find(f".//{w('rStyle')}")) == "Platshallare"


def test_an_appendix_and_a_page_break_begin_a_new_page_without_an_empty_paragraph() -> None:
    root = written(p("före"), PageBreak(), p("efter"), PageBreak())
    assert "pageBreakBefore" in properties(find(root, "efter"))
    styles = part(sample().to_docx(), "word/styles.xml")
    appendix = next(s for s in styles.findall(w("style")) if s.get(w("styleId")) == "Bilagerubrik")
    assert appendix.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None


def test_what_is_empty_leaves_no_trace() -> None:
    root = written(p(), p(""), ListBlock(()), ListBlock(((p(""),),)), Table((), (), (), ()), p("kvar"))
    assert [text_of(paragraph) for paragraph in root.iter(w("p"))] == ["UTKAST", "kvar"]
    assert not list(root.iter(w("tbl")))


def test_an_empty_document_is_still_a_valid_one() -> None:
    data = Document((), (), (), Properties(draft=False)).to_docx()
    assert docx_checks.faults(data) == docx_checks.audit(data) == []


def test_a_final_document_bears_no_mark_of_a_draft() -> None:
    data = Document((Value("Avtal", "titel"),), (), (), Properties("Avtal", draft=False)).to_docx()
    archive = zipfile.ZipFile(BytesIO(data))
    assert not any(b"UTKAST" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    ("case_numbers", "shown"),
    [
        ((), ""),
        (("KS 2026/123",), "Dnr KS 2026/123"),
        (("KS 2026/123", "RS 2026-00045"), "Dnr KS 2026/123, RS 2026-00045"),
        (tuple(f"KS 2026/{n}" for n in range(100, 112)), "Dnr KS 2026/100 m.fl."),
    ],
)
def test_the_page_header_shows_title_and_case_numbers(case_numbers: tuple[str, ...], shown: str) -> None:
    data = Document((), (), (), Properties("Trygga kvällar", case_numbers=case_numbers)).to_docx()
    assert text_of(part(data, "word/header2.xml")) == f"Trygga kvällar\t{shown}"
    assert text_of(part(data, "word/header1.xml")) == f"\t{shown}"


def test_a_long_title_is_cut_in_the_page_header_alone() -> None:
    title = "Idéburet offentligt partnerskap " * 40
    data = Document((Value(title, "titel"),), (), (), Properties(title)).to_docx()
    header = text_of(part(data, "word/header2.xml"))
    assert header == "Idéburet offentligt partnerskap Idéburet offentligt…\t"
    assert title in docx_checks.paragraphs(data)


def test_the_page_footer_counts_pages() -> None:
    footer = part(sample().to_docx(), "word/footer2.xml")
    assert text_of(footer) == "UTKAST\tSida 1 av 1"
    assert [code.text.strip() for code in footer.iter(w("instrText")) if code.text] == ["PAGE", "NUMPAGES"]


def test_a_line_that_leads_up_to_a_list_stays_with_it() -> None:
    root = written(p("Inledning."), p("Målen är:"), ListBlock(items("a")), p("Slut."), Paragraph(t("x")))
    assert "keepNext" in properties(find(root, "Målen är:"))
    assert "keepNext" not in properties(find(root, "Slut."))
