"""A row of the register: the fields of famna-rapport, and what a municipality needs to act in time (domain, section 3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.errors import Problem
from iopdocs.json_objects import JsonObject, json_field, json_key


@frozen
class RegisterYearSum:
    """What *party* puts in during *year* (``None``: every year): *cash* and estimated *value* of the rest, in kronor."""

    party: str = json_field("part", "Parten.")
    year: int | None = json_field("år", "Året; null för varje år.")
    cash: Decimal = json_field("pengar", "Kontanta medel.")
    value: Decimal = json_field("uppskattat_värde", "Värdet av annat än pengar.")


@frozen
class SupportPayment:
    """What *payer* pays *payee* for *year* under the agreement, in kronor; public money to an organisation, mostly."""

    payer: str = json_field("betalare", "Den som betalar.")
    payee: str = json_field("mottagare", "Den som tar emot.")
    year: int = json_field("år", "Året.")
    amount: Decimal = json_field("belopp", "Beloppet.")


_NUMBER = JsonObject(
    tuple,
    (
        json_key("part", "Parten.", lambda pair: pair[0], str),
        json_key("nummer", "Numret.", lambda pair: pair[1], str),
    ),
)


@frozen(kw_only=True)
class RegisterRow:
    """An agreement as the register has it.

    Parties are named by their full names; *organisation_numbers* by party name. *notice_last* is the last day to give
    notice so that the agreement ends with its term, *negotiate_last* the last day to begin to negotiate an extension;
    *notice_uncounted* and *negotiation_uncounted* are those lengths where they are in working days or bank days,
    *follow_up* the next follow-up after the day of the register where a date is known, else *follow_up_text* says when.
    *renews*: the agreement is extended unless notice is given. *public_kinds* are the kinds of the public parties, in
    their order. *unknown_paid* names who is paid sums that cannot be known. *file* is where the agreement was read from,
    *edited*: that is a document which somebody has edited since, so that its text may differ from the data. An extended
    agreement is one row over the whole time: *extensions* counts how many times, *ids* names its agreements.
    """

    id: str = json_field("avtal", "Avtalets namn i registret.")
    title: str = json_field("titel", "Avtalets titel.", default="")
    status: str = json_field("status", "Avtalets status.", default="")
    active: bool = json_field("pågår", "Avtalet gäller på registrets dag.", default=False)
    case_numbers: tuple[str, ...] = json_field("diarienummer", "Diarienumren.", default=())
    public: tuple[str, ...] = json_field("offentliga_parter", "De offentliga parternas namn.", default=())
    civil: tuple[str, ...] = json_field("idéburna_parter", "De idéburna parternas namn.", default=())
    others: tuple[str, ...] = json_field("andra_parter", "Övriga parters namn.", default=())
    public_kinds: tuple[str, ...] = json_field(
        "slag_av_offentliga_parter", "De offentliga parternas slag, i samma ordning.", default=()
    )
    organisation_numbers: tuple[tuple[str, str], ...] = json_field(
        "organisationsnummer", "De nummer som anges.", default=(), type=tuple[Any, ...], of=_NUMBER
    )
    purpose: str = json_field("syfte", "Syftet.", default="")
    start: date | None = json_field("start", "Första dagen.", default=None)
    end: date | None = json_field("slut", "Sista dagen.", default=None)
    until_further_notice: bool = json_field("tills_vidare", "Avtalet gäller tills vidare.", default=False)
    months: int | None = json_field("månader", "Hela tiden i hela månader.", default=None)
    extensions: int = json_field("förlängningar", "Så många gånger avtalet har förlängts.", default=0)
    ids: tuple[str, ...] = json_field("ingående_avtal", "Avtalen som raden består av, i tidsordning.", default=())
    renews: bool = json_field("förlängs_automatiskt", "Avtalet förlängs om det inte sägs upp.", default=False)
    ended_early: bool = json_field("upphörde_i_förtid", "Avtalet upphörde i förtid.", default=False)
    bands: tuple[str, ...] = json_field("målgrupper", "Målgruppernas åldrar.", default=())
    area: str = json_field("huvudområde", "Huvudområdet.", default="")
    further_areas: tuple[str, ...] = json_field("fler_områden", "Områden utöver huvudområdet.", default=())
    notice_last: date | None = json_field(
        "sista_dag_för_uppsägning", "Sista dagen att säga upp avtalet så att det upphör med avtalstiden.", default=None
    )
    negotiate_last: date | None = json_field(
        "sista_dag_för_förhandling", "Sista dagen att börja förhandla om förlängning.", default=None
    )
    notice_uncounted: str = json_field(
        "uppsägningstid_utan_uträknad_dag",
        "Uppsägningstid i bankdagar eller arbetsdagar, som inte räknas om till en dag.",
        default="",
    )
    negotiation_uncounted: str = json_field(
        "förhandlingstid_utan_uträknad_dag",
        "Tid för förhandling i bankdagar eller arbetsdagar, som inte räknas om till en dag.",
        default="",
    )
    follow_up: date | None = json_field("nästa_uppföljning", "Nästa uppföljning med en känd dag.", default=None)
    follow_up_text: str = json_field("uppföljning_i_ord", "När uppföljningen är, som avtalet säger det.", default="")
    sums: tuple[RegisterYearSum, ...] = json_field(
        "resurser", "Vad varje part bidrar med, i kronor.", default=(), of=JsonObject(RegisterYearSum)
    )
    paid: tuple[SupportPayment, ...] = json_field(
        "utbetalningar",
        "Vad som betalas enligt avtalet, i kronor; utan slutdag till två år efter registrets dag.",
        default=(),
        of=JsonObject(SupportPayment),
    )
    unknown_paid: tuple[str, ...] = json_field(
        "utbetalningar_utan_känt_belopp_till", "Mottagare av belopp som inte går att räkna i förväg.", default=()
    )
    edited: bool = json_field(
        "dokumentet_är_ändrat", "Ett dokument som någon har ändrat sedan iopdocs gjorde det.", default=False
    )
    file: str = json_field("fil", "Filen, eller filerna, som avtalet lästes ur.", default="")


class WatchKind(SwedishWord):
    """Why an agreement is worth a look."""

    NOTICE = "Uppsägning"
    NEGOTIATION = "Förhandling"
    ENDING = "Löper ut"
    PASSED = "Slutdagen har passerat"
    CASE_NUMBER = "Samma diarienummer"
    ALIKE = "Samma syfte och parter"
    SUPPORT = "Offentligt stöd"
    EDITED = "Ändrat dokument"
    DIFFERING = "Olika uppgifter"


@frozen
class Watch:
    """Something to look at: *text* says what, *advice* what to do, *day* when where there is a day to know."""

    kind: WatchKind
    agreements: tuple[str, ...]
    text: str
    advice: str
    day: date | None = None


@frozen(kw_only=True)
class Register:
    """A register on *day*: its *rows*, what to *watch*, and *problems* of what could not be read."""

    day: date
    rows: tuple[RegisterRow, ...]
    watch: tuple[Watch, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    sources: tuple[str, ...] = ()
