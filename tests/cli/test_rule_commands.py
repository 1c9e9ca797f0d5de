"""``iopdocs rule`` and ``iopdocs rules``: the catalogue as people and programs ask for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iopdocs.library.layer_reader import load_library
from iopdocs.linter.catalogue import catalogue
from iopdocs.linter.external_rules import rules_for
from tests.helpers.command import iopdocs
from tests.helpers.layers import make_layer

LIBRARY = load_library()
CODES = [one.code for one in catalogue(LIBRARY, rules_for(LIBRARY))]
OWN = "namn: var\nutökar: [grund]\npunkter:\n  - {kod: K990, titel: Vår punkt, finns: [mål.syfte], hjälp: Skriv., källa: [{dokument: vårt}]}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


@pytest.mark.parametrize("code", ["S101", "s101", " S101 ", "slut-före-start"])
def test_a_rule_is_explained_in_full(code: str) -> None:
    done = iopdocs("rule", code)
    assert done.code == 0
    for heading in ("Vad", "Varför", "Dåligt exempel", "Bra exempel", "Läser", "Källa"):
        assert f"\n{heading}\n  " in done.out
    assert done.out.startswith("S101 ")
    assert "Nivå: fel" in done.out
    assert "slut: 2026-12-31" in done.out


def test_a_point_of_a_profile_is_explained_too() -> None:
    out = iopdocs("rule", "k101").out
    assert "bakgrund.behov" in out
    assert "\nProfiler\n" in out


def test_what_is_explained_can_be_read_by_a_program() -> None:
    data = json.loads(iopdocs("rule", "S101", "--format", "json").out)
    assert data["kod"] == "S101"
    assert data["källor"]
    assert data["format"] == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rule", "S1011"], "S1"),
        (["rule", "qqq"], "iopdocs rules"),
        (["rule"], "KOD saknas"),
        (["rules", "--family", "Å"], "”Å”"),
        (["rules", "--profile", "malm"], "malmo"),
        (["rules", "--layer", "nix"], "lagret finns inte"),
    ],
)
def test_a_wrong_question_says_what_is_right(arguments: list[str], says: str) -> None:
    done = iopdocs(*arguments)
    assert done.code == 2
    assert says in done.err


def test_every_rule_and_point_is_listed_once() -> None:
    lines = iopdocs("rules").out.splitlines()
    assert [line.split()[0] for line in lines if line[:4] in CODES] == CODES
    assert lines[-1].startswith(f"{len(CODES)} regler")
    data = json.loads(iopdocs("rules", "--format", "json").out)
    assert [one["kod"] for one in data["regler"]] == CODES


def test_a_family_is_a_beginning_of_codes() -> None:
    data = json.loads(iopdocs("rules", "--family", "s", "--family", "K1", "--format", "json").out)
    assert {one["kod"][:2] for one in data["regler"]} <= {"S1", "S2", "K1"}
    assert {one["kod"] for one in data["regler"]} == {code for code in CODES if code.startswith(("S", "K1"))}


def test_a_profile_lists_its_points_and_every_rule_it_keeps() -> None:
    data = json.loads(iopdocs("rules", "--profile", "malmo", "--format", "json").out)["regler"]
    profile = LIBRARY.profile("malmo")
    removed = {change.code for change in profile.changes if change.removed}
    points = {one["kod"] for one in data if one["profiler"]}
    assert points == {point.code for point in profile.points}
    assert not removed & {one["kod"] for one in data}
    assert "S101" in {one["kod"] for one in data}


def test_ones_own_profile_is_known_by_its_layer_or_the_settings(folder: Path) -> None:
    make_layer(folder / "lager", {"profiler/var.yaml": OWN})
    assert iopdocs("rule", "K990").code == 2
    assert "Vår punkt" in iopdocs("rule", "K990", "--layer", "lager").out
    assert "K990" in iopdocs("rules", "--profile", "var", "--layer", "lager").out
    (folder / "iopdocs.yaml").write_text("lager: [lager]\n", encoding="utf-8")
    assert "Vår punkt" in iopdocs("rule", "K990").out
    assert iopdocs("rule", "K990", "--no-config").code == 2


@pytest.mark.parametrize("columns", ["20", "40", "100", "300"])
def test_any_width_will_do(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "S101" in iopdocs("rules").out
    assert iopdocs("rule", "S101").code == 0
