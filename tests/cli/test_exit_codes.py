"""One language of exit codes for all commands: 0 well, 1 findings, 2 something could not be read or made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from iopdocs.cli.app import COMMANDS, application
from tests.helpers.command import iopdocs

ROOT = Path(__file__).parents[2]
DATE = ("--date", "2027-01-01")
COMPLETE, DRAFT, BROKEN, ABSENT = "hel.yaml", "utkast.yaml", "trasig.yaml", "saknas.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "trygga-kvallar.yaml", COMPLETE)
    Path(DRAFT).write_text("titel: Utkast\n", encoding="utf-8")
    Path(BROKEN).write_text("titel: [\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("files", "code"), [([COMPLETE], 0), ([COMPLETE, DRAFT], 1), ([BROKEN, DRAFT, ABSENT], 2)])
@pytest.mark.parametrize(
    "command",
    [
        ["lint", *DATE],
        ["render", "-o", "ut/", "--to", "md", "--final"],
        ["review", "-o", "ut/", "--to", "md", "--fail-on", "fel", *DATE],
    ],
)
def test_several_files_give_the_worst_code_and_all_that_can_be_read_are_done(command, files, code):
    done = iopdocs(*command, *files)
    assert done.code == code
    if command[0] == "lint":
        assert "Utkast" in done.out or DRAFT in done.out or DRAFT not in files
    elif command[0] == "review":
        made = sorted(path.name for path in Path("ut").iterdir())
        assert made == sorted(
            f"{Path(name).stem}-granskningsprotokoll.md" for name in files if name in (COMPLETE, DRAFT)
        )


@pytest.mark.parametrize(
    ("rows", "code"), [(["A1;"], 1), (["A1;", "A2;jaha"], 2), (["A1;", ";"], 1), (["A1;", "; utkast"], 2)]
)
def test_a_batch_tells_findings_from_what_cannot_be_read(rows, code):
    Path("a.csv").write_text("\n".join(["Avtal;Status", *rows]) + "\n", encoding="utf-8")
    assert iopdocs("batch", "a.csv", "-o", "d", "--to", "md", "--jobs", "1", *DATE).code == code


def test_a_batch_of_final_documents_has_findings_where_something_is_missing():
    done = iopdocs("batch", DRAFT, "-o", "d", "--final", "--to", "md", "--jobs", "1", "--fail-on", "ingen", *DATE)
    assert done.code == 1
    assert "1 avtal har fynd" in done.out


def test_a_register_with_a_file_that_cannot_be_read_has_the_others_and_ends_with_2():
    done = iopdocs("register", COMPLETE, BROKEN, "-o", "r.csv", *DATE)
    assert done.code == 2
    assert Path("r.csv").exists()


@pytest.mark.parametrize("code", [("ingen", 0), ("fel", 1), ("råd", 1)])
@pytest.mark.parametrize(
    "command",
    [["lint", DRAFT], ["batch", DRAFT, "-o", "d", "--to", "md", "--jobs", "1"], ["review", DRAFT, "-o", "p.md"]],
)
def test_the_level_that_decides_the_code_of_an_agreement(command, code):
    level, expected = code
    assert iopdocs(*command, "--fail-on", level, *DATE).code == expected


def test_the_settings_may_say_that_no_finding_decides():
    Path("iopdocs.yaml").write_text("stoppa_vid: ingen\n", encoding="utf-8")
    assert iopdocs("lint", DRAFT, *DATE).code == 0
    assert iopdocs("lint", DRAFT, "--fail-on", "fel", *DATE).code == 1
    assert iopdocs("batch", DRAFT, "-o", "d", "--to", "md", "--jobs", "1", *DATE).code == 0


def test_the_level_that_decides_the_code_of_a_checker():
    from docx import Document

    Document().save("tom.docx")
    Path("lager").mkdir()
    Path("lager/lager.yaml").write_text("namn: mitt\n", encoding="utf-8")
    Path("lager/avsnitt").mkdir()
    Path("lager/avsnitt/parter.md").write_text("{{ finns_inte }}\n", encoding="utf-8")
    for command in (["check", "tom.docx"], ["clauses", "check", "lager"]):
        assert iopdocs(*command).code == 1
        assert iopdocs(*command, "--fail-on", "ingen").code == 0
    strict = iopdocs("styles", "check", "tom.docx", "--fail-on", "råd")
    assert (iopdocs("styles", "check", "tom.docx", "--fail-on", "ingen").code, strict.code) == (0, 1)
    assert iopdocs("check", "tom.docx", "saknas.docx", "--fail-on", "ingen").code == 2


def test_a_level_that_is_none_says_which_there_are():
    done = iopdocs("lint", DRAFT, "--fail-on", "allt")
    assert done.code == 2
    assert "fel, varning, råd, ingen" in done.err


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["clauses", "check"], ["workbook", "new"]])
def test_help_is_the_same_however_it_is_asked_for(command):
    shown = iopdocs(*command, "--help")
    assert shown.code == 0
    assert "-h, --help" in shown.out
    assert iopdocs(*command, "-h") == shown
    assert iopdocs("help", *command) == shown


def test_help_of_a_command_that_does_not_exist():
    for command in (["nej"], ["lint", "nej"], ["clauses", "nej"]):
        done = iopdocs("help", *command)
        assert done.code == 2
        assert f"kommandot finns inte: {' '.join(command)}" in done.err
    assert "help" not in application.list_commands(None)
