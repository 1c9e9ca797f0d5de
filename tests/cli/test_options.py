"""An option that several commands have is read in the same way by each, and a wrong value told in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import iopdocs

COMMANDS = {
    "lint": ["lint", "avtal.yaml"],
    "review": ["review", "avtal.yaml", "-o", "ut.html"],
    "batch": ["batch", "avtal.yaml", "-o", "ut", "--to", "md", "--jobs", "1"],
    "register": ["register", "avtal.yaml", "-o", "register.csv"],
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "avtal.yaml").write_text("titel: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("command", "option", "value", "says"),
    [
        *((command, "--date", "igår", "inget datum") for command in COMMANDS),
        *((command, "--fail-on", "varnign", "menade du ”varning”?") for command in ("lint", "batch")),
        ("batch", "--jobs", "62", "från 1 till 61"),
        ("batch", "--to", "docx,odt", "”odt” är inget slag av dokument"),
        ("batch", "--name", "{titl}", "menade du {titel}"),
    ],
)
def test_a_wrong_value_is_told_with_the_option_and_nothing_is_made(
    command: str, option: str, value: str, says: str
) -> None:
    done = iopdocs(*COMMANDS[command], option, value)
    assert done.code == 2
    assert done.err.startswith(f"{option} har ett värde som inte går: ")
    assert says in done.err
    assert f"iopdocs {command} --help" in done.err
    assert [path.name for path in Path().iterdir()] == ["avtal.yaml"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("day", ["2027-06-01", "1 juni 2027"])
def test_a_day_is_written_as_in_a_data_file(command: str, day: str) -> None:
    assert iopdocs(*COMMANDS[command], "--date", day).code in (0, 1)


def test_a_level_is_read_in_capitals_too() -> None:
    assert [iopdocs(*COMMANDS["batch"], "--fail-on", level).code for level in ("Fel", "RÅD")] == [1, 1]


def test_files_of_a_protocol_become_pdf_of_the_kind_that_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(
        "iopdocs.cli.document_job.save_pdfs", lambda documents, level, **how: made.append((len(documents), level.value))
    )
    Path("iopdocs.yaml").write_text("format: 1\npdf: a1\n", encoding="utf-8")
    Path("två.yaml").write_text("titel: y\n", encoding="utf-8")
    assert iopdocs("review", "avtal.yaml", "två.yaml", "-o", "ut/", "--to", "pdf").code == 0
    assert made == [(2, "a1")]
