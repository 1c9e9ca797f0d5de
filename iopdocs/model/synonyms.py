"""Other words for the words of a list: those that mean the same and are read, and those that a message suggests a word for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from iopdocs.model.agreement import Status
from iopdocs.model.assessment import Answer
from iopdocs.model.closing import SigningForm
from iopdocs.model.economy import (
    DeficitBearer,
    GrantsAllowed,
    IndexMethod,
    Interval,
    PaidWhen,
    ResourceKind,
    Rounding,
    SurplusUse,
)
from iopdocs.model.goals import AgeBand
from iopdocs.model.insatser import StatutoryService
from iopdocs.model.organisation import DecisionMode, PublicVoice
from iopdocs.model.parties import PartyKind
from iopdocs.model.renegotiation_and_disputes import DisputeForm
from iopdocs.model.special_terms import DataResponsibility


def _intervals() -> dict[str, Enum]:
    nouns = {
        Interval.MONTHLY: ("månad", "månadsvis"),
        Interval.QUARTERLY: ("kvartal", "kvartalsvis"),
        Interval.TERTIAL: ("tertial", "tertialvis"),
        Interval.HALF_YEARLY: ("halvår", "halvårsvis"),
        Interval.YEARLY: ("år", "årsvis"),
    }
    forms = ("per {}", "varje {}", "en gång per {}", "en gång varje {}", "1 gång per {}", "en gång i {}en", "/{}")
    read = {form.format(noun): one for one, (noun, _adverb) in nouns.items() for form in forms}
    read |= {adverb: one for one, (_noun, adverb) in nouns.items()}
    return {
        **read, "en gång om året": Interval.YEARLY, "årligen": Interval.YEARLY, "månatligen": Interval.MONTHLY,
        "engångsbelopp": Interval.ONCE, "vid ett tillfälle": Interval.ONCE,
    }  # fmt: skip


SAME: Mapping[type[Enum], Mapping[str, Enum]] = {
    Interval: _intervals(),
    PaidWhen: {
        "i förskott": PaidWhen.ADVANCE, "förskottsvis": PaidWhen.ADVANCE,
        "i efterskott": PaidWhen.ARREARS, "efterskottsvis": PaidWhen.ARREARS,
    },
    Rounding: {
        **dict.fromkeys(
            ("närmast lägre hundratal kronor", "till närmast lägre hundratal kronor", "närmast lägre hundratal",
             "avrundas nedåt till närmaste hundratal kronor", "nedåt till närmaste hundratal kronor",
             "nedåt till närmaste hundratal", "nedåt till hundratal"),
            Rounding.DOWN_TO_HUNDREDS,
        ),
        **dict.fromkeys(
            ("närmast lägre tusental kronor", "till närmast lägre tusental kronor", "närmast lägre tusental",
             "avrundas nedåt till närmaste tusental kronor", "nedåt till närmaste tusental kronor",
             "nedåt till närmaste tusental", "nedåt till tusental"),
            Rounding.DOWN_TO_THOUSANDS,
        ),
        **dict.fromkeys(
            ("närmaste hundratal", "närmaste hundratal kronor", "till närmaste hundratal",
             "avrundas till närmaste hundratal kronor"),
            Rounding.NEAREST_HUNDRED,
        ),
        **dict.fromkeys(
            ("närmaste krona", "närmaste hela krona", "till närmaste hela krona", "hela kronor",
             "avrundas till närmaste krona"),
            Rounding.NEAREST_KRONA,
        ),
    },
}  # fmt: skip
"""Other forms of a word of a list with the same meaning, in lower case: they are read as the word."""

_LABOUR, _PUBLIC, _PROFIT = IndexMethod.LABOUR_COST_INDEX, PartyKind.PUBLIC_COMPANY, PartyKind.PROFIT_COMPANY
SUGGESTED: Mapping[type[Enum], Mapping[str, Enum | None]] = {
    Status: {
        "gäller": Status.IN_FORCE, "i kraft": Status.IN_FORCE, "aktivt": Status.IN_FORCE, "giltigt": Status.IN_FORCE,
        "påskrivet": Status.SIGNED, "påskriven": Status.SIGNED, "signerad": Status.SIGNED, "signerat": Status.SIGNED,
        "underskrivet": Status.SIGNED, "underskriven": Status.SIGNED, "undertecknat": Status.SIGNED,
        "uppsagt": Status.NOTICE_GIVEN, "upphört": Status.ENDED, "avslutat": Status.ENDED, "avslutad": Status.ENDED,
        "utgånget": Status.ENDED, "beslutat": Status.DECIDED, "antaget": Status.DECIDED, "godkänt": Status.DECIDED,
        "förslag": Status.DRAFT, "koncept": Status.DRAFT,
    },
    Interval: {"per termin": None, "terminsvis": None, "varje termin": None, "löpande": None, "varje vecka": None},
    PartyKind: {
        "förening": PartyKind.ASSOCIATION, "kommunalt bolag": _PUBLIC, "statligt bolag": _PUBLIC, "offentligt bolag": _PUBLIC,
        "kommunägt bolag": _PUBLIC, "trossamfund": PartyKind.FAITH_COMMUNITY, "samfund": PartyKind.FAITH_COMMUNITY,
        "myndighet": PartyKind.STATE_AUTHORITY, "församling i svenska kyrkan": PartyKind.CONGREGATION,
        "pastorat": PartyKind.CONGREGATION, "aktiebolag med vinstutdelning": _PROFIT, "företag": None, "bolag": None,
        "aktiebolag": None, "aktiebolag (svb)": PartyKind.NON_PROFIT_COMPANY, "landsting": PartyKind.REGION,
        "kooperativ": PartyKind.COOPERATIVE, "insamlingsstiftelse": PartyKind.FOUNDATION, "nämnd": None,
    },
    IndexMethod: {
        "lci": _LABOUR, "aki": _LABOUR, "arbetskraftskostnadsindex": _LABOUR, "kpi": None, "kpif": None, "pkv": None,
        "nej": IndexMethod.NONE, "inget": IndexMethod.NONE, "inga": IndexMethod.NONE,
    },
    ResourceKind: {
        "pengar": ResourceKind.CASH, "kontanter": ResourceKind.CASH, "bidrag": ResourceKind.CASH, "lokal": ResourceKind.PREMISES,
        "personal": ResourceKind.LABOUR, "arbetstid": ResourceKind.LABOUR, "ideell tid": ResourceKind.NON_PROFIT_WORK,
        "ideella timmar": ResourceKind.NON_PROFIT_WORK, "overhead": ResourceKind.OVERHEAD, "övrigt": ResourceKind.OTHER,
    },
    SurplusUse: {
        "återinvestering": SurplusUse.REINVESTED, "återbetalning": SurplusUse.REPAID, "betalas tillbaka": SurplusUse.REPAID,
        "utdelning": SurplusUse.DISTRIBUTED, "delas mellan parterna": None, "delas lika": None, "delas": None, "behålls": None,
    },
    DeficitBearer: {
        "föreningen": DeficitBearer.ORGANISATION, "organisation": DeficitBearer.ORGANISATION,
        "stiftelsen": DeficitBearer.ORGANISATION, "kommunen": DeficitBearer.PUBLIC, "regionen": DeficitBearer.PUBLIC,
        "var och en bär sitt": DeficitBearer.EACH_ITS_OWN, "delas lika": None, "delas": None, "parterna gemensamt": None,
    },
    DisputeForm: {
        "domstol": DisputeForm.COURT, "tingsrätt": DisputeForm.COURT, "skiljenämnd": DisputeForm.ARBITRATION,
        "skiljedom": DisputeForm.ARBITRATION, "medlare": DisputeForm.MEDIATION, "förhandling": None,
        "förvaltningsdomstol": None, "förvaltningsrätt": None,
    },
    GrantsAllowed: {
        "ja": GrantsAllowed.YES, "tillåtet": GrantsAllowed.YES, "får": GrantsAllowed.YES, "får ej sökas": GrantsAllowed.NO,
        "får inte sökas": GrantsAllowed.NO, "får ej": GrantsAllowed.NO, "ej tillåtet": GrantsAllowed.NO,
        "inte tillåtet": GrantsAllowed.NO, "otillåtet": GrantsAllowed.NO, "förbjudet": GrantsAllowed.NO,
        "samråd": GrantsAllowed.AFTER_CONSULTATION, "efter godkännande": None,
    },
    PublicVoice: {
        "begränsat": PublicVoice.LIMITED, "efter info": PublicVoice.AFTER_NOTICE, "fritt": PublicVoice.FREE,
        "obegränsad": PublicVoice.FREE, "obegränsat": PublicVoice.FREE,
    },
    DecisionMode: {
        "enhälligt": DecisionMode.AGREES, "i enighet": DecisionMode.AGREES, "konsensus": DecisionMode.AGREES,
        "rådgivande": DecisionMode.RECOMMENDS, "beredande": DecisionMode.PREPARES, "beslutar": None, "majoritet": None,
        "beslutar med majoritet": None,
    },
    SigningForm: {
        "digitalt": SigningForm.ELECTRONIC, "digital": SigningForm.ELECTRONIC, "elektroniskt": SigningForm.ELECTRONIC,
        "e-underskrift": SigningForm.ELECTRONIC, "papper": SigningForm.ORIGINALS, "på papper": SigningForm.ORIGINALS,
    },
    AgeBand: {"alla": AgeBand.ALL, "alla åldrar": AgeBand.ALL, "barn": AgeBand.YOUNG, "unga": AgeBand.YOUNG,
              "barn och unga": AgeBand.YOUNG, "seniorer": AgeBand.ELDERLY, "pensionärer": AgeBand.ELDERLY},
    StatutoryService: {
        "äldreboende": StatutoryService.CARE_HOME, "särskilt boende": StatutoryService.CARE_HOME,
        "lss": StatutoryService.DISABILITY_SERVICE, "annat": StatutoryService.OTHER,
    },
    DataResponsibility: {
        "biträde": DataResponsibility.PROCESSOR, "gemensamt": DataResponsibility.JOINT,
        "gemensamt personuppgiftsansvar": DataResponsibility.JOINT, "var för sig": DataResponsibility.EACH_ITS_OWN,
    },
    Answer: {"vet ej": Answer.UNCLEAR, "vet inte": Answer.UNCLEAR, "osäkert": Answer.UNCLEAR, "kanske": Answer.UNCLEAR},
}  # fmt: skip
"""Words that people write for a word of a list, and the word to ask about; ``None`` when there is none to suggest."""
