"""Draws docs/bilder/oversikt.png: the overview page of a batch of sixty made-up agreements, as Chromium shows it.

Needs playwright and Chromium; IOPDOCS_CHROMIUM names the program where it stands in no usual place.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from iopdocs.batch.report_file import write_report

ROOT = Path(__file__).parents[1]
SIZE = {"width": 1180, "height": 1500}


def main() -> None:
    """Draw the page from its top."""
    sys.path.insert(0, str(ROOT))
    from tests.helpers.batch_reports import report

    program = os.environ.get("IOPDOCS_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        sys.exit("no Chromium is installed; try: sudo apt install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "rapport.html"
        write_report(report(60), path)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="sv-SE")
        page.goto(path.as_uri())
        # So that a picture of moderate height shows some of everything.
        page.evaluate("for (const one of document.querySelectorAll('.box')) one.style.maxHeight = '26rem'")
        page.screenshot(path=ROOT / "docs" / "bilder" / "oversikt.png")
        browser.close()


if __name__ == "__main__":
    main()
