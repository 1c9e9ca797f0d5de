"""What docs/batch.md shows is carried out here: its files are written and its commands run, in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from iopdocs.batch.file_names import ID, check_pattern
from tests.helpers.command import iopdocs

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(csv|yaml|console) ?(\S*)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_its_files_and_commands_do_what_they_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = 0
    for language, name, block in BLOCKS:
        if language != "console":
            Path(name).write_text(block, encoding="utf-8")
            continue
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            _program, *arguments = shlex.split(line, comments=True)
            code = re.search(r"# slutkod (\d)", line)
            done = iopdocs(*arguments, "--jobs", "1")
            ran += 1
            assert done.code == (int(code[1]) if code else 0), f"{line}\n{done.said}"
            for shown in re.split(r"…\n", output):
                assert shown in done.said, f"{line}\n{done.said}"
    assert ran == 6
    assert sorted(path.name for path in Path("namngivna").glob("*.docx")) == [
        "A1 Trygga kvällar.docx",
        "A2 Öppet kulturhus.docx",
    ]


def test_every_field_of_a_file_name_is_documented() -> None:
    with pytest.raises(Exception, match="det finns") as told:
        check_pattern("x")
    fields = re.findall(r"\{[^{}]+\}", str(told.value).partition("det finns")[2])
    assert f"{{{ID}}}" in fields
    assert [field for field in fields if f"`{field}`" not in PAGE] == []


def test_every_exit_code_is_documented() -> None:
    assert re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE) == ["0", "1", "2", "130"]
