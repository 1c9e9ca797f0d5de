"""The rules, a module for each family."""

from __future__ import annotations

from iopdocs.lint.rule import Rule
from iopdocs.lint.rules.consistency import CONSISTENCY

RULES: tuple[Rule, ...] = CONSISTENCY
"""Every rule of the package besides those that profiles make (K), by code."""
