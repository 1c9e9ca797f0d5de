"""A preview to ask, and the browser that looks at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from layers_made import make_layer
from preview_made import DATA, SECTION, Place, Preview, running

from iopdocs.cli.clauses_preview_command import source_of
from iopdocs.cli.setups import Options
from iopdocs.preview.showcase import Showcase

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REQUIRED = os.environ.get("IOPDOCS_REQUIRE_BROWSER") == "1"


def place_in(folder: Path) -> Place:
    made = Place(folder)
    made.data.write_text(DATA, encoding="utf-8")
    make_layer(made.layer, {"avsnitt/bakgrund.md.j2": SECTION}, name="lillby")
    return made


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that many tests ask, and none changes."""
    place = place_in(tmp_path_factory.mktemp("standing"))
    with running(Showcase(source_of(place.data, place.options()), datetime.now)) as preview:
        yield preview


@pytest.fixture
def preview() -> Iterator[Callable[[Path | None, Options], Preview]]:
    """Start a preview of a file (or of the samples) with options; it ends with the test."""
    with ExitStack() as stack:
        yield lambda file, options: stack.enter_context(running(Showcase(source_of(file, options), datetime.now)))


@pytest.fixture
def shown(place: Place, preview: Callable[..., Preview]) -> Preview:
    """The agreement of *place* with its layer."""
    return preview(place.data, place.options())


def absent(what: str) -> Any:
    if REQUIRED:
        pytest.fail(f"{what}, and IOPDOCS_REQUIRE_BROWSER is set")
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright is not installed")
    program = os.environ.get("IOPDOCS_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        absent("no Chromium is installed")
    with sync_playwright() as playwright:
        # The sandbox wants rights that a container, or root, does not have; the pages are our own.
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must say nothing in the console, unless the test takes it away from ``complaints``."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
