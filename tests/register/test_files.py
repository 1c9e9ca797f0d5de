"""The register as a file: a workbook, CSV and JSON; and what is never replaced."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from iopdocs.errors import WriteError
from iopdocs.register import csv_writer, workbook_writer
from iopdocs.register.columns import COLUMNS
from iopdocs.register.json_writer import ROW as ROW_KEYS
from iopdocs.register.json_writer import register_schema
from iopdocs.register.register_file import write_register
from iopdocs.register.rows import Register, RegisterRow, RegisterYearSum
from tests.helpers.properties import examples
from tests.helpers.registers import DAY, agreement, paying, register
from tests.helpers.strategies import texts

EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS = ("xlsx", "csv", "json")
ROW = RegisterRow(
    id="a", title="Trygga kvällar", case_numbers=("0193/15",), start=date(2027, 1, 1), end=date(2027, 12, 31), months=12,
    sums=(RegisterYearSum("Exempelstads kommun", 2027, Decimal("1234567.50"), Decimal(0)),),
)  # fmt: skip


def one(**what) -> Register:
    return Register(day=DAY, rows=(attrs.evolve(ROW, **what),))


def cells(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_csv_is_what_excel_opens() -> None:
    data = csv_writer.write_csv(one())
    assert data.startswith(b"\xef\xbb\xbfAvtal;")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    (row,) = cells(data)
    assert row["Kontanta medel (kr)"] == "1234567,50"
    assert row["Startdatum"] == "2027-01-01"
    assert row["Månader"] == "12"


def test_no_ore_is_lost() -> None:
    (row,) = cells(csv_writer.write_csv(one()))
    assert row["Summor per part och år"] == "Exempelstads kommun 2027: 1\u00a0234\u00a0567,50\u00a0kr kontant"
    (row,) = cells(csv_writer.write_csv(one(sums=(RegisterYearSum("K", 2027, Decimal(1000), Decimal("0.05")),))))
    assert row["Summor per part och år"] == "K 2027: 1\u00a0000\u00a0kr kontant + 0,05\u00a0kr i annat"
    page = load_workbook(io.BytesIO(workbook_writer.write_workbook(one())))["Summor"]
    assert (page["E2"].value, page["E2"].number_format) == (1234567.5, "#,##0.00")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("http://x.example";"klicka")'
    (row,) = cells(csv_writer.write_csv(one(title=text)))
    assert row["Titel"] == f"'{text}"
    page = load_workbook(io.BytesIO(workbook_writer.write_workbook(one(title=text))))["Register"]
    assert page["B2"].data_type == "s"
    assert page["B2"].value.replace("_x000D_", "\r").strip() == text.strip()


@given(texts())
@examples(100)
def test_any_text_comes_back_from_the_csv(text: str) -> None:
    register_ = one(title=text, purpose=text)
    data = csv_writer.write_csv(register_)
    (row,) = cells(data)
    for heading in ("Titel", "Syfte"):
        assert row[heading].removeprefix("'") == text or (row[heading] == text and not text.startswith("'"))
        assert not row[heading].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert csv_writer.is_untouched(data)


@given(st.binary(max_size=200))
@examples(100)
def test_no_other_file_is_taken_for_a_register(data: bytes) -> None:
    assert not csv_writer.is_untouched(data)
    assert not csv_writer.is_untouched(b"\xef\xbb\xbf" + data)
    assert not workbook_writer.is_untouched(data)


def test_the_workbook_has_real_days_and_numbers(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml", more=paying("900 000 kr", 2026), term="uppsägningstid: 6 månader")
    book = load_workbook(io.BytesIO(workbook_writer.write_workbook(register(tmp_path))))
    assert book.sheetnames == ["Register", "Summor", "Att bevaka"]
    page = book["Register"]
    headings = [cell.value for cell in page[1]]
    row = dict(zip(headings, (cell.value for cell in page[2]), strict=True))
    assert row["Slutdatum"] == datetime(2027, 12, 31)
    assert row["Utbetalas (kr)"] == 900_000
    assert row["Månader"] == 36
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref.startswith("A1:")
    assert page.print_title_rows == "$1:$1"
    assert ("Norrbyföreningen", 2026, 900_000) in [(line[2], line[3], line[7]) for line in book["Summor"].values]
    assert [line[0] for line in book["Att bevaka"].values][1:] == ["Uppsägning", "Löper ut", "Offentligt stöd"]


def test_what_could_not_be_read_is_in_the_workbook(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml")
    (tmp_path / "b.yaml").write_text("titel: [\n", encoding="utf-8")
    book = load_workbook(io.BytesIO(workbook_writer.write_workbook(register(tmp_path))))
    first = next(iter(book["Att bevaka"].iter_rows(min_row=2, values_only=True)))
    assert first[0] == "Kunde inte läsas"
    assert first[2].endswith("b.yaml")


def test_the_json_is_as_its_schema_says(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("titel: [\n", encoding="utf-8")
    made = register(EXAMPLES, tmp_path, euro_rate=Decimal(11))
    write_register(made, tmp_path / "r.json")
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, register_schema())
    assert len(data["avtal"]) == 6
    assert data["problem"][0]["rad"]
    assert data["sammanställning"]["antal"] == 6


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_register_gives_the_same_bytes_and_is_replaced_when_it_changes(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"r.{kind}"
    assert write_register(one(), path)
    first = path.read_bytes()
    assert not write_register(one(), path)
    assert write_register(one(title="Annan"), path)
    assert path.read_bytes() != first


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_has_edited_stays(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"r.{kind}"
    write_register(one(), path)
    if kind == "xlsx":
        book = load_workbook(path)
        book["Register"]["B2"] = "Min anteckning"
        book.save(path)
    else:
        path.write_bytes(path.read_bytes().replace("Trygga kvällar".encode(), b"Min anteckning"))
    before = path.read_bytes()
    with pytest.raises(WriteError, match="har ändrats sedan dess"):
        write_register(one(title="Annan"), path)
    assert path.read_bytes() == before
    write_register(one(title="Annan"), path, overwrite=True)
    assert path.read_bytes() != before


@pytest.mark.parametrize("kind", KINDS)
def test_another_file_stays(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"r.{kind}"
    path.write_bytes(b"")
    with pytest.raises(WriteError, match="inget register som iopdocs har gjort"):
        write_register(one(), path)
    assert path.read_bytes() == b""


def test_what_goes_on_without_an_end_has_no_total() -> None:
    (row,) = cells(csv_writer.write_csv(one(end=None, until_further_notice=True)))
    assert row["Kontanta medel (kr)"] == ""
    assert "1 234 567,50 kr" in row["Summor per part och år"].replace("\u00a0", " ")


def test_every_field_of_a_row_is_in_the_json_and_every_heading_is_once() -> None:
    assert sorted(str(key.source) for key in ROW_KEYS.keys) == sorted(field.name for field in attrs.fields(RegisterRow))
    assert len({key.name for key in ROW_KEYS.keys}) == len(ROW_KEYS.keys)
    assert len({column.heading for column in COLUMNS}) == len(COLUMNS)


def test_libreoffice_opens_the_csv_with_the_right_columns(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not installed")
    agreement(tmp_path, "a.yaml", title="'=1+1; två'", more=paying("900 000 kr", 2026))
    write_register(register(tmp_path), tmp_path / "r.csv")
    profile = (tmp_path / "profil").as_uri()
    command = [
        soffice,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--infilter=CSV:59,34,76,1",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "r.csv"], check=False, capture_output=True, timeout=200)
    if not (tmp_path / "r.xlsx").exists() and os.environ.get("IOPDOCS_REQUIRE_LIBREOFFICE") != "1":
        pytest.skip("LibreOffice has no Calc here")
    page = load_workbook(tmp_path / "r.xlsx").active
    row = dict(zip((cell.value for cell in page[1]), (cell.value for cell in page[2]), strict=True))
    assert row["Titel"].lstrip("'") == "=1+1; två"
    assert row["Slutdatum"] == datetime(2027, 12, 31)
    assert row["Utbetalas (kr)"] == 900_000
    assert row["Idéburen aktör"] == "Norrbyföreningen"
