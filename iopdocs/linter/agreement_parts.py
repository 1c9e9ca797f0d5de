"""Questions that several rules ask of an agreement: its insatser with those of the appendices, its two sides, its progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.fields import EVERY_PARTY, is_absent
from iopdocs.model.insatser import Insats
from iopdocs.model.parties import Party

MOST_NAMES = 20
"""The maximum number of parties that a message names."""


def insatser(agreement: Agreement) -> Iterator[tuple[str, Insats]]:
    """Yield (Swedish path, insats): the agreement's own, then those of its appendices."""
    for number, insats in enumerate(agreement.insatser, 1):
        yield f"insatser[{number}]", insats
    for number, appendix in enumerate(agreement.appendices, 1):
        for inner, insats in enumerate(appendix.insatser, 1):
            yield f"bilagor[{number}].insatser[{inner}]", insats


def is_public(party: Party | None) -> bool:
    """Return whether *party* is known to be a public body."""
    return party is not None and party.kind is not None and party.kind.is_public


def is_civil(party: Party | None) -> bool:
    """Return whether *party* is known to be an idéburen organisation."""
    return party is not None and party.kind is not None and party.kind.is_civil


def has_both_sides(agreement: Agreement) -> bool:
    """Return whether the agreement has a public party and an idéburen one."""
    return any(map(is_public, agreement.parties)) and any(map(is_civil, agreement.parties))


def only_side(agreement: Agreement, references: Iterable[str]) -> str:
    """Return the only side that *references* (names of parties) belong to; else an empty text.

    The text is empty when the agreement lacks a side, when a name belongs to no party, and when the kind of a named
    party is not known.
    """
    named = list(references)
    if not named or not has_both_sides(agreement) or any(means_all(name) for name in named):
        return ""
    parties = [agreement.party(name) for name in named]
    if any(party is None or party.kind is None for party in parties):
        return ""
    if not any(map(is_civil, parties)):
        return "den offentliga"
    return "" if any(map(is_public, parties)) else "den idéburna"


def means_all(reference: str) -> bool:
    """Return whether *reference* means every party."""
    return " ".join(reference.split()).casefold() == EVERY_PARTY


def is_begun(agreement: Agreement) -> bool:
    """Return whether the draft is far enough along for advice to help: it has both insatser and goals."""
    doing = any(True for _insats in insatser(agreement)) or not is_absent(agreement.insats_frame)
    return doing and not is_absent(agreement.goals)


def is_draft(agreement: Agreement) -> bool:
    """Return whether the agreement is still being written: its status is utkast or missing."""
    return agreement.status in (None, Status.DRAFT)


def is_empty(text: str | None) -> bool:
    """Return whether *text* is missing or blank."""
    return text is None or not text.strip()


def name_of(party: Party | None) -> str:
    """Return the name of *party* in a message."""
    return shortened((party.called if party else None) or "en part utan namn")


def names_of(parties: Sequence[Party], total: int | None = None) -> str:
    """Return the names of *parties* for a message, and the number of parties left out when *total* exceeds the maximum."""
    count = len(parties) if total is None else total
    names = ", ".join(name_of(party) for party in parties[:MOST_NAMES])
    return names if count <= MOST_NAMES else f"{names} och {count - MOST_NAMES} till"


def shortened(text: str) -> str:
    """Return *text*, shortened to sixty characters."""
    return text if len(text) <= 60 else text[:59] + "…"
