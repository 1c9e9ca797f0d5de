"""A workbook that LibreOffice has opened and saved says the same as before."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import iopdocs
from iopdocs.sources.reader import load_row, read_source
from tests.helpers.workbooks import rows_of, save_small

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
SOFFICE = shutil.which("soffice")


def has_calc() -> bool:
    """Whether LibreOffice can write workbooks here."""
    if SOFFICE is None:
        return False
    program = Path(os.path.realpath(SOFFICE)).parent
    return any((program / name).exists() for name in ("libsclo.so", "scalc", "scalc.exe", "libsclo.dylib"))


@pytest.mark.libreoffice
def test_a_workbook_saved_by_libreoffice_reads_as_before(tmp_path):
    if not has_calc():
        assert not os.environ.get("IOPDOCS_REQUIRE_LIBREOFFICE"), "LibreOffice Calc krävs här"
        pytest.skip("LibreOffice Calc finns inte")
    agreements = [(path.stem, iopdocs.load(path)) for path in EXAMPLES]
    first = save_small(rows_of(agreements), tmp_path / "avtal.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    subprocess.run(
        [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "ut"), str(first)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    source = read_source(tmp_path / "ut" / "avtal.xlsx")
    assert not source.problems
    assert {row.id: load_row(row).agreement for row in source.rows} == dict(agreements)
