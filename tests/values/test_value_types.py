"""Money, durations, dates and numbers: read as people write them, written so that they read back."""

import pickle
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.errors import ValueProblem
from iopdocs.files.value_readers import read_value, write_value
from iopdocs.model.fields import Year
from iopdocs.values.ages import AgeSpan
from iopdocs.values.dates import MONTHS, meant_dates, parse_date
from iopdocs.values.duration import Duration, Unit
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from iopdocs.values.money import LARGEST, Money
from iopdocs.values.period import Period
from tests.helpers.properties import examples
from tests.helpers.strategies import (
    age_spans,
    case_numbers,
    dates,
    durations,
    moneys,
    numbers,
    organisation_numbers,
    periods,
    texts,
)

modest = examples(100)

KINDS = (Money, Duration, OrganisationNumber, CaseNumber, Period, AgeSpan, date, Decimal, int, Year, bool)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Money, moneys()),
        (Duration, durations()),
        (OrganisationNumber, organisation_numbers()),
        (CaseNumber, case_numbers()),
        (Period, periods()),
        (AgeSpan, age_spans()),
        (date, dates()),
        (Decimal, numbers()),
        (int, st.integers(0, 999_999_999)),
        (Year, st.integers(1900, 2200)),
        (bool, st.booleans()),
    ],
    ids=lambda parameter: getattr(parameter, "__name__", ""),
)
def test_what_is_written_reads_back(kind, values):
    @modest
    @given(values)
    def check(value):
        written = write_value(value)
        text = {True: "ja", False: "nej"}[written] if isinstance(written, bool) else str(written)
        assert read_value(text, kind) == value

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_text_with_a_dash_is_quoted_whole_and_never_cut_into_the_hint(kind):
    @modest
    @given(st.lists(texts(20).filter(lambda text: "”" not in text), min_size=2, max_size=3).map(" – ".join))
    def check(text):
        try:
            read_value(text, kind)
        except ValueProblem as caught:
            error = caught
        else:
            return
        assert error.message.count("”") % 2 == 0, error.message
        assert error.hint.count("”") % 2 == 0, error.hint
        assert str(error) == (f"{error.message} – {error.hint}" if error.hint else error.message).strip()
        again = pickle.loads(pickle.dumps(error))
        assert (again.message, again.hint) == (error.message, error.hint)

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_any_other_text_is_refused_with_a_value_error(kind):
    pieces = st.lists(
        st.sampled_from(
            [
                "1",
                "9" * 30,
                " ",
                "\u00a0",
                ",",
                ".",
                "-",
                "–",
                "kr",
                "mkr",
                "år",
                "mån",
                "2027",
                "maj",
                "%",
                "+",
                "²",
                "٣",
            ]
        )
    ).map("".join)

    @modest
    @given(st.text() | pieces)
    def check(text):
        try:
            read_value(text, kind)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - that nothing else is raised is the point

    check()


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("900 000 kr", "900000"),
        ("900000", "900000"),
        ("900\u00a0000 kronor", "900000"),
        ("1,5 miljoner kronor", "1500000"),
        ("1,5 mkr", "1500000"),
        ("250 tkr", "250000"),
        ("12,50 kr", "12.5"),
        ("0 kr", "0"),
        ("225 000:-", "225000"),
        (" 350 SEK ", "350"),
    ],
)
def test_money_reads_as_people_write_it(text, kronor):
    assert Money.parse(text) == Money(Decimal(kronor))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kr",
        "-5 kr",
        "−5",
        "900.000",
        "900,000",
        "900,000 kr",
        "1.500 mkr",
        "900 00 kr",
        "5 euro",
        "1,555 kr",
        "9" * 40,
        "1e6",
        "ca 5 kr",
        "NaN",
    ],
)
def test_what_is_no_amount_is_refused_in_swedish(text):
    with pytest.raises(ValueError, match=r"belopp|två sätt"):
        Money.parse(text)


def test_money_is_bounded_and_never_a_float():
    assert Money(LARGEST).amount == LARGEST
    with pytest.raises(ValueError, match="biljon"):
        Money(LARGEST + 1)
    with pytest.raises(TypeError):
        Money(0.1)
    with pytest.raises(ValueError, match="negativt"):
        Money(-1)


@modest
@given(moneys(), moneys())
def test_sums_of_money_are_exact(one, other):
    if one.amount + other.amount <= LARGEST:
        assert (one + other).amount - other.amount == one.amount


@modest
@given(st.integers(0, 10**11))
def test_money_is_the_same_with_and_without_spaces(kronor):
    assert Money.parse(f"{kronor:,}".replace(",", " ") + " kr") == Money.parse(str(kronor)) == Money(kronor)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("6 månader", Duration(6, Unit.MONTHS)),
        ("sex månader", Duration(6, Unit.MONTHS)),
        ("1 år", Duration(1, Unit.YEARS)),
        ("Ett år", Duration(1, Unit.YEARS)),
        ("6 månader före", Duration(6, Unit.MONTHS)),
        ("30\u00a0dagar", Duration(30, Unit.DAYS)),
        ("1 vecka", Duration(1, Unit.WEEKS)),
    ],
)
def test_durations_read_as_people_write_them(text, duration):
    assert Duration.parse(text) == duration


@pytest.mark.parametrize(
    "text", ["", "6", "månader", "-6 månader", "1,3 år", "99999 dagar", "halvår", "6 månader och 2 dagar"]
)
def test_what_is_no_duration_is_refused_in_swedish(text):
    with pytest.raises(ValueError, match="tidslängd"):
        Duration.parse(text)


@modest
@given(st.dates())
def test_dates_read_in_both_ways(day):
    year = f"{day.year:04}"
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day} {MONTHS[day.month - 1]} {year}") == day
    assert parse_date(f"den {day.day} {MONTHS[day.month - 1][:3].upper()} {year}") == day


@pytest.mark.parametrize("text", ["2027-02-30", "2027-13-01", "0000-01-01", "30 februari 2027"])
def test_a_date_that_is_not_in_the_calendar_is_refused(text):
    with pytest.raises(ValueError, match="kalendern"):
        parse_date(text)


def reading(text: str) -> str:
    """Return the day of *text*, or the days that its error gives."""
    try:
        return parse_date(text).isoformat()
    except ValueProblem as problem:
        return problem.hint.rpartition(": ")[2].removeprefix("skriv ")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_date_in_another_order_is_reported_with_the_day_meant(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}", f"{day:%d-%m-%Y}", f"{day:%m.%d.%Y}", f"{day:%d%m%Y}"):
        assert day in meant_dates(text)
        assert reading(text) in (day.isoformat(), " eller ".join(map(str, meant_dates(text))))


@pytest.mark.parametrize("text", ["2027", "1/1", "1 jan 2027 2028", "i morgon", "1 jan", "1 abc 2027"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"inget datum|ingen månad"):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["2027-01-01–2027-12-31", "2027-01-01 till 2027-12-31", "1 januari 2027 - 31 dec 2027", "2027"]
)
def test_periods_read_as_people_write_them(text):
    assert Period.parse(text) == Period(date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize("text", ["13–20 år", "13-20", "13 till 20 år"])
def test_ages_read_as_people_write_them(text):
    assert AgeSpan.parse(text) == AgeSpan(13, 20)
    assert AgeSpan.parse("65 år och äldre") == AgeSpan(65)


@pytest.mark.parametrize(
    ("text", "number"), [("80", "80"), ("80 %", "80"), ("12,5", "12.5"), ("12.5", "12.5"), ("1 000", "1000")]
)
def test_numbers_read_as_people_write_them(text, number):
    assert read_value(text, Decimal) == Decimal(number)


@pytest.mark.parametrize("text", ["1.000", "-1", "1e3", "1 000 001", "0,1234567", "NaN"])
def test_what_is_no_number_here_is_refused(text):
    with pytest.raises(ValueError):
        read_value(text, Decimal)


@pytest.mark.parametrize(("text", "count"), [("1200", 1200), ("1 200", 1200), ("1\u00a0200", 1200), (" 0 ", 0)])
def test_counts_read_as_people_write_them(text, count):
    assert read_value(text, int) == count


@pytest.mark.parametrize("text", ["ja", "Ja", "JA ", "true", "True"])
def test_yes_in_all_its_forms(text):
    assert read_value(text, bool) is True


@pytest.mark.parametrize("text", ["nej", "NEJ", "false"])
def test_no_in_all_its_forms(text):
    assert read_value(text, bool) is False
