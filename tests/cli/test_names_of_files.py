"""A file may be called anything: its name never controls a terminal, and reports that programs read have the true name."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from click.testing import CliRunner

import iopdocs
from iopdocs.cli import app
from iopdocs.errors import printable_name

EVIL = "evil\x1b[31mname\x1b]0;x\x07\nfalse: 0 fel\u202e\u200b\x9b"
LONE = "\udce4"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of files that are called what they should not be; the current one."""
    for name in (EVIL, LONE):
        (tmp_path / f"{name}.yaml").write_text("titel: Ett avtal\n")
        (tmp_path / f"{name}-fel.yaml").write_text("titel: [\n")
        (tmp_path / f"{name}.docx").write_bytes(iopdocs.render(iopdocs.loads("titel: Ett avtal")).to_docx())
        for ending in ("-fel.docx", ".xlsx", ".csv"):
            (tmp_path / f"{name}{ending}").write_bytes(b"\0")
        layer = tmp_path / f"{name}-lager"
        (layer / "klausuler").mkdir(parents=True)
        (layer / "klausuler" / f"{name}.md.j2").write_text("{{ fel")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands(name: str) -> list[list[str]]:
    """Return a call of every command that takes a file, on one that can be read, one that cannot and one that is not there."""
    data = [f"{name}{ending}" for ending in (".yaml", "-fel.yaml", "-saknas.yaml")]
    word = [f"{name}{ending}" for ending in (".docx", "-fel.docx", "-saknas.docx")]
    forms = ("text", "json", "sarif", "github")
    calls = [["lint", *data, "--format", form] for form in forms]
    calls += [["check", *word, "--format", form] for form in forms]
    calls += [["render", one, "-o", f"{name}-ut.md"] for one in data]
    calls += [
        ["render", data[0], "-o", f"{name}/saknas/ut.md"],
        ["render", data[0], "-o", "ut.docx", "--layer", f"{name}-lager"],
    ]
    calls += [["review", one, "-o", f"{name}-granskning.md"] for one in data]
    calls += [["styles", "check", one] for one in word] + [["styles", "new", one] for one in word]
    calls += [["clauses", "used", one] for one in word]
    calls += [["clauses", what, f"{name}-lager"] for what in ("check", "list", "show", "diff", "new")]
    calls += [["clauses", what, "--layer", f"{name}-lager"] for what in ("list", "show", "diff")]
    calls += [["convert", one, f"{name}-ut.json"] for one in data]
    calls += [["vagval", one] for one in data]
    calls += [
        ["new", f"{name}-ny.yaml"],
        ["new", data[0]],
        ["schema", "-o", f"{name}.json"],
        ["workbook", "new", f"{name}-bok.xlsx"],
    ]
    calls += [["register", *word[:2], data[0], "-o", f"{name}-register.{kind}"] for kind in ("csv", "json", "xlsx")]
    calls += [
        ["batch", source, "-o", f"{name}-ut", "--report", f"{name}-rapport.{kind}", *log, "--overwrite"]
        for source in (".", f"{name}.xlsx")
        for kind in ("html",)
        for log in ([], ["--log-json"])
    ]
    calls += [
        ["lint", data[0], "--baseline", f"{name}.json"],
        ["lint", data[0], "--write-baseline", f"{name}-bas.json"],
    ]
    return [*calls, [name], ["rule", name], ["rules", name], ["variables", name], ["lint", f"--{name}"]]  # fmt: skip


def controlling(text: str) -> set[str]:
    """Return the characters of *text* that control a terminal or hide others."""
    return {
        sign for sign in text if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    }


@pytest.mark.parametrize("name", [EVIL, LONE], ids=["control", "undecodable"])
def test_no_command_prints_what_controls_a_terminal(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOPDOCS_DEBUG", "1")
    runner = CliRunner()
    for call in commands(name):
        # What a command prints in colour is looked at too: nothing of ours is styled where the output is no terminal.
        result = runner.invoke(app.application, call, color=True, standalone_mode=False)
        printed = result.output
        if isinstance(result.exception, Exception):
            monkeypatch.setattr(sys, "argv", ["iopdocs"])
            again = runner.invoke(_Main(), call, color=True)
            printed += again.output
            assert again.exit_code in (0, 1, 2), (call, again.exception)
        assert not controlling(printed), call
        # What is no name of a file, but a word that the user has typed, may have several lines.
        is_word = call[0] in ("rule", "variables") or call[:2] in (["clauses", "show"], ["clauses", "diff"])
        assert is_word or "\nfalse: 0 fel" not in printed, call


def _Main() -> object:  # noqa: N802
    import click

    @click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
    @click.argument("words", nargs=-1, type=click.UNPROCESSED)
    def run(words: tuple[str, ...]) -> None:
        app.main(words)

    return run


@pytest.mark.parametrize("name", [EVIL, LONE], ids=["control", "undecodable"])
def test_programs_get_the_true_name(folder: Path, name: str) -> None:
    runner = CliRunner()
    file = f"{name}.docx"
    found = json.loads(runner.invoke(app.application, ["check", file, "--format", "json"]).stdout)
    assert found["dokument"][0]["fil"] == file
    log = json.loads(runner.invoke(app.application, ["check", f"{name}-fel.docx", "--format", "sarif"]).stdout)
    place = log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"]
    assert unquote_to_bytes(place["artifactLocation"]["uri"]).decode("utf-8", "surrogateescape") == f"{name}-fel.docx"


@pytest.mark.process
def test_a_process_prints_nothing_that_controls_a_terminal(folder: Path) -> None:
    for call in (["check", f"{EVIL}.docx", f"{LONE}-fel.docx"], ["lint", f"{EVIL}-fel.yaml", "--format", "github"]):
        done = subprocess.run([sys.executable, "-m", "iopdocs", *call], capture_output=True, check=False)
        printed = (done.stdout + done.stderr).decode("utf-8")
        assert done.returncode in (1, 2)
        assert printed
        assert not controlling(printed)
        assert "Traceback" not in printed


def test_a_name_that_can_be_shown_is_shown_as_it_is() -> None:
    assert printable_name("Å-ö é 日本.yaml") == "Å-ö é 日本.yaml"
    assert printable_name("a\x1b\n\u202e\udce4") == r"a\x1b\n\u202e\udce4"
