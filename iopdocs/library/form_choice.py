"""The choice of form (``vagval.yaml``): the questions, the forms that each answer supports, and all forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from iopdocs.errors import LibraryError, LoadError, Position, Problem
from iopdocs.files.loader import load_record
from iopdocs.files.value_readers import fold, nearest
from iopdocs.library.profiles import SourceReference
from iopdocs.model.assessment import Answer
from iopdocs.model.fields import entry

FILE = "vagval.yaml"
"""The file of a layer that contains its choice of form; the topmost replaces those below."""

PARTNERSHIP = "iop"
"""The id of the form that this library is about; every ``vagval.yaml`` has it."""

_ID = re.compile(r"[a-zåäöé0-9]+(?:-[a-zåäöé0-9]+)*")
_HEAVIEST = 5


@frozen(kw_only=True)
class AnswerEffect:
    """What one answer to a question means. *decisive*: only the forms it supports remain; *excludes*: these do not."""

    answer: Answer | None = entry("svar", "Svar", "ja eller nej.", example="ja")
    forms: tuple[str, ...] = entry(
        "talar_för", "Talar för", "Id för de former svaret talar för, den viktigaste först.", many=True
    )
    weight: int | None = entry("vikt", "Vikt", "Hur tungt det väger, 1–5. Annars 1.", example="2")
    decisive: bool | None = entry("avgörande", "Avgörande", "Ja om inga andra former då är möjliga.", example="ja")
    excludes: tuple[str, ...] = entry("utesluter", "Utesluter", "Id för de former som inte är möjliga.", many=True)
    reason: str | None = entry("skäl", "Skäl", "Varför svaret betyder det.")
    consider: str | None = entry("tänk_på", "Tänk på", "Vad mer man bör tänka på efter ett sådant svar.")


@frozen(kw_only=True)
class ChoiceQuestion:
    """A question to answer with ja, nej or oklart, and what ja and nej mean."""

    id: str | None = entry("id", "Id", "Det ord som svaret hänvisar till.", example="samfinansiering")
    text: str | None = entry("fråga", "Fråga", "Frågan, så ställd att den kan besvaras med ja eller nej.")
    help: str | None = entry("hjälp", "Hjälp", "Vad den som svarar ska tänka på.")
    find_out: str | None = entry("ta_reda_på", "Ta reda på", "Vad den som inte vet ska göra.")
    sources: tuple[SourceReference, ...] = entry("källa", "Källa", "De källor som frågan bygger på.", many=True)
    effects: tuple[AnswerEffect, ...] = entry("svar", "Svar", "Vad svaren betyder.", many=True)

    def effect(self, answer: Answer) -> AnswerEffect | None:
        """Return what *answer* means, or ``None`` when it supports no form."""
        return next((one for one in self.effects if one.answer is answer), None)


@frozen(kw_only=True)
class PartnershipForm:
    """A form of finance or cooperation: how it starts, how money is paid, adjustment on the way, influence on aims."""

    id: str | None = entry("id", "Id", "Det ord som svaren hänvisar till.", example="iop")
    name: str | None = entry("namn", "Namn", "Vad formen heter.")
    short: str | None = entry("kort", "I en mening", "Namnet så som det står inne i en mening.")
    road: str | None = entry("väg", "Väg", "Id för den väg som formen hör till.")
    starts: str | None = entry("hur_det_börjar", "Hur det börjar", "Vem som tar första steget, och hur.")
    paid: str | None = entry("hur_det_betalas", "Hur det betalas", "Hur pengarna betalas.")
    adjustment: str | None = entry("justering", "Ändringar på vägen", "Hur det går att ändra på vägen.")
    influence: str | None = entry("inflytande", "Inflytande", "Vem som bestämmer om mål och innehåll.")
    next_step: str | None = entry("nästa_steg", "Nästa steg", "Vad man gör om formen passar.")
    sources: tuple[SourceReference, ...] = entry("källa", "Källa", "De källor som beskriver formen.", many=True)

    @property
    def called(self) -> str:
        """The name as it is written inside a sentence."""
        return self.short or self.name or self.id or ""


@frozen(kw_only=True)
class FormKind:
    """A kind of form: asking for a grant, selling a service, or doing something together (source: vgr)."""

    id: str | None = entry("id", "Id", "Det ord som formerna hänvisar till.")
    name: str | None = entry("namn", "Namn", "Vad vägen heter.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vad som utmärker vägen.")
    sources: tuple[SourceReference, ...] = entry("källa", "Källa", "De källor som beskriver vägen.", many=True)


@frozen(kw_only=True)
class FormChoices:
    """All of ``vagval.yaml``."""

    roads: tuple[FormKind, ...] = entry("vägar", "Vägar", "Slag av former.", many=True)
    forms: tuple[PartnershipForm, ...] = entry("former", "Former", "Formerna att välja bland.", many=True)
    questions: tuple[ChoiceQuestion, ...] = entry("frågor", "Frågor", "Frågorna i ordning.", many=True)

    def question(self, id: str) -> ChoiceQuestion | None:
        """Return the question *id*, or ``None``; letter case and space around are ignored."""
        return next((one for one in self.questions if one.id and fold(one.id) == fold(id)), None)

    @property
    def questions_by_id(self) -> Mapping[str, ChoiceQuestion]:
        """The questions by folded id, for repeated look-ups."""
        return {fold(one.id): one for one in self.questions if one.id}

    def form(self, word: str) -> PartnershipForm | None:
        """Return the form whose id or name is *word*, or ``None``; letter case and space around are ignored."""
        return next((one for one in self.forms if fold(word) in (fold(one.id or ""), fold(one.name or ""))), None)

    def road(self, id: str) -> FormKind | None:
        """Return the road *id*, or ``None``."""
        return next((one for one in self.roads if one.id == id), None)

    def near_question(self, id: str) -> str | None:
        """Return the id of the question that somebody who wrote *id* may have meant."""
        return nearest(id, {fold(one.id): one.id for one in self.questions if one.id})

    def near_form(self, word: str) -> str | None:
        """Return the id of the form that somebody who wrote *word* may have meant."""
        return nearest(word, {fold(one.id): one.id for one in self.forms if one.id})


def parse_choices(text: str, *, file: str) -> FormChoices:
    """Return the choice of form that *text* (YAML) contains.

    Raises:
        LibraryError: when a form, a question or an answer is incomplete, or refers to a form or road that does not
            exist; each problem has file, line and hint.
    """
    try:
        found, positions = load_record(text, FormChoices, file=file)
    except LoadError as error:
        raise LibraryError(error.problems) from error
    told = [
        Problem(message, hint, file, where, _place(positions, where))
        for where, message, hint in (*_wrong_roads(found), *_wrong_forms(found), *_wrong_questions(found))
    ]
    if told:
        raise LibraryError(told)
    return found


def _place(positions: Mapping[str, Position], where: str) -> Position:
    while where and where not in positions:
        where = where.rpartition(".")[0] or where.rpartition("[")[0]
    return positions.get(where) or Position(1, 1)


Wrong = tuple[str, str, str]
"""Path, message and hint."""


def _wrong_roads(found: FormChoices) -> Iterator[Wrong]:
    yield from _wrong_ids("vägar", [one.id for one in found.roads])
    for number, road in enumerate(found.roads, 1):
        yield from _lacks(f"vägar[{number}]", namn=road.name, källa=road.sources)


def _wrong_forms(found: FormChoices) -> Iterator[Wrong]:
    if not any(form.id == PARTNERSHIP for form in found.forms):
        message = f"formen ”{PARTNERSHIP}” saknas"
        yield "former", message, f"lägg till en form med ”id: {PARTNERSHIP}”"
    yield from _wrong_ids("former", [one.id for one in found.forms])
    roads = [one.id for one in found.roads if one.id]
    for number, form in enumerate(found.forms, 1):
        where = f"former[{number}]"
        yield from _lacks(
            where, namn=form.name, hur_det_börjar=form.starts, hur_det_betalas=form.paid,
            justering=form.adjustment, inflytande=form.influence, källa=form.sources,
        )  # fmt: skip
        if form.road:
            yield from _unknown(f"{where}.väg", [form.road], roads, "vägen ”{id}” finns inte")


def _wrong_questions(found: FormChoices) -> Iterator[Wrong]:
    if not found.questions:
        yield "frågor", "filen har inga frågor", "skriv ”frågor:” och en lista med ”id”, ”fråga” och ”svar”"
    yield from _wrong_ids("frågor", [one.id for one in found.questions])
    forms = [one.id for one in found.forms if one.id]
    for number, question in enumerate(found.questions, 1):
        where = f"frågor[{number}]"
        yield from _lacks(where, fråga=question.text, svar=question.effects, källa=question.sources)
        seen: set[Answer] = set()
        for place, effect in enumerate(question.effects, 1):
            yield from _wrong_effect(f"{where}.svar[{place}]", effect, forms)
            if effect.answer in seen:
                yield (
                    f"{where}.svar[{place}].svar",
                    "svaret står två gånger under frågan",
                    "slå ihop dem till ett",
                )
            seen |= {effect.answer} if effect.answer else set()


def _wrong_effect(where: str, effect: AnswerEffect, forms: list[str]) -> Iterator[Wrong]:
    if effect.answer not in (Answer.YES, Answer.NO):
        message = "ett svar som betyder något är ja eller nej"
        yield f"{where}.svar", message, "skriv ”svar: ja” eller ”svar: nej”; oklart leder alltid till ”ta reda på”"
    if not (effect.reason or "").strip():
        yield where, "svaret har inget skäl", "skriv ”skäl:” och varför svaret betyder det"
    if effect.weight is not None and not 1 <= effect.weight <= _HEAVIEST:
        yield f"{where}.vikt", f"vikten är {effect.weight}", "skriv ett tal från 1 till 5"
    if effect.decisive and not effect.forms:
        message = "svaret är avgörande men talar inte för någon form"
        yield f"{where}.avgörande", message, "skriv ”talar_för:” med minst en form"
    unknown = "formen ”{id}” finns inte"
    yield from _unknown(f"{where}.talar_för", effect.forms, forms, unknown)
    yield from _unknown(f"{where}.utesluter", effect.excludes, forms, unknown)


def _wrong_ids(key: str, ids: list[str | None]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for number, id in enumerate(ids, 1):
        where = f"{key}[{number}]"
        if not id or not _ID.fullmatch(id):
            message = f"id ”{id}” har fel form" if id else "id saknas"
            yield f"{where}.id", message, "skriv ”id:” med små bokstäver, siffror och bindestreck"
        elif id in seen:
            yield f"{where}.id", f"id ”{id}” står två gånger", "ge var och en ett eget id"
        seen.add(id or "")


def _lacks(where: str, **needed: object) -> Iterator[Wrong]:
    for key, value in needed.items():
        if not value or (isinstance(value, str) and not value.strip()):
            yield (
                where,
                f"”{key}” saknas",
                f"skriv ”{key}:” och det som ska stå där",
            )


def _unknown(where: str, ids: Iterable[str], known: list[str], message: str) -> Iterator[Wrong]:
    for number, id in enumerate(ids, 1):
        if id not in known:
            near = nearest(id, {fold(one): one for one in known})
            hint = f"menade du ”{near}”?" if near else "välj bland: {ids}".format(ids=", ".join(known))
            yield (f"{where}[{number}]" if not where.endswith(".väg") else where), message.format(id=id), hint
