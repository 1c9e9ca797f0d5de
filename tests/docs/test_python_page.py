"""What docs/python.md shows is run, as a reader would: block after block in one folder, with the output it gives."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

import iopdocs
from iopdocs.errors import PROBLEM_CODES
from iopdocs.files.converter import MOST_PROBLEMS
from iopdocs.files.nodes import MOST_NODES
from iopdocs.files.text_file import LARGEST_FILE
from tests.helpers.type_checkers import type_check

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def shown(block: str) -> list[str]:
    """Return the lines that a block shows as its output: comments beneath a print."""
    return re.findall(r"^ {4,}# (.*)$", block, re.MULTILINE)


def test_the_blocks_run_in_order_and_print_what_they_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "page"}
    assert len(BLOCKS) >= 7
    for block in BLOCKS:
        output = StringIO()
        with redirect_stdout(output):
            exec(compile(block, "docs/python.md", "exec"), names)
        printed = output.getvalue().splitlines()
        for line in shown(block):
            start = line.removesuffix("…")
            assert any(one == line or (start != line and one.startswith(start)) for one in printed), (line, printed)
    assert (tmp_path / "avtal.docx").read_bytes() == names["docx"]


@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_a_type_checker_accepts_the_blocks(checker: str, tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("\n".join(BLOCKS), encoding="utf-8")
    code, report = type_check(checker, tmp_path)
    assert code == 0, report


def test_every_public_name_that_it_uses_exists() -> None:
    used = set(re.findall(r"iopdocs\.([A-Za-z]\w*)", "\n".join(BLOCKS)))
    assert used - {"model", "values"} <= set(iopdocs.__all__)


def test_the_codes_that_it_names_are_codes_of_problems() -> None:
    named = set(re.findall(r"`(för-mycket|oläslig-fil|okän\w-\w+)`", PAGE)) | {"okänt-ord", "okänd-nyckel"}
    assert named <= set(PROBLEM_CODES)


def test_the_limits_that_it_gives_are_those_of_the_readers() -> None:
    assert f"{LARGEST_FILE // 1_000_000} MB, {MOST_NODES // 1000} 000 values" in PAGE
    assert f"| {MOST_PROBLEMS}, and a line" in PAGE


def test_every_page_for_python_is_reached_from_it() -> None:
    for page in ("python-referens.md", "modell.md", "egna-regler.md", "../examples/python/service.py"):
        assert f"]({page})" in PAGE
