"""J330: whether the answers in the choice of form indicate a partnership."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iopdocs.files.value_readers import fold
from iopdocs.findings import Level
from iopdocs.library.form_choice import PARTNERSHIP, FormChoices
from iopdocs.linter.agreement_parts import shortened
from iopdocs.linter.form_advice import Advice, FormVerdict, advise
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.assessment import Answer, FormChoice
from iopdocs.model.fields import is_absent

_MOST_NAMED = 5
# Suggesting a question is slow, and a file with only unknown questions is not a misspelling.
_MOST_GUESSED = 50


@rule("J330", "vägval", Level.WARNING, reads=("vägval.svar.fråga", "vägval.svar.svar", "vägval.form"))
def choice_of_another_form(case: Case) -> Iterable[Hit]:
    """Ett vägval som pekar på en annan form än ett partnerskap.

    Vad: Svaren under ”vägval” talar för en annan form än IOP eller motsäger varandra, den valda formen är en annan, eller
        ett svar gäller en fråga som inte finns. Är en fråga obesvarad eller oklar blir det ett råd. Regeln tiger när
        vägvalet saknas.
    Varför: Den som läser ärendet ska kunna se varför ett partnerskap är rätt form, och inte bidrag eller upphandling.
    Dåligt exempel:
        vägval:
          form: iop
          svar:
            - {fråga: flera-aktörer, svar: ja, motivering: Tre företag gör samma sak.}
    Bra exempel:
        vägval:
          form: iop
          svar:
            - {fråga: villig-part, svar: ja}
            - {fråga: flera-aktörer, svar: nej}
            - {fråga: vinst, svar: nej}
            - {fråga: bestämd-tjänst, svar: nej}
            - {fråga: offentligt-initiativ, svar: nej}
            - {fråga: allmänt-stöd, svar: nej}
            - {fråga: mellan-formerna, svar: ja}
            - {fråga: eget-initiativ, svar: ja}
            - {fråga: utlysning, svar: nej}
            - {fråga: uppdrag-mot-bidrag, svar: nej}
            - {fråga: valfrihet, svar: nej}
            - {fråga: reserverat, svar: nej}
            - {fråga: gemensamt-mål, svar: ja}
            - {fråga: samfinansiering, svar: ja}
            - {fråga: gemensamt-utformat, svar: ja}
            - {fråga: ingen-ensam, svar: ja}
            - {fråga: justering, svar: ja}
            - {fråga: politiskt-uppdrag, svar: ja}
    Källa: malmo, IOP, bidrag eller upphandling?; malmo, När kan IOP användas?; vgr, Finansiering; famna, Finansierings-
        och samarbetsformer för civilsamhälle/idéburen sektor; sou, Vad är ett IOP?.
    """
    choice = case.agreement.choice
    if choice is None or is_absent(choice):
        return
    choices = case.library.choices
    yield from _misplaced(choice, choices)
    yield from _wrong_form(choice, choices)
    yield from _verdict(advise(choices, choice.answers))


def _misplaced(choice: FormChoice, choices: FormChoices) -> Iterator[Hit]:
    """Yield hits for answers to unknown questions, and for two different answers to the same question."""
    seen: dict[str, tuple[int, Answer | None]] = {}
    questions, unknown = choices.questions_by_id, 0
    for number, answered in enumerate(choice.answers, 1):
        question = questions.get(fold(answered.question or ""))
        if question is None:
            if answered.question:
                unknown += 1
                near = choices.near_question(answered.question) if unknown <= _MOST_GUESSED else None
                hint = f"menade du ”{near}”?" if near else "se frågorna i vagval.yaml"
                message = f"frågan ”{shortened(answered.question)}” finns inte i vägvalet"
                yield Hit(f"vägval.svar[{number}].fråga", message, hint)
            continue
        first, answer = seen.setdefault(question.id or "", (number, answered.answer))
        if first != number and answer is not answered.answer:
            message = f"frågan ”{question.id}” har två olika svar"
            yield Hit(f"vägval.svar[{number}].svar", message, "behåll det svar som är rätt")


def _wrong_form(choice: FormChoice, choices: FormChoices) -> Iterator[Hit]:
    if not choice.form or not choice.form.strip():
        return
    form = choices.form(choice.form)
    if form is None:
        near = choices.near_form(choice.form)
        ids = ", ".join(known_form.id or "" for known_form in choices.forms)
        hint = f"menade du ”{near}”?" if near else f"formerna är: {ids}"
        yield Hit("vägval.form", f"formen ”{shortened(choice.form)}” finns inte", hint)
    elif form.id != PARTNERSHIP:
        message = f"den valda formen är {form.called}, inte ett partnerskap"
        yield Hit("vägval.form", message, "välj den formen i stället för ett IOP-avtal, eller ändra ”form”")


def _verdict(advice: Advice) -> Iterator[Hit]:
    reason = next((ground.effect.reason or "" for ground in advice.grounds), "").rstrip(".")
    names = " eller ".join(form.called for form in advice.forms)
    hint = "välj den form som passar, eller rätta svaren om de inte stämmer; se iopdocs vagval"
    if advice.verdict is FormVerdict.CONTRADICTORY:
        ids = ", ".join(f"”{ground.question.id}”" for ground in advice.settling[:_MOST_NAMED])
        message = f"svaren i vägvalet går inte ihop: {ids} utesluter varandra"
        yield Hit("vägval.svar", message, "rätta det svar som inte stämmer; se iopdocs vagval")
    elif advice.rules_out_partnership and advice.weak:
        message = f"svaren i vägvalet talar emot ett partnerskap: {reason}"
        yield Hit("vägval.svar", message, hint)
    elif advice.rules_out_partnership or (names and advice.verdict is FormVerdict.FITS and not advice.partnership_fits):
        message = "svaren i vägvalet talar för {names}, inte för ett partnerskap: {reason}"
        yield Hit("vägval.svar", message.format(names=names, reason=reason), hint)
    elif advice.open_questions:
        ids = ", ".join(f"”{question.id}”" for question in advice.open_questions[:_MOST_NAMED])
        if len(advice.open_questions) > _MOST_NAMED:
            ids += f" och {len(advice.open_questions) - _MOST_NAMED} till"
        message = f"vägvalet är oklart: frågor utan svar ja eller nej är {ids}"
        yield Hit("vägval.svar", message, "ta reda på svaren; iopdocs vagval säger hur", Level.ADVICE)
    elif advice.verdict is FormVerdict.UNCLEAR:
        message = "vägvalet är oklart: lika mycket talar för {names}".format(names=names or "alla former")
        yield Hit("vägval.svar", message, hint, Level.ADVICE)
