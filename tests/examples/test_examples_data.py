"""The examples as data: they load, hang together and use nearly every field of the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from iopdocs.files.loader import load
from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Economy, Interval, PaidWhen, ResourceKind, SurplusUse
from iopdocs.model.fields import EVERY_PARTY, PartyRef, fields_of, walk
from iopdocs.model.parties import PartyKind
from iopdocs.model.renegotiation_and_disputes import DisputeForm, Remedy
from iopdocs.model.schedule import instalments
from iopdocs.model.special_terms import StandardTerm
from iopdocs.values.money import Money

FOLDER = Path(__file__).parents[2] / "examples"
DRAFT = "utkast-ofullstandigt"
FINISHED = (
    "trygga-kvallar",
    "samtalsstod",
    "flyktingmottagande",
    "mot-vald-i-nara-relationer",
    "lokalt-kulturhus",
)
EVERY_EXAMPLE = (*FINISHED, DRAFT)

# Fields of the model that no finished example fills in, with the reason.
UNUSED: dict[str, str] = {
    "Insats.lagstadgad_tjänst": "an insats that is a service the law demands makes the agreement a purchase (J312)",
}


def example(name: str) -> Agreement:
    return load(FOLDER / f"{name}.yaml")


def economies(agreement: Agreement) -> Iterator[Economy]:
    if agreement.economy is not None:
        yield agreement.economy
    yield from (appendix.economy for appendix in agreement.appendices if appendix.economy is not None)


def references(agreement: Agreement) -> Iterator[tuple[str, str]]:
    return ((path, value) for path, field, value in walk(agreement) if field.type is PartyRef)


def paths_used(record: Any) -> Iterator[str]:
    """Yield ``Class.key`` for each field that is filled in, at any depth."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        items = value if field.many else () if value is None else (value,)
        if items:
            yield f"{type(record).__name__}.{field.key}"
        for item in items:
            if field.is_record:
                yield from paths_used(item)


def paths_possible(cls: type, seen: set[type] | None = None) -> set[str]:
    seen = set() if seen is None else seen
    if cls in seen:
        return set()
    seen.add(cls)
    found = set()
    for field in fields_of(cls):
        found.add(f"{cls.__name__}.{field.key}")
        if field.is_record and fields_of(field.type):
            found |= paths_possible(field.type, seen)
    return found


def test_the_folder_holds_the_six_examples_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(EVERY_EXAMPLE)


@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_an_example_loads(name: str) -> None:
    assert example(name).title


@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_every_reference_to_a_party_resolves(name: str) -> None:
    agreement = example(name)
    called = {party.called for party in agreement.parties} | {EVERY_PARTY}
    assert [(path, value) for path, value in references(agreement) if value not in called] == []


@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_organisation_numbers_have_the_right_check_digit_and_occur_once(name: str) -> None:
    numbers = [party.organisation_number for party in example(name).parties if party.organisation_number]
    assert all(number.check_digit_is_right and int(number.digits[2]) >= 2 for number in numbers)
    assert len(numbers) == len({number.digits for number in numbers})


def test_no_organisation_number_is_shared_between_examples() -> None:
    digits = Counter(
        party.organisation_number.digits
        for name in EVERY_EXAMPLE
        for party in example(name).parties
        if party.organisation_number
    )
    assert [number for number, times in digits.items() if times > 1] == []


@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_every_appendix_that_an_insats_points_at_is_there(name: str) -> None:
    agreement = example(name)
    titles = {appendix.title for appendix in agreement.appendices}
    pointed_at = {insats.appendix for insats in agreement.insatser if insats.appendix}
    assert pointed_at <= titles


@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_addresses_of_mail_are_fictive(name: str) -> None:
    mails = [value for path, _field, value in walk(example(name)) if path.endswith(".e_post")]
    assert all(mail.endswith(".example") for mail in mails)


@pytest.mark.parametrize("name", FINISHED)
def test_what_a_party_pays_in_a_year_is_the_cash_it_puts_in_that_year(name: str) -> None:
    agreement = example(name)
    put_in: Counter[tuple[str, int | None]] = Counter()
    paid: Counter[tuple[str, int | None]] = Counter()
    for economy in economies(agreement):
        for resource in economy.resources:
            if resource.kind is ResourceKind.CASH and resource.party and resource.amount:
                put_in[resource.party, resource.year] += int(resource.amount.amount)
        for payment in economy.payments:
            assert payment.payer
            if payment.ceiling is not None:
                assert payment.period
                assert payment.period.start.year == payment.period.end.year
                paid[payment.payer, payment.period.start.year] += int(payment.ceiling.amount)
            elif payment.period is None and payment.interval is Interval.YEARLY:
                assert payment.amount
                paid[payment.payer, None] += int(payment.amount.amount)
            for instalment in instalments(payment):
                paid[payment.payer, instalment.year] += int(instalment.amount.amount)
    payers = {payer for payer, _year in paid}
    assert paid
    assert {key: amount for key, amount in put_in.items() if key[0] in payers} == dict(paid)


@pytest.mark.parametrize("name", FINISHED)
def test_payments_and_periods_lie_within_the_term(name: str) -> None:
    agreement = example(name)
    assert agreement.term
    assert agreement.term.start
    start, end = agreement.term.start, agreement.term.end or date.max
    for economy in economies(agreement):
        for payment in economy.payments:
            assert payment.due is None or start <= payment.due <= end
            assert payment.period is None or start <= payment.period.start <= payment.period.end <= end
        assert all(r.year is None or start.year <= r.year <= end.year for r in economy.resources)
    insatser = [*agreement.insatser, *(i for appendix in agreement.appendices for i in appendix.insatser)]
    for insats in insatser:
        assert insats.period is None or start <= insats.period.start <= insats.period.end <= end


@pytest.mark.parametrize("name", FINISHED)
def test_a_budget_spends_what_the_parties_pay_in(name: str) -> None:
    economy = example(name).economy
    assert economy
    for year in {line.year for line in economy.budget}:
        budget = sum((line.amount.amount for line in economy.budget if line.year == year and line.amount), Decimal(0))
        cash = [r.amount.amount for r in economy.resources if r.year == year and r.amount]
        assert budget == sum(cash, Decimal(0))


@pytest.mark.parametrize("name", FINISHED)
def test_mandate_decision_signature_and_start_come_in_that_order(name: str) -> None:
    agreement = example(name)
    assert agreement.term
    assert agreement.term.start
    assert agreement.background
    for party in agreement.parties:
        decided = party.decision.decided if party.decision else None
        days = [day for day in (decided, party.signed_date, agreement.term.start) if day]
        assert days == sorted(days)
        for mandate in agreement.background.mandates:
            assert mandate.decided
            assert decided is None or mandate.decided <= decided


@pytest.mark.parametrize("name", FINISHED)
def test_every_party_can_be_reached_answers_for_something_and_signs(name: str) -> None:
    agreement = example(name)
    assert agreement.organisation
    answers = {responsibility.party for responsibility in agreement.organisation.responsibilities}
    gives = {resource.party for economy in economies(agreement) for resource in economy.resources}
    for party in agreement.parties:
        assert party.kind
        assert party.contact
        assert party.organisation_number
        assert party.signatories
        assert party.called in answers
        assert party.called in gives
        if party.kind.is_public:
            assert party.decision
            assert party.case_number
        else:
            assert party.authority_to_sign
        assert (party.kind is PartyKind.PROFIT_COMPANY) == (party.side_agreement is not None)


@pytest.mark.parametrize("name", FINISHED)
def test_a_finished_example_keeps_the_character_of_a_partnership(name: str) -> None:
    agreement = example(name)
    assert agreement.renegotiation
    assert agreement.renegotiation.by == (EVERY_PARTY,)
    assert agreement.termination
    assert agreement.termination.correction
    assert agreement.termination.repayment
    assert not {Remedy.PERFORMANCE, Remedy.PENALTY, Remedy.DAMAGES} & set(agreement.termination.remedies)
    assert agreement.economy
    assert agreement.economy.surplus
    assert agreement.economy.non_profit
    assert agreement.economy.surplus.use is not SurplusUse.DISTRIBUTED
    assert agreement.dispute
    assert agreement.dispute.steps[0].form is DisputeForm.DIALOGUE
    assert agreement.knowledge
    assert agreement.knowledge.learning_goals
    assert agreement.knowledge.follow_ups
    assert all(evaluation.by == (EVERY_PARTY,) for evaluation in agreement.knowledge.evaluations)


PURCHASE = (
    "beställare", "utförare", "leverantör", "anbud", "offert", "uppdragstagare", "uppdragsgivare", "avrop",
    "kravspecifikation", "förfrågningsunderlag", "prisavdrag", "vite", "skadestånd",
)  # fmt: skip
LEFT_OVER = ("TODO", "XX", "____", "ÅÅÅÅ", "[", "Malmö", "Göteborg", "Jönköping")


@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_the_words_of_an_example_are_those_of_a_partnership(name: str) -> None:
    # What is documented beside the agreement has to speak of purchases: that is what it rules out.
    beside = ("rättslig_bedömning", "vägval", "lint")
    printed = [
        value
        for path, _field, value in walk(example(name))
        if isinstance(value, str) and path.split(".")[0] not in beside
    ]
    comments = re.findall(r"^#.*", (FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    text = "\n".join([*printed, *comments])
    assert [word for word in PURCHASE if re.search(rf"\b{word}", text, re.IGNORECASE)] == []
    texts = [
        value for path, _field, value in walk(example(name)) if isinstance(value, str) and not path.endswith(".väg")
    ]
    assert [(word, value) for word in LEFT_OVER for value in texts if word in value] == []


@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_paragraphs_of_plain_text_are_not_broken_by_line_ends(name: str) -> None:
    texts = [(path, value) for path, _field, value in walk(example(name)) if type(value) is str]
    assert [path for path, value in texts if "\n" in value.strip("\n").replace("\n\n", "")] == []


def test_the_finished_examples_use_every_field_of_the_model_but_the_named_ones() -> None:
    used = {path for name in FINISHED for path in paths_used(example(name))}
    assert paths_possible(Agreement) - used == set(UNUSED)


def test_the_finished_examples_use_every_kind_of_resource_interval_and_special_term() -> None:
    agreements = [example(name) for name in FINISHED]
    payments = [p for a in agreements for economy in economies(a) for p in economy.payments]
    resources = [r for a in agreements for economy in economies(a) for r in economy.resources]
    assert {r.kind for r in resources} == set(ResourceKind)
    assert {p.interval for p in payments} == set(Interval)
    assert {p.paid for p in payments if p.paid} == set(PaidWhen)
    assert {term for a in agreements if a.special_terms for term in a.special_terms.standard} == set(StandardTerm)


def test_a_money_amount_is_never_zero_in_an_example() -> None:
    amounts = [v for name in EVERY_EXAMPLE for _p, _f, v in walk(example(name)) if isinstance(v, Money)]
    assert all(money.amount > 0 for money in amounts)


def test_the_draft_is_unfinished_in_the_way_a_draft_is() -> None:
    draft = example(DRAFT)
    assert draft.economy is None
    assert draft.dispute is None
    assert draft.organisation is None
    assert draft.term
    assert draft.term.end is None
    assert draft.goals
    assert draft.insatser
