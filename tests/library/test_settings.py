"""``iopdocs.yaml``: where it is found, what it says, and how a mistake in it is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.errors import LoadError, Problem
from iopdocs.findings import FailOn
from iopdocs.library.project_settings import find_settings, load_settings
from tests.helpers.command import iopdocs
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples

ENDS_FIRST = "titel: Prov\navtalstid:\n  start: 2027-01-01\n  slut: 2026-12-31\n"
PROFILE = "namn: var\npunkter:\n  - {kod: K990, titel: Vår punkt, finns: [mål.syfte], hjälp: Skriv., källa: [{dokument: vårt}]}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def codes(*arguments: str) -> set[str]:
    data = json.loads(iopdocs("lint", "--format", "json", *arguments).out)
    return {finding["kod"] for report in data["rapporter"] for finding in report["fynd"]}


def test_the_nearest_file_above_wins_alone(folder: Path) -> None:
    write("iopdocs.yaml", "välj: [S101]\n")
    write("under/iopdocs.yaml", "ignorera: [S101]\n")
    write("a.yaml", ENDS_FIRST)
    write("under/djup/b.yaml", ENDS_FIRST)
    assert codes("a.yaml") == {"S101"}
    below = codes("under/djup/b.yaml")
    assert "S101" not in below
    assert "K101" in below
    assert find_settings("under/djup/b.yaml") == folder / "under" / "iopdocs.yaml"


def test_all_keys_are_read(folder: Path) -> None:
    make_layer(folder / "texter", {})
    write(
        "iopdocs.yaml",
        "format: 1\nprofiler: [malmo, vgr]\nlager: [texter]\nvälj: [K, S]\nignorera: [K104]\nstoppa_vid: varning\n"
        "gränser: {ord_per_mening: 30, eurokurs: '11,20'}\nbaslinje: kända.yaml\n",
    )
    project = load_settings(".")
    assert project.settings.profiles == ("malmo", "vgr")
    assert project.settings.fail_on is FailOn.WARNING
    assert project.settings.limits is not None
    assert project.settings.limits.sentence_words == 30
    assert [path.resolve() for path in project.layers] == [folder / "texter"]
    assert project.baseline is not None
    assert project.baseline.resolve() == folder / "kända.yaml"


@pytest.mark.parametrize("text", ["", "\n \n", "# bara en kommentar\n", "format: 1\n"])
def test_an_empty_file_sets_nothing_but_ends_the_search(folder: Path, text: str) -> None:
    write("iopdocs.yaml", "ignorera: [S101]\n")
    write("under/iopdocs.yaml", text)
    write("under/a.yaml", ENDS_FIRST)
    assert "S101" in codes("under/a.yaml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("profil: grund\n", ["iopdocs.yaml:1:1", "menade du ”profiler”"]),
        ("profiler: grund\n", ["iopdocs.yaml:1:11", "lista", "[grund]"]),
        ("profiler: [grnd]\n", ["iopdocs.yaml:1:12", "profiler[1]", "grund"]),
        ("ignorera:\n  - K\n  - S1019\n", ["iopdocs.yaml:3:5", "ignorera[2]", "menade du"]),
        ("välj: ['S101, Q1']\n", ["iopdocs.yaml:1:8", "välj[1]", "”Q1”"]),
        ("stoppa_vid: varnig\n", ["iopdocs.yaml:1:13", "menade du ”varning”"]),
        ("gränser: {lix: hög}\n", ["iopdocs.yaml:1:16", "gränser.lix"]),
        ("lager: [nix]\n", ["iopdocs.yaml:1:9", "lager[1]", "finns inte"]),
        ("baslinje: nix.yaml\n", ["nix.yaml", "--write-baseline"]),
        ("- a\n", ["iopdocs.yaml:1", "lista överst"]),
        ("format: 9\n", ["iopdocs.yaml:1:9", "uppdatera iopdocs"]),
        ("a: [\n", ["iopdocs.yaml:"]),
    ],
)
def test_mistake_is_reported_with_its_position_and_nothing_is_linted(folder: Path, text: str, says: list[str]) -> None:
    write("iopdocs.yaml", text)
    write("a.yaml", ENDS_FIRST)
    done = iopdocs("lint", "a.yaml")
    assert done.code == 2
    assert done.out == ""
    for words in says:
        assert words in done.err
    assert iopdocs("lint", "a.yaml", "--no-config", "--select", "S101").code == 1


@pytest.mark.parametrize("name", ["iopdocs.yml", ".iopdocs.yaml", "iopdocs.json", "IOPDOCS.YML"])
def test_misspelt_settings_file_name_gets_a_suggestion(folder: Path, name: str) -> None:
    write(name, "välj: [S101]\n")
    write("a.yaml", ENDS_FIRST)
    done = iopdocs("lint", "a.yaml")
    assert done.code == 2
    assert name in done.err
    assert "ska heta iopdocs.yaml" in done.err


def test_letter_case_of_the_name_does_not_matter(folder: Path) -> None:
    write("IOPDOCS.YAML", "välj: [S101]\n")
    write("a.yaml", ENDS_FIRST)
    assert codes("a.yaml") == {"S101"}


def test_the_command_line_goes_before_the_settings(folder: Path) -> None:
    write("iopdocs.yaml", "profiler: [malmo]\nvälj: [K]\nignorera: [S101]\nstoppa_vid: råd\n")
    write("a.yaml", ENDS_FIRST)
    assert not codes("a.yaml") & {"S101"}
    assert codes("a.yaml", "--select", "S101") == {"S101"}, "asked for by name"
    assert codes("a.yaml", "--select", "S1") == set(), "the settings leave it out of the family"
    assert not codes("a.yaml", "--ignore", "K")
    assert iopdocs("lint", "a.yaml", "--ignore", "K").code == 0
    profiles = json.loads(iopdocs("lint", "a.yaml", "--profile", "vgr", "--format", "json").out)["rapporter"][0]
    assert [one["profil"] for one in profiles["profiler"]] == ["vgr"]


def test_layers_and_profiles_hold_for_lint_and_render(folder: Path) -> None:
    make_layer(
        folder / "texter",
        {"profiler/var.yaml": PROFILE, "avsnitt/mal.md.j2": "---\nid: mal\nrubrik: Mål\n---\nVåra egna ord.\n"},
    )
    write("iopdocs.yaml", "lager: [texter]\nprofiler: [var]\n")
    write("under/a.yaml", "titel: x\n")
    assert "K990" in codes("under/a.yaml")
    assert iopdocs("render", "under/a.yaml", "-o", "a.md").code == 0
    shown = Path("a.md").read_text(encoding="utf-8")
    assert "Våra egna ord." in shown
    assert "Vår punkt" in shown
    make_layer(folder / "andra", {})
    assert iopdocs("render", "under/a.yaml", "-o", "b.md", "--no-config").code == 0
    assert "Våra egna ord." not in Path("b.md").read_text(encoding="utf-8")


def test_limits_hold(folder: Path) -> None:
    write(
        "a.yaml",
        "titel: x\nbakgrund:\n  behov: Vi vill att alla barn som bor här ska kunna simma när de fyller tio år.\n",
    )
    assert "L102" not in codes("a.yaml")
    write("iopdocs.yaml", "gränser: {ord_per_mening: 5}\n")
    assert {code for code in codes("a.yaml") if code.startswith("L")}


def test_each_file_has_its_own_settings_in_one_run(folder: Path) -> None:
    write("ett/iopdocs.yaml", "välj: [S101]\n")
    write("två/iopdocs.yaml", "välj: [K101]\nstoppa_vid: fel\n")
    write("ett/a.yaml", ENDS_FIRST)
    write("två/a.yaml", ENDS_FIRST)
    reports = json.loads(iopdocs("lint", "ett", "två", "--format", "json").out)["rapporter"]
    assert [[one["kod"] for one in report["fynd"]] for report in reports] == [["S101"], ["K101"]]


@examples(100)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_its_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("x") / "iopdocs.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    problems: Sequence[Problem] = ()
    try:
        assert load_settings(file).file == file
    except LoadError as error:
        problems = error.problems
    assert all(problem.file == str(file) and problem.message for problem in problems)
