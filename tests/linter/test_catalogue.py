"""The catalogue of rules: unique codes, pages whose own examples are true, paths that exist."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import iopdocs
from iopdocs.library.layer_reader import load_library
from iopdocs.library.rule_limits import Limits
from iopdocs.linter.rule import Rule
from iopdocs.linter.rules import RULES
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import by_key
from iopdocs.values.duration import Duration, Unit

LIBRARY = load_library()
# Their examples are told in words: no data alone can break them.
IN_WORDS = {"T102", "T103", "T104", "T105", "T108", "T901"}


# Some rules compare with figures that no profile needs to give, and an example in a page has to be short.
LIMITS = Limits(euro_rate=Decimal("11.20"), standard_term=Duration(5, Unit.YEARS), insats_words=30)


def found(example: str) -> set[str]:
    report = iopdocs.lint(iopdocs.loads(example), library=LIBRARY, today=date(2027, 1, 1), limits=LIMITS)
    return {finding.code for finding in report.findings}


def test_codes_and_names_are_unique() -> None:
    for key in ("code", "name"):
        values = [getattr(rule, key) for rule in RULES]
        assert len(values) == len(set(values))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_code_and_the_name_have_the_right_form(rule: Rule) -> None:
    assert re.fullmatch(r"[KSJRLT][0-9]{3}", rule.code)
    assert re.fullmatch(r"[a-zåäö0-9]+(-[a-zåäö0-9]+)*", rule.name)
    assert rule.sources


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code not in IN_WORDS], ids=lambda rule: rule.code)
def test_the_bad_example_fires_and_the_good_one_does_not(rule: Rule) -> None:
    assert rule.code in found(rule.page.bad)
    assert rule.code not in found(rule.page.good)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_paths_it_reads_are_paths_of_an_agreement(rule: Rule) -> None:
    for path in rule.reads:
        kind: Any = Agreement
        for key in path.split("."):
            assert attrs.has(kind), f"{rule.code}: {path}"
            assert key in by_key(kind), f"{rule.code}: {path}"
            kind = by_key(kind)[key].type
