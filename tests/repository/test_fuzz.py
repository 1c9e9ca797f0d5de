"""The fuzzer finds nothing in a short run, and finds a fault that is planted."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def fuzzer() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "fuzz.py"))


def test_damaged_files_of_every_kind_give_a_message(fuzzer: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOPDOCS_DEBUG", "1")
    assert fuzzer["fuzz"](1, 63, list(fuzzer["KINDS"])) == []


def test_a_fault_is_found_and_kept(fuzzer: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IOPDOCS_DEBUG", "1")

    def broken(*_arguments: object) -> None:
        raise RecursionError

    monkeypatch.setattr("iopdocs.files.loader.read_text", broken)
    wrong = fuzzer["fuzz"](1, 1, ["data"], tmp_path)
    assert "RecursionError" in wrong[0]
    assert (tmp_path / "data-1-0" / "avtal.yaml").is_file()
