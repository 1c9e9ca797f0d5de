"""What to watch: days, agreements that look like one, and support near its ceiling."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from iopdocs.register.rows import WatchKind
from tests.helpers.registers import agreement, paying, register, told

RATE = Decimal(10)
CEILING = 3_000_000


@pytest.mark.parametrize(
    ("today", "words"),
    [(date(2027, 3, 31), ""), (date(2027, 4, 15), " är 2027-06-30"), (date(2027, 7, 1), " var 2027-06-30")],
)
def test_the_last_day_to_give_notice(tmp_path: Path, today: date, words: str) -> None:
    agreement(tmp_path, "a.yaml", term="uppsägningstid: 6 månader")
    found = told(register(tmp_path, today=today), WatchKind.NOTICE)
    assert [words in one.text for one in found] == ([True] if words else [])
    assert all(one.agreements == ("a.yaml",) and one.day == date(2027, 6, 30) for one in found)


@pytest.mark.parametrize(
    ("today", "watched"), [(date(2026, 12, 30), 0), (date(2026, 12, 31), 1), (date(2028, 1, 1), 0)]
)
def test_a_length_that_needs_a_calendar_is_watched_without_a_day(tmp_path: Path, today: date, watched: int) -> None:
    term = "uppsägningstid: 30 bankdagar\n  förlängning: {förhandlas_senast: 60 arbetsdagar}"
    agreement(tmp_path, "a.yaml", term=term)
    made = register(tmp_path, today=today)
    notice, negotiation = told(made, WatchKind.NOTICE), told(made, WatchKind.NEGOTIATION)
    assert (len(notice), len(negotiation)) == (watched, watched)
    assert all("30 bankdagar före 2027-12-31" in one.text and one.day is None for one in notice)
    assert all("60 arbetsdagar före 2027-12-31" in one.text for one in negotiation)
    assert (made.rows[0].notice_last, made.rows[0].notice_uncounted) == (None, "30 bankdagar")


@pytest.mark.parametrize("status", ["utkast", "beslutad", "uppsagd", "upphörd"])
def test_no_days_for_what_is_not_in_force(tmp_path: Path, status: str) -> None:
    agreement(tmp_path, "a.yaml", status=status, term="uppsägningstid: 6 månader")
    assert not register(tmp_path, today=date(2027, 7, 1)).watch


def test_what_ends_within_a_year(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml")
    assert not told(register(tmp_path, today=date(2026, 12, 30)), WatchKind.ENDING)
    (one,) = told(register(tmp_path, today=date(2026, 12, 31)), WatchKind.ENDING)
    assert "2027-12-31" in one.text


def test_what_is_extended_automatically_does_not_end(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml", term="förlängning: {automatisk: ja}")
    assert not told(register(tmp_path), WatchKind.ENDING)
    (one,) = told(register(tmp_path, today=date(2028, 2, 1)), WatchKind.PASSED)
    assert "nya slutdagen" in one.advice


@pytest.mark.parametrize(("status", "number"), [("gällande", 1), ("undertecknad", 1), ("upphörd", 0), ("utkast", 0)])
def test_an_end_that_has_passed(tmp_path: Path, status: str, number: int) -> None:
    agreement(tmp_path, "a.yaml", status=status)
    assert len(told(register(tmp_path, today=date(2028, 1, 1)), WatchKind.PASSED)) == number


def test_one_diarienummer_twice(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml", number="KS 2024/1", purpose="Ett")
    agreement(tmp_path, "b.yaml", number="ks 2024/1", purpose="Två")
    agreement(tmp_path, "c.yaml", number="KS 2024/1", purpose="Tre", public="Storälvs kommun")
    (one,) = told(register(tmp_path), WatchKind.CASE_NUMBER)
    assert one.agreements == ("a.yaml", "b.yaml")
    assert not told(register(tmp_path), WatchKind.ALIKE)


def test_the_same_purpose_and_parties_twice(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml", number="1")
    agreement(tmp_path, "b.yaml", number="2", purpose="unga ska   vara trygga.", civil="NORRBYFÖRENINGEN")
    agreement(tmp_path, "c.yaml", number="3", civil="En annan förening", organisation="802999-0010")
    (one,) = told(register(tmp_path), WatchKind.ALIKE)
    assert one.agreements == ("a.yaml", "b.yaml")


def support(
    folder: Path, *amounts: tuple[int, int], rate: Decimal | None = RATE, today: date = date(2027, 6, 1)
) -> list[str]:
    """Return what is told of support when agreement number n pays (kronor, year)."""
    for number, (amount, year) in enumerate(amounts):
        agreement(
            folder, f"{number}.yaml", number=f"KS {number}", purpose=f"Syfte {number}", end="2030-12-31", more=paying(f"{amount} kr", year),
            civil=("Norrbyföreningen" if number % 2 else "Norrbyföreningen i Exempelstad"),
        )  # fmt: skip
    return [one.text for one in told(register(folder, euro_rate=rate, today=today), WatchKind.SUPPORT)]


def test_support_of_several_agreements_is_summed_by_number(tmp_path: Path) -> None:
    (text,) = support(tmp_path, (1_500_000, 2026), (1_600_000, 2027))
    assert "3 100 000 kr" in text.replace("\u00a0", " ")
    assert "mer än taket" in text
    assert "802000-0009" in text


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (CEILING * 8 // 10 - 1, None), (CEILING * 8 // 10, "80 procent av taket"), (CEILING, "100 procent av taket"),
        (CEILING + 1, "mer än taket"),
    ],
)  # fmt: skip
def test_the_edges_of_the_ceiling(tmp_path: Path, amount: int, words: str | None) -> None:
    found = support(tmp_path, (amount, 2027))
    assert [words in text for text in found if words] == ([True] if words else [])
    assert bool(found) is bool(words)


def test_support_far_apart_or_long_ago_is_not_summed(tmp_path: Path) -> None:
    assert support(tmp_path, (2_000_000, 2025), (2_000_000, 2028)) == []
    agreement(tmp_path / "c", "a.yaml", start="2020-01-01", end="2022-12-31", more=paying("9 000 000 kr", 2021))
    assert not told(register(tmp_path / "c", euro_rate=RATE), WatchKind.SUPPORT)


def test_without_a_rate_it_is_asked_for_and_nothing_is_computed(tmp_path: Path) -> None:
    (text,) = support(tmp_path, (90_000_000, 2027), rate=None)
    assert "eurokursen saknas" in text


def test_no_public_money_no_question(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml")
    assert not told(register(tmp_path), WatchKind.SUPPORT)


def test_what_the_register_cannot_know_is_asked_and_never_cleared(tmp_path: Path) -> None:
    agreement(tmp_path, "a.yaml", more=paying("2 900 000 kr", 2027))
    (one,) = told(register(tmp_path, euro_rate=RATE), WatchKind.SUPPORT)
    for words in ("tidigare stöd", "samma koncern", "kan inte avgöra", "andra myndigheter"):
        assert words in one.advice


def test_money_put_in_without_a_payment_goes_to_the_one_who_can_get_it(tmp_path: Path) -> None:
    cash = "ekonomi: {resurser: [{part: kommunen, slag: kontanta medel, belopp: 1 000 000 kr}]}"
    agreement(tmp_path, "a.yaml", more=cash)
    (one,) = told(register(tmp_path, euro_rate=RATE), WatchKind.SUPPORT)
    assert "100 procent" in one.text


def test_copy_is_reported(tmp_path: Path) -> None:
    for name in ("a.yaml", "kopia.yaml"):
        agreement(tmp_path, name)
    made = register(tmp_path)
    assert len(made.rows) == 2
    assert {one.kind for one in made.watch} >= {WatchKind.CASE_NUMBER, WatchKind.ALIKE}
