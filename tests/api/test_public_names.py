"""The public names are what they seem: functions and classes, that types, help and pickle know, and nothing besides."""

from __future__ import annotations

import inspect
import pickle
import pydoc
from pathlib import Path

import pytest

import iopdocs

PACKAGE = Path(iopdocs.__file__).parent
FUNCTIONS = [
    "dump",
    "dumps",
    "from_dict",
    "lint",
    "load",
    "load_library",
    "loads",
    "render",
    "review",
    "schema",
    "to_dict",
]


def test_no_room_is_called_as_a_public_name() -> None:
    assert not {path.stem for path in PACKAGE.iterdir()} & set(iopdocs.__all__)


@pytest.mark.parametrize("name", iopdocs.__all__)
def test_each_is_a_function_or_a_class_that_travels_between_processes_also_after_use(name: str) -> None:
    iopdocs.review(iopdocs.loads("titel: x"))
    public = getattr(iopdocs, name)
    assert inspect.isfunction(public) if name in FUNCTIONS else inspect.isclass(public)
    assert pickle.loads(pickle.dumps(public)) is public


@pytest.mark.parametrize(
    ("name", "first", "argument"),
    [("lint", "agreement", "select"), ("render", "agreement", "final"), ("review", "agreement", "today")],
)
def test_signature_and_help_are_those_of_the_function(name: str, first: str, argument: str) -> None:
    parameters = inspect.signature(getattr(iopdocs, name)).parameters
    assert next(iter(parameters)) == first
    assert argument in parameters
    assert f"{argument}:" in pydoc.render_doc(getattr(iopdocs, name))


def test_a_type_checker_knows_the_names_that_are_there_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from iopdocs import Agreement, __version__, render\nfrom iopdocs import Agrement\n"
    )
    options = ["--follow-imports=skip", "--config-file=", f"--cache-dir={tmp_path / 'cache'}"]
    mypy = pytest.importorskip("mypy.api")
    told, _errors, code = mypy.run([*options, str(PACKAGE / "__init__.py"), str(tmp_path / "mine.py")])
    assert code == 1
    (wrong,) = [line for line in told.splitlines() if ": error: " in line]
    assert "mine.py:2" in wrong
    assert '"Agrement"' in wrong
