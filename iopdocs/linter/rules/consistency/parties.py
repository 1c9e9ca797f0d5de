"""S – the parties compared with the rest of the agreement: references, roles, signatures, withdrawal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iopdocs.files.value_readers import fold, nearest
from iopdocs.findings import Level
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.agreement import Agreement
from iopdocs.model.closing import SigningForm
from iopdocs.model.fields import EVERY_PARTY, PartyRef, is_absent
from iopdocs.model.parties import Party
from iopdocs.values import running_text

_FEW = 6
# The maximum number of unknown names, and of known ones, that are compared, to limit the time.
_MOST_NAMES = 30
_MOST_PARTIES = 50


@rule("S102", "okänd-part", Level.ERROR, reads=("parter.namn", "parter.kallas"))
def unknown_party(case: Case) -> Iterable[Hit]:
    """En betalare, mottagare eller ansvarig som inte är part.

    Vad: Ett namn som ska vara en parts namn eller korta namn är inte det.
    Varför: Den som inte är part kan varken betala, ta emot eller svara för något enligt avtalet.
    Dåligt exempel:
        parter: [{namn: Exempelstads kommun, kallas: kommunen}]
        organisation: {sammankallande: komunen}
    Bra exempel:
        parter: [{namn: Exempelstads kommun, kallas: kommunen}]
        organisation: {sammankallande: kommunen}
    Källa: malmo, Avtalspartner.
    """
    hints: dict[str, str] = {}
    for path, field, value in case.agreement.leaves:
        if field.type is PartyRef and value.strip().casefold() != EVERY_PARTY and case.agreement.party(value) is None:
            name = running_text.short(value)
            compared = name if name in hints or len(hints) < _MOST_NAMES else ""
            if compared not in hints:
                hints[compared] = _right_party(case.agreement, compared)
            yield Hit(path, f"”{name}” är ingen part", hints[compared])


def _right_party(agreement: Agreement, name: str) -> str:
    """Return what to write instead of *name*: the party with the most similar name, and the names that exist."""
    parties = [party for party in agreement.parties[:_MOST_PARTIES] if party.called]
    called = [_name(party) for party in parties]
    if not called:
        return "lägg till parten under ”parter”"
    listed = f"någon av de {len(agreement.parties)} parterna"
    if len(called) <= _FEW:
        listed = " eller ".join(filter(None, (", ".join(called[:-1]), called[-1])))
    written = {
        fold(running_text.short(text)): _name(party) for party in parties for text in (party.name, party.called) if text
    }
    near = nearest(name, written) if name else None
    hint = "skriv {parties}, eller lägg till parten under ”parter”"
    if near:
        hint = "menade du ”{near}”? Skriv {parties}, eller lägg till parten under ”parter”"
    return hint.format(near=near, parties=listed)


@rule("S107", "samma-namn-på-två-parter", Level.ERROR, reads=("parter.namn", "parter.kallas"))
def same_name_twice(case: Case) -> Iterable[Hit]:
    """Två parter som kallas samma sak.

    Vad: Två parter har samma korta namn, eller samma namn när inget kort namn finns.
    Varför: Då framgår det inte vem av dem som betalar, får eller svarar för något.
    Dåligt exempel:
        parter: [{namn: Vinden, kallas: föreningen}, {namn: Lyktan, kallas: föreningen}]
    Bra exempel:
        parter: [{namn: Vinden, kallas: Vinden}, {namn: Lyktan, kallas: Lyktan}]
    Källa: malmo, Avtalspartner.
    """
    seen: dict[str, str] = {}
    for number, party in enumerate(case.agreement.parties, 1):
        called = party.called
        if called and running_text.folded(called) in seen:
            key = "kallas" if party.short_name else "namn"
            message = f"”{running_text.short(called)}” är också {seen[running_text.folded(called)]}"
            yield Hit(f"parter[{number}].{key}", message, "ge parterna var sitt ”kallas”, som avtalet sedan använder")
        elif called:
            seen[running_text.folded(called)] = f"parter[{number}]"


@rule(
    "S119",
    "part-utan-roll",
    Level.WARNING,
    reads=("parter.namn", "organisation.ansvar.part", "insatser.ansvariga", "ekonomi.resurser.part"),
)
def party_without_part(case: Case) -> Iterable[Hit]:
    """En part som varken gör eller bidrar med något.

    Vad: En part står inte som ansvarig för en roll, en insats, en plats i en grupp eller en uppföljning och bidrar inte
        med någon resurs, i avtalet eller en bilaga, fastän någon annan part gör det.
    Varför: I ett partnerskap bidrar varje part. Den som inte gör det är inte part i samma mening som de andra.
    Dåligt exempel:
        parter: [{namn: Exempelstads kommun, kallas: kommunen}, {namn: Lyktan}]
        insatser: [{namn: Läger, ansvariga: [kommunen]}]
    Bra exempel:
        parter: [{namn: Exempelstads kommun, kallas: kommunen}, {namn: Lyktan}]
        insatser: [{namn: Läger, ansvariga: [kommunen, Lyktan]}]
    Källa: malmo, Organisation och samverkan; sou, Kriterier för vad som kännetecknar idéburna offentliga partnerskap.
    """
    agreement = case.agreement
    active = {id(party) for party in _active(agreement)}
    for number, party in enumerate(agreement.parties, 1):
        if active and party.called and id(party) not in active:
            message = f"{_name(party)} har ingen roll, insats eller resurs i avtalet"
            hint = "skriv vad parten ansvarar för eller bidrar med, eller ta bort den som part"
            yield Hit(f"parter[{number}]", message, hint)


def _active(agreement: Agreement) -> Iterator[Party]:
    """Yield the parties that the data give a role or a resource; all of them where the data say every party."""
    seen = set()
    for path, field, value in agreement.leaves:
        if field.type is not PartyRef or value in seen or not _gives_a_part(path):
            continue
        party = agreement.party(value)
        # That all parties decide or follow up together gives none of them a role of its own.
        everyone = running_text.folded(value) == EVERY_PARTY and re.search(r"\.(ansvar|ansvariga|resurser)\[", path)
        if party is not None or everyone:
            seen.add(value)
            yield from [party] if party is not None else agreement.parties


def _gives_a_part(path: str) -> bool:
    """Return whether a party referenced at *path*, in the agreement or an appendix, does or contributes something."""
    if path.startswith("bilagor["):
        path = path.partition(".")[2]
    return path == "part" or path.startswith(("organisation.", "insatser[", "kunskap.", "ekonomi.resurser["))


def _name(party: Party) -> str:
    return running_text.short(party.called or "")


@rule("S120", "part-utan-underskrift", Level.ERROR, reads=("parter.undertecknare", "underskrift.form"))
def party_without_signature(case: Case) -> Iterable[Hit]:
    """En part som ingen skriver under för.

    Vad: En part saknar undertecknare, fastän någon annan part har en. Regeln tiger när avtalet skrivs under
        elektroniskt.
    Varför: Den som inte skriver under är inte bunden av avtalet.
    Dåligt exempel:
        parter:
          - {namn: Exempelstads kommun, undertecknare: [{namn: Eva Ek}]}
          - {namn: Lyktan}
    Bra exempel:
        parter:
          - {namn: Exempelstads kommun, undertecknare: [{namn: Eva Ek}]}
          - {namn: Lyktan, undertecknare: [{namn: Siv Sten}]}
    Källa: malmo, Underskrift.
    """
    signing = case.agreement.signing
    if signing and signing.form is SigningForm.ELECTRONIC:
        return
    if all(is_absent(party.signatories) for party in case.agreement.parties):
        return
    for number, party in enumerate(case.agreement.parties, 1):
        if is_absent(party.signatories):
            message = "{name} har ingen undertecknare".format(name=_name(party) or "parten")
            yield Hit(f"parter[{number}].undertecknare", message, "skriv vem som skriver under för parten")


@rule("S134", "flera-parter-utan-utträde", Level.WARNING, reads=("parter.namn", "partsförhållanden.utträde"))
def many_parties_without_withdrawal(case: Case) -> Iterable[Hit]:
    """Tre eller flera parter och ingenting om utträde.

    Vad: Avtalet har minst tre parter, och ingenting är sagt om hur en av dem lämnar partnerskapet.
    Varför: Utan regler om utträde måste hela avtalet sägas upp när en part vill lämna.
    Dåligt exempel:
        parter: [{namn: Kommunen}, {namn: Lyktan}, {namn: Vinden}]
    Bra exempel:
        parter: [{namn: Kommunen}, {namn: Lyktan}, {namn: Vinden}]
        partsförhållanden: {utträde: {uppsägningstid: 3 månader}}
    Källa: malmo, Avtalspartner.
    """
    relations = case.agreement.relations
    count = len(case.agreement.parties)
    if count >= 3 and is_absent(relations.withdrawal if relations else None):
        message = f"avtalet har {count} parter men säger inte hur en av dem lämnar partnerskapet"
        hint = "skriv ”utträde” under ”partsförhållanden”: hur, uppsägningstid och vad som gäller för övriga"
        yield Hit("partsförhållanden.utträde", message, hint)


@rule("S138", "hängavtal-med-sig-själv", Level.ERROR, reads=("parter.hängavtal.med",))
def side_agreement_with_itself(case: Case) -> Iterable[Hit]:
    """Ett hängavtal som en part har med sig själv.

    Vad: Det som står som motpart i en parts hängavtal är parten själv.
    Varför: Hängavtalet knyter företaget till någon annan av parterna, och det framgår inte till vem.
    Dåligt exempel:
        parter: [{namn: Bolaget AB, hängavtal: {med: Bolaget AB}}, {namn: Lyktan}]
    Bra exempel:
        parter: [{namn: Bolaget AB, hängavtal: {med: Lyktan}}, {namn: Lyktan}]
    Källa: sou, Kriterier för vad som kännetecknar idéburna offentliga partnerskap.
    """
    for number, party in enumerate(case.agreement.parties, 1):
        other = party.side_agreement.with_party if party.side_agreement else None
        if other and case.agreement.party(other) is party:
            message = f"{_name(party)} har hängavtal med sig själv"
            hint = "skriv den part som företaget har hängavtalet med"
            yield Hit(f"parter[{number}].hängavtal.med", message, hint)
