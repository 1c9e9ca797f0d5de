"""The rules on structured data: sums that add up are not told, one changed amount is; no agreement makes them fail."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import iopdocs
from iopdocs.findings import Level
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.economies import payments
from iopdocs.linter.rule import Case, Hit, Rule
from iopdocs.linter.rules.consistency.parties import unknown_party
from iopdocs.linter.rules.consistency.payment_times import (
    first_day_against_period,
    paid_far_from_term,
    period_outside_term,
)
from iopdocs.linter.rules.consistency.payments import gap_between_payments, overlapping_payments
from iopdocs.linter.rules.consistency.sums import (
    budget_against_cash,
    instalments_against_ceiling,
    payments_against_cash,
)
from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.closing import Appendix
from iopdocs.model.economy import BudgetLine, Economy, Interval, PaidWhen, Payment, Resource, ResourceKind
from iopdocs.model.fields import PartyRef, Year
from iopdocs.model.insatser import Insats
from iopdocs.model.organisation import Organisation, Responsibility
from iopdocs.model.parties import Party, PartyKind
from iopdocs.model.schedule import earlier, instalments, later, pay_days
from iopdocs.model.term import Term
from iopdocs.values.duration import Duration, Unit
from iopdocs.values.money import Money
from iopdocs.values.period import Period
from tests.helpers.properties import examples
from tests.helpers.rules import rules
from tests.helpers.strategies import agreements, dates, durations, plausible_agreements
from tests.helpers.timing import within

CONSISTENCY = rules("S1")
LIBRARY = load_library()
TODAY = date(2028, 6, 30)
PARTIES = (
    Party(name="Exempelstads kommun", kind=PartyKind.MUNICIPALITY, short_name="kommunen"),
    Party(name="Lyktan", kind=PartyKind.ASSOCIATION),
    Party(name="Vinden", kind=PartyKind.FOUNDATION),
)
CITY, LAMP, WIND = PartyRef("kommunen"), PartyRef("Lyktan"), PartyRef("Vinden")


def said(rule: Rule, agreement: Agreement) -> list[Hit]:
    found = rule.check(Case(agreement, LIBRARY, today=TODAY))
    return [one if isinstance(one, Hit) else Hit(*one) for one in found]


def level(rule: Rule, hit: Hit) -> Level:
    return hit.level or rule.level


@st.composite
def schedules(draw: st.DrawFn) -> Agreement:
    """A schedule that adds up: each year's payments to each organisation, by some rate, are the city's money that year.

    The money and the payments stand in the section or in an appendix for each organisation; budget lines are there too.
    """
    first = draw(st.integers(2026, 2030))
    years = list(range(first, first + draw(st.integers(1, 4))))
    in_appendices = draw(st.booleans())
    economies = []
    for payee in draw(st.sampled_from([(LAMP,), (LAMP, WIND)])):
        payments, resources, budget = [], [], []
        for year in years:
            rate = draw(st.sampled_from(Interval))
            each = Money(draw(st.integers(1, 1_000_000)))
            count = 12 // rate.months if rate.months else 1
            payments.append(
                Payment(
                    amount=each,
                    payer=draw(st.sampled_from([CITY, PartyRef("Exempelstads kommun")])),
                    payee=payee,
                    purpose="drift",
                    interval=rate,
                    paid=draw(st.sampled_from(PaidWhen)),
                    due=date(year, 1, 31) if rate is Interval.ONCE else None,
                    period=Period(date(year, 1, 1), date(year, 12, 31)),
                    ceiling=Money(each.amount * count),
                )
            )
            total = each.amount * count
            cut = Decimal(draw(st.integers(0, int(total))))
            parts = [cut, total - cut]
            resources += [_money(year, part) for part in parts]
            budget += [BudgetLine(item="post", year=Year(year), amount=Money(part)) for part in parts]
        economies.append(Economy(payments=tuple(payments), resources=tuple(resources), budget=tuple(budget)))
    term = Term(start=date(years[0], 1, 1), end=date(years[-1], 12, 31))
    if in_appendices:
        found = tuple(Appendix(title=f"Bilaga {n}", economy=one) for n, one in enumerate(economies, 1))
        return Agreement(parties=PARTIES, term=term, appendices=found)
    together = Economy(
        payments=tuple(one for part in economies for one in part.payments),
        resources=tuple(one for part in economies for one in part.resources),
        budget=tuple(one for part in economies for one in part.budget),
    )
    return Agreement(parties=PARTIES, term=term, economy=together)


def _money(year: int, amount: Decimal) -> Resource:
    return Resource(party=CITY, kind=ResourceKind.CASH, year=Year(year), amount=Money(amount))


def first_economy(agreement: Agreement) -> Economy:
    economy = agreement.economy or agreement.appendices[0].economy
    assert economy is not None
    return economy


def with_first_economy(agreement: Agreement, economy: Economy) -> Agreement:
    if agreement.economy is not None:
        return attrs.evolve(agreement, economy=economy)
    first, *rest = agreement.appendices
    return attrs.evolve(agreement, appendices=(attrs.evolve(first, economy=economy), *rest))


def more(money: Money | None, by: int) -> Money:
    assert money is not None
    return Money(money.amount + by)


MONEY = {"S108", "S109", "S110", "S111", "S112", "S113", "S114", "S115", "S142"}
MONEY_RULES = [rule for rule in CONSISTENCY if rule.code in MONEY]


@examples(80)
@given(schedules())
def test_consistent_schedule_has_no_findings(agreement: Agreement) -> None:
    assert [hit for rule in MONEY_RULES for hit in said(rule, agreement)] == []


@examples(80)
@given(schedules(), st.data(), st.integers(1, 1000))
def test_one_changed_amount_gives_one_finding(agreement: Agreement, data: st.DataObject, by: int) -> None:
    economy = first_economy(agreement)
    place = data.draw(st.integers(0, len(economy.resources) - 1))
    changed = attrs.evolve(economy.resources[place], amount=more(economy.resources[place].amount, by))
    resources = (*economy.resources[:place], changed, *economy.resources[place + 1 :])
    (hit,) = said(payments_against_cash, with_first_economy(agreement, attrs.evolve(economy, resources=resources)))
    assert f"under {changed.year} " in hit.message
    assert level(payments_against_cash, hit) is Level.WARNING


@examples(80)
@given(schedules(), st.data(), st.integers(1, 1000))
def test_one_changed_payment_is_found_by_its_year_and_its_ceiling(
    agreement: Agreement, data: st.DataObject, by: int
) -> None:
    economy = first_economy(agreement)
    place = data.draw(st.integers(0, len(economy.payments) - 1))
    payment = economy.payments[place]
    changed = attrs.evolve(payment, amount=more(payment.amount, by))
    payments = (*economy.payments[:place], changed, *economy.payments[place + 1 :])
    other = with_first_economy(agreement, attrs.evolve(economy, payments=payments))
    assert payment.period is not None
    (hit,) = said(payments_against_cash, other)
    assert f"under {payment.period.start.year} " in hit.message
    assert level(payments_against_cash, hit) is Level.ERROR
    (ceiling,) = said(instalments_against_ceiling, other)
    assert ceiling.path.endswith(f"utbetalningar[{place + 1}].högst")
    assert said(budget_against_cash, other) == []


@examples(80)
@given(schedules(), st.data(), st.integers(1, 1000))
def test_one_changed_budget_line_gives_one_finding(agreement: Agreement, data: st.DataObject, by: int) -> None:
    economy = first_economy(agreement)
    place = data.draw(st.integers(0, len(economy.budget) - 1))
    changed = attrs.evolve(economy.budget[place], amount=more(economy.budget[place].amount, by))
    budget = (*economy.budget[:place], changed, *economy.budget[place + 1 :])
    # A budget that happens to be the money of the whole agreement is one, and not told.
    parts = [agreement.economy, *(appendix.economy for appendix in agreement.appendices)]
    whole = sum(
        one.amount.amount for part in parts if part for one in part.resources if one.year == changed.year and one.amount
    )
    assume(sum(one.amount.amount for one in budget if one.year == changed.year and one.amount) != whole)
    (hit,) = said(budget_against_cash, with_first_economy(agreement, attrs.evolve(economy, budget=budget)))
    assert f"budgeten för {changed.year} " in hit.message


@examples(80)
@given(dates(), st.lists(st.integers(1, 400), min_size=2, max_size=6), st.data())
def test_consecutive_periods_have_no_findings_and_a_moved_one_has(
    start: date, lengths: list[int], data: st.DataObject
) -> None:
    day = min(start, date(9990, 1, 1))
    periods = []
    for length in lengths:
        periods.append(Period(day, day + timedelta(days=length)))
        day = periods[-1].end + timedelta(days=1)
    agreement = paying(periods)
    assert said(overlapping_payments, agreement) == []
    assert said(gap_between_payments, agreement) == []
    place = data.draw(st.integers(1, len(periods) - 1))
    earlier_by_one = attrs.evolve(periods[place], start=periods[place].start - timedelta(days=1))
    overlapping = paying([*periods[:place], earlier_by_one, *periods[place + 1 :]])
    assert [hit.path for hit in said(overlapping_payments, overlapping)] == [
        f"ekonomi.utbetalningar[{place + 1}].period"
    ]
    later_by_one = attrs.evolve(periods[place], start=periods[place].start + timedelta(days=1))
    apart = paying([*periods[:place], later_by_one, *periods[place + 1 :]])
    assert [hit.path for hit in said(gap_between_payments, apart)] == [f"ekonomi.utbetalningar[{place + 1}].period"]


def paying(periods: list[Period]) -> Agreement:
    payments = (
        Payment(amount=Money(1), payer=CITY, payee=LAMP, purpose="drift", interval=Interval.MONTHLY, period=one)
        for one in periods
    )
    return Agreement(parties=PARTIES, economy=Economy(payments=tuple(payments)))


@examples(100)
@given(dates(), st.integers(0, 3000), st.integers(-400, 3400))
def test_single_payment_beyond_the_limits_is_reported(start: date, length: int, after: int) -> None:
    start = min(max(start, date(3, 1, 1)), date(9980, 1, 1))
    end, due = start + timedelta(days=length), start + timedelta(days=after)
    agreement = Agreement(
        term=Term(start=start, end=end), economy=Economy(payments=(Payment(amount=Money(1), due=due),))
    )
    wrong = due < start - timedelta(days=60) or due > end + timedelta(days=90)
    assert bool(said(paid_far_from_term, agreement)) is wrong


@examples(100)
@given(dates(), st.integers(0, 3000), st.integers(-400, 3400), st.integers(0, 3400))
def test_period_outside_or_across_the_limits_is_reported(start: date, length: int, after: int, days: int) -> None:
    start = min(max(start, date(3, 1, 1)), date(9970, 1, 1))
    end = start + timedelta(days=length)
    period = Period(start + timedelta(days=after), start + timedelta(days=after + days))
    payment = Payment(interval=Interval.QUARTERLY, period=period)
    beyond = period.start < start - timedelta(days=60) or period.end > end + timedelta(days=90)
    outside = period.end < start or period.start > end
    agreement = Agreement(term=Term(start=start, end=end), economy=Economy(payments=(payment,)))
    assert bool(said(period_outside_term, agreement)) is (beyond or outside)
    open_ended = attrs.evolve(agreement, term=Term(start=start, until_further_notice=True))
    assert bool(said(period_outside_term, open_ended)) is (
        period.end < start or period.start < start - timedelta(days=60)
    )
    assert said(period_outside_term, attrs.evolve(agreement, term=Term())) == []


@examples(80)
@given(schedules())
def test_term_moved_one_year_is_reported_at_first_year_periods_and_at_no_day(agreement: Agreement) -> None:
    assert agreement.term is not None
    assert agreement.term.start is not None
    assert agreement.term.end is not None
    one = attrs.evolve(
        agreement.term,
        start=agreement.term.start.replace(year=agreement.term.start.year + 1),
        end=agreement.term.end.replace(year=agreement.term.end.year + 1),
    )
    early = attrs.evolve(agreement, term=one)
    first = agreement.term.start.year
    periods = [placed.item.period for placed in payments(early)]
    told = said(period_outside_term, early)
    assert len(told) == len([period for period in periods if period and period.start.year == first])
    assert said(paid_far_from_term, early) == []


def test_series_days_and_sums_agree_and_the_cause_is_reported_once() -> None:
    payment = Payment(
        amount=Money(100), payer=CITY, payee=LAMP, interval=Interval.TERTIAL, due=date(2027, 1, 31),
        period=Period(date(2026, 3, 1), date(2028, 12, 31)),
    )  # fmt: skip
    agreement = Agreement(
        parties=PARTIES,
        term=Term(start=date(2027, 1, 1), end=date(2028, 12, 31)),
        economy=Economy(payments=(payment,), resources=(_money(2027, Decimal(300)), _money(2028, Decimal(300)))),
    )
    assert {one.year for one in instalments(payment)} == {2026, 2027, 2028}
    (sum_told,) = said(payments_against_cash, agreement)
    assert "under 2026 " in sum_told.message
    assert said(paid_far_from_term, agreement) == []
    (cause,) = said(first_day_against_period, agreement)
    assert cause.path == "ekonomi.utbetalningar[1].senast"
    (period,) = said(period_outside_term, agreement)
    assert period.path == "ekonomi.utbetalningar[1].period"
    right = attrs.evolve(payment, period=Period(date(2027, 1, 1), date(2028, 12, 31)))
    mended = with_first_economy(agreement, attrs.evolve(first_economy(agreement), payments=(right,)))
    assert [hit for rule in MONEY_RULES for hit in said(rule, mended)] == []


@examples(80)
@given(dates(), st.sampled_from(list(Interval)[1:]), st.integers(-500, 1000))
def test_a_first_day_fits_from_two_months_before_to_the_end_of_the_second_interval(
    start: date, rate: Interval, after: int
) -> None:
    start = min(max(start, date(3, 1, 1)), date(9980, 1, 1)).replace(day=1)
    due = start + timedelta(days=after)
    payment = Payment(interval=rate, due=due, period=Period(start, start + timedelta(days=1500)))
    end = later(start, Duration(2 * rate.months, Unit.MONTHS))
    wrong = due < start - timedelta(days=60) or due >= end
    assert bool(said(first_day_against_period, Agreement(economy=Economy(payments=(payment,))))) is wrong


def test_renamed_party_is_reported_with_the_same_message_at_each_place() -> None:
    roles = tuple(Responsibility(party=PartyRef("Föreningen Lyktan")) for _n in range(9))
    hits = said(unknown_party, Agreement(parties=PARTIES, organisation=Organisation(responsibilities=roles)))
    assert len(hits) == 9
    assert {(hit.message, hit.hint) for hit in hits} == {
        (
            "”Föreningen Lyktan” är ingen part",
            "skriv kommunen, Lyktan eller Vinden, eller lägg till parten under ”parter”",
        )
    }


@pytest.mark.parametrize(
    ("written", "parties", "says"),
    [
        ("komunen", PARTIES, "menade du ”kommunen”? Skriv kommunen, Lyktan eller Vinden, eller lägg till parten"),
        ("exempelstad kommun", PARTIES, "menade du ”kommunen”? "),
        ("regionen", PARTIES[:1], "skriv kommunen, eller lägg till parten"),
        ("regionen", PARTIES[:2], "skriv kommunen eller Lyktan, eller lägg till parten"),
        ("regionen", (), "lägg till parten under ”parter”"),
        ("Part 12b", tuple(Party(name=f"Part {n}") for n in range(30)), "? Skriv någon av de 30 parterna, eller"),
    ],
)
def test_misspelt_party_gets_a_suggestion(written: str, parties: tuple[Party, ...], says: str) -> None:
    roles = (Responsibility(party=PartyRef(written)),)
    (hit,) = said(unknown_party, Agreement(parties=parties, organisation=Organisation(responsibilities=roles)))
    assert says in hit.hint
    assert hit.hint.startswith("menade du") is ("?" in says)


def test_thousands_of_unknown_names_are_looked_at_in_seconds() -> None:
    parties = tuple(Party(name=f"{n} {'föreningen' * 7} {n}") for n in range(2000))
    roles = tuple(Responsibility(party=PartyRef(f"{n} {'forreningen' * 7}")) for n in range(5000))
    with within(20):
        hits = said(unknown_party, Agreement(parties=parties, organisation=Organisation(responsibilities=roles)))
    assert len(hits) == 5000


HINTS = {
    "S101": ("avtalstid: {start: 2027-01-01, slut: 2026-12-31}", "”start” eller ”slut”"),
    "S103": ("parter: [{namn: A, organisationsnummer: 212000-0002}]", "registreringsbevis"),
    "S104": ("avtalstid: {tills_vidare: ja, slut: 2029-12-31}", "skriv ”tills_vidare: nej”"),
    "S105": ("avtalstid: {tills_vidare: ja}", "uppsägningstid: 6 månader"),
    "S106": ("insatser: [{namn: Läger, bilaga: Plan}]", "lägg till bilagan"),
    "S107": ("parter: [{namn: A}, {namn: a}]", "”kallas”"),
}


@pytest.mark.parametrize(("code", "data", "says"), [(code, *rest) for code, rest in HINTS.items()])
def test_wrong_data_is_reported_with_remedy(code: str, data: str, says: str) -> None:
    report = iopdocs.lint(iopdocs.loads(data), library=LIBRARY, select=(code,))
    assert [says in finding.hint for finding in report.findings] == [True]


def test_amounts_on_other_years_are_to_be_moved_and_not_shared() -> None:
    payments = tuple(
        Payment(amount=Money(amount), payer=CITY, payee=LAMP, due=date(year, 1, 31), interval=Interval.ONCE)
        for year, amount in ((2027, 300), (2028, 100))
    )
    resources = (_money(2027, Decimal(200)), _money(2028, Decimal(200)))
    hits = said(
        payments_against_cash, Agreement(parties=PARTIES, economy=Economy(payments=payments, resources=resources))
    )
    assert {hit.hint for hit in hits} == {"summan över åren stämmer: lägg beloppen på samma år på båda ställena"}


@pytest.mark.parametrize("rule", CONSISTENCY, ids=lambda rule: rule.code)
@examples(40)
@given(agreements() | plausible_agreements())
def test_any_agreement_can_be_looked_at(rule: Rule, agreement: Agreement) -> None:
    for hit in said(rule, agreement):
        assert hit.message
        assert "\u00a0" not in hit.message


@examples(100)
@given(
    st.builds(
        Economy,
        payments=st.lists(
            st.builds(
                Payment,
                amount=st.none() | st.integers(0, 10**11).map(Money),
                payer=st.none() | st.sampled_from([CITY, LAMP, PartyRef("alla parter"), PartyRef("okänd")]),
                payee=st.none() | st.sampled_from([CITY, LAMP, WIND]),
                interval=st.none() | st.sampled_from(Interval),
                paid=st.none() | st.sampled_from(PaidWhen),
                due=st.none() | dates(),
                period=st.none() | st.builds(Period, dates(), dates()),
                ceiling=st.none() | st.integers(0, 10**11).map(Money),
            ),
            max_size=4,
        ).map(tuple),
        resources=st.lists(
            st.builds(
                Resource,
                party=st.none() | st.sampled_from([CITY, LAMP, PartyRef("alla parter")]),
                kind=st.none() | st.sampled_from([ResourceKind.CASH, ResourceKind.PREMISES]),
                year=st.none() | st.integers(1900, 2200).map(Year),
                amount=st.none() | st.integers(0, 10**11).map(Money),
            ),
            max_size=4,
        ).map(tuple),
        budget=st.lists(
            st.builds(
                BudgetLine,
                year=st.none() | st.integers(1900, 2200).map(Year),
                amount=st.none() | st.integers(0, 10**11).map(Money),
            ),
            max_size=3,
        ).map(tuple),
    ),
    st.builds(Term, start=st.none() | dates(), end=st.none() | dates()),
)
def test_any_economy_can_be_summed(economy: Economy, term: Term) -> None:
    agreement = Agreement(parties=PARTIES, term=term, economy=economy, appendices=(Appendix(economy=economy),))
    for rule in MONEY_RULES:
        for hit in said(rule, agreement):
            assert hit.path.startswith(("ekonomi.", "bilagor[1].ekonomi."))


def test_many_payments_and_parties_are_looked_at_in_seconds() -> None:
    """Five thousand payments and two thousand parties: each rule looks at each of them a bounded number of times."""
    parties = tuple(Party(name=f"Part {n}", kind=PartyKind.ASSOCIATION) for n in range(2000))
    payments = tuple(
        Payment(
            amount=Money(n), payer=PartyRef(f"Part {n % 50}"), payee=PartyRef(f"Part {n % 2000}"),
            interval=Interval.YEARLY, period=Period(date(2027, 1, 1), date(2027, 12, 31)),
        )
        for n in range(5000)
    )  # fmt: skip
    resources = tuple(
        Resource(party=PartyRef(f"Part {n}"), kind=ResourceKind.CASH, amount=Money(n)) for n in range(2000)
    )
    agreement = Agreement(parties=parties, economy=Economy(payments=payments, resources=resources))
    with within(30):
        for rule in CONSISTENCY:
            said(rule, agreement)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "å " * 500_000, " \n" * 500_000 + "x", "((" * 500_000])
def test_a_megabyte_in_every_name_is_looked_at_in_seconds_and_not_repeated(text: str) -> None:
    name = PartyRef(text)
    payment = Payment(payer=name, payee=name, purpose=text, period=Period(date(2026, 1, 1), date(2026, 12, 31)))
    agreement = Agreement(
        status=Status.SIGNED,
        parties=(Party(name=text, kind=PartyKind.MUNICIPALITY), Party(name=text), Party(name=f"{text}!")),
        insatser=(Insats(name=text, responsible=(name, PartyRef(f"{text}?")), appendix=f"{text}?"),),
        economy=Economy(payments=(payment, payment)),
        term=Term(start=date(2027, 1, 1)),
        appendices=(Appendix(title=text), Appendix(title=text)),
    )
    with within(20):
        hits = [hit for rule in CONSISTENCY for hit in said(rule, agreement)]
    assert {len(hit.message) < 1000 for hit in hits} == {True}


@examples(100)
@given(dates(), durations())
def test_a_day_can_be_moved_by_any_length_and_never_the_wrong_way(day: date, length: Duration) -> None:
    before, after = earlier(day, length), later(day, length)
    if length.unit.needs_calendar:
        assert before is None
        assert after is None
    else:
        assert before <= day <= after


@pytest.mark.parametrize(
    ("length", "before", "after"),
    [
        (Duration(1, Unit.MONTHS), date(2027, 12, 31), date(2028, 2, 29)),
        (Duration(1, Unit.YEARS), date(2027, 1, 31), date(2029, 1, 31)),
        (Duration(2, Unit.WEEKS), date(2028, 1, 17), date(2028, 2, 14)),
        (Duration(60, Unit.DAYS), date(2027, 12, 2), date(2028, 3, 31)),
    ],
)
def test_a_day_is_moved_as_the_calendar_says(length: Duration, before: date, after: date) -> None:
    day = date(2028, 1, 31)
    assert (earlier(day, length), later(day, length)) == (before, after)


def test_a_series_is_paid_at_the_distance_of_its_rate() -> None:
    period = Period(date(2027, 1, 1), date(2027, 12, 31))
    quarterly = Payment(interval=Interval.QUARTERLY, period=period)
    assert pay_days(quarterly)[1] == date(2027, 4, 1)
    assert pay_days(attrs.evolve(quarterly, paid=PaidWhen.ARREARS))[-1] == date(2027, 12, 31)
    assert pay_days(attrs.evolve(quarterly, due=date(2027, 1, 31)))[1] == date(2027, 4, 30)
    assert pay_days(Payment(period=period)) == ()
