"""The generated pages of docs/ say what the code says."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("page", "function"), [("data.md", "data_page"), ("cli.md", "cli_page")])
def test_the_page_is_up_to_date(page: str, function: str) -> None:
    make = runpy.run_path(str(ROOT / "scripts" / "make_reference.py"))[function]
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == make(), f"docs/{page} is out of date: run `make docs`"
