"""What docs/granska.md shows is carried out here: its files are written and its commands run, in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from iopdocs.library.project_settings import Settings
from iopdocs.library.rule_limits import Limits
from iopdocs.model.fields import fields_of
from tests.helpers.command import iopdocs

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "granska.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(yaml|console)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def test_its_files_and_commands_do_what_they_show(folder: Path) -> None:
    ran = 0
    for language, block in BLOCKS:
        if language == "yaml":
            name = block.partition("\n")[0].removeprefix("# ")
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(block, encoding="utf-8")
            continue
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            ran += 1
            program, *arguments = shlex.split(line, comments=True)
            assert program == "iopdocs"
            code = re.search(r"# slutkod (\d)", line)
            done = iopdocs(*arguments)
            assert done.code == (int(code[1]) if code else 0), f"{line}\n{done.said}"
            assert done.said.strip()
            for shown in re.split(r"^…\n", output, flags=re.MULTILINE):
                assert shown in done.said, f"{line}\n{done.said}"
    assert ran > 10
    assert all(Path(name).stat().st_size for name in ("rapport.json", "rapport.sarif", "baslinje.yaml"))


def test_the_workflow_runs_a_command_that_there_is(folder: Path) -> None:
    (workflow,) = [yaml.safe_load(block) for language, block in BLOCKS if "runs-on" in block]
    commands = [step["run"] for step in workflow["jobs"]["granska"]["steps"] if "run" in step]
    Path("avtal").mkdir()
    Path("avtal/a.yaml").write_text("titel: x\n", encoding="utf-8")
    _program, *arguments = shlex.split(commands[-1])
    assert iopdocs(*arguments).out.startswith("::")


def test_every_setting_and_limit_is_documented() -> None:
    keys = [one.key for cls in (Settings, Limits) for one in fields_of(cls)]
    assert [key for key in keys if f"`{key}`" not in PAGE] == []
