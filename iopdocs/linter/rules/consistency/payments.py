"""S – payments compared with each other: duplicates, gaps, payments left out of the sums."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from attrs import frozen

from iopdocs.findings import Level
from iopdocs.linter.economies import economies, is_series, payments
from iopdocs.linter.party_names import party_name
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Payment
from iopdocs.model.schedule import instalments
from iopdocs.values import running_text
from iopdocs.values.period import Period

_SAME = ("ekonomi.utbetalningar.från", "ekonomi.utbetalningar.till", "ekonomi.utbetalningar.ändamål")


@rule("S109", "överlappande-betalningar", Level.ERROR, reads=("ekonomi.utbetalningar.period", *_SAME))
def overlapping_payments(case: Case) -> Iterable[Hit]:
    """Två betalningar för samma sak och samma tid.

    Vad: Två betalningar har samma betalare, mottagare och ändamål, och deras perioder överlappar varandra. Det är en
        varning när ändamålet saknas i båda. Enstaka betalningar för samma period med olika sista dag räknas som
        delar av en.
    Varför: Samma tid betalas två gånger, eller så är den ena perioden felskriven.
    Dåligt exempel:
        parter: [{namn: Kommunen}, {namn: Lyktan}]
        ekonomi:
          utbetalningar:
            - {belopp: 10 000 kr, från: Kommunen, till: Lyktan, ändamål: jour, takt: månad, period: 2027-03-01–2027-08-31}
            - {belopp: 12 000 kr, från: Kommunen, till: Lyktan, ändamål: jour, takt: månad, period: 2027-06-01–2027-12-31}
    Bra exempel:
        parter: [{namn: Kommunen}, {namn: Lyktan}]
        ekonomi:
          utbetalningar:
            - {belopp: 10 000 kr, från: Kommunen, till: Lyktan, ändamål: jour, takt: månad, period: 2027-03-01–2027-08-31}
            - {belopp: 12 000 kr, från: Kommunen, till: Lyktan, ändamål: jour, takt: månad, period: 2027-09-01–2027-12-31}
    Källa: malmo, Ekonomi.
    """
    for group in _same_thing(case.agreement):
        reach = group[0]
        dues = {reach.payment.due}
        for timed in group[1:]:
            part = timed.period == reach.period and not is_series(timed.payment) and not is_series(reach.payment)
            if part and timed.payment.due not in dues and None not in dues | {timed.payment.due}:
                dues.add(timed.payment.due)
            elif timed.period.start <= reach.period.end:
                yield _overlap(case.agreement, timed, reach)
            if timed.period.end > reach.period.end:
                reach, dues = timed, {timed.payment.due}


@frozen(eq=False)
class _Timed:
    path: str
    payment: Payment
    period: Period


def _same_thing(agreement: Agreement) -> Iterator[Sequence[_Timed]]:
    """Yield groups of payments that have a period and the same payer, payee and purpose, in the order of their periods."""
    groups: dict[tuple[object, object, str], list[_Timed]] = defaultdict(list)
    for placed in payments(agreement):
        payment, period = placed.item, placed.item.period
        if period is not None and period.start <= period.end and payment.payer and payment.payee:
            key = (_key(placed.payer, payment.payer), _key(placed.payee, payment.payee))
            groups[*key, running_text.folded(payment.purpose or "")].append(_Timed(placed.path, payment, period))
    for group in groups.values():
        yield sorted(group, key=lambda timed: (timed.period.start, -timed.period.end.toordinal()))


def _key(party: object, reference: str) -> object:
    return id(party) if party is not None else running_text.folded(reference)


def _overlap(agreement: Agreement, timed: _Timed, other: _Timed) -> Hit:
    common = Period(max(timed.period.start, other.period.start), min(timed.period.end, other.period.end))
    payer, payee = (party_name(agreement, str(ref)) for ref in (timed.payment.payer, timed.payment.payee))
    if running_text.folded(timed.payment.purpose or ""):
        message = "{payer} betalar två gånger till {payee} för ”{purpose}” under {time}: se även {other}"
        hint, level = "rätta perioderna, eller skriv vad som skiljer betalningarna i ”ändamål”", None
    else:
        message = "{payer} betalar två gånger till {payee} under {time} utan att ändamålet framgår: se även {other}"
        hint, level = "skriv vad var och en av betalningarna avser i ”ändamål”", Level.WARNING
    purpose = running_text.short(timed.payment.purpose or "")
    text = message.format(
        payer=payer, payee=payee, purpose=purpose, time=running_text.stretch(common), other=other.path
    )
    return Hit(f"{timed.path}.period", text, hint, level=level)


@rule("S110", "lucka-mellan-betalningar", Level.WARNING, reads=("ekonomi.utbetalningar.period", *_SAME))
def gap_between_payments(case: Case) -> Iterable[Hit]:
    """En tid mellan två betalningar som ingen betalning täcker.

    Vad: Två betalningar i följd har samma betalare, mottagare och ändamål, och mellan deras perioder finns dagar som
        ingen av dem täcker. Regeln tiger när luckan är längre än båda perioderna eller återkommer år efter år, som för
        en verksamhet som bara pågår under en del av året.
    Varför: Ofta är den ena perioden felskriven, så att en månad inte betalas.
    Dåligt exempel:
        parter: [{namn: Kommunen}, {namn: Lyktan}]
        ekonomi:
          utbetalningar:
            - {belopp: 10 000 kr, från: Kommunen, till: Lyktan, ändamål: jour, takt: månad, period: 2027-01-01–2027-08-31}
            - {belopp: 12 000 kr, från: Kommunen, till: Lyktan, ändamål: jour, takt: månad, period: 2027-10-01–2027-12-31}
    Bra exempel:
        parter: [{namn: Kommunen}, {namn: Lyktan}]
        ekonomi:
          utbetalningar:
            - {belopp: 10 000 kr, från: Kommunen, till: Lyktan, ändamål: jour, takt: månad, period: 2027-01-01–2027-08-31}
            - {belopp: 12 000 kr, från: Kommunen, till: Lyktan, ändamål: jour, takt: månad, period: 2027-09-01–2027-12-31}
    Källa: malmo, Ekonomi.
    """
    for group in _same_thing(case.agreement):
        gaps = list(_gaps(group))
        seasons = Counter(_season(gap) for _timed, gap in gaps)
        for timed, gap in gaps:
            if seasons[_season(gap)] == 1:
                payer, payee = (
                    party_name(case.agreement, str(ref)) for ref in (timed.payment.payer, timed.payment.payee)
                )
                message = "ingen betalning från {payer} till {payee} täcker {time}"
                text = message.format(payer=payer, payee=payee, time=running_text.stretch(gap))
                yield Hit(f"{timed.path}.period", text, "rätta perioden, eller lägg till det som saknas")


def _gaps(group: Sequence[_Timed]) -> Iterator[tuple[_Timed, Period]]:
    """Yield the payment after each gap, and the gap, unless it is longer than the periods on both sides."""
    reach = group[0]
    for timed in group[1:]:
        days = (timed.period.start - reach.period.end).days - 1
        # A leap year or a long month makes no difference.
        if 0 < days <= max(_days(timed.period), _days(reach.period)) + 3:
            yield timed, Period(reach.period.end + timedelta(days=1), timed.period.start - timedelta(days=1))
        if timed.period.end > reach.period.end:
            reach = timed


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1


def _season(gap: Period) -> tuple[int, int, int, int]:
    return gap.start.month, gap.start.day, gap.end.month, gap.end.day


@rule(
    "S115",
    "betalning-utanför-summorna",
    Level.WARNING,
    reads=("ekonomi.utbetalningar.belopp", "ekonomi.utbetalningar.senast", "ekonomi.utbetalningar.period"),
)
def payment_left_out_of_sums(case: Case) -> Iterable[Hit]:
    """En betalning som inte räknas med i summorna per år.

    Vad: En betalning har ett belopp men ingen period (eller, när den görs en gång, inget sista datum), och avtalet
        skriver ut summor per år av andra betalningar i samma avsnitt eller bilaga.
    Varför: Summorna i avtalet blir lägre än det som ska betalas, utan att det syns.
    Dåligt exempel:
        ekonomi:
          utbetalningar:
            - {belopp: 10 000 kr, takt: månad, period: 2027}
            - {belopp: 50 000 kr, takt: kvartal}
    Bra exempel:
        ekonomi:
          utbetalningar:
            - {belopp: 10 000 kr, takt: månad, period: 2027}
            - {belopp: 50 000 kr, takt: kvartal, period: 2027}
    Källa: malmo, Ekonomi.
    """
    for path, economy in economies(case.agreement):
        counts = [len(instalments(payment)) for payment in economy.payments]
        if sum(counts) < 2:
            continue  # no sums are printed
        for number, (payment, count) in enumerate(zip(economy.payments, counts, strict=True), 1):
            if payment.amount is not None and not count and payment.period is None:
                series = is_series(payment)
                message = "betalningen om {amount} saknar {key} och räknas inte med i summorna per år".format(
                    amount=running_text.kronor(payment.amount), key="period" if series else "datum och period"
                )
                hint = "skriv ”period”" if series else "skriv ”senast” eller ”period”"
                yield Hit(f"{path}.utbetalningar[{number}].period", message, hint)


@rule("S116", "betalning-till-sig-själv", Level.ERROR, reads=_SAME[:2])
def payment_to_itself(case: Case) -> Iterable[Hit]:
    """En part som betalar till sig själv.

    Vad: En betalning har samma part som betalare och mottagare.
    Varför: En av dem är felskriven, och det framgår inte vem som ska betala eller få pengarna.
    Dåligt exempel:
        parter: [{namn: Exempelstads kommun, kallas: kommunen}, {namn: Lyktan}]
        ekonomi: {utbetalningar: [{belopp: 10 000 kr, från: kommunen, till: Exempelstads kommun}]}
    Bra exempel:
        parter: [{namn: Exempelstads kommun, kallas: kommunen}, {namn: Lyktan}]
        ekonomi: {utbetalningar: [{belopp: 10 000 kr, från: kommunen, till: Lyktan}]}
    Källa: malmo, Ekonomi.
    """
    for placed in payments(case.agreement):
        if placed.payer is not None and placed.payer is placed.payee:
            name = party_name(case.agreement, str(placed.item.payer))
            message = f"{name} är både betalare och mottagare"
            yield Hit(f"{placed.path}.till", message, "skriv vem som får betalningen")
