"""J – partnerskapets karaktär"""

from __future__ import annotations

from iopdocs.lint.rule import Rule

 what makes an agreement a purchase, by structured data.:PARTNERSHIP: tuple[Rule, ...] = ()
