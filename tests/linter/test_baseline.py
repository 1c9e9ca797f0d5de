"""A baseline: known findings stay out of sight, new ones do not, and entries of no more use are told."""

from __future__ import annotations

import json
import os
import shlex
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs as package
from iopdocs.cli.file_paths import quoted_word
from iopdocs.errors import printable_name
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.baseline import Baseline, KnownFinding, read_baseline, write_baseline
from iopdocs.values.text import illegal_character
from tests.helpers.command import iopdocs
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples

LIBRARY = load_library()
TWO = """titel: Hemlig titel
avtalstid: {start: 2027-01-01, slut: 2029-12-31}
insatser:
  - namn: Öppet hus
    period: 2028-05-01–2028-01-01
  - namn: Läger
    period: 2028-06-01–2028-02-01
"""
SWAPPED = """# En rad till, och insatserna i annan ordning.
titel: Hemlig titel


insatser:
  - namn: Läger
    period: 2028-06-01–2028-02-01
  - period: 2028-05-01–2028-01-01
    namn: Öppet hus
avtalstid: {start: 2027-01-01, slut: 2029-12-31}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def fingerprints(text: str) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for finding in package.lint(package.loads(text), library=LIBRARY).findings:
        found.setdefault((finding.code, finding.path), []).append(finding.fingerprint)
    return found


def test_a_finding_keeps_its_fingerprint_when_its_insats_moves_and_lines_are_renumbered() -> None:
    before, after = fingerprints(TWO), fingerprints(SWAPPED)
    assert before["S101", "insatser[1].period"] == after["S101", "insatser[2].period"]
    assert before["S101", "insatser[2].period"] == after["S101", "insatser[1].period"]
    assert before["S101", "insatser[1].period"] != before["S101", "insatser[2].period"]
    assert sorted(chain(*before.values())) == sorted(chain(*after.values()))


def test_equal_findings_are_distinguished_by_order() -> None:
    marks = [mark for several in fingerprints(TWO.replace("Läger", "Öppet hus")).values() for mark in several]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("name", ["kända.yaml", "under/kända.yml", "kända.json"])
def test_known_findings_are_hidden_and_new_ones_reported(name: str) -> None:
    write("avtal/a.yaml", TWO)
    Path("under").mkdir()
    written = iopdocs("lint", "avtal", "--write-baseline", name)
    assert written.code == 0
    assert "kända fynd" in written.out
    done = iopdocs("lint", "avtal", "--baseline", name)
    assert done.code == 0
    assert "Inget att anmärka" in done.out
    assert "i baslinjen" in done.out
    assert done.err == ""
    write("avtal/a.yaml", SWAPPED.replace("slut: 2029", "slut: 2026"))
    done = iopdocs("lint", "avtal", "--baseline", name, "--format", "json", "--select", "S101")
    data = json.loads(done.out)
    assert done.code == 1
    assert [one["väg"] for one in data["rapporter"][0]["fynd"]] == ["avtalstid.slut"]
    assert data["i_baslinjen"] == 2


def test_the_file_is_sorted_stable_and_quotes_nothing() -> None:
    write("avtal/b.yaml", TWO)
    write("avtal/a.yaml", SWAPPED)
    iopdocs("lint", "avtal", "--write-baseline", "ett.yaml")
    iopdocs("lint", "avtal/b.yaml", "avtal/a.yaml", "--write-baseline", "två.yaml")
    text = Path("ett.yaml").read_text(encoding="utf-8")
    assert text == Path("två.yaml").read_text(encoding="utf-8")
    entries = read_baseline(Path("ett.yaml")).entries
    assert [one.file for one in entries] == sorted(one.file or "" for one in entries)
    assert {one.file for one in entries} == {"avtal/a.yaml", "avtal/b.yaml"}
    for secret in ("Hemlig", "Öppet hus", "Läger", "2028"):
        assert secret not in text


def test_stale_entry_is_reported_with_how_to_update() -> None:
    write("a.yaml", TWO)
    write("b.yaml", TWO)
    iopdocs("lint", "a.yaml", "b.yaml", "--write-baseline", "kända.yaml")
    write("a.yaml", TWO.replace("2028-05-01–2028-01-01", "2028-01-01–2028-05-01"))
    done = iopdocs("lint", "a.yaml", "b.yaml", "--baseline", "kända.yaml")
    assert done.code == 0
    assert "1 post behövs inte längre" in done.err
    assert "a.yaml S101" in done.err
    assert "--write-baseline kända.yaml" in done.err
    data = json.loads(iopdocs("lint", "a.yaml", "b.yaml", "--baseline", "kända.yaml", "--format", "json").out)
    assert [(one["fil"], one["kod"]) for one in data["inaktuellt_i_baslinjen"]] == [("a.yaml", "S101")]
    assert iopdocs("lint", "a.yaml", "b.yaml", "--write-baseline", "kända.yaml").code == 0
    assert iopdocs("lint", "a.yaml", "b.yaml", "--baseline", "kända.yaml").err == ""


def test_the_command_that_renews_it_is_the_one_that_was_given(folder: Path) -> None:
    make_layer(folder / "vårt lager", {"profiler/kommun.yaml": "format: 1\nutökar: [grund]\n"})
    write("iopdocs.yaml", "stoppa_vid: råd\n")
    write("a.yaml", TWO)
    given_ = [
        "a*.yaml", "--profile", "kommun", "--profile", "vgr", "--select", "S1,T", "--select", "K", "--ignore", "S103",
        "--layer", "vårt lager", "--no-config", "--date", "1 juni 2027",
    ]  # fmt: skip
    iopdocs("lint", *given_, "--write-baseline", "kända fynd.yaml")
    before = Path("kända fynd.yaml").read_bytes()
    write("a.yaml", SWAPPED.replace("2028-06-01–2028-02-01", "2028-02-01–2028-06-01"))
    done = iopdocs("lint", *given_, "--fail-on", "råd", "--baseline", "kända fynd.yaml")
    told = done.err.partition("Gör om den med: ")[2].strip()
    assert told == (
        'iopdocs lint "a*.yaml" --profile kommun --profile vgr --layer "vårt lager" --select S1,T --select K '
        '--ignore S103 --no-config --date 2027-06-01 --write-baseline "kända fynd.yaml"'
    )
    assert iopdocs(*shlex.split(told)[1:]).code == 0
    assert Path("kända fynd.yaml").read_bytes() != before
    assert iopdocs("lint", *given_, "--baseline", "kända fynd.yaml").err == ""


def test_the_command_that_renews_it_says_nothing_that_was_not_given() -> None:
    write("a.yaml", TWO)
    iopdocs("lint", "a.yaml", "--write-baseline", "kända.yaml")
    write("a.yaml", TWO.replace("2028-05-01–2028-01-01", "2028-01-01–2028-05-01"))
    done = iopdocs("lint", "a.yaml", "--baseline", "kända.yaml")
    assert done.err.endswith("Gör om den med: iopdocs lint a.yaml --write-baseline kända.yaml\n")


@pytest.mark.skipif(os.name == "nt", reason="the words of a POSIX shell")
@given(words=st.lists(st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",))), max_size=3))
@examples(100)
def test_a_word_is_quoted_so_that_a_shell_reads_back_what_is_shown(words: list[str]) -> None:
    assert shlex.split(" ".join(map(quoted_word, words))) == list(map(printable_name, words))


@pytest.mark.parametrize("asked", [["--select", "K"], ["--ignore", "S"], ["--select", "S101", "--profile", "vgr"]])
def test_what_nobody_looked_for_is_not_of_no_more_use(asked: list[str]) -> None:
    write("a.yaml", TWO)
    iopdocs("lint", "a.yaml", "--write-baseline", "kända.yaml")
    assert iopdocs("lint", "a.yaml", "--baseline", "kända.yaml", *asked).err == ""


def test_a_file_that_was_not_linted_keeps_its_entries_and_one_that_is_gone_does_not() -> None:
    write("a.yaml", TWO)
    write("b.yaml", TWO)
    iopdocs("lint", ".", "--write-baseline", "kända.yaml")
    whole = Path("kända.yaml").read_bytes()
    assert iopdocs("lint", "a.yaml", "--baseline", "kända.yaml").err == ""
    assert iopdocs("lint", "a.yaml", "--select", "S", "--write-baseline", "kända.yaml").code == 0
    assert Path("kända.yaml").read_bytes() == whole
    Path("b.yaml").unlink()
    assert "b.yaml" in iopdocs("lint", "a.yaml", "--baseline", "kända.yaml").err
    assert iopdocs("lint", "a.yaml", "--write-baseline", "kända.yaml").code == 0
    assert {one.file for one in read_baseline(Path("kända.yaml")).entries} == {"a.yaml"}


def test_no_baseline_is_written_when_a_file_could_not_be_read() -> None:
    write("a.yaml", TWO)
    write("b.yaml", "titel: [a\n")
    done = iopdocs("lint", ".", "--write-baseline", "kända.yaml")
    assert done.code == 2
    assert "skrevs inte" in done.err
    assert not Path("kända.yaml").exists()


def test_what_is_no_baseline_is_only_replaced_when_asked_for() -> None:
    write("a.yaml", TWO)
    write("annat.json", '{"mitt": "eget"}')
    assert iopdocs("lint", "a.yaml", "--write-baseline", "annat.json").code == 2
    assert Path("annat.json").read_text(encoding="utf-8") == '{"mitt": "eget"}'
    assert iopdocs("lint", "a.yaml", "--write-baseline", "annat.json", "--overwrite").code == 0
    assert read_baseline(Path("annat.json")).entries


REPORT = package.lint(package.loads(TWO), library=LIBRARY).to_json()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", TWO),
        ("b.yaml", "titel: Ett annat avtal\nokänt: ja\n"),
        ("b.yaml", "ignorera: [S]\nprofiler: [grund]\n"),
        ("b.yaml", "- S101\n- S102\n"),
        ("b.yaml", "S101\n"),
        ("b.json", REPORT),
        ("b.json", f'{{"format": 1, "rapporter": [{REPORT}]}}'),
    ],
)
def test_file_that_is_not_a_baseline_is_reported_once_and_nothing_is_linted(name: str, text: str) -> None:
    write("a.yaml", TWO)
    write(name, text)
    done = iopdocs("lint", "a.yaml", "--baseline", name)
    assert done.code == 2
    assert done.out == ""
    assert done.err == f"{name}: är ingen baslinje – ange en fil som är skriven med --write-baseline\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fynd: [{fil: a.yaml, kod: S101}]\n", "kända.yaml:1:8: fynd[1]: fingeravtryck saknas"),
        ("fynd:\n  - {fil: a, kod: x, fingeravtryck: 0123456789abcdef}\n", "kända.yaml:2:19: fynd[1].kod"),
        ("fynd:\n  - {fil: a, kod: S101, fingeravtryck: ABC}\n", "kända.yaml:2:40: fynd[1].fingeravtryck"),
        ("fund: []\n", "menade du ”fynd”"),
        ("fynd: x\n", "kända.yaml:1:7"),
        ("fynd: [\n", "kända.yaml:"),
    ],
)
def test_invalid_baseline_is_reported_with_its_position(text: str, says: str) -> None:
    write("a.yaml", TWO)
    write("kända.yaml", text)
    done = iopdocs("lint", "a.yaml", "--baseline", "kända.yaml")
    assert done.code == 2
    assert done.out == ""
    assert says in done.err


NAMES = st.text(max_size=30).filter(lambda text: illegal_character(text) is None).map("a".__add__)
ENTRIES = st.builds(
    KnownFinding,
    file=NAMES,
    code=st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True),
    path=st.sampled_from(["", "avtalstid.slut", "insatser[12].period"]).map(lambda path: path or None),
    fingerprint=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
)


@examples(100)
@given(entries=st.lists(ENTRIES, max_size=5).map(tuple), suffix=st.sampled_from(["yaml", "json"]))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, entries: tuple[KnownFinding, ...], suffix: str
) -> None:
    path = tmp_path_factory.mktemp("x") / f"kända.{suffix}"
    path.write_bytes(write_baseline(Baseline(path, entries)))
    read = read_baseline(path).entries
    assert [(one.key, one.path or None) for one in read] == [(one.key, one.path) for one in entries]
