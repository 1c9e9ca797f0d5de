"""The names of parties in messages."""

from __future__ import annotations

from iopdocs.model.agreement import Agreement
from iopdocs.values.running_text import short


def party_name(agreement: Agreement, reference: str) -> str:
    """Return the short name of the party that *reference* means, else the reference itself."""
    party = agreement.party(reference)
    return short((party.called if party else None) or reference)
