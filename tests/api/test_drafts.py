"""What a draft shows that a final document does not: what is left to do, what to confirm, remarks in the margin."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

import iopdocs
from iopdocs.document.tree import Commented, Document, Placeholder
from iopdocs.document.walk import all_inlines, plain
from iopdocs.library.layers import load_library
from iopdocs.model.agreement import Agreement
from tests.helpers.docx_checks import audit, faults
from tests.helpers.docx_reading import whole_text
from tests.helpers.strategies import plausible_agreements

EXAMPLES = Path(__file__).parents[2] / "examples"
LIBRARY = load_library()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAFT = iopdocs.load(EXAMPLES / "utkast-ofullstandigt.yaml")
SIGNED = iopdocs.load(EXAMPLES / "trygga-kvallar.yaml")


def words_of(document: Document) -> str:
    return whole_text(document.to_docx())


def comments_in(data: bytes) -> list[tuple[str, str]]:
    """Return (the words that are remarked on, the remark) of each Word comment, as Word puts them together."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        remarks = etree.fromstring(archive.read("word/comments.xml"))
    texts = {one.get(f"{W}id"): " ".join(t.text or "" for t in one.iter(f"{W}t")) for one in remarks}
    found: dict[str, str] = {}
    opened: list[str] = []
    for node in body.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        number = str(node.get(f"{W}id"))
        if node.tag == f"{W}commentRangeStart":
            opened.append(number)
            found[number] = ""
        elif node.tag == f"{W}commentRangeEnd":
            opened.remove(number)
        else:
            for one in opened:
                found[one] += node.text or ""
    assert opened == []
    return [(found[number], texts[number]) for number in found]


def test_a_draft_begins_with_what_is_left_to_do_in_the_order_of_the_document() -> None:
    text = words_of(iopdocs.render(DRAFT, library=LIBRARY))
    start = text.index("Kvar att göra")
    assert start < text.index("Tvist saknas (avsnitt") < text.index("Gemenskap på äldre dar i Sundeby", start)
    assert (
        text.index("Roller och ansvar saknas") < text.index("Varje parts resurser saknas") < text.index("Tvist saknas")
    )
    assert "Skriv hur en tvist löses, steg för steg." in text


def test_each_section_that_is_named_there_has_the_number_it_has_in_the_document() -> None:
    document = iopdocs.render(DRAFT, library=LIBRARY)
    numbers = {plain(section.heading): section.number for section in document.sections}
    left = " ".join(plain(block.children) for block in document.cover[0].blocks[1].items for block in block)  # type: ignore[union-attr]
    assert f"Varje parts resurser saknas (avsnitt\u00a0{numbers['Ekonomi']})" in left


def test_facts_to_confirm_are_listed_until_the_agreement_is_signed() -> None:
    decided = iopdocs.load(EXAMPLES / "samtalsstod.yaml")
    text = words_of(iopdocs.render(decided, library=LIBRARY))
    assert "Kontrollera före undertecknande" in text
    assert str(decided.parties[0].organisation_number) in text
    assert "Kontrollera före undertecknande" not in words_of(iopdocs.render(SIGNED, library=LIBRARY))


def test_a_signed_agreement_with_nothing_left_to_do_has_no_such_page_but_the_note() -> None:
    document = iopdocs.render(SIGNED, library=LIBRARY)
    assert document.cover == ()
    assert "Avtalstexterna är inte granskade av någon jurist" in words_of(document)


def test_a_missing_part_says_what_to_write_where_it_belongs() -> None:
    document = iopdocs.render(DRAFT, library=LIBRARY)
    shown = [node.shown for node in all_inlines(document) if isinstance(node, Placeholder)]
    assert "[Tvist: skriv hur en tvist löses, steg för steg. Källa: malmo och famna.]" in shown


def test_a_final_document_has_no_trace_of_the_draft() -> None:
    text = words_of(iopdocs.render(SIGNED, library=LIBRARY, final=True))
    for mark in ("Kvar att göra", "Kontrollera före", "inte granskade", "UTKAST", "ARBETSKOPIA"):
        assert mark not in text


def test_every_finding_is_a_comment_with_code_advice_and_source() -> None:
    report = iopdocs.lint(DRAFT, library=LIBRARY)
    data = iopdocs.render(DRAFT, library=LIBRARY, comments=True).to_docx()
    remarks = [remark for _words, remark in comments_in(data)]
    assert len(remarks) == len(report.findings)
    for finding in report.findings:
        assert any(finding.code in remark and finding.message in remark for remark in remarks)
    (dispute,) = [remark for remark in remarks if "Tvist saknas" in remark]
    assert "Källa: malmo, Omförhandling, hävningsrätt samt tvist" in dispute


def test_a_comment_stands_on_the_words_it_is_about() -> None:
    agreement = iopdocs.loads(
        "titel: Prov\nparter: [{namn: Exempelstads kommun, organisationsnummer: 212000-0002}]\n"
        "bakgrund: {behov: Föreningen är utförare.}\n"
    )
    found = comments_in(iopdocs.render(agreement, library=LIBRARY, comments=True).to_docx())
    assert [words for words, remark in found if "S103" in remark] == ["212000-0002"]
    assert [words for words, remark in found if "J301" in remark] == ["Föreningen är utförare."]
    assert [words for words, remark in found if "K113" in remark] == [
        "[Tvist: skriv hur en tvist löses, steg för steg. Källa: malmo och famna.]"
    ]


def test_a_document_without_comments_has_no_part_for_them() -> None:
    with zipfile.ZipFile(BytesIO(iopdocs.render(DRAFT, library=LIBRARY).to_docx())) as archive:
        assert not [name for name in archive.namelist() if "comments" in name]


@pytest.mark.parametrize("comments", [False, True])
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_draft_with_and_without_comments_is_a_valid_document(path: Path, comments: bool, tmp_path: Path) -> None:
    data = iopdocs.render(iopdocs.load(path), library=LIBRARY, comments=comments).to_docx()
    assert faults(data) == []
    assert audit(data) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(agreement=plausible_agreements())
def test_any_agreement_with_comments_is_valid_and_loses_no_finding(agreement: Agreement) -> None:
    document = iopdocs.render(agreement, library=LIBRARY, comments=True)
    remarks = [remark for node in all_inlines(document) if isinstance(node, Commented) for remark in node.comments]
    assert len(remarks) == len(iopdocs.lint(agreement, library=LIBRARY).findings)
    data = document.to_docx()
    assert faults(data) == []
    assert "iopdocs" in document.to_html()
    assert document.to_markdown()


def test_a_report_that_has_been_made_is_told_instead_of_another() -> None:
    report = iopdocs.lint(DRAFT, library=LIBRARY, select=["K113"])
    document = iopdocs.render(DRAFT, library=LIBRARY, report=report)
    left = words_of(Document((), (), document.cover))
    assert "Tvist saknas" in left
    assert "Hävning saknas" not in left


def test_two_missing_parts_that_rest_on_the_same_data_each_have_their_section() -> None:
    document = iopdocs.render(iopdocs.loads("titel: Tomt"), library=LIBRARY)
    assert {"Avtalspartner", "Underskrift", "Ekonomi"} <= {plain(section.heading) for section in document.sections}
