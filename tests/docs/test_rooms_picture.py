"""docs/bilder/rooms.svg shows the rooms and the imports that the code has."""

from __future__ import annotations

import re
import runpy
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).parents[2]
ROOMS = runpy.run_path(str(ROOT / "scripts" / "make_rooms_picture.py"))


def boxes(svg: str) -> dict[str, tuple[int, int]]:
    """Return the corner of each room's box."""
    found = re.findall(r'<rect x="(-?\d+)" y="(\d+)".*?><text .*?>(.*?)</text>', svg)
    return {name: (int(x), int(y)) for x, y, name in found}


def test_the_picture_is_up_to_date() -> None:
    written = ROOMS["PICTURE"].read_text(encoding="utf-8")
    assert written == ROOMS["rooms_picture"](), "docs/bilder/rooms.svg is out of date: run `make rooms`"


def test_the_picture_has_a_box_for_every_room_and_none_on_another() -> None:
    svg = ROOMS["PICTURE"].read_text(encoding="utf-8")
    rooms = {path.stem for path in (ROOT / "iopdocs").iterdir() if path.is_dir() or path.suffix == ".py"}
    drawn = boxes(svg)
    assert set(drawn) == {room for room in rooms if not room.startswith("__")}
    for (one_x, one_y), (other_x, other_y) in combinations(drawn.values(), 2):
        assert abs(one_x - other_x) >= ROOMS["BOX_WIDTH"] or abs(one_y - other_y) >= ROOMS["BOX_HEIGHT"]
    root = etree.fromstring(svg.encode())
    width, height = int(str(root.get("width"))), int(str(root.get("height")))
    assert all(0 <= x <= width - ROOMS["BOX_WIDTH"] and 0 <= y <= height for x, y in drawn.values())


def test_a_room_stands_below_all_that_import_it() -> None:
    graph = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset(), "d": frozenset("a")}
    assert ROOMS["rows_of"](graph) == {"d": 0, "a": 1, "b": 2, "c": 3}
    assert ROOMS["arrows_of"](graph) == [("a", "b"), ("b", "c"), ("d", "a")]


def test_a_circle_of_rooms_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="circle: a, b"):
        ROOMS["rows_of"]({"a": frozenset("b"), "b": frozenset("a"), "c": frozenset("a")})


def test_imports_are_found_wherever_they_stand_and_exceptions_kept_apart(tmp_path: Path) -> None:
    package = tmp_path / "paket"
    (package / "low").mkdir(parents=True)
    (package / "__init__.py").write_text("import paket.high\n", encoding="utf-8")
    (package / "high.py").write_text("def f():\n    from paket import low\n", encoding="utf-8")
    (package / "low" / "__init__.py").write_text("import os\n", encoding="utf-8")
    (package / "low" / "deep.py").write_text("from paket.high import f\n", encoding="utf-8")
    followed, excepted = ROOMS["imports_of"](package, ["paket.low.deep -> paket.high"])
    assert followed == {"high": {"low"}, "low": frozenset()}
    assert excepted == {"low": {"high"}}
    svg = ROOMS["picture"](followed, excepted)
    assert list(boxes(svg)) == ["high", "low"]
    assert svg.count("stroke-dasharray") == 1


def test_names_are_escaped() -> None:
    svg = ROOMS["picture"]({"a<b&c": frozenset()}, {})
    assert "a&lt;b&amp;c" in svg
    assert etree.fromstring(svg.encode()).tag.endswith("svg")
