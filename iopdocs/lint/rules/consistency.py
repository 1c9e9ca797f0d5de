"""S – samstämmighet: what the agreement says in one place against what it says in another."""

from __future__ import annotations

from iopdocs.lint.rule import Rule
from iopdocs.lint.rules.decisions import DECISIONS
from iopdocs.lint.rules.money import MONEY
from iopdocs.lint.rules.numbers import NUMBERS
from iopdocs.lint.rules.parties import PARTIES
from iopdocs.lint.rules.payment_times import PAYMENT_TIMES
from iopdocs.lint.rules.payments import PAYMENTS
from iopdocs.lint.rules.structure import STRUCTURE
from iopdocs.lint.rules.term import TERM

CONSISTENCY: tuple[Rule, ...] = (*TERM, *PARTIES, *NUMBERS, *PAYMENT_TIMES, *PAYMENTS, *MONEY, *DECISIONS, *STRUCTURE)
"""The rules on structured data, S101–S149; those on running text are in text_consistency."""
