"""J and L – words of purchase and plain language, by the word lists of the layers."""

from __future__ import annotations

from iopdocs.lint.rule import Rule

WORDING: tuple[Rule, ...] = ()
