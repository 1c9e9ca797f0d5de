"""The reports of a batch as files: what may be replaced, what is refused, and that the same report gives the same bytes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.report_data import ROW_ALONE, batch_schema
from iopdocs.batch.report_file import check_report, write_report
from iopdocs.errors import Problem, WriteError, install_hint
from iopdocs.register.rows import RegisterRow
from tests.helpers.batch_reports import DAY, outcome, report
from tests.helpers.properties import examples
from tests.helpers.refusals import no_writing

NAMES = ("rapport.html", "rapport.xlsx", "rapport.json")
SCHEMA = batch_schema()


def refused(path: Path, **options: Any) -> Problem:
    """Return why *path* is refused as the place of a report."""
    with pytest.raises(WriteError) as caught:
        check_report(path, **options)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("name", NAMES)
def test_the_same_report_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    write_report(report(40), tmp_path / name)
    first = (tmp_path / name).read_bytes()
    write_report(report(40), tmp_path / name, overwrite=True)
    assert (tmp_path / name).read_bytes() == first


@pytest.mark.parametrize("name", NAMES)
def test_a_report_of_ours_is_replaced_without_asking(name: str, tmp_path: Path) -> None:
    write_report(report(3), tmp_path / name)
    first = (tmp_path / name).read_bytes()
    check_report(tmp_path / name)
    write_report(report(4), tmp_path / name)
    assert (tmp_path / name).read_bytes() != first


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_report_is_left_as_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"Mina anteckningar")
    assert "--overwrite" in refused(tmp_path / name).hint
    with pytest.raises(WriteError):
        write_report(report(2), tmp_path / name)
    assert (tmp_path / name).read_bytes() == b"Mina anteckningar"
    check_report(tmp_path / name, overwrite=True)
    write_report(report(2), tmp_path / name, overwrite=True)
    assert (tmp_path / name).read_bytes() != b"Mina anteckningar"


@pytest.mark.parametrize("name", ["rapport.html", "rapport.json"])
def test_notes_that_somebody_wrote_in_a_report_are_not_lost(name: str, tmp_path: Path) -> None:
    write_report(report(3), tmp_path / name)
    noted = (tmp_path / name).read_bytes().replace(b"Trygga", b"Ring dem! Trygga", 1)
    (tmp_path / name).write_bytes(noted)
    assert "ändrats" in refused(tmp_path / name).message
    assert (tmp_path / name).read_bytes() == noted


def test_a_workbook_that_somebody_has_saved_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rapport.xlsx"
    write_report(report(3), path)
    book = load_workbook(path)
    book["Avtal"]["B2"] = "Ring dem!"
    book.save(path)
    assert "ändrats" in refused(path).message


@pytest.mark.parametrize(
    ("name", "said"), [("rapport.pdf", "”.pdf”"), ("rapport", "saknar ändelse"), ("html", "saknar")]
)
def test_a_suffix_that_is_none_of_ours_is_refused_with_those_that_are(name: str, said: str, tmp_path: Path) -> None:
    problem = refused(tmp_path / name)
    assert said in problem.message
    assert ".html, .xlsx eller .json" in problem.hint


def test_a_suffix_in_capitals_is_the_same_suffix(tmp_path: Path) -> None:
    write_report(report(2), tmp_path / "RAPPORT.HTML")
    assert (tmp_path / "RAPPORT.HTML").read_bytes().startswith(b"<!DOCTYPE html>")


def test_a_folder_that_is_not_there_is_refused_unless_it_is_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "ut" / "rapport.html"
    assert refused(path).message == "mappen finns inte"
    check_report(path, made=tmp_path / "ut")
    assert refused(tmp_path / "annan" / "rapport.html", made=tmp_path / "ut").message == "mappen finns inte"


def test_a_folder_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "rapport.html").mkdir()
    assert refused(tmp_path / "rapport.html", overwrite=True).message == "är en mapp, ingen fil"


def test_without_openpyxl_a_workbook_is_refused_before_any_work_and_the_others_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert refused(tmp_path / "rapport.xlsx").hint == install_hint("openpyxl")
    check_report(tmp_path / "rapport.html")
    check_report(tmp_path / "rapport.json")


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_that_cannot_be_written_in_keeps_the_old_report(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(report(2), tmp_path / name)
    before = (tmp_path / name).read_bytes()
    no_writing(monkeypatch)
    with pytest.raises(WriteError):
        write_report(report(3), tmp_path / name)
    assert (tmp_path / name).read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [name]


def read_json(made: BatchReport, folder: Path) -> dict[str, Any]:
    path = folder / "rapport.json"
    write_report(made, path, overwrite=True)
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(data)
    return data


def test_json_says_all_that_became_of_each_agreement(tmp_path: Path) -> None:
    made = report(40)
    data = read_json(made, tmp_path)
    assert data["källa"] == "avtal.xlsx"
    assert data["dag"] == DAY.isoformat()
    assert [one["id"] for one in data["avtal"]] == [one.id for one in made.outcomes]
    unread = data["avtal"][17]
    assert unread["läge"] == "kunde inte läsas"
    assert unread["register"] is None
    assert unread["problem"][0]["plats"] == "Avtal!E20"
    first, row = data["avtal"][0], made.outcomes[0].row
    assert row is not None
    assert first["register"]["slut"] == (row.end.isoformat() if row.end else None)
    assert first["register"]["organisationsnummer"] == [{"part": "Exempelstads kommun", "nummer": "212000-0000"}]
    assert sum(one["belopp"] for one in first["register"]["utbetalningar"]) == sum(one.amount for one in row.paid)
    assert len(first["saknas"]) == len(made.outcomes[0].lacking)
    assert {file["läge"] for one in data["avtal"] for file in one["filer"]} == {
        "skriven",
        "oförändrad",
        "skriven bredvid",
    }


def test_every_field_of_the_register_has_a_key_of_its_own() -> None:
    of_many = {"id", "ids", "extensions"}
    sources = sorted(str(key.source) for key in ROW_ALONE.keys)
    assert sources == sorted({field.name for field in attrs.fields(RegisterRow)} - of_many)
    assert len(SCHEMA["$defs"]["register"]["properties"]) == len(sources)


def test_the_schema_is_a_schema_with_an_explanation_of_every_key() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for name in ("avtal", "fil", "problem"):
        for key, value in SCHEMA["$defs"][name]["properties"].items():
            assert value.get("description") or "anyOf" in value, f"{name}.{key}"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_batch_and_one_without_a_day_make_reports_too(name: str, tmp_path: Path) -> None:
    empty = BatchReport(source="tom", day=date.min, profiles=(), headings={}, outcomes=(), interrupted=True)
    write_report(empty, tmp_path / name)
    write_report(attrs.evolve(report(20), day=date.min), tmp_path / name)


AWKWARD = st.text(max_size=40) | st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "=1+1",
        '"><img src=x onerror=alert(1)>',
        "&lt;",
        "\ud800",
        "\x00",
        "]]>",
    ]
)


@examples(30)
@given(text=AWKWARD, day=st.dates(), year=st.integers(1, 9999))
def test_no_text_or_day_stops_a_report(
    text: str, day: date, year: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("rapport")
    made = hostile(text, day, year)
    for name in NAMES:
        write_report(made, folder / name)
        check_report(folder / name)
    read_json(made, folder)


def hostile(text: str, day: date, year: int) -> BatchReport:
    """Return a report that says *text* wherever a report can."""
    one = outcome(0)
    assert one.row is not None
    row = attrs.evolve(
        one.row, title=text, status=text, case_numbers=(text,), public=(text,), civil=(text, text), others=(text,),
        area=text, purpose=text, end=day, notice_last=day, follow_up_text=text, follow_up=None, file=text,
        sums=tuple(attrs.evolve(each, party=text, year=None) for each in one.row.sums),
        paid=tuple(attrs.evolve(each, payer=text, payee=text, year=year) for each in one.row.paid),
    )  # fmt: skip
    bad = attrs.evolve(
        one, id=text, place=text, title=text, row=row, problems=(Problem(text, text, text, text),),
        written=tuple(attrs.evolve(each, name=text, kind=text) for each in one.written),
        lacking=tuple(attrs.evolve(each, title=text, code=text, section=text) for each in one.lacking),
        tallies=tuple(attrs.evolve(each, section=text) for each in one.tallies),
    )  # fmt: skip
    return attrs.evolve(
        report(2), source=text, headings={text: text}, outcomes=(bad, outcome(1)), problems=bad.problems
    )
