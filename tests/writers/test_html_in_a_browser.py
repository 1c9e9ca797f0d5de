"""The HTML page in a real browser: axe-core finds nothing, nothing is fetched, a keyboard and a narrow screen are enough."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import iopdocs
from iopdocs.document.tree import (
    Align,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    ParagraphStyle,
    Properties,
    Section,
    SectionKind,
    Table,
    Value,
)
from iopdocs.writers.html import write_html
from tests.helpers.browser import NARROW, WIDE
from tests.helpers.document_samples import cells, items, p, sample, t

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


def with_cover() -> Document:
    """A draft with every kind of node, words too long for any line, and a table without caption or a heading's words."""
    base = sample()
    long_name = "Sammanslutningen" + "åäö" * 60
    table = Table(
        (),
        cells("", "Kontaktperson", "E-post"),
        (cells(long_name, "Ester Wallgren", "ester.wallgren@" + "ljusgarden" * 6 + ".example"),),
        (Align.LEFT, Align.LEFT, Align.LEFT),
    )
    note = Paragraph(t("Ingen jurist har läst texterna."), ParagraphStyle.NOTE)
    todo = ListBlock(items("Bakgrund saknas", "Syfte saknas"))
    cover = Section(
        "kvar-att-gora", "kvar-att-gora", t("Kvar att göra"), (note, todo), kind=SectionKind.UNNUMBERED
    )  # fmt: skip
    contact = Section(
        "kontakt",
        "kontakt",
        t("Kontaktuppgifter"),
        (table, p(long_name), Heading(2, t("Två till"), "k1", "9.1"), table),
        "9",
    )
    return Document(
        (Value(f"Avtal med {long_name}", "titel"),),
        base.front,
        (*base.sections[:6], contact, *base.sections[6:]),
        Properties("Avtal", case_numbers=("KS 2026/123",)),
        cover=(cover,),
    )


DOCUMENTS = {file.stem: file for file in EXAMPLES}
NAMES = [*DOCUMENTS, "alla-slags-delar"]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Every example as it is written by default, and a draft that is built to be difficult."""
    found = {name: write_html(iopdocs.render(iopdocs.load(file))) for name, file in DOCUMENTS.items()}
    assert any("Kvar att göra" in page for page in found.values())
    return found | {"alla-slags-delar": write_html(with_cover())}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE, locale="sv-SE")
    yield context.new_page()
    context.close()


def violations(page: Page, part: str = "html") -> list[str]:
    """Return what axe-core finds in *part*, its advice on good practice too, with the elements that it finds it in."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    result = page.evaluate("part => axe.run(part, {resultTypes: ['violations', 'incomplete']})", part)
    assert len(result["passes"]) > 3
    # What axe cannot decide is no finding, but contrast must be decided, except in a table that is scrolled out of sight.
    unsure = (
        [one for one in result["incomplete"] if one["id"] == "color-contrast"] if page.viewport_size == WIDE else []
    )
    found = [*result["violations"], *unsure]
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(name: str, width: dict[str, int], page: Page, pages: dict[str, str]) -> None:
    page.set_viewport_size(width)
    page.set_content(pages[name])
    assert violations(page) == []
    for summary in page.locator("summary").all():
        summary.click()
        assert violations(page, "nav") == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_requested(name: str, page: Page, pages: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "avtal.html"
    file.write_text(pages[name], encoding="utf-8")
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri(), wait_until="networkidle")
    assert requested == [file.as_uri()]
    assert complaints == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [100, 200], ids=["normal text", "double text"])
def test_a_narrow_screen_needs_no_scrolling_sideways(name: str, size: int, page: Page, pages: dict[str, str]) -> None:
    page.set_viewport_size(NARROW)
    page.set_content(pages[name])
    page.add_style_tag(content=f":root {{ font-size: {size}% }}")
    assert page.evaluate("document.scrollingElement.scrollWidth") == NARROW["width"]
    outside = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(one => {
            const box = one.getBoundingClientRect();
            return !one.closest('.wide') && (box.right > innerWidth + 1 || box.left < -1);
        }).map(one => one.outerHTML.slice(0, 200))"""
    )
    assert outside == []


@pytest.mark.parametrize("name", NAMES)
def test_a_keyboard_reaches_every_link_and_table_and_gets_away_again(
    name: str, page: Page, pages: dict[str, str]
) -> None:
    page.set_viewport_size(NARROW)
    page.set_content(pages[name])
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], summary, .wide')]
            .filter(one => !one.closest('details:not([open]) ul')).map((one, n) => one.dataset.n = String(n))"""
    )
    assert wanted
    reached = []
    for _press in wanted:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.n"))
        style = "getComputedStyle(document.activeElement)"
        shown = page.evaluate(f"[{style}.outlineStyle, parseFloat({style}.outlineWidth), {style}.outlineColor]")
        assert shown[0] in ("solid", "auto"), f"the focus cannot be seen on element {reached[-1]}"
        assert shown[1] >= 1
    assert reached == wanted


def test_a_wide_table_scrolls_by_arrow_keys(page: Page, pages: dict[str, str]) -> None:
    page.set_viewport_size(NARROW)
    page.set_content(pages["alla-slags-delar"])
    box = page.locator(".wide", has_text="ester.wallgren").first
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("one => one.scrollLeft > 0", arg=box.element_handle())


def test_the_first_tab_leads_past_the_contents_to_the_agreement(page: Page, pages: dict[str, str]) -> None:
    page.set_content(pages["trygga-kvallar"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.text_content() == "Hoppa till innehållet"
    place = skip.bounding_box()
    assert place is not None
    assert place["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_the_contents_lead_to_every_section(page: Page, pages: dict[str, str]) -> None:
    page.set_content(pages["trygga-kvallar"])
    links = page.locator("nav a").all_text_contents()
    assert links == [" ".join(text.split()) for text in page.locator("h2").all_text_contents()]
    assert "12 Omförhandling, hävningsrätt samt tvist" in links
    assert page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].every(a => document.getElementById(decodeURI(a.hash.slice(1))))"
    )


@pytest.mark.parametrize("name", NAMES)
def test_landmarks_headings_and_table_names_are_what_a_screen_reader_needs(
    name: str, page: Page, pages: dict[str, str]
) -> None:
    page.set_content(pages[name])
    levels = [
        int(tag[1]) for tag in page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => h.tagName)")
    ]
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = page.get_by_role("table")
    assert tables.count() == page.locator("table").count() > 0
    for table in tables.all():
        snapshot = table.aria_snapshot().splitlines()[0]
        assert snapshot.startswith('- table "'), snapshot
    assert page.get_by_role("main").count() == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_page_prints_on_a4(name: str, page: Page, pages: dict[str, str]) -> None:
    from pypdf import PdfReader

    page.set_content(pages[name])
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, tagged=True)))
    texts = [sheet.extract_text() for sheet in reader.pages]
    assert {tuple(round(side) for side in sheet.mediabox[2:]) for sheet in reader.pages} <= {(595, 842), (596, 842)}
    assert len(texts) > 2
    assert all(f"{number} ({len(texts)})" in text for number, text in enumerate(texts, 1))
    assert "Hoppa till innehållet" not in texts[0]
    todo = [number for number, text in enumerate(texts) if "Kvar att göra" in text]
    if todo:
        first = page.locator("h2", has_text="Bakgrund").first.text_content() or ""
        assert todo == [1]
        assert first.split()[-1] not in texts[1].split("\n")
        assert "Bakgrund" in texts[2]


def test_in_print_links_are_not_blue_and_signatures_stay_whole(page: Page, pages: dict[str, str]) -> None:
    from pypdf import PdfReader

    page.emulate_media(media="print")
    page.set_content(pages["alla-slags-delar"])
    ink = page.evaluate("getComputedStyle(document.body).color")
    colours = page.evaluate("[...document.querySelectorAll('main p a')].map(a => getComputedStyle(a).color)")
    assert colours
    assert set(colours) == {ink}
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    for party in ("Exempelstads kommun", "Föreningen Kvällsvandrarna", "Norrby församling"):
        (sheet,) = [text for text in sheets if f"{party}\nExempelstad\n" in text]
        assert "Namnförtydligande" in sheet.split(f"{party}\nExempelstad\n")[1]


def test_no_heading_stands_last_on_a_printed_page(page: Page, pages: dict[str, str]) -> None:
    from pypdf import PdfReader

    for name, html in pages.items():
        page.set_content(html)
        headings = {" ".join(text.split()) for text in page.locator("h2, h3, h4, h5, h6, caption").all_text_contents()}
        sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        for number, sheet in enumerate(sheets, 1):
            lines = [" ".join(line.split()) for line in sheet.extract_text().splitlines() if line.strip()]
            last = [line for line in lines if line != f"{number} ({len(sheets)})"][-1]
            assert last not in headings, f"{name}, page {number}: {last}"
