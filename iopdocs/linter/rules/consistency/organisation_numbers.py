"""S – organisation numbers: check digit, group, persons, the same twice."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.findings import Level
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.parties import PartyKind
from iopdocs.values import running_text
from iopdocs.values.identifiers import OrganisationNumber

_GROUPS = {
    PartyKind.MUNICIPALITY: "2",
    PartyKind.REGION: "2",
    PartyKind.MUNICIPAL_ASSOCIATION: "2",
    PartyKind.STATE_AUTHORITY: "2",
    PartyKind.PUBLIC_COMPANY: "5",
    PartyKind.ASSOCIATION: "8",
    PartyKind.FOUNDATION: "8",
    PartyKind.FAITH_COMMUNITY: "28",
    PartyKind.CONGREGATION: "28",
    PartyKind.COOPERATIVE: "7",
    PartyKind.NON_PROFIT_COMPANY: "5",
}
# A profit-distributing company may have any legal form, also sole trader: it has no group of its own.


@rule("S103", "kontrollsiffra", Level.WARNING, reads=("parter.organisationsnummer",))
def wrong_check_digit(case: Case) -> Iterable[Hit]:
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
            # A person's number is not repeated in the message, where it would spread.
            shown = "" if value.is_personal else f" {value}"
            message = f"organisationsnumret{shown} har fel kontrollsiffra"
            yield Hit(path, message, "jämför siffra för siffra med organisationens registreringsbevis")


@rule("S121", "organisationsnummer-mot-typ", Level.ADVICE, reads=("parter.organisationsnummer", "parter.typ"))
def group_against_kind(case: Case) -> Iterable[Hit]:
    """Ett organisationsnummer som hör till ett annat slag av organisation.

    Vad: Den första siffran i organisationsnumret hör inte till partens typ. Siffran är 2 för offentliga organ och
        för trossamfund och församlingar, 5 för aktiebolag, 7 för ekonomiska föreningar och 8 för ideella föreningar,
        stiftelser, trossamfund och församlingar.
    Varför: Antingen numret eller typen är fel, och typen avgör vilka krav som gäller för parten.
    Dåligt exempel:
        parter: [{namn: Lyktan, typ: ideell förening, organisationsnummer: 769600-0004}]
    Bra exempel:
        parter: [{namn: Lyktan, typ: ekonomisk förening, organisationsnummer: 769600-0004}]
    Källa: lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.
    """
    for number, party in enumerate(case.agreement.parties, 1):
        given = party.organisation_number
        usual = _GROUPS.get(party.kind) if party.kind else None
        if given is None or usual is None or party.kind is None or given.is_personal or given.digits[0] in usual:
            continue
        message = "organisationsnumret börjar med {digit}, men för {kind} börjar det med {usual}".format(
            digit=given.digits[0], kind=party.kind.value, usual=" eller ".join(usual)
        )
        yield Hit(f"parter[{number}].organisationsnummer", message, "kontrollera både numret och ”typ”")


@rule("S122", "personnummer", Level.WARNING, reads=("parter.organisationsnummer",))
def personal_number(case: Case) -> Iterable[Hit]:
    """Ett personnummer där det ska stå ett organisationsnummer.

    Vad: Numrets tredje siffra är 0 eller 1, som i ett personnummer. I ett organisationsnummer är den minst 2.
    Varför: Ett personnummer är en personuppgift som inte hör hemma i ett avtal som blir allmän handling.
    Dåligt exempel:
        parter: [{namn: Företaget, organisationsnummer: 121212-1212}]
    Bra exempel:
        parter: [{namn: Företaget, organisationsnummer: 212000-0001}]
    Källa: lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.;
        lag (2018:218) med kompletterande bestämmelser till EU:s dataskyddsförordning, 3 kap. 10 §.
    """
    for path, _field, value in case.agreement.leaves:
        if isinstance(value, OrganisationNumber) and value.is_personal:
            hint = "skriv organisationsnumret, eller utelämna numret om parten är en enskild firma"
            yield Hit(path, "numret ser ut som ett personnummer", hint)


@rule("S123", "samma-organisationsnummer", Level.ERROR, reads=("parter.organisationsnummer",))
def same_number_twice(case: Case) -> Iterable[Hit]:
    """Två parter med samma organisationsnummer.

    Vad: Två parter har samma organisationsnummer.
    Varför: De är då samma juridiska person. Flera nämnder i en kommun är enheter av en part, och en part kan inte
        avtala med sig själv.
    Dåligt exempel:
        parter: [{namn: Socialnämnden, organisationsnummer: 212000-0001}, {namn: Kulturnämnden, organisationsnummer: 212000-0001}]
    Bra exempel:
        parter: [{namn: Exempelstads kommun, enheter: [Socialnämnden, Kulturnämnden], organisationsnummer: 212000-0001}]
    Källa: malmo, Avtalspartner; famna, Utforma avtal.
    """
    first: dict[str, int] = {}
    for number, party in enumerate(case.agreement.parties, 1):
        if party.organisation_number is None:
            continue
        digits = party.organisation_number.digits
        if digits in first:
            other = case.agreement.parties[first[digits] - 1]
            called = running_text.short(other.called or f"part {first[digits]}")
            message = f"parten har samma organisationsnummer som {called}"
            hint = "rätta numret, eller skriv nämnderna som ”enheter” av en och samma part"
            yield Hit(f"parter[{number}].organisationsnummer", message, hint)
        else:
            first[digits] = number
