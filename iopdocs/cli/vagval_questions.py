"""Asks the questions of the choice of form, one at a time: ja, nej, oklart, ? for help, tillbaka for the previous one."""

from __future__ import annotations

import re
import unicodedata

import attrs
import click

from iopdocs.cli.terminal import echo
from iopdocs.cli.vagval_text import wrapped
from iopdocs.library.form_choice import ChoiceQuestion, FormChoices
from iopdocs.model.assessment import Answer, Answered, FormChoice
from iopdocs.values.text import illegal_character

_WORDS = {
    "ja": Answer.YES, "j": Answer.YES, "nej": Answer.NO, "n": Answer.NO, "oklart": Answer.UNCLEAR, "o": Answer.UNCLEAR,
    "vet ej": Answer.UNCLEAR, "vet inte": Answer.UNCLEAR,
}  # fmt: skip
_BACK = ("tillbaka", "back", "t")
_LONGEST = 2000


def ask(choices: FormChoices) -> FormChoice:
    """Return the answers that a person gives at the terminal; the prompts go to standard error.

    Raises:
        click.Abort: when the person cancels.
    """
    _print("Vägval: är ett idéburet offentligt partnerskap rätt form?")
    _print(
        f"Svara ja, nej eller oklart på {len(choices.questions)} frågor. Skriv gärna varför efter ett komma: ”ja, två föreningar vill”. "
        "? ger hjälp, tillbaka går till frågan före, Ctrl-C avbryter."
    )
    given: dict[int, Answered] = {}
    number = 0
    while number < len(choices.questions):
        answered = _ask_question(choices.questions[number], number + 1, len(choices.questions))
        if answered is None:
            number = max(0, number - 1)
        else:
            given[number] = answered
            number += 1
    echo("", err=True)
    return FormChoice(answers=tuple(given[place] for place in sorted(given)))


def _ask_question(question: ChoiceQuestion, number: int, total: int) -> Answered | None:
    """Return the answer to *question*, or ``None`` for the previous question."""
    echo("", err=True)
    _print(f"{number}/{total}  {question.text}")
    while True:
        written = click.prompt("ja/nej/oklart/?/tillbaka", prompt_suffix=": ", err=True, default="", show_default=False)
        text = unicodedata.normalize("NFC", str(written)).strip()
        if text == "?":
            _help(question)
        elif text.casefold() in _BACK:
            return None
        else:
            answered = parse_answer(text)
            if answered is not None:
                return attrs.evolve(answered, question=question.id)
            _print("Skriv ja, nej eller oklart, ? för hjälp eller tillbaka.")


def parse_answer(text: str) -> Answered | None:
    """Return the answer and the reason in *text* (``ja, därför att …``), or ``None`` when *text* is not an answer."""
    match = re.match(r"(vet ej|vet inte|[^\W\d_]+)(?:\s*[,;:.–-]\s*(.*))?$", text.strip(), re.DOTALL | re.IGNORECASE)
    answer = _WORDS.get(match[1].casefold()) if match else None
    if match is None or answer is None:
        return None
    reason = (match[2] or "").strip()[:_LONGEST]
    if illegal_character(reason):
        return None
    return Answered(answer=answer, reason=reason or None)


def _help(question: ChoiceQuestion) -> None:
    if question.help:
        _print(question.help)
    if question.find_out:
        _print("Vet du inte? " + question.find_out)
    _print("Källa: " + "; ".join(str(source) for source in question.sources))


def _print(text: str) -> None:
    for line in wrapped(text):
        echo(line, err=True)
