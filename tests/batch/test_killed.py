"""Killed at any moment and run again: never half a document, never a lost one, and at the end the same as undisturbed."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import iopdocs
from iopdocs.batch.journal import Journal
from iopdocs.batch.runner import run
from iopdocs.batch.worker_task import WorkerSettings
from iopdocs.sources.reader import read_source
from tests.helpers.properties import DEPTH, FEW

LIBRARY = iopdocs.load_library()
ROWS = 12
MANY_ROWS = 100  # so that none of them is the last when the signal comes, however busy the machine is
NEEDS_POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows har ingen kill -9 för en grupp av processer")


def command(source: Path, out: Path, *more: str) -> list[str]:
    how = ["--to", "docx,html", "--date", "2026-11-22", *more]
    return [sys.executable, "-m", "iopdocs", "batch", str(source), "-o", str(out), *how]


def started(source: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(source, out, *more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def documents(out: Path) -> dict[str, bytes]:
    if not out.exists():
        return {}
    return {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith(".")}


def agreements(folder: Path, rows: int = ROWS) -> Path:
    folder.mkdir()
    for n in range(rows):
        text = f"titel: Avtal {n}\nparter:\n  - {{namn: Kommun {n}, typ: kommun}}\nbakgrund: {{behov: {'Ord. ' * n}}}\n"
        (folder / f"a{n:02}.yaml").write_text(text, encoding="utf-8")
    return folder


def wait_for_more(process: subprocess.Popen[str], out: Path, more: int) -> None:
    """Wait until *more* documents than now stand in *out*, or all is done."""
    wanted = len(documents(out)) + more
    while process.poll() is None and len(documents(out)) < wanted:
        time.sleep(0.002)


@NEEDS_POSIX
def test_killed_again_and_again_and_run_again(tmp_path):
    source, out = agreements(tmp_path / "in"), tmp_path / "ut"
    subprocess.run(command(source, tmp_path / "hel"), check=False, capture_output=True)
    expected = documents(tmp_path / "hel")
    assert len(expected) == 2 * ROWS
    moments = random.Random(6)
    killed = 0
    turns = 10 if DEPTH != FEW else 2
    for turn in range(turns):
        process = started(source, out, "--quiet", "--jobs", str(1 + turn % 2))
        wait_for_more(process, out, moments.choice([0, 1, 2, 3]))
        time.sleep(moments.uniform(0, 0.05))
        killed += process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.communicate()
        for name, data in documents(out).items():
            assert data == expected[name], name
            if name.endswith(".docx"):
                assert zipfile.ZipFile(out / name).testzip() is None
    assert killed >= turns // 2
    report = tmp_path / "rapport.json"
    last = subprocess.run(command(source, out, "--report", str(report)), check=False, capture_output=True, text=True)
    assert "Traceback" not in last.stderr
    assert documents(out) == expected
    assert len(json.loads(report.read_text(encoding="utf-8"))["avtal"]) == ROWS
    assert not list(out.glob(".iopdocs-*.tmp"))


class Killed(BaseException):
    """The machine stops here."""


@pytest.mark.parametrize("before", [True, False])
def test_stopped_at_each_step_to_the_disk_and_run_again(tmp_path, monkeypatch, before):
    source = agreements(tmp_path / "in", 2)
    work = WorkerSettings(kinds=("html",))

    def batch(out: Path) -> dict[str, bytes]:
        out.mkdir(exist_ok=True)
        run(read_source(source), out, work, LIBRARY)
        return documents(out)

    old = batch(tmp_path / "gammal")
    for path in source.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("Kommun", "Staden"), encoding="utf-8")
    new = batch(tmp_path / "hel")
    stops = 0
    while True:
        out = tmp_path / f"ut{stops}"
        out.mkdir()
        for name, data in old.items():
            (out / name).write_bytes(data)
        (out / ".iopdocs-journal.jsonl").write_bytes((tmp_path / "gammal" / ".iopdocs-journal.jsonl").read_bytes())
        left = stops
        with monkeypatch.context() as patch:
            for name in ("fsync", "replace"):
                real = getattr(os, name)

                def step(*arguments, real=real):
                    nonlocal left
                    left -= 1
                    if left < 0 and before:
                        raise Killed
                    result = real(*arguments)
                    if left < 0:
                        raise Killed
                    return result

                patch.setattr(os, name, step)
            # Whoever is killed tidies nothing up.
            patch.setattr(os, "unlink", lambda _path: None)
            patch.setattr(Journal, "close", lambda self: self._file and self._file.close())
            with contextlib.suppress(Killed):
                batch(out)
        assert all(data in (old[name], new[name]) for name, data in documents(out).items())
        assert batch(out) == new
        assert not list(out.glob(".iopdocs-*.tmp"))
        if left >= 0:
            break
        stops += 1
    assert stops >= 6


@NEEDS_POSIX
@pytest.mark.parametrize("signal", [2, 15])
def test_terminated_batch_leaves_whole_files(tmp_path, signal):
    source, out = agreements(tmp_path / "in", MANY_ROWS), tmp_path / "ut"
    process = started(source, out, "--jobs", "2")
    wait_for_more(process, out, 1)
    os.killpg(process.pid, signal)
    _said, error = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Avbrutet" in error
    assert "Traceback" not in error
    made = documents(out)
    assert made
    assert all(zipfile.ZipFile(out / name).testzip() is None for name in made if name.endswith(".docx"))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processernas släktskap läses i /proc")
def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path):
    source, out = agreements(tmp_path / "in", MANY_ROWS), tmp_path / "ut"
    process = started(source, out, "--jobs", "2")
    wait_for_more(process, out, 1)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    assert len(children) >= 2
    process.kill()
    process.communicate()
    ends = time.monotonic() + 60
    while any(is_alive(child) for child in children):
        assert time.monotonic() < ends, "workers are still there"
        time.sleep(0.05)


def is_alive(number: str) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
