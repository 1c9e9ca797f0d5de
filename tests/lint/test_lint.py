"""What the linter says of an agreement, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import iopdocs
from iopdocs.library.layers import load_library
from iopdocs.library.profiles import Level
from iopdocs.lint.engine import lint_agreement
from iopdocs.lint.rule import Case, rule
from iopdocs.lint.rules import RULES
from iopdocs.model.agreement import Agreement

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
def test_what_does_not_add_up_is_told_at_its_line(text: str, code: str, path: str, line: int) -> None:
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
def test_what_adds_up_is_not_told(text: str) -> None:
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
