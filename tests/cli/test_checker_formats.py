"""``check``, ``clauses check`` and ``styles check`` as SARIF and annotations: valid, coded, and without a word of the file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from docx import Document

from iopdocs.accessibility.requirements import ROWS
from iopdocs.authoring.layer_findings import LAYER_CHECKS
from iopdocs.authoring.word_template_report import REMARKS
from iopdocs.linter.rules import RULES
from tests.helpers.command import iopdocs
from tests.helpers.layers import make_layer
from tests.helpers.word_templates import BARE

ROOT = Path(__file__).parents[2]
VALIDATOR = jsonschema.Draft4Validator(json.loads((ROOT / "tests/data/sarif-schema-2.1.0.json").read_text("utf-8")))
COMMANDS = {"check": ("check",), "clauses": ("clauses", "check", "--no-config"), "styles": ("styles", "check")}


@pytest.fixture(params=COMMANDS)
def asked(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A command on a file with things to find, whose every text has the word HEMLIGT in it."""
    monkeypatch.chdir(tmp_path)
    name = request.param
    if name == "clauses":
        texts = {
            "avsnitt/mal.md.j2": "# HEMLIGT\n\n{{ HEMLIGT.x }} {% if HEMLIGT %}\n",
            "avsnitt/HEMLIGT.md.j2": "---\nid: HEMLIGT!\nHEMLIGT: 1\n---\nHEMLIGT, se [](#HEMLIGT) {HEMLIGT}\n",
        }
        make_layer(tmp_path / "lager", texts)
        return [*COMMANDS[name], "lager"]
    document = Document(str(BARE)) if name == "styles" else Document()
    document.add_paragraph("- HEMLIGT är skrivet för hand")
    document.sections[0].footer.paragraphs[0].text = "HEMLIGT"
    document.save("fil.docx")
    return [*COMMANDS[name], "fil.docx"]


def sarif_of(text: str) -> dict[str, Any]:
    log = json.loads(text)
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    return dict(run)


def test_sarif_is_valid_has_every_finding_and_describes_its_code(asked: list[str]) -> None:
    done = iopdocs(*asked, "--format", "sarif")
    run = sarif_of(done.out)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert run["results"]
    assert done.code == int(any(result["level"] == "error" for result in run["results"]))
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"]


def test_logs_quote_nothing_of_the_file(asked: list[str]) -> None:
    for form in ("sarif", "github"):
        said = iopdocs(*asked, "--format", form).said
        assert "HEMLIGT" not in said.replace("avsnitt/HEMLIGT.md.j2", "")


def test_every_form_has_the_same_findings(asked: list[str]) -> None:
    results = sarif_of(iopdocs(*asked, "--format", "sarif").out)["results"]
    lines = iopdocs(*asked, "--format", "github").out.splitlines()
    assert [re.findall("title=([A-Z][0-9]{3})::", line) for line in lines] == [[one["ruleId"]] for one in results]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_report_goes_to_a_file_that_is_not_there_yet(asked: list[str], form: str) -> None:
    shown = iopdocs(*asked, "--format", form)
    written = iopdocs(*asked, "--format", form, "-o", "ut.txt")
    assert (written.code, written.out, written.err) == (shown.code, "", "Skrev ut.txt.\n")
    # Lines of text are as wide as the terminal; a file has none.
    assert Path("ut.txt").read_text("utf-8").split() == shown.out.split()
    again = iopdocs(*asked, "--format", form, "-o", "ut.txt")
    assert again.code == 2
    assert "finns redan" in again.err
    assert iopdocs(*asked, "--format", form, "-o", "ut.txt", "--overwrite").code == shown.code


@pytest.mark.parametrize("command", [("check",), ("styles", "check")])
def test_a_report_is_never_written_over_the_file_that_is_read(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "fil.docx"
    file.write_bytes(BARE.read_bytes())
    done = iopdocs(*command, file, "-o", file, "--overwrite")
    assert (done.code, "är en fil som läses" in done.err) == (2, True)
    assert file.read_bytes() == BARE.read_bytes()


def test_a_file_that_cannot_be_read_is_told_in_the_log(tmp_path: Path) -> None:
    file = tmp_path / "fil.docx"
    file.write_bytes(b"HEMLIGT")
    run = sarif_of(iopdocs("check", file, "--format", "sarif").out)
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert "iopdocs check" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    done = iopdocs("check", file, "--format", "github")
    assert (done.code, done.out.startswith("::error file=")) == (2, True)


def test_codes_are_a_letter_and_three_digits_and_belong_to_one_check() -> None:
    codes = [one.code for one in (*RULES, *LAYER_CHECKS, *REMARKS, *(row.explained for row in ROWS))]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[A-Z][0-9]{3}", code) for code in codes)
    assert {one.code[0] for one in (*LAYER_CHECKS, *REMARKS)} == {"A", "M"}
    assert [row.explained.code for row in ROWS] == [f"D{row.number:03}" for row in ROWS]


@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_read_is_in_the_log_too(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = [*COMMANDS[command], "finns-inte"]
    done = iopdocs(*asked, "--format", "sarif", "-o", "logg.sarif")
    assert done.code == 2
    (run,) = [sarif_of((tmp_path / "logg.sarif").read_text("utf-8"))]
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert len(invocation["toolExecutionNotifications"]) == 1
    assert "gick_inte_att_läsa" in iopdocs(*asked, "--format", "json").out
    assert iopdocs(*asked, "--format", "github").out.startswith("::error")
    assert "finns-inte" in iopdocs(*asked).err
