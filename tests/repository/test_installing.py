"""What iopdocs and its pages say of installing works: an extra is packages, and the hints name just those."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "iopdocs").rglob("*.py"))]


@pytest.mark.parametrize("extra", sorted(PROJECT["optional-dependencies"]))
def test_the_program_and_its_pages_name_the_packages_of_the_extra(extra: str) -> None:
    names = [Requirement(one).name for one in PROJECT["optional-dependencies"][extra]]
    code = "\n".join(path.read_text(encoding="utf-8") for path in PAGES if path.suffix == ".py")
    pages = "\n".join(path.read_text(encoding="utf-8") for path in PAGES if path.suffix == ".md")
    assert all(f'"{name}"' in code for name in names)
    assert f"python -m pip install {' '.join(names)}" in pages


def test_no_page_or_message_asks_an_index_for_iopdocs() -> None:
    """No index has it: it is installed from a folder, an address, a wheel or a wheelhouse."""
    asked = [
        (path.name, word)
        for path in PAGES
        for line in re.findall(r"pip install ([^\n`]+)", path.read_text(encoding="utf-8"))
        if "--find-links" not in line
        for word in re.findall(r'"[^"]+"|\S+', line.partition("#")[0])
        if re.fullmatch(r'"?iopdocs(\[[\w,]+\])?"?', word)
    ]
    assert asked == []
