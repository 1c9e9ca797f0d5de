"""Every hostile file of the corpus is refused with a Swedish message, or read as the words that it is, in bounded time."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import iopdocs
from iopdocs.files.loader import loads
from tests.corpus.data_files import JSON, YAML
from tests.corpus.packages import BOTH, DOCUMENTS, WORKBOOKS, Change, hostile
from tests.corpus.tables import CSV
from tests.files.test_opc import document, workbook
from tests.helpers.command import Outcome
from tests.helpers.command import iopdocs as run
from tests.helpers.timing import within

SECONDS = 20
"""The processor time that no attempt may take; on an idle machine each takes less than two."""
LONGEST = 60_000
"""The characters of a message or report, however much there is to complain of."""
SECRET = "root:"
"""What the file that the attempts try to read begins with."""


@pytest.mark.parametrize(("kind", "name"), [("yaml", name) for name in YAML] + [("json", name) for name in JSON])
def test_a_data_file_is_refused_or_read_as_words(kind: str, name: str) -> None:
    text, says = {"yaml": YAML, "json": JSON}[kind][name]
    with within(SECONDS):
        if not says:
            assert SECRET not in str(loads(text, kind=kind).title)
            return
        with pytest.raises(iopdocs.LoadError) as caught:
            loads(text, kind=kind)
    assert says in caught.value.problems[0].message
    assert len(str(caught.value)) < LONGEST


@pytest.mark.parametrize(
    "name", ["a formula", "an instruction of the texts", "markup and a script", "an entity of XML"]
)
def test_what_would_be_code_elsewhere_is_printed_as_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "avtal.yaml").write_text(YAML[name][0], encoding="utf-8")
    for kind in ("html", "md", "docx"):
        assert run("render", "avtal.yaml", "-o", f"ut.{kind}", cwd=tmp_path).code == 0
    page = (tmp_path / "ut.html").read_text(encoding="utf-8")
    assert SECRET not in page
    assert "<script" not in page
    assert "<img" not in page
    assert run("register", "avtal.yaml", "-o", "ut.csv", cwd=tmp_path).code == 0
    assert "\n=" not in (tmp_path / "ut.csv").read_text(encoding="utf-8-sig").replace(";", "\n")


@pytest.mark.parametrize("name", CSV)
def test_a_table_is_refused_or_read(tmp_path: Path, name: str) -> None:
    data, says = CSV[name]
    (tmp_path / "avtal.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    with within(SECONDS):
        result = run("register", "avtal.csv", "-o", "ut.csv", "--date", "2027-01-01", cwd=tmp_path, IOPDOCS_DEBUG="1")
    assert result.code == 2 if says else result.code in (0, 2)
    assert says in result.err
    assert (tmp_path / "ut.csv").exists() is not bool(says)
    assert len(result.said) < LONGEST


def tried(folder: Path, *command: str) -> Outcome:
    """Run *command* in *folder*; it ends as a command does, in time, and leaves whole files or none."""
    with within(SECONDS):
        result = run(*command, cwd=folder, IOPDOCS_DEBUG="1")
    assert result.code in (0, 1, 2)
    assert result.said
    assert len(result.said) < LONGEST
    assert SECRET not in result.said
    made = [path for path in folder.iterdir() if path.name.startswith("ut.")]
    assert bool(made) is (result.code != 2 and "-o" in command)
    for path in made:
        assert SECRET.encode() not in path.read_bytes()
        path.unlink()
    return result


def write(path: Path, whole: bytes, change: Change) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile's, about names
        path.write_bytes(hostile(whole, change))


@pytest.mark.parametrize("name", [*BOTH, *DOCUMENTS])
def test_a_word_document_is_refused_or_read(tmp_path: Path, name: str) -> None:
    write(tmp_path / "mall.docx", document(), {**BOTH, **DOCUMENTS}[name])
    (tmp_path / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    (tmp_path / "avtal.yaml").write_text("titel: Prov\n", encoding="utf-8")
    tried(tmp_path, "check", "mall.docx")
    tried(tmp_path, "styles", "check", "mall.docx")
    tried(tmp_path, "clauses", "used", "mall.docx")
    tried(tmp_path, "register", "mall.docx", "-o", "ut.json", "--date", "2027-01-01")
    tried(tmp_path, "render", "avtal.yaml", "-o", "ut.docx", "--layer", ".")


@pytest.mark.parametrize("name", [*BOTH, *WORKBOOKS])
def test_a_workbook_is_refused_or_read(tmp_path: Path, name: str) -> None:
    write(tmp_path / "avtal.xlsx", workbook(), {**BOTH, **WORKBOOKS}[name])
    tried(tmp_path, "register", "avtal.xlsx", "-o", "ut.csv", "--date", "2027-01-01")


@pytest.mark.parametrize("which", [document, workbook])
def test_the_file_that_the_attempts_change_is_read_when_it_is_whole(tmp_path: Path, which) -> None:
    file = tmp_path / ("avtal.docx" if which is document else "avtal.xlsx")
    write(file, which(), lambda parts: parts)
    assert tried(tmp_path, "register", file.name, "-o", "ut.csv", "--date", "2027-01-01").code == 0


def test_the_list_says_what_each_attempt_tries(capsys: pytest.CaptureFixture[str]) -> None:
    from tests.corpus.__main__ import ATTEMPTS, main

    main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == sum(len(attempts) for attempts in ATTEMPTS.values()) + 1
    assert all(len(line) < 200 for line in lines)
    assert lines[-1].endswith("attempts")
