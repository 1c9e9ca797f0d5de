"""The legal assessment: the guide's examples, the ceiling against a reckoning of our own, and rules that never fail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.files.loader import load_record
from iopdocs.findings import Finding
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.project_settings import Settings
from iopdocs.library.rule_limits import Limits
from iopdocs.linter.engine import lint_agreement
from iopdocs.linter.options import LintOptions
from iopdocs.linter.rule import Rule
from iopdocs.linter.rules.advice.term_length import last_day
from iopdocs.linter.rules.character.assessment_parts import USUAL
from iopdocs.linter.rules.character.state_aid import receivers
from iopdocs.linter.rules.character.vat import sale_words
from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.assessment import Answer, Answered, DeMinimisAid, Examination, LegalAssessment
from iopdocs.model.economy import Economy, Interval, Payment
from iopdocs.model.fields import PartyRef
from iopdocs.model.parties import Party, PartyKind
from iopdocs.values.duration import Duration, Unit
from iopdocs.values.money import Money
from iopdocs.values.period import Period
from tests.helpers.properties import examples
from tests.helpers.rules import rules
from tests.helpers.strategies import agreements, plausible_agreements, records
from tests.helpers.timing import within

ROOT = Path(__file__).parents[2]
LIBRARY = load_library()
MINE = tuple(rule for rule in rules("J", "R") if rule.code != "J301")
GUIDE = (ROOT / "docs" / "rattslig-bedomning.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def lint(
    agreement: Agreement, rules: Sequence[Rule] = MINE, library: Library = LIBRARY, limits: Limits | None = None
) -> list[Finding]:
    report = lint_agreement(agreement, library, LintOptions(limits=limits), rules=rules)
    return [finding for finding in report.findings if finding.code[0] in "JRT"]


def block(words: str) -> str:
    (found,) = [text for text in BLOCKS if words in text]
    return found


# The guide


def test_the_whole_assessment_of_the_guide_has_nothing_to_remark() -> None:
    codes = {finding.code for finding in lint(iopdocs.loads(block("slutsats:")))}
    assert not {code for code in codes if code >= "J313" and code.startswith("J3")}


def test_the_guide_chooses_a_list_that_there_is() -> None:
    assert not [f for f in lint(iopdocs.loads(block("lista: offentligt-kontrakt-uhm"))) if f.path.endswith("kontrakt")]


def test_the_guide_reckons_right() -> None:
    settings_of_guide, _positions = load_record(block("gränser:"), Settings)
    (finding,) = [
        finding
        for finding in lint(iopdocs.loads(block("försumbart_stöd:")), limits=settings_of_guide.limits)
        if finding.code == "J322"
    ]
    said = finding.message.replace("\u00a0", " ")
    for figure in re.findall(r"blir det ([\d ]+ kr) mot ([\d ]+ kr)", GUIDE)[0]:
        assert figure in said


def test_the_guides_own_list_works_in_a_layer(tmp_path: Path) -> None:
    (tmp_path / "bedomning").mkdir()
    (tmp_path / "lager.yaml").write_text("namn: exempelstad\n", encoding="utf-8")
    (tmp_path / "bedomning" / "exempelstad.yaml").write_text(block("innebörd: alla ska vara ja"), encoding="utf-8")
    text = "rättslig_bedömning: {kommunallagen: {lista: exempelstad, svar: [{fråga: andra-tillfrågade, svar: nej, motivering: Nej.}]}}"
    with_layer = {f.code for f in lint(iopdocs.loads(text), library=load_library([tmp_path]))}
    assert {"J315", "J318"} <= with_layer
    assert "J316" not in with_layer
    assert "J316" in {f.code for f in lint(iopdocs.loads(text))}


def test_the_guide_names_every_list_and_every_rule_of_the_assessment() -> None:
    for name in LIBRARY.question_lists:
        assert f"`{name}`" in GUIDE
    for rule in rules("J"):
        if rule.code >= "J313" and rule.code < "J330":
            assert f"| {rule.code} |" in GUIDE


# Levels and messages


@pytest.mark.parametrize("status", list(Status))
def test_what_the_assessment_lacks_is_advice_in_a_draft_and_a_warning_from_the_decision(status: Status) -> None:
    agreement = attrs.evolve(iopdocs.loads("parter: [{namn: K, typ: kommun}]"), status=status)
    (finding,) = [finding for finding in lint(agreement) if finding.code == "J313"]
    assert finding.level.value == ("råd" if status is Status.DRAFT else "varning")


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("statsstöd: {svar: [{fråga: handeln, svar: ja, motivering: x}]}", "menade du handel?"),
        ("statsstöd: {lista: statsstöd, svar: [{fråga: handel}]}", "menade du statsstod?"),
        ("statsstöd: {svar: [{fråga: q, svar: ja, motivering: x}]}", "välj bland: ekonomisk-verksamhet, fördel"),
    ],
)
def test_mistake_gets_a_suggestion(data: str, hint: str) -> None:
    (finding,) = [f for f in lint(iopdocs.loads(f"rättslig_bedömning: {{{data}}}")) if f.code == "J316"]
    assert hint in finding.hint
    assert finding.level.value == "fel"


def test_more_than_three_years_under_the_ceiling_is_only_advice() -> None:
    text = block("försumbart_stöd:").replace("1 200 000", "1 000 000").replace("2029-12-31", "2031-12-31")
    (finding,) = [f for f in lint(iopdocs.loads(text), limits=Limits(euro_rate=Decimal("11.2"))) if f.code == "J322"]
    assert finding.level.value == "råd"


def test_the_unfinished_draft_gets_advice_that_a_person_would_agree_with() -> None:
    found = lint(iopdocs.load(ROOT / "examples" / "utkast-ofullstandigt.yaml"))
    told = {(finding.code, finding.path) for finding in found if not finding.path.startswith("rättslig_bedömning")}
    # The draft has insatser and goals, no mandate, and goals nobody can follow up; its economy is not begun.
    assert told == {
        ("J306", "bakgrund.politiska_uppdrag"),
        ("R403", "mål.delmål[1]"),
        ("R403", "kunskap.lärandemål[1].följs_upp"),
        ("R405", "mål.målgrupp.delaktighet"),
        ("R407", "partsförhållanden.anslutning"),
    }


@pytest.mark.parametrize("text", ["titel: x", "titel: x\nmål: {syfte: y}", "titel: x\ninsatser: [{namn: y}]"])
def test_an_early_draft_is_left_in_peace(text: str) -> None:
    assert lint(iopdocs.loads(text)) == []


# De minimis against a reckoning of our own


def months_of(period: Period, step: int) -> list[int]:
    """The year in which each stretch of *step* months begins, counted month by month."""
    found, month = [], period.start.year * 12 + period.start.month - 1
    while (month // 12, month % 12 + 1, 1) <= (period.end.year, period.end.month, period.end.day):
        found.append(month // 12)
        month += step
    return found


first_days = st.dates(date(2025, 1, 1), date(2032, 12, 31)).map(lambda day: day.replace(day=1))
periods = st.tuples(first_days, first_days).map(lambda both: Period(min(both), max(both)))
payments = st.builds(
    Payment,
    amount=st.integers(0, 3_000_000).map(Money),
    payer=st.just(PartyRef("K")),
    payee=st.sampled_from([PartyRef("F"), PartyRef("F"), PartyRef("K")]),
    interval=st.sampled_from([Interval.MONTHLY, Interval.QUARTERLY, Interval.TERTIAL, Interval.YEARLY]),
    period=periods,
    ceiling=st.none() | st.integers(0, 5_000_000).map(Money),
)
STEP = {Interval.MONTHLY: 1, Interval.QUARTERLY: 3, Interval.TERTIAL: 4, Interval.YEARLY: 12}


@examples(100)
@given(st.lists(payments, min_size=1, max_size=4), st.integers(0, 4_000_000), st.booleans(), st.integers(9, 13))
def test_the_ceiling_is_reckoned_as_a_person_would(paid: list[Payment], earlier: int, general: bool, rate: int) -> None:
    agreement = Agreement(
        parties=(Party(name="K", kind=PartyKind.MUNICIPALITY), Party(name="F", kind=PartyKind.ASSOCIATION)),
        economy=Economy(payments=tuple(paid)),
        assessment=LegalAssessment(
            de_minimis=(DeMinimisAid(party=PartyRef("F"), earlier=Money(earlier), general_interest=general),)
        ),
    )
    to_f = [payment for payment in paid if payment.payee == "F"]

    def within(first: int, last: int) -> int:
        total = 0
        for payment in to_f:
            assert payment.amount is not None
            assert payment.period is not None
            assert payment.interval is not None
            times = sum(first <= year <= last for year in months_of(payment.period, STEP[payment.interval]))
            comes_to = times * int(payment.amount.amount)
            total += min(comes_to, int(payment.ceiling.amount)) if payment.ceiling else comes_to
        return total

    most = max(within(year, year + 2) for year in range(2020, 2040))
    ceiling = (750_000 if general else 300_000) * rate
    found = [f for f in lint(agreement, limits=Limits(euro_rate=Decimal(rate))) if f.code == "J322"]
    if to_f and earlier + most > ceiling:
        (finding,) = found
        assert finding.level.value == "varning"
        assert f"{earlier + most:,}".replace(",", "\u00a0") in finding.message
    elif to_f and earlier + within(0, 9999) > ceiling:
        assert [finding.level.value for finding in found] == ["råd"]
    else:
        assert found == []


def test_a_series_without_a_period_runs_over_the_term() -> None:
    text = """
    parter: [{namn: K, typ: kommun}, {namn: F, typ: stiftelse}]
    avtalstid: {start: 2027-01-01, %s}
    ekonomi: {utbetalningar: [{från: K, till: F, belopp: 1 mkr, takt: år}]}
    """
    for term, years in (("slut: 2030-12-31", 4), ("tills_vidare: ja", 3)):
        (receiver,) = receivers(iopdocs.loads(text % term))
        assert receiver.total == years * 1_000_000
        assert receiver.most_in_three_years == 3_000_000


# VAT and invoices


@pytest.mark.parametrize("word", ["faktura", "fakturan", "fakturor", "faktureras", "moms", "mervärdesskatten", "MOMS"])
@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ("betalas mot {}", True),
        ("efter {} i januari", True),
        ("betalas inte i förskott, utan mot {}", True),
        ("inte senare än mars. Därefter {}", True),
        ("utan {}", False),
        ("utan krav på {}", False),
        ("ingen {} tillkommer", False),
        ("{} används aldrig", False),
        ("det är inte fråga om {} eller pris", False),
        ("del{}n", False),
    ],
)
def test_word_of_sale_is_reported_unless_negated(word: str, frame: str, said: bool) -> None:
    text = frame.format(word)
    assert [text[start:end] for start, end in sale_words(text)] == ([word] if said else [])


@examples(100)
@given(st.lists(st.sampled_from(["faktura", "utan", "inte", "och", "moms", ",", ".", "men", "belopp"]), max_size=12))
def test_reported_words_are_words_of_the_text_in_order(words: list[str]) -> None:
    text = " ".join(words)
    found = list(sale_words(text))
    assert found == sorted(set(found))
    assert all(text[start:end] in ("faktura", "moms") for start, end in found)
    if not {"utan", "inte"} & set(words):
        assert len(found) == sum(word in ("faktura", "moms") for word in words)


@pytest.mark.parametrize("text", ["moms ", "inte utan ", "a", ",", "fakturaa", "moms, utan ", "-"])
def test_a_megabyte_in_any_field_is_read_in_seconds(text: str) -> None:
    long = text * (1_000_000 // len(text))
    agreement = Agreement(
        parties=(Party(name=long, kind=PartyKind.MUNICIPALITY), Party(name="F", kind=PartyKind.ASSOCIATION)),
        insatser=iopdocs.loads("insatser: [{namn: x}]").insatser,
        economy=Economy(payments=(Payment(basis=long, payer=PartyRef(long), payee=PartyRef("F"), amount=Money(1)),)),
        assessment=LegalAssessment(
            contract=Examination(list=long),
            marks=Examination(answers=(Answered(question=long, answer=Answer.NO, reason=long),)),
        ),
    )
    with within(20):
        found = lint(agreement, limits=Limits(euro_rate=Decimal(11)))
    assert not [finding for finding in found if finding.code == "T901"]
    assert {"J316"} <= {finding.code for finding in found}


# Nothing makes a rule fail


def answered() -> st.SearchStrategy[Answered]:
    ids = [question.id for name in LIBRARY.question_lists for question in LIBRARY.questions(name).questions]
    return st.builds(
        Answered,
        question=st.none() | st.sampled_from(ids) | st.text("abc- ", max_size=5),
        answer=st.none() | st.sampled_from(Answer),
        reason=st.none() | st.sampled_from(["", " ", "Därför."]),
    )


@st.composite
def assessments(draw: st.DrawFn) -> LegalAssessment:
    lists = st.none() | st.sampled_from([*LIBRARY.question_lists, "statsstöd", ""])
    examinations = st.builds(Examination, list=lists, answers=st.lists(answered(), max_size=8).map(tuple))
    parts: dict[str, Any] = {
        name: draw(st.none() | examinations)
        for name in ("marks", "contract", "state_aid", "local_government_act", "region_conditions", "skr_criteria")
    }
    aids = draw(
        st.lists(records(DeMinimisAid, party=st.sampled_from([PartyRef("föreningen"), PartyRef("x")])), max_size=2)
    )
    return LegalAssessment(**parts, de_minimis=tuple(aids))


LIMITS = Limits(euro_rate=Decimal(11), standard_term=Duration(5, Unit.YEARS), insats_words=2)


@examples(100)
@given(agreements() | plausible_agreements(), st.none() | assessments())
def test_no_agreement_makes_a_rule_fail(agreement: Agreement, assessment: LegalAssessment | None) -> None:
    if assessment is not None:
        agreement = attrs.evolve(agreement, assessment=assessment)
    found = lint(agreement, limits=LIMITS)
    assert not [finding.message for finding in found if finding.code == "T901"]
    assert all(finding.message and finding.hint for finding in found)


@examples(100)
@given(assessments())
def test_every_nej_to_a_mark_is_reported(assessment: LegalAssessment) -> None:
    """A nej in the list of marks is told exactly where the question is one of the list that was gone through."""
    agreement = Agreement(assessment=assessment)
    marks = assessment.marks
    told = {finding.path for finding in lint(agreement) if finding.code == "J317"}
    wanted = set()
    name = (marks.list or "").strip() or USUAL["kännetecken"] if marks else ""
    if marks and name in ("kannetecken", "kommunallagen", "vgr-villkor", "skr-kriterier"):
        ids = {question.id for question in LIBRARY.questions(name).questions}
        wanted = {
            f"rättslig_bedömning.kännetecken.svar[{number}].svar"
            for number, one in enumerate(marks.answers, 1)
            if one.answer is Answer.NO and (one.question or "").strip() in ids
        }
    assert told == wanted


@examples(100)
@given(st.dates(), st.builds(Duration, st.integers(1, 9999), st.sampled_from(Unit)))
def test_a_stretch_of_time_ends_where_the_next_begins(start: date, length: Duration) -> None:
    last = last_day(start, length)
    assert last >= start or last == date.max
    if length.unit in (Unit.DAYS, Unit.WEEKS) and last != date.max:
        assert (last - start).days + 1 == length.amount * (7 if length.unit is Unit.WEEKS else 1)
    elif last != date.max:
        months = length.amount * (12 if length.unit is Unit.YEARS else 1)
        passed = (last.year - start.year) * 12 + last.month - start.month
        assert passed in (months - 1, months)
