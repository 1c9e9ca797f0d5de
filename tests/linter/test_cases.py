"""Every rule says what its cases in cases/ say, and nothing where they say nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from iopdocs.library.layer_reader import load_library
from iopdocs.linter.rule_cases import NamedCase, read_cases
from iopdocs.linter.rules import RULES

FOLDER = Path(__file__).parent / "cases"
CASES = read_cases(FOLDER)
LIBRARY = load_library()

# Rules that no data alone can break: a text of a layer, or a rule that fails. Their own tests stand beside.
NOT_FROM_DATA = {"T102", "T103", "T104", "T105", "T108", "T901"}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_rule_finds_what_the_case_says(case: NamedCase) -> None:
    findings = case.findings(library=LIBRARY)
    assert [(one.code, one.path) for one in findings] == [(case.code, path) for path in case.expected]
    messages = " ".join(one.message for one in findings)
    for words in case.case.says:
        assert words in messages


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code not in NOT_FROM_DATA], ids=lambda rule: rule.code)
def test_a_rule_has_two_cases_where_it_speaks_and_two_where_it_is_silent(rule: object) -> None:
    code = getattr(rule, "code", "")
    said = Counter(bool(case.expected) for case in CASES if case.code == code)
    assert said[True] >= 2
    assert said[False] >= 2
