"""J – partnerskapets karaktär: contributions, rights, and consequences when a party fails."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.findings import Level
from iopdocs.linter.agreement_parts import insatser, is_civil, is_empty, is_public, name_of, only_side
from iopdocs.linter.economies import economies
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.economy import SurplusUse
from iopdocs.model.fields import is_absent
from iopdocs.model.organisation import PublicVoice
from iopdocs.model.parties import PartyKind
from iopdocs.model.renegotiation_and_disputes import Remedy


@rule(
    "J302",
    "ersättning-efter-volym",
    Level.ADVICE,
    reads=("ekonomi.utbetalningar.pris_per_dygn_och_person", "bilagor.ekonomi.utbetalningar.pris_per_dygn_och_person"),
)
def paid_by_volume(case: Case) -> Iterable[Hit]:
    """Pengar som följer hur mycket som utförs.

    Vad: En utbetalning från en offentlig part till en idéburen har ett pris per dygn och person. Ideella timmar, poster i
        budgeten och belopp för nivåer i ett utfallskontrakt räknas inte.
    Varför: Ett pris för varje utförd enhet liknar betalning för en tjänst. Det kan vara rätt ändå, till exempel när ingen
        vet hur många som kommer, men då behöver den rättsliga bedömningen säga det.
    Dåligt exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        ekonomi:
          utbetalningar:
            - {från: K, till: F, pris_per_dygn_och_person: 350 kr}
    Bra exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        ekonomi:
          utbetalningar:
            - {från: K, till: F, belopp: 225 000 kr, takt: kvartal, period: 2027}
    Källa: famna, Lagen om offentlig upphandling (LOU); malmo, Ekonomi.
    """
    agreement = case.agreement
    for path, economy in economies(agreement):
        for number, payment in enumerate(economy.payments, 1):
            payer, payee = agreement.party(payment.payer or ""), agreement.party(payment.payee or "")
            if payment.price_per_day_and_person is not None and is_public(payer) and is_civil(payee):
                yield Hit(
                    f"{path}.utbetalningar[{number}].pris_per_dygn_och_person",
                    "beloppet följer antalet dygn och personer, som ett pris för en tjänst",
                    "avtala ett fast belopp för insatsen, eller motivera i den rättsliga bedömningen varför det behövs",
                )


@rule("J303", "en-sidas-resurser", Level.WARNING, reads=("ekonomi.resurser.part", "bilagor.ekonomi.resurser.part"))
def resources_of_one_side(case: Case) -> Iterable[Hit]:
    """Bara den ena sidan bidrar med resurser.

    Vad: Avtalet har en offentlig och en idéburen part och anger resurser, men ingen av resurserna kommer från den ena
        sidan. Bilagornas resurser räknas med. Regeln tiger om en resurs har en part som inte är känd.
    Varför: Ett partnerskap är samfinansierat. Bidrar bara den ena är det snarare ett köp eller ett bidrag.
    Dåligt exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        ekonomi: {resurser: [{part: K, slag: lokaler}]}
    Bra exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        ekonomi: {resurser: [{part: K, slag: lokaler}, {part: F, slag: ideellt arbete}]}
    Källa: sou, Kriterier för vad som kännetecknar idéburna offentliga partnerskap; malmo, Ekonomi.
    """
    contributors = [
        (path, resource.party)
        for path, economy in economies(case.agreement)
        for resource in economy.resources
        if resource.party
    ]
    side = only_side(case.agreement, [party for _path, party in contributors])
    if side:
        yield Hit(
            f"{contributors[0][0]}.resurser",
            f"bara {side} sidan bidrar med resurser",
            "skriv vad också den andra sidan bidrar med, till exempel lokaler, ideellt arbete eller kunskap",
        )


@rule(
    "J304",
    "överskott-delas-ut",
    Level.WARNING,
    reads=("ekonomi.överskott.hantering", "bilagor.ekonomi.överskott.hantering"),
)
def surplus_distributed(case: Case) -> Iterable[Hit]:
    """Ett överskott som delas ut.

    Vad: Överskottet hanteras genom att det delas ut. Det som en finansiär får tillbaka i ett socialt utfallskontrakt står
        under ”utfallskontrakt” och omfattas inte.
    Varför: Verksamheten i ett partnerskap drivs inte för vinst; ett överskott används i den eller betalas tillbaka.
    Dåligt exempel:
        ekonomi: {överskott: {hantering: delas ut}}
    Bra exempel:
        ekonomi: {överskott: {hantering: återinvesteras}}
    Källa: malmo, Ekonomi; famna, Vilka resurser kan ingå i ett IOP?
    """
    for path, economy in economies(case.agreement):
        if economy.surplus and economy.surplus.use is SurplusUse.DISTRIBUTED:
            hint = "låt överskottet återinvesteras i verksamheten eller betalas tillbaka"
            yield Hit(f"{path}.överskott.hantering", "överskottet delas ut", hint)


@rule("J305", "vinst-utan-hängavtal", Level.WARNING, reads=("parter.typ", "parter.hängavtal"))
def profit_without_side_agreement(case: Case) -> Iterable[Hit]:
    """Ett vinstutdelande företag som part utan hängavtal.

    Vad: En part är av typen vinstutdelande företag, och inget hängavtal är angivet för den.
    Varför: Partnerskapet är mellan offentliga och idéburna parter. Ett företag som delar ut vinst kan vara med genom ett
        hängavtal, som håller isär dess villkor från partnerskapets.
    Dåligt exempel:
        parter: [{namn: Exempel Omsorg AB, typ: vinstutdelande företag}]
    Bra exempel:
        parter:
          - namn: Exempel Omsorg AB
            typ: vinstutdelande företag
            hängavtal: {beskrivning: Företaget lånar ut sin lokal en kväll i veckan.}
    Källa: sou, Vad är ett IOP?.
    """
    for number, party in enumerate(case.agreement.parties, 1):
        if party.kind is PartyKind.PROFIT_COMPANY and is_absent(party.side_agreement):
            yield Hit(
                f"parter[{number}].hängavtal",
                f"{name_of(party)} delar ut vinst men har inget hängavtal",
                "reglera företagets medverkan i ett hängavtal och beskriv det här",
            )


@rule("J306", "inget-politiskt-uppdrag", Level.WARNING, reads=("parter.typ", "bakgrund.politiska_uppdrag"))
def no_political_mandate(case: Case) -> Iterable[Hit]:
    """Inget politiskt uppdrag bakom partnerskapet.

    Vad: En av parterna är offentlig, och inget politiskt uppdrag är beskrivet (uppdrag, organ eller referens).
    Varför: En offentlig part kan bara gå in i det som ligger inom dess uppdrag; utan politiskt uppdrag inget partnerskap.
    Dåligt exempel:
        parter: [{namn: K, typ: kommun}]
    Bra exempel:
        parter: [{namn: K, typ: kommun}]
        bakgrund:
          politiska_uppdrag:
            - {uppdrag: Nämnden ska stärka det förebyggande arbetet, organ: Kommunfullmäktige, referens: § 87}
    Källa: vgr, Avtal och beslut; famna, Utforma avtal.
    """
    background = case.agreement.background
    mandates = background.mandates if background else ()
    is_given = any(
        not (is_empty(mandate.mandate) and is_empty(mandate.body) and is_empty(mandate.reference))
        for mandate in mandates
    )
    if not is_given and any(map(is_public, case.agreement.parties)):
        yield Hit(
            "bakgrund.politiska_uppdrag",
            "inget politiskt uppdrag ligger bakom partnerskapet",
            "skriv vilket uppdrag den offentliga parten stöder sig på, vem som har beslutat det och var det framgår",
        )


@rule("J307", "påföljd-som-vid-köp", Level.WARNING, reads=("hävning.påföljd_vid_brist",))
def remedies_of_a_purchase(case: Case) -> Iterable[Hit]:
    """Fullgörelse, vite eller skadestånd vid brist.

    Vad: Bland påföljderna vid brist finns fullgörelse, vite eller skadestånd; ett fynd för var och en.
    Varför: Kan den offentliga parten kräva att tjänsten utförs, eller bestraffa att den inte gör det, är skyldigheterna
        bindande på samma sätt som i ett köp. Att bara återbetalning kan krävas talar emot ett offentligt kontrakt, men är
        aldrig ensamt ett besked om att avtalet inte är det.
    Dåligt exempel:
        hävning: {påföljd_vid_brist: [dialog, vite]}
    Bra exempel:
        hävning: {påföljd_vid_brist: [dialog, rättelse, återbetalning, hävning]}
    Källa: famna, Lagen om offentlig upphandling (LOU); malmo, Omförhandling, hävningsrätt samt tvist.
    """
    termination = case.agreement.termination
    for number, remedy in enumerate(termination.remedies if termination else (), 1):
        if remedy in (Remedy.PERFORMANCE, Remedy.PENALTY, Remedy.DAMAGES):
            yield Hit(
                f"hävning.påföljd_vid_brist[{number}]",
                f"{remedy.value} är en påföljd som hör till ett köp",
                "välj bland dialog, rättelse, återbetalning och hävning",
                word=remedy.value,
            )


@rule(
    "J309",
    "ensidig-rätt",
    Level.WARNING,
    reads=(
        "omförhandling.påkallas_av",
        "omförhandling.ändras_av",
        "avtalstid.får_sägas_upp_av",
        "hävning.får_hävas_av",
    ),
)
def right_of_one_side(case: Case) -> Iterable[Hit]:
    """Bara den ena sidan får omförhandla, ändra eller avsluta.

    Vad: De parter som får påkalla omförhandling, ändra, säga upp eller häva avtalet är angivna, och ingen av dem hör till
        den ena sidan (offentlig eller idéburen) fast den finns bland parterna. ”Alla parter” är rätt, och regeln tiger om
        en part saknas eller saknar typ.
    Varför: Parterna i ett partnerskap är jämbördiga. Malmös mall säger att lämpligen alla parter får påkalla omförhandling.
    Dåligt exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        omförhandling: {påkallas_av: [K]}
    Bra exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        omförhandling: {påkallas_av: [alla parter]}
    Källa: malmo, Omförhandling, hävningsrätt samt tvist.
    """
    agreement = case.agreement
    renegotiation, term, termination = agreement.renegotiation, agreement.term, agreement.termination
    rights = (
        ("omförhandling.påkallas_av", renegotiation.by if renegotiation else (), "påkalla omförhandling"),
        ("omförhandling.ändras_av", renegotiation.amended_by if renegotiation else (), "ändra avtalet"),
        ("avtalstid.får_sägas_upp_av", term.notice_by if term else (), "säga upp avtalet"),
        ("hävning.får_hävas_av", termination.by if termination else (), "häva avtalet"),
    )
    for path, parties, what in rights:
        side = only_side(agreement, parties)
        if side:
            message = f"bara {side} sidan får {what}"
            yield Hit(path, message, "ge båda sidor rätten, till exempel med ”alla parter”")


@rule("J310", "begränsad-röst", Level.WARNING, reads=("organisation.kommunikation.röstbärarroll",))
def limited_voice(case: Case) -> Iterable[Hit]:
    """Ett villkor som begränsar organisationens egen röst.

    Vad: Organisationens röst är angiven som begränsad. ”Fri” och ”efter information” är rätt.
    Varför: En idéburen organisation är självständig och ska kunna kritisera också den som den samverkar med.
    Dåligt exempel:
        organisation: {kommunikation: {röstbärarroll: begränsad}}
    Bra exempel:
        organisation: {kommunikation: {röstbärarroll: fri}}
    Källa: famna, Förord.
    """
    organisation = case.agreement.organisation
    communication = organisation.communication if organisation else None
    if communication and communication.public_voice is PublicVoice.LIMITED:
        yield Hit(
            "organisation.kommunikation.röstbärarroll",
            "organisationens rätt att uttala sig är begränsad",
            "låt varje part uttala sig fritt, eller be om information i förväg: ”efter information”",
        )


@rule(
    "J311",
    "myndighetsutövning",
    Level.ERROR,
    reads=("insatser.myndighetsutövning", "bilagor.insatser.myndighetsutövning"),
)
def exercise_of_authority(case: Case) -> Iterable[Hit]:
    """En insats med myndighetsutövning.

    Vad: En insats, i avtalet eller i en bilaga, innebär myndighetsutövning.
    Varför: Beslut om enskildas rättigheter och skyldigheter får lämnas över till en enskild organisation bara med stöd av
        lag (12 kap. 4 § regeringsformen).
    Dåligt exempel:
        insatser: [{namn: Prövning av rätt till boende, myndighetsutövning: ja}]
    Bra exempel:
        insatser: [{namn: Stöd till den som söker boende, myndighetsutövning: nej}]
    Källa: allmän juridisk kunskap, inte läst i en källa här.
    """
    for path, insats in insatser(case.agreement):
        if insats.exercise_of_authority:
            yield Hit(
                f"{path}.myndighetsutövning",
                "insatsen innebär myndighetsutövning, som inte får lämnas över utan stöd i lag",
                "låt myndigheten fatta besluten och begränsa insatsen till stöd, eller ta bort den",
            )


@rule(
    "J312",
    "lagstadgad-tjänst",
    Level.WARNING,
    reads=("insatser.lagstadgad_tjänst", "bilagor.insatser.lagstadgad_tjänst"),
)
def statutory_service(case: Case) -> Iterable[Hit]:
    """En insats som är en lagstadgad tjänst.

    Vad: En insats, i avtalet eller i en bilaga, är angiven som en tjänst som lagen ålägger det offentliga: särskilt boende
        för äldre, hemtjänst, insats enligt LSS eller en annan.
    Varför: Driver organisationen en sådan tjänst för kommunens räkning mot ersättning har kommunen ett direkt ekonomiskt
        intresse av den. I HFD 2020 ref. 15 var ett partnerskap om ett äldreboende ett kontrakt som skulle ha upphandlats.
    Dåligt exempel:
        insatser: [{namn: Solgården, lagstadgad_tjänst: särskilt boende för äldre}]
    Bra exempel:
        insatser: [{namn: Träffpunkt för äldre i Norrby}]
    Källa: HFD 2020 ref. 15; famna, Lagen om offentlig upphandling (LOU).
    """
    for path, insats in insatser(case.agreement):
        if insats.statutory_service is not None:
            yield Hit(
                f"{path}.lagstadgad_tjänst",
                f"”{insats.statutory_service.value}” är en tjänst som det offentliga ska ordna enligt lag",
                "upphandla tjänsten, eller håll den utanför partnerskapet",
            )
