"""Translate libyaml's errors to Swedish, with a hint on how to fix each."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from iopdocs.errors import Position, Problem
from iopdocs.files.yaml_mistakes import likely_mistake

# Errors whose cause is where the value starts, not where the reading stopped.
_STARTS_WRONG = re.compile("scanning (a quoted scalar|an alias|an anchor)")
_AFTER_QUOTE = re.compile("""["'] +$""")


def translate(error: yaml.MarkedYAMLError, text: str, file: str, at: Callable[[int], Position]) -> Problem:
    """Return *error* as a problem in Swedish. An error that is not among the common ones is quoted."""
    mark = error.problem_mark or error.context_mark
    index = min(mark.index, len(text)) if mark is not None else 0
    complaint = error.problem or error.context or ""
    mistake = likely_mistake(text, text.count("\n", 0, index))
    if mistake is not None and text[index : index + 1] != "\t":
        return Problem(
            mistake.message,
            mistake.hint,
            file,
            position=Position(mistake.line + 1, mistake.column + 1),
            code="fel-syntax",
        )
    message, hint = _explain(complaint, error.context or "", text[index : index + 1])
    if _AFTER_QUOTE.search(text[max(0, index - 200) : index]) and "expected" in complaint:
        message, hint = _after_quote()
    if error.context_mark is not None and _STARTS_WRONG.search(error.context or ""):
        index = min(error.context_mark.index, len(text))
    return Problem(message, hint, file, position=at(index), code="fel-syntax")


def _explain(complaint: str, context: str, character: str) -> tuple[str, str]:
    if character == "\t" or "tab character" in complaint or "'\\t'" in complaint:
        return "här står en tabb", "gör indrag med mellanslag, två för varje nivå"
    if "cannot start any token" in complaint:
        return (
            f"ett värde kan inte börja med ”{character}”",
            "sätt citattecken om texten",
        )
    if "scanning an alias" in context or "scanning an anchor" in context:
        return "* och & i början av ett värde har en egen betydelse i YAML", "sätt citattecken om texten"
    if character == ":" and ("expected key" in complaint or "<block end>" in complaint):
        return "här saknas en nyckel före kolonet", "skriv nyckel: värde"
    for pattern, message, hint in _table():
        if re.search(pattern, complaint):
            return message, hint
    return (
        "filen kan inte läsas som YAML ({reason})".format(reason=" ".join(f"{context} {complaint}".split())),
        "kontrollera indrag, kolon och citattecken på raden och raden före",
    )


def _after_quote() -> tuple[str, str]:
    return (
        "efter det avslutande citattecknet står mer text",
        "sätt citattecken om hela texten: enkla ('…') om den innehåller dubbla",
    )


def _table() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            r"mapping values are not allowed",
            "här står ett kolon för mycket, eller så är indraget fel",
            "sätt citattecken om en text som innehåller kolon, och ställ nycklar på samma nivå rakt under varandra",
        ),
        (
            r"could not find expected ':'",
            "här saknas ett kolon efter en nyckel",
            "skriv ”nyckel: värde”; dra in en text som fortsätter från raden före, och sätt citattecken om den",
        ),
        (
            r"end of stream",
            "citattecknet som börjar här avslutas aldrig",
            "sätt ett likadant citattecken där texten slutar",
        ),
        (
            r"expected ',' or '\]'",
            "listan som börjar med [ är inte rätt avslutad",
            "sätt komma mellan punkterna och ] efter den sista",
        ),
        (
            r"expected ',' or '\}'",
            "det som börjar med { är inte rätt avslutat",
            "sätt komma mellan uppgifterna och } efter den sista",
        ),
        (
            r"expected key|expected <block end>|expected '-' indicator|mapping keys are not allowed",
            "raden står inte på samma nivå som raderna före",
            "ställ nycklar och bindestreck på samma nivå rakt under varandra, med mellanslag framför",
        ),
        (
            r"sequence entries are not allowed",
            "ett bindestreck kan inte stå här",
            "börja listan på en ny rad, eller sätt citattecken om texten",
        ),
        (
            r"node content",
            "här saknas ett värde",
            "skriv ett värde, eller sätt citattecken om tecken som , ] och } är en del av en text",
        ),
        (
            r"unknown escape|hexdecimal|hexadecimal|Unicode character escape",
            "bakåtstrecket inom citattecken betyder inget känt",
            "skriv \\\\ för ett bakåtstreck, eller använd enkla citattecken: '…'",
        ),
        (
            r"comment or a? ?line break",
            "efter | och > ska texten börja på nästa rad",
            "flytta ner texten en rad och dra in den, eller sätt citattecken om den",
        ),
        (
            r"<document start>|document start",
            "här börjar något nytt där avtalet redan är slut",
            "ställ alla nycklar på översta nivån längst till vänster",
        ),
        (
            r"undefined tag handle|tag",
            "”!” i början av ett värde har en egen betydelse i YAML",
            "sätt citattecken om texten",
        ),
        (
            r"document separator|document indicator",
            "texten inom citattecken bryts av en rad med --- eller ...",
            "dra in raden med mellanslag",
        ),
    )
