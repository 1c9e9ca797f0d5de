"""R – råd: what makes a partnership better, though no source demands it of every agreement.

A rule on something that is missing speaks when the agreement has both insatser and mål; one on something that is there
speaks as soon as it is.
"""

from __future__ import annotations

from iopdocs.lint.rule import Rule
from iopdocs.lint.rules.learning import LEARNING
from iopdocs.lint.rules.length import TIME
from iopdocs.lint.rules.openness import OPENNESS

ADVICE: tuple[Rule, ...] = (*TIME, *LEARNING, *OPENNESS)
