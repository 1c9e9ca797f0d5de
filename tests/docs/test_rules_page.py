"""docs/regler.md: what a lawyer finds when looking up a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import iopdocs
from iopdocs.findings import Explained
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.catalogue import catalogue
from iopdocs.linter.rules import RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "regler.md").read_text(encoding="utf-8")
EVERYTHING = catalogue(load_library())
ENTRIES = {part[:4]: part for part in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]}


def plain(text: str) -> str:
    return " ".join(re.sub(r"\\(.)", r"\1", text).split())


def test_the_page_has_every_code_once_and_no_other() -> None:
    headings = re.findall(r"^### (\S+)$", PAGE, re.MULTILINE)
    assert sorted(headings) == sorted(one.code for one in EVERYTHING)
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("one", EVERYTHING, ids=lambda one: one.code)
def test_entry_contains_level_condition_fields_and_source(one: Explained) -> None:
    entry = plain(ENTRIES[one.code])
    assert one.level.value in entry
    assert plain(one.what) in entry
    for source in one.sources:
        assert plain(source) in entry
    for path in one.reads:
        assert f"`{path}`" in entry


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_an_example_in_data_can_be_copied_and_read(rule: object) -> None:
    entry = ENTRIES[rule.code]  # type: ignore[attr-defined]
    assert "Dåligt exempel:" in entry
    assert "Bra exempel:" in entry
    for example in re.findall(r"^```yaml\n(.*?)^```", entry, re.MULTILINE | re.DOTALL):
        iopdocs.loads(example)


def test_the_counts_of_the_families_are_those_of_the_page() -> None:
    for letter, count in re.findall(r"^\| \[([A-Z])\]\([^)]*\) \| [^|]* \| (\d+) \|$", PAGE, re.MULTILINE):
        assert len(re.findall(rf"^### {letter}\d", PAGE, re.MULTILINE)) == int(count)
