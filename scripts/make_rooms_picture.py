"""Draw docs/bilder/rooms.svg: the rooms of iopdocs and which of them import which, read from the code.

A room is a folder or a module directly in iopdocs/. Each stands in a row below all that import it. An arrow that follows
from others is left out, as from a to c when a imports b and b imports c. Imports that pyproject.toml lists as exceptions
to the layers are dashed.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "bilder" / "rooms.svg"
BOX_WIDTH, BOX_HEIGHT, ROW_HEIGHT, MARGIN = 128, 34, 74, 28
"""Pixels."""
LINE_WIDTH = 26
"""Pixels kept free around an arrow that passes between the boxes of a row."""
LEGEND = (
    "An arrow points from a room to one that it imports; an arrow that follows from others is left out.",
    "Dashed: the calls of Document.save and Document.to_… to the writers, the only imports that point up.",
)

Graph = Mapping[str, frozenset[str]]
Node = tuple[str, str, int]
"""A box (its room, "", 0), or the point where the arrow between two rooms passes a row (from, to, row)."""


def imports_of(package: Path, exceptions: Sequence[str] = ()) -> tuple[Graph, Graph]:
    """Return which rooms of *package* each of its rooms imports, and which by *exceptions*; imports in functions count.

    *exceptions* are written as in import-linter: ``a.b -> a.c``.
    """
    followed: dict[str, set[str]] = {}
    excepted: dict[str, set[str]] = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        if parts[1].startswith("__"):
            continue
        importer, room = ".".join(part for part in parts if part != "__init__"), parts[1]
        followed.setdefault(room, set())
        for imported in _imported(ast.parse(file.read_text(encoding="utf-8"))):
            top, _, rest = imported.partition(".")
            other = rest.partition(".")[0]
            if top == package.name and other not in ("", room):
                kind = excepted if f"{importer} -> {imported}" in exceptions else followed
                kind.setdefault(room, set()).add(other)
    return _frozen(followed), _frozen(excepted)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            # `from package import room` imports a room by its name.
            yield from (f"{node.module}.{alias.name}" for alias in node.names if "." not in node.module)


def _frozen(graph: Mapping[str, set[str]]) -> Graph:
    return {room: frozenset(others) for room, others in sorted(graph.items())}


def rows_of(graph: Graph) -> dict[str, int]:
    """Return the row of each room, 0 at the top: one below the lowest of those that import it.

    Raises:
        ValueError: when rooms import each other in a circle.
    """
    rows: dict[str, int] = {}
    left = set(graph)
    while left:
        free = {room for room in left if not any(room in graph[other] for other in left)}
        if not free:
            raise ValueError(f"rooms import each other in a circle: {', '.join(sorted(left))}")
        for room in free:
            rows[room] = 1 + max((rows[other] for other in rows if room in graph[other]), default=-1)
        left -= free
    return rows


def arrows_of(graph: Graph) -> list[tuple[str, str]]:
    """Return the imports of *graph* that do not follow from others."""

    def below(room: str) -> set[str]:
        return set(graph[room]).union(*(below(other) for other in graph[room]))

    return [
        (room, other)
        for room in sorted(graph)
        for other in sorted(graph[room])
        if not any(other in below(between) for between in graph[room] - {other})
    ]


def _paths(arrows: Sequence[tuple[str, str]], rows: Mapping[str, int]) -> list[list[Node]]:
    """Return each arrow as its boxes and the points between them, one in each row that it passes."""
    return [
        [(start, "", 0), *((start, end, row) for row in range(rows[start] + 1, rows[end])), (end, "", 0)]
        for start, end in arrows
    ]


def _placed(rows: Mapping[str, int], paths: Sequence[Sequence[Node]]) -> dict[Node, float]:
    """Return the middle of each node from the left, so that arrows are short and nothing lies on anything else."""
    lines: list[list[Node]] = [[] for _row in range(1 + max(rows.values()))]
    for room, row in sorted(rows.items()):
        lines[row].append((room, "", 0))
    near: dict[Node, list[Node]] = {(room, "", 0): [] for room in rows}
    for path in paths:
        for point in path[1:-1]:
            lines[point[2]].append(point)
        for upper, lower in pairwise(path):
            near[upper].append(lower)
            near.setdefault(lower, []).append(upper)
    places = {node: number * BOX_WIDTH for line in lines for number, node in enumerate(line)}
    middles: dict[Node, float] = {node: float(place) for node, place in places.items()}
    for _turn in range(40):
        for line in (*lines, *reversed(lines)):
            wanted = {node: sum(middles[other] for other in near[node]) / max(1, len(near[node])) for node in line}
            line.sort(key=lambda node: (round(wanted[node], 3), node))
            middles |= _spread(line, wanted)
    return middles


def _spread(line: Sequence[Node], wanted: Mapping[Node, float]) -> dict[Node, float]:
    """Return the places of *line* in its order, as near *wanted* as the widths allow."""
    middles: dict[Node, float] = {}
    edge = min(wanted.values(), default=0) - 10_000
    for node in line:
        half = (LINE_WIDTH if node[1] else BOX_WIDTH + LINE_WIDTH) / 2
        middles[node] = max(wanted[node], edge + half)
        edge = middles[node] + half
    drift = sum(wanted[node] - middles[node] for node in line) / max(1, len(line))
    return {node: middle + drift for node, middle in middles.items()}


def picture(graph: Graph, exceptions: Graph) -> str:
    """Return the picture as SVG. The same imports give the same text."""
    rows = rows_of(graph)
    paths = _paths(arrows_of(graph), rows)
    middles = _placed(rows, paths)
    left = min(middles.values()) - BOX_WIDTH / 2 - MARGIN
    width = max(round(max(middles.values()) - left + BOX_WIDTH / 2 + MARGIN), 720)
    bottom = MARGIN + ROW_HEIGHT * (1 + max(rows.values()))
    height = bottom + 22 * len(LEGEND) + MARGIN // 2

    def at(node: Node) -> tuple[int, int]:
        row = node[2] if node[1] else rows[node[0]]
        return round(middles[node] - left), MARGIN + row * ROW_HEIGHT

    dashed = _paths([(end, start) for start, ends in exceptions.items() for end in sorted(ends)], rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' role="img" font-family="sans-serif" font-size="15">',
        "<title>The rooms of iopdocs, and which imports which</title>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#44546a"/></marker></defs>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *(_arrow([at(node) for node in path]) for path in paths),
        *(_arrow([(x + 12, y) for x, y in map(at, path)], up=True) for path in dashed),
        *(_box(room, *at((room, "", 0))) for room in sorted(rows)),
        *(
            f'<text x="{MARGIN}" y="{bottom + 22 * number}" font-size="13" fill="#333333">{escape(text)}</text>'
            for number, text in enumerate(LEGEND[: 1 + bool(dashed)])
        ),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _box(room: str, x: int, y: int) -> str:
    return (
        f'<rect x="{x - BOX_WIDTH // 2}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5" fill="#e8eef5"'
        f' stroke="#44546a"/><text x="{x}" y="{y + 22}" text-anchor="middle" fill="#111111">{escape(room)}</text>'
    )


def _arrow(points: Sequence[tuple[int, int]], *, up: bool = False) -> str:
    """Return a line from below the first box, beside the boxes of the rows between, to the top of the last."""
    (start_x, start_y), *between, (end_x, end_y) = points
    way = [(start_x, start_y + BOX_HEIGHT)]
    way += [(x, y + edge) for x, y in between for edge in (0, BOX_HEIGHT)]
    way.append((end_x, end_y))
    if up:
        way.reverse()
    path = "L".join(f"{x} {y}" for x, y in way)
    dash = ' stroke-dasharray="5 4"' if up else ""
    return f'<path d="M{path}" fill="none" stroke="#44546a" stroke-width="1.3"{dash} marker-end="url(#head)"/>'


def rooms_picture() -> str:
    """Return docs/bilder/rooms.svg as the code has it now."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    exceptions = [line for contract in contracts for line in contract.get("ignore_imports", ())]
    return picture(*imports_of(ROOT / "iopdocs", exceptions))


if __name__ == "__main__":
    PICTURE.write_text(rooms_picture(), encoding="utf-8", newline="\n")
    print(f"wrote {PICTURE.relative_to(ROOT).as_posix()}")
