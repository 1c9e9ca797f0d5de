"""Exempelstads egna regler för avtal om IOP."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.rules import Case, Hit, Level, Rule, rule


@rule("X001", "kontakt-utan-e-post", Level.WARNING, reads=("parter.kontakt.e_post",))
def contact_without_email(case: Case) -> Iterable[Hit]:
    """En kontaktperson som ingen kan skriva till.

    Vad: En part har en kontaktperson, och kontaktpersonen saknar e-postadress. En part utan kontaktperson berörs inte.
    Varför: Exempelstads diarium skickar kallelser och uppföljningar med e-post.
    Dåligt exempel:
        parter:
          - namn: Exempelstads kommun
            kontakt: {namn: Kim Ek, telefon: 010-123 45 67}
    Bra exempel:
        parter:
          - namn: Exempelstads kommun
            kontakt: {namn: Kim Ek, e_post: kim.ek@exempelstad.example}
    Källa: Exempelstads riktlinjer för IOP, Kontaktuppgifter.
    """
    for number, party in enumerate(case.agreement.parties, 1):
        if party.contact is not None and not party.contact.email:
            yield Hit(
                f"parter[{number}].kontakt",
                f"kontaktpersonen för part {number} saknar e-postadress",
                "skriv ”e_post:” och adressen",
            )


RULES: tuple[Rule, ...] = (contact_without_email,)
