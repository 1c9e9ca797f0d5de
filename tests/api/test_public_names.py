"""The public names are what they seem: functions and classes, that types, help and pickle know, and nothing besides."""

from __future__ import annotations

import inspect
import multiprocessing
import pickle
import pydoc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import iopdocs
import iopdocs.model
import iopdocs.rules
import iopdocs.values
from tests.helpers.type_checkers import type_check

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "iopdocs"
GOLDEN = ROOT / "tests" / "public_interface.txt"
MODULES = (iopdocs, iopdocs.model, iopdocs.values, iopdocs.rules)
WRONG = "from iopdocs import Agrement\nimport iopdocs\niopdocs.laod('x')\niopdocs.model_of\n"
RIGHT = """\
from datetime import date

import iopdocs
from iopdocs import Agreement, Finding, Level, __version__, render
from iopdocs.model import Party, PartyKind, PartyRef, Resource
from iopdocs.values import Duration, Money, Year

party = Party(name="Exempelstads kommun", kind=PartyKind.MUNICIPALITY)
reference: PartyRef = "kommunen"
year: Year = 2027
agreement = Agreement(title="x", parties=(party,))
resource = Resource(party="kommunen", year=2027, amount=Money(900_000))
report = iopdocs.lint(agreement, today=date(2027, 1, 1))
severe: list[Finding] = [finding for finding in report.findings if finding.level == "fel"]
advice = iopdocs.choose_form({"villig-part": "ja"})
library: iopdocs.Library = iopdocs.load_library("lager")
document = render(agreement, library=library)
version: str = __version__
"""


def functions(module: ModuleType) -> Iterator[str]:
    yield from (name for name in module.__all__ if inspect.isfunction(getattr(module, name)))


def interface() -> str:
    """Return every public name with its signature or the words that it can be."""
    lines = []
    for module in MODULES:
        for name in module.__all__:
            public = getattr(module, name)
            full = f"{module.__name__}.{name}"
            if inspect.isfunction(public):
                lines.append(f"{full}{inspect.signature(public)}")
            elif hasattr(public, "__members__"):
                lines.append(f"{full}: " + ", ".join(f"{key}={one.value!r}" for key, one in public.__members__.items()))
            elif inspect.isclass(public) and issubclass(public, Exception):
                lines.append(f"class {full}: {', '.join(base.__name__ for base in public.__mro__[1:-1])}")
            elif inspect.isclass(public):
                parameters = inspect.signature(public).replace(return_annotation=inspect.Signature.empty)
                lines.append(f"class {full}{parameters}")
            else:
                lines.append(f"{full}: {getattr(public, '__supertype__', type(public)).__name__}")
    return "\n".join(lines) + "\n"


def test_the_public_interface_is_the_one_that_is_written_down() -> None:
    """When a change is meant: python -m tests.api.test_public_names"""
    assert interface() == GOLDEN.read_text(encoding="utf-8")


def test_importing_the_package_loads_no_machinery() -> None:
    code = (
        "import sys, iopdocs; print(*{'lxml', 'jinja2', 'yaml', 'babel', 'docx', 'attrs', 'cattrs'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []


def test_no_function_is_called_as_a_folder_or_module_of_the_package() -> None:
    assert not {path.stem for path in PACKAGE.iterdir()} & set(iopdocs.__all__)


@pytest.mark.parametrize("name", iopdocs.__all__)
def test_each_is_a_function_or_a_class_that_travels_between_processes_also_after_use(name: str) -> None:
    iopdocs.review(iopdocs.loads("titel: x"))
    public = getattr(iopdocs, name)
    assert inspect.isfunction(public) or inspect.isclass(public)
    assert public.__doc__
    if public is not iopdocs.IopdocsError:  # Python gives a bare exception no signature.
        inspect.signature(public)
    assert name in pydoc.render_doc(public)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(public, protocol)) is public


def test_every_public_name_and_what_it_is_called_with_reach_a_new_process() -> None:
    agreement = iopdocs.loads("titel: x")
    report = iopdocs.lint(agreement)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        names = list(iopdocs.__all__)
        assert pool.map(_name, [getattr(iopdocs, name) for name in names]) == names
        assert pool.apply(iopdocs.lint, (agreement,)) == report
        (document,) = pool.map(iopdocs.render, [agreement])
    assert document.to_markdown() == iopdocs.render(agreement).to_markdown()


def _name(public: object) -> str:
    return str(getattr(public, "__name__", ""))


@pytest.mark.parametrize("name", list(functions(iopdocs)))
def test_every_argument_is_typed_and_options_are_given_by_name(name: str) -> None:
    signature = inspect.signature(getattr(iopdocs, name))
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(one.annotation is not inspect.Parameter.empty for one in signature.parameters.values())
    positional = [one for one in signature.parameters.values() if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    assert len(positional) <= 2


@pytest.mark.parametrize(
    ("name", "first", "argument"),
    [
        ("choose_form", "answers", "library"),
        ("lint", "agreement", "select"),
        ("make_register", "sources", "euro_rate"),
        ("render", "agreement", "final"),
        ("review", "agreement", "today"),
        ("run_batch", "source", "jobs"),
    ],
)
def test_signature_and_help_are_those_of_the_function(name: str, first: str, argument: str) -> None:
    parameters = inspect.signature(getattr(iopdocs, name)).parameters
    assert next(iter(parameters)) == first
    assert argument in parameters
    assert f"{argument}:" in pydoc.render_doc(getattr(iopdocs, name))


@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_a_type_checker_refuses_a_name_that_does_not_exist(checker: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(WRONG, encoding="utf-8")
    code, report = type_check(checker, tmp_path)
    assert code == 1
    errors = [line for line in report.splitlines() if "mine.py" in line and "error" in line]
    assert [name in report for name in ("Agrement", "laod", "model_of")] == [True] * 3, report
    assert len(errors) == 3, report


@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_a_type_checker_accepts_ordinary_texts_and_numbers_in_references(checker: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT, encoding="utf-8")
    code, report = type_check(checker, tmp_path)
    assert code == 0, report


if __name__ == "__main__":
    GOLDEN.write_text(interface(), encoding="utf-8")
