"""SARIF: valid, with the right places, and with nothing of what the agreement says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.errors import Position, Problem
from iopdocs.findings import Finding, Level
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.formats.sarif import sarif
from iopdocs.linter.report import ExemptedFinding, Report
from iopdocs.linter.rules import RULES
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements

ROOT = Path(__file__).parents[2]
LIBRARY = load_library()
VALIDATOR = jsonschema.Draft4Validator(json.loads((ROOT / "tests/data/sarif-schema-2.1.0.json").read_text("utf-8")))
FOUND = Finding(
    code="S101", name="slut-före-start", level=Level.ERROR, path="avtalstid.slut", message="HEMLIGT meddelande",
    hint="HEMLIGT råd", quote="HEMLIGT citat", title="Avtalet slutar innan det börjar.", file="avtal.yaml",
    position=Position(3, 9), end=Position(3, 19), fingerprint="0123456789abcdef",
)  # fmt: skip


def log(
    *findings: Finding, exempted: tuple[ExemptedFinding, ...] = (), failures: tuple[Problem, ...] = ()
) -> dict[str, Any]:
    made = sarif([Report("avtal.yaml", findings, (), exempted)], LIBRARY, RULES, failures)
    VALIDATOR.validate(made)
    return made


def run_of(made: dict[str, Any]) -> dict[str, Any]:
    (run,) = made["runs"]
    return run


def uri(file: str) -> str:
    (result,) = run_of(log(attrs.evolve(FOUND, file=file)))["results"]
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_a_result_names_its_rule_level_and_place() -> None:
    run = run_of(log(FOUND))
    (result,) = run["results"]
    assert result["ruleId"] == "S101"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "S101"
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "avtal.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 19},
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert result["partialFingerprints"] == {"iopdocs/v1": "0123456789abcdef"}


@pytest.mark.parametrize(
    ("level", "word"), [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.ADVICE, "note")]
)
def test_the_three_levels_have_their_words(level: Level, word: str) -> None:
    assert run_of(log(attrs.evolve(FOUND, level=level)))["results"][0]["level"] == word


def test_the_region_cuts_out_exactly_what_the_finding_is_about() -> None:
    text = "titel: Åäö 👩‍👩‍👧\navtalstid: {start: 2027-01-01, slut: 2026-01-01}\n"
    report = iopdocs.lint(iopdocs.loads(text, file="a.yaml"), library=LIBRARY, select=["S101"])
    (result,) = run_of(sarif([report], LIBRARY))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = text.splitlines()[region["startLine"] - 1]
    assert region["endLine"] == region["startLine"]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "2026-01-01"


def test_nothing_that_the_finding_says_of_the_data_is_there() -> None:
    excepted = ExemptedFinding(attrs.evolve(FOUND, code="S102"), "HEMLIGT skäl")
    failure = Problem("HEMLIGT problem", "HEMLIG hjälp", "oläst.yaml", "HEMLIG väg", Position(4, 2))
    text = json.dumps(log(FOUND, exempted=(excepted,), failures=(failure,)), ensure_ascii=False)
    assert "HEMLIG" not in text


def test_an_excepted_finding_is_suppressed_and_others_are_not() -> None:
    results = run_of(log(FOUND, exempted=(ExemptedFinding(attrs.evolve(FOUND, code="S102"), "skäl"),)))["results"]
    assert [one["ruleId"] for one in results if "suppressions" not in one] == ["S101"]
    (suppressed,) = (one for one in results if "suppressions" in one)
    assert suppressed["suppressions"] == [{"kind": "inSource", "status": "accepted"}]


def test_unreadable_file_is_reported_with_its_position() -> None:
    run = run_of(log(failures=(Problem("x", file="mapp/oläst.yaml", position=Position(4, 2)),)))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    place = told["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "mapp/ol%C3%A4st.yaml"
    assert place["region"]["startLine"] == 4
    assert run_of(log(FOUND))["invocations"] == [{"executionSuccessful": True}]


def test_every_rule_and_point_is_explained() -> None:
    rules = run_of(log())["tool"]["driver"]["rules"]
    by_code = {one["id"]: one for one in rules}
    assert {rule.code for rule in RULES} <= set(by_code)
    assert {point.code for point in LIBRARY.profile("grund").points} <= set(by_code)
    for one in rules:
        assert one["help"]["text"]
        assert one["help"]["markdown"]
        assert "helpUri" not in one
        assert one["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert "```yaml\navtalstid" in by_code["S101"]["help"]["markdown"]
    assert by_code["S101"]["properties"]["tags"][0] == "samstämmighet"
    assert "malmo" in by_code["K101"]["properties"]["tags"]


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("mapp/avtal.yaml", "mapp/avtal.yaml"),
        ("Åsas avtal #1.yaml", "%C3%85sas%20avtal%20%231.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("100%.yaml", "100%25.yaml"),
    ],
)
def test_a_name_of_a_file_becomes_an_address(file: str, address: str) -> None:
    assert uri(file) == address


def test_an_absolute_name_becomes_a_whole_address(tmp_path: Path) -> None:
    assert uri(str(tmp_path / "å.yaml")) == (tmp_path / "å.yaml").as_uri()


def test_a_finding_without_a_file_has_no_place() -> None:
    (result,) = run_of(log(attrs.evolve(FOUND, file="", position=None, end=None)))["results"]
    assert "locations" not in result


def test_the_same_findings_give_the_same_log() -> None:
    assert json.dumps(log(FOUND)) == json.dumps(log(FOUND))


FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["S101", "K101", "X999", "T901"]),
    name=st.text(max_size=5),
    level=st.sampled_from(Level),
    path=st.text(max_size=8),
    message=st.text(max_size=5),
    title=st.text(max_size=8),
    file=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    position=st.none() | st.builds(Position, st.integers(1, 10**6), st.integers(1, 10**6)),
    fingerprint=st.text("0123456789abcdef", max_size=16),
)


@given(st.lists(FINDINGS, max_size=4))
@examples(50)
def test_whatever_is_found_the_log_is_valid_and_its_addresses_are(findings: list[Finding]) -> None:
    for result in run_of(log(*findings))["results"]:
        for place in result.get("locations", ()):
            address = place["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[A-Za-z0-9\-._~/:@!$&'()*+,;=]|%[0-9A-F]{2})+", address)


@given(agreements())
@examples(20)
def test_any_agreement_gives_a_valid_log(agreement: iopdocs.Agreement) -> None:
    VALIDATOR.validate(sarif([iopdocs.lint(agreement, library=LIBRARY)], LIBRARY))
