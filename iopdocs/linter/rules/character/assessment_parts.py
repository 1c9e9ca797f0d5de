"""The parts of a legal assessment with the lists of questions that they answer."""

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
"""The meaning of the answers under each key of ``rättslig_bedömning``: a list with another meaning does not belong there."""
USUAL = {
    "kännetecken": "kannetecken",
    "offentligt_kontrakt": "offentligt-kontrakt",
    "statsstöd": "statsstod",
    "kommunallagen": "kommunallagen",
    "vgr_villkor": "vgr-villkor",
    "skr_kriterier": "skr-kriterier",
}
"""The list used under each key when ``lista`` names no other."""
ROOT = "rättslig_bedömning"


@frozen
class AssessmentPart:
    """A part of the assessment at *path* and its list of questions; ``None`` when no list has that name and meaning."""

    key: str
    path: str
    examination: Examination
    list: QuestionList | None

    def answers(self) -> Iterator[tuple[str, Answered]]:
        """Yield (Swedish path, answer) in the order of the data."""
        for number, answered in enumerate(self.examination.answers, 1):
            yield f"{self.path}.svar[{number}]", answered

    def given(self) -> dict[str, Answer]:
        """Return the first answer to each answered question of the list, by id."""
        answers_by_id: dict[str, Answer] = {}
        for answered in self.examination.answers:
            question = self.list.question(answered.question or "") if self.list else None
            if question is not None and question.id and answered.answer is not None:
                answers_by_id.setdefault(question.id, answered.answer)
        return answers_by_id

    def all_yes(self) -> bool:
        """Return whether every question of the list is answered ja."""
        given = self.given()
        return self.list is not None and all(
            given.get(question.id or "") is Answer.YES for question in self.list.questions
        )


def examined(case: Case) -> Iterator[AssessmentPart]:
    """Yield each non-empty part of the agreement's assessment, in the order of the model."""
    for key, examination in parts_of(case.agreement.assessment):
        name = (examination.list or "").strip() or USUAL[key]
        question_list = case.library.questions(name) if name in case.library.question_lists else None
        if question_list is not None and question_list.meaning is not MEANINGS[key]:
            question_list = None
        if not is_absent(examination):
            yield AssessmentPart(key, f"{ROOT}.{key}", examination, question_list)


def parts_of(assessment: LegalAssessment | None) -> Iterator[tuple[str, Examination]]:
    """Yield (Swedish key, part) for each part of *assessment* that has a list, in the order of the model."""
    for field in fields_of(LegalAssessment) if assessment is not None else ():
        value = getattr(assessment, field.name)
        if field.type is Examination and value is not None:
            yield field.key, value


def question_text(part: AssessmentPart, answered: Answered) -> str:
    """Return the text of the question that *answered* answers, else the question as written in the data, shortened."""
    question = part.list.question(answered.question or "") if part.list else None
    return (question.text or "") if question else shortened(answered.question or "")
