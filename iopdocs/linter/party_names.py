"""What a party is called in a message."""

from __future__ import annotations

from iopdocs.model.agreement import Agreement
from iopdocs.values.running_text import short


def party_name(agreement: Agreement, reference: str) -> str:
    """Return what the party that *reference* means is called in the agreement, else the reference itself."""
    party = agreement.party(reference)
    return short((party.called if party else None) or reference)
