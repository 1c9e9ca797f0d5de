"""The preview in a real browser: it shows, follows, survives what is wrong, and needs neither mouse, sight nor width.

Skipped where no Chromium is installed, except in CI, which sets IOPDOCS_REQUIRE_BROWSER=1.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from tests.helpers.preview import DATA, SECTION, Place, Preview

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IN_TIME = 15_000  # milliseconds, on a machine that does much else; what is promised is measured by a test of its own
PROMISED = 2.0  # seconds
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, and where it cannot tell whether the contrast is enough."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    result = page.evaluate("axe.run('html', {resultTypes: ['violations', 'incomplete']})")
    assert len(result["passes"]) > 10
    # Contrast must be decided too, except where something lies over the words or a table is scrolled out of sight.
    over = page.locator("#_pv-panel").is_visible() and page.viewport_size != WIDE
    unsure = [one for one in result["incomplete"] if one["id"] == "color-contrast" and not over]
    found = [
        (one, node)
        for one in [*result["violations"], *unsure]
        for node in one["nodes"]
        if one not in unsure or not page.locator(node["target"][0]).evaluate("e => !!e.closest('.wide, .pv-trouble')")
    ]
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one, node in found]


def test_it_shows_the_agreement_and_the_findings_and_asks_nobody_else(shown: Preview, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(shown.address)
    page.get_by_role("heading", level=1, name="Cykelköket i Lillby").wait_for()
    page.get_by_role("complementary", name="Fynd").get_by_text("K1").first.wait_for()
    assert page.get_by_role("status").inner_text().startswith("Uppdaterad ")
    assert page.title() == "Cykelköket i Lillby – förhandsvisning"
    assert asked
    assert all(url.startswith(shown.address) for url in asked)


def test_a_change_of_a_text_is_seen_and_nothing_is_lost(shown: Preview, place: Place, page: Page) -> None:
    page.goto(shown.address)
    page.get_by_role("button", name="Visa ursprung").click()
    strip = page.locator("main .pv-origin", has_text="bakgrund.md.j2 rad 7").first
    strip.locator("summary").click()
    page.get_by_role("checkbox", name="Råd").uncheck()
    page.evaluate("scrollTo(0, 600)")
    page.evaluate("window.stayed = true")
    before = page.get_by_text("En andra punkt.").bounding_box()
    # More stands above what is being read afterwards.
    changed = SECTION.replace("Staden skriver", "Ett nytt stycke.\n\nOch ett till.\n\nStaden ändrar")
    place.section.write_text(changed, encoding="utf-8")
    page.get_by_text("Staden ändrar sin egen bakgrund.").wait_for(timeout=IN_TIME)
    after = page.get_by_text("En andra punkt.").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 200
    assert page.evaluate("window.stayed") is True
    assert page.get_by_role("button", name="Visa ursprung").get_attribute("aria-pressed") == "true"
    assert page.locator("main .pv-origin[open]").count() == 1
    assert not page.get_by_role("checkbox", name="Råd").is_checked()
    assert page.locator("main .pv-new", has_text="Staden ändrar").count() == 1


def test_a_change_of_the_data_is_seen_in_text_and_findings(shown: Preview, place: Place, page: Page) -> None:
    page.goto(shown.address)
    missing = page.locator("#_pv-list .pv-message", has_text="Mål eller vision saknas")
    missing.wait_for()
    place.data.write_text(
        DATA.replace("saknar cyklar", "cyklar gärna") + "mål: {syfte: Fler cyklar.}\n", encoding="utf-8"
    )
    page.get_by_text("Barn i Lillby cyklar gärna.").wait_for(timeout=IN_TIME)
    missing.wait_for(state="detached", timeout=IN_TIME)


def test_a_change_is_seen_within_two_seconds(shown: Preview, place: Place, page: Page) -> None:
    page.goto(shown.address)
    page.get_by_text("Staden skriver").wait_for()
    acts = {
        "text": lambda word: place.section.write_text(SECTION.replace("skriver", word), encoding="utf-8"),
        "uppgift": lambda word: place.data.write_text(DATA.replace("saknar", word), encoding="utf-8"),
    }
    for kind, act in acts.items():
        taken = []
        # The best of three is the preview's own time; the others are what the rest of the machine takes.
        for turn in range(3):
            word = f"{kind}{'abc'[turn]}"
            began = monotonic()
            act(word)
            page.locator("main").get_by_text(word).wait_for(timeout=IN_TIME)
            taken.append(monotonic() - began)
            if taken[-1] < PROMISED:
                break
        assert min(taken) < PROMISED, taken


def test_a_new_text_is_seen(shown: Preview, place: Place, page: Page) -> None:
    page.goto(shown.address)
    page.get_by_role("heading", level=1).wait_for()
    other = place.layer / "avsnitt" / "titel.md.j2"
    other.write_text("::: titel\n# Stadens titel\n:::\n", encoding="utf-8")
    page.get_by_role("heading", level=1, name="Stadens titel").wait_for(timeout=IN_TIME)


def test_a_broken_text_is_survived_and_mended(shown: Preview, place: Place, page: Page) -> None:
    page.goto(shown.address)
    page.get_by_text("Staden skriver").wait_for()
    place.section.write_text(SECTION + "{% if %}\n", encoding="utf-8")
    trouble = page.get_by_role("region", name="Fel i texten")
    trouble.wait_for(timeout=IN_TIME)
    assert "bakgrund.md.j2:" in trouble.inner_text()
    assert page.get_by_role("status").inner_text() == "Fel i texten"
    assert page.get_by_text("Staden skriver").is_visible()
    place.section.write_text(SECTION.replace("skriver", "skrev"), encoding="utf-8")
    trouble.wait_for(state="detached", timeout=IN_TIME)
    page.get_by_text("Staden skrev").wait_for(timeout=IN_TIME)
    assert page.get_by_role("status").inner_text().startswith("Uppdaterad ")


def test_what_is_wrong_is_seen_wherever_the_reader_is(shown: Preview, place: Place, page: Page) -> None:
    page.goto(shown.address)
    page.evaluate("scrollTo(0, 1200)")
    place.data.write_text(DATA + "hittepå: ja\n", encoding="utf-8")
    trouble = page.get_by_role("region", name="Fel i uppgifterna")
    trouble.wait_for(timeout=IN_TIME)
    box = trouble.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300
    assert "avtal.yaml:12" in trouble.inner_text()


def tab_to(page: Page, name: str, most: int = 40) -> None:
    """Press Tab until what has the focus is called *name*, and see that the focus can be seen."""
    for _press in range(most):
        page.keyboard.press("Tab")
        focus = page.locator(":focus")
        if focus.count() and name in (focus.inner_text() or focus.evaluate("one => one.labels?.[0]?.innerText ?? ''")):
            style = focus.evaluate(
                "one => [getComputedStyle(one).outlineStyle, parseFloat(getComputedStyle(one).outlineWidth)]"
            )
            assert style[0] in ("solid", "auto")
            assert style[1] >= 1
            return
    pytest.fail(f"the keyboard does not reach {name}")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_keyboard_is_enough(width: int, shown: Preview, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(shown.address)
    panel = page.get_by_role("complementary", name="Fynd")
    if width == 320:
        assert not panel.is_visible()
        tab_to(page, "Fynd (")
        page.keyboard.press("Enter")
    else:
        tab_to(page, "Hoppa till fynden")
        page.keyboard.press("Enter")
    assert panel.is_visible()
    assert page.evaluate("document.activeElement.id") == "_pv-findings"
    tab_to(page, "Råd")
    advice = panel.locator('li[data-level="rad"]').first
    assert advice.is_visible()
    page.keyboard.press("Space")
    assert not advice.is_visible()
    tab_to(page, "Visa i avtalet")
    target = page.evaluate("document.activeElement.hash.slice(1)")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{target}")
    assert page.evaluate("document.activeElement.id") == target
    box = page.locator(":focus").bounding_box()
    top = page.locator(".pv-top").bounding_box()
    assert box is not None
    assert top is not None
    assert max(0, top["y"] + top["height"]) <= box["y"] < 800
    page.goto(shown.address)
    tab_to(page, "Visa ursprung")
    page.keyboard.press("Space")
    tab_to(page, "rad ", most=80)
    page.keyboard.press("Enter")
    assert page.locator("main .pv-origin[open] dt").first.is_visible()


def test_escape_closes_the_findings_and_gives_the_focus_back(shown: Preview, page: Page) -> None:
    page.goto(shown.address)
    page.locator("#_pv-list a").first.focus()
    page.keyboard.press("Escape")
    assert not page.get_by_role("complementary", name="Fynd").is_visible()
    toggle = page.get_by_role("button", name="Fynd (")
    assert toggle.get_attribute("aria-expanded") == "false"
    assert toggle.evaluate("one => one === document.activeElement")
    page.reload()
    assert not page.get_by_role("complementary", name="Fynd").is_visible()


@pytest.mark.parametrize("state", ["good", "wrong", "nothing yet"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(state: str, width: int, place: Place, preview: Callable[..., Preview], page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    if state == "nothing yet":
        place.data.write_text("parter: [", encoding="utf-8")
    shown = preview(place.data, place.options())
    page.goto(shown.address)
    if state == "wrong":
        place.section.write_text("{{ bakgrnd }}", encoding="utf-8")
        page.get_by_role("region", name="Fel i texten").wait_for(timeout=IN_TIME)
    panel = page.get_by_role("complementary", name="Fynd")
    if panel.is_visible():
        assert violations(page) == []
        page.get_by_role("button", name="Stäng").click()
    assert violations(page) == []
    page.get_by_role("button", name="Visa ursprung").click()
    for strip in page.locator("main .pv-origin summary").all()[:6]:
        strip.click()
    assert violations(page) == []
    page.get_by_role("button", name="Fynd (").click()
    assert violations(page) == []


@pytest.mark.parametrize("size", [100, 200])
def test_a_narrow_screen_needs_no_scrolling_sideways(size: int, shown: Preview, place: Place, page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto(shown.address)
    # As a reader sets it in the browser; a page may not have it from a style of its own.
    page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
    page.get_by_role("button", name="Visa ursprung").click()
    for strip in page.locator("main .pv-origin summary").all()[:6]:
        strip.click()
    assert page.evaluate("document.scrollingElement.scrollWidth") == NARROW["width"]
    page.get_by_role("button", name="Fynd (").click()
    panel = page.locator("#_pv-panel")
    assert panel.evaluate("one => one.scrollWidth <= one.clientWidth")
    place.section.write_text("{{ " + "bakgrnd" * 20 + " }}", encoding="utf-8")
    page.locator(".pv-trouble").wait_for(timeout=IN_TIME)
    assert page.evaluate("document.scrollingElement.scrollWidth") == NARROW["width"]


def test_nothing_moves_for_those_who_want_no_motion(shown: Preview, place: Place, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(shown.address)
    page.get_by_text("Staden skriver").wait_for()
    place.section.write_text(SECTION.replace("skriver", "skrev"), encoding="utf-8")
    new = page.locator("main .pv-new", has_text="Staden skrev")
    new.wait_for(timeout=IN_TIME)
    assert new.evaluate("one => getComputedStyle(one).animationName") == "none"


def test_a_sample_is_chosen_by_keyboard(place: Place, preview: Callable[..., Preview], page: Page) -> None:
    samples = place.layer / "exempel"
    samples.mkdir()
    for name in ("ett", "ett-annat"):
        (samples / f"{name}.yaml").write_text(DATA.replace("Cykelköket", f"Exemplet {name}"), encoding="utf-8")
    page.goto(preview(None, place.options()).address)
    page.get_by_role("heading", level=1, name="Exemplet ett i Lillby").wait_for()
    page.get_by_role("combobox", name="Exempelavtal").focus()
    page.keyboard.type("ett-annat")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Exemplet ett-annat i Lillby").wait_for()
    (samples / "ett-annat.yaml").write_text(DATA.replace("Cykelköket", "Ändrat"), encoding="utf-8")
    page.get_by_role("heading", level=1, name="Ändrat i Lillby").wait_for(timeout=IN_TIME)


def test_another_name_for_this_computer_is_refused(shown: Preview, browser: Browser) -> None:
    """A page from elsewhere may point its own name at 127.0.0.1 (DNS rebinding)."""
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(shown.address.replace("127.0.0.1", "ond.localhost"))
    assert answer is not None
    assert answer.status == 421
    assert "Lillby" not in page.content()
    context.close()


@pytest.mark.parametrize("how", ["fetch", "script", "frame"])
def test_a_page_from_elsewhere_gets_nothing(how: str, shown: Preview, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "http://ond.example/", lambda route: route.fulfill(body="<!DOCTYPE html><p>Ond", content_type="text/html")
    )
    page.goto("http://ond.example/")
    tries = {
        "fetch": "url => fetch(url).then(answer => answer.text(), () => 'refused')",
        "script": """url => new Promise(done => {
            const one = document.createElement('script');
            one.src = url + 'skript.js'; one.onload = () => done('loaded'); one.onerror = () => done('refused');
            document.head.append(one); })""",
        "frame": """url => new Promise(done => {
            const one = document.createElement('iframe');
            one.src = url; one.onload = () => done(one.contentDocument ? 'read' : 'refused'); document.body.append(one); })""",
    }
    assert page.evaluate(tries[how], shown.address) == "refused"
    assert not any("Lillby" in frame.content() for frame in page.frames)
    context.close()


def test_it_says_when_the_command_has_ended(place: Place, page: Page) -> None:
    from datetime import datetime

    from iopdocs.cli.commands.clauses_preview_command import source_of
    from iopdocs.preview.current_view import PreviewState
    from tests.helpers.preview import running

    with running(PreviewState(source_of(place.data, place.options()), datetime.now)) as shown:
        page.goto(shown.address)
        page.get_by_text("Staden skriver").wait_for()
    page.get_by_role("status").get_by_text("Ingen kontakt med iopdocs").wait_for()
    assert page.get_by_text("Staden skriver").is_visible()
