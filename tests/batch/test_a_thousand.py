"""A thousand agreements (two hundred where few will do) from one workbook: all are made, a sample is sound, and the report counts them right."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

from openpyxl import Workbook

from tests.helpers.docx_checks import audit
from tests.helpers.properties import DEPTH, FEW

THOUSAND, SAMPLE = (200, 10) if DEPTH == FEW else (1000, 50)


def workbook(path: Path) -> Path:
    """Write a workbook in which every tenth agreement has no title and every hundredth a date that is none."""
    book = Workbook(write_only=True)
    main, parties = book.create_sheet("Avtal"), book.create_sheet("Parter")
    main.append(["Avtal", "Titel", "Avtalstid: Avtalet börjar gälla"])
    parties.append(["Avtal", "Partens namn", "Typ av part"])
    for n in range(THOUSAND):
        start = "någon gång" if n % 100 == 7 else "2027-01-01"
        main.append([f"A{n:04}", None if n % 10 == 0 else f"Partnerskap {n}", start])
        parties.append([f"A{n:04}", f"Kommun {n}", "kommun"])
        parties.append([f"A{n:04}", f"Föreningen {n}", "ideell förening"])
    book.save(path)
    return path


def test_a_thousand_agreements_on_two_cores(tmp_path):
    source, out, report = workbook(tmp_path / "avtal.xlsx"), tmp_path / "ut", tmp_path / "rapport.json"
    command = [
        sys.executable,
        "-m",
        "iopdocs",
        "batch",
        source,
        "-o",
        out,
        "--jobs",
        "2",
        "--quiet",
        "--report",
        report,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    bad = {f"A{n:04}" for n in range(7, THOUSAND, 100)}
    assert {line.partition("Avtal!C")[2].partition(" ")[0] for line in done.stderr.splitlines()} == {
        str(int(name[1:]) + 2) for name in bad
    }
    made = sorted(path.stem for path in out.glob("*.docx"))
    assert made == sorted({f"A{n:04}" for n in range(THOUSAND)} - bad)
    told = json.loads(report.read_text(encoding="utf-8"))["avtal"]
    assert [one["id"] for one in told] == [f"A{n:04}" for n in range(THOUSAND)]
    assert {one["id"] for one in told if not one["filer"]} == bad
    assert sum(not one["titel"] for one in told if one["filer"]) == THOUSAND // 10
    for name in random.Random(6).sample(made, SAMPLE):
        assert audit((out / f"{name}.docx").read_bytes()) == [], name
