"""A row of the register: the fields of famna-rapport, and what a municipality needs to act in time (domain, section 3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from attrs import frozen

from iopdocs.errors import Problem


@frozen
class RegisterYearSum:
    """What *party* puts in during *year* (``None``: every year): *cash* and estimated *value* of the rest, in kronor."""

    party: str
    year: int | None
    cash: Decimal
    value: Decimal


@frozen
class SupportPayment:
    """What *payer* pays *payee* for *year* under the agreement, in kronor; public money to an organisation, mostly."""

    payer: str
    payee: str
    year: int
    amount: Decimal


@frozen(kw_only=True)
class RegisterRow:
    """An agreement as the register has it.

    Parties are named by their full names; *organisation_numbers* by party name. *notice_last* is the last day to give
    notice so that the agreement ends with its term, *negotiate_last* the last day to begin to negotiate an extension,
    *follow_up* the next follow-up after the day of the register where a date is known, else *follow_up_text* says when.
    *renews* tells that the agreement is extended unless it is given notice of. *public_kinds* are the kinds of the public
    parties, in their order. *unknown_paid* names who is paid sums that cannot be known. *file* is where the agreement was read from, *edited* whether that is a document
    that somebody has edited since, so that its text may say something else. An extended agreement is one row over the
    whole time: *extensions* counts how many times, *ids* names its agreements.
    """

    id: str
    title: str = ""
    status: str = ""
    active: bool = False
    case_numbers: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    civil: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    organisation_numbers: tuple[tuple[str, str], ...] = ()
    purpose: str = ""
    start: date | None = None
    end: date | None = None
    until_further_notice: bool = False
    months: int | None = None
    ended_early: bool = False
    bands: tuple[str, ...] = ()
    area: str = ""
    further_areas: tuple[str, ...] = ()
    notice_last: date | None = None
    negotiate_last: date | None = None
    follow_up: date | None = None
    follow_up_text: str = ""
    sums: tuple[RegisterYearSum, ...] = ()
    paid: tuple[SupportPayment, ...] = ()
    file: str = ""
    renews: bool = False
    public_kinds: tuple[str, ...] = ()
    unknown_paid: tuple[str, ...] = ()
    edited: bool = False
    extensions: int = 0
    ids: tuple[str, ...] = ()


class WatchKind(Enum):
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
