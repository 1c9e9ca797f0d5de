"""Dates, durations, periods, ages and numbers of people as Swedes write them: read right or refused, never misread."""

import warnings
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from babel.dates import format_date
from hypothesis import assume, given
from hypothesis import strategies as st

from iopdocs.errors import ValueProblem
from iopdocs.model.goals import TargetGroup
from iopdocs.model.schedule import later, latest_notice
from iopdocs.values import ages, dates, duration, formats, people
from iopdocs.values import period as period_module
from iopdocs.values.ages import AgeSpan
from iopdocs.values.dates import WEEKDAYS, meant_dates, parse_date
from iopdocs.values.duration import Duration, Unit
from iopdocs.values.numbers import number_of, quantity
from iopdocs.values.people import PeopleSpan
from iopdocs.values.period import Period
from tests.helpers.properties import examples
from tests.helpers.strategies import age_spans, durations, people_spans, periods

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import dateparser

CASES = Path(__file__).parents[1] / "data" / "values.tsv"
SIGNS = {"␣nbsp␣": "\u00a0", "␣smalt␣": "\u202f", "␣tunt␣": "\u2009", "␣tab␣": "\t"}
REFUSED = "vägras"
READERS = {
    "datum": parse_date,
    "tidslängd": Duration.parse,
    "period": Period.parse,
    "ålder": AgeSpan.parse,
    "antal": PeopleSpan.parse,
}


def cases() -> list[tuple[str, str, str]]:
    """Return kind, text and right value of every case; ``vägras`` where the text must be refused."""
    _heading, *rows = CASES.read_text(encoding="utf-8").splitlines()
    found = [tuple(row.split("\t")) for row in rows]
    for sign, character in SIGNS.items():
        found = [(kind, text.replace(sign, character), right) for kind, text, right in found]
    return found


@pytest.mark.parametrize(("kind", "text", "right"), cases())
def test_a_value_is_read_as_it_is_meant_or_refused(kind: str, text: str, right: str) -> None:
    if right == REFUSED:
        with pytest.raises(ValueProblem):
            READERS[kind](text)
        return
    value = READERS[kind](text)
    assert str(value) == right
    assert READERS[kind](right) == value


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1/2/2027", ["2027-02-01", "2027-01-02"]),
        ("31 januari 99", ["1999-01-31", "2099-01-31"]),
        ("27-01-31", ["2031-01-27", "2027-01-31"]),
        ("januari 2027", ["2027-01-01", "2027-01-31"]),
        ("årsskiftet 2026/2027", ["2026-12-31", "2027-01-01"]),
        ("månadsskiftet januari/februari 2027", ["2027-01-31", "2027-02-01"]),
    ],
)
def test_a_date_of_two_readings_is_refused_with_both(text: str, readings: list[str]) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_date(text)
    assert caught.value.hint == f"skriv det som menas: {' eller '.join(readings)}"


@pytest.mark.parametrize(
    ("kind", "text", "readings"),
    [
        ("tidslängd", "3–6 månader", ("3 månader", "6 månader")),
        ("tidslängd", "sex månader (8 månader)", ("6 månader", "8 månader")),
        ("tidslängd", "5 vardagar", ("arbetsdagar", "lördag")),
        ("period", "2010-12", ("2010-01-01–2012-12-31", "2010-12-01–2010-12-31")),
        ("period", "2027/28", ("2027-01-01–2028-12-31", "över ett årsskifte")),
        ("ålder", "över 65 år", ("65 år och äldre", "66 år och äldre")),
        ("ålder", "18-", ("18 år och äldre", "18–18 år")),
        ("ålder", "18 år", ("18–18 år", "18 år och äldre")),
    ],
)
def test_a_value_of_two_readings_is_refused_with_both(kind: str, text: str, readings: tuple[str, str]) -> None:
    with pytest.raises(ValueProblem) as caught:
        READERS[kind](text)
    assert all(reading in str(caught.value) for reading in readings)


def test_a_weekday_that_does_not_agree_is_refused_with_the_right_one() -> None:
    with pytest.raises(ValueProblem, match="31 januari 2027 är en söndag, inte en måndag"):
        parse_date("måndag den 31 januari 2027")


@examples(200)
@given(st.dates(date(1000, 1, 1)))
def test_every_day_reads_in_every_form_that_has_one_reading(day: date) -> None:
    patterns = (
        "y-MM-dd", "d MMMM y", "'den' d MMMM y", "d MMM y", "EEEE d MMMM y", "EEEE'en' 'den' d MMMM y", "EEE d MMM y",
        "d':a' MMMM y", "d/M y", "y.MM.dd", "y/MM/dd", "y MM dd", "y-MM-dd 00:00:00", "'fr.o.m.' 'den' d MMMM y",
    )  # fmt: skip
    for pattern in patterns:
        text = format_date(day, pattern, locale="sv_SE")
        assert parse_date(text) == day, text
    assert parse_date(formats.long_date(day)) == day
    assert parse_date(dates.written(day)) == day


@examples(200)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_in_figures_alone_reads_as_itself_or_is_refused_with_itself(day: date) -> None:
    assert parse_date(f"{day:%Y%m%d}") == day
    for text in (f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}"):
        if day.day > 12 or day.day == day.month:
            assert parse_date(text) == day
        else:
            assert day in meant_dates(text)
            with pytest.raises(ValueProblem, match=r"två sätt|flera sätt"):
                parse_date(text)
    if 2000 <= day.year <= 2049:
        assert parse_date(f"{day:%y%m%d}") == day


@examples(200)
@given(st.dates(date(1000, 1, 1)), st.integers(1, 6))
def test_any_other_weekday_is_refused(day: date, further: int) -> None:
    wrong = WEEKDAYS[(day.weekday() + further) % 7]
    with pytest.raises(ValueProblem, match="fel veckodag"):
        parse_date(f"{wrong} {day.day}/{day.month} {day.year}")


def others_day(text: str) -> date | None:
    """Return the day that dateparser reads, told only that days come before months as in Swedish."""
    settings = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(text, languages=["sv"], settings=settings)
    return found.date() if found else None


@cache
def pieces() -> st.SearchStrategy[str]:
    """Texts that look like dates, most of which are."""
    day, month = st.integers(1, 31).map(str), st.integers(1, 12).map(str)
    name = st.sampled_from([*dates.MONTHS, *(month[:3] for month in dates.MONTHS), "sept.", "okt."])
    year = st.integers(2000, 2049).map(str)
    sign = st.sampled_from(["-", "/", ".", " ", ". "])
    in_figures = st.builds(lambda y, m, d, s: f"{y}{s}{m}{s}{d}", year, month, day, sign)
    backwards = st.builds(lambda y, m, d, s: f"{d}{s}{m}{s}{y}", year, month, day, sign)
    named = st.builds(
        lambda start, d, end, m, y: f"{start}{d}{end} {m} {y}",
        st.sampled_from(["", "den ", "söndag ", "måndag den "]), day, st.sampled_from(["", ":a", ":e", "."]), name, year,
    )  # fmt: skip
    return in_figures | backwards | named


@examples(200)
@given(pieces())
def test_dateparser_never_reads_another_day(text: str) -> None:
    try:
        day = parse_date(text)
    except ValueProblem:
        return
    other = others_day(text)
    assert other in (None, day)


@examples(100)
@given(durations())
def test_a_duration_reads_in_every_form(length: Duration) -> None:
    for text in (
        str(length), formats.duration(length), str(length).upper(), f"senast {length} före avtalstidens slut",
        f"{length} ({length})", f"{length} innan", str(length).replace(" ", " (", 1).replace(" (", f" ({length.amount}) ", 1),
    ):  # fmt: skip
        assert Duration.parse(text) == length, text


WORDS = st.sampled_from(
    ["1", "2", "6", "12", "13", "20", "65", "2027", "2028", "27", "sex", "ett", "halvt", "½", "1,5", "(6)", "år", "månader", "mån",
     "veckor", "dagar", "bankdagar", "halvår", "januari", "juni", "mars", "kvartal", "Q1", "T2", "H1", "första", "sista",
     "kvartalet", "v.", "vecka", "måndag", "den", "fr.o.m.", "t.o.m.", "till", "och", "–", "-", "/", "under", "från", "äldre",
     "personer", "+", ":a", "e", "."]
)  # fmt: skip


@pytest.mark.parametrize("kind", READERS)
def test_whatever_is_read_prints_as_something_equal(kind: str) -> None:
    right = [text for other, text, right in cases() if other == kind and right != REFUSED]
    free = st.lists(WORDS, min_size=1, max_size=6).flatmap(
        lambda words: st.sampled_from([" ".join(words), "".join(words)])
    )
    changed = st.tuples(st.sampled_from(right), WORDS, st.booleans()).map(
        lambda parts: f"{parts[0]} {parts[1]}" if parts[2] else f"{parts[1]} {parts[0]}"
    )

    @examples(400)
    @given(free | changed)
    def check(text: str) -> None:
        try:
            value = READERS[kind](text)
        except ValueProblem:
            return
        assert READERS[kind](str(value)) == value

    check()


@examples(100)
@given(periods(), age_spans(), people_spans())
def test_spans_read_back_as_printed_in_an_agreement(period: Period, span: AgeSpan, number: PeopleSpan) -> None:
    assume(period.start.year >= 1000)
    assume(period.end.year >= 1000)
    assert Period.parse(str(period)) == Period.parse(formats.period(period)) == period
    assert AgeSpan.parse(formats.ages(span)) == span
    assert PeopleSpan.parse(formats.people(number)) == number
    assert PeopleSpan.parse(f"{formats.people(number)} personer") == number


@examples(100)
@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_a_period_reads_in_every_form(one: date, other: date) -> None:
    start, end = sorted((one, other))
    right = Period(start, end)
    for joint in ("–", " – ", " - ", " till ", " t.o.m. ", " till och med "):
        for form in ("d MMMM y", "y-MM-dd", "d/M y"):
            first, last = (format_date(day, form, locale="sv_SE") for day in (start, end))
            assert Period.parse(f"{first}{joint}{last}") == right
            assert Period.parse(f"fr.o.m. {first}{joint}{last}") == right
    if start.year == end.year:
        assert Period.parse(f"{start.day}/{start.month}–{end.day}/{end.month} {end.year}") == right


@examples(60)
@given(st.integers(1900, 2199), st.integers(1, 12), st.integers(0, 11))
def test_parts_of_a_year_meet_without_gap(year: int, month: int, more: int) -> None:
    for name, count in (("Q", 4), ("T", 3), ("H", 2), ("kvartal ", 4), ("tertial ", 3), ("halvår ", 2)):
        parts = [Period.parse(f"{name}{number} {year}") for number in range(1, count + 1)]
        assert (parts[0].start, parts[-1].end) == (date(year, 1, 1), date(year, 12, 31))
        assert all(after.start == before.end + timedelta(days=1) for before, after in pairwise(parts))
    if month + more <= 12:
        span = Period.parse(f"{dates.MONTHS[month - 1]}–{dates.MONTHS[month + more - 1]} {year}")
        assert span.start == date(year, month, 1)
        assert later(span.start, Duration(more + 1)) == span.end + timedelta(days=1)


def test_working_days_and_bank_days_are_no_days() -> None:
    assert len({Duration.parse(f"10 {unit}") for unit in ("dagar", "arbetsdagar", "bankdagar")}) == 3
    for unit in (Unit.WORKING_DAYS, Unit.BANK_DAYS):
        assert later(date(2027, 1, 1), Duration(10, unit)) is None
        assert latest_notice(date(2027, 1, 1), Duration(10, unit)) is None


@pytest.mark.parametrize(
    ("end", "length", "last"),
    [
        (date(2027, 2, 28), Duration(6), date(2026, 8, 31)),
        (date(2028, 2, 29), Duration(6), date(2027, 8, 31)),
        (date(2027, 12, 31), Duration(6), date(2027, 6, 30)),
        (date(2027, 6, 30), Duration(6), date(2026, 12, 31)),
        (date(2027, 6, 29), Duration(6), date(2026, 12, 29)),
        (date(2027, 2, 28), Duration(1, Unit.YEARS), date(2026, 2, 28)),
        (date(2029, 2, 28), Duration(1, Unit.YEARS), date(2028, 2, 29)),
        (date(2027, 2, 28), Duration(30, Unit.DAYS), date(2027, 1, 29)),
    ],
)
def test_notice_is_counted_back_from_the_end_of_a_month(end: date, length: Duration, last: date) -> None:
    assert latest_notice(end, length) == last


@examples(200)
@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), durations())
def test_the_last_day_of_notice_is_in_time_and_the_next_is_too_late(end: date, length: Duration) -> None:
    day = latest_notice(end, length)
    assume(day is not None and day > date.min)
    assert later(day, length) <= end
    assert later(day + timedelta(days=1), length) > end


def test_values_are_found_in_running_text() -> None:
    text = "Från den 1:a mars 2027 och 31/12 2027 gäller sex (6) månader, ett och ett halvt år eller tio bankdagar."
    assert [day for day, _start, _end in dates.find(text)] == [date(2027, 3, 1), date(2027, 12, 31)]
    assert [str(length) for length, _start, _end in duration.find(text)] == ["6 månader", "18 månader", "10 bankdagar"]
    text = "För 20–25 personer i åldern 13–20 år, barn under 12 år och 65 år och äldre, i 10–15 år."
    assert [(text[start:end], str(number)) for number, start, end in people.find(text)] == [("20–25 personer", "20–25")]
    assert [(found.youngest, found.oldest) for found in ages.find(text)] == [(13, 20), (0, 11), (65, None)]


def test_periods_are_found_in_running_text() -> None:
    text = (
        "Den 1 januari 2027 till den 30 juni 2027, 1 juli–31 december 2027, första halvåret 2028, Q1 2029 och januari–mars "
        "2030; åren 2027–2029 men inte 212000–2028 eller 1 mars 2027 och 2 mars 2027."
    )
    assert [str(period) for period, _start, _end in period_module.find(text)] == [
        "2027-01-01–2027-06-30", "2027-07-01–2027-12-31", "2028-01-01–2028-06-30", "2029-01-01–2029-03-31",
        "2030-01-01–2030-03-31", "2027-01-01–2029-12-31",
    ]  # fmt: skip


@examples(200)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["", "den ", "fram till den "]))
def test_a_day_in_running_text_is_the_day_of_a_field(day: date, before: str) -> None:
    for pattern in ("d MMMM y", "y-MM-dd", "d/M y", "d MMM y"):
        written = format_date(day, pattern, locale="sv_SE")
        text = f"Avtalet gäller {before}{written} och inte längre."
        ((found, start, end),) = dates.find(text)
        assert (found, text[start:end]) == (parse_date(written), written)


def test_a_number_of_people_may_be_given_as_a_whole_number() -> None:
    assert TargetGroup(number=400) == TargetGroup(number=PeopleSpan(400))


@pytest.mark.parametrize(("text", "number"), [("sex", 6), ("sex (6)", 6), ("6 (sex)", 6), ("1 200", 1200), ("½", 0.5)])
def test_a_number_reads_in_words_and_figures(text: str, number: float) -> None:
    assert quantity(text) == number


@examples(200)
@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_words_and_figures_that_differ_are_refused(one: int, other: int) -> None:
    text = f"{one} ({other})"
    if one == other:
        assert quantity(text) == one
    else:
        with pytest.raises(ValueProblem, match="två olika tal"):
            quantity(text)


def test_an_ordinal_is_no_number() -> None:
    assert number_of("sjätte") is None
