"""Agreements as dicts and as JSON: what a web form sends, and what a row in a database holds."""

import copy
import json
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.errors import PROBLEM_CODES, LoadError
from iopdocs.files.converter import converter
from iopdocs.files.data_writer import dumps
from iopdocs.files.dicts import from_dict, to_dict
from iopdocs.files.loader import load, loads
from iopdocs.model.agreement import Agreement, Status
from iopdocs.values.money import LARGEST, Money
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements, moneys, numbers

modest = examples(100)


def problems_of(data):
    with pytest.raises(LoadError) as caught:
        from_dict(data)
    for problem in caught.value.problems:
        assert problem.code in PROBLEM_CODES
        assert problem.message
        assert problem.position is None
    return caught.value.problems


def error_of(read, *arguments):
    """Return the LoadError that a reading ends in, if any; every other error fails the test."""
    try:
        read(*arguments)
    except LoadError as error:
        return error
    return None


def paid(amount):
    return {"ekonomi": {"utbetalningar": [{"belopp": amount}]}}


def payment(agreement):
    return agreement.economy.payments[0].amount


@modest
@given(agreements())
def test_any_agreement_survives_the_converter(agreement):
    assert converter().structure(converter().unstructure(agreement), Agreement) == agreement


@modest
@given(agreements())
def test_a_row_in_a_database_gives_the_same_agreement(agreement):
    row = json.dumps(to_dict(agreement), allow_nan=False)
    assert from_dict(json.loads(row)) == agreement
    assert loads(row, kind="json") == agreement
    assert loads(row.encode(), kind="json") == agreement
    assert json.loads(dumps(agreement, "json")) == to_dict(agreement)


def test_every_example_survives():
    for file in (Path(__file__).parents[2] / "examples").glob("*.yaml"):
        agreement = load(file)
        assert from_dict(to_dict(agreement)) == agreement


@modest
@given(agreements())
def test_the_dict_belongs_to_the_caller(agreement):
    data = to_dict(agreement)
    before = copy.deepcopy(data)
    read = from_dict(data)
    assert data == before
    data.clear()
    assert read == agreement


JSON_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["titel", "parter", "namn", "ekonomi", "belopp", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@modest
@given(JSON_DATA)
def test_any_json_is_read_or_refused(data):
    told = error_of(from_dict, data)
    assert told is None or {problem.code for problem in told.problems} <= set(PROBLEM_CODES)
    str(told).encode()


def test_every_problem_comes_at_once_with_what_a_form_needs():
    data = {
        "titel": ["a"],
        "parter": [
            None,
            {"namn": "Kommunen", "typ": "komun"},
            {"organisationsnummer": "12", "telfon": "1"},
            "föreningen",
        ],
        "ekonomi": {"utbetalningar": [{"belopp": "900.000"}, {"belopp": 1.005}]},
        "klausuler": {"5x": "ja", "överskott": ["a"]},
    }
    told = {problem.path: (problem.code, problem.label) for problem in problems_of(data)}
    assert told == {
        "titel": ("fel-typ", "Titel"),
        "parter[1].typ": ("okänt-ord", "Parter › Typ av part"),
        "parter[2].organisationsnummer": ("olämpligt-värde", "Parter › Organisationsnummer"),
        "parter[2].telfon": ("okänd-nyckel", "Parter"),
        "parter[3]": ("fel-typ", "Parter"),
        "ekonomi.utbetalningar[1].belopp": ("tvetydigt-värde", "Ekonomi › Utbetalningar › Belopp"),
        "ekonomi.utbetalningar[2].belopp": ("olämpligt-värde", "Ekonomi › Utbetalningar › Belopp"),
        "klausuler.5x": ("olämpligt-värde", "Klausuler"),
        "klausuler.överskott": ("fel-typ", "Klausuler"),
    }


def test_a_file_gives_the_same_codes_and_labels():
    with pytest.raises(LoadError) as caught:
        loads("parter:\n  - typ: komun\n    namnn: x\n")
    assert [(problem.code, problem.label) for problem in caught.value.problems] == [
        ("okänt-ord", "Parter › Typ av part"),
        ("okänd-nyckel", "Parter"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("titel: a\ntitel: b", "yaml", "dubbel-nyckel"),
        ("titel: 'a", "yaml", "fel-syntax"),
        ("titel: &a [*a]", "yaml", "fel-syntax"),
        ("{", "json", "fel-syntax"),
        ("[" * 60, "json", "för-mycket"),
        ("[" * 60, "yaml", "för-mycket"),
        ("format: 2", "yaml", "fel-format"),
        ("format: x", "yaml", "fel-format"),
        ("- a", "yaml", "fel-typ"),
        ("# bara en kommentar", "yaml", "oläslig-fil"),
        (b"", "yaml", "oläslig-fil"),
        (b"titel: \xe5", "yaml", "oläslig-fil"),
        ("titel: å".encode("utf-16"), "yaml", "oläslig-fil"),
        ("titel: a\x00b", "yaml", "olämpligt-värde"),
    ],
)
def test_what_cannot_be_read_has_a_code(text, kind, code):
    with pytest.raises(LoadError) as caught:
        loads(text, kind=kind)
    assert {problem.code for problem in caught.value.problems} == {code}


@modest
@given(moneys().map(lambda money: Money(money.amount)))
def test_a_number_of_json_is_an_amount(money):
    number = float(money.amount)
    written = json.dumps(paid(number))
    for read in (lambda: from_dict(paid(number)), lambda: loads(written, kind="json")):
        if Decimal(repr(number)) == money.amount:
            assert payment(read()) == money
        else:
            # More digits than a float holds; what it holds is read, or refused when it is no whole number of öre.
            told = error_of(read)
            assert told is not None or payment(read()) == Money(Decimal(repr(number)))


@modest
@given(moneys().map(lambda money: Money(money.amount)), numbers())
def test_a_decimal_is_exact(money, number):
    assert payment(from_dict(paid(money.amount))) == money
    share = from_dict({"ekonomi": {"uppräkning": {"andel": number}}}).economy.indexation.share
    assert share == number


@pytest.mark.parametrize(
    ("number", "amount"),
    [("900000", 900_000), ("900000.0", 900_000), ("900000.5", Decimal("900000.5")), ("9e5", 900_000), ("-0.0", 0)],
)
def test_amounts_in_a_json_file(number, amount):
    text = f'{{"ekonomi": {{"utbetalningar": [{{"belopp": {number}}}]}}}}'
    agreement = loads(text, kind="json")
    assert payment(agreement) == Money(amount)
    assert str(payment(agreement)) == str(Money(amount))
    assert loads(dumps(agreement)) == agreement


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("0.125", "högst två decimaler"),
        ("0.30000000000000004", "högst två decimaler"),
        ("1e-400", "högst två decimaler"),
        ("-1.5", "negativt"),
        ("1e400", "större än en biljon"),
        ("1e999999999999", "större än en biljon"),
        ("1e99999999999999999999", "för stort"),
        ("1." + "0" * 400, "för långt"),
    ],
)
def test_an_amount_that_cannot_be_exact_is_refused_with_the_reason(number, message):
    with pytest.raises(LoadError, match=message) as caught:
        loads(f'{{"ekonomi": {{"utbetalningar": [{{"belopp": {number}}}]}}}}', kind="json")
    (problem,) = caught.value.problems
    assert problem.path == "ekonomi.utbetalningar[1].belopp"
    assert problem.hint or "decimaler" in message


@pytest.mark.parametrize(
    "number", [math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")]
)
def test_what_is_no_number_is_refused(number):
    (problem,) = problems_of(paid(number))
    assert "inte är något tal" in problem.message


@pytest.mark.parametrize(
    "number", [10**5000, Decimal(LARGEST) * 10, Decimal("1e999999")], ids=["int", "öre", "exponent"]
)
def test_a_number_too_large_is_refused(number):
    (problem,) = problems_of(paid(number))
    assert problem.path == "ekonomi.utbetalningar[1].belopp"


def test_counts_years_and_shares_may_be_written_with_decimals_that_are_zero():
    data = {"ekonomi": {"resurser": [{"timmar": 1200.0, "år": 2027.0}], "uppräkning": {"andel": 12.125}}}
    economy = from_dict(data).economy
    assert (economy.resources[0].hours, economy.resources[0].year) == (1200, 2027)
    assert economy.indexation.share == Decimal("12.125")
    told = problems_of({"ekonomi": {"resurser": [{"timmar": 1200.5}], "uppräkning": {"andel": 0.1234567}}})
    assert [problem.path for problem in told] == ["ekonomi.resurser[1].timmar", "ekonomi.uppräkning.andel"]


class Ordinary(Enum):
    DRAFT = "utkast"


@pytest.mark.parametrize(
    "data",
    [
        {"avtalstid": {"start": date(2027, 1, 1)}},
        {"avtalstid": {"start": datetime(2027, 1, 1)}},
        {"avtalstid": {"start": "1 januari 2027"}},
        MappingProxyType({"avtalstid": MappingProxyType({"start": "2027-01-01"})}),
        {"format": 1, "avtalstid": {"start": "2027-01-01", "slut": None}},
    ],
)
def test_dates_as_they_may_come(data):
    assert from_dict(data).term.start == date(2027, 1, 1)


def test_enums_and_tuples_are_read_as_what_they_hold():
    assert from_dict({"status": Ordinary.DRAFT}).status is Status.DRAFT
    assert from_dict({"parter": ({"namn": "x", "enheter": ("a", "b")},)}).parties[0].units == ("a", "b")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (UUID(int=5), "UUID"),
        (b"text", "bytes"),
        ({"en mängd"}, "set"),
        (object(), "object"),
        (date(2027, 1, 1), "2027-01-01"),
        (datetime(2027, 1, 1, 12), "2027-01-01 12:00:00"),
        (datetime(2027, 1, 1, tzinfo=UTC), "2027-01-01 00:00:00+00:00"),
    ],
)
def test_other_objects_are_refused_with_what_was_given(value, said):
    first, second = problems_of({"titel": value, "parter": [{"namn": value}]})
    assert said in first.message
    assert (first.path, second.path) == ("titel", "parter[1].namn")
    assert {first.code, second.code} == {"fel-typ"}


@pytest.mark.parametrize("data", [None, [], "titel: x", 5, {"x"}])
def test_what_is_no_dict_is_refused(data):
    (problem,) = problems_of(data)
    assert type(data).__name__ in problem.message


@pytest.mark.parametrize("key", [5, None, True, b"titel", ("titel",), Ordinary.DRAFT, 1.5])
def test_keys_that_are_no_texts_are_unknown(key):
    (problem,) = problems_of({"titel": "x", key: "y"})
    assert problem.code == "okänd-nyckel"
    assert type(key).__name__ in problem.message


def test_the_same_key_composed_in_two_ways_is_not_lost():
    (problem,) = problems_of({"mål": {"syfte": "a"}, "ma\u030al": {"syfte": "b"}})
    assert problem.code == "dubbel-nyckel"
    assert from_dict({"ma\u030al": {}}).goals is not None


def test_data_that_contain_themselves_are_refused():
    data = {"titel": "x"}
    data["parter"] = [data]
    assert "parter[1].titel" in {problem.path for problem in problems_of(data)}
    endless = []
    endless.append(endless)
    assert problems_of({"parter": endless})[0].path == "parter[1]"


def test_very_deep_data_are_refused():
    deep = "x"
    for _ in range(100_000):
        deep = {"parter": [deep]}
    assert problems_of(deep)[0].path == "parter[1].parter"
    while isinstance(deep, dict):  # taken apart here, since Python takes deep data apart by recursion
        deep = deep.pop("parter").pop()


def test_text_that_no_document_can_hold_is_refused_in_values_and_keys():
    first, second = problems_of({"titel": "a\ud800b", "x\ud800": 1})
    assert "U+D800" in first.message
    assert second.code == "okänd-nyckel"
    str(second).encode()


def test_no_more_problems_than_anybody_reads():
    problems = problems_of({"parter": [{"namnn": "x", "typ": "y"}] * 1000})
    assert len(problems) == 202
    assert problems[-1].code == "för-mycket"


def test_a_newer_format_is_refused():
    (problem,) = problems_of({"format": 2, "titel": ["x"]})
    assert (problem.code, problem.message.split()[0]) == ("fel-format", "data")


def test_the_functions_are_public():
    assert iopdocs.from_dict({"titel": "x"}) == Agreement(title="x")
    assert iopdocs.to_dict(Agreement(title="x")) == {"format": 1, "titel": "x"}
