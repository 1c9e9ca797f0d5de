"""What the linter says of an agreement, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.findings import Level
from iopdocs.library.layer_reader import load_library
from iopdocs.linter import locations
from iopdocs.linter.engine import lint_agreement
from iopdocs.linter.rule import Case, rule
from iopdocs.linter.rules import RULES
from iopdocs.model.agreement import Agreement
from iopdocs.model.assessment import Exemption, LintNotes
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples

EXAMPLES = Path(__file__).parents[2] / "examples"
FINISHED = sorted(path for path in EXAMPLES.glob("*.yaml") if not path.stem.startswith("utkast"))
LIBRARY = load_library()


def codes(text: str) -> list[str]:
    return [finding.code for finding in iopdocs.lint(iopdocs.loads(text), library=LIBRARY).findings]


@pytest.mark.parametrize("path", FINISHED, ids=lambda path: path.stem)
def test_the_finished_examples_have_nothing_to_remark(path: Path) -> None:
    report = iopdocs.lint(iopdocs.load(path), library=LIBRARY)
    assert report.findings == ()
    assert [(tally.profile, tally.met) for tally in report.tallies] == [("grund", report.tallies[0].total)]


def test_the_unfinished_draft_gets_a_list_that_a_person_would_agree_with() -> None:
    (path,) = EXAMPLES.glob("utkast*.yaml")
    report = iopdocs.lint(iopdocs.load(path), library=LIBRARY)
    missing = {finding.name for finding in report.findings if finding.code.startswith("K")}
    assert {"Tvist", "Varje parts resurser"} <= missing
    for finding in report.findings:
        assert finding.hint
        assert finding.sources
        assert finding.position is not None


def test_an_empty_agreement_misses_every_point_of_the_profile() -> None:
    profile = LIBRARY.profile("grund")
    assert {point.code for point in profile.points} <= set(codes("titel: x"))


def test_insatser_and_ekonomi_may_stand_in_an_appendix() -> None:
    text = (
        "parter:\n  - {namn: K, typ: kommun}\n  - {namn: F, typ: ideell förening}\n"
        "bilagor:\n  - titel: B\n    insatser: [{namn: Läger}]\n    ekonomi:\n      resurser:\n        - {part: K, slag: lokaler}\n        - {part: F, slag: ideellt arbete}\n"
    )
    assert not {"K104", "K109"} & set(codes(text))


def test_each_party_must_put_something_in() -> None:
    text = "parter:\n  - {namn: K, typ: kommun}\n  - {namn: F, typ: ideell förening}\nekonomi: {resurser: [{part: %s, slag: lokaler}]}"
    assert "K109" in codes(text % "K")
    assert "K109" not in codes(text % "alla parter")


@pytest.mark.parametrize(
    ("text", "code", "path", "line"),
    [
        ("titel: x\navtalstid:\n  start: 2027-01-01\n  slut: 2026-12-31\n", "S101", "avtalstid.slut", 4),
        ("insatser:\n  - namn: x\n    period: 2027-05-01–2027-01-01\n", "S101", "insatser[1].period", 3),
        (
            "parter: [{namn: A}]\nekonomi:\n  utbetalningar:\n    - {belopp: 1 kr, från: B, till: A}\n",
            "S102",
            "ekonomi.utbetalningar[1].från",
            4,
        ),
        ("avtalstid:\n  tills_vidare: ja\n  slut: 2027-12-31\n", "S104", "avtalstid.slut", 3),
        ("avtalstid:\n  tills_vidare: ja\n", "S105", "avtalstid.uppsägningstid", 2),
        ("insatser:\n  - namn: x\n    bilaga: Plan\n", "S106", "insatser[1].bilaga", 3),
        ("parter:\n  - namn: A\n  - namn: B\n    kallas: a\n", "S107", "parter[2].kallas", 4),
        (
            "titel: x\nekonomi:\n  resurser:\n    - {part: alla parter, slag: kontanta medel}\n",
            "K201",
            "ekonomi.resurser[1].belopp",
            4,
        ),
        ("parter:\n  - namn: A\n    organisationsnummer: 212000-0002\n", "S103", "parter[1].organisationsnummer", 3),
    ],
)
def test_contradiction_is_reported_at_its_line(text: str, code: str, path: str, line: int) -> None:
    report = iopdocs.lint(iopdocs.loads(text), library=LIBRARY)
    (finding,) = [finding for finding in report.findings if finding.code == code]
    assert finding.path == path
    assert finding.position is not None
    assert finding.position.line == line


@pytest.mark.parametrize(
    "text",
    [
        "avtalstid: {start: 2027-01-01, slut: 2027-01-01}",
        "parter: [{namn: A, kallas: aa, organisationsnummer: 2120000001}]\norganisation: {sammankallande: AA}",
        "organisation: {sammankallande: Alla parter}",
    ],
)
def test_consistent_agreement_has_no_findings(text: str) -> None:
    assert not [code for code in codes(text) if code.startswith("S")]


def test_what_is_missing_points_at_the_nearest_key_there_is() -> None:
    report = iopdocs.lint(iopdocs.loads("titel: x\n\norganisation:\n  insyn: Öppet.\n"), library=LIBRARY)
    roles = next(finding for finding in report.findings if finding.code == "K106")
    assert roles.position is not None
    assert roles.position.line in (3, 4)


def test_a_rule_that_raises_becomes_a_finding_and_the_others_still_run() -> None:
    @rule("X001", "trasig", Level.ERROR)
    def broken(case: Case) -> list[tuple[str, str]]:
        """Går alltid fel.

        Vad: Inget.
        Varför: Inget.
        Dåligt exempel: inget.
        Bra exempel: inget.
        Källa: ingen.
        """
        raise ZeroDivisionError

    agreement = iopdocs.loads("avtalstid: {start: 2027-01-01, slut: 2026-01-01}")
    report = lint_agreement(agreement, LIBRARY, rules=(broken, *RULES))
    found = {finding.code for finding in report.findings}
    assert {"T901", "S101"} <= found


def test_the_report_as_json_has_what_a_program_needs() -> None:
    report = iopdocs.lint(iopdocs.loads("titel: x", file="a.yaml"), library=LIBRARY)
    data = json.loads(report.to_json())
    assert data["fil"] == "a.yaml"
    assert data["profiler"][0]["uppfyllda"] == 0
    assert {"kod", "nivå", "väg", "meddelande", "rad", "kolumn", "källor"} <= set(data["fynd"][0])


def test_an_agreement_made_in_python_can_be_linted_too() -> None:
    report = iopdocs.lint(Agreement(title="x"), library=LIBRARY)
    assert report.findings[0].position is None


NO_NEED = "titel: x\nlint: {undantag: [{regel: S104, skäl: Ett skäl.}]}\n"


@pytest.mark.parametrize("asked", [{"ignore": ["S1"]}, {"select": ["T", "S2"]}])
def test_an_exemption_from_a_rule_that_was_not_asked_is_left_in_peace(asked: dict[str, list[str]]) -> None:
    agreement = iopdocs.loads(NO_NEED)
    assert "T101" in codes(NO_NEED)
    report = iopdocs.lint(agreement, library=LIBRARY, **asked)  # type: ignore[arg-type]
    assert not [one for one in report.findings if one.code == "T101"]


@pytest.mark.parametrize("code", ["S104", "K104"])
def test_an_exemption_from_what_a_profile_removes_is_left_in_peace(tmp_path: Path, code: str) -> None:
    profile = f"format: 1\nutökar: [grund]\nändringar: [{{regel: {code}, tas_bort: ja, skäl: Vi vill så.}}]\n"
    library = load_library([make_layer(tmp_path, {"profiler/kommun.yaml": profile})])
    text = (EXAMPLES / "trygga-kvallar.yaml").read_text(encoding="utf-8")
    agreement = iopdocs.loads(f"{text}\nlint: {{undantag: [{{regel: {code}, skäl: Ett skäl.}}]}}\n")

    def told(*profiles: str) -> list[str]:
        found = iopdocs.lint(agreement, library=library, profiles=profiles).findings
        return [one.message for one in found if one.code == "T101"]

    assert told("kommun") == []
    assert told("kommun", "grund") == [f"undantaget från {code} behövs inte: regeln har inget att säga"]


def test_an_exemption_from_a_rule_that_could_not_be_run_is_left_in_peace() -> None:
    @rule("X001", "trasig", Level.ERROR)
    def broken(case: Case) -> list[tuple[str, str]]:
        """Går alltid fel.

        Vad: Inget.
        Varför: Inget.
        Dåligt exempel: inget.
        Bra exempel: inget.
        Källa: ingen.
        """
        raise ZeroDivisionError

    agreement = iopdocs.loads(NO_NEED.replace("S104", "X001"))
    found = {one.code for one in lint_agreement(agreement, LIBRARY, rules=(broken, *RULES)).findings}
    assert "T901" in found
    assert "T101" not in found


def test_an_exemption_from_a_code_that_nobody_has_names_the_nearest_whatever_was_asked() -> None:
    agreement = iopdocs.loads(NO_NEED.replace("S104", "S1104"))
    (told,) = iopdocs.lint(agreement, library=LIBRARY, select=["T"]).findings
    assert told.message == "regeln S1104 finns inte"
    assert told.hint == "menade du S114?"


def test_a_list_of_codes_in_an_exemption_is_refused_with_what_is_right() -> None:
    with pytest.raises(iopdocs.LoadError, match=r"ett enda värde – skriv exakt ett, utan .* till exempel R401"):
        iopdocs.loads(NO_NEED.replace("S104", "[S104, S105]"))


@examples(60)
@given(code=st.text(max_size=60), again=st.booleans())
def test_each_useless_exemption_is_reported_once_for_any_code(code: str, again: bool) -> None:
    try:
        one = Exemption(rule=code, reason="Ett skäl.")
    except ValueError:
        return  # a character that no document can hold is refused when the agreement is made
    agreement = Agreement(title="x", lint=LintNotes(exemptions=(one,) * (1 + again)))
    found = lint_agreement(agreement, LIBRARY, rules=()).findings
    told = [finding.path for finding in found if finding.code == "T101"]
    assert len(told) == len(set(told)) <= 1 + again


@pytest.mark.parametrize("codes", ["S1041" * 200_000, "S104," * 200_000])
def test_very_long_code_is_shortened_in_the_message(codes: str) -> None:
    (told,) = iopdocs.lint(iopdocs.loads(NO_NEED.replace("S104", f'"{codes}"')), library=LIBRARY, select=["T"]).findings
    assert len(told.message) < 120


@pytest.mark.parametrize("code", ["T101", "T901"])
def test_no_program_is_given_as_the_source_of_a_rule(code: str) -> None:
    (one,) = [one for one in RULES if one.code == code]
    assert one.sources == ("god sed",)


def test_a_list_twice_as_long_takes_twice_the_looks_at_its_items(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    look = locations._name

    def counted(item: object) -> str:
        nonlocal looks
        looks += 1
        return look(item)

    monkeypatch.setattr(locations, "_name", counted)
    found = []
    for length in (20, 40):
        looks = 0
        iopdocs.lint(iopdocs.from_dict({"ekonomi": {"resurser": [{"part": "x", "belopp": 1}] * length}}))
        found.append(looks)
    assert 0 < found[1] <= 2 * found[0] + 10
