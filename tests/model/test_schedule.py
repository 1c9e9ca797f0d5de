"""Payments laid out in time, and parties found by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Interval, PaidWhen, Payment
from iopdocs.model.parties import Party
from iopdocs.model.schedule import instalments
from iopdocs.values.money import Money
from iopdocs.values.period import Period
from tests.helpers.properties import examples
from tests.helpers.strategies import dates

YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("interval", "times"),
    [
        (Interval.MONTHLY, 12),
        (Interval.QUARTERLY, 4),
        (Interval.TERTIAL, 3),
        (Interval.HALF_YEARLY, 2),
        (Interval.YEARLY, 1),
    ],
)
def test_a_year_has_as_many_payments_as_its_rate_says(interval, times):
    payment = Payment(amount=Money(1000), interval=interval, period=YEAR, due=date(2027, 1, 31))
    found = instalments(payment)
    assert len(found) == times
    assert {instalment.year for instalment in found} == {2027}
    assert [instalment.due for instalment in found] == [date(2027, 1, 31)] + [None] * (times - 1)


def test_a_payment_in_arrears_counts_in_the_year_that_its_time_ends():
    period = Period(date(2027, 12, 1), date(2028, 2, 29))
    for paid, year in ((PaidWhen.ADVANCE, 2027), (PaidWhen.ARREARS, 2028)):
        payment = Payment(amount=Money(1), interval=Interval.QUARTERLY, period=period, paid=paid)
        assert [instalment.year for instalment in instalments(payment)] == [year]


def test_a_single_payment_counts_in_the_year_of_its_last_day():
    (found,) = instalments(Payment(amount=Money(5), due=date(2028, 1, 31), period=YEAR))
    assert (found.year, found.due) == (2028, date(2028, 1, 31))


def test_what_cannot_be_known_is_not_laid_out():
    assert instalments(Payment(interval=Interval.MONTHLY, period=YEAR)) == ()
    assert instalments(Payment(amount=Money(5), interval=Interval.MONTHLY)) == ()
    assert instalments(Payment(amount=Money(5))) == ()


@examples(60)
@given(dates(), dates(), st.sampled_from(Interval))
def test_any_period_can_be_laid_out(start, end, interval):
    found = instalments(Payment(amount=Money(1), interval=interval, period=Period(start, end)))
    assert all(start.year <= instalment.year <= max(start.year, end.year) for instalment in found)


def test_a_party_is_found_by_its_short_name_or_its_name():
    party = Party(name="Exempelstads  kommun", short_name="kommunen")
    agreement = Agreement(parties=(Party(), party))
    assert agreement.party(" Kommunen ") is party
    assert agreement.party("exempelstads kommun") is party
    assert agreement.party("regionen") is None
    assert agreement.party("") is None
