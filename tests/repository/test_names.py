"""Names in the code mean one thing, files and folders are small, and what the documentation names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from iopdocs.linter.external_rules import GROUP

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "iopdocs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
NO_MODULES = {GROUP, "iopdocs.yaml"}
"""Dotted names in the documentation that are neither a module nor a name in one: an entry-point group and a file."""
NOT_AT_THE_START = ("Function", "Gets", "Returns", "Tell", "This", "Yields")
"""Words that no docstring begins with: it opens as a command or names the thing, as in "Return whether …"."""


@cache
def trees() -> dict[str, ast.Module]:
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(PACKAGE.rglob("*.py"))
    }


def docstrings() -> Iterator[tuple[str, str]]:
    """Yield (file and line, docstring) of every module, class and function."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node)
                if text:
                    yield f"{file}:{getattr(node, 'lineno', 1)}", text


def test_no_class_name_is_used_twice() -> None:
    places: dict[str, list[str]] = {}
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(f"{file}:{node.lineno}")
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_docstring_begins_with_a_word_that_says_nothing() -> None:
    assert [place for place, text in docstrings() if text.split()[0] in NOT_AT_THE_START] == []


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {file: len((ROOT / file).read_text(encoding="utf-8").splitlines()) for file in trees()}
    assert {file: length for file, length in lengths.items() if length > 400} == {}


def test_no_folder_has_more_than_30_files() -> None:
    folders = Counter(Path(file).parent.as_posix() for file in trees())
    assert {folder: count for folder, count in folders.items() if count > 30} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_path_in_the_package_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {path.rstrip(".") for path in re.findall(r"\biopdocs/[\w./-]+", text)}
    # A path without the package's name, as `writers/save.py`, goes wrong unseen when its file is moved.
    short = {path for path in re.findall(r"`(\w+/[\w/]+\.py)`", text) if (PACKAGE / path).parent.is_dir()}
    missing = {path for path in named if not (ROOT / path).exists()}
    assert missing | {path for path in short if not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_dotted_name_of_the_package_exists(page: Path) -> None:
    named = set(re.findall(r"\biopdocs(?:\.[A-Za-z_]\w*)+", page.read_text(encoding="utf-8")))
    assert [name for name in sorted(named - NO_MODULES) if not _exists(name)] == []


def _exists(name: str) -> bool:
    """Return whether *name* is a module, or a name in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def test_every_class_in_the_vocabulary_exists() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Vocabulary")[2].partition("\n## ")[0]
    terms = re.findall(r"^\| ([^|]+) \| [^|]+\. \|$", table, re.MULTILINE)
    assert len(terms) == table.count("\n| ") - 1
    assert len(set(terms)) == len(terms) >= 30
    classes = {node.name for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    assert set(re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`", table)) <= classes


def test_decisions_are_numbered_and_listed_under_their_titles() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").partition("## Decisions")[2]
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((decisions/.+)\)$", index, re.MULTILINE)
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    headings = [file.read_text(encoding="utf-8").splitlines()[0] for file in files]
    assert [f"# {number}. {title}" for number, title, _link in listed] == headings
    assert [link for _number, _title, link in listed] == [f"decisions/{file.name}" for file in files]
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
