"""Killed at any moment and run again: never half a document, never a lost one, and at the end the same as undisturbed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROWS = 40


def command(source: Path, out: Path, *more: str) -> list[str]:
    how = ["--to", "docx,html", "--date", "2026-11-22", "--jobs", "2", "--quiet", *more]
    return [sys.executable, "-m", "iopdocs", "batch", str(source), "-o", str(out), *how]


def documents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith(".")}


def agreements(folder: Path) -> Path:
    folder.mkdir()
    for n in range(ROWS):
        text = f"titel: Avtal {n}\nparter:\n  - {{namn: Kommun {n}, typ: kommun}}\nbakgrund: {{behov: {'Ord. ' * n}}}\n"
        (folder / f"a{n:02}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows har ingen kill -9 för en grupp av processer")
def test_killed_ten_times_and_run_again(tmp_path):
    source = agreements(tmp_path / "in")
    started = time.monotonic()
    subprocess.run(command(source, tmp_path / "hel"), check=False, capture_output=True)
    whole = time.monotonic() - started
    expected = documents(tmp_path / "hel")
    assert len(expected) == 2 * ROWS
    moments = random.Random(6)
    interrupted = 0
    for _turn in range(10):
        process = subprocess.Popen(
            command(source, tmp_path / "ut"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(timeout=moments.uniform(0.2, 0.6) * whole)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            interrupted += 1
        made = documents(tmp_path / "ut") if (tmp_path / "ut").exists() else {}
        for name, data in made.items():
            assert data == expected[name], name
            if name.endswith(".docx"):
                assert zipfile.ZipFile(tmp_path / "ut" / name).testzip() is None
    assert interrupted
    last = subprocess.run(command(source, tmp_path / "ut"), check=False, capture_output=True, text=True)
    assert "Traceback" not in last.stderr
    assert documents(tmp_path / "ut") == expected


@pytest.mark.skipif(os.name == "nt", reason="Windows skickar Ctrl-C på ett annat sätt")
def test_ctrl_c_ends_with_a_word_and_whole_files(tmp_path):
    source = agreements(tmp_path / "in")
    process = subprocess.Popen(
        [one for one in command(source, tmp_path / "ut") if one != "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, 2)
    _out, error = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Avbrutet" in error
    assert "Traceback" not in error
    made = documents(tmp_path / "ut")
    assert made
    assert all(zipfile.ZipFile(tmp_path / "ut" / name).testzip() is None for name in made if name.endswith(".docx"))
