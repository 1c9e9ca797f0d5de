"""Make the register row of an agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import attrs

from iopdocs.linter.economies import economies, payments, resources_in, term_of
from iopdocs.linter.yearly_sums import per_year
from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.parties import Party
from iopdocs.model.schedule import later, latest_notice
from iopdocs.model.term import Term
from iopdocs.register.rows import RegisterRow, RegisterYearSum, SupportPayment
from iopdocs.values.dates import find as find_dates
from iopdocs.values.duration import Duration
from iopdocs.values.identifiers import OrganisationNumber
from iopdocs.values.period import Period

_ZERO = Decimal(0)


def register_row(agreement: Agreement, *, id: str, file: str, today: date | None = None) -> RegisterRow:
    """Return *agreement* as a row of the register on the day *today*. Without a day nothing is active or next.

    Money is in kronor. ``rättslig_bedömning``, ``vägval`` and ``lint`` are not used.
    """
    term, goals = agreement.term or Term(), agreement.goals
    group = goals.target_group if goals else None
    follow_up, follow_up_text = _follow_up(agreement, today)
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
        notice_uncounted=_uncounted(term.notice, term) if _needs_notice(term) else "",
        negotiation_uncounted=_uncounted(term.extension.negotiated, term) if term.extension else "",
        follow_up=follow_up,
        follow_up_text=follow_up_text,
        sums=tuple(_sums(agreement)),
        paid=tuple(_paid(agreement, today)),
        file=file,
        renews=bool(term.extension and term.extension.automatic),
        public_kinds=tuple(party.kind.value for party, _name in sides if party.kind and party.kind.is_public),
        unknown_paid=tuple(dict.fromkeys(_unknown_payees(agreement, today))),
        ids=(id,),
    )


def _name(party: Party) -> str:
    return " ".join((party.name or party.called or "").split())


def _is_personal(number: OrganisationNumber) -> bool:
    """Return whether *number* is a person's: an organisation's has a third digit of at least 2 (lag 1974:174, 1 §)."""
    return number.century in ("18", "19", "20") or number.digits[2] < "2"


def _purpose(agreement: Agreement) -> str:
    goals = agreement.goals
    texts = (goals.purpose, goals.public_benefit, goals.overall, goals.vision) if goals else ()
    return next((" ".join(text.split()) for text in texts if text and text.strip()), "")


def is_active(agreement: Agreement, today: date) -> bool:
    """Return whether the agreement is in force on *today*: signed, begun, and not ended.

    An agreement that runs tills vidare is active until notice is given; with notice given and an end, until its last
    day. One with automatic extension continues after its last day, as many times as it states.
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
    """Return the last day of a term including automatic extensions, or ``None`` if there is no limit."""
    extension = term.extension
    if term.end is None or extension is None or extension.automatic is not True:
        return term.end
    if extension.times is None or extension.length is None:
        return None
    # Adding to the day after and stepping back keeps 31 December a last day of the month.
    length = attrs.evolve(extension.length, amount=min(9999, extension.length.amount * extension.times))
    if term.end >= date.max - timedelta(days=1):
        return term.end
    following = later(term.end + timedelta(days=1), length)
    return following and following - timedelta(days=1)


def notice_last(term: Term) -> date | None:
    """Return the last day to give notice for the agreement to end with its term, or ``None`` if it ends without notice."""
    if term.end is None or not _needs_notice(term):
        return None
    if term.notice is not None:
        return latest_notice(term.end, term.notice)
    return term.end if _is_automatic(term) else None


def _needs_notice(term: Term) -> bool:
    return term.ends_without_notice is not True or _is_automatic(term)


def _is_automatic(term: Term) -> bool:
    return term.extension is not None and term.extension.automatic is True


def _uncounted(length: Duration | None, term: Term) -> str:
    """Return *length* in words where its last day cannot be computed without a calendar of holidays, else nothing."""
    return str(length) if length is not None and length.unit.needs_calendar and term.end is not None else ""


def _negotiate_last(term: Term) -> date | None:
    length = term.extension.negotiated if term.extension else None
    return latest_notice(term.end, length) if term.end is not None and length is not None else None


def months_between(start: date | None, end: date | None) -> int | None:
    """Return the time from *start* to *end*, both included, rounded to whole months."""
    if start is None or end is None or end < start:
        return None
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(0, round(whole + (end.day - start.day + 1) / 30.4))


def _follow_up(agreement: Agreement, today: date | None) -> tuple[date | None, str]:
    """Return the day of the next follow-up named in a text or a goal, if any, and the first text on follow-up."""
    texts = list(_follow_up_texts(agreement))
    days = [day for text in texts for day, _start, _end in find_dates(text)]
    days += [goal.due for goal in (agreement.goals.sub_goals if agreement.goals else ()) if goal.due]
    coming = sorted(day for day in days if today is None or day >= today)
    return (coming[0] if coming else None), (texts[0] if texts else "")


def _follow_up_texts(agreement: Agreement) -> Iterator[str]:
    knowledge, organisation = agreement.knowledge, agreement.organisation
    if knowledge is not None:
        yield from (" ".join(item.when.split()) for item in knowledge.follow_ups if item.when and item.when.strip())
        yield from (" ".join(item.when.split()) for item in knowledge.evaluations if item.when and item.when.strip())
    if organisation is not None and organisation.communication is not None:
        reports = organisation.communication.reporting
        yield from (" ".join(item.when.split()) for item in reports if item.when and item.when.strip())


def _sums(agreement: Agreement) -> Iterator[RegisterYearSum]:
    cash: dict[tuple[str, int | None], Decimal] = defaultdict(lambda: _ZERO)
    value: dict[tuple[str, int | None], Decimal] = defaultdict(lambda: _ZERO)
    for path, economy in economies(agreement):
        for _path, resource in resources_in(path, economy):
            party = agreement.party(resource.party) if resource.party else None
            key = (_name(party) if party else (resource.party or ""), resource.year)
            if resource.kind is not None and resource.kind.is_cash:
                cash[key] += resource.amount.amount if resource.amount else _ZERO
            else:
                worth = resource.value or resource.amount
                value[key] += worth.amount if worth else _ZERO
    order = {_name(party): number for number, party in enumerate(agreement.parties)}
    for name, year in sorted({*cash, *value}, key=lambda key: (order.get(key[0], len(order)), key[0], key[1] or 0)):
        yield RegisterYearSum(name, year, cash.get((name, year), _ZERO), value.get((name, year), _ZERO))


def _paid(agreement: Agreement, today: date | None) -> Iterator[SupportPayment]:
    amounts: dict[tuple[str, str, int], Decimal] = defaultdict(lambda: _ZERO)
    for payer, payee, years in _payments(agreement, today):
        for year, amount in (years or {}).items():
            amounts[payer, payee, year] += amount
    for payer, payee, year in sorted(amounts):
        yield SupportPayment(payer, payee, year, amounts[payer, payee, year])


def _unknown_payees(agreement: Agreement, today: date | None) -> Iterator[str]:
    yield from (payee for _payer, payee, years in _payments(agreement, today) if not years and payee)


def _payments(agreement: Agreement, today: date | None) -> Iterator[tuple[str, str, Mapping[int, Decimal] | None]]:
    term = _payment_period(agreement, today)
    for payment in payments(agreement):
        payer = _name(payment.payer) if payment.payer else (payment.item.payer or "")
        payee = _name(payment.payee) if payment.payee else (payment.item.payee or "")
        yield payer, payee, per_year(payment.item, term)


def _payment_period(agreement: Agreement, today: date | None) -> Period | None:
    """Return the period of payments without their own: the term. A term without end is limited to two years ahead."""
    term = agreement.term
    if term is None or term.start is None or term.end is not None or not term.until_further_notice:
        return term_of(agreement)
    year = max(term.start.year, today.year if today else 0) + 2
    return Period(term.start, date(min(year, 9999), 12, 31))
