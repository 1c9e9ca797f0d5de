"""R – råd"""

from __future__ import annotations

from iopdocs.lint.rule import Rule

 what makes a partnership better, though no source demands it of every agreement.:ADVICE: tuple[Rule, ...] = ()
