"""From an agreement to its row of the register."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import attrs

from iopdocs.linter.economies import economies, payments, resources_in, term_of
from iopdocs.linter.yearly_sums import per_year
from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.parties import Party
from iopdocs.model.schedule import earlier, later
from iopdocs.model.term import Term
from iopdocs.register.rows import RegisterRow, RegisterYearSum, SupportPayment
from iopdocs.values.identifiers import OrganisationNumber
from iopdocs.values.period import MONTHS, Period, parse_date

_ZERO = Decimal(0)
_DATE = re.compile(
    rf"\b[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\b|\b[0-9]{{1,2}} (?:{'|'.join(MONTHS)}) [0-9]{{4}}\b", re.IGNORECASE
)


def register_row(agreement: Agreement, *, id: str, file: str, today: date | None = None) -> RegisterRow:
    """Return *agreement* as a row of the register on the day *today*; without a day nothing is active or next.

    Money is in kronor. Nothing is taken from ``rättslig_bedömning``, ``vägval`` or ``lint``.
    """
    term, goals = agreement.term or Term(), agreement.goals
    group = goals.target_group if goals else None
    follow_up, said = _follow_up(agreement, today)
    sides = [(party, _name(party)) for party in agreement.parties if _name(party)]
    return RegisterRow(
        id=id,
        title=" ".join((agreement.title or "").split()),
        status=agreement.status.value if agreement.status else "",
        active=today is not None and is_active(agreement, today),
        case_numbers=tuple(str(party.case_number) for party in agreement.parties if party.case_number),
        public=tuple(name for party, name in sides if party.kind and party.kind.is_public),
        civil=tuple(name for party, name in sides if party.kind and party.kind.is_civil),
        others=tuple(
            name for party, name in sides if not party.kind or not (party.kind.is_public or party.kind.is_civil)
        ),
        organisation_numbers=tuple(
            (name, str(party.organisation_number))
            for party, name in sides
            if party.organisation_number and not _is_personal(party.organisation_number)
        ),
        purpose=_purpose(agreement),
        start=term.start,
        end=term.end,
        until_further_notice=bool(term.until_further_notice),
        months=months_between(term.start, term.end),
        ended_early=bool(agreement.ended_early),
        bands=tuple(band.value for band in group.bands) if group else (),
        area=agreement.area.value if agreement.area else "",
        further_areas=tuple(area.value for area in agreement.further_areas),
        notice_last=notice_last(term),
        negotiate_last=_negotiate_last(term),
        follow_up=follow_up,
        follow_up_text=said,
        sums=tuple(_sums(agreement)),
        paid=tuple(_paid(agreement, today)),
        file=file,
        renews=bool(term.extension and term.extension.automatic),
        public_kinds=tuple(party.kind.value for party, _name in sides if party.kind and party.kind.is_public),
        unknown_paid=tuple(dict.fromkeys(_unknown(agreement, today))),
        ids=(id,),
    )


def _name(party: Party) -> str:
    return " ".join((party.name or party.called or "").split())


def _is_personal(number: OrganisationNumber) -> bool:
    """Tell whether *number* is a person's: the third digit of an organisation's is 2 or more (lag 1974:174, 1 §)."""
    return number.century in ("18", "19", "20") or number.digits[2] < "2"


def _purpose(agreement: Agreement) -> str:
    goals = agreement.goals
    said = (goals.purpose, goals.public_benefit, goals.overall, goals.vision) if goals else ()
    return next((" ".join(text.split()) for text in said if text and text.strip()), "")


def is_active(agreement: Agreement, today: date) -> bool:
    """Tell whether the agreement holds on *today*: it is signed, has begun, and has not ended.

    One that holds tills vidare is active until it has been given notice of; one whose notice has been given until its
    last day. One that is extended automatically goes on after its last day, as many times as it says.
    """
    term, status = agreement.term or Term(), agreement.status
    if status in (None, Status.DRAFT, Status.DECIDED, Status.ENDED) or agreement.ended_early:
        return False
    if term.start is not None and today < term.start:
        return False
    if term.end is not None:
        last = term.end if status is Status.NOTICE_GIVEN else _last_with_extensions(term)
        return last is None or today <= last
    return status is not Status.NOTICE_GIVEN


def _last_with_extensions(term: Term) -> date | None:
    """Return the last day of a term with an end and what extends it automatically; none where that has no limit."""
    extension = term.extension
    if term.end is None or extension is None or extension.automatic is not True:
        return term.end
    if extension.times is None or extension.length is None:
        return None
    # The day after the last, moved and taken back, so that 31 December stays a last day of the month.
    length = attrs.evolve(extension.length, amount=min(9999, extension.length.amount * extension.times))
    if term.end >= date.max - timedelta(days=1):
        return term.end
    return later(term.end + timedelta(days=1), length) - timedelta(days=1)


def notice_last(term: Term) -> date | None:
    """Return the last day to give notice so that the agreement ends with its term; none where it ends by itself."""
    automatic = term.extension is not None and term.extension.automatic is True
    if term.end is None or (term.ends_without_notice is True and not automatic):
        return None
    if term.notice is not None:
        return earlier(term.end, term.notice)
    return term.end if automatic else None


def _negotiate_last(term: Term) -> date | None:
    length = term.extension.negotiated if term.extension else None
    return earlier(term.end, length) if term.end is not None and length is not None else None


def months_between(start: date | None, end: date | None) -> int | None:
    """Return the time from *start* to *end*, both counted, in whole months, rounded to the nearest."""
    if start is None or end is None or end < start:
        return None
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(0, round(whole + (end.day - start.day + 1) / 30.4))


def _follow_up(agreement: Agreement, today: date | None) -> tuple[date | None, str]:
    """Return the next follow-up where a text or a goal names its day, and else when it is said to be."""
    said = list(_said(agreement))
    found = [day for text in said for day in dates_in(text)]
    found += [goal.due for goal in (agreement.goals.sub_goals if agreement.goals else ()) if goal.due]
    coming = sorted(day for day in found if today is None or day >= today)
    return (coming[0] if coming else None), (said[0] if said else "")


def _said(agreement: Agreement) -> Iterator[str]:
    knowledge, organisation = agreement.knowledge, agreement.organisation
    if knowledge is not None:
        yield from (" ".join(one.when.split()) for one in knowledge.follow_ups if one.when and one.when.strip())
        yield from (" ".join(one.when.split()) for one in knowledge.evaluations if one.when and one.when.strip())
    if organisation is not None and organisation.communication is not None:
        reports = organisation.communication.reporting
        yield from (" ".join(one.when.split()) for one in reports if one.when and one.when.strip())


def dates_in(text: str) -> Iterator[date]:
    """Yield the days that *text* names in full."""
    for match in _DATE.finditer(text):
        try:
            yield parse_date(match[0])
        except ValueError:
            continue


def _sums(agreement: Agreement) -> Iterator[RegisterYearSum]:
    cash: dict[tuple[str, int | None], Decimal] = defaultdict(lambda: _ZERO)
    value: dict[tuple[str, int | None], Decimal] = defaultdict(lambda: _ZERO)
    for path, economy in economies(agreement):
        for _path, one in resources_in(path, economy):
            party = agreement.party(one.party) if one.party else None
            key = (_name(party) if party else (one.party or ""), one.year)
            if one.kind is not None and one.kind.is_cash:
                cash[key] += one.amount.amount if one.amount else _ZERO
            else:
                worth = one.value or one.amount
                value[key] += worth.amount if worth else _ZERO
    order = {_name(party): number for number, party in enumerate(agreement.parties)}
    for name, year in sorted({*cash, *value}, key=lambda key: (order.get(key[0], len(order)), key[0], key[1] or 0)):
        yield RegisterYearSum(name, year, cash.get((name, year), _ZERO), value.get((name, year), _ZERO))


def _paid(agreement: Agreement, today: date | None) -> Iterator[SupportPayment]:
    found: dict[tuple[str, str, int], Decimal] = defaultdict(lambda: _ZERO)
    for payer, payee, years in _payments(agreement, today):
        for year, amount in (years or {}).items():
            found[payer, payee, year] += amount
    for payer, payee, year in sorted(found):
        yield SupportPayment(payer, payee, year, found[payer, payee, year])


def _unknown(agreement: Agreement, today: date | None) -> Iterator[str]:
    yield from (payee for _payer, payee, years in _payments(agreement, today) if not years and payee)


def _payments(agreement: Agreement, today: date | None) -> Iterator[tuple[str, str, Mapping[int, Decimal] | None]]:
    term = _laid_out(agreement, today)
    for one in payments(agreement):
        payer = _name(one.payer) if one.payer else (one.item.payer or "")
        payee = _name(one.payee) if one.payee else (one.item.payee or "")
        yield payer, payee, per_year(one.item, term)


def _laid_out(agreement: Agreement, today: date | None) -> Period | None:
    """Return the time that payments without one of their own run over: the term, or one without an end to two years on."""
    term = agreement.term
    if term is None or term.start is None or term.end is not None or not term.until_further_notice:
        return term_of(agreement)
    year = max(term.start.year, today.year if today else 0) + 2
    return Period(term.start, date(min(year, 9999), 12, 31))
