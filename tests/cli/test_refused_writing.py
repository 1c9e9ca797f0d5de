"""A file that cannot be written – open elsewhere, full or closed disk, too long a path – with every command that writes one.

Each ends with a Swedish message that says what to do, leaves the file that was there as it was, and nothing beside it.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.helpers.command import Outcome, iopdocs
from tests.helpers.refusals import refused_step, windows_error

COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    # Name: the file that is written, and the command.
    "render to Word": ("ut.docx", ("render", "avtal.yaml", "-o", "{out}", "--overwrite")),
    "render to HTML": ("ut.html", ("render", "avtal.yaml", "-o", "{out}", "--overwrite")),
    "render to Markdown": ("ut.md", ("render", "avtal.yaml", "-o", "{out}", "--overwrite")),
    "review": ("ut.docx", ("review", "avtal.yaml", "-o", "{out}", "--overwrite", "--date", "2027-01-01")),
    "register to a workbook": ("ut.xlsx", ("register", "avtal.yaml", "-o", "{out}", "--overwrite")),
    "register to CSV": ("ut.csv", ("register", "avtal.yaml", "-o", "{out}", "--overwrite")),
    "convert": ("ut.json", ("convert", "avtal.yaml", "{out}", "--overwrite")),
    "workbook new": ("ut.xlsx", ("workbook", "new", "{out}", "--overwrite")),
    "styles new": ("ut.docx", ("styles", "new", "{out}", "--overwrite")),
    "new": ("ut.yaml", ("new", "{out}", "--overwrite")),
    "schema": ("ut.json", ("schema", "-o", "{out}", "--overwrite")),
    "lint": ("ut.json", ("lint", "avtal.yaml", "--format", "json", "-o", "{out}", "--overwrite")),
    "lint, a baseline": ("ut.json", ("lint", "avtal.yaml", "--write-baseline", "{out}", "--overwrite")),
    "check": ("ut.json", ("check", "klar.docx", "--format", "json", "-o", "{out}", "--overwrite")),
    "vagval": ("ut.yaml", ("vagval", "avtal.yaml", "-o", "{out}", "--overwrite")),
    "clauses new": (
        "lager/klausuler/omforhandling/tvist/egen.md.j2", ("clauses", "new", "tvist/egen", "--layer", "lager", "--overwrite")
    ),
}  # fmt: skip
FAULTS: dict[str, tuple[str, OSError, str]] = {
    # What has happened: the step that it stops, what the system says, and words of the message.
    "open in Word, as Windows refuses a replace": ("replace", windows_error(PermissionError, 5), "{close} och försök igen"),
    "open in Excel, as Windows refuses to share": ("replace", windows_error(PermissionError, 32), "{close} och försök igen"),
    "locked in part, as Windows says": ("replace", windows_error(PermissionError, 33), "är öppen i ett annat program"),
    "a folder that is closed to the user": ("mkstemp", PermissionError(13, "Permission denied"), "som du får skriva i"),
    "a disk that can only be read": ("mkstemp", OSError(errno.EROFS, "Read-only file system"), "disken är skrivskyddad"),
    "a full disk": ("fsync", OSError(errno.ENOSPC, "No space left on device"), "disken är full"),
    "no more room for this user": ("fsync", OSError(errno.EDQUOT, "Disk quota exceeded"), "utrymmet"),
    "a file larger than the system allows": ("fsync", OSError(errno.EFBIG, "File too large"), "större än systemet tillåter"),
    "a disk that fails": ("fsync", OSError(errno.EIO, "Input/output error"), "fel på disken"),
    "a path over 260 characters on Windows": ("mkstemp", windows_error(FileNotFoundError, 206), "för lång"),
    "a path over 260 characters on Windows, found out late": ("replace", windows_error(FileNotFoundError, 206), "för lång"),
}  # fmt: skip
ENGLISH = (
    "Errno",
    "WinError",
    "denied",
    "No space",
    "Read-only",
    "too l",
    "quota",
    "Input/output",
    "Traceback",
    "Error",
)
CLOSE = {".docx": " i Word", ".xlsx": " i Excel", ".csv": " i Excel", ".html": " i webbläsaren"}


@pytest.fixture(scope="module")
def klar() -> bytes:
    import iopdocs as package

    return package.render(package.loads("titel: Prov\n")).to_docx()


@pytest.fixture
def folder(tmp_path: Path, klar: bytes) -> Path:
    text = "titel: Prov\nvägval:\n  svar:\n    - {fråga: vinst, svar: nej}\n"
    (tmp_path / "avtal.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "klar.docx").write_bytes(klar)
    (tmp_path / "lager").mkdir()
    (tmp_path / "lager" / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, command: str, out: str = "") -> Outcome:
    name, arguments = COMMANDS[command]
    return iopdocs(*(argument.format(out=out or name) for argument in arguments), cwd=folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_old_file_stays_and_the_message_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, fault: str
) -> None:
    target = folder / COMMANDS[command][0]
    assert run(folder, command).code in (0, 1)
    (folder / "avtal.yaml").write_text(
        "titel: Nytt namn\nvägval: {svar: [{fråga: vinst, svar: ja}]}\n", encoding="utf-8"
    )
    before = contents(folder)
    assert target.stat().st_size > 0
    step, error, says = FAULTS[fault]
    with monkeypatch.context() as patch:
        refused_step(patch, step, error)
        result = run(folder, command)
    assert result.code == 2
    close = f"stäng {target.name}{CLOSE.get(target.suffix, '')}"
    assert says.format(close=close) in result.err
    assert str(Path(COMMANDS[command][0])) in result.err
    assert [word for word in ENGLISH if word in result.said] == []
    assert contents(folder) == before


@pytest.mark.parametrize("fault", FAULTS)
def test_a_batch_reports_the_agreement_and_makes_it_the_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    batch = ("batch", "avtal.yaml", "-o", "ut", "--jobs", "1", "--to", "docx,md", "--date", "2027-01-01", "--overwrite")
    assert iopdocs(*batch, cwd=folder).code == 1
    before = contents(folder / "ut")
    (folder / "avtal.yaml").write_text("titel: Nytt namn\n", encoding="utf-8")
    step, error, says = FAULTS[fault]
    with monkeypatch.context() as patch:
        refused_step(patch, step, error)
        result = iopdocs(*batch, cwd=folder)
    assert result.code == 2
    assert says.format(close="stäng avtal.docx i Word") in result.said
    assert [word for word in ENGLISH if word in result.said] == []
    after = contents(folder / "ut")
    assert {name: data for name, data in after.items() if not name.startswith(".")} == {
        name: data for name, data in before.items() if not name.startswith(".")
    }
    assert not [name for name in after if name.endswith(".tmp")]
    assert "2 dokument skrivna" in iopdocs(*batch, cwd=folder).out


LONG_NAME = "å" * 130


@pytest.mark.skipif(os.name == "nt", reason="the limit is another on Windows")
@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "clauses new"])
def test_a_name_of_more_than_255_bytes_is_reported(folder: Path, command: str) -> None:
    before = contents(folder)
    suffix = Path(COMMANDS[command][0]).suffix
    result = run(folder, command, LONG_NAME + suffix)
    assert result.code == 2
    assert "filnamnet är för långt – välj ett kortare namn; å, ä och ö räknas som två tecken" in result.err
    assert [word for word in ENGLISH if word in result.said] == []
    assert contents(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="the limit is another on Windows")
@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "clauses new"])
def test_a_path_longer_than_the_system_allows_is_reported(folder: Path, command: str) -> None:
    before = contents(folder)
    out = "/".join(["mapp" * 50] * 25) + "/" + COMMANDS[command][0]
    result = run(folder, command, out)
    assert result.code == 2
    assert "sökvägen är för lång" in result.err
    assert "välj en mapp närmare roten" in result.err
    assert [word for word in ENGLISH if word in result.said] == []
    assert contents(folder) == before


@pytest.mark.skipif(
    os.name == "nt" or os.getuid() == 0, reason="root may write everywhere, and Windows has no such modes"
)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_whose_mode_forbids_writing(folder: Path, command: str) -> None:
    target = folder / COMMANDS[command][0]
    target.parent.mkdir(parents=True, exist_ok=True)
    before = contents(folder)
    target.parent.chmod(0o500)
    try:
        result = run(folder, command)
    finally:
        target.parent.chmod(0o700)
    assert result.code == 2
    assert "välj en mapp som du får skriva i" in result.err
    assert contents(folder) == before
