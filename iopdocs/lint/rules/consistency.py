"""S – samstämmighet: what the agreement says in one place against what it says in another."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.library.profiles import Level
from iopdocs.lint.rule import Case, Rule, rule
from iopdocs.messages import _
from iopdocs.model.fields import EVERY_PARTY, PartyRef
from iopdocs.model.identifiers import OrganisationNumber
from iopdocs.model.period import Period


@rule("S101", "slut-före-start", Level.ERROR, reads=("avtalstid.start", "avtalstid.slut"))
def end_before_start(case: Case) -> Iterable[tuple[str, str]]:
    """En tid som slutar innan den börjar.

    Vad: Avtalstidens slut, eller slutet på en period, ligger före dess start.
    Varför: Då går det inte att säga när avtalet gäller.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2026-12-31}
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
    Källa: malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term and term.start and term.end and term.end < term.start:
        yield (
            "avtalstid.slut",
            _("avtalet slutar {end} innan det börjar {start}").format(end=term.end, start=term.start),
        )
    for path, _field, value in case.agreement.leaves:
        if isinstance(value, Period) and value.end < value.start:
            yield path, _("perioden slutar {end} innan den börjar {start}").format(end=value.end, start=value.start)


@rule("S102", "okänd-part", Level.ERROR, reads=("parter.namn", "parter.kallas"))
def unknown_party(case: Case) -> Iterable[tuple[str, str]]:
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
    for path, field, value in case.agreement.leaves:
        if field.type is PartyRef and value.strip().casefold() != EVERY_PARTY and case.agreement.party(value) is None:
            names = ", ".join(party.called for party in case.agreement.parties if party.called)
            yield path, _("”{name}” är ingen part – parterna är: {names}").format(name=value, names=names or _("inga"))


@rule("S103", "kontrollsiffra", Level.WARNING, reads=("parter.organisationsnummer",))
def wrong_check_digit(case: Case) -> Iterable[tuple[str, str]]:
    """Ett organisationsnummer med fel kontrollsiffra.

    Vad: Den sista siffran stämmer inte med de nio före den.
    Varför: Numret är felskrivet och pekar på fel organisation eller ingen.
    Dåligt exempel:
        parter: [{organisationsnummer: 212000-0002}]
    Bra exempel:
        parter: [{organisationsnummer: 212000-0001}]
    Källa: lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.
    """
    for path, _field, value in case.agreement.leaves:
        if isinstance(value, OrganisationNumber) and not value.check_digit_is_right:
            yield path, _("organisationsnumret {number} har fel kontrollsiffra").format(number=value)


@rule("S104", "tills-vidare-med-slutdag", Level.ERROR, reads=("avtalstid.tills_vidare", "avtalstid.slut"))
def open_ended_with_end(case: Case) -> Iterable[tuple[str, str]]:
    """Ett avtal som både gäller tills vidare och har en slutdag.

    Vad: Avtalet är angivet som tills vidare och har ändå ett slutdatum.
    Varför: Läsaren vet inte om avtalet upphör på slutdagen.
    Dåligt exempel:
        avtalstid: {tills_vidare: ja, slut: 2029-12-31}
    Bra exempel:
        avtalstid: {tills_vidare: nej, slut: 2029-12-31}
    Källa: malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term and term.until_further_notice and term.end:
        yield "avtalstid.slut", _("avtalet gäller tills vidare men har också slutdagen {end}").format(end=term.end)


@rule(
    "S105", "tills-vidare-utan-uppsägning", Level.WARNING, reads=("avtalstid.tills_vidare", "avtalstid.uppsägningstid")
)
def open_ended_without_notice(case: Case) -> Iterable[tuple[str, str]]:
    """Ett avtal som gäller tills vidare och saknar uppsägningstid.

    Vad: Avtalet gäller tills vidare, och ingen uppsägningstid är angiven.
    Varför: Då framgår det inte hur en part kommer ur avtalet.
    Dåligt exempel:
        avtalstid: {tills_vidare: ja}
    Bra exempel:
        avtalstid: {tills_vidare: ja, uppsägningstid: 6 månader}
    Källa: uddevalla, avtalstid och uppsägningstid.
    """
    term = case.agreement.term
    if term and term.until_further_notice and term.notice is None:
        yield "avtalstid.uppsägningstid", _("avtalet gäller tills vidare men har ingen uppsägningstid")


@rule("S106", "bilaga-saknas", Level.ERROR, reads=("insatser.bilaga", "bilagor.titel"))
def missing_appendix(case: Case) -> Iterable[tuple[str, str]]:
    """En hänvisning till en bilaga som inte finns.

    Vad: En insats hänvisar till en bilaga vars titel ingen bilaga har.
    Varför: Det som bilagan skulle säga om insatsen saknas i avtalet.
    Dåligt exempel:
        insatser: [{namn: Läger, bilaga: Plan}]
        bilagor: [{titel: Budget}]
    Bra exempel:
        insatser: [{namn: Läger, bilaga: Plan}]
        bilagor: [{titel: Plan}]
    Källa: malmo, Insatser.
    """
    titles = {_folded(appendix.title) for appendix in case.agreement.appendices if appendix.title}
    for path, field, value in case.agreement.leaves:
        if field.name == "appendix" and field.type is str and value.strip() and _folded(value) not in titles:
            yield path, _("bilagan ”{title}” finns inte bland bilagorna").format(title=value)


@rule("S107", "samma-namn-på-två-parter", Level.ERROR, reads=("parter.namn", "parter.kallas"))
def same_name_twice(case: Case) -> Iterable[tuple[str, str]]:
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
        if called and _folded(called) in seen:
            key = "kallas" if party.short_name else "namn"
            yield (
                f"parter[{number}].{key}",
                _("”{name}” är också {other}").format(name=called, other=seen[_folded(called)]),
            )
        elif called:
            seen[_folded(called)] = f"parter[{number}]"


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


CONSISTENCY: tuple[Rule, ...] = (
    end_before_start,
    unknown_party,
    wrong_check_digit,
    open_ended_with_end,
    open_ended_without_notice,
    missing_appendix,
    same_name_twice,
)
