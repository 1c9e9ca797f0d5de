"""Dates in running text: those that do not exist, and weekdays that belong to another date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date

from iopdocs.findings import Level
from iopdocs.linter.prose.hits import PassageHit, all_passages, hits
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.values import running_text
from iopdocs.values.period import MONTHS

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_SHORT = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_GAP = r"[ \u00a0\n]"
_MONTH = rf"({'|'.join(MONTHS)}|sept|{'|'.join(_SHORT)})(?![\w-])\.?"
_DAY = rf"([0-9]{{1,2}})(?::?e)?\.?{_GAP}{_MONTH}(?:{_GAP}((?:19|20|21)[0-9]{{2}})(?![0-9]))?"
_ISO_DATE = r"((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})(?![\w-])"
_LONG = re.compile(rf"(?<![\w.,:/])({_GAP}?den{_GAP})?{_DAY}", re.IGNORECASE)
_ISO = re.compile(rf"(?<![\w./-]){_ISO_DATE}")
_WEEKDAY = re.compile(
    rf"(?<![\w–-])({'|'.join(_WEEKDAYS)})(?:en)?{_GAP}(?:den{_GAP})?(?:{_DAY}|{_ISO_DATE})", re.IGNORECASE
)


@rule("S209", "omöjligt-datum", Level.ERROR)
def impossible_date(case: Case) -> Iterable[Hit]:
    """Ett datum som inte finns i kalendern.

    Vad: En text har ett datum, skrivet som ”31 februari 2027” eller ”2027-02-30”, vars dag eller månad inte finns.
    Varför: Då går det inte att veta vilken dag som gäller.
    Dåligt exempel:
        bakgrund: {befintlig_samverkan: Den nuvarande överenskommelsen löper ut den 31 juni 2027.}
    Bra exempel:
        bakgrund: {befintlig_samverkan: Den nuvarande överenskommelsen löper ut den 30 juni 2027.}
    Källa: malmo, Mall för IOP.
    """
    for passage in all_passages(case):
        yield from hits(passage, _impossible(passage.text))


def _impossible(text: str) -> Iterator[PassageHit]:
    hint = "kontrollera dag och månad"
    for match in _LONG.finditer(text):
        day, month, year = int(match[2]), _month(match[3]), int(match[4]) if match[4] else None
        # ”de 45 mars 2026” is a misspelt date; ”45 maj” may count something.
        certain = year is not None or (match[3].casefold() in MONTHS and (match[1] is not None or 29 <= day <= 31))
        if certain and not 1 <= day <= calendar.monthrange(year or 2024, month)[1]:
            # The pattern includes the full stop of ”31 jun.”, which may as well end the sentence.
            start, end = match.start(2), match.end() - match[0].endswith(".")
            yield PassageHit(start, end, _impossible_words(text[start:end]), hint)
    for match in _ISO.finditer(text):
        if _date(int(match[1]), int(match[2]), int(match[3])) is None:
            yield PassageHit(match.start(), match.end(), _impossible_words(match[0]), hint)


def _impossible_words(written: str) -> str:
    return "”{date}” finns inte i kalendern".format(date=" ".join(written.split()))


@rule("S210", "fel-veckodag", Level.WARNING)
def wrong_weekday(case: Case) -> Iterable[Hit]:
    """En veckodag som inte stämmer med datumet.

    Vad: En text har en veckodag och ett fullständigt datum, och datumet infaller på en annan veckodag.
    Varför: Antingen är dagen fel eller datumet, och läsaren vet inte vilket.
    Dåligt exempel:
        överenskommelse: {hur: Parterna enades måndagen den 4 maj 2027.}
    Bra exempel:
        överenskommelse: {hur: Parterna enades tisdagen den 4 maj 2027.}
    Källa: malmo, Mall för IOP.
    """
    for passage in all_passages(case):
        yield from hits(passage, _weekdays(passage.text))


def _weekdays(text: str) -> Iterator[PassageHit]:
    for match in _WEEKDAY.finditer(text):
        if match[5]:
            day = _date(int(match[5]), int(match[6]), int(match[7]))
        else:
            day = _date(int(match[4]), _month(match[3]), int(match[2])) if match[4] else None
        if day is not None and _WEEKDAYS[day.weekday()] != match[1].casefold():
            right = _WEEKDAYS[day.weekday()]
            message = f"den {running_text.day(day)} är en {right}, inte en {match[1].casefold()}"
            yield PassageHit(match.start(), match.end(), message, "rätta veckodagen eller datumet")


def _month(word: str) -> int:
    return next(n for n, short in enumerate(_SHORT, 1) if word.casefold().startswith(short))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
