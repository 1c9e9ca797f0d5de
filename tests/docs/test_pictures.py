"""The pictures of the examples: there is one of each, they are small, and they are described in Swedish where they are shown."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = sorted((ROOT / "docs" / "bilder").glob("*.png"))


def shown(page: str) -> dict[str, str]:
    """Return the description of every picture of ours that *page* shows, by file name."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return {Path(target).stem: words for words, target in re.findall(r"!\[(.*?)\]\((?:docs/)?(bilder/[^)]*)\)", text)}


def test_there_is_a_picture_of_every_example_and_one_of_the_overview() -> None:
    examples = [file.stem for file in (ROOT / "examples").glob("*.yaml")]
    assert [file.stem for file in PICTURES] == sorted([*examples, "oversikt"])


def test_the_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in PICTURES) < 1_600_000
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in PICTURES)


def test_every_picture_is_shown_with_a_description_in_swedish() -> None:
    index = shown("docs/index.md") | shown("docs/oversikt.md")
    assert set(index) == {file.stem for file in PICTURES}
    for words in (*index.values(), *shown("README.md").values()):
        assert len(words) > 25
        assert re.search(r"\b(och|ett|en|av|till)\b", words)
    assert shown("README.md")
