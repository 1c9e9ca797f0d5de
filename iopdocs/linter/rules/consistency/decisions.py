"""S – the progress of the agreement: decisions, signatures and status compared with each other and with today."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iopdocs.findings import Level
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.closing import SigningForm
from iopdocs.model.fields import is_absent
from iopdocs.model.parties import Party
from iopdocs.values import running_text

_DECIDED = frozenset({Status.DECIDED, Status.SIGNED, Status.IN_FORCE, Status.NOTICE_GIVEN, Status.ENDED})
_SIGNED = _DECIDED - {Status.DECIDED}
_PLACEHOLDER = re.compile(r"N[. ]{0,2}N\.?|X{2,20}|X\. ?X\.?|Namn", re.IGNORECASE)


def _name(party: Party) -> str:
    return running_text.short(party.called or "") or "parten"


def _status(agreement: Agreement) -> str:
    return agreement.status.value if agreement.status else ""


@rule("S126", "beslut-saknas", Level.ERROR, reads=("status", "parter.typ", "parter.beslut.datum"))
def decision_missing(case: Case) -> Iterable[Hit]:
    """Ett beslutat avtal utan en offentlig parts beslut.

    Vad: Avtalets status är beslutad eller senare, och en offentlig part saknar beslut eller beslutets datum.
    Varför: Utan beslut är den offentliga parten inte bunden av avtalet.
    Dåligt exempel:
        status: beslutad
        parter: [{namn: Exempelstads kommun, typ: kommun}]
    Bra exempel:
        status: beslutad
        parter: [{namn: Exempelstads kommun, typ: kommun, beslut: {organ: Socialnämnden, datum: 2026-11-12}}]
    Källa: vgr, Avtal och beslut; malmo, Underskrift.
    """
    if case.agreement.status not in _DECIDED:
        return
    for number, party in enumerate(case.agreement.parties, 1):
        if party.kind is None or not party.kind.is_public:
            continue
        words = {"status": _status(case.agreement), "name": _name(party)}
        if party.decision is None or is_absent(party.decision):
            message = "avtalets status är {status} men beslutet från {name} saknas".format(**words)
            yield Hit(f"parter[{number}].beslut", message, "skriv ”beslut” med organ, datum och paragraf")
        elif party.decision.decided is None:
            message = "avtalets status är {status} men datum saknas för beslutet från {name}".format(**words)
            yield Hit(f"parter[{number}].beslut.datum", message, "skriv dagen för beslutet")


@rule(
    "S127",
    "beslut-i-efterhand",
    Level.ERROR,
    reads=("parter.beslut.datum", "parter.undertecknat", "avtalstid.start"),
)
def decision_after_signature(case: Case) -> Iterable[Hit]:
    """Ett beslut som är fattat efter underskriften eller starten.

    Vad: Partens beslut att ingå avtalet är daterat efter partens underskrift eller efter avtalets start.
    Varför: Den som skrev under hade då inget beslut att stödja sig på.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01}
        parter: [{namn: Exempelstads kommun, beslut: {datum: 2027-02-10}}]
    Bra exempel:
        avtalstid: {start: 2027-01-01}
        parter: [{namn: Exempelstads kommun, beslut: {datum: 2026-12-10}}]
    Källa: vgr, Avtal och beslut.
    """
    start = case.agreement.term.start if case.agreement.term else None
    for number, party in enumerate(case.agreement.parties, 1):
        decided = party.decision.decided if party.decision else None
        if decided is None:
            continue
        words = {"name": _name(party), "day": running_text.day(decided)}
        hint = "rätta datumen, eller ta beslutet innan avtalet skrivs under"
        path = f"parter[{number}].beslut.datum"
        if party.signed_date and decided > party.signed_date:
            message = "{name} skrev under den {signed}, före sitt beslut den {day}"
            yield Hit(path, message.format(signed=running_text.day(party.signed_date), **words), hint)
        elif start and decided > start:
            message = "avtalet börjar gälla den {start}, innan {name} beslutar den {day}"
            yield Hit(path, message.format(start=running_text.day(start), **words), hint)


@rule("S128", "underskriftsdatum-saknas", Level.ERROR, reads=("status", "parter.undertecknat", "underskrift.form"))
def signature_date_missing(case: Case) -> Iterable[Hit]:
    """Ett undertecknat avtal utan datum för en parts underskrift.

    Vad: Avtalets status är undertecknad eller senare, och en part saknar datum för underskriften. Regeln tiger när
        avtalet skrivs under elektroniskt: då finns datumet i underskriften.
    Varför: Avtalet binder först när alla har skrivit under, och dagen för det behöver gå att visa.
    Dåligt exempel:
        status: undertecknad
        parter: [{namn: Exempelstads kommun, undertecknat: 2026-12-10}, {namn: Lyktan}]
    Bra exempel:
        status: undertecknad
        parter: [{namn: Exempelstads kommun, undertecknat: 2026-12-10}, {namn: Lyktan, undertecknat: 2026-12-12}]
    Källa: malmo, Underskrift.
    """
    signing = case.agreement.signing
    if case.agreement.status not in _SIGNED or (signing and signing.form is SigningForm.ELECTRONIC):
        return
    for number, party in enumerate(case.agreement.parties, 1):
        if party.signed_date is None:
            message = (
                f"avtalets status är {_status(case.agreement)} men det framgår inte när {_name(party)} skrev under"
            )
            yield Hit(f"parter[{number}].undertecknat", message, "skriv dagen för underskriften i ”undertecknat”")


@rule("S129", "undertecknat-efter-start", Level.WARNING, reads=("parter.undertecknat", "avtalstid.start"))
def signed_after_start(case: Case) -> Iterable[Hit]:
    """Ett avtal som skrevs under efter att det började gälla.

    Vad: En part skrev under efter den dag då avtalet börjar gälla.
    Varför: Mellan de två dagarna var parten inte bunden av avtalet, och det som då gjordes saknar stöd i det.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01}
        parter: [{namn: Lyktan, undertecknat: 2027-02-15}]
    Bra exempel:
        avtalstid: {start: 2027-01-01}
        parter: [{namn: Lyktan, undertecknat: 2026-12-15}]
    Källa: malmo, Underskrift; malmo, Period för avtalet.
    """
    start = case.agreement.term.start if case.agreement.term else None
    for number, party in enumerate(case.agreement.parties, 1):
        if start and party.signed_date and party.signed_date > start:
            message = f"{_name(party)} skrev under den {running_text.day(party.signed_date)}, efter avtalets start den {running_text.day(start)}"
            yield Hit(f"parter[{number}].undertecknat", message, "rätta datumet, eller låt avtalet börja senare")


@rule(
    "S130",
    "status-mot-dagens-datum",
    Level.ADVICE,
    reads=("status", "avtalstid.start", "avtalstid.slut", "avtalstid.tills_vidare"),
)
def status_against_today(case: Case) -> Iterable[Hit]:
    """En status som inte stämmer med dagens datum.

    Vad: Slutdagen har passerat och avtalet är varken upphört eller tills vidare, eller startdagen har passerat och
        avtalet är ett utkast. Regeln tiger när ingen dag att räkna från är given eller status saknas.
    Varför: Registret över partnerskap blir fel, och ett avtal som fortsätter efter slutdagen saknar beslut.
    Dåligt exempel:
        status: gällande
        avtalstid: {start: 2017-01-01, slut: 2019-12-31}
    Bra exempel:
        status: upphörd
        avtalstid: {start: 2017-01-01, slut: 2019-12-31}
    Källa: famna-rapport, Metod.
    """
    term, status, today = case.agreement.term, case.agreement.status, case.today
    if term is None or today is None:
        return
    if status is Status.DRAFT and term.start and term.start < today:
        message = f"avtalet är ett utkast men skulle börja gälla den {running_text.day(term.start)}"
        yield Hit("status", message, "skriv en ny startdag, eller den status som avtalet har fått")
    elif status not in (None, Status.ENDED) and term.end and term.end < today and not term.until_further_notice:
        message = f"avtalets status är {_status(case.agreement)} men det slutade den {running_text.day(term.end)}"
        hint = "skriv status: upphörd, eller det nya slutdatumet om avtalet är förlängt"
        yield Hit("status", message, "skriv en ny slutdag" if status is Status.DRAFT else hint)


@rule("S143", "platshållare-i-underskrift", Level.ERROR, reads=("status", "parter.undertecknare.namn"))
def placeholder_for_signatory(case: Case) -> Iterable[Hit]:
    """En platshållare där undertecknarens namn ska stå.

    Vad: Avtalets status är beslutad eller senare, och en undertecknare heter N.N., NN, XX eller Namn. I ett utkast är
        en sådan platshållare i sin ordning, och regeln tiger.
    Varför: Avtalet visar inte vem som har rätt att skriva under, och trycks med en platshållare på underskriftens rad.
    Dåligt exempel:
        status: beslutad
        parter: [{namn: Lyktan, undertecknare: [{namn: N.N., roll: ordförande}]}]
    Bra exempel:
        status: beslutad
        parter: [{namn: Lyktan, undertecknare: [{namn: Siv Sten, roll: ordförande}]}]
    Källa: malmo, Underskrift.
    """
    if case.agreement.status not in _DECIDED:
        return
    for number, party in enumerate(case.agreement.parties, 1):
        for place, signatory in enumerate(party.signatories, 1):
            name = (signatory.name or "").strip()
            if _PLACEHOLDER.fullmatch(name):
                message = (
                    f"avtalets status är {_status(case.agreement)} men undertecknaren för {_name(party)} är ”{name}”"
                )
                hint = "skriv namnet på den som skriver under"
                yield Hit(f"parter[{number}].undertecknare[{place}].namn", message, hint)
