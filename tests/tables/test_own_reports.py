"""Reports and registers that lie among the agreements: they are passed by, and told of, also when somebody saved them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from iopdocs.sources.reader import read_source
from tests.helpers.command import iopdocs

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygga-kvallar.yaml"
MADE = ("rapport.xlsx", "rapport.json", "register.xlsx", "register.json", "register.csv")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A folder of documents with every report and register that can be made of them."""
    top = tmp_path_factory.mktemp("own")
    (top / "avtal").mkdir()
    shutil.copy(EXAMPLE, top / "avtal" / "kvallar.yaml")
    out = top / "ut"
    for report in ("rapport.xlsx", "rapport.json", "rapport.html"):
        iopdocs("batch", top / "avtal", "-o", out, "--report", out / report, "--jobs", "1", "--no-config")
    for register in ("register.xlsx", "register.json", "register.csv"):
        iopdocs("register", top / "avtal", "-o", out / register, "--no-config")
    assert {"kvallar.docx", *MADE} <= {path.name for path in out.iterdir()}
    return out


@pytest.fixture
def folder(filled, tmp_path):
    return Path(shutil.copytree(filled, tmp_path / "ut"))


def saved_again(path: Path) -> None:
    """Save *path* as somebody who has added a remark of their own would."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        book.worksheets[0].cell(2, 60, "ring dem")
        book.save(path)
    elif path.suffix == ".json":
        data = json.loads(path.read_bytes())
        del data["märke"]
        path.write_text(json.dumps(data, sort_keys=True), "utf-8")
    else:
        lines = path.read_text("utf-8-sig").splitlines()
        path.write_bytes("\r\n".join(line.rpartition(";")[0] for line in lines).encode("cp1252", "replace"))


def names(source):
    return [row.id for row in source.rows]


@pytest.mark.parametrize("edited", [False, True], ids=["as made", "saved again"])
def test_reports_among_documents_are_passed_by_with_a_note(folder, edited):
    for name in MADE if edited else ():
        saved_again(folder / name)
    for source in (read_source(folder), read_source(folder / "*")):
        assert names(source) == ["kvallar.docx"]
        assert source.problems == ()
        assert sorted(Path(note.file).name for note in source.notes) == sorted(MADE)
        assert all("från iopdocs" in note.message and "läses inte" in note.message for note in source.notes)


@pytest.mark.parametrize("edited", [False, True], ids=["as made", "saved again"])
@pytest.mark.parametrize("name", MADE)
def test_a_report_that_is_named_is_refused(folder, name, edited):
    if edited:
        saved_again(folder / name)
    source = read_source(folder / name)
    assert source.rows == ()
    (problem,) = source.problems
    what = "är ett register från iopdocs" if "register" in name else "är en rapport från iopdocs"
    assert what in problem.message
    assert "inget underlag" in problem.message


def test_a_report_that_has_lost_its_other_sheets_is_still_known(folder):
    book = load_workbook(folder / "rapport.xlsx")
    del book["Saknas"], book["Problem"]
    book.save(folder / "rapport.xlsx")
    assert names(read_source(folder)) == ["kvallar.docx"]


def test_a_register_beside_a_folder_of_tables_is_no_sheet(folder, tmp_path):
    (tmp_path / "tabeller").mkdir()
    (tmp_path / "tabeller" / "avtal.csv").write_text("Avtal;Titel\nA1;Trygga kvällar\n", "utf-8")
    shutil.copy(folder / "register.csv", tmp_path / "tabeller")
    source = read_source(tmp_path / "tabeller")
    assert (names(source), source.problems) == (["A1"], ())
    assert [Path(note.file).name for note in source.notes] == ["register.csv"]


def test_a_register_of_the_same_folder_can_be_made_again(folder):
    for _time in range(2):
        made = iopdocs("register", folder, "-o", folder / "register.xlsx", "--no-config")
        assert made.code == 0, made.said
    assert load_workbook(folder / "register.xlsx")["Register"].max_row == 2


def test_document_beside_an_edited_one_is_reported(folder):
    shutil.copy(folder / "kvallar.docx", folder / "kvallar (ny).docx")
    source = read_source(folder)
    assert sorted(names(source)) == ["kvallar (ny).docx", "kvallar.docx"]
    assert any("bredvid kvallar.docx" in note.message for note in source.notes)


def test_agreements_are_never_taken_for_reports(tmp_path):
    assert iopdocs("convert", EXAMPLE, tmp_path / "avtal.json").code == 0 or (tmp_path / "avtal.json").exists()
    assert iopdocs("workbook", "new", tmp_path / "mall.xlsx").code == 0
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / "avtal.csv").write_text("Avtal;Titel;Status;Diarienummer\nA1;T;utkast;1\n", "utf-8")
    source = read_source(tmp_path)
    assert "läses inte" not in " ".join(note.message for note in source.notes)
    assert {"avtal.json", "under/A1"} <= set(names(source))
