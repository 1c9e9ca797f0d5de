"""The benchmark compares like with like: docxtpl gives the same document, and the floor is the same parts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALLEST = min((ROOT / "examples").glob("*.yaml"), key=lambda file: file.stat().st_size)


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> object:
    pytest.importorskip("docxtpl")
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    import render

    return render


def test_docxtpl_is_given_what_it_needs_for_the_same_document(benchmark: object) -> None:
    run = benchmark.contestants(SMALLEST)
    ours = benchmark.texts_of(run["ours"]())
    assert len(ours) > 20
    assert benchmark.texts_of(run["docxtpl"]()) == ours
    assert benchmark.texts_of(run["docxtpl kept"]()) == ours


def test_the_floor_zips_the_same_parts(benchmark: object) -> None:
    run = benchmark.contestants(SMALLEST)
    parts = [(info.filename, content) for info, content in benchmark.parts_of(run["ours"]())]
    assert [(info.filename, content) for info, content in benchmark.parts_of(run["floor"]())] == parts
