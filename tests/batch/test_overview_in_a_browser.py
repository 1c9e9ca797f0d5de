"""The overview page in a real browser: found, sorted and printed by anybody, and quick with a thousand agreements."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.report_file import write_report
from tests.batch.test_report_files import hostile
from tests.helpers.batch_reports import DAY, report
from tests.helpers.browser import NARROW, WIDE, silent_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """The address of the page of so many agreements, as a file on a share has one."""
    folder = tmp_path_factory.mktemp("översikt")
    for count in (60, 150, 1000):
        write_report(report(count, folder=str(folder)), folder / f"{count}.html")
    return {count: (folder / f"{count}.html").as_uri() for count in (60, 150, 1000)}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose scripts never fail."""
    with silent_page(browser) as page:
        yield page


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, its advice on good practice too; contrast must be decided where nothing is scrolled."""
    from axe_playwright_python.base import AXE_SCRIPT

    # The policy of the page is for its own scripts; this one comes from the tester.
    page.evaluate(AXE_SCRIPT)
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    assert len(result["passes"]) > 10
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in result["violations"] for node in one["nodes"]
    ]


def texts(page: Page, query: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(query).all_text_contents()]


def until(page: Page, expression: str) -> None:
    """Wait until *expression* is true; asked from outside, as the policy of the page stops code made of text inside it."""
    deadline = time.monotonic() + 20
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(20)


def settle(page: Page) -> None:
    page.evaluate(FRAME)


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(width: dict[str, int], page: Page, files: dict[int, str]) -> None:
    page.set_viewport_size(width)
    page.goto(files[150])
    assert violations(page) == []
    page.select_option("#f-profile", label="malmo")
    page.locator(".heat >> visible=true").get_by_role("button", name="Ekonomi").click()
    page.fill("#f-text", "finns inte någonstans")
    until(page, "document.getElementById('count').textContent.startsWith('Visar 0 av')")
    assert violations(page) == []


def test_nothing_but_the_file_is_asked_for(page: Page, files: dict[int, str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(files[60], wait_until="networkidle")
    page.locator("#f-faulty").check()
    assert asked == [files[60]]


@pytest.mark.parametrize("size", [100, 200], ids=["normal text", "double text"])
def test_a_narrow_screen_needs_no_scrolling_sideways(size: int, page: Page, files: dict[int, str]) -> None:
    page.set_viewport_size(NARROW)
    page.goto(files[60])
    page.evaluate("size => { document.documentElement.style.fontSize = size + '%' }", size)
    assert page.evaluate("document.scrollingElement.scrollWidth") == NARROW["width"]
    outside = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(one => {
            const box = one.getBoundingClientRect();
            return !one.closest('.box, .skip, svg, .unseen') && box.width && (box.right > innerWidth + 1 || box.left < -1);
        }).map(one => one.outerHTML.slice(0, 200))"""
    )
    assert outside == []


def test_without_a_script_every_row_is_there(browser: Browser, files: dict[int, str]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(files[150])
    assert page.locator(".list tbody tr").count() == 150
    assert page.locator(".list tbody tr").last.is_visible()
    assert page.locator(".heat").nth(1).is_visible()
    assert not page.locator("#filter").is_visible()
    assert page.locator("button >> visible=true").count() == 0
    context.close()


def test_a_search_goes_for_all_words_and_everything_follows_it(page: Page, files: dict[int, str]) -> None:
    made = report(60)
    page.goto(files[60])
    before = texts(page, ".missing >> visible=true")
    page.fill("#f-text", "NORRBY  gällande")
    until(page, "document.getElementById('filter').classList.contains('chosen')")
    wanted = [
        one for one in made.outcomes
        if one.row and "norrby" in f"{one.title} {one.row.civil}".lower() and one.row.status == "gällande"
    ]  # fmt: skip
    assert 0 < len(wanted) < 20
    assert page.text_content("#count") == f"Visar {len(wanted)} av 60 avtal: sökord ”norrby gällande”."
    assert texts(page, ".list tbody .name") == [" ".join(one.title.split()) for one in wanted]
    assert page.locator(".time tbody tr").count() == len(wanted)
    assert page.locator("[data-k='0']").text_content() == str(len(wanted))
    paid = sum(one.amount for each in wanted if each.row for one in each.row.paid)
    shown = page.locator("[data-money='p'] .sum td").last.text_content() or ""
    assert shown.replace("\u00a0", "") == str(int(paid))
    assert texts(page, ".missing >> visible=true") != before
    page.get_by_role("button", name="Rensa").click()
    until(page, "document.getElementById('count').textContent === 'Visar alla 60 avtal.'")
    assert texts(page, ".missing >> visible=true") == before


def test_what_the_script_adds_up_is_what_was_written(browser: Browser, page: Page, files: dict[int, str]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    plain = context.new_page()
    plain.goto(files[60])
    page.goto(files[60])
    for query in (".tiles b", ".sum >> nth=0", ".missing >> nth=0", "[data-money='p']", "[data-money='r']"):
        made, written = ("".join(texts(one, query)).replace(" ", "") for one in (page, plain))
        assert made == written, query
    context.close()


def test_status_party_and_faults_can_be_chosen_together(page: Page, files: dict[int, str]) -> None:
    page.goto(files[60])
    page.select_option("#f-status", "gällande")
    page.select_option("#f-party", label="Norrby församling")
    page.locator("#f-faulty").check()
    wanted = [
        one.title for one in report(60).outcomes
        if one.row and one.row.status == "gällande" and "Norrby församling" in one.row.civil and one.exit_code
    ]  # fmt: skip
    assert wanted
    assert texts(page, ".list tbody .name") == wanted
    said = page.text_content("#count") or ""
    assert said.endswith("status gällande, part Norrby församling, bara de med fel.")


def test_another_profile_shows_its_own_sections_and_points(page: Page, files: dict[int, str]) -> None:
    page.goto(files[60])
    assert page.locator(".heat >> visible=true").count() == 1
    before = texts(page, ".heat >> visible=true")
    page.select_option("#f-profile", label="malmo")
    assert page.locator(".heat >> visible=true").count() == 1
    assert texts(page, ".heat >> visible=true") != before
    assert "/52" in (page.locator(".heat >> visible=true").text_content() or "")
    assert "profilen malmo" in (page.locator(".missing caption").nth(1).text_content() or "")


def test_a_heading_sorts_both_ways_from_the_keyboard_and_blanks_stand_last(page: Page, files: dict[int, str]) -> None:
    page.goto(files[60])
    button = page.locator(".time").get_by_role("button", name="Sista dag för uppsägning")
    button.focus()
    found = []
    for order in ("ascending", "descending"):
        page.keyboard.press("Enter")
        assert button.locator("xpath=..").get_attribute("aria-sort") == order
        assert page.locator(".time [aria-sort]").count() == 1
        cells = [text[:10] for text in texts(page, ".time tbody td:nth-child(3)")]
        days = [text for text in cells if text]
        assert days == sorted(days, reverse=order == "descending")
        assert cells == days + [""] * (len(cells) - len(days))
        found.append(cells)
    assert found[0] != found[1]
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.locator("#f-faulty").check()
    days = [text[:10] for text in texts(page, ".time tbody td:nth-child(3)") if text]
    assert days == sorted(days, reverse=True), "the order stays when a selection is made"


def test_numbers_sort_as_numbers_and_shares_as_shares(page: Page, files: dict[int, str]) -> None:
    page.goto(files[60])
    page.locator("[data-money='p']").get_by_role("button", name="2027").click()
    sums = [
        text.replace(" ", "").replace("\u00a0", "")
        for text in texts(page, "[data-money='p'] [data-rows] td:nth-child(4)")
    ]
    amounts = [int(text) for text in sums if text]
    assert amounts == sorted(amounts, reverse=True)
    page.locator(".heat >> visible=true").get_by_role("button", name="Omförhandling").click()
    cells = texts(page, ".heat >> nth=0 >> [data-rows] td:nth-child(11)")
    met = [int(text[0]) for text in cells]
    assert met == sorted(met)
    assert set(met) > {0, 3}


def test_the_keyboard_reaches_every_control_and_table_and_the_focus_is_seen(page: Page, files: dict[int, str]) -> None:
    page.goto(files[60])
    page.keyboard.press("Tab")
    assert page.locator(":focus").text_content() == "Hoppa till innehållet"
    reached = set()
    for _press in range(90):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
                return [one.id || one.getAttribute('aria-label') || one.textContent, style.outlineStyle, parseFloat(style.outlineWidth)]; }"""
        )
        assert found[1] in ("solid", "auto"), found
        assert found[2] >= 2
        reached.add(found[0])
    assert {"f-text", "f-status", "f-party", "f-profile", "f-faulty", "print"} <= reached
    assert {"Alla avtal med läge, fynd och dokument", "Avtalens tider, de närmaste först"} <= reached


def test_a_table_is_scrolled_by_keyboard_and_its_headings_stay(page: Page, files: dict[int, str]) -> None:
    page.goto(files[150])
    box = page.get_by_role("region", name="Alla avtal med läge, fynd och dokument")
    head = box.locator("thead th").first
    before = head.evaluate("one => one.getBoundingClientRect().top - one.closest('.box').getBoundingClientRect().top")
    box.focus()
    page.keyboard.press("End")
    until(page, "document.querySelector('.list').closest('.box').scrollTop > 300")
    after = head.evaluate("one => one.getBoundingClientRect().top - one.closest('.box').getBoundingClientRect().top")
    assert abs(before - after) < 2


def test_more_rows_come_by_scrolling_and_all_of_them_when_asked_for(page: Page, files: dict[int, str]) -> None:
    page.goto(files[150])
    rows = page.locator(".list tbody tr")
    assert rows.count() == 60
    page.locator(".list").evaluate("one => { one.closest('.box').scrollTop = 1e6 }")
    until(page, "document.querySelectorAll('.list tbody tr').length > 60")
    section = page.locator("section", has=page.locator(".list"))
    section.get_by_role("button", name="Visa alla rader").click()
    assert rows.count() == 150
    assert not section.get_by_role("button", name="Visa alla rader").is_visible()


def test_the_page_prints_every_chosen_row_on_a4_across_with_headings_on_every_page(
    page: Page, files: dict[int, str]
) -> None:
    from pypdf import PdfReader

    page.goto(files[150])
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert all(abs(sheet.mediabox.width - 842) < 2 and abs(sheet.mediabox.height - 595) < 2 for sheet in reader.pages)
    sheets = [" ".join(sheet.extract_text().split()) for sheet in reader.pages]
    whole = " ".join(sheets)
    assert all(f"{100 + number} · A{number + 1}" in whole for number in range(150) if number % 30 != 17)
    assert "Sök" not in sheets[0]
    assert "Visa alla rader" not in whole
    assert all("Idéburna parter" in text for text in sheets[-4:])
    assert f"{len(sheets)} ({len(sheets)})" in sheets[-1]
    # And the page is as it was afterwards.
    assert page.locator(".list tbody tr").count() == 60
    page.locator("#f-faulty").check()
    chosen = " ".join(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].extract_text().split())
    assert "bara de med fel" in chosen


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--<script>", "{{x}}", "\u202eabc", "[0]"]
)  # fmt: skip
def test_hostile_data_are_shown_as_they_are_written(text: str, page: Page, tmp_path: Path) -> None:
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    made: BatchReport = hostile(text, DAY, 2027)
    write_report(made, tmp_path / "rapport.html")
    page.goto((tmp_path / "rapport.html").as_uri())
    assert page.locator(".list .name").first.text_content() == text
    page.select_option("#f-party", label=text)
    page.fill("#f-text", text)
    until(page, "document.getElementById('count').textContent.includes('Visar 1 av 2')")
    assert page.locator("img").count() == 0
    assert opened == []


def test_a_thousand_agreements_stay_usable(page: Page, files: dict[int, str]) -> None:
    page.goto(files[1000])
    settle(page)
    # What takes time is what is laid out: it does not grow with the number of agreements.
    assert page.evaluate("document.querySelectorAll('*').length") < 6000
    spent = {}
    for name, act in {
        "filter": lambda: page.locator("#f-faulty").check(),
        "sort": lambda: page.locator(".list").get_by_role("button", name="Avtal").click(),
        "reset": lambda: page.get_by_role("button", name="Rensa").click(),
    }.items():
        start = time.perf_counter()
        act()
        settle(page)
        spent[name] = time.perf_counter() - start
    # Less than half a second on a machine that does nothing else.
    assert max(spent.values()) < 3, spent
    assert page.text_content("#count") == "Visar alla 1\u00a0000 avtal."
