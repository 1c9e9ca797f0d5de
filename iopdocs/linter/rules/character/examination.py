"""The parts of a legal assessment beside the lists of questions that they go through."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from iopdocs.library.question_lists import Meaning, QuestionList
from iopdocs.linter.agreement_parts import shortened
from iopdocs.linter.rule import Case
from iopdocs.model.assessment import Answer, Answered, Examination, LegalAssessment
from iopdocs.model.fields import fields_of, is_absent

MEANINGS = {
    "kännetecken": Meaning.ALL_YES_WANTED,
    "offentligt_kontrakt": Meaning.ALL_YES_IS_CONTRACT,
    "statsstöd": Meaning.ANY_NO_IS_NO_AID,
    "kommunallagen": Meaning.ALL_YES_WANTED,
    "vgr_villkor": Meaning.ALL_YES_WANTED,
    "skr_kriterier": Meaning.ALL_YES_WANTED,
}
"""What the answers under each key of ``rättslig_bedömning`` mean: a list of another meaning does not belong there."""
USUAL = {
    "kännetecken": "kannetecken",
    "offentligt_kontrakt": "offentligt-kontrakt",
    "statsstöd": "statsstod",
    "kommunallagen": "kommunallagen",
    "vgr_villkor": "vgr-villkor",
    "skr_kriterier": "skr-kriterier",
}
"""The list that is gone through under each key where ``lista`` names no other."""
ROOT = "rättslig_bedömning"


@frozen
class Examined:
    """A part of the assessment at *path*, and the list that it goes through; no list: there is none of that name."""

    key: str
    path: str
    examination: Examination
    list: QuestionList | None

    def answers(self) -> Iterator[tuple[str, Answered]]:
        """Yield (Swedish path, answer) in the order of the data."""
        for number, answered in enumerate(self.examination.answers, 1):
            yield f"{self.path}.svar[{number}]", answered

    def given(self) -> dict[str, Answer]:
        """Return the answer to each question of the list that has one, by id; the first where there are several."""
        found: dict[str, Answer] = {}
        for answered in self.examination.answers:
            question = self.list.question(answered.question or "") if self.list else None
            if question is not None and question.id and answered.answer is not None:
                found.setdefault(question.id, answered.answer)
        return found

    def all_yes(self) -> bool:
        """Tell whether every question of the list is answered ja."""
        given = self.given()
        return self.list is not None and all(given.get(one.id or "") is Answer.YES for one in self.list.questions)


def examined(case: Case) -> Iterator[Examined]:
    """Yield each part of the agreement's assessment that holds anything, in the order of the model."""
    for key, examination in parts_of(case.agreement.assessment):
        name = (examination.list or "").strip() or USUAL[key]
        found = case.library.questions(name) if name in case.library.question_lists else None
        if found is not None and found.meaning is not MEANINGS[key]:
            found = None
        if not is_absent(examination):
            yield Examined(key, f"{ROOT}.{key}", examination, found)


def parts_of(assessment: LegalAssessment | None) -> Iterator[tuple[str, Examination]]:
    """Yield (Swedish key, part) for each part of *assessment* that goes through a list, in the order of the model."""
    for field in fields_of(LegalAssessment) if assessment is not None else ():
        value = getattr(assessment, field.name)
        if field.type is Examination and value is not None:
            yield field.key, value


def asked(one: Examined, answered: Answered) -> str:
    """Return the question that *answered* answers, else what it is called in the data, shortened."""
    question = one.list.question(answered.question or "") if one.list else None
    return (question.text or "") if question else shortened(answered.question or "")
