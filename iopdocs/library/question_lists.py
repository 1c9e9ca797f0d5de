"""Lists of questions for the legal assessment (``bedomning/*.yaml``): what is asked, and what the answers mean."""

from __future__ import annotations

import re
from enum import Enum

import attrs
from attrs import frozen

from iopdocs.errors import LibraryError, LoadError, Position, Problem
from iopdocs.files.loader import load_record
from iopdocs.files.value_readers import fold
from iopdocs.library.profiles import SourceReference
from iopdocs.model.fields import entry

FOLDER = "bedomning"
"""The folder of a layer that contains its lists of questions."""


class Meaning(Enum):
    """What the answers to a list mean."""

    ALL_YES_IS_CONTRACT = "alla ja är ett offentligt kontrakt"
    ANY_NO_IS_NO_AID = "något nej är inget statsstöd"
    ALL_YES_WANTED = "alla ska vara ja"


@frozen(kw_only=True)
class Question:
    """A question to answer with ja, nej or oklart."""

    id: str | None = entry("id", "Id", "Det ord som svaret hänvisar till.", example="ekonomiskt-intresse")
    text: str | None = entry("fråga", "Fråga", "Frågan, så ställd att den kan besvaras med ja eller nej.")
    help: str | None = entry("hjälp", "Hjälp", "Vad den som svarar ska tänka på.")
    sources: tuple[SourceReference, ...] = entry("källa", "Källa", "De källor som frågan bygger på.", many=True)


@frozen(kw_only=True)
class QuestionList:
    """A list of questions; *name* is the stem of its file, by which ``lista`` refers to it."""

    title: str | None = entry("titel", "Titel", "Vad listan heter.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vad listan är till för.")
    sources: tuple[SourceReference, ...] = entry("källa", "Källa", "De källor som listan bygger på.", many=True)
    meaning: Meaning | None = entry("innebörd", "Innebörd", "Vad svaren betyder tillsammans.")
    questions: tuple[Question, ...] = entry("frågor", "Frågor", "Frågorna i ordning.", many=True)

    name: str = ""

    def question(self, id: str) -> Question | None:
        """Return the question *id*, or ``None``; letter case and space around are ignored."""
        wanted = fold(id)
        return next((one for one in self.questions if fold(one.id or "") == wanted), None)


def parse_questions(text: str, *, name: str, file: str) -> QuestionList:
    """Return the list of questions that *text* (YAML) contains, under the name *name*.

    Raises:
        LibraryError: when the list lacks title, meaning or source, has no question, or a question lacks id or text or has
            the id of another; each problem has file, line and hint.
    """
    try:
        found, positions = load_record(text, QuestionList, file=file)
    except LoadError as error:
        raise LibraryError(error.problems) from error
    problems = [Problem(what, hint, file, "", Position(1, 1)) for what, hint in _wrong_list(found)]
    seen: dict[str, int] = {}
    for number, question in enumerate(found.questions, 1):
        where = f"frågor[{number}]"
        for what, hint in _wrong_question(question):
            problems.append(Problem(what, hint, file, where, positions.get(where)))
        other = seen.setdefault((question.id or f"\0{number}").casefold(), number)
        if other != number:
            what = f"frågan har samma id som fråga {other}: {question.id}"
            hint = "ge varje fråga ett eget id"
            problems.append(Problem(what, hint, file, f"{where}.id", positions.get(f"{where}.id")))
    if problems:
        raise LibraryError(problems)
    return attrs.evolve(found, name=name)


def _wrong_list(found: QuestionList) -> list[tuple[str, str]]:
    wrong = []
    if not (found.title or "").strip():
        wrong.append(("listan har ingen titel", "skriv ”titel:” och vad listan heter"))
    if found.meaning is None:
        known = ", ".join(f"”{one.value}”" for one in Meaning)
        wrong.append(("listan säger inte vad svaren betyder", "skriv ”innebörd:” och ett av " + known))
    if not found.questions:
        wrong.append(("listan har inga frågor", "skriv ”frågor:” och en lista med ”id” och ”fråga”"))
    if not found.sources and not all(question.sources for question in found.questions):
        wrong.append(
            (
                "listan har ingen källa",
                "skriv ”källa:” med ”dokument” och ”rubrik” för listan eller för varje fråga",
            )
        )
    return wrong


def _wrong_question(question: Question) -> list[tuple[str, str]]:
    wrong = []
    if not re.fullmatch(r"[a-zåäö0-9]+(?:-[a-zåäö0-9]+)*", question.id or ""):
        what = f"id ”{question.id}” har fel form" if question.id else "frågan har inget id"
        wrong.append((what, "skriv ”id:” med små bokstäver, siffror och bindestreck, till exempel annat-stöd"))
    if not (question.text or "").strip():
        wrong.append(("frågan saknar text", "skriv ”fråga:” och en fråga att svara ja eller nej på"))
    return wrong
