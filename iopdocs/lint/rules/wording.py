"""J and L – words of purchase and plain language: the rules about how things are said."""

from __future__ import annotations

from iopdocs.lint.rule import Rule
from iopdocs.lint.rules.readability import READABILITY
from iopdocs.lint.rules.words import WORDS

WORDING: tuple[Rule, ...] = (*WORDS, *READABILITY)
