"""S – payments in time: their days and periods compared with the term and with each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from iopdocs.findings import Level
from iopdocs.linter.economies import is_series, payments
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.economy import Payment
from iopdocs.model.schedule import add_months, earlier, later, pay_days
from iopdocs.model.term import Term
from iopdocs.values import running_text
from iopdocs.values.period import Period

_PERIODS = ("ekonomi.utbetalningar.period", "avtalstid.start", "avtalstid.slut")
_DAYS = ("ekonomi.utbetalningar.senast", "ekonomi.utbetalningar.takt")


@rule("S108", "betalning-långt-från-avtalstiden", Level.ERROR, reads=(*_DAYS, *_PERIODS))
def paid_far_from_term(case: Case) -> Iterable[Hit]:
    """En betalning långt före eller efter avtalstiden.

    Vad: Den sista dagen för en betalning, eller för någon av betalningarna i en serie, ligger mer än 60 dagar före
        avtalets start eller mer än 90 dagar efter dess slut. Gränserna ändras med ”betalning_före_start” och
        ”betalning_efter_slut”. En series senare dagar räknas från ”senast”, om den dagen stämmer med perioden; annars
        följer de perioden, som har en egen regel.
    Varför: Förskott och slutbetalning strax utanför avtalstiden är vanliga. Längre bort är ett datum oftast felskrivet,
        eller så betalas något som avtalet inte omfattar.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
        ekonomi: {utbetalningar: [{belopp: 100 000 kr, senast: 2025-01-31}]}
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
        ekonomi: {utbetalningar: [{belopp: 100 000 kr, senast: 2026-12-15}]}
    Källa: malmo, Ekonomi; malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term is None:
        return
    first, last = _first_day(case, term), _last_day(case, term)
    if last < first:
        return
    before, after = case.limits.paid_before, case.limits.paid_after
    for placed in payments(case.agreement):
        due, period = placed.item.due, placed.item.period
        if due is None or _outside(term, period):
            continue
        hint = "rätta datumet eller perioden, eller avtalstiden"
        if due < first and term.start and before:
            message = f"betalningen den {running_text.day(due)} ligger mer än {running_text.length(before)} före avtalets start den {running_text.day(term.start)}"
            yield Hit(f"{placed.path}.senast", message, hint)
        final = due
        if period is None or period.end <= last:
            final = max((due, *pay_days(placed.item)[-1:])) if _fits(case, placed.item) else due
        if final > last and term.end and after:
            message = f"betalningen den {running_text.day(final)} ligger mer än {running_text.length(after)} efter avtalets slut den {running_text.day(term.end)}"
            yield Hit(f"{placed.path}.senast", message, hint)


def _first_day(case: Case, term: Term) -> date:
    """Return the earliest allowed day of payment, the first representable date when no limit is known."""
    before = case.limits.paid_before
    return (earlier(term.start, before) if term.start and before else None) or date.min


def _last_day(case: Case, term: Term) -> date:
    after = case.limits.paid_after
    return (later(term.end, after) if term.end and after else None) or date.max


def _outside(term: Term, period: Period | None) -> bool:
    """Return whether *period* is entirely before or entirely after *term*."""
    if period is None or period.end < period.start:
        return False
    return bool((term.start and period.end < term.start) or (term.end and period.start > term.end))


@rule("S111", "betalningsperiod-utanför-avtalstiden", Level.ERROR, reads=_PERIODS)
def period_outside_term(case: Case) -> Iterable[Hit]:
    """En betalning för en tid då avtalet inte gäller.

    Vad: Perioden för en betalning ligger helt före avtalets start eller helt efter dess slut, börjar mer än 60 dagar
        före starten eller slutar mer än 90 dagar efter slutet. Gränserna är de som gäller för betalningens dag
        (”betalning_före_start” och ”betalning_efter_slut”). Utan start eller slut finns ingen gräns åt det hållet.
    Varför: Avtalet kan inte vara grund för en betalning som gäller en annan tid. Ofta är ett årtal felskrivet.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
        ekonomi: {utbetalningar: [{belopp: 100 000 kr, period: 2026-01-01–2028-12-31}]}
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
        ekonomi: {utbetalningar: [{belopp: 100 000 kr, period: 2027-01-01–2029-12-31}]}
    Källa: malmo, Ekonomi; malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term is None or (term.start and term.end and term.end < term.start):
        return
    first, last = _first_day(case, term), _last_day(case, term)
    for placed in payments(case.agreement):
        period = placed.item.period
        if period is None or period.end < period.start:
            continue
        if _outside(term, period):
            early = term.start and period.end < term.start
            message = (
                "betalningen avser {time}, före avtalets start den {start}"
                if early
                else "betalningen avser {time}, efter avtalets slut den {end}"
            )
        elif period.start < first or period.end > last:
            message = "betalningen avser {time}, men avtalet {term}"
        else:
            continue
        edges = {
            "start": running_text.day(term.start) if term.start else "",
            "end": running_text.day(term.end) if term.end else "",
        }
        text = message.format(time=running_text.stretch(period), term=_term_in_words(term), **edges)
        yield Hit(f"{placed.path}.period", text, "rätta perioden eller avtalstiden")


def _term_in_words(term: Term) -> str:
    if term.start and term.end:
        return f"gäller {running_text.stretch(Period(term.start, term.end))}"
    if term.start:
        return f"börjar gälla den {running_text.day(term.start)}"
    return f"slutar den {running_text.day(term.end)}" if term.end else ""


@rule("S142", "betalningsdag-mot-period", Level.WARNING, reads=(*_DAYS, _PERIODS[0]))
def first_day_against_period(case: Case) -> Iterable[Hit]:
    """En serie av betalningar vars första dag inte stämmer med perioden.

    Vad: Den första betalningen i en serie (”senast”) ligger mer än 60 dagar före perioden (gränsen
        ”betalning_före_start”), eller mer än en takt efter det att periodens första takt är slut: för en serie per
        kvartal från januari alltså efter den 30 juni. Regeln tiger när dagen ligger så långt från avtalstiden att
        S108 säger det.
    Varför: Avtalet räknar betalningarna och summorna per år efter perioden, men läsaren räknar dagarna från den
        första. Stämmer de inte med varandra betalas något annat än det som är avsett.
    Dåligt exempel:
        ekonomi: {utbetalningar: [{belopp: 1 kr, takt: tertial, senast: 2027-01-31, period: 2026-03-01–2028-12-31}]}
    Bra exempel:
        ekonomi: {utbetalningar: [{belopp: 1 kr, takt: tertial, senast: 2027-01-31, period: 2027-01-01–2028-12-31}]}
    Källa: malmo, Ekonomi.
    """
    term = case.agreement.term
    first, last = (_first_day(case, term), _last_day(case, term)) if term else (date.min, date.max)
    for placed in payments(case.agreement):
        payment = placed.item
        due, period, interval = payment.due, payment.period, payment.interval
        if due is None or period is None or interval is None or _fits(case, payment) or not first <= due <= last:
            continue
        if due < period.start:
            message = "den första betalningen är den {day}, långt före perioden som serien avser, {time}"
        else:
            message = (
                "den första betalningen är den {day}, men serien avser {time} och dess första {rate} slutar den {end}"
            )
        end = add_months(period.start, interval.months) - timedelta(days=1)
        text = message.format(
            day=running_text.day(due),
            time=running_text.stretch(period),
            rate=interval.value,
            end=running_text.day(min(end, period.end)),
        )
        yield Hit(f"{placed.path}.senast", text, "rätta ”senast” eller ”period”, så att de börjar vid samma tid")


def _fits(case: Case, payment: Payment) -> bool:
    """Return whether the first day of a series fits its period; anything else than a series fits."""
    due, period = payment.due, payment.period
    if due is None or period is None or period.end < period.start or not is_series(payment) or not payment.interval:
        return True
    before = case.limits.paid_before
    first = (earlier(period.start, before) if before else None) or date.min
    # The last day of the second interval: the first day may be one interval late.
    after = add_months(period.start, 2 * payment.interval.months)
    return first <= due < after or after == date.max
