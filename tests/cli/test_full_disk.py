"""The system itself stops the writing, in a process whose files may be no larger than some bytes: as a disk that fills."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="Windows has no such limit")

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from iopdocs.cli.app import main
main(sys.argv[2:])
"""
COMMANDS = {
    "render": ("avtal.yaml", "-o", "ut.docx"),
    "review": ("avtal.yaml", "-o", "ut.docx"),
    "register": ("avtal.yaml", "-o", "ut.xlsx"),
    "batch": ("avtal.yaml", "-o", "ut", "--jobs", "1", "--to", "docx,html"),
    "convert": ("avtal.yaml", "ut.json"),
}


def limited(folder: Path, size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose files may have at most *size* bytes."""
    command = [sys.executable, "-c", LIMITED, str(size), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_does_not_get_room_is_not_there_and_comes_when_there_is(tmp_path: Path, command: str) -> None:
    text = "titel: Prov\nbakgrund:\n  behov: " + "Behovet är stort. " * 500 + "\n"
    (tmp_path / "avtal.yaml").write_text(text, encoding="utf-8")
    before = files(tmp_path)
    stopped = limited(tmp_path, 4000, command, *COMMANDS[command])
    assert stopped.returncode == 2, stopped.stderr
    temporary = "en tillfällig fil kunde inte skrivas"  # by openpyxl, beside the file that is asked for
    assert (temporary if command == "register" else "filen är större än systemet tillåter") in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert {name: data for name, data in files(tmp_path).items() if "journal" not in name} == before
    again = limited(tmp_path, 50_000_000, command, *COMMANDS[command])
    assert again.returncode in (0, 1), again.stderr
    made = set(files(tmp_path)) - set(before)
    assert {Path(name).suffix for name in made} & {".docx", ".xlsx", ".json", ".html"}
    assert not [name for name in made if name.endswith(".tmp")]
