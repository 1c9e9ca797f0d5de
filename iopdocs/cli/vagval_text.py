"""The output of ``iopdocs vagval``: the form, the reasons, open questions and other considerations."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator

from iopdocs.library.form_choice import FormChoices, PartnershipForm
from iopdocs.linter.form_advice import Advice, FormReason, FormVerdict
from iopdocs.model.assessment import FormChoice


def lines(advice: Advice, choices: FormChoices, choice: FormChoice) -> Iterator[str]:
    """Yield the lines of *advice*, fitted to the terminal."""
    yield from wrapped(verdict(advice))
    chosen = choices.form(choice.form) if choice.form else None
    if chosen is not None and advice.forms and chosen not in advice.forms:
        yield from wrapped(f"Den form som är vald i filen är {chosen.called}.")
    for form in advice.forms:
        yield from _form(form, choices)
    if advice.verdict is FormVerdict.CONTRADICTORY:
        yield from _grounds("Svar som utesluter varandra", advice.settling)
    else:
        yield from _grounds("Varför", advice.grounds)
        yield from _grounds("Svar som pekar åt ett annat håll; se efter att de stämmer", advice.against)
    yield from _open(advice)
    if advice.consider:
        yield ""
        yield "Tänk också på"
        for text in advice.consider:
            yield from _item(text)
    yield ""
    yield from wrapped("Detta är ingen juridisk bedömning. Den gör ni själva, med en jurist: se rättslig_bedömning.")


def verdict(advice: Advice) -> str:
    """Return the conclusion of the answers, in a sentence or two."""
    names = " eller ".join(form.called for form in advice.forms)
    if advice.verdict is FormVerdict.CONTRADICTORY:
        return "Svaren går inte ihop: de utesluter alla former. Rätta det svar som inte stämmer."
    if advice.partnership_fits or (advice.verdict is FormVerdict.FITS and not advice.rules_out_partnership):
        return f"Svaren talar för {names}."
    if advice.verdict is FormVerdict.FITS:
        return f"Svaren talar för {names}, inte för ett partnerskap."
    if not advice.forms and advice.rules_out_partnership:
        return "Svaren talar emot ett partnerskap, men de räcker inte för att säga vilken form som passar."
    if not advice.forms:
        return "Svaren räcker inte för att säga vilken form som passar."
    if len(advice.forms) > 1:
        text = f"Svaren räcker inte för ett säkert besked: lika mycket talar för {names}."
    else:
        text = f"Svaren räcker inte för ett säkert besked. Hittills talar mest för {names}."
    return text + (" De talar emot ett partnerskap." if advice.rules_out_partnership else "")


def _form(form: PartnershipForm, choices: FormChoices) -> Iterator[str]:
    yield ""
    road = choices.road(form.road) if form.road else None
    yield from wrapped(f"{form.name} ({road.name})" if road else str(form.name))
    if road and road.description:
        yield from wrapped(road.description, "  ")
    rows = (
        ("Hur det börjar", form.starts),
        ("Hur det betalas", form.paid),
        ("Ändringar på vägen", form.adjustment),
        ("Inflytande", form.influence),
        ("Nästa steg", form.next_step),
        ("Källa", "; ".join(str(source) for source in (*form.sources, *(road.sources if road else ())))),
    )
    for label, text in rows:
        if text:
            yield from wrapped(f"{label}: {text}", "  ", "    ")


def _grounds(heading: str, grounds: Iterable[FormReason]) -> Iterator[str]:
    for number, ground in enumerate(grounds):
        if not number:
            yield ""
            yield heading
        answer = ground.effect.answer.value if ground.effect.answer else ""
        settles = " (avgörande)" if ground.settles else ""
        yield from _item(f"{ground.effect.reason}{settles}")
        yield from wrapped(f"Fråga: {ground.question.text} Svar: {answer}.", "    ")
        if ground.motivation:
            yield from wrapped("Motivering: " + ground.motivation, "    ")
        yield from wrapped("Källa: " + "; ".join(str(source) for source in ground.question.sources), "    ")


def _open(advice: Advice) -> Iterator[str]:
    if advice.open_questions:
        yield ""
        yield "Ta reda på"
    for question in advice.open_questions:
        yield from _item(question.find_out or str(question.text))
        yield from wrapped("Fråga: " + str(question.text), "    ")
        yield from wrapped("Källa: " + "; ".join(str(source) for source in question.sources), "    ")


def _item(text: str) -> list[str]:
    return wrapped(text, "  - ", "    ")


def wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Return *text* as lines that fit the terminal, indented with *first* and *rest*."""
    width = max(40, min(shutil.get_terminal_size((90, 24)).columns, 100))
    margin = first if rest is None else rest
    return textwrap.wrap(" ".join(text.split()), width, initial_indent=first, subsequent_indent=margin) or [""]
