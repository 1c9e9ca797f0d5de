"""Ages and months in words: ages of the target group compared with the data, and consecutive payments by month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from iopdocs.findings import Level
from iopdocs.linter.economies import economies
from iopdocs.linter.passages import Passage
from iopdocs.linter.prose.hits import PassageHit, hits
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.economy import Payment
from iopdocs.values.ages import AgeMention, AgeSpan
from iopdocs.values.ages import find as find_ages
from iopdocs.values.numbered_units import find as find_numbered


@rule("S211", "ålder-i-text", Level.ADVICE, reads=("mål.målgrupp.beskrivning", "mål.målgrupp.ålder"))
def ages_in_text(case: Case) -> Iterable[Hit]:
    """En ålder i beskrivningen av målgruppen som inte är den som anges i data.

    Vad: Beskrivningen nämner en ålder (”13–20 år”, ”barn under 18 år”, ”65 år och äldre”), ”ålder” anger en annan, och ingen av
        åldrarna i beskrivningen är den som anges.
    Varför: Båda skrivs ut i avtalet, och läsaren vet inte vem som omfattas.
    Dåligt exempel:
        mål: {målgrupp: {beskrivning: Unga i Norrby i åldern 13–18 år, ålder: 13–20 år}}
    Bra exempel:
        mål: {målgrupp: {beskrivning: Unga i Norrby i åldern 13–20 år, ålder: 13–20 år}}
    Källa: malmo, Målgruppen.
    """
    group = case.agreement.goals.target_group if case.agreement.goals else None
    if group is None or group.ages is None or not group.description:
        return
    mentions = list(find_ages(group.description))
    together = [mention for mention in mentions if mention.is_exact and mention.oldest is not None]
    if not mentions or any(mention.agrees_with(group.ages) for mention in mentions) or _covers(together, group.ages):
        return
    start, end = mentions[0].start, mentions[0].end
    shown = " ".join(group.description[start:end].split())
    message = f"beskrivningen säger ”{shown}”, men åldern är angiven som {group.ages}"
    passage_hit = PassageHit(start, end, message, "skriv samma ålder på båda ställena")
    yield from hits(Passage(group.description, "mål.målgrupp.beskrivning"), [passage_hit])


def _covers(spans: Sequence[AgeMention], ages: AgeSpan) -> bool:
    """Return whether *spans*, as ”6–12 år och 13–18 år”, begin and end where *ages* does."""
    highest = [mention.oldest for mention in spans if mention.oldest is not None]
    return bool(highest) and (min(mention.youngest for mention in spans), max(highest)) == (ages.youngest, ages.oldest)


@frozen
class MonthSpan:
    """The months (or other units) of a payment according to its text: *first* to *last*, and the rest of the text."""

    path: str
    text: str
    unit: str
    first: int
    last: int
    span: tuple[int, int]
    rest: str


@rule(
    "S212", "månader-som-inte-följs-åt", Level.WARNING,
    reads=("ekonomi.utbetalningar.ändamål", "ekonomi.utbetalningar.underlag", "ekonomi.utbetalningar.från"),
)  # fmt: skip
def months_in_text(case: Case) -> Iterable[Hit]:
    """Betalningar vars månader går in i varandra eller lämnar en lucka.

    Vad: Två betalningar mellan samma parter anger i ord vilka månader (kvartal, tertial, halvår, veckor, år) de avser,
        de hör till samma följd, och månaderna överlappar eller hoppar över någon. Till samma följd hör betalningar med samma ändamål, och de
        som börjar och slutar efter varandra.
    Varför: Någon månad betalas då två gånger eller inte alls.
    Dåligt exempel:
        ekonomi:
          utbetalningar:
            - {från: kommunen, till: föreningen, belopp: 60 000 kr, ändamål: drift månad 3–8}
            - {från: kommunen, till: föreningen, belopp: 40 000 kr, ändamål: drift från månad 4}
    Bra exempel:
        ekonomi:
          utbetalningar:
            - {från: kommunen, till: föreningen, belopp: 60 000 kr, ändamål: drift månad 3–8}
            - {från: kommunen, till: föreningen, belopp: 40 000 kr, ändamål: drift från månad 9}
    Källa: malmo, Ekonomi.
    """
    for path, economy in economies(case.agreement):
        groups: dict[tuple[str, str, str], list[MonthSpan]] = {}
        for number, payment in enumerate(economy.payments, 1):
            stretch = _stretch(payment, f"{path}.utbetalningar[{number}]")
            if stretch is not None:
                key = (_party(case, payment.payer), _party(case, payment.payee), stretch.unit)
                groups.setdefault(key, []).append(stretch)
        for stretches in groups.values():
            yield from _out_of_step(sorted(stretches, key=lambda stretch: (stretch.first, stretch.last)))


def _party(case: Case, reference: str | None) -> str:
    party = case.agreement.party(reference) if reference else None
    return (party.called if party is not None and party.called else reference or "").casefold()


def _stretch(payment: Payment, path: str) -> MonthSpan | None:
    for key, text in (("ändamål", payment.purpose), ("underlag", payment.basis)):
        spans = list(find_numbered(text or ""))
        # Two spans in one text may mean anything.
        if text is None or len(spans) != 1:
            continue
        span = spans[0]
        rest = " ".join(re.findall(r"[^\W\d_]+", text[: span.start] + " " + text[span.end :])).casefold()
        place = (span.start, span.end)
        return MonthSpan(f"{path}.{key}", text, span.unit, span.first, span.last, place, rest)
    return None


def _out_of_step(stretches: Sequence[MonthSpan]) -> Iterator[Hit]:
    pairs = list(pairwise(stretches))
    stairs = all(a.first < b.first and a.last < b.last for a, b in pairs)
    chained = any(b.first == a.last + 1 for a, b in pairs)
    for a, b in pairs:
        same = a.rest == b.rest
        if b.first <= a.last and (same or stairs):
            message = f"{b.unit} {b.first} ingår redan i ”{_words(a)}”"
            hint = "låt den ena betalningen börja där den andra slutar"
        elif b.first > a.last + 1 and (same or chained):
            gap = f"{a.last + 1}" if b.first == a.last + 2 else f"{a.last + 1}\u2013{b.first - 1}"
            message = f"ingen betalning avser {b.unit} {gap}"
            hint = "låt betalningarna följa på varandra, eller skriv varför något hoppas över"
        else:
            continue
        yield from hits(Passage(b.text, b.path), [PassageHit(*b.span, message, hint)])


def _words(stretch: MonthSpan) -> str:
    return " ".join(stretch.text[stretch.span[0] : stretch.span[1]].split())
