"""Documents whose agreements are gone or have a new name: a batch tells of them, moves them aside, and deletes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from iopdocs.batch.document_placement import DocumentPlacer
from iopdocs.batch.file_names import FileNames, safe_name
from iopdocs.batch.journal import Journal
from iopdocs.batch.pruning import move_aside
from iopdocs.sources.made_documents import ASIDE, JOURNAL, journal_entries, left_behind
from tests.helpers.command import Outcome, iopdocs
from tests.helpers.properties import examples

GONE = "avtalet finns inte längre i källan"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("a.csv", "A1;Ett", "A2;Två")
    return tmp_path


def write(name: str, *rows: str) -> None:
    Path(name).write_text("\n".join(("Avtal;Titel", *rows)) + "\n", encoding="utf-8")


def batch(*more: str | Path, source: str = "a.csv", to: str = "md") -> Outcome:
    return iopdocs("batch", source, "-o", "d", "--to", to, "--jobs", "1", "--date", "2026-11-22", *more)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


@pytest.mark.parametrize("rows", [["A1;Ett"], ["A1;Ett", "A2b;Två"]])
def test_a_document_whose_row_is_gone_is_told_of_everywhere_and_is_not_counted(folder, rows):
    batch(to="docx")
    write("a.csv", *rows)
    done = batch("--report", "r.json", "--report", "r.html", "--report", "r.xlsx", to="docx")
    assert f"Kvarlämnade i mappen, 1 dokument: A2.docx ({GONE})." in done.err
    assert "--prune" in done.err
    assert "; 1 dokument är kvarlämnat." in done.out
    data = json.loads(Path("r.json").read_text(encoding="utf-8"))
    told = {"namn": "A2.docx", "slag": "docx", "avtal": "A2", "skäl": GONE, "redigerat": False, "flyttat_till": ""}
    assert data["kvarlämnade"] == [told]
    assert data["antal"]["kvarlämnade"] == 1
    assert "A2.docx" in Path("r.html").read_text(encoding="utf-8")
    assert [cell.value for cell in load_workbook("r.xlsx")["Kvarlämnade"]["A"]] == ["Dokument", "A2.docx"]
    register = iopdocs("register", "d", "--summary", "--date", "2026-11-22")
    assert register.code == 0
    assert register.out.startswith(f"{len(rows)} partnerskap")
    assert "1 dokument är kvarlämnat" in register.err
    assert "A2.docx" in register.err
    assert "--prune" in register.err
    assert iopdocs("register", "d/A2.docx", "--summary", "--date", "2026-11-22").out.startswith("1 partnerskap")


def test_the_log_counts_them_and_names_none(folder):
    batch("--name", "{titel}")
    write("a.csv", "A1;Ett")
    done = batch("--name", "{titel}", "--log-json")
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert {"händelse": "kvarlämnat", "skäl": GONE, "antal": 1} in lines
    assert (lines[-1]["händelse"], lines[-1]["kvarlämnade"], lines[-1]["undanflyttade"]) == ("klart", 1, 0)
    assert "Två" not in done.said


def test_prune_moves_them_aside_and_tells_so_and_never_replaces_what_is_there(folder):
    for turn, place in enumerate(("A2.md", "A2 (2).md", "A2 (3).md")):
        write("a.csv", "A1;Ett", f"A2;Två {turn}")
        batch()
        write("a.csv", "A1;Ett")
        done = batch("--prune", "--report", f"r{turn}.json", "--quiet")
        assert f"1 kvarlämnade dokument flyttades undan: A2.md till {ASIDE}/{place}." in done.err
        data = json.loads(Path(f"r{turn}.json").read_text(encoding="utf-8"))
        assert [one["flyttat_till"] for one in data["kvarlämnade"]] == [f"{ASIDE}/{place}"]
        assert (data["antal"]["kvarlämnade"], data["antal"]["undanflyttade"]) == (0, 1)
        assert files(folder / "d") == ["A1.md"]
    assert files(folder / "d" / ASIDE) == ["A2 (2).md", "A2 (3).md", "A2.md"]
    assert "Två 1" in (folder / "d" / ASIDE / "A2 (2).md").read_text(encoding="utf-8")
    assert "varlämnade" not in batch().err


@pytest.mark.parametrize("source", ["d", "d/**/*.docx"])
def test_what_was_moved_aside_is_read_only_when_it_is_asked_for(folder, source):
    batch(to="docx")
    write("a.csv", "A1;Ett")
    batch("--prune", to="docx")
    assert iopdocs("register", source, "--summary", "--date", "2026-11-22").out.startswith("1 partnerskap")
    assert iopdocs("register", f"d/{ASIDE}", "--summary", "--date", "2026-11-22").out.startswith("1 partnerskap")


def test_an_edited_document_is_told_of_and_not_moved_and_a_foreign_one_is_not_touched(folder):
    write("a.csv", "A1;Ett", "A2;Två", "A3;Tre")
    batch()
    (folder / "d" / "A2.md").write_text("Mina egna ord.", encoding="utf-8")
    (folder / "d" / "A3.md").unlink()
    (folder / "d" / "annans.md").write_text("Någon annans.", encoding="utf-8")
    iopdocs("render", "-", "-o", "d/A3.md", given=b"titel: Ett annat avtal\n")
    write("a.csv", "A1;Ett")
    done = batch("--prune")
    assert f"A2.md ({GONE}; det är redigerat)" in done.err
    assert "ta bort dem för hand" in done.err
    assert "A3.md" not in done.err
    assert files(folder / "d") == ["A1.md", "A2.md", "A3.md", "annans.md"]
    assert not (folder / "d" / ASIDE).exists()


def test_a_source_that_could_not_be_read_whole_decides_nothing(folder):
    batch()
    write("a.csv", "A1;Ett", ";Två")
    done = batch("--prune")
    assert done.code == 2
    assert "varlämnade" not in done.err
    assert files(folder / "d") == ["A1.md", "A2.md"]
    write("a.csv", "A1;Ett", "A2;Två")
    assert "varlämnade" not in batch("--prune").err


def test_the_document_of_a_row_that_cannot_be_read_is_not_left_behind(folder):
    Path("a.csv").write_text("Avtal;Titel;Status\nA1;Ett;\nA2;Två;\n", encoding="utf-8")
    batch()
    Path("a.csv").write_text("Avtal;Titel;Status\nA1;Ett;\nA2;Två;jaha\n", encoding="utf-8")
    done = batch("--prune")
    assert done.code == 2
    assert "; 1 avtal kunde inte läsas;" in done.out
    assert "varlämnade" not in done.err
    assert files(folder / "d") == ["A1.md", "A2.md"]


def test_an_interrupted_run_moves_nothing(folder):
    write("a.csv", "A1;Ett", "A2;Två", "A3;Tre")
    batch()
    write("a.csv", "A1;Nytt", "A3;Tre")
    assert batch("--prune", "--fail-fast").code == 1
    assert files(folder / "d") == ["A1.md", "A2.md", "A3.md"]
    batch("--prune")
    assert files(folder / "d") == ["A1.md", "A3.md"]


def test_two_sources_in_one_folder_leave_the_documents_of_each_other_alone(folder):
    write("b.csv", "B1;Ett", "B2;Två")
    batch()
    assert "varlämnade" not in batch("--prune", source="b.csv").err
    write("b.csv", "B1;Ett")
    assert "varlämnade" not in batch("--prune").err
    batch("--prune", source="b.csv")
    assert files(folder / "d") == ["A1.md", "A2.md", "B1.md"]


def test_the_documents_of_a_source_that_has_another_name_now_are_told_of_and_not_moved(folder):
    batch()
    Path("a.csv").rename("b.csv")
    write("b.csv", "A1;Ett")
    done = batch("--prune", source="b.csv")
    assert "A2.md (källan som det gjordes av finns inte längre)" in done.err
    assert files(folder / "d") == ["A1.md", "A2.md"]


def test_a_journal_of_an_earlier_version_is_read_and_what_it_names_is_told_of_and_not_moved(folder):
    batch()
    journal = folder / "d" / JOURNAL
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    old = [{key: value for key, value in line.items() if key not in ("source", "left")} for line in lines]
    journal.write_text("".join(json.dumps(line) + "\n" for line in old), encoding="utf-8")
    assert "2 dokument oförändrade" in batch().out
    journal.write_text("".join(json.dumps(line) + "\n" for line in old), encoding="utf-8")
    write("a.csv", "A1;Ett")
    done = batch("--prune")
    assert "A1.md (oförändrad)" in done.out
    assert "A2.md (avtalet finns inte i källan, och dokumentet är från en version" in done.err
    assert files(folder / "d") == ["A1.md", "A2.md"]


def test_a_file_that_cannot_be_moved_stays_and_gives_exit_code_2(folder):
    batch()
    write("a.csv", "A1;Ett")
    (folder / "d" / ASIDE).write_text("en fil", encoding="utf-8")
    done = batch("--prune", "--fail-on", "ingen")
    assert done.code == 2
    assert f"A2.md: kunde inte flyttas till mappen {ASIDE}" in done.err
    assert files(folder / "d") == ["A1.md", "A2.md", ASIDE]


def test_a_name_is_free_again_when_its_document_has_been_moved_aside(folder):
    batch("--name", "{titel}")
    write("a.csv", "A1;Ett")
    batch("--name", "{titel}", "--prune")
    write("a.csv", "A1;Ett", "A9;Två")
    assert "Två.md (skriven)" in batch("--name", "{titel}").out


ROWS = st.dictionaries(st.sampled_from(["A", "B", "C", "D"]), st.sampled_from(["Ett", "ETT", "Två", "Tre"]))
RUNS = st.lists(st.tuples(ROWS, st.sampled_from(["whole", "unread", "partial"]), st.booleans()), min_size=1, max_size=7)


@given(runs=RUNS)
@examples(120)
def test_every_document_is_of_a_row_or_told_of_and_nothing_is_ever_deleted(runs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("d")
    written: set[bytes] = set()
    for turn, (rows, how, prune) in enumerate(runs):
        journal = Journal(folder, "../a.csv")
        journal.note_rows(set(rows), is_whole=how != "unread", is_partial=how == "partial")
        names, placer, present = FileNames(journal.names), DocumentPlacer(folder, journal), set()
        for id, title in rows.items():
            data = f"{id} {title} {turn // 2}".encode()
            present.add(placer.put(id, "txt", names.take(id, safe_name(title)), title, data).name)
            written.add(data)
        left = journal.left_behind()
        before = documents(folder)
        if prune and how == "whole":
            left, problems = move_aside(folder, journal, left)
            assert not problems
        journal.close()
        assert sorted(documents(folder).values()) == sorted(before.values())
        there = {name for name in documents(folder) if "/" not in name}
        told = {one.name for one in left if not one.moved_to}
        assert present <= there
        assert not told & present
        if how == "whole":
            assert there == present | told
            assert {one.name for one in left_behind(folder, tuple(journal_entries(folder)))} == told


def documents(folder: Path) -> dict[str, bytes]:
    """Return the content of every file that is no journal, by its path from *folder*."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
