"""R – advice on open questions and participation: mandate, accession, decisions, surplus, personal data, details."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.findings import Level
from iopdocs.linter.agreement_parts import insatser, is_begun, is_empty, means_all, name_of, only_side
from iopdocs.linter.economies import economies
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.fields import is_absent
from iopdocs.model.special_terms import StandardTerm


@rule(
    "R406",
    "offentligt-uppdrag-inte-angivet",
    Level.ADVICE,
    reads=("bakgrund.politiska_uppdrag", "bakgrund.kompletterar", "utgångspunkter.beslut"),
)
def not_tied_to_the_mandate(case: Case) -> Iterable[Hit]:
    """Avtalet säger inte var det hakar i det offentliga uppdraget.

    Vad: Ett politiskt uppdrag är angivet, men avtalet säger varken vad partnerskapet kompletterar eller vilka beslut det
        utgår från, fast det har både insatser (eller en insatsram) och mål. Saknas uppdraget helt säger J306 det i stället.
    Varför: Läsaren behöver se vilket offentligt uppdrag partnerskapet hakar i och vilka andra insatser det hänger ihop med.
    Dåligt exempel:
        bakgrund: {politiska_uppdrag: [{uppdrag: Stärka det förebyggande arbetet, organ: Kommunfullmäktige}]}
        insatser: [{namn: Nattvandring}]
        mål: {syfte: Trygga kvällar.}
    Bra exempel:
        bakgrund:
          politiska_uppdrag: [{uppdrag: Stärka det förebyggande arbetet, organ: Kommunfullmäktige}]
          kompletterar: Partnerskapet kompletterar fritidsgårdarna och fältarbetet.
        insatser: [{namn: Nattvandring}]
        mål: {syfte: Trygga kvällar.}
    Källa: famna, Vad kännetecknar ett bra IOP?; malmo, Avtalets form och utgångspunkt.
    """
    background, basis = case.agreement.background, case.agreement.basis
    if background is None or is_absent(background.mandates) or not is_begun(case.agreement):
        return
    if is_empty(background.complements) and all(is_empty(decision) for decision in (basis.decisions if basis else ())):
        yield Hit(
            "bakgrund.kompletterar",
            "det framgår inte vilket offentligt uppdrag partnerskapet hakar i",
            "skriv vad partnerskapet kompletterar, eller vilka beslut och styrdokument det utgår från",
        )


@rule("R407", "anslutning-saknas", Level.ADVICE, reads=("partsförhållanden.anslutning",))
def parties_cannot_join(case: Case) -> Iterable[Hit]:
    """Det framgår inte hur nya parter ansluter.

    Vad: ”partsförhållanden.anslutning” saknas, fast avtalet har både insatser (eller en insatsram) och mål.
    Varför: Ett partnerskap som fler kan ansluta till kan växa när det behövs. Är det inte meningen räcker det att säga det.
    Dåligt exempel:
        insatser: [{namn: Nattvandring}]
        mål: {syfte: Trygga kvällar.}
    Bra exempel:
        partsförhållanden: {anslutning: {hur: Parterna beslutar tillsammans om en ny part får ansluta.}}
        insatser: [{namn: Nattvandring}]
        mål: {syfte: Trygga kvällar.}
    Källa: famna, Vad kännetecknar ett bra IOP?
    """
    relations = case.agreement.relations
    if is_begun(case.agreement) and is_absent(relations.accession if relations else None):
        message = "det framgår inte om och hur nya parter kan ansluta"
        yield Hit("partsförhållanden.anslutning", message, "skriv vem som beslutar och vad en ny part behöver uppfylla")


@rule(
    "R408",
    "en-beslutar-om-det-gemensamma",
    Level.ADVICE,
    reads=("organisation.beslutar_i_gemensamma_frågor", "parter.typ"),
)
def one_decides(case: Case) -> Iterable[Hit]:
    """En part eller en sida beslutar ensam i gemensamma frågor.

    Vad: De parter som beslutar i gemensamma frågor är angivna, och de är bara en av flera parter eller hör alla till samma
        sida fast den andra sidan finns.
    Varför: Parterna är jämbördiga. Var och en beslutar om sitt, men det gemensamma beslutar de tillsammans.
    Dåligt exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        organisation: {beslutar_i_gemensamma_frågor: [K]}
    Bra exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        organisation: {beslutar_i_gemensamma_frågor: [alla parter]}
    Källa: famna, Formulera en vision och ett långsiktigt mål; vgr, Avtal och beslut.
    """
    agreement = case.agreement
    deciders = agreement.organisation.deciders if agreement.organisation else ()
    parties = [agreement.party(name) for name in deciders]
    if not deciders or any(means_all(name) for name in deciders) or any(party is None for party in parties):
        return
    path = "organisation.beslutar_i_gemensamma_frågor"
    hint = "låt alla parter besluta tillsammans i det som är gemensamt: ”alla parter”"
    side = only_side(agreement, deciders)
    if len({id(party) for party in parties}) == 1 and len(agreement.parties) > 1:
        yield Hit(path, f"{name_of(parties[0])} beslutar ensam i gemensamma frågor", hint)
    elif side:
        yield Hit(path, f"bara {side} sidan beslutar i gemensamma frågor", hint)


@rule(
    "R410",
    "lämnat-öppet",
    Level.ADVICE,
    reads=("ekonomi.överskott", "ekonomi.andra_bidrag", "insatsram.revidering"),
)
def left_open(case: Case) -> Iterable[Hit]:
    """Överskott, andra bidrag eller översyn av insatsramen är lämnat öppet.

    Vad: Avtalet har en ekonomi, i avtalet eller i en bilaga, men ingen av dem säger hur ett överskott hanteras eller om
        andra bidrag får sökas, fast avtalet har både insatser (eller en insatsram) och mål; eller en insatsram saknar
        ”revidering”.
    Varför: Det är lättare att komma överens om sådant innan pengarna finns, och en ram behöver ses över för att leva.
    Dåligt exempel:
        insatsram: {beskrivning: Insatser som bryter ensamhet bland äldre.}
    Bra exempel:
        insatsram:
          beskrivning: Insatser som bryter ensamhet bland äldre.
          revidering: Parterna ser över ramen varje höst i en plan för nästa år.
    Källa: malmo, Ekonomi; famna, Skissa på ett ramverk för insatser.
    """
    frame = case.agreement.insats_frame
    if frame is not None and not is_absent(frame) and is_empty(frame.revision):
        hint = "skriv hur och när ramen ses över, till exempel genom en plan för varje år"
        yield Hit("insatsram.revidering", "det framgår inte hur insatsramen ses över", hint)
    found_economies = [(path, economy) for path, economy in economies(case.agreement) if not is_absent(economy)]
    if not found_economies or not is_begun(case.agreement):
        return
    path = found_economies[0][0]
    if all(
        economy.surplus is None or (economy.surplus.use is None and is_empty(economy.surplus.description))
        for _path, economy in found_economies
    ):
        hint = "skriv om överskottet återinvesteras, återbetalas eller tas upp i en dialog"
        yield Hit(f"{path}.överskott", "det framgår inte hur ett överskott hanteras", hint)
    if all(
        economy.grants is None or (economy.grants.allowed is None and is_empty(economy.grants.description))
        for _path, economy in found_economies
    ):
        hint = "skriv om organisationen får söka andra bidrag för samma verksamhet"
        yield Hit(f"{path}.andra_bidrag", "det framgår inte om andra bidrag får sökas", hint)


@rule(
    "R411",
    "personuppgifter-utan-villkor",
    Level.ADVICE,
    reads=("särskilda_villkor.personuppgifter_hanteras", "särskilda_villkor.personuppgifter"),
)
def personal_data_without_terms(case: Case) -> Iterable[Hit]:
    """Personuppgifter hanteras, och avtalet säger inte hur.

    Vad: ”personuppgifter_hanteras” är ja, och ”personuppgifter” saknar både ansvar och beskrivning.
    Varför: Var och en som behandlar personuppgifter behöver veta om den svarar för dem själv, tillsammans med en annan part
        eller som biträde.
    Dåligt exempel:
        särskilda_villkor: {personuppgifter_hanteras: ja}
    Bra exempel:
        särskilda_villkor: {personuppgifter_hanteras: ja, personuppgifter: {ansvar: eget ansvar}}
    Källa: dataskyddsförordningen (EU) 2016/679, artiklarna 4.7, 26 och 28.
    """
    terms = case.agreement.special_terms
    data = terms.personal_data if terms else None
    if terms and terms.handles_personal_data and (
        data is None or (data.responsibility is None and is_empty(data.description))
    ):  # fmt: skip
        yield Hit(
            "särskilda_villkor.personuppgifter",
            "personuppgifter hanteras, men avtalet säger inte vem som ansvarar för dem",
            "välj ansvar: eget ansvar, gemensamt ansvar eller personuppgiftsbiträde",
        )


@rule(
    "R412",
    "barn-utan-registerkontroll",
    Level.ADVICE,
    reads=(
        "särskilda_villkor.kontakt_med_barn",
        "särskilda_villkor.registerkontroll",
        "särskilda_villkor.standardvillkor",
    ),
)
def children_without_record_check(case: Case) -> Iterable[Hit]:
    """Direkt och regelbunden kontakt med barn utan registerkontroll.

    Vad: ”kontakt_med_barn” är ja, och varken en text om registerkontroll eller standardvillkoret registerkontroll finns.
    Varför: Den som erbjuds anställning eller uppdrag som innebär direkt och regelbunden kontakt med barn ska visa ett
        utdrag ur belastningsregistret om den som erbjuder det begär det.
    Dåligt exempel:
        särskilda_villkor: {kontakt_med_barn: ja}
    Bra exempel:
        särskilda_villkor: {kontakt_med_barn: ja, standardvillkor: [registerkontroll]}
    Källa: lag (2013:852) om registerkontroll av personer som ska arbeta med barn.
    """
    terms = case.agreement.special_terms
    if (
        terms
        and terms.regular_contact_with_children
        and is_empty(terms.record_check)
        and StandardTerm.RECORD_CHECK not in terms.standard
    ):
        yield Hit(
            "särskilda_villkor.registerkontroll",
            "verksamheten har direkt och regelbunden kontakt med barn, men registerkontroll är inte avtalad",
            "ta med standardvillkoret registerkontroll, eller skriv hur kontrollen görs",
        )


@rule("R413", "detaljreglering", Level.ADVICE, reads=("insatser.beskrivning", "bilagor.insatser.beskrivning"))
def regulated_in_detail(case: Case) -> Iterable[Hit]:
    """En insats som är reglerad i detalj.

    Vad: Beskrivningen av en insats, i avtalet eller i en bilaga, har fler ord än gränsen ”ord_per_insats” (250 om inget
        annat är sagt; 0 stänger av, som i profilen malmo).
    Varför: Den som driver insatsen bestämmer hur den görs. Ju mer avtalet styr i detalj, desto mer liknar det ett uppdrag.
    Dåligt exempel:
        insatser:
          - namn: Nattvandring
            beskrivning: >-
              Föreningen går med fyra personer i gul väst från klockan 20.00 till 24.00 varje fredag och lördag, längs den
              väg som kommunen har ritat in på kartan, och fyller i kommunens blankett vid varje stopp. (Så fortsätter det i
              minst 250 ord.)
    Bra exempel:
        insatser:
          - namn: Nattvandring
            beskrivning: Vuxna rör sig i Norrby på kvällar då unga samlas där.
    Källa: famna, Vad kännetecknar ett bra IOP?; vgr, IOP är samverkan.
    """
    most = case.limits.insats_words or 0
    for path, insats in insatser(case.agreement):
        words = len((insats.description or "").split()) if most else 0
        if words > most:
            message = f"beskrivningen har {words} ord; fler än {most} är detaljreglering"
            yield Hit(f"{path}.beskrivning", message, "skriv vad insatsen är och lämna hur till den som driver den")
