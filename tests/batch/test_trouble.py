"""What can go wrong around a batch: a worker that dies, names too long, PDFs that cannot be replaced, odd disks."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest

import iopdocs
from iopdocs.batch import journal, runner
from iopdocs.batch.outcome import BatchReport, OutcomeState
from iopdocs.batch.runner import run
from iopdocs.batch.worker_task import WorkerSettings
from iopdocs.errors import RenderError
from iopdocs.linter.options import LintOptions
from iopdocs.sources.rows import AgreementSource, SourceRow

LIBRARY = iopdocs.load_library()


class Deadly:
    """Ends the process that unpickles it, as one that runs out of memory is ended."""

    def __reduce__(self):
        return os._exit, (3,)


def rows(*titles: str) -> tuple[SourceRow, ...]:
    return tuple(
        SourceRow(f"A{n}", f"rad {n}", iopdocs.loads(f"titel: {title}\n")) for n, title in enumerate(titles, 1)
    )


def batch(
    source: tuple[SourceRow, ...], out: Path, *, kinds: tuple[str, ...] = ("md",), jobs: int = 1, **how
) -> BatchReport:
    out.mkdir(exist_ok=True)
    work = WorkerSettings(
        kinds=kinds, lint=LintOptions(today=date(2026, 11, 22)), pattern=how.pop("pattern", "{avtal}")
    )
    return run(AgreementSource(source), out, work, LIBRARY, jobs=jobs, **how)


def states(report: BatchReport) -> list[OutcomeState]:
    return [written.state for one in report.outcomes for written in one.written]


def names(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir() if not path.name.startswith("."))


def test_a_worker_that_dies_takes_only_its_own_agreement(tmp_path):
    first, second, third = rows("Ett", "Två", "Tre")
    deadly = SourceRow("D", "rad D", Deadly())
    report = batch((first, deadly, second, third), tmp_path / "ut", jobs=2)
    assert names(tmp_path / "ut") == ["A1.md", "A2.md", "A3.md"]
    assert [one.id for one in report.outcomes if one.exit_code and one.problems] == ["D"]
    assert str(report.outcomes[1].problems[0]).startswith("rad D: arbetsprocessen avbröts")


def test_internal_error_in_one_agreement_is_reported(tmp_path):
    first, second = rows("Ett", "Två")
    report = batch((first, SourceRow("D", "rad D", object()), second), tmp_path / "ut")
    assert names(tmp_path / "ut") == ["A1.md", "A2.md"]
    assert "fel i iopdocs självt" in str(report.outcomes[1].problems[0])


@pytest.mark.skipif(os.name == "nt", reason="gränsen är en annan på Windows")
def test_too_long_path_is_reported_and_the_rest_is_written(tmp_path):
    # Room for the journal and a short name, and for no more.
    length = os.pathconf("/", "PC_PATH_MAX") - 1 - 40
    out = tmp_path
    while len(str(out)) < length - 1:
        out = out / ("m" * min(200, length - len(str(out)) - 1))
    out.mkdir(parents=True)
    report = batch(rows("kort", "lång " * 40), out, pattern="{titel}")
    assert states(report) == [OutcomeState.WRITTEN, OutcomeState.FAILED]
    assert "för lång" in str(report.outcomes[1].problems[0])
    assert names(out) == ["kort.md"]


def test_windows_says_of_too_long_a_path_that_it_is_not_there(tmp_path, monkeypatch):
    real = os.replace

    def too_long(start: str, target: str | Path) -> None:
        if "A1" in str(target):
            raise FileNotFoundError(errno.ENOENT, "The system cannot find the path specified", str(target))
        real(start, target)

    monkeypatch.setattr(os, "replace", too_long)
    report = batch(rows("Ett", "Två"), tmp_path / "ut")
    assert states(report) == [OutcomeState.FAILED, OutcomeState.WRITTEN]
    assert "sökvägen inte är för lång" in str(report.outcomes[0].problems[0])


def test_a_pdf_that_was_open_is_replaced_when_it_is_closed(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "to_pdfs", lambda documents, _level: [b"%PDF " + one[-40:] for one in documents])
    out = tmp_path / "ut"
    batch(rows("Ett"), out, kinds=("pdf",))
    before = (out / "A1.pdf").read_bytes()

    def held(_start: str, target: str | Path) -> None:
        if str(target).endswith(".pdf"):
            raise PermissionError(13, "Permission denied", str(target))
        real(_start, target)

    real = os.replace
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", held)
        assert states(batch(rows("Nytt namn"), out, kinds=("pdf",))) == [OutcomeState.FAILED]
    assert (out / "A1.pdf").read_bytes() == before
    assert states(batch(rows("Nytt namn"), out, kinds=("pdf",))) == [OutcomeState.WRITTEN]
    assert names(out) == ["A1.pdf"]


def test_agreement_is_reported_after_its_pdf_exists(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "to_pdfs", lambda documents, _level: [b"%PDF " for _one in documents])
    told = []
    batch(
        rows("Ett", "Två"), tmp_path / "ut", kinds=("pdf", "md"),
        tell=lambda done, total, one: told.append((done, total, sorted(written.kind for written in one.written))),
    )  # fmt: skip
    assert told == [(1, 2, ["md", "pdf"]), (2, 2, ["md", "pdf"])]


def test_one_pdf_that_fails_does_not_take_the_others(tmp_path, monkeypatch):
    def convert(documents: list[bytes], _level: object) -> list[bytes]:
        if len(documents) > 1 or b"Tv" in documents[0]:
            raise RenderError([iopdocs.errors.Problem("LibreOffice blev inte klart i tid")])
        return [b"%PDF"]

    monkeypatch.setattr(runner, "to_pdfs", convert)
    monkeypatch.setattr("iopdocs.document.tree.Document.to_docx", lambda self: (self.properties.title or "").encode())
    report = batch(rows("Ett", "Två", "Tre"), tmp_path / "ut", kinds=("pdf",), fail_fast=False)
    assert states(report) == [OutcomeState.WRITTEN, OutcomeState.FAILED, OutcomeState.WRITTEN]
    assert report.outcomes[1].exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="flock finns inte på Windows")
def test_a_disk_that_cannot_lock_is_not_taken_for_another_run(tmp_path, monkeypatch):
    def no_locks(_file: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(journal, "_lock", no_locks)
    with pytest.raises(iopdocs.WriteError, match="kan inte låsas"):
        batch(rows("Ett"), tmp_path / "ut")


def test_what_a_killed_run_had_begun_to_write_is_tidied_away(tmp_path):
    out = tmp_path / "ut"
    out.mkdir()
    (out / ".iopdocs-abc123.tmp").write_bytes(b"halv")
    (out / ".mitt-eget.tmp").write_bytes(b"mitt")
    batch(rows("Ett"), out)
    assert sorted(path.name for path in out.glob(".*.tmp")) == [".mitt-eget.tmp"]


def test_document_changed_during_the_batch_is_reported(tmp_path, monkeypatch):
    out = tmp_path / "ut"
    batch(rows("Ett", "Två"), out)
    real = runner._Batch.add

    def edited(self, row, made):
        (out / "A1.md").write_text("juristens", encoding="utf-8")
        real(self, row, made)

    monkeypatch.setattr(runner._Batch, "add", edited)
    report = batch(rows("Ett", "Två"), out)
    assert states(report) == [OutcomeState.FAILED, OutcomeState.UNCHANGED]
    assert "kör samma kommando igen" in str(report.outcomes[0].problems[0])
    assert (out / "A1.md").read_text(encoding="utf-8") == "juristens"
