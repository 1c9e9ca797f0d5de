"""``iopdocs styles check``, and the page that tells how a municipality makes a template."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.helpers.command import Outcome, iopdocs
from tests.helpers.word_templates import BARE, MACRO_TYPE, OFFICE, OURS, ROOT, SWEDISH, of_type, parts, replaced

PAGE = (ROOT / "docs" / "wordmall.md").read_text(encoding="utf-8")


def run(path: Path, *more: str) -> Outcome:
    return iopdocs("styles", "check", path, *more)


def test_report_lists_what_a_good_template_provides() -> None:
    found = run(SWEDISH)
    assert found.code == 0
    assert found.err == ""
    for line in (
        "svenska-stilar.docx – går att använda",
        "Brödtext: Brödtext (svenskt namn)",
        "Rubrik 4: iopdocs lägger till Rubrik 4",
        "Mallens egen numrering av rubriker används",
        "A4, 210 × 297 mm; texten är 155 mm bred",
        "iopdocs fyller i diarienummer",
        "mallens egen text (stycken: 2)",
    ):
        assert line in " ".join(found.out.split())


def test_what_is_used_instead_of_body_text_is_the_normal_style() -> None:
    found = run(BARE)
    assert found.code == 0
    assert "Brödtext: mallens Normal används" in found.out
    assert "Rubrik 1: Exempelstad nivå 1 (dispositionsnivå)" in found.out
    assert "Mallen har varken sidhuvud eller sidfot." in found.out


def test_something_important_gives_1_and_stands_first(tmp_path: Path) -> None:
    mall = tmp_path / "mall.docx"
    mall.write_bytes(
        replaced(SWEDISH.read_bytes(), "word/document.xml", ('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'))
    )
    found = run(mall)
    assert found.code == 1
    assert "behöver rättas" in found.out.splitlines()[0] + found.out.splitlines()[1]
    assert found.out.index("viktigt: Sidan är inte A4") < found.out.index("Stilar som används")


def test_json_says_the_same() -> None:
    found = run(OFFICE, "--format", "json")
    assert found.code == 0
    data = json.loads(found.out)
    assert data["format"] == 1
    assert data["går_att_använda"] is True
    heading = next(one for one in data["stilar"] if one["roll"] == "Rubrik 1")
    assert heading == {
        "roll": "Rubrik 1", "finns": True, "hittad_genom": "svenskt namn", "stil": "Rubrik 1", "id": "Rubrik1",
        "används": "Rubrik 1", "läggs_till": False,
    }  # fmt: skip
    assert data["sida"]["a4"] is True
    assert data["sida"]["marginaler_mm"] == {"överst": 45, "höger": 25, "nederst": 35, "vänster": 30}
    assert data["sidhuvuden_och_sidfötter"][0]["bilder"][0]["alternativtext"].startswith("Exempelstads kommuns vapen")
    assert data["anmärkningar"] == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "finns inte"),
        (b"hej", "kan inte läsas som ett Word-dokument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "lösenord"),
        (of_type(SWEDISH.read_bytes(), MACRO_TYPE), "makron"),
    ],
    ids=["missing", "text", "locked", "macros"],
)
def test_what_cannot_be_read_gives_2_and_a_message(tmp_path: Path, data: bytes | None, says: str) -> None:
    mall = tmp_path / "egen mall.docx"
    if data is not None:
        mall.write_bytes(data)
    found = run(mall)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"{mall}: ")
    assert says in found.err


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    found = run(tmp_path)
    assert found.code == 2
    assert "mapp" in found.err


def test_a_name_in_a_template_cannot_steer_the_terminal(tmp_path: Path) -> None:
    mall = tmp_path / "mall.docx"
    mall.write_bytes(replaced(SWEDISH.read_bytes(), "word/footer1.xml", ("Postadress", "\u202eord\u200b")))
    found = run(mall)
    assert found.code == 0
    assert "\u202e" not in found.out


def test_a_broken_template_of_a_layer_is_refused_in_swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layer(tmp_path, b"not a zip")
    shutil.copy(ROOT / "examples" / "trygga-kvallar.yaml", tmp_path / "avtal.yaml")
    monkeypatch.chdir(tmp_path)
    found = iopdocs("render", "avtal.yaml", "-o", "avtal.docx", "--layer", "exempelstad")
    assert found.code == 2
    assert "kan inte läsas som ett Word-dokument" in found.err
    assert "zip" not in found.err
    assert not Path("avtal.docx").exists()


def layer(folder: Path, reference: bytes) -> None:
    (folder / "exempelstad").mkdir()
    (manifest,) = re.findall(r"```yaml\n(# exempelstad/lager\.yaml\n.*?)```", PAGE, re.DOTALL)
    (folder / "exempelstad" / "lager.yaml").write_text(manifest, encoding="utf-8")
    (folder / "exempelstad" / "mall.docx").write_bytes(reference)


def test_every_command_of_the_page_does_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(SWEDISH, tmp_path / "mall.docx")
    shutil.copy(ROOT / "examples" / "trygga-kvallar.yaml", tmp_path / "avtal.yaml")
    layer(tmp_path, SWEDISH.read_bytes())
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^\$ iopdocs (.+)$", PAGE, re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        found = iopdocs(*command.split())
        assert found.code == 0, f"{command}: {found.said}"
    assert any(b"vapen" in name.encode() for name in parts((tmp_path / "avtal.docx").read_bytes()))


def test_every_style_that_the_page_names_is_one_that_is_looked_for() -> None:
    listed = PAGE[PAGE.index("| Stil i Word |") : PAGE.index("Word sparar")]
    named = {
        name.strip() for row in listed.splitlines()[2:] for name in row.split("|")[1:2] for name in name.split(",")
    }
    own = re.findall(r"med namnen\s+(.*?)\.", PAGE, re.DOTALL)[0]
    named |= {name.strip() for name in re.split(r",|\boch\b", own)}
    shown = run(OURS).out
    assert len(named - {""}) == 20
    for name in named - {""}:
        assert f": {name} (" in shown, name
