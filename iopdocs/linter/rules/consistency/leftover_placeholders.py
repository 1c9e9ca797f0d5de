"""Placeholders left in a text, in every form that people and templates write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from iopdocs.document.tree import Document, Origin, Paragraph, SignatureBlock
from iopdocs.document.walk import blocks_of
from iopdocs.findings import Level
from iopdocs.library.text_cache import cached_by_text
from iopdocs.library.texts import UNWRITTEN
from iopdocs.linter.passages import Passage
from iopdocs.linter.prose.hits import PassageHit, all_passages, hits
from iopdocs.linter.prose.sentences import quotations
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import fields_of
from iopdocs.values.identifiers import CaseNumber

_SIGNING = re.compile(r"parter\[\d+\]\.(?:undertecknare|ort|undertecknat)\b")
# Links, addresses and files may contain any sign.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]{1,500}|(?<![^\s<(\[])[^\s@<(\[]{1,64}@[^\s@]{1,255}")

_ASKS = r"(?:ange|uppge|beskriv|fyll|kopiera|skriv|infoga|välj|lägg|ersätt|obs)"
_COUNTED = (
    r"(?:kr|kronor|tkr|mkr|månader|månad|år|dagar|veckor|timmar|procent|%|st|stycken|personer|deltagare|platser|"
    r"gånger|barn|ungdomar|unga|äldre|familjer)"
)
_SQUARE = re.compile(r"\[([^\[\]\n]{1,120})\](?!\()")
_ROUND = re.compile(r"\(([^()\n]{2,120})\)")
_EDITORS = re.compile(
    r"(?:sic|sic!|…|\.\.\.|x|X|\s|[0-9][0-9 ,;.–-]*|min kursiv\.?|vår kursiv\.?|min kursivering|vår kursivering|red\. anm\.|"
    r"översättning|fotnot(?: [0-9]+)?|not(?: [0-9]+)?)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")
_TAGS = frozenset({"br", "div", "span", "strong", "em", "sub", "sup", "table", "p", "ul", "ol", "li"})
_ROMAN = re.compile(r"\b(?:artikel|avdelning|volym|band|akt|kung|gustaf|sekel|århundrade)[ \u00a0]$", re.IGNORECASE)
_DIGIT_BEFORE = re.compile(r"[0-9][ \u00a0]?$")
_NAME_BEFORE = re.compile(r"(?:^|[ \u00a0])[A-ZÅÄÖ][a-zåäöé]+[ \u00a0]$")
_FORMAT_BEFORE = re.compile(r"\b(?:format|formatet|formen|form|skrivs)[ \u00a0]?[”\"]?$", re.IGNORECASE)

Doubt = Callable[[str, "re.Match[str]"], bool]
"""Returns whether a match in a text is not a placeholder after all."""


def _is_prose_in_square(text: str, match: re.Match[str]) -> bool:
    inside = match[1].strip()
    if not any(sign.isalpha() for sign in inside) or _EDITORS.fullmatch(inside) or len(inside) == 1:
        return True
    if re.match(rf"{_ASKS}\b", inside, re.IGNORECASE):
        return False
    # ”de[n] unga” and a word inserted in a quotation are the writer's own; ”[SFS 2018:1197]” is a source.
    glued = text[match.start() - 1 : match.start()].isalnum() or text[match.end() : match.end() + 1].isalnum()
    return glued or bool(_YEAR.search(inside)) or (inside.islower() and " " not in inside and _quoted(text, match))


def _quoted(text: str, match: re.Match[str]) -> bool:
    left = max(0, match.start() - 300)
    return any(a < match.start() - left < b for a, b in quotations(text[left : match.end() + 100]))


def _is_prose_in_round(text: str, match: re.Match[str]) -> bool:
    inside = " ".join(match[1].split()).rstrip(":")
    return not (re.match(r"(?:ange|uppge|beskriv|fyll|kopiera|obs)(?:\b|!)", inside, re.IGNORECASE)) and (
        inside.casefold() not in _labels()
    )


@cache
def _labels() -> frozenset[str]:
    """Return the labels of fields that occur in brackets only when nobody has filled them in."""
    labels: set[str] = set()
    pending: list[Any] = [Agreement]
    seen: set[Any] = set()
    while pending:
        kind = pending.pop()
        if kind in seen:
            continue
        seen.add(kind)
        for field in fields_of(kind):
            if field.is_record:
                pending.append(field.type)
            elif " " in field.entry.label and field.entry.printed:
                labels.add(field.entry.label.casefold())
    # Labels of one word are ordinary words too, except these.
    single = {"organisationsnummer", "diarienummer", "beslutsdatum", "belopp", "postadress", "datum", "namn", "ort"}
    return frozenset(labels | single)


def _is_prose_in_angle(text: str, match: re.Match[str]) -> bool:
    return match[1].strip("/ ").casefold() in _TAGS


def _roman_or_size(text: str, match: re.Match[str]) -> bool:
    return bool(_ROMAN.search(text[max(0, match.start() - 20) : match.start()]))


def _counted(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 30) : match.start()]
    # ”3 x 50” and ”Malcolm X år 1965” are not placeholders.
    return bool(_DIGIT_BEFORE.search(before)) or (match[1].casefold() == "år" and bool(_NAME_BEFORE.search(before)))


def _format(text: str, match: re.Match[str]) -> bool:
    return bool(_FORMAT_BEFORE.search(text[max(0, match.start() - 16) : match.start()]))


_CAPITAL_BEFORE = re.compile(r"[A-ZÅÄÖ][ \u00a0]$")
_CAPITAL_AFTER = re.compile(r"[ \u00a0][A-ZÅÄÖ]{2,}")
# Forms that participants in the activities are asked to fill in.
_FORMS_OF_OTHERS = re.compile(r"(?:ENKÄT|FORMULÄR|BLANKETT|ANMÄLAN|ANSÖKAN)")


def _shouted(text: str, match: re.Match[str]) -> bool:
    """Return whether *match* is part of a longer heading in capitals, or a label followed by a colon."""
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 30]
    return bool(
        _CAPITAL_BEFORE.search(before)
        or _CAPITAL_AFTER.match(after)
        or after.startswith((":", "-"))
        or before.endswith("-")
        or _FORMS_OF_OTHERS.search(match[0])
    )


def _never(text: str, match: re.Match[str]) -> bool:
    return False


_FORMS: tuple[tuple[re.Pattern[str], Doubt], ...] = (
    (_SQUARE, _is_prose_in_square),
    (_ROUND, _is_prose_in_round),
    (re.compile(r"\{\{[^{}\n]{0,120}\}\}|\{%[^{}\n]{0,120}%\}|(?<!\{)\{[ \u00a0]?[^\W\d][^{}\n]{1,80}\}(?!\})"), _never),
    (re.compile(r"<{1,2}([^\W\d_][^<>@\n]{0,78}[^\W_])>{1,2}"), _is_prose_in_angle),
    (re.compile(r"(?<![\w@.:])(?<![^\d\s]/)(?<![^\d\s]-)(?:X{2,12}|x{2,12})(?:[-–/ ](?:X{2,12}|x{2,12})\b){0,4}(?![\w@:]|-\w)"), _roman_or_size),
    (re.compile(r"(?<![\w@./-])(?:20(?:XX|xx|ÅÅ|åå|YY|yy|__)|20[0-9][Xx_])(?![\w@])"), _never),
    (re.compile(rf"(?<![\w@./-])[Xx][ \u00a0]({_COUNTED})(?!\w)"), _counted),
    (re.compile(r"(?<![\w@])(?:[ÅåYy]{2}|[ÅåYy]{4})[-/ ]?[Mm]{2}[-/ ]?[Dd]{2}(?!\w)|(?<![\w@])(?:ÅÅÅÅ|YYYY)(?![\w-])"), _format),
    (re.compile(r"(?<![\w@])_{3,500}(?!\w)"), _never),
    (re.compile(r"\.{5,500}|(?<=\s)\.{4,500}|…{2,500}|(?<!\.)(?:\. ){4,200}\."), _never),
    (re.compile(r"(?<![\w@./-])(?:TODO|TBD|TBC|FIXME|NN|N\.N\.)(?![\w@-])|\?{2,200}"), _never),
    (re.compile(rf"(?<![\w@./-])n{{2,4}}[ \u00a0]({_COUNTED})(?!\w)"), _counted),
    (re.compile(r"(?<![\w@./-])(?:(?:ANGE|INFOGA|FYLL I)(?:[ \u00a0][A-ZÅÄÖ]{2,30}){1,3}|SKRIV (?:HÄR|IN|BELOPP|BELOPPET|DATUM|NAMN|NAMNET|TEXT))(?!\w)"), _shouted),
    (re.compile(r"(?<![\w@./-])[A-ZÅÄÖ]{2,30}NS NAMN(?!\w)"), _shouted),
    (re.compile(r"\blorem ipsum\b|\bklicka (?:eller tryck )?här för att (?:ange|skriva|välja)\b|\bclick (?:or tap )?here to enter\b", re.IGNORECASE), _never),
)  # fmt: skip


@rule("S208", "platshållare-kvar", Level.ERROR)
def left_over(case: Case) -> Iterable[Hit]:
    """En platshållare som inte har fyllts i.

    Vad: En text innehåller något som ska ersättas: text inom hakparentes, klammer eller vinkelparentes (”[Kommunens
        namn]”, ”{{namn}}”, ”<namn>”), ”XX”, ”X kronor”, ”nn kr”, ”ÅÅÅÅ-MM-DD”, ”20XX”, ”____”, en lång rad punkter,
        ”TODO”, ”NN”, ”??”, ”Lorem ipsum” eller, med bara versaler, ”ANGE BELOPP” och ”KOMMUNENS NAMN”. Rund parentes bara när den börjar med ange, uppge, beskriv, fyll, kopiera eller OBS,
        eller innehåller namnet på en uppgift. Underskrifter prövas inte. Detsamma gäller en text i ett lager där
        ”SKRIV HÄR:” står kvar från början.
    Varför: Avtalet kan inte skrivas under med luckor, och de är lätta att missa i en lång text.
    Dåligt exempel:
        bakgrund: {behov: "Socialnämnden i [Kommunens namn] ser att fler unga är otrygga."}
    Bra exempel:
        bakgrund: {behov: "Socialnämnden i Exempelstads kommun ser att fler unga är otrygga [1]."}
    Källa: malmo, Mall för IOP.
    """
    signed = _signature_places(case.document)
    for passage in (*all_passages(case), *_case_numbers(case)):
        if passage.origin is not None and UNWRITTEN.search(passage.text):
            yield from hits(passage, _unwritten(passage.text))
        if _SIGNING.match(passage.path) or passage.section == "underskrift" or passage.origin in signed:
            continue
        yield from hits(passage, _left(passage.text))


def _unwritten(text: str) -> Iterator[PassageHit]:
    for match in UNWRITTEN.finditer(text):
        message = "texten är inte skriven: det som den började med, ”SKRIV HÄR:”, står kvar"
        yield PassageHit(match.start(), match.end(), message, "skriv avtalets ord i stället, i den här filen")


def _case_numbers(case: Case) -> Iterator[Passage]:
    for path, field, value in case.agreement.leaves:
        if isinstance(value, CaseNumber) and field.entry.printed:
            yield Passage(str(value), path)


def _signature_places(document: Document | None) -> set[Origin]:
    origins: set[Origin] = set()
    for block in blocks_of(document) if document is not None else ():
        if isinstance(block, SignatureBlock) and block.origin.line:
            origins |= {
                block.origin,
                *(paragraph.origin for paragraph in block.intro if isinstance(paragraph, Paragraph)),
            }
    return origins


@cached_by_text
def _left(text: str) -> Sequence[PassageHit]:
    return tuple(_placeholders(text))


def _placeholders(text: str) -> Iterator[PassageHit]:
    plain = _ADDRESS.sub(lambda match: "\u00b7" * len(match[0]), text)
    end = 0
    spans = sorted(
        (match.start(), match.end())
        for form, doubt in _FORMS
        for match in form.finditer(plain)
        if not doubt(plain, match)
    )
    hint = "fyll i det som saknas, eller ta bort platshållaren"
    for start, stop in spans:
        # ”[belopp XX kr]” is one placeholder.
        if start >= end:
            end = stop
            word = text[start:stop]
            message = "platshållaren ”{word}” är kvar".format(word=word if len(word) <= 60 else word[:59] + "…")
            yield PassageHit(start, stop, message, hint)
