"""Running a type checker on a folder of Python, strictly and with this checkout's iopdocs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def type_check(checker: str, folder: Path) -> tuple[int, str]:
    """Return the exit code and the report of *checker*, mypy or basedpyright, on the files in *folder*; a test is skipped without it."""
    pytest.importorskip(checker)
    if checker == "mypy":
        options = ("--strict", "--config-file=", f"--cache-dir={ROOT / '.mypy_cache'}")
    else:
        settings = f'{{"extraPaths": ["{ROOT.as_posix()}"], "typeCheckingMode": "standard", "pythonVersion": "3.11"}}'
        (folder / "pyrightconfig.json").write_text(settings, encoding="utf-8")
        options = ("--pythonpath", sys.executable)
    command = [sys.executable, "-m", checker, *options, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr
