"""A batch: what a rerun makes, what is never overwritten, and what becomes of the others when one goes wrong."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

import iopdocs
from iopdocs.batch import document_placement
from iopdocs.batch.journal import NAME, Journal, locked
from iopdocs.batch.outcome import BatchReport, OutcomeState
from iopdocs.batch.runner import run
from iopdocs.batch.worker_task import WorkerSettings
from iopdocs.linter.options import LintOptions
from iopdocs.sources.reader import read_source

LIBRARY = iopdocs.load_library()
DAY = date(2026, 11, 22)


def agreements(folder: Path, number: int = 4) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(1, number + 1):
        text = f"titel: Avtal nummer {n}\nparter:\n  - {{namn: Exempelstads kommun, typ: kommun}}\n"
        (folder / f"avtal-{n:03}.yaml").write_text(text, encoding="utf-8")
    return folder


def batch(
    source: Path, out: Path, *, kinds: tuple[str, ...] = ("docx", "html"), pattern: str = "{avtal}", **how
) -> BatchReport:
    out.mkdir(exist_ok=True)
    work = WorkerSettings(kinds=kinds, lint=LintOptions(today=DAY), pattern=pattern, final=how.pop("final", False))
    return run(read_source(source), out, work, LIBRARY, name="källa", **how)


def states(report: BatchReport) -> list[OutcomeState]:
    return [written.state for one in report.outcomes for written in one.written]


def documents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if not path.name.startswith(".")}


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_agreement_becomes_its_documents_and_a_rerun_changes_nothing(tmp_path, jobs):
    source = agreements(tmp_path / "in")
    first = batch(source, tmp_path / "ut", jobs=jobs)
    made = documents(tmp_path / "ut")
    assert set(states(first)) == {OutcomeState.WRITTEN}
    assert sorted(made) == [f"avtal-{n:03}.{kind}" for n in range(1, 5) for kind in ("docx", "html")]
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "ut").glob("avtal*")}
    second = batch(source, tmp_path / "ut", jobs=jobs)
    assert set(states(second)) == {OutcomeState.UNCHANGED}
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "ut").glob("avtal*")} == before
    assert documents(tmp_path / "ut") == made


def test_only_what_has_changed_is_made_again(tmp_path):
    source = agreements(tmp_path / "in")
    batch(source, tmp_path / "ut")
    changed = source / "avtal-002.yaml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("nummer 2", "nummer två"), encoding="utf-8")
    report = batch(source, tmp_path / "ut")
    assert [one.id for one in report.outcomes if one.written[0].state is OutcomeState.WRITTEN] == ["avtal-002.yaml"]
    assert b"nummer tv" in (tmp_path / "ut" / "avtal-002.html").read_bytes()


def test_a_document_that_was_removed_is_made_again(tmp_path):
    source = agreements(tmp_path / "in", 1)
    batch(source, tmp_path / "ut")
    made = documents(tmp_path / "ut")
    (tmp_path / "ut" / "avtal-001.docx").unlink()
    batch(source, tmp_path / "ut")
    assert documents(tmp_path / "ut") == made


def test_a_document_edited_since_is_kept_and_the_new_one_stands_beside_it(tmp_path):
    source, out = agreements(tmp_path / "in", 1), tmp_path / "ut"
    batch(source, out)
    edited = out / "avtal-001.html"
    edited.write_bytes(edited.read_bytes().replace(b"Avtal nummer 1", b"Juristens egna ord"))
    theirs = edited.read_bytes()
    report = batch(source, out)
    assert edited.read_bytes() == theirs
    assert [(one.name, one.state) for one in report.outcomes[0].written] == [
        ("avtal-001.docx", OutcomeState.UNCHANGED),
        ("avtal-001 (ny).html", OutcomeState.BESIDE),
    ]
    again = batch(source, out)
    assert [(one.name, one.state) for one in again.outcomes[0].written] == [
        ("avtal-001.docx", OutcomeState.UNCHANGED),
        ("avtal-001 (ny).html", OutcomeState.UNCHANGED_BESIDE),
    ]
    (out / NAME).unlink()
    assert batch(source, out).outcomes[0].written == again.outcomes[0].written
    assert not (out / "avtal-001 (ny 2).html").exists()
    batch(source, out, overwrite=True)
    assert b"Juristens" not in edited.read_bytes()


def test_a_file_that_is_not_ours_is_never_replaced(tmp_path):
    source, out = agreements(tmp_path / "in", 1), tmp_path / "ut"
    out.mkdir()
    (out / "avtal-001.docx").write_bytes(b"mitt eget")
    (out / "avtal-001 (ny).docx").mkdir()
    report = batch(source, out, kinds=("docx",))
    assert (out / "avtal-001.docx").read_bytes() == b"mitt eget"
    assert report.outcomes[0].written[0].name == "avtal-001 (ny 2).docx"


def test_one_bad_agreement_does_not_stop_the_others(tmp_path):
    source = agreements(tmp_path / "in")
    (source / "avtal-002.yaml").write_text("titel: [\n", encoding="utf-8")
    report = batch(source, tmp_path / "ut", jobs=2)
    bad = report.outcomes[1]
    assert bad.exit_code == 2
    assert bad.problems[0].file.endswith("avtal-002.yaml")
    assert not bad.written
    assert [len(one.written) for one in report.outcomes] == [2, 0, 2, 2]


def test_fail_fast_stops_at_the_first(tmp_path):
    source = agreements(tmp_path / "in")
    report = batch(source, tmp_path / "ut", fail_fast=True)
    assert len(report.outcomes) == 1
    assert report.interrupted


def test_final_makes_no_document_of_what_lacks_something(tmp_path):
    report = batch(agreements(tmp_path / "in", 1), tmp_path / "ut", final=True)
    assert report.outcomes[0].problems
    assert not documents(tmp_path / "ut")


def test_two_that_want_the_same_name_are_numbered_and_stay_so(tmp_path):
    source, out = agreements(tmp_path / "in", 3), tmp_path / "ut"
    names = [one.written[0].name for one in batch(source, out, kinds=("md",), pattern="{offentlig}").outcomes]
    assert names == ["Exempelstads kommun.md", "Exempelstads kommun (2).md", "Exempelstads kommun (3).md"]
    (source / "avtal-001.yaml").unlink()
    later = [one.written[0].name for one in batch(source, out, kinds=("md",), pattern="{offentlig}").outcomes]
    assert later == names[1:]


def test_the_journal_is_on_the_disk_before_the_file_is_in_its_place(tmp_path, monkeypatch):
    source, out = agreements(tmp_path / "in", 1), tmp_path / "ut"
    seen = []

    def stopped(path: Path, data: bytes) -> None:
        seen.append((path.name, document_placement.digest_of(data) in (out / NAME).read_text(encoding="utf-8")))
        raise KeyboardInterrupt

    monkeypatch.setattr(document_placement, "write_atomically", stopped)
    report = batch(source, out, kinds=("docx",))
    assert seen == [("avtal-001.docx", True)]
    assert report.interrupted
    monkeypatch.undo()
    assert states(batch(source, out, kinds=("docx",))) == [OutcomeState.WRITTEN]


def test_a_torn_last_line_of_the_journal_is_passed_over(tmp_path):
    source, out = agreements(tmp_path / "in", 2), tmp_path / "ut"
    batch(source, out)
    with open(out / NAME, "ab") as file:
        file.write(b'{"version": 1, "id": "avtal-001.ya')
    (source / "avtal-001.yaml").write_text("titel: Nytt\n", encoding="utf-8")
    assert states(batch(source, out))[:2] == [OutcomeState.WRITTEN, OutcomeState.WRITTEN]
    assert set(states(batch(source, out))) == {OutcomeState.UNCHANGED}


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"null",
        b'{"version": 1}',
        b'{"version": 2, "id": "x"}',
        b"\xff\xfe",
        b'{"version": 1, "id": 7}',
        b"[" * 5000,
    ],
)
def test_a_journal_that_somebody_has_damaged_does_not_stop_the_work(tmp_path, line):
    (tmp_path / NAME).write_bytes(line + b"\n")
    assert Journal(tmp_path).names == {}


def test_a_journal_that_names_a_file_elsewhere_leads_nowhere(tmp_path):
    source, out = agreements(tmp_path / "in", 1), tmp_path / "ut"
    batch(source, out, kinds=("docx",))
    (tmp_path / "hemlig.docx").write_bytes((out / "avtal-001.docx").read_bytes())
    entry = json.loads((out / NAME).read_text(encoding="utf-8").splitlines()[-1])
    (out / NAME).write_text(json.dumps(entry | {"name": "../hemlig.docx"}) + "\n", encoding="utf-8")
    assert [one.name for one in batch(source, out, kinds=("docx",)).outcomes[0].written] == ["avtal-001.docx"]


def test_two_batches_cannot_write_in_the_same_folder_at_once(tmp_path):
    source = agreements(tmp_path / "in", 1)
    (tmp_path / "ut").mkdir()
    with locked(tmp_path / "ut"), pytest.raises(iopdocs.WriteError, match="annan körning"):
        batch(source, tmp_path / "ut")
    assert batch(source, tmp_path / "ut").outcomes[0].written


def test_full_disk_keeps_old_files_and_is_reported_for_each_agreement(tmp_path, monkeypatch):
    source, out = agreements(tmp_path / "in", 2), tmp_path / "ut"
    batch(source, out, kinds=("docx",))
    made = documents(out)
    for path in source.iterdir():
        path.write_text("titel: Nytt\n", encoding="utf-8")

    def full(_source: str, target: str | Path) -> None:
        raise OSError(28, os.strerror(28), str(target))

    monkeypatch.setattr(os, "replace", full)
    report = batch(source, out, kinds=("docx",))
    monkeypatch.undo()
    assert documents(out) == made
    assert [one.written[0].state for one in report.outcomes] == [OutcomeState.FAILED, OutcomeState.FAILED]
    assert all("disken" in problem.hint for one in report.outcomes for problem in one.problems)
    assert states(batch(source, out, kinds=("docx",))) == [OutcomeState.WRITTEN, OutcomeState.WRITTEN]


def test_file_open_elsewhere_is_reported_and_the_rest_is_written(tmp_path, monkeypatch):
    source, out = agreements(tmp_path / "in", 2), tmp_path / "ut"
    real = os.replace

    def held(start: str, target: str | Path) -> None:
        if str(target).endswith("avtal-001.docx"):
            raise PermissionError(13, "Permission denied", str(target))
        real(start, target)

    monkeypatch.setattr(os, "replace", held)
    report = batch(source, out, kinds=("docx",))
    assert states(report) == [OutcomeState.FAILED, OutcomeState.WRITTEN]
    assert "öppen i ett annat program" in report.outcomes[0].problems[0].hint


def test_without_room_for_the_journal_nothing_is_written(tmp_path, monkeypatch):
    source, out = agreements(tmp_path / "in", 1), tmp_path / "ut"

    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(iopdocs.WriteError, match="journalen"):
        batch(source, out)
    assert not documents(out)


def test_a_folder_moved_elsewhere_is_taken_up_where_it_was(tmp_path):
    source = agreements(tmp_path / "in", 2)
    batch(source, tmp_path / "ut")
    shutil.move(tmp_path / "ut", tmp_path / "flyttad")
    assert set(states(batch(source, tmp_path / "flyttad"))) == {OutcomeState.UNCHANGED}
