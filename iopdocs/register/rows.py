"""A row of the register: the fields of famna-rapport, and what a municipality needs to act in time (domain, section 3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import frozen


@frozen
class YearSum:
    """What *party* puts in during *year* (``None``: every year): *cash* and estimated *value* of the rest, in kronor."""

    party: str
    year: int | None
    cash: Decimal
    value: Decimal


@frozen
class Paid:
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
    *file* is where the agreement was read from.
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
    sums: tuple[YearSum, ...] = ()
    paid: tuple[Paid, ...] = ()
    file: str = ""
