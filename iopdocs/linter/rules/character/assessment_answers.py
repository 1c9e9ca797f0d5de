"""J – answers in the legal assessment that speak against the agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iopdocs.files.value_readers import fold
from iopdocs.findings import Level
from iopdocs.library.question_lists import Meaning
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.linter.rules.character.assessment_parts import MEANINGS, AssessmentPart, examined, question_text
from iopdocs.model.assessment import Answer, Answered

OTHER_SUPPORT = "inget-annat-stöd"
"""The question that may be answered nej when the limits allow other support from the same public party."""


@rule("J314", "offentligt-kontrakt", Level.WARNING, reads=("rättslig_bedömning.offentligt_kontrakt",))
def public_contract(case: Case) -> Iterable[Hit]:
    """Alla kriterier för ett offentligt kontrakt är uppfyllda.

    Vad: Varje fråga i listan om offentligt kontrakt är besvarad med ja.
    Varför: Då är avtalet ett offentligt kontrakt, och tjänsten ska upphandlas. I HFD 2020 ref. 15 var ett avtal som kallades
        partnerskap ett tjänstekontrakt: stiftelsen drev ett äldreboende för kommunens räkning mot betalning. Ett nej är
        aldrig ett frikort: att bara återbetalning kan krävas är ett tecken, och bedömningen gäller avtalet som helhet.
    Dåligt exempel:
        rättslig_bedömning:
          offentligt_kontrakt:
            svar:
              - {fråga: avtal, svar: ja, motivering: Två parter.}
              - {fråga: överenskommelse, svar: ja, motivering: Båda har sagt ja.}
              - {fråga: anskaffning, svar: ja, motivering: Kommunen skaffar platser.}
              - {fråga: val-av-leverantör, svar: ja, motivering: Stiftelsen valdes.}
              - {fråga: ekonomiskt-intresse, svar: ja, motivering: Den betalas per plats.}
              - {fråga: bindande-skyldigheter, svar: ja, motivering: Platserna kan krävas.}
    Bra exempel:
        rättslig_bedömning:
          offentligt_kontrakt:
            svar:
              - {fråga: avtal, svar: ja, motivering: Två parter.}
              - {fråga: överenskommelse, svar: ja, motivering: Båda har sagt ja.}
              - {fråga: anskaffning, svar: nej, motivering: Parterna driver var sin del mot ett gemensamt mål.}
              - {fråga: val-av-leverantör, svar: nej, motivering: Ingen marknad finns.}
              - {fråga: ekonomiskt-intresse, svar: nej, motivering: Kommunen får ingen prestation.}
              - {fråga: bindande-skyldigheter, svar: nej, motivering: Bara återbetalning kan krävas.}
    Källa: famna, Lagen om offentlig upphandling (LOU); HFD 2020 ref. 15.
    """
    for part in examined(case):
        if MEANINGS[part.key] is Meaning.ALL_YES_IS_CONTRACT and part.all_yes():
            yield Hit(
                part.path,
                "alla kriterier är uppfyllda: avtalet är ett offentligt kontrakt, och tjänsten ska upphandlas",
                "upphandla tjänsten, eller gör om samarbetet så att det verkligen är ett partnerskap",
            )


def _answered_no(case: Case, *keys: str) -> Iterator[tuple[AssessmentPart, str, Answered]]:
    for part in examined(case):
        for path, answered in part.answers() if part.key in keys else ():
            in_list = part.list is not None and part.list.question(answered.question or "") is not None
            if in_list and answered.answer is Answer.NO:
                yield part, path, answered


@rule("J317", "kännetecken-saknas", Level.WARNING, reads=("rättslig_bedömning.kännetecken.svar",))
def mark_missing(case: Case) -> Iterable[Hit]:
    """Ett kännetecken på ett partnerskap finns inte.

    Vad: En fråga i listan över kännetecken är besvarad med nej.
    Varför: Alla fyra kännetecknen hör till; saknas ett är en annan form än partnerskap troligen rätt.
    Dåligt exempel:
        rättslig_bedömning:
          kännetecken: {svar: [{fråga: samfinansiering, svar: nej, motivering: Bara kommunen bidrar.}]}
    Bra exempel:
        rättslig_bedömning:
          kännetecken: {svar: [{fråga: samfinansiering, svar: ja, motivering: Föreningen bidrar med ideell tid.}]}
    Källa: sou, Kriterier för vad som kännetecknar idéburna offentliga partnerskap.
    """
    for part, path, answered in _answered_no(case, "kännetecken"):
        message = f"ett kännetecken saknas: {question_text(part, answered)}"
        yield Hit(f"{path}.svar", message, "pröva om en annan form passar bättre, eller gör om samarbetet")


@rule("J318", "kommunallagen-nej", Level.WARNING, reads=("rättslig_bedömning.kommunallagen.svar",))
def against_local_government_act(case: Case) -> Iterable[Hit]:
    """Något som kommunallagen kräver är inte uppfyllt.

    Vad: En fråga i listan om kommunallagen är besvarad med nej.
    Varför: En kommun eller region får inte gå in i ett partnerskap som strider mot kommunallagen; beslutet kan upphävas.
    Dåligt exempel:
        rättslig_bedömning:
          kommunallagen: {svar: [{fråga: likabehandling, svar: nej, motivering: Bara medlemmar får delta.}]}
    Bra exempel:
        rättslig_bedömning:
          kommunallagen: {svar: [{fråga: likabehandling, svar: ja, motivering: Alla invånare får delta.}]}
    Källa: famna, Kommunallagen; kommunallagen (2017:725) 2 kap. 1, 3 och 8 §§ och 10 kap. 7–9 §§.
    """
    for part, path, answered in _answered_no(case, "kommunallagen"):
        message = f"ett krav i kommunallagen är inte uppfyllt: {question_text(part, answered)}"
        yield Hit(f"{path}.svar", message, "ändra avtalet så att kravet uppfylls innan beslut fattas")


@rule(
    "J319",
    "villkor-inte-uppfyllt",
    Level.ADVICE,
    reads=("rättslig_bedömning.vgr_villkor.svar", "rättslig_bedömning.skr_kriterier.svar"),
)
def condition_not_met(case: Case) -> Iterable[Hit]:
    """Ett av regionens villkor eller SKR:s kriterier är inte uppfyllt.

    Vad: En fråga i listan över Västra Götalandsregionens villkor eller SKR:s kriterier är besvarad med nej. Att
        organisationen har annat stöd (inget-annat-stöd) är inget fynd när gränsen ”annat_stöd_tillåtet” är ja.
    Varför: Villkoren är regionens egna och kriterierna ett stöd; ett nej behöver inte fälla avtalet men ska vara övervägt.
    Dåligt exempel:
        rättslig_bedömning:
          vgr_villkor: {svar: [{fråga: komplement, svar: nej, motivering: Regionen gör redan detta.}]}
    Bra exempel:
        rättslig_bedömning:
          vgr_villkor: {svar: [{fråga: komplement, svar: ja, motivering: Regionen gör inte detta.}]}
    Källa: vgr, Regionens riktlinje för IOP; SKR:s kriterier som stöd för partnerskap, återgivna i sak.
    """
    for part, path, answered in _answered_no(case, "vgr_villkor", "skr_kriterier"):
        if fold(answered.question or "") == OTHER_SUPPORT and case.limits.other_support:
            continue
        message = f"ett villkor är inte uppfyllt: {question_text(part, answered)}"
        yield Hit(f"{path}.svar", message, "ändra avtalet, eller låt motiveringen visa varför det ändå är rätt")
