"""What several rules ask of an agreement: its insatser with those of the appendices, its two sides, how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.fields import EVERY_PARTY, is_absent
from iopdocs.model.insatser import Insats
from iopdocs.model.parties import Party

MOST_NAMES = 20
"""How many parties a message names at the most."""


def insatser(agreement: Agreement) -> Iterator[tuple[str, Insats]]:
    """Yield (Swedish path, insats): the agreement's own, then those of its appendices."""
    for number, insats in enumerate(agreement.insatser, 1):
        yield f"insatser[{number}]", insats
    for number, appendix in enumerate(agreement.appendices, 1):
        for inner, insats in enumerate(appendix.insatser, 1):
            yield f"bilagor[{number}].insatser[{inner}]", insats


def is_public(party: Party | None) -> bool:
    """Tell whether *party* is known to be a public body."""
    return party is not None and party.kind is not None and party.kind.is_public


def is_civil(party: Party | None) -> bool:
    """Tell whether *party* is known to be an idéburen organisation."""
    return party is not None and party.kind is not None and party.kind.is_civil


def has_both_sides(agreement: Agreement) -> bool:
    """Tell whether the agreement has a public party and an idéburen one."""
    return any(map(is_public, agreement.parties)) and any(map(is_civil, agreement.parties))


def only_side(agreement: Agreement, references: Iterable[str]) -> str:
    """Return the side that *references* (names of parties) leave the other side out of; else an empty text.

    Nothing is said where the agreement lacks a side, where a name is no party's, or where the kind of a party that is
    named is not known.
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
    """Tell whether *reference* stands for every party."""
    return " ".join(reference.split()).casefold() == EVERY_PARTY


def is_begun(agreement: Agreement) -> bool:
    """Tell whether the draft has come so far that advice helps: it says both what is to be done and what for."""
    doing = any(True for _found in insatser(agreement)) or not is_absent(agreement.insats_frame)
    return doing and not is_absent(agreement.goals)


def is_draft(agreement: Agreement) -> bool:
    """Tell whether the agreement is still being written: its status is utkast, or not said."""
    return agreement.status in (None, Status.DRAFT)


def is_empty(text: str | None) -> bool:
    """Tell whether *text* says nothing."""
    return text is None or not text.strip()


def name_of(party: Party | None) -> str:
    """Return what a message calls *party*."""
    return shortened((party.called if party else None) or "en part utan namn")


def names_of(parties: Sequence[Party], total: int | None = None) -> str:
    """Return the names of *parties* for a message, and how many more there are when there are many (*total* in all)."""
    count = len(parties) if total is None else total
    names = ", ".join(name_of(party) for party in parties[:MOST_NAMES])
    return names if count <= MOST_NAMES else f"{names} och {count - MOST_NAMES} till"


def shortened(text: str) -> str:
    """Return *text*, cut after sixty characters."""
    return text if len(text) <= 60 else text[:59] + "…"
