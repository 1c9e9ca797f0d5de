"""docs/architecture.md names rooms, files and functions that exist, and every room."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
FUNCTIONS = sorted(set(re.findall(r"\b(iopdocs/[\w/]+\.py):([\w.]*\w)", TEXT)))


@pytest.mark.parametrize(("file", "name"), FUNCTIONS, ids=lambda part: str(part))
def test_every_function_that_is_named_exists(file: str, name: str) -> None:
    nodes: list[ast.stmt] = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    for part in name.split("."):
        found = [
            node
            for node in nodes
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == part
        ]
        assert found, f"{file} has no {name}: say in docs/architecture.md what is called now"
        nodes = found[-1].body


def test_each_flow_names_its_functions() -> None:
    flows = TEXT.partition("## Three flows")[2].partition("## Where to put")[0].split("### ")[1:]
    assert len(flows) == 3
    assert all(len(re.findall(r"\.py:\w", flow)) > 5 for flow in flows)


def test_every_room_is_in_the_table() -> None:
    table = TEXT.partition("## The rooms")[2].partition("## Three flows")[0]
    named = set(re.findall(r"`iopdocs/(\w+)(?:/|\.py)`", table))
    rooms = {path.stem for path in (ROOT / "iopdocs").iterdir() if path.is_dir() or path.suffix == ".py"}
    assert named == {room for room in rooms if not room.startswith("__")}


def test_the_picture_is_shown() -> None:
    assert "](bilder/rooms.svg)" in TEXT
