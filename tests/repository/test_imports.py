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
FILES = sorted(PACKAGE.rglob("*.py"))

KNOWN_CIRCLE = "iopdocs.document.tree"
"""Document.save and to_* are short calls to the writers, so that a document is easy to use: its imports of them are left out."""

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
    for file in FILES:
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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_file_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


def imports_by_module() -> dict[str, set[str]]:
    """Return the modules of iopdocs that each one imports: at the top, within functions, and for types alone."""
    names = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in FILES}
    found: dict[str, set[str]] = {}
    for name, file in names.items():
        imported: set[str] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                imported |= (whole & names.keys()) or {str(node.module)}
        found[name] = imported & names.keys() - {name}
    return found


def modules_in_circles(imports: dict[str, set[str]]) -> list[str]:
    """Return the modules that are left when those that import none, or are imported by none, are taken away in turn."""
    left = dict(imports)
    while True:
        imported = set().union(*left.values()) if left else set()
        ends = [name for name, targets in left.items() if name not in imported or not targets & left.keys()]
        if not ends:
            return sorted(left)
        for name in ends:
            del left[name]


def test_no_modules_import_each_other_in_a_circle() -> None:
    imports = imports_by_module()
    assert modules_in_circles(imports) != [], "the known circle is gone: take away the exception"
    imports[KNOWN_CIRCLE] = {name for name in imports[KNOWN_CIRCLE] if not name.startswith("iopdocs.writers.")}
    assert modules_in_circles(imports) == []


def test_a_circle_is_seen() -> None:
    circle = {"a": {"b"}, "b": {"c", "e"}, "c": {"b"}, "d": {"a"}, "e": set[str]()}
    assert modules_in_circles(circle) == ["b", "c"]
