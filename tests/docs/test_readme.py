"""What README and the tour promise is carried out here: the data file, the Python lines and every command line they show."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

import iopdocs
from tests.helpers.command import iopdocs as command

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
IOPDOCS = shutil.which("iopdocs", path=str(Path(sys.executable).parent))


def blocks(language: str, page: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def command_lines(page: str) -> list[tuple[str, int, str]]:
    """Return each command line of *page* with the exit code and the output it shows.

    A comment ``# exit code 1`` after the command gives its exit code; without one it is 0.
    """
    found = []
    for block in blocks("console", page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            code = re.search(r"# exit code (\d)", line)
            found.append((line, int(code[1]) if code else 0, output))
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "avtal.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_data_file_renders(folder: Path) -> None:
    agreement = iopdocs.load("avtal.yaml")
    assert iopdocs.render(agreement).to_docx().startswith(b"PK")


def test_the_python_lines_run_and_leave_their_document(folder: Path) -> None:
    names: dict[str, object] = {}
    exec(compile(blocks("python")[0], "README.md", "exec"), names)
    assert (folder / "avtal.docx").read_bytes().startswith(b"PK")
    assert names["report"] is not None


@pytest.mark.parametrize(("page", "least"), [(README, 2), (TOUR, 15)], ids=["README", "tour"])
def test_the_command_lines_do_what_they_show(folder: Path, page: str, least: int) -> None:
    """In one folder and in their order, as a reader would try them; a line ``…`` stands for lines left out."""
    shown = command_lines(page)
    assert len(shown) >= least
    for line, code, output in shown:
        program, *arguments = shlex.split(line, comments=True)
        assert program == "iopdocs"
        done = command(*arguments)
        assert done.code == code, f"{line}\n{done.said}"
        expected = [re.escape(kept) for kept in re.split(r"^…\n", output, flags=re.MULTILINE)]
        assert re.fullmatch(r"(?:.*\n)*".join(expected), done.said), f"{line}\n{done.said}"


def test_the_command_is_installed(folder: Path) -> None:
    assert IOPDOCS, "the command iopdocs is not installed"
    done = subprocess.run([IOPDOCS, "render", "avtal.yaml", "-o", "avtal.docx"], capture_output=True)
    assert done.returncode == 0
    assert Path("avtal.docx").read_bytes().startswith(b"PK")


@pytest.mark.skipif(os.name == "nt", reason="the lines are for a Unix shell")
def test_the_lines_after_make_demo_work_as_printed(tmp_path: Path) -> None:
    if not (Path(sys.prefix) / "bin" / "activate").is_file():
        pytest.skip("the tests do not run in an environment that can be activated")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    done = subprocess.run(["sh", "-e"], cwd=tmp_path, input=blocks("sh")[0], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "avtal.docx").read_bytes().startswith(b"PK")
    printed = re.findall(r"^ {4}(.*)$", make_says("demo"), re.MULTILINE)
    assert printed == blocks("sh")[0].splitlines()[:2]


def make_says(target: str) -> str:
    """Return what the last line of *target* in the Makefile prints."""
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    return recipe[1].splitlines()[-1].partition("printf '")[2].rstrip("'").replace("\\n", "\n")


def test_it_is_short_and_its_table_reaches_every_kind_of_reader() -> None:
    assert len(README.splitlines()) < 160
    table = README[README.index("## For whom") : README.index("## What an IOP is")]
    for page in ("data", "arbetsbok", "batch", "register", "granska", "profiler", "mallar", "wordmall", "python"):
        assert f"](docs/{page}.md)" in table, page


def test_an_edited_document_is_only_replaced_when_asked_for(folder: Path) -> None:
    assert command("render", "avtal.yaml", "-o", "avtal.docx").code == 0
    ours = Path("avtal.docx").read_bytes()
    assert command("render", "avtal.yaml", "-o", "avtal.docx").code == 0
    assert Path("avtal.docx").read_bytes() == ours

    edited = docx.Document("avtal.docx")
    edited.add_paragraph("Ett tillägg för hand.")
    edited.save("avtal.docx")
    by_hand = Path("avtal.docx").read_bytes()
    assert command("render", "avtal.yaml", "-o", "avtal.docx").code == 2
    assert Path("avtal.docx").read_bytes() == by_hand
    assert command("render", "avtal.yaml", "-o", "avtal.docx", "--overwrite").code == 0
    assert Path("avtal.docx").read_bytes() == ours


def test_a_layer_on_top_wins_file_by_file(folder: Path) -> None:
    base = ROOT / "templates" / "sv" / "avsnitt" / "mal.md.j2"
    front_matter = re.match(r"---\n.*?\n---\n", base.read_text(encoding="utf-8"), re.DOTALL)
    assert front_matter
    own = folder / "lager" / "avsnitt" / "mal.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text(front_matter[0] + "\nMålen står i kommunens egna ord.\n", encoding="utf-8")
    (folder / "lager" / "lager.yaml").write_text("format: 1\nnamn: exempelstad\n", encoding="utf-8")

    assert command("render", "avtal.yaml", "-o", "avtal.md", "--layer", "lager").code == 0
    text = Path("avtal.md").read_text(encoding="utf-8")
    assert "Målen står i kommunens egna ord." in text
    assert "900 000" in text.replace("\u00a0", " ")


def test_its_clauses_take_a_line_each_to_write(folder: Path) -> None:
    Path("avtal.yaml").write_text(blocks("yaml")[0] + blocks("yaml", TOUR)[0], encoding="utf-8")
    assert command("lint", "avtal.yaml", "--select", "T").code == 0
    assert command("render", "avtal.yaml", "-o", "avtal.md").code == 0
    text = Path("avtal.md").read_text(encoding="utf-8")
    for said in ("återinvesteras", "medlare", "Insyn", "Föreningen får låna kommunens tält"):
        assert said in text, said


def test_the_two_first_commands_open_it() -> None:
    first = re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)[0]
    assert "make demo" in first
    assert "make test" in first


def test_it_says_that_no_lawyer_has_reviewed_the_texts() -> None:
    assert "`granskad: nej`" in README
    texts = sorted((ROOT / "templates").rglob("*.md.j2"))
    assert texts
    reviewed = [
        file.name for file in texts if "granskad:" in (text := file.read_text("utf-8")) and "granskad: nej" not in text
    ]
    assert reviewed == []
