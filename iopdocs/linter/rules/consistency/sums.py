"""S – sums: instalments, payments, budget and indexation against the amounts they should make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import attrs

from iopdocs.findings import Level
from iopdocs.linter import yearly_sums
from iopdocs.linter.economies import economies, is_series, payments, resources_in, term_of
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import BudgetLine, Economy, IndexMethod, Resource
from iopdocs.model.schedule import MAX_INSTALMENTS, instalments
from iopdocs.values import running_text
from iopdocs.values.formats import whole
from iopdocs.values.money import LARGEST, Money

_PAID = ("ekonomi.utbetalningar.belopp", "ekonomi.utbetalningar.takt", "ekonomi.utbetalningar.period")
_CASH = ("ekonomi.resurser.part", "ekonomi.resurser.slag", "ekonomi.resurser.år", "ekonomi.resurser.belopp")


@rule("S112", "betalningar-mot-högsta-belopp", Level.ERROR, reads=("ekonomi.utbetalningar.högst", *_PAID))
def instalments_against_ceiling(case: Case) -> Iterable[Hit]:
    """Betalningar som tillsammans inte blir det högsta beloppet.

    Vad: Antalet betalningar i en serie gånger beloppet är mer än ”högst”. Är det mindre blir det en varning, om beloppen
        inte räknas upp och inget belopp per dygn och person tillkommer. En serie utan period räknas över avtalstiden.
    Varför: Antingen beloppet, takten, perioden eller det högsta beloppet är fel.
    Dåligt exempel:
        ekonomi: {utbetalningar: [{belopp: 60 000 kr, takt: månad, period: 2027, högst: 700 000 kr}]}
    Bra exempel:
        ekonomi: {utbetalningar: [{belopp: 60 000 kr, takt: månad, period: 2027, högst: 720 000 kr}]}
    Källa: malmo, Ekonomi.
    """
    term = term_of(case.agreement)
    indexed = _is_indexed(case.agreement)
    for placed in payments(case.agreement):
        payment = placed.item
        if payment.amount is None or payment.ceiling is None:
            continue
        series = is_series(payment)
        laid_out = instalments(attrs.evolve(payment, period=payment.period or term)) if series else ()
        count = len(laid_out) if series else 1
        total = payment.amount.amount * count
        if not 0 < count < MAX_INSTALMENTS or total == payment.ceiling.amount:
            continue
        over = total > payment.ceiling.amount
        if not over and (not series or indexed or payment.price_per_day_and_person is not None):
            continue
        words = {"count": count, "amount": running_text.kronor(payment.amount), "total": _kronor(total)}
        what = "{count} betalningar om {amount} blir {total}" if series else "betalningen är {total}"
        than = "{what}, mer än högst {ceiling}" if over else "{what}, mindre än högst {ceiling}"
        message = than.format(what=what.format(**words), ceiling=running_text.kronor(payment.ceiling))
        hint = "rätta beloppet, takten, perioden eller ”högst”"
        yield Hit(f"{placed.path}.högst", message, hint, level=None if over else Level.WARNING)


def _is_indexed(agreement: Agreement) -> bool:
    return any(
        economy.indexation and economy.indexation.method not in (None, IndexMethod.NONE)
        for _path, economy in economies(agreement)
    )


def _kronor(amount: Decimal) -> str:
    if amount <= LARGEST:
        return running_text.kronor(Money(amount))
    return "{number} kronor".format(number=whole(amount).replace("\u00a0", " "))


@rule(
    "S113",
    "betalningar-mot-kontanta-medel",
    Level.ERROR,
    reads=("ekonomi.utbetalningar.från", "ekonomi.utbetalningar.senast", *_PAID, *_CASH, "avtalstid.start"),
)
def payments_against_cash(case: Case) -> Iterable[Hit]:
    """Betalningar som inte stämmer med partens kontanta medel.

    Vad: Det som en part betalar under ett år är mer än de kontanta medel som den bidrar med det året. Betalar en
        offentlig part mindre, eller stämmer summan över alla år men inte år för år, blir det en varning. Medel utan år
        gäller varje helt år av avtalstiden, och en serie utan period hela avtalstiden. Avsnittet och bilagorna räknas
        tillsammans, om inte varje del har både partens betalningar och dess medel. Regeln tiger när något inte kan
        räknas: belopp per dygn och person, belopp, part eller tid som saknas, år med uppräknade belopp, en part som
        själv får betalningar. Det är också en varning när en offentlig part betalar och bara har andra resurser än
        pengar.
    Varför: Parterna beslutar om resurserna. Stämmer inte betalningarna med dem vet ingen vad parten har åtagit sig.
    Dåligt exempel:
        parter: [{namn: Kommunen, typ: kommun}, {namn: Lyktan}]
        ekonomi:
          resurser: [{part: Kommunen, slag: kontanta medel, år: 2027, belopp: 800 000 kr}]
          utbetalningar: [{belopp: 225 000 kr, från: Kommunen, till: Lyktan, takt: kvartal, period: 2027}]
    Bra exempel:
        parter: [{namn: Kommunen, typ: kommun}, {namn: Lyktan}]
        ekonomi:
          resurser: [{part: Kommunen, slag: kontanta medel, år: 2027, belopp: 900 000 kr}]
          utbetalningar: [{belopp: 225 000 kr, från: Kommunen, till: Lyktan, takt: kvartal, period: 2027}]
    Källa: malmo, Ekonomi.
    """
    for one in yearly_sums.differences(case.agreement):
        public = one.payer.kind is not None and one.payer.kind.is_public
        if one.paid < one.cash and not public and not one.even:
            continue
        message = "{payer} betalar {paid} {when} men bidrar med {cash} i kontanta medel".format(
            payer=running_text.short(one.payer.called or ""),
            paid=_kronor(one.paid) if one.paid else "ingenting",
            when=f"under {_years(one.years)}" if one.years else "om året",
            cash=_kronor(one.cash),
        )
        hint = "rätta betalningarna eller de kontanta medlen, och räkna varje belopp på ett ställe"
        if one.even:
            hint = "summan över åren stämmer: lägg beloppen på samma år på båda ställena"
        yield Hit(one.path, message, hint, level=None if one.paid > one.cash and not one.even else Level.WARNING)
    for path, payer in yearly_sums.payers_without_money(case.agreement):
        message = "{payer} betalar pengar men har inga kontanta medel bland sina resurser"
        hint = "skriv de kontanta medlen med år och belopp bland parternas resurser"
        yield Hit(path, message.format(payer=running_text.short(payer.called or "")), hint, level=Level.WARNING)


def _years(years: tuple[int, ...]) -> str:
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"vart och ett av åren {years[0]}–{years[-1]}"
    if len(years) == 1:
        return str(years[0])
    start = ", ".join(str(year) for year in years[:-1])
    return f"vart och ett av åren {start} och {years[-1]}"


@rule("S114", "budget-mot-kontanta-medel", Level.WARNING, reads=("ekonomi.budget.år", "ekonomi.budget.belopp", *_CASH))
def budget_against_cash(case: Case) -> Iterable[Hit]:
    """En budget som inte stämmer med parternas kontanta medel.

    Vad: Budgetposterna för ett år blir tillsammans något annat än parternas kontanta medel för året, med eller utan
        värdet av andra resurser, i samma del av avtalet eller i hela avtalet. Regeln tiger när en post saknar år eller
        belopp, och när budgeten är större och andra bidrag, ett utfallskontrakt eller resurser utan värde kan täcka
        skillnaden.
    Varför: Pengarna räcker inte till det som är planerat, eller så är det inte sagt vad de ska användas till.
    Dåligt exempel:
        parter: [{namn: Kommunen}]
        ekonomi:
          resurser: [{part: Kommunen, slag: kontanta medel, år: 2027, belopp: 900 000 kr}]
          budget: [{post: Personal, år: 2027, belopp: 700 000 kr}, {post: Hyra, år: 2027, belopp: 100 000 kr}]
    Bra exempel:
        parter: [{namn: Kommunen}]
        ekonomi:
          resurser: [{part: Kommunen, slag: kontanta medel, år: 2027, belopp: 900 000 kr}]
          budget: [{post: Personal, år: 2027, belopp: 800 000 kr}, {post: Hyra, år: 2027, belopp: 100 000 kr}]
    Källa: malmo, Ekonomi.
    """
    agreement = case.agreement
    every = [one for path, economy in economies(agreement) for one in resources_in(path, economy)]
    if not yearly_sums.is_known(agreement, every):
        return
    for path, economy in economies(agreement):
        lines = _by_year(economy.budget)
        own = list(resources_in(path, economy))
        cash = [one for one in own if one[1].kind is not None and one[1].kind.is_cash]
        cash = cash or [one for one in every if one[1].kind is not None and one[1].kind.is_cash]
        if not cash:
            continue
        years = set(yearly_sums.comparable_years(agreement, cash, lines)) & set(lines)
        for year in sorted(years):
            budget = sum((line.amount.amount for _n, line in lines[year] if line.amount), Decimal(0))
            money = yearly_sums.in_year(cash, year)
            accepted = {total for part in (own, every) for total in _totals(part, year)}
            if budget in accepted or (budget > money and _may_be_covered(economy, every)):
                continue
            message = f"budgeten för {year} är {_kronor(budget)} men parternas kontanta medel {_kronor(money)}"
            hint = "rätta posterna eller medlen, och ta bara med kostnader i budgeten"
            yield Hit(f"{path}.budget[{lines[year][0][0]}].belopp", message, hint)


def _by_year(lines: Iterable[BudgetLine]) -> dict[int, list[tuple[int, BudgetLine]]]:
    """Return the lines by year with their numbers; nothing when a line lacks year or amount."""
    found: dict[int, list[tuple[int, BudgetLine]]] = defaultdict(list)
    for number, line in enumerate(lines, 1):
        if line.year is None or line.amount is None:
            return {}
        found[line.year].append((number, line))
    return found


def _totals(resources: Iterable[tuple[str, Resource]], year: int) -> Iterable[Decimal]:
    """Yield the money for *year*, and the money together with what the other resources are worth."""
    held = [one for _path, one in resources if one.year in (None, year)]
    money = sum((one.amount.amount for one in held if one.kind and one.kind.is_cash and one.amount), Decimal(0))
    worth = [one.value or one.amount for one in held if not (one.kind and one.kind.is_cash)]
    if money:
        yield money
        yield money + sum((one.amount for one in worth if one is not None), Decimal(0))


def _may_be_covered(economy: Economy, every: Iterable[tuple[str, Resource]]) -> bool:
    """Tell whether something whose amount is not known may pay for what the money does not."""
    other = economy.outcome_contract is not None or bool(economy.grants and economy.grants.known)
    return other or any(
        one.value is None and one.amount is None for _path, one in every if not (one.kind and one.kind.is_cash)
    )


@rule(
    "S117",
    "belopp-eller-värde",
    Level.WARNING,
    reads=("ekonomi.resurser.slag", "ekonomi.resurser.belopp", "ekonomi.resurser.värde"),
)
def amount_or_value(case: Case) -> Iterable[Hit]:
    """Pengar som har ett värde i stället för ett belopp, eller tvärtom.

    Vad: Kontanta medel har ”värde” men inget ”belopp”, eller en annan resurs har ”belopp” men inget ”värde”.
    Varför: Ett belopp är ett åtagande att betala, ett värde en uppskattning som inte ger rätt till betalning. De summeras
        var för sig.
    Dåligt exempel:
        ekonomi: {resurser: [{part: alla parter, slag: lokaler, belopp: 100 000 kr}]}
    Bra exempel:
        ekonomi: {resurser: [{part: alla parter, slag: lokaler, värde: 100 000 kr}]}
    Källa: malmo, Ekonomi; famna, Utforma avtal.
    """
    for path, economy in economies(case.agreement):
        for where, one in resources_in(path, economy):
            if one.kind is None:
                continue
            if one.kind.is_cash and one.amount is None and one.value is not None:
                message = "kontanta medel har ett uppskattat värde, {value}, men inget belopp"
                yield Hit(f"{where}.värde", message.format(value=running_text.kronor(one.value)), "skriv ”belopp”")
            elif not one.kind.is_cash and one.value is None and one.amount is not None:
                message = "resursen är inte pengar ({kind}) men har ett belopp, {amount}"
                text = message.format(kind=one.kind.value, amount=running_text.kronor(one.amount))
                yield Hit(f"{where}.belopp", text, "skriv ”värde” om det är en uppskattning")


@rule(
    "S118",
    "uppräkning-går-inte-att-räkna",
    Level.WARNING,
    reads=(
        "ekonomi.uppräkning.metod",
        "ekonomi.uppräkning.andel",
        "ekonomi.uppräkning.från_år",
        "ekonomi.uppräkning.basmånad",
        "avtalstid.slut",
    ),
)
def indexation_cannot_be_computed(case: Case) -> Iterable[Hit]:
    """En uppräkning som inte går att räkna.

    Vad: Beloppen följer ett index, men det första året med uppräknade belopp saknas eller ligger utanför avtalstiden
        (efter dess slut bara när avtalet inte kan förlängas); eller basmånaden saknas; eller andelen är mer än 100
        procent. Saknas andelen säger regeln ingenting: då skriver avtalet att beloppen följer hela ändringen.
    Varför: Då får parterna olika belopp när de räknar. Utan basmånad vet de inte vilken ändring de ska läsa av.
    Dåligt exempel:
        ekonomi: {uppräkning: {metod: arbetskostnadsindex, andel: 80}}
    Bra exempel:
        ekonomi: {uppräkning: {metod: arbetskostnadsindex, andel: 80, basmånad: oktober 2026, från_år: 2028}}
    Källa: malmo, Ekonomi.
    """
    term = case.agreement.term
    for path, economy in economies(case.agreement):
        index = economy.indexation
        if index is None:
            continue
        where = f"{path}.uppräkning"
        method = index.method if index.method is not IndexMethod.NONE else None
        if method and index.first_year is None:
            message = f"beloppen följer {method.value}, men det framgår inte från vilket år"
            yield Hit(f"{where}.från_år", message, "skriv ”från_år”, det första året med uppräknade belopp")
        if method and not (index.base or "").strip():
            message = "beloppen följer {method}, men det framgår inte från vilken månad ändringen räknas"
            hint = "skriv ”basmånad”, till exempel basmånad: oktober 2026"
            yield Hit(f"{where}.basmånad", message.format(method=method.value), hint)
        year = index.first_year
        hint = "rätta året eller avtalstiden"
        if method and year is not None and term and term.start and year < term.start.year:
            message = "uppräkningen börjar {year}, före avtalets start den {start}"
            yield Hit(f"{where}.från_år", message.format(year=year, start=running_text.day(term.start)), hint)
        elif method and year is not None and term and term.end and not term.extension and year > term.end.year:
            message = "uppräkningen börjar {year}, efter avtalets slut den {end}"
            yield Hit(f"{where}.från_år", message.format(year=year, end=running_text.day(term.end)), hint)
        if index.share is not None and index.share > 100:
            message = "uppräkningen är {share} procent av indexets ändring, alltså mer än hela".format(
                share=whole(index.share).replace("\u00a0", " ")
            )
            yield Hit(f"{where}.andel", message, "skriv högst 100")
