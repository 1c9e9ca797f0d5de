"""Without a usable Python, make says in one line what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_venv.sh"
SH = shutil.which("sh")

pytestmark = pytest.mark.skipif(SH is None, reason="needs a POSIX shell")


def pretend_python(folder: Path, name: str, body: str) -> None:
    file = folder / name
    file.write_text(f"#!{SH}\n{body}\n", encoding="utf-8")
    file.chmod(0o755)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SH), str(SCRIPT), *arguments],
        cwd=folder, env={"PATH": str(folder)}, capture_output=True, encoding="utf-8",
    )  # fmt: skip


def test_a_missing_venv_module_gives_the_one_line_that_installs_it(tmp_path: Path) -> None:
    pretend_python(tmp_path, "python3", f'case "$*" in *ensurepip*) exit 1;; *) exec "{sys.executable}" "$@";; esac')
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Python saknar venv. Installera den och kör make igen:  sudo apt-get install -y python3-venv"
    ]


def test_a_python_that_is_too_old_or_only_pretends_is_passed_over(tmp_path: Path) -> None:
    pretend_python(tmp_path, "python3.13", "exit 127")
    pretend_python(tmp_path, "python3", "exit 1")
    done = run(tmp_path)
    assert done.returncode == 1
    assert "3.11" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_chosen_python_is_named_when_it_does_not_do(tmp_path: Path) -> None:
    done = run(tmp_path, "python2")
    assert done.returncode == 1
    assert "python2" in done.stderr
    assert "PYTHON=" in done.stderr


def test_a_usable_environment_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    pretend_python(tmp_path / ".venv" / "bin", "python", f'exec "{sys.executable}" "$@"')
    assert run(tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == [".venv"]
