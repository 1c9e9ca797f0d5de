"""Amounts, shares, counts and organisation numbers as Swedes write them: read right or refused, never read as another."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from hypothesis import given
from hypothesis import strategies as st
from stdnum.exceptions import ValidationError
from stdnum.se import orgnr

from iopdocs.errors import ValueProblem
from iopdocs.files.value_readers import read_value, write_value
from iopdocs.values import counts, identifiers, money, price_base_amounts, shares
from iopdocs.values.counts import Hours
from iopdocs.values.identifiers import OrganisationNumber
from iopdocs.values.money import UNITS, Money
from iopdocs.values.price_base_amounts import PriceBaseAmounts
from tests.helpers.properties import examples
from tests.helpers.strategies import moneys, organisation_numbers

CASES = Path(__file__).parents[1] / "data" / "values_money.tsv"
KINDS = {
    "belopp": Money,
    "organisationsnummer": OrganisationNumber,
    "tal och procent": Decimal,
    "antal": int,
    "timmar": Hours,
}
SIGNS = {"␣nbsp␣": "\u00a0", "␣smalt␣": "\u202f", "␣tunt␣": "\u2009", "␣tab␣": "\t"}


def rows() -> list[tuple[str, str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


def read(kind: str, text: str) -> object:
    for name, sign in SIGNS.items():
        text = text.replace(name, sign)
    return PriceBaseAmounts.parse(text) if kind == "prisbasbelopp" else read_value(text, KINDS[kind])


@pytest.mark.parametrize(("kind", "text", "right"), rows())
def test_a_value_is_read_as_it_is_written(kind, text, right):
    if right == "vägras":
        with pytest.raises(ValueProblem) as caught:
            read(kind, text)
        assert caught.value.hint
    else:
        value = read(kind, text)
        assert str(value) == right or value == Decimal(right)
        assert read(kind, str(write_value(value))) == value


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("5,000 kr", "5 000 kr eller 5 kr"),
        ("1.250 tkr", "1 250 000 kr eller 1 250 kr"),
        ("900.000:-", "900 000 kr eller 900 kr"),
        ("250k", "250 kr eller 250 tkr"),
    ],
)
def test_an_amount_of_two_readings_is_refused_with_both(text, readings):
    with pytest.raises(ValueProblem, match="två sätt") as caught:
        Money.parse(text)
    assert readings in caught.value.hint


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("30 000 euro", "svenska kronor"),
        ("140 000 kronor/år", "takt"),
        ("900 000 kr exklusive moms", "moms"),
        ("9 00 000 kr", "tre och tre"),
        ("5 prisbasbelopp", "vilket års"),
        ("5 prisbasbelopp 2027", "i kronor, inom parentes efter: 5 prisbasbelopp 2027 ("),
        ("１００ kr", "annat skriftsystem"),
    ],
)
def test_a_refusal_says_why_and_what_to_write(text, reason):
    with pytest.raises(ValueProblem) as caught:
        Money.parse(text)
    assert reason in str(caught.value)


@examples(200)
@given(moneys())
def test_an_amount_reads_back_from_what_is_printed_of_it(amount):
    assert Money.parse(str(amount)) == amount
    for found, start, end in money.find(f"Parten betalar {amount} varje år."):
        assert (found.amount, start < end) == (amount.amount, True)


@examples(300)
@given(
    st.sampled_from(["5", "12", "250", "900", "000", "50", " ", " ", ",", ".", "-", "(", ")", ":-"])
    | st.sampled_from(
        sorted({*UNITS, "en", "halv", "fem", "tusen", "och", "euro", "år", "/", "2027", "prisbasbelopp"})
    ),
    st.data(),
)
def test_whatever_is_read_as_an_amount_is_printed_as_its_equal(first, data):
    pieces = data.draw(
        st.lists(st.sampled_from(["5", "12", "250", "000", " ", ",", ".", " kr", " tkr", " miljoner", " tusen", "fem"]))
    )
    text = "".join([first, *pieces])
    try:
        amount = Money.parse(text)
    except ValueProblem:
        return
    assert Money.parse(str(amount)) == amount


@examples(200)
@given(st.decimals(0, 10**9, places=2))
def test_an_amount_in_figures_is_what_babel_reads(number):
    for locale in ("sv_SE", "en_US", "de_DE"):
        text = format_decimal(number, "#,##0.00", locale=locale)
        assert Money.parse(f"{text} kr").amount == number == parse_decimal(text, locale=locale, strict=True)


@examples(300)
@given(st.text("0123456789 ,.", min_size=1, max_size=12))
def test_figures_that_babel_reads_in_no_way_are_refused_and_others_read_in_one_of_its_ways(text):
    try:
        amount = Money.parse(text)
    except ValueProblem:
        return
    readings = set()
    for locale in ("sv_SE", "en_US", "de_DE"):
        try:
            readings.add(parse_decimal(text.strip().replace(" ", "\u00a0"), locale=locale, strict=True))
        except NumberFormatError:
            continue
    flat = "".join(text.split())
    assert amount.amount in readings or amount.amount == Decimal(flat.replace(",", "."))


@examples(200)
@given(organisation_numbers())
def test_an_organisation_number_is_judged_as_python_stdnum_judges_it(number):
    try:
        orgnr.validate(number.digits)
        right = True
    except ValidationError:
        right = False
    assert number.check_digit_is_right == right
    found = [one.digits for one, _start, _end in identifiers.find(f"Föreningen ({number}) betalar.")]
    if not number.century:
        assert found == ([number.digits] if right and not number.is_personal else [])


@pytest.mark.parametrize(
    ("find", "text", "found"),
    [
        (
            money.find,
            "Först 900 000 kr, sedan en halv miljon kronor (1,2 mnkr) och SEK 5 000 samt 12 000:- per år.",
            {
                "900 000 kr": "900 000 kr",
                "en halv miljon kronor": "500 000 kr",
                "1,2 mnkr": "1 200 000 kr",
                "SEK 5 000": "5 000 kr",
                "12 000:-": "12 000 kr",
            },
        ),
        (money.find, "5,000 kr, 500 norska kronor, 100–200 kr, 30 000 euro och maj 2027 500 kr", {}),
        (shares.find, "80 % av 37,5 procent, men 10–20 % och −5 % är andra", {"80 %": "80", "37,5 procent": "37.5"}),
        (counts.find_hours, "1 200 timmar och 12 h, inte 12:30 h", {"1 200 timmar": "1200", "12 h": "12"}),
        (
            identifiers.find,
            "212000-0142 är rätt, 212000-0143 är fel och 121212-1212 en persons",
            {"212000-0142": "212000-0142"},
        ),
        (
            price_base_amounts.find,
            "fem prisbasbelopp för 2027, 0,5 gånger 2027 års prisbasbelopp, men 5 prisbasbelopp säger inte när",
            {
                "fem prisbasbelopp för 2027": "5 prisbasbelopp 2027",
                "0,5 gånger 2027 års prisbasbelopp": "0,5 prisbasbelopp 2027",
            },
        ),
    ],
)
def test_values_are_found_in_running_text_where_they_can_be_read_in_one_way_only(find, text, found):
    assert {text[start:end]: str(value) for value, start, end in find(text)} == found
