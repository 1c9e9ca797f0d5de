"""J – partnerskapets karaktär: what makes an agreement a purchase, told by structured data."""

from __future__ import annotations

from iopdocs.lint.rule import Rule

PARTNERSHIP: tuple[Rule, ...] = ()
