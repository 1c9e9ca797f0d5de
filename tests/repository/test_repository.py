"""The repository holds nothing that ties it to one machine, and its parts name each other rightly."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Built from parts, or this file would be the first to name them.
FORBIDDEN = re.compile(
    "|".join(
        (
            r"(?<![\w.])/" + r"work\b",
            r"\.\./" + "shared",
            "pypi" + r"\.org",
            "python" + r"hosted\.org",
            "npm" + r"js\.(?:org|com)",
            r"deb\." + r"debian\.org",
        )
    )
)
GENERATED = {"out", "dist", "wheelhouse", "build", "htmlcov", "__pycache__", "node_modules"}


def files() -> list[Path]:
    """Return every text file of the repository that is not generated."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name == ".ci" or not (name.startswith(".") or name in GENERATED)]
        found += [Path(folder, name) for name in names if not name.endswith((".docx", ".png", ".pyc"))]
    # In a worktree .git is a file, and names the place of the clone it belongs to.
    return [file for file in found if file.name != ".git" and not file.name.startswith(".coverage")]


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_no_file_names_a_place_outside_the_repository() -> None:
    found = {
        f"{file.relative_to(ROOT).as_posix()}: {match[0]}"
        for file in files()
        for match in FORBIDDEN.finditer(file.read_text(encoding="utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_is_named_exists(page: str) -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", (ROOT / page).read_text(encoding="utf-8")))
    assert {"demo", "test"} & named
    assert named <= make_targets()


def test_every_script_that_make_runs_exists() -> None:
    named = re.findall(r"\b((?:scripts|benchmarks)/\w+\.(?:py|sh))", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_constraints_hold_a_version_of_every_dependency_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.]+(?: ; [\w.'<>=! ()]+)?", line)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    wanted = {re.split(r"[\[<>=]", line)[0].lower() for group in groups for line in group if isinstance(line, str)}
    assert wanted <= {line.partition("==")[0] for line in lines}


def test_file_names_are_ascii() -> None:
    assert [file.name for file in files() if not file.name.isascii()] == []


def test_the_licence_is_the_eupl_in_version_1_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def test_the_changelog_fragments_make_a_changelog() -> None:
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "0", "--date", "2027-01-01"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    fragments = [file for file in (ROOT / "changelog.d").iterdir() if not file.name.startswith(".")]
    assert all(
        " ".join(file.read_text(encoding="utf-8").split()) in " ".join(done.stdout.split()) for file in fragments
    )
