"""Profiles: what they inherit and change, what a mistake in one is told as, and that the guide about them is true."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.findings import Level
from iopdocs.library.data_paths import field_at, nearest_path
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.point_conditions import Condition, meaning
from iopdocs.library.profiles import Point, Profile
from iopdocs.linter.engine import lint_agreement
from iopdocs.linter.options import LintOptions
from iopdocs.values.duration import Duration, Unit
from tests.helpers.command import iopdocs as command
from tests.helpers.layers import make_layer

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "profiler.md").read_text(encoding="utf-8")
BASE = load_library()
NAMES = sorted(BASE.layers[0].profiles)
EXAMPLES = sorted(ROOT.glob("examples/*.yaml"))


def library(folder: Path, *layers: dict[str, str]) -> Library:
    """Return the base library with *layers* on top, each the profiles it has: name to what follows ``namn:``."""
    made = []
    for number, profiles in enumerate(layers):
        texts = {f"profiler/{name}.yaml": f"namn: {name}\n{text}" for name, text in profiles.items()}
        made.append(make_layer(folder / f"l{number}", texts, name=f"l{number}"))
    return load_library(made)


def codes(profile: Profile) -> list[str | None]:
    return [point.code for point in profile.points]


def point(profile: Profile, code: str) -> Point:
    (found,) = [one for one in profile.points if one.code == code]
    return found


GRUND = codes(BASE.profile("grund"))
OWN = "{kod: K901, titel: Plats, finns: [insatser.plats]}"


def test_the_inherited_points_come_first_and_then_its_own(tmp_path: Path) -> None:
    found = library(tmp_path, {"egen": f"utökar: [grund]\npunkter:\n  - {OWN}\n"}).profile("egen")
    assert codes(found) == [*GRUND, "K901"]
    assert point(found, "K901").section == "insatser"


def test_an_own_point_replaces_the_inherited_one_in_its_place(tmp_path: Path) -> None:
    own = "{kod: K104, titel: Insatsram, finns: [insatsram]}"
    found = library(tmp_path, {"egen": f"utökar: [grund]\npunkter:\n  - {own}\n"}).profile("egen")
    assert codes(found) == GRUND
    assert point(found, "K104").title == "Insatsram"


def test_a_change_gives_an_inherited_point_another_level(tmp_path: Path) -> None:
    found = library(tmp_path, {"egen": "utökar: [grund]\nändringar: [{regel: K104, nivå: råd}]\n"})
    assert point(found.profile("egen"), "K104").level is Level.ADVICE
    assert point(found.profile("grund"), "K104").level is Level.ERROR
    report = lint_agreement(
        iopdocs.loads("titel: x"), found, LintOptions(profiles=("egen",), select=("K104",)), rules=()
    )
    assert [finding.level for finding in report.findings] == [Level.ADVICE]


def test_a_point_that_is_removed_with_a_reason_is_not_demanded(tmp_path: Path) -> None:
    text = "utökar: [grund]\nändringar: [{regel: K104, tas_bort: ja, skäl: Vi skriver dem inte.}]\n"
    found = library(tmp_path, {"egen": text})
    assert codes(found.profile("egen")) == [code for code in GRUND if code != "K104"]
    report = lint_agreement(iopdocs.loads("titel: x"), found, LintOptions(profiles=("egen",)), rules=())
    assert "K104" not in {finding.code for finding in report.findings}
    assert report.tallies[0].total == len(GRUND) - 1


def test_changes_of_rules_are_inherited_and_the_own_one_goes_first(tmp_path: Path) -> None:
    below = "ändringar: [{regel: R401, nivå: fel}, {regel: S101, nivå: råd}]\n"
    own = "utökar: [under]\nändringar: [{regel: S101, nivå: varning}]\n"
    found = library(tmp_path, {"under": below, "egen": own})
    levels = {change.code: change.level for change in found.profile("egen").changes}
    assert levels == {"R401": Level.ERROR, "S101": Level.WARNING}
    agreement = iopdocs.loads("avtalstid: {start: 2027-01-01, slut: 2026-01-01}")
    report = lint_agreement(agreement, found, LintOptions(profiles=("egen",), select=("S101",)))
    assert [finding.level for finding in report.findings] == [Level.WARNING]


def test_limits_are_inherited_and_the_own_ones_go_first(tmp_path: Path) -> None:
    found = library(tmp_path, {"egen": "utökar: [vgr, malmo]\ngränser: {ord_per_insats: 80, lix: 0}\n"})
    limits = found.profile("egen").limits
    assert limits is not None
    assert (limits.insats_words, limits.lix, limits.standard_term) == (80, 0, Duration(5, Unit.YEARS))


def test_the_first_named_of_several_goes_first(tmp_path: Path) -> None:
    one = f"punkter:\n  - {OWN}\ngränser: {{lix: 50}}\n"
    two = "punkter:\n  - {kod: K901, titel: Annat, finns: [titel]}\ngränser: {lix: 70, lix_minst_ord: 9}\n"
    found = library(tmp_path, {"ett": one, "två": two, "egen": "utökar: [ett, två]\n"}).profile("egen")
    assert [one.title for one in found.points] == ["Plats"]
    assert found.limits is not None
    assert (found.limits.lix, found.limits.lix_words) == (50, 9)


def test_a_layer_changes_the_profile_of_the_same_name_below(tmp_path: Path) -> None:
    lower = f"utökar: [bas/grund]\npunkter:\n  - {OWN}\n"
    upper = "utökar: [bas/grund]\nändringar: [{regel: K901, nivå: råd}, {regel: K101, nivå: varning}]\n"
    found = library(tmp_path, {"grund": lower}, {"grund": upper, "annan": "utökar: [grund]\n"})
    for name in ("grund", "annan"):
        assert codes(found.profile(name)) == [*GRUND, "K901"]
        assert point(found.profile(name), "K901").level is Level.ADVICE
        assert point(found.profile(name), "K101").level is Level.WARNING
    assert BASE.profile("grund").points[0].level is Level.ERROR


def test_a_point_may_belong_to_a_section_of_the_layer_itself(tmp_path: Path) -> None:
    texts = {
        "avsnitt/forskning.md.j2": "Forskning.",
        "avsnitt/bilagor.md.j2": '{% include "avsnitt/forskning.md.j2" %}',
        "profiler/p.yaml": "namn: p\npunkter:\n  - {kod: K901, titel: F, avsnitt: forskning, finns: [titel]}\n",
    }
    assert load_library([make_layer(tmp_path, texts)]).profile("p").points[0].section == "forskning"


def test_a_path_may_be_written_with_letters_made_of_two_characters(tmp_path: Path) -> None:
    found = library(tmp_path, {"p": "punkter:\n  - {kod: K901, titel: M, finns: [ma\u030al.syfte]}\n"})
    assert found.profile("p").points[0].paths == ("mål.syfte",)


def in_point(text: str) -> str:
    return f"punkter:\n  - kod: K901\n    titel: T\n    {text}\n"


MISTAKES = {
    "an unknown key": ("utöka: [grund]\n", 2, "utöka", "okänd nyckel ”utöka” – menade du ”utökar”?"),
    "an unknown key in a point": (in_point("finn: [titel]"), 5, "punkter[1].finn", "menade du ”finns”?"),
    "an unknown level": (in_point("nivå: felx"), 5, "punkter[1].nivå", "menade du ”fel”?"),
    "an unknown condition": (in_point("villkor: offentliga parter"), 5, "punkter[1].villkor", "menade du ”offentlig part”?"),
    "a text for a list": (in_point("finns: titel"), 5, "punkter[1].finns", "skriv [titel]"),
    "an unknown path": (
        in_point("finns: [titel, mål.syftet]"),
        5,
        "punkter[1].finns[2]",
        "vägen ”mål.syftet” finns inte i ett avtal – menade du ”mål.syfte”?",
    ),
    "an unknown path on its own line": (
        in_point("alla:\n      - titel\n      - malgrupp.antal"),
        7,
        "punkter[1].alla[2]",
        "menade du ”mål.målgrupp.antal”?",
    ),
    "a path with a number": (in_point('finns: ["parter[1].namn"]'), 5, "punkter[1].finns[1]", "menade du ”parter.namn”?"),
    "a point without code": ("punkter:\n  - titel: T\n    finns: [titel]\n", 3, "punkter[1]", "punkten har ingen kod"),
    "a code of another form": (
        "punkter:\n  - titel: T\n    kod: K90\n    finns: [titel]\n",
        4,
        "punkter[1].kod",
        "koden ”K90” har fel form – skriv ”kod:” med K eller X och tre siffror",
    ),
    "a code of the linter": (
        "punkter:\n  - {titel: T, kod: K201, finns: [titel]}\n",
        3,
        "punkter[1].kod",
        "koderna K200–K299 är granskningens egna – välj en kod mellan K801 och K999",
    ),
    "a point without title": ("punkter:\n  - kod: K901\n    finns: [titel]\n", 3, "punkter[1]", "punkten har ingen titel"),
    "a point with nothing to try": (in_point("hjälp: x"), 3, "punkter[1]", "punkten har inget att pröva – skriv ”finns:”"),
    "the same code twice": (
        f"punkter:\n  - {OWN}\n  - {OWN}\n",
        4,
        "punkter[2].kod",
        "koden ”K901” står redan vid punkter[1] – ge varje punkt en egen kod",
    ),
    "an unknown section": (
        in_point("finns: [titel]\n    avsnitt: mål"),
        6,
        "punkter[1].avsnitt",
        "avsnittet ”mål” finns inte – menade du ”mal”? Välj bland: avtalstid, bakgrund,",
    ),
    "another name than the file's": (
        "beskrivning: x\n",
        1,
        "namn",
        "profilen heter ”annan” men filen ”egen.yaml” – skriv ”namn: egen”",
    ),
    "a profile that does not exist": (
        "utökar:\n  - malmo\n  - grunt\n",
        4,
        "utökar[2]",
        "profilen ”grunt” finns inte – menade du ”grund”? Välj bland: famna, grund, malmo",
    ),
    "itself": ("utökar: [egen]\n", 2, "utökar[1]", "profilen utökar sig själv – ta bort ”egen” ur listan"),
    "no profile below": ("utökar: [bas/egen]\n", 2, "utökar[1]", "inget lager under har profilen ”egen”"),
    "a change of a point that is not inherited": (
        "utökar: [grund]\nändringar:\n  - {regel: K144, nivå: råd}\n",
        4,
        "ändringar[1].regel",
        "punkten ”K144” finns inte i det som profilen utökar – menade du ”K114”?",
    ),
    "a change of a point with nothing inherited": (
        "ändringar:\n  - {regel: K104, nivå: råd}\n",
        3,
        "ändringar[1].regel",
        "skriv ”utökar:” med den profil som har punkten",
    ),
    "a change of no code": (
        "utökar: [grund]\nändringar:\n  - {regel: Q1, nivå: råd}\n",
        4,
        "ändringar[1].regel",
        "”Q1” är ingen kod – en kod är K, S, J, R, L, T eller X och tre siffror",
    ),
    "a change without code": ("ändringar:\n  - {nivå: råd}\n", 3, "ändringar[1]", "ändringen säger inte vad den gäller"),
    "a removal without reason": (
        "utökar: [grund]\nändringar:\n  - {regel: K104, tas_bort: ja, skäl: ' '}\n",
        4,
        "ändringar[1].tas_bort",
        "det som tas bort behöver ett skäl – skriv ”skäl:”",
    ),
    "a removal with a level": (
        "ändringar:\n  - {regel: S101, tas_bort: ja, skäl: x, nivå: fel}\n",
        3,
        "ändringar[1].nivå",
        "det som tas bort har ingen nivå",
    ),
    "a change of nothing": ("ändringar:\n  - {regel: S101}\n", 3, "ändringar[1]", "ändringen ändrar ingenting"),
    "two changes of the same": (
        "ändringar:\n  - {regel: S101, nivå: råd}\n  - {regel: S101, nivå: fel}\n",
        4,
        "ändringar[2].regel",
        "”S101” ändras redan vid ändringar[1]",
    ),
    "a change of its own point": (
        f"punkter:\n  - {OWN}\nändringar:\n  - {{regel: K901, nivå: råd}}\n",
        5,
        "ändringar[1].regel",
        "”K901” är profilens egen punkt – ändra punkten själv",
    ),
    "a limit that is no number": ("gränser: {lix: många}\n", 2, "gränser.lix", "är inget heltal"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "path", "says"), MISTAKES.values(), ids=list(MISTAKES))
def test_mistake_is_reported_with_file_line_and_expectation(
    tmp_path: Path, text: str, line: int, path: str, says: str
) -> None:
    name = "annan" if path == "namn" else "egen"
    layer = make_layer(tmp_path, {"profiler/egen.yaml": f"namn: {name}\n{text}"})
    with pytest.raises(iopdocs.LibraryError) as caught:
        load_library([layer])
    found = [problem for problem in caught.value.problems if problem.path == path]
    assert len(found) == 1, str(caught.value)
    assert found[0].file == str(tmp_path / "profiler" / "egen.yaml")
    assert found[0].position is not None
    assert found[0].position.line == line
    assert says in str(found[0])


def test_profile_file_with_wrong_suffix_is_reported(tmp_path: Path) -> None:
    layer = make_layer(tmp_path, {"profiler/egen.yml": "namn: egen\n"})
    with pytest.raises(iopdocs.LibraryError, match=r"egen\.yml: filen läses inte.*döp om den till egen\.yaml"):
        load_library([layer])


def test_mistakes_in_several_profiles_are_reported_together(tmp_path: Path) -> None:
    with pytest.raises(iopdocs.LibraryError) as caught:
        library(
            tmp_path,
            {"ett": "utökar: [borta]\n", "två": "utökar: [grund, försvunnen]\nändringar: [{regel: K999, nivå: fel}]\n"},
        )
    told = [(Path(one.file).stem, one.path) for one in caught.value.problems]
    # What K999 would be is not known while a profile that may hold it is missing.
    assert told == [("ett", "utökar[1]"), ("två", "utökar[2]")]


@pytest.mark.parametrize("names", ["ab", "abc", "abcdefgh"])
def test_circle_is_reported_once(tmp_path: Path, names: str) -> None:
    ring = {one: f"utökar: [{after}]\n" for one, after in zip(names, names[1:] + names[0], strict=True)}
    with pytest.raises(iopdocs.LibraryError) as caught:
        library(tmp_path, ring | {"utanför": "utökar: [a]\n"})
    (problem,) = caught.value.problems
    assert problem.path == "utökar[1]"
    assert problem.position is not None
    assert f"i en cirkel: {' → '.join(names)} → a" in problem.message


def test_layer_that_extends_its_own_name_gets_the_hint_bas(tmp_path: Path) -> None:
    with pytest.raises(iopdocs.LibraryError, match="utökar sig själv – skriv ”bas/grund”"):
        library(tmp_path, {"grund": "utökar: [grund]\n"})


def test_a_very_long_row_of_profiles_is_refused_and_not_a_crash(tmp_path: Path) -> None:
    row = {f"p{n:04}": f"utökar: [p{n + 1:04}]\n" for n in range(400)} | {"p0400": "beskrivning: sist\n"}
    with pytest.raises(iopdocs.LibraryError, match="fler än 50 profiler utökar varandra i rad"):
        library(tmp_path, row)


def test_thousands_of_mistakes_are_reported_quickly_and_not_all(tmp_path: Path) -> None:
    paths = ", ".join(f"fel{n}.väg" for n in range(3000))
    with pytest.raises(iopdocs.LibraryError, match="rätta de här först") as caught:
        library(tmp_path, {"p": in_point(f"finns: [{paths}]")})
    assert len(caught.value.problems) < 300


def test_an_unknown_profile_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(iopdocs.LibraryError, match="menade du ”malmo”"):
        BASE.profile("Malmö")


@given(st.text(max_size=60) | st.sampled_from(["mål", "..", "a.b", "[1]", "mål.", "x" * 500]))
def test_whatever_is_written_as_a_path_what_was_meant_is_a_path(written: str) -> None:
    near = nearest_path(written)
    assert near is None or field_at(near) is not None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mal.syfte", "mål.syfte"),
        ("Mål.Syfte", "mål.syfte"),
        ("goals.purpose", "mål.syfte"),
        ("ekonomi.utbetalning.belopp", "ekonomi.utbetalningar.belopp"),
        ("uppföljning", "kunskap.uppföljning"),
        ("bilagor[2].ekonomi.resurser", "bilagor.ekonomi.resurser"),
    ],
)
def test_the_path_that_was_meant(written: str, meant: str) -> None:
    assert nearest_path(written) == meant


def test_no_code_stands_in_two_profiles_of_ours() -> None:
    times = Counter(one.code for name in NAMES for one in BASE.layers[0].profiles[name].profile.points)
    assert [code for code, count in times.items() if count > 1] == []
    assert [f"K{number}" for number in range(101, 115)] == GRUND


@pytest.mark.parametrize("name", NAMES)
def test_every_point_of_ours_says_what_to_do_how_grave_it_is_and_who_says_so(name: str) -> None:
    profile = BASE.profile(name)
    series = {(one.code or "")[:2] for one in profile.points}
    assert len(series) == 1
    assert not series & {"K2", "K8", "K9"}
    for one in profile.points:
        assert one.level is not None, one.code
        assert one.help, one.code
        assert one.help.endswith("."), one.code
        assert one.sources, one.code
        assert all(source.document and source.heading for source in one.sources), one.code
        assert one.section or one.path.startswith("rättslig_bedömning"), one.code


PARTIES = (
    "parter: [{namn: Exempelstads kommun, typ: kommun, kallas: kommunen}, {namn: Lyktan, typ: ideell förening}, {}]"
)
CALLED = {
    "K109": "det som kommunen bidrar med, det som Lyktan bidrar med, det som part 3 bidrar med",
    "K352": "undertecknare för kommunen, undertecknare för Lyktan, undertecknare för part 3",
    "K114": "undertecknare för kommunen, undertecknare för Lyktan, undertecknare för part 3",
    "K510": "det som kommunen svarar för, det som Lyktan svarar för, det som part 3 svarar för",
}


@pytest.mark.parametrize(("code", "says"), CALLED.items(), ids=list(CALLED))
def test_missing_party_data_are_reported_by_the_name_of_the_party(code: str, says: str) -> None:
    report = lint_agreement(iopdocs.loads(PARTIES), BASE, LintOptions(profiles=tuple(NAMES), select=(code,)), rules=())
    assert [f"Här fattas: {says}" in finding.hint for finding in report.findings] == [True]


def test_a_very_long_name_of_a_party_is_cut_where_something_is_lacking() -> None:
    agreement = iopdocs.loads(f"parter: [{{namn: {'Lyktan ' * 100_000}}}]")
    report = lint_agreement(agreement, BASE, LintOptions(select=("K109",)), rules=())
    assert [len(finding.hint) < 500 for finding in report.findings] == [True]


# ---- the guide


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the first table below *heading*, its head left out."""
    table = re.search(rf"^## {heading}\n.*?\n(\|.*?)\n\n", GUIDE, re.MULTILINE | re.DOTALL)
    assert table
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1].splitlines()[2:]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with every file that the guide shows, each where its first line says."""
    shown = blocks("yaml")
    for block in shown:
        path = tmp_path / block.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    assert len(shown) == len(list(tmp_path.rglob("*.yaml"))) == 4
    (tmp_path / "fel" / "lager.yaml").write_text("namn: fel\n", encoding="utf-8")
    (tmp_path / "avtal.yaml").write_text((ROOT / "examples" / "trygga-kvallar.yaml").read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_guide_lists_every_profile_with_its_points_and_codes() -> None:
    told = {row[0].strip("` "): (int(row[2]), row[3].strip(" |")) for row in rows("Profiler som finns")}
    assert told == {
        name: (len(BASE.profile(name).points), f"{codes(BASE.profile(name))[0]}–{codes(BASE.profile(name))[-1]}")
        for name in NAMES
    }


def test_the_profile_of_the_guide_does_what_the_guide_says(folder: Path) -> None:
    (folder / "exempelstad" / "profiler" / "grund.yaml").unlink()
    found = load_library(["exempelstad"])
    profile = found.profile("exempelstad")
    assert len(profile.points) == 15
    assert codes(profile) == [*(code for code in GRUND if code != "K107"), "K901", "K902"]
    assert point(profile, "K113").level is Level.WARNING
    assert profile.limits is not None
    assert profile.limits.standard_term == Duration(4, Unit.YEARS)
    report = lint_agreement(iopdocs.load("avtal.yaml"), found, LintOptions(profiles=("exempelstad",)), rules=())
    assert [finding.code for finding in report.findings] == []


def test_the_profile_under_the_same_name_does_what_the_guide_says(folder: Path) -> None:
    profile = load_library(["exempelstad"]).profile("grund")
    assert codes(profile) == GRUND
    assert point(profile, "K106").level is Level.WARNING


def test_the_command_lines_of_the_guide_run(folder: Path) -> None:
    lines = [line for block in blocks("console") for line in re.findall(r"^\$ iopdocs (.*)$", block, re.MULTILINE)]
    assert len(lines) == 2
    for line in lines:
        done = command(*line.split())
        assert done.code in (0, 1), done.err
        for name in re.findall(r"--profile (\S+)", line):
            assert name in done.out


def test_the_messages_of_the_guide_are_those_that_are_given(folder: Path) -> None:
    with pytest.raises(iopdocs.LibraryError) as caught:
        load_library(["fel"])
    assert blocks("text") == [f"{caught.value}\n".replace("\\", "/")]
    assert "sex fel" in GUIDE
    assert len(caught.value.problems) == 6


def test_the_guide_explains_every_condition() -> None:
    told = {row[0].strip("` "): row[1].strip(" |") for row in rows("Villkor")}
    assert told == {condition.value: meaning(condition) for condition in Condition}
