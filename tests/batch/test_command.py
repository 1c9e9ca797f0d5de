"""``iopdocs batch`` as it is used, rightly and wrongly: what it says, how it ends, and what its log must not hold."""

from __future__ import annotations

import csv
import itertools
import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from iopdocs.batch.journal import locked
from iopdocs.batch.outcome import AgreementOutcome
from iopdocs.cli.batch_progress import BatchProgress
from tests.helpers.command import Outcome, iopdocs

MARKED = "Märtamaria"
"""A word that stands in titles, names and addresses of the data, and in nothing else."""
REPLACED = "avtalet har ett nyare dokument med ett annat namn"


def agreement(title: str) -> str:
    return (
        f"titel: {title}\nparter:\n  - namn: Föreningen {MARKED}\n    typ: ideell förening\n"
        f"    kontakt: {{namn: {MARKED} Ek, e_post: {MARKED}@exempel.se}}\n"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for n in (1, 2):
        (tmp_path / "in" / f"a{n}.yaml").write_text(f"titel: Avtal {n}\n", encoding="utf-8")
    return tmp_path


def batch(*arguments: str | Path) -> Outcome:
    return iopdocs("batch", *arguments, "--jobs", "1", "--date", "2026-11-22")


def documents(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) if folder.exists() else []


def test_folder_is_reported_line_by_line_with_a_summary(folder):
    done = batch("in", "-o", "ut", "--to", "html,md")
    assert done.code == 1
    assert re.search(r"^in.a1\.yaml: a1\.html \(skriven\), a1\.md \(skriven\); \d+ fel", done.out, re.MULTILINE)
    assert done.out.endswith("2 avtal: 4 dokument skrivna; 2 avtal har fynd.\n")
    assert documents(folder / "ut") == ["a1.html", "a1.md", "a2.html", "a2.md"]
    assert "2 avtal: 4 dokument oförändrade;" in batch("in", "-o", "ut", "--to", "html,md").out


def test_one_agreement_is_reported_in_the_singular(folder):
    assert "1 avtal: 1 dokument skrivet; 1 avtal har fynd." in batch("in/a1.yaml", "-o", "ut").out
    assert "1 avtal: 1 dokument oförändrat; 1 avtal" in batch("in/a1.yaml", "-o", "ut").out


def test_all_well_ends_with_0_and_quiet_then_says_nothing(folder):
    (folder / "iopdocs.yaml").write_text("ignorera: [K, R, S, T, L]\n", encoding="utf-8")
    done = batch("in", "-o", "ut", "--quiet")
    assert (done.code, done.said) == (0, "")


def test_a_document_is_the_one_that_render_makes_whatever_the_day(folder):
    iopdocs("batch", "in", "-o", "ut", "--jobs", "1", "--date", "2040-01-01")
    iopdocs("render", "in/a1.yaml", "-o", "a1.docx")
    assert (folder / "ut" / "a1.docx").read_bytes() == (folder / "a1.docx").read_bytes()


def test_from_a_workbook_filled_in_by_hand(folder):
    iopdocs("workbook", "new", "avtal.xlsx")
    book = load_workbook("avtal.xlsx")
    for sheet, values in {
        "Avtal": {"Avtal": "A1", "Titel": "Trygga kvällar"},
        "Parter": {"Avtal": "A1", "Partens namn": "Lyktan"},
    }.items():
        page = book[sheet]
        headings = {str(cell.value): cell.column for row in page.iter_rows(max_row=6) for cell in row if cell.value}
        line = max(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value) + 1
        for heading, value in values.items():
            page.cell(line, headings[heading]).value = value
    book.save("avtal.xlsx")
    done = batch("avtal.xlsx", "-o", "ut", "--name", "{avtal} {titel}")
    assert documents(folder / "ut") == ["A1 Trygga kvällar.docx"]
    assert "exempelraden läses inte" in done.err


def test_from_a_table(folder):
    with open("avtal.csv", "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["Avtal", "Titel"], ["A1", "Ett"], ["A2", "Två"]])
    assert batch("avtal.csv", "-o", "ut").code == 1
    assert documents(folder / "ut") == ["A1.docx", "A2.docx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["finnsinte.yaml", "-o", "ut"], "filen finns inte"),
        (["avtal.doc", "-o", "ut"], "arbetsbok"),
        (["tom", "-o", "ut"], "inga"),
        (["in", "-o", "in/a1.yaml"], "är en fil, ingen mapp"),
        (["in", "-o", "ut", "--jobs", "0"], "från 1 till 61"),
        (["in", "-o", "ut", "--jobs", "99"], "från 1 till 61"),
        (["in", "-o", "ut", "--jobs", "två"], "från 1 till 61"),
        (["in", "-o", "ut", "--to", "wordperfect"], "docx, pdf, html, md"),
        (["in", "-o", "ut", "--to", ""], "docx, pdf, html, md"),
        (["in", "-o", "ut", "--name", "nonsens"], "{diarienummer}"),
        (["in", "-o", "ut", "--name", "{titl}"], "menade du {titel}"),
        (["in", "-o", "ut", "--date", "igår"], "inget datum"),
        (["in", "-o", "ut", "--report", "finnsinte/r.html"], "mappen finns inte"),
        (["in", "-o", "ut", "--report", "r.pdf"], ".html, .xlsx eller .json"),
        (["in", "-o", "ut", "--report", "tom"], ".html"),
        (["in", "-o", "ut", "--profile", "x"], "profilen ”x” finns inte"),
        (["in", "-o", "ut", "--base", "saknas.yaml"], "filen finns inte"),
        (["in", "-o", "ut", "--layer", "saknas"], "saknas"),
        (["in"], "-o saknas"),
        (["in", "-o", "x" * 300], "mappen kan inte skapas"),
    ],
)
def test_impossible_batch_is_reported_and_writes_nothing(folder, arguments, said):
    (folder / "tom").mkdir()
    done = iopdocs("batch", *arguments)
    assert done.code == 2
    assert said in done.err
    assert not (folder / "ut").exists()
    assert documents(folder) == ["in", "tom"]


def test_names_lead_nowhere_else(folder):
    batch("in", "-o", "ut/här", "--name", "../{titel}")
    assert documents(folder / "ut") == ["här"]
    assert documents(folder / "ut" / "här") == ["-Avtal 1.docx", "-Avtal 2.docx"]


def test_two_runs_at_once(folder):
    (folder / "ut").mkdir()
    with locked(folder / "ut"):
        done = batch("in", "-o", "ut")
    assert done.code == 2
    assert "annan körning" in done.err
    assert documents(folder / "ut") == []


def test_reports_and_shared_data_in_the_source_folder_are_no_agreements(folder):
    (folder / "in" / "gemensamt.yaml").write_text("titel: Gemensam\n", encoding="utf-8")
    for _run in range(2):
        how = ["--to", "html", "--base", "in/gemensamt.yaml", "--report", "in/rapport.json"]
        assert "2 avtal" in batch("in", "-o", "in", *how).out
    (folder / "in" / "gemensamt.yaml").unlink()
    assert "2 avtal" in batch("in", "-o", "in").out
    assert documents(folder / "in") == [
        "a1.docx", "a1.html", "a1.yaml", "a2.docx", "a2.html", "a2.yaml", "rapport.json",
    ]  # fmt: skip


def test_documents_are_never_their_own_source(folder):
    batch("in", "-o", "gamla")
    before = {path.name: path.read_bytes() for path in (folder / "gamla").glob("*.docx")}
    assert batch("gamla", "-o", "gamla").code == 2
    for _run in range(2):
        assert "2 avtal" in batch("gamla", "-o", "gamla/nya").out
    assert {path.name: path.read_bytes() for path in (folder / "gamla").glob("*.docx")} == before


def test_the_log_is_json_line_by_line_and_holds_nothing_of_what_agreements_say(folder):
    (folder / "in" / "a1.yaml").write_text(agreement(f"Hos {MARKED}"), encoding="utf-8")
    (folder / "in" / "a2.yaml").write_text(f"titel: {MARKED}\nstatus: {MARKED}\n", encoding="utf-8")
    (folder / "in" / "a3.yaml").write_text(f"titel: [{MARKED}\n", encoding="utf-8")
    (folder / "ut").mkdir()
    (folder / "ut" / f"Hos {MARKED}.docx").write_text("någon annans", encoding="utf-8")
    done = batch("in", "-o", "ut", "--name", "{titel}", "--log-json", "--report", "rapport.json")
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert done.out == ""
    assert [line["händelse"] for line in lines] == ["start", "avtal", "avtal", "avtal", "klart", "rapport"]
    assert MARKED.casefold() not in done.said.casefold()
    assert lines[1]["filer"] == [{"slag": "docx", "läge": "skriven bredvid"}]
    assert "in/a2.yaml:2" in lines[2]["problem"][0]["plats"].replace("\\", "/")
    assert [line["slutkod"] for line in lines[1:4]] == [1, 2, 2]
    assert [lines[4][word] for word in ("avtal", "lästa", "kunde_inte_läsas", "har_fynd")] == [3, 1, 2, 1]
    assert MARKED in (folder / "rapport.json").read_text(encoding="utf-8")


def test_log_includes_what_could_not_be_written_or_run(folder, monkeypatch):
    (folder / "in" / "a1.yaml").write_text(agreement(f"Hos {MARKED}"), encoding="utf-8")

    def held(_start: str, target: str | Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(os, "replace", held)
    done = batch("in/a1.yaml", "-o", "ut", "--name", "{titel}", "--log-json")
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert lines[1]["filer"] == [{"slag": "docx", "läge": "kunde inte skrivas"}]
    assert lines[1]["problem"] == [{"kod": "", "skäl": "filen kan inte skrivas"}]
    assert MARKED not in done.said
    stopped = json.loads(batch("finnsinte.yaml", "-o", "ut", "--log-json").err)
    assert stopped["händelse"] == "stopp"
    assert stopped["problem"] == [{"kod": "", "skäl": "filen finns inte", "plats": "finnsinte.yaml"}]


def test_a_folder_that_may_not_be_written_in(folder, monkeypatch):
    (folder / "ut").mkdir()
    real = open

    def refused(name: str | Path, mode: str = "r", *arguments, **how):
        if "a" in mode and str(name).endswith(".lock"):
            raise PermissionError(13, os.strerror(13), str(name))
        return real(name, mode, *arguments, **how)

    monkeypatch.setattr("builtins.open", refused)
    done = batch("in", "-o", "ut")
    assert done.code == 2
    assert "skriva i mappen" in done.err


pty = pytest.importorskip("pty", reason="Windows har ingen pty")


def on_a_terminal(folder: Path, columns: int, *more: str, **environment: str) -> str:
    """Return everything that a batch writes on a terminal of *columns* columns."""
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    arguments = [sys.executable, "-m", "iopdocs", "batch", "in", "-o", "ut", "--to", "md", "--jobs", "1", *more]
    inherited = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")}
    process = subprocess.Popen(
        arguments, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
        env={**inherited, "TERM": "xterm", **environment},
    )  # fmt: skip
    os.close(theirs)
    said = b""
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            said += piece
    os.close(ours)
    assert process.wait(timeout=60) == 1
    return said.decode()


def test_a_terminal_shows_a_bar_and_no_line_for_each_agreement(folder):
    said = on_a_terminal(folder, 100)
    assert "2/2" in said
    assert "(skriven)" not in said
    assert "2 avtal: 2 dokument skrivna" in said


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_bar_shows_pace_and_time_left(monkeypatch):
    clock = itertools.count(1_000_000, 2)
    for name in ("time", "monotonic"):
        monkeypatch.setattr(time, name, lambda: float(next(clock)))
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_size: os.terminal_size((100, 24)))
    monkeypatch.setenv("TERM", "xterm")
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, Terminal())
    with BatchProgress(40) as progress:
        for number in range(1, 21):
            progress.add_outcome(number, 40, AgreementOutcome(id=f"a{number}", place=f"a{number}.yaml"))
        shown = sys.stderr.getvalue()
    assert "20/40" in shown
    assert re.search(r"\d\d:\d\d:\d\d", shown)
    assert re.search(r"0,\d i sekunden", shown)


@pytest.mark.parametrize("columns", [30, 60])
def test_a_narrow_terminal_keeps_the_bar_on_one_line(folder, columns):
    said = on_a_terminal(folder, columns, NO_COLOR="1")
    bars = [line for line in re.split(r"[\r\n]", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said)) if "/2" in line]
    assert bars
    assert max(len(line.rstrip()) for line in bars) < columns


def test_a_dumb_terminal_gets_plain_lines(folder):
    said = on_a_terminal(folder, 80, TERM="dumb")
    assert "\x1b" not in said
    assert "a1.md (skriven)" in said


def test_nothing_is_made_final_while_a_part_of_the_source_belongs_to_no_agreement(folder):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Avtal"
    for line in (["Avtal", "Titel"], ["A1", "Ett"]):
        book["Avtal"].append(line)
    book.create_sheet("Utbetalning").append(["Avtal", "Belopp"])
    book["Utbetalning"].append(["A1", "1 000 kr"])
    book.save(folder / "avtal.xlsx")
    done = batch("avtal.xlsx", "-o", "ut", "--final")
    assert done.code == 2
    assert "menade du" in done.err
    assert "inga färdiga dokument" in done.err
    assert documents(folder / "ut") == []


def test_a_report_that_somebody_has_edited_stays_and_the_new_one_stands_beside_it(folder):
    how = ["in", "-o", "ut", "--to", "md", "--report", "rapport.json"]
    batch(*how)
    edited = (folder / "rapport.json").read_text(encoding="utf-8").replace("Avtal 1", "Mitt avtal")
    (folder / "rapport.json").write_text(edited, encoding="utf-8")
    done = batch(*how)
    assert "rapport (ny).json – rapport.json har ändrats" in done.out
    assert (folder / "rapport.json").read_text(encoding="utf-8") == edited
    assert json.loads((folder / "rapport (ny).json").read_text(encoding="utf-8"))["avtal"]
    batch(*how)
    assert not (folder / "rapport (ny 2).json").exists()


def test_overwrite_is_about_documents_and_leaves_an_edited_report(folder):
    how = ["in", "-o", "ut", "--to", "md", "--report", "rapport.json", "--overwrite"]
    batch(*how)
    edited = (folder / "rapport.json").read_text(encoding="utf-8").replace("Avtal 1", "Mitt avtal")
    (folder / "rapport.json").write_text(edited, encoding="utf-8")
    (folder / "ut" / "a1.md").write_text("ändrat", encoding="utf-8")
    assert "a1.md (skriven)" in batch(*how).out
    assert (folder / "rapport.json").read_text(encoding="utf-8") == edited
    assert (folder / "rapport (ny).json").exists()


def test_what_lies_beside_an_edited_document_is_written_once(folder):
    how = ["in/a1.yaml", "-o", "ut", "--to", "md"]
    batch(*how)
    (folder / "ut" / "a1.md").write_text("ändrat", encoding="utf-8")
    assert "a1 (ny).md (skriven bredvid)" in batch(*how).out
    again = batch(*how).out
    assert "a1 (ny).md (oförändrad bredvid)" in again
    assert "1 avtal: 1 dokument oförändrat bredvid ett som har ändrats;" in again


def test_what_belongs_to_no_agreement_is_counted_everywhere(folder):
    (folder / "avtal.csv").write_text("Avtal;Titel;Blomma\nA1;Ett;x\n;Två;\n", encoding="utf-8")
    done = batch("avtal.csv", "-o", "ut", "--report", "rapport.json", "--report", "rapport.html")
    assert done.code == 2
    assert "; 2 fel i källan hör inte till något avtal." in done.out
    counted = json.loads((folder / "rapport.json").read_text(encoding="utf-8"))["antal"]
    assert {word: number for word, number in counted.items() if number} == {
        "avtal": 1, "lästa": 1, "har_fynd": 1, "fel_utan_avtal": 2, "skrivna": 1,
    }  # fmt: skip
    assert "2 fel i källan hör inte till något avtal" in (folder / "rapport.html").read_text(encoding="utf-8")


def test_document_with_an_old_name_is_reported_until_removed(folder):
    named = ("in", "-o", "ut", "--to", "html", "--name", "{titel}", "--report", "rapport.json")
    assert "ett annat namn" not in batch(*named).err
    (folder / "in" / "a1.yaml").write_text("titel: Kvällar\n", encoding="utf-8")
    for _turn in range(2):
        told = batch(*named).err
        assert f"Kvarlämnade i mappen, 1 dokument: Avtal 1.html ({REPLACED})." in told
        left = json.loads((folder / "rapport.json").read_text(encoding="utf-8"))["kvarlämnade"]
        assert [(one["namn"], one["avtal"], one["skäl"]) for one in left] == [("Avtal 1.html", "a1.yaml", REPLACED)]
    (folder / "in" / "a1.yaml").write_text("titel: Nätter\n", encoding="utf-8")
    assert f"Avtal 1.html ({REPLACED}), Kvällar.html ({REPLACED})." in batch(*named).err
    assert documents(folder / "ut") == ["Avtal 1.html", "Avtal 2.html", "Kvällar.html", "Nätter.html"]
    for name in ("Avtal 1.html", "Kvällar.html"):
        (folder / "ut" / name).unlink()
    assert "ett annat namn" not in batch(*named).err


def test_both_old_documents_of_renamed_agreements_are_reported(folder):
    named = ("in", "-o", "ut", "--to", "html", "--name", "{titel}")
    batch(*named)
    (folder / "in" / "a1.yaml").write_text("titel: Avtal 2\n", encoding="utf-8")
    (folder / "in" / "a2.yaml").write_text("titel: Avtal 1\n", encoding="utf-8")
    done = batch(*named)
    assert "Avtal 2 (2).html (skriven)" in done.out
    assert "Avtal 1 (2).html (skriven)" in done.out
    assert f"2 dokument: Avtal 1.html ({REPLACED}), Avtal 2.html ({REPLACED})." in done.err


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_nothing_is_written_through_a_link_also_with_overwrite(folder):
    (folder / "hemlig.txt").write_text("Någon annans.", encoding="utf-8")
    (folder / "ut").mkdir()
    (folder / "ut" / "a1.html").symlink_to(folder / "hemlig.txt")
    (folder / "ut" / "a2.html").symlink_to(folder / "finns-inte" / "x.html")
    for switches in ((), ("--overwrite",)):
        batch("in", "-o", "ut", "--to", "html", *switches)
        assert (folder / "hemlig.txt").read_text(encoding="utf-8") == "Någon annans."
        assert {"a1 (ny).html", "a2 (ny).html"} <= set(documents(folder / "ut"))
    assert not (folder / "finns-inte").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_pipe_among_the_files_is_reported_and_not_waited_for(folder):
    os.mkfifo(folder / "in" / "ror.yaml")
    done = batch("in", "-o", "ut", "--to", "html")
    assert done.code == 2
    assert "ror.yaml: är ingen vanlig fil" in done.err
    assert documents(folder / "ut") == ["a1.html", "a2.html"]


def test_the_log_does_not_hold_the_name_of_a_sheet_that_is_none_of_ours(folder):
    book = Workbook()
    book.active.title = "Avtal"
    book.active.append(["Avtal", "Titel", "Okänd rubrik"])
    book.active.append(["A1", "Kvällar"])
    book.create_sheet(f"{MARKED} Lind 0701234567").append(["Ett", "Två"])
    book.save(folder / "avtal.xlsx")
    log = batch("avtal.xlsx", "-o", "ut", "--to", "html", "--log-json").err
    assert MARKED not in log
    assert "avtal.xlsx: …!" in log
    assert "avtal.xlsx: Avtal!C1" in log
