"""What the package loads: little for `--help`, and nothing that a plain installation lacks."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "iopdocs"

AFTER_HELP = """
import sys
from iopdocs.cli import main
try:
    main(["--help"])
except SystemExit as stop:
    assert not stop.code, stop.code
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_help_loads_no_document_machinery() -> None:
    done = subprocess.run([sys.executable, "-c", AFTER_HELP], capture_output=True, encoding="utf-8", check=True)
    help_text, _, loaded = done.stdout.partition("loaded:")
    assert "render" in help_text
    assert set(loaded.split()).isdisjoint({"docx", "openpyxl", "babel", "lxml", "jinja2"})


def imported_packages() -> dict[str, set[str]]:
    """Return each third-party package that iopdocs imports, with the files that import it."""
    found: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in {name.partition(".")[0] for name in names} - {"iopdocs", *sys.stdlib_module_names}:
                found.setdefault(name, set()).add(file.relative_to(ROOT).as_posix())
    return found


def runtime_dependencies(*, extras: bool = False) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    if extras:
        lines += [line for extra in project["optional-dependencies"].values() for line in extra]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_every_import_is_a_declared_dependency() -> None:
    distributions = packages_distributions()
    undeclared = {
        package: sorted(files)
        for package, files in imported_packages().items()
        if not {canonicalize_name(name) for name in distributions.get(package, [])} & runtime_dependencies(extras=True)
    }
    assert undeclared == {}


def test_every_declared_dependency_is_imported() -> None:
    distributions = packages_distributions()
    used = {canonicalize_name(name) for package in imported_packages() for name in distributions.get(package, [])}
    assert sorted(runtime_dependencies() - used) == []


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_file_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
