"""An agreement counts once: as data and as a document, in two sources, and when it has been extended."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import docx
import pytest

import iopdocs
from iopdocs.register.rows import WatchKind
from tests.helpers.registers import agreement, paying, register, told

DAY = date(2027, 6, 1)


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    file = agreement(tmp_path, "a.yaml")
    assert len(register(tmp_path, file).rows) == 1


def test_data_and_document_count_once(tmp_path: Path) -> None:
    file = agreement(tmp_path / "data", "a.yaml", more="rättslig_bedömning: {slutsats: Hemligt}")
    iopdocs.render(iopdocs.load(file)).save(tmp_path / "a.docx")
    for sources in ((file, tmp_path / "a.docx"), (tmp_path / "a.docx", file)):
        (row,) = register(*sources).rows
        assert row.file == f"{file}, {tmp_path / 'a.docx'}"
        assert not row.edited


def test_a_new_status_in_the_data_file_goes_before_the_document(tmp_path: Path) -> None:
    draft = agreement(tmp_path, "a.yaml", status="utkast")
    iopdocs.render(iopdocs.load(draft)).save(tmp_path / "a.docx")
    agreement(tmp_path, "a.yaml", status="gällande")
    (row,) = register(tmp_path / "a.docx", draft).rows
    assert row.status == "gällande"
    assert row.active


@pytest.mark.parametrize("number", ["KS 2024/1", ""])
def test_document_with_other_data_counts_with_its_data_file_and_is_reported(tmp_path: Path, number: str) -> None:
    file = agreement(tmp_path, "a.yaml", number=number)
    document = iopdocs.render(iopdocs.load(file)).save(tmp_path / "a.docx")
    opened = docx.Document(str(document))
    opened.add_paragraph("Tillagt för hand.")
    opened.save(str(document))
    agreement(tmp_path, "a.yaml", end="2026-06-30", number=number)
    for sources in ((file, document), (document, file)):
        made = register(*sources)
        (row,) = made.rows
        assert row.end == date(2026, 6, 30)
        assert row.edited
        (watch,) = told(made, WatchKind.DIFFERING)
        assert watch.agreements == (row.id,)
        assert f"{document} säger något annat än {file} om slutdatum;" in watch.text
        assert told(made, WatchKind.EDITED)
        assert not told(made, WatchKind.CASE_NUMBER)
        assert not told(made, WatchKind.ALIKE)


def test_what_only_the_data_file_says_is_no_difference(tmp_path: Path) -> None:
    file = agreement(tmp_path, "a.yaml")
    iopdocs.render(iopdocs.load(file)).save(tmp_path / "a.docx")
    agreement(tmp_path, "a.yaml", more=paying("1 000 kr", 2026))
    made = register(file, tmp_path / "a.docx")
    assert len(made.rows) == 1
    assert not told(made, WatchKind.DIFFERING)


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Ett annat avtal"},
        {"civil": "Söderbyföreningen", "organisation": "802000-0017"},
        {"number": "KS 2024/2"},
        {"start": "2021-01-01", "end": "2022-12-31"},
        {"number": "", "start": "2025-02-01"},
    ],
)
def test_a_document_of_another_agreement_counts_by_itself(tmp_path: Path, other: dict[str, str]) -> None:
    file = agreement(tmp_path, "a.yaml")
    iopdocs.render(iopdocs.load(agreement(tmp_path, "b.yaml", **other))).save(tmp_path / "b.docx")
    made = register(file, tmp_path / "b.docx")
    assert len(made.rows) == 2
    assert not told(made, WatchKind.DIFFERING)


def test_a_document_that_may_be_of_either_of_two_data_files_counts_by_itself(tmp_path: Path) -> None:
    document = iopdocs.render(iopdocs.load(agreement(tmp_path, "a.yaml"))).save(tmp_path / "a.docx")
    files = [agreement(tmp_path, name, end=end) for name, end in (("a.yaml", "2026-06-30"), ("b.yaml", "2026-05-31"))]
    made = register(*files, document)
    assert len(made.rows) == 3
    assert told(made, WatchKind.CASE_NUMBER)


def test_documents_alone_make_a_register(tmp_path: Path) -> None:
    for number in (1, 2):
        file = agreement(tmp_path / "data", f"{number}.yaml", title=f"Avtal {number}", number=f"KS 2024/{number}")
        iopdocs.render(iopdocs.load(file)).save(tmp_path / f"{number}.docx")
    (tmp_path / "data" / "1.yaml").unlink()
    shutil.rmtree(tmp_path / "data")
    assert [row.title for row in register(tmp_path).rows] == ["Avtal 1", "Avtal 2"]


def test_edited_document_is_reported(tmp_path: Path) -> None:
    file = agreement(tmp_path / "data", "a.yaml")
    path = iopdocs.render(iopdocs.load(file)).save(tmp_path / "a.docx")
    opened = docx.Document(str(path))
    opened.add_paragraph("Tillagt för hand.")
    opened.save(str(path))
    made = register(path)
    assert made.rows[0].edited
    assert [one.agreements for one in told(made, WatchKind.EDITED)] == [("a.docx",)]


def test_a_document_without_data_is_a_problem_and_the_others_are_there(tmp_path: Path) -> None:
    file = agreement(tmp_path, "a.yaml")
    path = iopdocs.render(iopdocs.load(file), data=False).save(tmp_path / "utan.docx")
    made = register(file, path)
    assert len(made.rows) == 1
    (problem,) = made.problems
    assert problem.file == str(path)
    assert "innehåller inga data från iopdocs" in problem.message


def chain(folder: Path, *statuses: str, **how: str) -> None:
    years = iter(range(2021, 2060, 2))
    for number, (status, year) in enumerate(zip(statuses, years, strict=False), 1):
        agreement(
            folder, f"{number}.yaml", start=f"{year}-01-01", end=f"{year + 1}-12-31", status=status,
            **{"number": f"KS {year}/9", **how}, more=paying("1 000 kr", year),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "purpose"), [("KS 2020/7", ""), ("KS 2020/7", "Samma syfte."), ("", "Samma syfte.")]
)
def test_an_extended_agreement_counts_once(tmp_path: Path, number: str, purpose: str) -> None:
    chain(
        tmp_path, "upphörd", "upphörd", "upphörd", "gällande", purpose=purpose, **({"number": number} if number else {})
    )
    (row,) = register(tmp_path).rows
    assert row.extensions == 3
    assert (row.start, row.end, row.months) == (date(2021, 1, 1), date(2028, 12, 31), 96)
    assert row.status == "gällande"
    assert row.active
    assert [one.year for one in row.paid] == [2021, 2023, 2025, 2027]
    assert row.ids == ("1.yaml", "2.yaml", "3.yaml", "4.yaml")
    assert not told(register(tmp_path), WatchKind.CASE_NUMBER)


def test_a_decided_extension_that_has_not_begun_leaves_the_status(tmp_path: Path) -> None:
    agreement(tmp_path, "1.yaml")
    agreement(tmp_path, "2.yaml", start="2028-01-01", end="2029-12-31", status="beslutad")
    (row,) = register(tmp_path).rows
    assert row.status == "gällande"
    assert row.active
    assert row.end == date(2029, 12, 31)


def test_a_draft_of_an_extension_is_a_row_of_its_own_and_a_successor(tmp_path: Path) -> None:
    agreement(tmp_path, "1.yaml")
    assert told(register(tmp_path), WatchKind.ENDING)
    agreement(tmp_path, "2.yaml", start="2028-01-01", end="2029-12-31", status="utkast")
    made = register(tmp_path)
    assert [row.extensions for row in made.rows] == [0, 0]
    assert not told(made, WatchKind.ENDING)
    assert not told(made, WatchKind.CASE_NUMBER)
    assert not told(made, WatchKind.ALIKE)


@pytest.mark.parametrize(
    ("start", "joined"),
    [("2028-01-01", True), ("2028-03-15", True), ("2027-12-15", True), ("2028-06-01", False), ("2027-03-01", False)],
)
def test_the_second_follows_the_first(tmp_path: Path, start: str, joined: bool) -> None:
    agreement(tmp_path, "1.yaml")
    agreement(tmp_path, "2.yaml", start=start, end="2030-12-31")
    assert (len(register(tmp_path).rows) == 1) is joined


@pytest.mark.parametrize(
    "other",
    [{"civil": "En annan förening", "organisation": "802999-0010"}, {"number": "KS 2027/9", "purpose": "Något annat."}],
)
def test_another_partnership_is_no_extension(tmp_path: Path, other: dict[str, str]) -> None:
    agreement(tmp_path, "1.yaml")
    agreement(tmp_path, "2.yaml", start="2028-01-01", end="2030-12-31", **other)
    assert len(register(tmp_path).rows) == 2


def test_what_ended_early_is_not_extended(tmp_path: Path) -> None:
    agreement(tmp_path, "1.yaml", more="upphörd_i_förtid: ja", status="upphörd")
    agreement(tmp_path, "2.yaml", start="2028-01-01", end="2030-12-31")
    assert len(register(tmp_path).rows) == 2


def test_names_that_are_taken_become_the_files(tmp_path: Path) -> None:
    one = agreement(tmp_path / "norr", "a.yaml", title="Norr", number="1", purpose="Ett")
    two = agreement(tmp_path / "syd", "a.yaml", title="Syd", number="2", purpose="Två")
    assert [row.id for row in register(one, two).rows] == ["a.yaml", str(two)]


def test_a_file_that_is_wrong_does_not_stop_the_others(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml")
    (tmp_path / "b.yaml").write_text("titel: [\n", encoding="utf-8")
    made = register(tmp_path)
    assert len(made.rows) == 1
    assert made.problems[0].file.endswith("b.yaml")
