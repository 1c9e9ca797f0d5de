"""A real browser for tests that look at pages, and a page in it whose console must stay silent.

Tests are skipped where no Chromium is installed, except in CI, which sets IOPDOCS_REQUIRE_BROWSER=1. IOPDOCS_CHROMIUM
names the program where it stands in no usual place. axe-core comes with the package axe-playwright-python: nothing is
fetched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}


def absent(what: str) -> Any:
    if os.environ.get("IOPDOCS_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{what}, and IOPDOCS_REQUIRE_BROWSER is set")
    pytest.skip(what)


@contextmanager
def started() -> Iterator[Browser]:
    """A Chromium, ended when the tests that share it have run."""
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


@contextmanager
def silent_page(browser: Browser) -> Iterator[Page]:
    """A wide page in Swedish that must say nothing in the console, and whose scripts must never fail."""
    context = browser.new_context(viewport=WIDE, locale="sv-SE")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
