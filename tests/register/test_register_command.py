"""``iopdocs register`` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command import iopdocs
from tests.helpers.registers import agreement, paying

DATE = ("--date", "2027-06-01")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_register_is_written_and_reported(here: Path) -> None:
    agreement(here / "avtal", "a.yaml")
    agreement(here / "avtal", "b.yaml", start="2028-01-01", end="2029-12-31")
    done = iopdocs("register", "avtal", "-o", "r.xlsx", "-o", "r.csv", *DATE)
    assert done.code == 0
    assert done.out.splitlines() == [
        f"{name}: 1 avtal, 1 förlängningar inräknade, 0 att bevaka." for name in ("r.xlsx", "r.csv")
    ]
    assert iopdocs("register", "avtal", "-o", "r.xlsx", *DATE).code == 0


def test_one_bad_file_does_not_stop_the_others(here: Path) -> None:
    agreement(here / "avtal", "a.yaml")
    (here / "avtal" / "b.yaml").write_text("titel: [\n", encoding="utf-8")
    done = iopdocs("register", "avtal", "-o", "r.csv", *DATE)
    assert done.code == 2
    assert "b.yaml:" in done.err
    assert "1 avtal" in done.out
    assert "a.yaml" in (here / "r.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("avtal",), "ange -o register.xlsx"),
        (("avtal", "-o", "r.ods"), "välj .xlsx, .csv eller .json"),
        (("avtal", "-o", "finns/inte/r.csv"), "mappen finns inte"),
        (("avtal", "-o", "eget.csv"), "inget register som iopdocs har gjort"),
        (("finnsinte", "-o", "r.csv"), "finns inte"),
        (("tom", "-o", "r.csv"), "mappen innehåller inga datafiler"),
        (("avtal", "-o", "r.csv", "--date", "igår"), "--date"),
        (("avtal", "-o", "r.csv", "--format", "json"), "--summary"),
        (("avtal", "-o", "r.csv", "--base", "saknas.yaml"), "filen finns inte"),
    ],
)
def test_impossible_request_is_reported_and_nothing_is_written(
    here: Path, arguments: tuple[str, ...], words: str
) -> None:
    agreement(here / "avtal", "a.yaml")
    (here / "tom").mkdir()
    (here / "eget.csv").write_text("mitt", encoding="utf-8")
    done = iopdocs("register", *arguments)
    assert done.code == 2
    assert words in done.err
    assert not (here / "r.csv").exists()
    assert (here / "eget.csv").read_text(encoding="utf-8") == "mitt"


def test_the_counts_to_read_and_as_data(here: Path) -> None:
    agreement(here / "avtal", "a.yaml", more="huvudområde: Trygghetsskapande insatser")
    agreement(here / "avtal", "b.yaml", number="2", purpose="Annat", start="2027-01-01", status="utkast")
    done = iopdocs("register", "avtal", "--summary", *DATE)
    assert done.code == 0
    assert done.out.startswith("2 partnerskap, varav 1 pågår den 2027-06-01.")
    assert "Trygghetsskapande insatser" in done.out
    data = json.loads(iopdocs("register", "avtal", "--summary", "--format", "json", *DATE).out)
    tables = {
        table["namn"]: {row["namn"]: (row["antal"], row["pågår"]) for row in table["rader"]}
        for table in data["tabeller"]
    }
    assert tables["huvudområde"] == {"Trygghetsskapande insatser": (1, 1), "ej angivet": (1, 0)}
    assert tables["avtalstid"] == {"under två år": (1, 0), "tre år till under fem år": (1, 1)}
    assert tables["offentlig_aktör"] == {"kommun": (2, 1)}
    assert tables["målgrupp"] == {"ej angivet": (2, 1)}


def test_the_rate_stands_in_the_settings(here: Path) -> None:
    agreement(here / "avtal", "a.yaml", more=paying("2 900 000 kr", 2027))
    (here / "iopdocs.yaml").write_text("gränser: {eurokurs: 10}\n", encoding="utf-8")
    for extra, words in (((), "96 procent av taket"), (("--no-config",), "eurokursen saknas")):
        iopdocs("register", "avtal", "-o", "r.json", *DATE, *extra)
        told = json.loads((here / "r.json").read_text(encoding="utf-8"))["bevaka"]
        assert any(words in one["beskrivning"] for one in told)


def test_a_document_without_data_says_so(here: Path) -> None:
    agreement(here, "a.yaml")
    assert iopdocs("render", "a.yaml", "-o", "a.docx").code == 0
    assert iopdocs("render", "a.yaml", "-o", "b.docx", "--no-data").code == 0
    assert iopdocs("register", "a.docx", "-o", "r.csv", *DATE).code == 0
    done = iopdocs("register", "b.docx", "-o", "s.csv", *DATE)
    assert done.code == 2
    assert "b.docx: dokumentet innehåller inga data från iopdocs" in done.err


def test_what_all_have_in_common(here: Path) -> None:
    agreement(here / "avtal", "a.yaml")
    (here / "gemensamt.yaml").write_text("huvudområde: Övrigt\n", encoding="utf-8")
    iopdocs("register", "avtal", "-o", "r.json", "--base", "gemensamt.yaml", *DATE)
    assert json.loads((here / "r.json").read_text(encoding="utf-8"))["avtal"][0]["huvudområde"] == "Övrigt"
