"""How a datum looks in an agreement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.document.typography import typeset
from iopdocs.values import formats
from iopdocs.values.money import Money
from iopdocs.values.period import Period
from tests.helpers.strategies import moneys


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("kommunen", "kommunens"),
        ("Föreningen Vinden", "Föreningen Vindens"),
        ("Röda Kors", "Röda Kors"),
        ("Lax", "Lax"),
        ("Blitz", "Blitz"),
        ("ABF", "ABF:s"),
        ("IOGT-NTO", "IOGT-NTO:s"),
        ("Bris", "Bris"),
        ("Kvinnohuset 1984", "Kvinnohuset 1984:s"),
        ("", ""),
    ],
)
def test_genitives(name: str, genitive: str) -> None:
    assert formats.genitive(name) == genitive


def test_amounts_have_no_break_spaces_and_decimal_comma() -> None:
    assert formats.kronor(Money(900000)) == "900\u00a0000\u00a0kronor"
    assert formats.kronor(Money(1)) == "1\u00a0krona"
    assert formats.kronor(Money(Decimal("12.5"))) == "12,50\u00a0kronor"


@given(moneys())
def test_an_amount_never_breaks_over_a_line_and_reads_back(money: Money) -> None:
    printed = formats.kronor(money)
    assert " " not in printed.replace(" (", "(")
    assert Money.parse(printed) == money


@given(st.dates())
def test_a_date_never_breaks_over_a_line(day: date) -> None:
    assert " " not in formats.long_date(day)
    assert str(day.year) in formats.long_date(day)


def test_a_period_that_is_a_year_is_printed_as_one() -> None:
    assert formats.period(Period(date(2027, 1, 1), date(2027, 12, 31))) == "2027"
    assert (
        formats.period(Period(date(2027, 1, 1), date(2027, 6, 30)))
        == "1\u00a0januari\u00a02027\u201330\u00a0juni\u00a02027"
    )


@pytest.mark.parametrize(
    ("words", "typeset_words"),
    [
        ('ordet "part" betyder', "ordet ”part” betyder"),
        ("åldern 13-20 år", "åldern 13–20\u00a0år"),
        ("nummer 212000-0001", "nummer 212000-0001"),
        ("den 2027-01-01", "den 2027-01-01"),
        ("enligt 10 § och § 4", "enligt 10\u00a0§ och §\u00a04"),
        ("två  mellanslag", "två mellanslag"),
        ("en sak - en annan", "en sak – en annan"),
    ],
)
def test_the_librarys_own_words_get_swedish_typography(words: str, typeset_words: str) -> None:
    assert typeset(words) == typeset_words
