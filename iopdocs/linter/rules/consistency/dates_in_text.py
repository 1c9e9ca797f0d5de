"""Dates in running text: those that do not exist, and weekdays that belong to another date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iopdocs.findings import Level
from iopdocs.linter.prose.hits import PassageHit, all_passages, hits
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.values import dates, running_text


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
    for mention in dates.mentions(text):
        # Without a year, 29 February is a day of some year.
        if mention.is_certain and dates.as_date(mention.year or 2024, mention.month, mention.day) is None:
            # A full stop after ”31 jun.” may as well end the sentence.
            end = mention.end - text[: mention.end].endswith(".")
            message = f"”{' '.join(text[mention.start : end].split())}” finns inte i kalendern"
            yield PassageHit(mention.start, end, message, "kontrollera dag och månad")


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
    for mention in dates.mentions(text):
        day = mention.value
        if mention.weekday and day is not None and dates.WEEKDAYS[day.weekday()] != mention.weekday:
            right = dates.WEEKDAYS[day.weekday()]
            message = f"den {running_text.day(day)} är en {right}, inte en {mention.weekday}"
            yield PassageHit(mention.weekday_start, mention.end, message, "rätta veckodagen eller datumet")
