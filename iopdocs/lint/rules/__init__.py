"""The rules, a module for each family."""

from __future__ import annotations

from iopdocs.lint.rule import Rule
from iopdocs.lint.rules.advice import ADVICE
from iopdocs.lint.rules.consistency import CONSISTENCY
from iopdocs.lint.rules.layers import LAYERS
from iopdocs.lint.rules.partnership import PARTNERSHIP
from iopdocs.lint.rules.text_consistency import TEXT_CONSISTENCY
from iopdocs.lint.rules.wording import WORDING

RULES: tuple[Rule, ...] = tuple(
    sorted((*CONSISTENCY, *TEXT_CONSISTENCY, *PARTNERSHIP, *WORDING, *ADVICE, *LAYERS), key=lambda rule: rule.code)
)
"""Every rule of the package besides those that profiles make (K), by code."""
