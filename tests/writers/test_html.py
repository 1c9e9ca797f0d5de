"""The HTML page: any text comes back, the structure is meaningful, and nothing is fetched from elsewhere."""

from __future__ import annotations

import re

import lxml.html
import pytest
from hypothesis import HealthCheck, given

from iopdocs.document.tree import CrossReference, Document, Link, Paragraph, Properties, Text, Value
from iopdocs.document.walk import plain
from iopdocs.writers.html import is_untouched, write_html
from iopdocs.writers.html_style import STYLE
from tests.helpers.document_samples import p, sample, t
from tests.helpers.document_strategies import documents, neutral, texts_of
from tests.helpers.properties import examples

MODEST = examples(50, suppress_health_check=list(HealthCheck))
INLINE = {"br", "span"}


def page_of(document: Document) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(write_html(document).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def shown(element: lxml.html.HtmlElement) -> str:
    """Return the text, where a line break is what ``br`` says: the page's own line breaks only stand between blocks."""
    out = []
    for node in element.iter():
        if node.tag == "br":
            out.append("\n")
        out.append((node.text or "").replace("\n", ""))
        for ending in [node] if node is not element and len(node) == 0 else []:
            while ending is not element:
                out.append((ending.tail or "").replace("\n", ""))
                if ending.getnext() is not None:
                    break
                ending = ending.getparent()
    return "".join(out)


def expected(document: Document) -> str:
    front = " ".join(plain(block.children) for block in document.front if isinstance(block, Paragraph))
    missing = [number for number in document.properties.case_numbers if number not in front]
    numbers = ", ".join(number for number in missing if number.strip())
    shown = ["UTKAST"] if document.properties.draft else []
    for kind, text in texts_of(document):
        if kind == "title":
            shown += [text, f"Diarienummer: {' '.join(numbers.split())}" if numbers else ""]
        elif kind == "heading":
            shown.append(" ".join(part for part in text if part or part is text[1]))
        elif kind == "line":
            shown.append(f"{text[1]} {text[0]}")
        else:
            shown.append(text)
    return "".join(shown)


@MODEST
@given(documents())
def test_every_text_comes_back_as_written(document: Document) -> None:
    assert shown(page_of(document).find(".//main")) == expected(document)


@MODEST
@given(documents())
def test_no_text_changes_the_structure(document: Document) -> None:
    def structure(page: lxml.html.HtmlElement) -> list[str]:
        return [node.tag for node in page.find(".//main").iter() if node.tag not in INLINE]

    assert structure(page_of(document)) == structure(page_of(neutral(document)))


def test_the_page_says_its_language_and_title() -> None:
    page = page_of(sample())
    assert page.get("lang") == "sv"
    assert page.findtext(".//title") == "Trygga kvällar i Norrby"
    assert [h.text_content() for h in page.iter("h1")] == ["Trygga kvällar i Norrby"]


def test_headings_carry_the_numbers_of_the_tree() -> None:
    headings = [h.text_content() for h in page_of(sample()).iter("h2", "h3", "h4", "h5")]
    assert headings[:5] == [
        "1 Bakgrund och syfte",
        "2 Mål och målgrupp",
        "2.1 Målgrupp",
        "2.1.1 Särskilt om flickor",
        "Utan nummer",
    ]
    assert headings[-3:] == ["Bilaga 1 Insatser per organisation", "1.1 Läxhjälp", "Bilaga 2 Värdegrund"]


def test_every_table_has_a_caption_and_column_headings() -> None:
    tables = list(page_of(sample()).iter("table"))
    assert len(tables) == 3
    for table in tables:
        assert table.find("caption").text_content()
        assert {th.get("scope") for th in table.iter("th")} == {"col"}
    assert tables[1].findtext("tfoot/tr/td") == "Summa"


def test_references_lead_to_headings_and_every_id_is_unique() -> None:
    page = page_of(sample())
    ids = [node.get("id") for node in page.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    targets = [a.get("href")[1:] for a in page.find(".//main").iter("a") if a.get("href").startswith("#")]
    assert targets == ["ekonomi", "bilaga", "ekonomi"]
    assert set(targets) <= set(ids)


def test_a_placeholder_is_marked_and_says_what_to_write() -> None:
    (mark,) = page_of(sample()).iter("mark")
    assert mark.text_content() == "[antal personer]"
    assert mark.get("title") == "hur många ni räknar med"


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.se",
        "file:///etc/passwd",
        "JaVaScript:x",
        "http://",
        "http://a b/",
        "mailto:",
    ],
)
def test_an_address_of_another_kind_is_printed_as_text(href: str) -> None:
    page = page_of(Document((), (p(Link(t("här"), href)),), ()))
    assert not list(page.find(".//main").iter("a"))
    assert f"här ({href})" in page.find(".//main").text_content()


def test_nothing_is_fetched_from_elsewhere() -> None:
    html = write_html(sample())
    assert not re.search(r"<(?:script|link|img|iframe)|url\(|@import|\bsrc=", html)
    assert "http" not in STYLE


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("ground", ["ffffff", "e8eef3", "fff0b8"])
def test_every_text_colour_stands_out_from_its_ground(ground: str) -> None:
    colours = {"1b1f23", "14405f"} if ground != "ffffff" else set(re.findall(r"[ ;]color: #([0-9a-f]{6})", STYLE))
    assert colours
    for colour in colours:
        light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_page_is_known_as_ours_until_it_is_edited() -> None:
    page = write_html(sample()).encode()
    assert is_untouched(page)
    assert not is_untouched(page.replace(b"Norrby", b"Soderby", 1))
    assert not is_untouched(b"<html></html>")
    assert not is_untouched(b"\xff\xfe")


def test_a_final_document_bears_no_mark_of_a_draft() -> None:
    document = Document((Value("Avtal", "titel"),), (), (), Properties("Avtal", draft=False))
    assert "UTKAST" not in write_html(document)


def test_a_reference_to_a_heading_that_is_not_there_is_plain_text() -> None:
    page = page_of(Document((Text("T"),), (p("se ", CrossReference("borta", "avsnitt", "9")),), ()))
    assert not list(page.find(".//main").iter("a"))
    assert "se avsnitt\u00a09" in page.text_content()
