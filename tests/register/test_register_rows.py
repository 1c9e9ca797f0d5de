"""A row of the register: what an agreement says, as a municipality needs it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

import iopdocs
from iopdocs.register.row_from_agreement import is_active, months_between, register_row
from iopdocs.register.rows import SupportPayment
from iopdocs.values.dates import find
from tests.helpers.properties import examples
from tests.helpers.registers import agreement, paying, register
from tests.helpers.strategies import agreements, dates

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_examples_are_rows() -> None:
    made = register(EXAMPLES)
    assert not made.problems
    by_title = {row.title: row for row in made.rows}
    assert len(by_title) == 6
    row = by_title["Trygga kvällar i Norrby"]
    assert row.case_numbers == ("KS 2026/123",)
    assert row.public == ("Exempelstads kommun",)
    assert row.civil == ("Föreningen Kvällsvandrarna",)
    assert (row.start, row.end, row.months) == (date(2027, 1, 1), date(2029, 12, 31), 36)
    assert row.area == "Trygghetsskapande insatser"
    assert row.active
    assert row.negotiate_last == date(2029, 6, 30)
    assert {one.year for one in row.paid} == {2027, 2028, 2029}
    assert by_title["Kulturhuset Sågen"].until_further_notice
    assert by_title["Kulturhuset Sågen"].active


def test_no_person_is_in_a_row() -> None:
    for file in EXAMPLES.glob("*.yaml"):
        given_agreement = iopdocs.load(file)
        row = str(register_row(given_agreement, id="a", file="a.yaml", today=date(2027, 6, 1)))
        for path, _field, value in given_agreement.leaves:
            if (
                path.rpartition(".")[2] in ("e_post", "telefon")
                or ".kontakt.namn" in path
                or ".avtalsansvarig.namn" in path
            ):
                assert str(value) not in row, path


def test_a_personal_number_stays_out(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml", organisation="19811218-9876")
    (row,) = register(tmp_path).rows
    assert row.organisation_numbers == ()
    assert "811218" not in str(row)


def test_what_is_not_printed_stays_out(tmp_path: Path) -> None:
    secret = "Hemligt resonemang"
    agreement(tmp_path, "a.yaml", more=f"rättslig_bedömning: {{slutsats: {secret}}}")
    made = register(tmp_path)
    assert secret not in str(made)


@pytest.mark.parametrize(
    ("status", "term", "end", "active"),
    [
        ("gällande", "", "2027-12-31", True),
        ("gällande", "", "2027-05-31", False),
        ("utkast", "", "2027-12-31", False),
        ("beslutad", "", "2027-12-31", False),
        ("uppsagd", "", "2027-12-31", True),
        ("uppsagd", "", "", False),
        ("gällande", "", "", True),
        ("upphörd", "", "", False),
        ("gällande", "förlängning: {automatisk: ja}", "2026-12-31", True),
        ("uppsagd", "förlängning: {automatisk: ja}", "2026-12-31", False),
        ("gällande", "förlängning: {automatisk: ja, antal: 1, längd: 12 månader}", "2025-12-31", False),
        ("gällande", "förlängning: {automatisk: ja, antal: 2, längd: 12 månader}", "2025-12-31", True),
        ("gällande", "förlängning: {automatisk: nej}", "2026-12-31", False),
    ],
)
def test_what_is_active(tmp_path: Path, status: str, term: str, end: str, active: bool) -> None:
    file = agreement(tmp_path, "a.yaml", status=status, term=term, end=end)
    assert is_active(iopdocs.load(file), date(2027, 6, 1)) is active


def test_what_ended_early_is_not_active(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml", more="upphörd_i_förtid: ja")
    (row,) = register(tmp_path).rows
    assert row.ended_early
    assert not row.active


def test_a_series_without_an_end_is_laid_out_to_two_years_on(tmp_path: Path) -> None:
    series = "ekonomi: {utbetalningar: [{från: kommunen, till: föreningen, belopp: 10 000 kr, takt: kvartal}]}"
    agreement(tmp_path, "a.yaml", end="", more=series)
    (row,) = register(tmp_path).rows
    assert [one.year for one in row.paid] == [2025, 2026, 2027, 2028, 2029]
    assert row.paid[0] == SupportPayment("Exempelstads kommun", "Norrbyföreningen", 2025, Decimal(40_000))


def test_amounts_that_cannot_be_summed_are_reported(tmp_path: Path) -> None:
    per_day = "ekonomi: {utbetalningar: [{från: kommunen, till: föreningen, pris_per_dygn_och_person: 350 kr}]}"
    agreement(tmp_path, "a.yaml", more=per_day)
    made = register(tmp_path, euro_rate=Decimal(11))
    assert not made.problems
    assert made.rows[0].unknown_paid == ("Norrbyföreningen",)
    assert any("går inte att räkna" in one.text for one in made.watch)


def test_the_next_follow_up_is_the_first_day_to_come(tmp_path: Path) -> None:
    follow_up = "kunskap: {uppföljning: [{vad: allt, när: 'den 15 mars 2027 och 2027-10-01'}]}"
    agreement(tmp_path, "a.yaml", more=follow_up)
    (row,) = register(tmp_path).rows
    assert row.follow_up == date(2027, 10, 1)
    assert row.follow_up_text == "den 15 mars 2027 och 2027-10-01"


def test_days_that_are_none_are_passed_by() -> None:
    assert [day for day, _start, _end in find("2027-02-30, 31 april 2027, 3 maj 2027")] == [date(2027, 5, 3)]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ((2027, 1, 1), (2027, 12, 31), 12), ((2027, 1, 1), (2027, 2, 28), 2), ((2027, 1, 15), (2028, 1, 14), 12),
        ((2027, 1, 1), (2027, 1, 5), 0), ((2028, 1, 1), (2027, 1, 1), None),
    ],
)  # fmt: skip
def test_months_are_whole(start: tuple[int, int, int], end: tuple[int, int, int], months: int | None) -> None:
    assert months_between(date(*start), date(*end)) == months


@given(agreements(), dates())
@examples(150)
def test_any_agreement_is_a_row(given_agreement: iopdocs.Agreement, day: date) -> None:
    row = register_row(given_agreement, id="a", file="a.yaml", today=day)
    assert "\n" not in row.title + row.purpose
    assert row.months is None or row.months >= 0
    assert all(one.amount >= 0 for one in row.paid)


def test_sums_of_every_year_are_laid_out_in_the_register(tmp_path: Path) -> None:
    more = "ekonomi: {resurser: [{part: kommunen, slag: kontanta medel, belopp: 100 000 kr}]}"
    agreement(tmp_path, "a.yaml", more=more)
    from iopdocs.register.extensions import by_year

    (row,) = register(tmp_path).rows
    assert [(one.year, one.cash) for one in by_year(row)] == [(year, 100_000) for year in (2025, 2026, 2027)]


def test_payments_by_year(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml", more=paying("900 000 kr", 2026))
    assert register(tmp_path).rows[0].paid[0].year == 2026
