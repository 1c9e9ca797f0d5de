"""The scripts in examples/skript/ do what they say, each where its engine is installed."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command import iopdocs

FOLDER = Path(__file__).parents[2] / "examples" / "skript"
PROGRAM = Path(sys.executable).with_name("iopdocs")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = ["Avtal;Titel", *(f"A{n};Avtal nummer {n}" for n in range(1, 5))]
    (tmp_path / "avtal.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "avtal.csv"


def test_guide_describes_every_script():
    page = (FOLDER.parents[1] / "docs" / "batch.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted(FOLDER.iterdir()) if path.is_file() and path.name not in page] == []


@pytest.mark.parametrize("name", ["batch_med_futures.py", "batch_med_dask.py"])
def test_any_engine_can_map_the_work(tmp_path, table, name):
    if "dask" in name and importlib.util.find_spec("distributed") is None:
        pytest.skip('Dask är inte installerat: pip install "dask[distributed]"')
    done = subprocess.run(
        [sys.executable, FOLDER / name, table, tmp_path / "ut"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    made = {path.name: path.read_bytes() for path in (tmp_path / "ut").iterdir()}
    assert sorted(made) == [f"A{n} Avtal nummer {n}.docx" for n in range(1, 5)]
    iopdocs("batch", table, "-o", tmp_path / "batch", "--name", "{avtal} {titel}", "--jobs", "1")
    assert all((tmp_path / "batch" / one).read_bytes() == data for one, data in made.items())


def test_systemd_takes_the_units(tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze finns inte här")
    units = [shutil.copy(FOLDER / name, tmp_path) for name in ("iopdocs-batch.service", "iopdocs-batch.timer")]
    done = subprocess.run([program, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "iopdocs-batch" in line]
    assert (done.returncode, told) == (0, []), done.stderr


def commands() -> dict[str, list[str]]:
    """Return the arguments of iopdocs in each script that starts it."""
    service = (FOLDER / "iopdocs-batch.service").read_text(encoding="utf-8")
    cron = (FOLDER / "crontab.txt").read_text(encoding="utf-8")
    start = next(line for line in service.splitlines() if line.startswith("ExecStart="))
    job = next(line for line in cron.splitlines() if not line.startswith("#")).partition(" >> ")[0]
    return {"systemd": shlex.split(start.partition("iopdocs ")[2]), "cron": shlex.split(job.partition("iopdocs ")[2])}


@pytest.mark.parametrize("name", ["systemd", "cron"])
def test_what_the_schedulers_start_is_a_command_that_there_is(tmp_path, monkeypatch, table, name):
    monkeypatch.chdir(tmp_path)
    arguments = [table.name if one == "avtal.xlsx" else one for one in commands()[name]]
    assert iopdocs(*arguments, "--jobs", "1").code == 1
    assert (tmp_path / "dokument" / "A4.docx").is_file()
    assert (tmp_path / "dokument" / "rapport.html").is_file()


def test_powershell_can_read_its_letters():
    # Without the mark Windows PowerShell 5.1 takes the file for Windows-1252.
    assert (FOLDER / "natt.ps1").read_bytes().startswith("\ufeff#".encode())


def test_powershell_runs_it_and_hands_on_the_exit_code(tmp_path, table):
    shell = shutil.which("pwsh") or shutil.which("powershell")
    if shell is None:
        pytest.skip("PowerShell finns inte här")
    arguments = ["-NoProfile", "-ExecutionPolicy", "Bypass", "-File", FOLDER / "natt.ps1"]
    named = ["-Source", table, "-Output", tmp_path / "ut", "-Log", tmp_path / "logg", "-Iopdocs", PROGRAM]
    done = subprocess.run([shell, *arguments, *named], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "ut" / "A4.docx").is_file()
    (log,) = (tmp_path / "logg").glob("iopdocs-*.jsonl")
    assert '"händelse": "klart"' in log.read_text(encoding="utf-8")
    assert (tmp_path / "logg" / "rapport.html").is_file()
