"""Advice on the form of cooperation: from answers to the questions of ``vagval.yaml`` to forms, reasons and open questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.files.value_readers import fold
from iopdocs.library.form_choice import PARTNERSHIP, AnswerEffect, ChoiceQuestion, FormChoices, PartnershipForm
from iopdocs.model.assessment import Answer, Answered, FormChoice


class FormVerdict(SwedishWord):
    """How conclusive the answers are."""

    FITS = "passar"
    """One form fits, and every question is answered ja or nej."""
    UNCLEAR = "oklart"
    """A question is open, two forms have the same weight, or the weight of the best form is below :data:`FIRM`."""
    CONTRADICTORY = "motsägelse"
    """No form is possible: the answers exclude each other's forms."""


_MOST_PROBLEMS = 50

FIRM = 3
"""A form with a lower total weight than this is named, but not as a firm answer."""


@frozen
class FormReason:
    """An answer for or against a form: the question, the effect of the answer, and the motivation given."""

    question: ChoiceQuestion
    effect: AnswerEffect
    motivation: str = ""

    @property
    def settles(self) -> bool:
        """Whether the answer excludes forms regardless of the other answers."""
        return bool(self.effect.decisive or self.effect.excludes)

    def leaves(self, forms: Iterable[str]) -> set[str]:
        """Return those of *forms* that remain possible after this answer."""
        left = set(forms) - set(self.effect.excludes)
        return left & set(self.effect.forms) if self.effect.decisive else left

    def as_data(self) -> dict[str, Any]:
        """Return the reason as plain data with Swedish keys."""
        return {
            "fråga": self.question.id,
            "text": self.question.text,
            "svar": self.effect.answer.value if self.effect.answer else None,
            "motivering": self.motivation,
            "skäl": self.effect.reason,
            "avgörande": self.settles,
            "talar_för": list(self.effect.forms),
            "utesluter": list(self.effect.excludes),
            "källa": [str(source) for source in self.question.sources],
        }


@frozen
class Advice:
    """The result of the answers.

    *forms* are the forms that fit best: one unless several have equal weight, none when the answers contradict each
    other or only exclude forms. *grounds* support them, *against* support other forms. *settling* are decisive regardless
    of the other answers. *open_questions* are unanswered or answered oklart. *possible* are the ids of the forms that are
    not excluded. *weak*: the weight of the forms is below :data:`FIRM`.
    """

    verdict: FormVerdict
    forms: tuple[PartnershipForm, ...]
    grounds: tuple[FormReason, ...]
    against: tuple[FormReason, ...]
    settling: tuple[FormReason, ...]
    open_questions: tuple[ChoiceQuestion, ...]
    consider: tuple[str, ...]
    possible: tuple[str, ...]
    weak: bool

    @property
    def partnership_fits(self) -> bool:
        """Whether a partnership is the only fitting form and no question is open."""
        return self.verdict is FormVerdict.FITS and [form.id for form in self.forms] == [PARTNERSHIP]

    @property
    def rules_out_partnership(self) -> bool:
        """Whether an answer makes a partnership impossible, regardless of open questions."""
        return PARTNERSHIP not in self.possible

    def as_data(self) -> dict[str, Any]:
        """Return the advice as plain data with Swedish keys."""
        return {
            "besked": self.verdict.value,
            "partnerskap_passar": self.partnership_fits,
            "former": [form_data(form) for form in self.forms],
            "talar_för": [ground.as_data() for ground in self.grounds],
            "talar_för_annat": [ground.as_data() for ground in self.against],
            "avgörande": [ground.question.id for ground in self.settling],
            "möjliga_former": list(self.possible),
            "ta_reda_på": [
                {
                    "fråga": question.id,
                    "text": question.text,
                    "ta_reda_på": question.find_out or question.text,
                    "källa": [str(source) for source in question.sources],
                }
                for question in self.open_questions
            ],
            "tänk_på": list(self.consider),
        }


def form_data(form: PartnershipForm) -> dict[str, Any]:
    """Return *form* as plain data with Swedish keys."""
    return {
        "id": form.id,
        "namn": form.name,
        "väg": form.road,
        "hur_det_börjar": form.starts,
        "hur_det_betalas": form.paid,
        "justering": form.adjustment,
        "inflytande": form.influence,
        "nästa_steg": form.next_step,
        "källa": [str(source) for source in form.sources],
    }


def advise(choices: FormChoices, answers: Sequence[Answered]) -> Advice:
    """Return the advice that *answers* lead to under *choices*.

    Answers to questions that *choices* lacks are ignored. A question with two different answers counts as open. A
    decisive answer outweighs all other answers (sources: malmo, famna, sou, vgr).
    """
    given = _given(choices, answers)
    grounds, open_questions = [], []
    for question in choices.questions:
        same_question = given.get(question.id or "", [])
        kinds = {answered.answer for answered in same_question}
        if len(kinds) != 1 or not kinds <= {Answer.YES, Answer.NO}:
            open_questions.append(question)
            continue
        answer = same_question[0].answer
        effect = question.effect(answer) if answer else None
        if effect is not None:
            motivation = next((answered.reason.strip() for answered in same_question if answered.reason), "")
            grounds.append(FormReason(question, effect, motivation))
    return _weighed(choices, grounds, open_questions)


def wrong_answers(choice: FormChoice, choices: FormChoices) -> list[tuple[str, str, str]]:
    """Return path, message and hint for each answered question, and for the form, that *choices* lacks."""
    problems: list[tuple[str, str, str]] = []
    questions = choices.questions_by_id
    for number, answered in enumerate(choice.answers, 1):
        if len(problems) >= _MOST_PROBLEMS:
            break
        if not answered.question:
            problems.append((f"svar[{number}]", "svaret säger inte vilken fråga det gäller", "skriv ”fråga:” och id"))
        elif fold(answered.question) not in questions:
            hint = _near(choices.near_question(answered.question), [other.id or "" for other in choices.questions])
            problems.append((f"svar[{number}].fråga", f"frågan ”{answered.question}” finns inte", hint))
    if choice.form and choices.form(choice.form) is None:
        hint = _near(choices.near_form(choice.form), [each.id or "" for each in choices.forms])
        problems.append(("form", f"formen ”{choice.form}” finns inte", hint))
    return problems


def _near(near: str | None, known: list[str]) -> str:
    if near:
        return f"menade du ”{near}”?"
    return "välj bland: {ids}".format(ids=", ".join(known))


def _given(choices: FormChoices, answers: Iterable[Answered]) -> dict[str, list[Answered]]:
    given: dict[str, list[Answered]] = {}
    known = choices.questions_by_id
    for answered in answers:
        question = known.get(fold(answered.question)) if answered.question else None
        if question is not None and answered.answer is not None:
            given.setdefault(question.id or "", []).append(answered)
    return given


def _weighed(choices: FormChoices, grounds: Sequence[FormReason], open_questions: Sequence[ChoiceQuestion]) -> Advice:
    possible = {form.id or "" for form in choices.forms}
    for ground in grounds:
        possible = ground.leaves(possible)
    settling = [ground for ground in grounds if ground.settles]
    weights = _weights(grounds)
    forms = _heaviest(choices, possible, weights)
    chosen = {form.id for form in forms}
    speaking = [ground for ground in grounds if chosen & set(ground.effect.forms)]
    # An answer that only excludes forms is listed with the reasons for the resulting form.
    ruling = [ground for ground in settling if ground not in speaking and not ground.effect.forms]
    against = [ground for ground in grounds if ground not in speaking and ground.effect.forms]
    weak = _heaviness(grounds, forms) < FIRM
    if not possible:
        verdict = FormVerdict.CONTRADICTORY
    elif open_questions or len(forms) != 1 or weak:
        verdict = FormVerdict.UNCLEAR
    else:
        verdict = FormVerdict.FITS
    return Advice(
        verdict, tuple(forms), tuple(sorted([*ruling, *speaking], key=_gravest)), tuple(sorted(against, key=_gravest)),
        tuple(settling), tuple(open_questions),
        tuple(ground.effect.consider for ground in grounds if ground.effect.consider),
        tuple(form.id or "" for form in choices.forms if form.id in possible),
        weak,
    )  # fmt: skip


def _gravest(ground: FormReason) -> tuple[bool, int]:
    return not ground.settles, -(ground.effect.weight or 1)


def _weights(grounds: Iterable[FormReason]) -> Counter[str]:
    """Return the weight of *grounds* for each form; the first form that an answer names gets a slightly higher weight."""
    weights: Counter[str] = Counter()
    for ground in grounds:
        for number, form in enumerate(ground.effect.forms):
            weights[form] += 1000 * (ground.effect.weight or 1) + (number == 0)
    return weights


def _heaviest(choices: FormChoices, possible: set[str], weights: Counter[str]) -> list[PartnershipForm]:
    most = max((weights[form] for form in possible), default=0)
    return [form for form in choices.forms if most and form.id in possible and weights[form.id or ""] == most]


def _heaviness(grounds: Iterable[FormReason], forms: Iterable[PartnershipForm]) -> int:
    chosen = {form.id for form in forms}
    return sum(ground.effect.weight or 1 for ground in grounds if chosen & set(ground.effect.forms))
