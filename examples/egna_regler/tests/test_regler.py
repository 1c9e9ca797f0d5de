"""Each case in ``fall/`` gives what it says; write one for what the rule finds and one for its nearest miss."""

from __future__ import annotations

from pathlib import Path

import pytest
from exempel_regler import RULES

from iopdocs.rules import NamedCase, read_cases


@pytest.mark.parametrize("case", read_cases(Path(__file__).parent / "fall"), ids=str)
def test_the_rule_says_what_the_case_says(case: NamedCase) -> None:
    """The rule finds what the case says, where it says, in the words it asks for."""
    findings = case.findings(rules=RULES)
    assert [finding.path for finding in findings] == case.expected
    said = " ".join(finding.message for finding in findings)
    assert [words for words in case.case.says if words not in said] == []
