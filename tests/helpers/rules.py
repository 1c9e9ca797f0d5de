"""The rules of the package by how their codes begin."""

from __future__ import annotations

from iopdocs.linter.rule import Rule
from iopdocs.linter.rules import RULES


def rules(*beginnings: str) -> tuple[Rule, ...]:
    """Return the rules whose code begins with one of *beginnings*: ``S1`` is those on structured data."""
    found = tuple(rule for rule in RULES if rule.code.startswith(beginnings))
    assert found
    return found
