"""``iopdocs lint`` as people and pipelines run it: what is read, what is said, where it goes and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command import iopdocs
from tests.helpers.layers import make_layer
from tests.helpers.refusals import no_reading
from tests.helpers.timing import within

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "trygga-kvallar.yaml"
ENDS_FIRST = "titel: Prov\navtalstid:\n  start: 2027-01-01\n  slut: 2026-12-31\n"
"""Has one finding of level fel besides what is missing: S101."""
WRONG_DIGIT = "titel: Prov\nparter:\n  - {namn: A, organisationsnummer: 212000-0002}\n"
"""Has one finding of level varning under S1: S103."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def write(name: str, text: str = ENDS_FIRST) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def linted(*arguments: str | Path) -> list[str]:
    """Return the files that were linted, with slashes."""
    reports = json.loads(iopdocs("lint", "--format", "json", *arguments).out)["rapporter"]
    return [report["fil"].replace(os.sep, "/") for report in reports]


# What is read


def test_a_folder_is_walked_and_what_is_no_agreement_is_passed_by(folder: Path) -> None:
    write("avtal/b.yaml")
    write("avtal/a.yml")
    write("avtal/2027/c.json", '{"titel": "Prov"}')
    write("avtal/x.yaml/d.yaml")
    write("avtal/.gömd/e.yaml")
    write("avtal/.f.yaml")
    write("avtal/iopdocs.yaml", "profiler: [grund]\n")
    write("avtal/läs.txt", "titel: x\n")
    make_layer(Path("avtal/lager"), {})
    write("avtal/lager/exempel/g.yaml")
    write("avtal/svar.yaml", "vägval: {form: iop}\n")
    write("avtal/annat.json", '{"name": "x", "version": 1}')
    done = iopdocs("lint", "avtal", "--format", "json")
    files = [report["fil"].replace(os.sep, "/") for report in json.loads(done.out)["rapporter"]]
    assert files == ["avtal/a.yml", "avtal/b.yaml", "avtal/2027/c.json", "avtal/x.yaml/d.yaml"]
    assert "svar.yaml: hoppas över" in done.err
    assert "annat.json: hoppas över" in done.err
    assert "läs.txt" not in done.err
    assert done.code == 1


def test_patterns_are_read_here_and_each_file_is_linted_once(folder: Path) -> None:
    write("a1.yaml")
    write("a2.yaml")
    write("under/djup/a3.yaml")
    make_layer(Path("under/lager"), {})
    write("under/lager/exempel/g.yaml")
    assert linted("a*.yaml", "a2.yaml", "./a1.yaml") == ["a1.yaml", "a2.yaml"]
    assert linted("**/*.yaml") == ["a1.yaml", "a2.yaml", "under/djup/a3.yaml"]
    assert linted("under/*") == ["under/djup/a3.yaml"]
    assert linted("a[2].yaml", "a?.yaml") == ["a2.yaml", "a1.yaml"]


def test_a_name_that_looks_like_a_pattern_is_a_name_when_there_is_such_a_file(folder: Path) -> None:
    write("avtal[1].yaml")
    assert linted("avtal[1].yaml") == ["avtal[1].yaml"]


def test_what_is_named_must_be_an_agreement(folder: Path) -> None:
    write("annat.yaml", "namn: x\n")
    done = iopdocs("lint", "annat.yaml")
    assert done.code == 2
    assert "annat.yaml:1:1" in done.err


@pytest.mark.parametrize("command", ["lint", "render", "review"])
@pytest.mark.parametrize(("name", "what"), [("avtal.xlsx", "en arbetsbok"), ("AVTAL.CSV", "en tabell")])
def test_file_of_many_agreements_gets_the_command_for_it(folder: Path, command: str, name: str, what: str) -> None:
    write(name)
    done = iopdocs(command, name, *(["-o", "ut/"] if command != "lint" else []))
    assert done.code == 2
    assert f"{name}: {what} har många avtal" in done.err
    assert f"iopdocs batch {name} -o" in done.err
    assert "filen finns inte" in iopdocs("lint", f"nix{name}").err


def test_settings_and_baselines_among_the_files_are_passed_by(folder: Path) -> None:
    write("iopdocs.yaml", "baslinje: kända.yaml\n")
    write("kända.yaml", "fynd: []\n")
    write("a.yaml")
    assert linted("a.yaml", "iopdocs.yaml", "kända.yaml") == ["a.yaml"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["tom"], "mappen innehåller inga datafiler"),
        (["*.yaml"], "mönstret passar inte på någon datafil"),
        (["nix.yaml"], "filen finns inte"),
        (["annat"], "här finns inget avtal"),
    ],
)
def test_nothing_to_lint_is_reported(folder: Path, arguments: list[str], says: str) -> None:
    Path("tom").mkdir()
    write("annat/p.json", '{"name": "x"}')
    done = iopdocs("lint", *arguments)
    assert done.code == 2
    assert says in done.err


def test_a_file_that_cannot_be_read_does_not_stop_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.yaml", WRONG_DIGIT)
    write("b.yaml", "titel: [a\n")
    write("c.yaml")
    write("d.yaml", WRONG_DIGIT)
    no_reading(monkeypatch, "d.yaml")
    done = iopdocs("lint", "b.yaml", "nix.yaml", "a.yaml", "d.yaml", "c.yaml", "nix*.yaml", "--select", "S1")
    assert done.code == 2
    assert "S103" in done.out
    assert "S101" in done.out
    assert done.err.count("b.yaml:") >= 1
    assert "filen får inte läsas" in done.err
    assert "4 gick inte att läsa" in done.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are files on POSIX alone")
@pytest.mark.parametrize("arguments", [["rör.yaml", "a.yaml"], ["."], ["a.yaml", "--baseline", "rör.yaml"]])
def test_pipe_is_reported_and_not_waited_for(folder: Path, arguments: list[str]) -> None:
    write("a.yaml")
    os.mkfifo("rör.yaml")
    done = subprocess.run(
        [sys.executable, "-m", "iopdocs", "lint", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
    )
    assert done.returncode == 2
    assert "rör.yaml: är ingen vanlig fil" in done.stderr
    assert ("S101" in done.stdout) == ("--baseline" not in arguments)


def test_every_file_is_in_the_json_read_or_not(folder: Path) -> None:
    write("a.yaml")
    write("b.yaml", "titel: [a\n")
    reports = json.loads(iopdocs("lint", "a.yaml", "b.yaml", "nix*.yaml", "--format", "json").out)["rapporter"]
    assert {report["fil"]: "gick_inte_att_läsa" in report for report in reports} == {
        "nix*.yaml": True,
        "a.yaml": False,
        "b.yaml": True,
    }


# What is said


def test_a_finding_shows_its_section_its_line_and_a_mark_under_what_it_is_about(folder: Path) -> None:
    write("a.yaml")
    out = iopdocs("lint", "a.yaml", "--select", "S101").out
    assert "\n  Period för avtalet\n" in out
    assert "a.yaml:4:9 fel S101" in out
    assert "      4 |   slut: 2026-12-31\n        |         ^^^^^^^^^^\n" in out
    assert out.endswith("1 fil: 1 fel, 0 varningar, 0 råd.\n")


def test_sections_stand_in_the_order_of_the_agreement(folder: Path) -> None:
    from iopdocs.cli.lint_text import section_order
    from iopdocs.library.layer_reader import load_library

    write("a.yaml", "titel: x\n")
    library = load_library()
    headings = [library.heading(name) for name in section_order(library)]
    shown = [
        line.strip()
        for line in iopdocs("lint", "a.yaml").out.splitlines()
        if line.startswith("  ") and line[2:3].strip()
    ]
    found = [heading for heading in shown if heading in headings]
    assert len(found) > 5
    assert found == [heading for heading in headings if heading in found]


def test_what_is_missing_shows_no_line_as_if_that_were_wrong(folder: Path) -> None:
    write("a.yaml", "titel: Ett prov\n")
    out = iopdocs("lint", "a.yaml", "--select", "K101").out
    assert "a.yaml:1:1 fel K101" in out
    assert "Ett prov" not in out


def test_each_profile_is_counted_met_of_total(folder: Path) -> None:
    write("a.yaml")
    out = iopdocs("lint", "a.yaml", "--profile", "grund", "--profile", "malmo").out
    assert "\n  grund: " in out
    assert "\n  malmo: " in out
    assert out.count("punkter uppfyllda") == 2


@pytest.mark.parametrize(
    ("exempted", "says"), [(1, "Visas inte: 1 undantaget i avtalet."), (2, "Visas inte: 2 undantagna i avtalet.")]
)
def test_what_the_agreement_exempts_is_counted(folder: Path, exempted: int, says: str) -> None:
    rules = ["S101", "S103"][:exempted]
    notes = ", ".join(f"{{regel: {one}, skäl: Ett skäl.}}" for one in rules)
    write("a.yaml", ENDS_FIRST + WRONG_DIGIT.partition("\n")[2] + f"lint: {{undantag: [{notes}]}}\n")
    assert says in iopdocs("lint", "a.yaml", "--select", "S101,S103").out


def test_a_text_that_would_steer_the_terminal_does_not(folder: Path) -> None:
    write("a.yaml", 'parter:\n  - {namn: "A\u202eB", organisationsnummer: 212000-0002}\n')
    out = iopdocs("lint", "a.yaml", "--select", "S103").out
    assert "S103" in out
    assert "\u202e" not in out


@pytest.mark.parametrize("columns", ["20", "41", "80", "300"])
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_width_and_any_encoding_will_do(folder: Path, columns: str, encoding: str) -> None:
    write("a.yaml", ENDS_FIRST + 'parter: [{namn: "漢字\\t😀e\u0301", organisationsnummer: 212000-0002}]\n')
    done = iopdocs("lint", "a.yaml", encoding=encoding, COLUMNS=columns)
    assert done.code == 1
    assert done.err == ""
    assert "S101" in done.out
    assert max(len(line) for line in done.out.splitlines()[1:]) <= max(40, int(columns))


def test_first_file_is_reported_before_the_last_is_read(folder: Path) -> None:
    for number in range(40):
        shutil.copy(EXAMPLE, f"a{number:03}.yaml")
    with subprocess.Popen(
        [sys.executable, "-m", "iopdocs", "lint", ".", "--select", "S", "--date", "2027-06-01"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline().decode()
        write("a039.yaml")
        rest = process.stdout.read().decode()
    assert process.returncode == 1
    assert first.startswith("a000.yaml")
    assert rest.count("S101") == 1
    assert "a039.yaml:4" in rest


def test_a_reader_that_goes_away_ends_it_quietly(folder: Path) -> None:
    for number in range(10):
        shutil.copy(EXAMPLE, f"a{number:03}.yaml")
    command = [sys.executable, "-m", "iopdocs", "lint", ".", "--select", "S"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_megabyte_in_one_field_is_linted(folder: Path) -> None:
    write(
        "a.yaml",
        f"titel: x\nbakgrund:\n  behov: {'Ord efter ord. ' * 66_000}\nparter: [{{namn: A, typ: kommun, organisationsnummer: 212000-0002}}]\n",
    )
    with within(60):
        done = iopdocs("lint", "a.yaml", "--select", "S103,K")
    assert done.code == 1
    assert max(map(len, done.out.splitlines())) < 200


# How it ends


@pytest.mark.parametrize(("level", "code"), [("fel", 0), ("varning", 1), ("råd", 1), ("VARNING", 1)])
def test_the_level_to_fail_on(folder: Path, level: str, code: int) -> None:
    write("a.yaml", WRONG_DIGIT)
    assert iopdocs("lint", "a.yaml", "--select", "S103", "--fail-on", level).code == code


def test_select_and_ignore_take_codes_and_beginnings_of_codes(folder: Path) -> None:
    write("a.yaml", ENDS_FIRST + WRONG_DIGIT.partition("\n")[2])

    def found(*arguments: str) -> set[str]:
        data = json.loads(iopdocs("lint", "a.yaml", "--format", "json", *arguments).out)
        return {finding["kod"] for finding in data["rapporter"][0]["fynd"]}

    assert found("--select", "S101,s103") == found("--select", "S101", "--select", "S103") == {"S101", "S103"}
    assert found("--select", "S1", "--ignore", "S103") & {"S101", "S103"} == {"S101"}
    assert not {code for code in found("--ignore", "K") if code.startswith("K")}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--select", "S1011"], "menade du S101"),
        (["--ignore", "K1,Å9"], "”Å9”"),
        (["--fail-on", "varnign"], "menade du ”varning”"),
        (["--date", "2027-02-30"], "finns inte i kalendern"),
        (["--date", "igår"], "2027-01-31"),
        (["--profile", "malmö"], "malmo"),
        (["--layer", "nix"], "lagret finns inte"),
        (["--baseline", "nix.yaml"], "--write-baseline nix.yaml"),
        (["--write-baseline", "b.txt"], ".json"),
        (["--write-baseline", "b.yaml", "--format", "json"], "--write-baseline"),
        (["--write-baseline", "b.yaml", "--baseline", "c.yaml"], "välj mellan"),
        (["--write-baseline", "nix/b.yaml"], "mappen finns inte"),
        (["--write-baseline", "a.yaml"], "är ingen baslinje"),
        (["--write-baseline", "a.yaml", "--overwrite"], "är ingen baslinje"),
        (["-o", "x", "-o", "y"], "en gång"),
        (["-o", "nix/x.txt"], "mappen finns inte"),
        (["-o", "annat.txt"], "--overwrite"),
        (["-o", "a.yaml", "--overwrite"], "är en fil som läses"),
        (["-o", "IOPDOCS.yaml", "--overwrite"], "är en fil som läses"),
        (["-o", ".", "--overwrite"], "är en mapp"),
        (["--form", "json"], "menade du --format"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_says_what_is_right_and_writes_nothing(
    folder: Path, arguments: list[str], says: str
) -> None:
    write("a.yaml")
    write("annat.txt", "mitt\n")
    done = iopdocs("lint", "a.yaml", *arguments)
    assert done.code == 2
    assert says in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["a.yaml", "annat.txt"]
    assert Path("a.yaml").read_text(encoding="utf-8") == ENDS_FIRST
    assert Path("annat.txt").read_text(encoding="utf-8") == "mitt\n"


def test_the_day_is_taken_as_dates_in_data_are(folder: Path) -> None:
    write("a.yaml")
    one, other = (iopdocs("lint", "a.yaml", "--date", day) for day in ("2027-06-01", "1 juni 2027"))
    assert one == other
    assert one.code == 1


# Where it goes


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_file_holds_the_whole_outcome(folder: Path, form: str) -> None:
    write("a.yaml")
    write("b.yaml", "titel: [hemligt\n")
    shown = iopdocs("lint", "a.yaml", "b.yaml", "--format", form, "--date", "2027-06-01")
    done = iopdocs("lint", "a.yaml", "b.yaml", "--format", form, "--date", "2027-06-01", "-o", "ut.txt")
    assert done.code == shown.code == 2
    assert done.out == ""
    written = Path("ut.txt").read_text(encoding="utf-8")
    assert written == shown.out
    assert "S101" in written
    assert ("b.yaml" in written) == (form != "text")
    assert iopdocs("lint", "a.yaml", "--format", form, "-o", "ut.txt", "--overwrite").code == 1


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_what_goes_to_a_log_quotes_no_agreement(folder: Path, form: str) -> None:
    write("a.yaml", "status: hemligt ord\n")
    done = iopdocs("lint", "a.yaml", "--format", form)
    assert done.code == 2
    assert "a.yaml" in done.out
    assert "hemligt" not in done.said


def test_colour_is_for_terminals_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from iopdocs.cli.terminal import look_of

    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert look_of(Terminal()).colour
    assert not look_of(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not look_of(Terminal()).colour
    write("a.yaml")
    assert "\x1b" not in iopdocs("lint", "a.yaml").said


def test_colour_changes_nothing_but_colour(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import click

    import iopdocs as package
    from iopdocs.cli.lint_text import report_text
    from iopdocs.cli.terminal import TerminalStyle, echo
    from iopdocs.library.layer_reader import load_library

    agreement = package.loads(ENDS_FIRST)
    library = load_library()
    report = package.lint(agreement, library=library)
    plain, coloured = (
        report_text(report, library, agreement.source, TerminalStyle(60, colour)) for colour in (False, True)
    )
    echo(coloured, nl=False)
    printed = capsys.readouterr().out
    assert "\x1b[" in coloured.replace("\0", "\x1b")
    assert click.unstyle(coloured.replace("\0", "\x1b")) == plain == printed
