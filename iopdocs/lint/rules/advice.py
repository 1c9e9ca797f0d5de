"""R – råd: what makes a partnership better, though no source demands it of every agreement."""

from __future__ import annotations

from iopdocs.lint.rule import Rule

ADVICE: tuple[Rule, ...] = ()
