"""J – partnerskapets karaktär: what makes an agreement a purchase, told by structured data."""

from __future__ import annotations

from iopdocs.lint.rule import Rule
from iopdocs.lint.rules.answers import ANSWERS
from iopdocs.lint.rules.assessment import ASSESSMENT
from iopdocs.lint.rules.character import CHARACTER
from iopdocs.lint.rules.choice import CHOICE
from iopdocs.lint.rules.state_aid import STATE_AID
from iopdocs.lint.rules.vat import VAT

PARTNERSHIP: tuple[Rule, ...] = (*CHARACTER, *VAT, *ASSESSMENT, *ANSWERS, *STATE_AID, *CHOICE)
