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
from iopdocs.values.period import AgeSpan

_GAP = r"[ \u00a0\n]"
_DASH = rf"(?:{_GAP}?[–—-]{_GAP}?|{_GAP}(?:till|och|t\.o\.m\.|till och med){_GAP})"
_WHO = r"(?:barn|unga|ungdomar|personer|flickor|pojkar|kvinnor|män|elever|deltagare|vuxna|äldre|alla|invånare|den|dem|de|är|vara)"
_AGE = re.compile(
    rf"(?<![\w.,])(?:(?P<low>[0-9]{{1,3}}){_DASH}(?P<high>[0-9]{{1,3}})(?:{_GAP}år(?!\w)|-åring\w{{0,4}})"
    rf"|(?P<from>[0-9]{{1,3}}){_GAP}år{_GAP}(?:och|eller){_GAP}(?:äldre|uppåt)"
    rf"|{_WHO}{_GAP}(?:som{_GAP}är{_GAP})?under{_GAP}(?P<under>[0-9]{{1,3}}){_GAP}år(?!\w)"
    rf"|{_WHO}{_GAP}(?:som{_GAP}är{_GAP})?över{_GAP}(?P<over>[0-9]{{1,3}}){_GAP}år(?!\w))",
    re.IGNORECASE,
)
_FOR_HOW_LONG = re.compile(
    r"\b(?:i|under|efter|inom|sedan|senaste|på|minst|cirka|ca|varje|kommande)[ \u00a0\n]$", re.IGNORECASE
)


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
    ages = group.ages
    matches = []
    for match in _AGE.finditer(group.description):
        before = group.description[max(0, match.start() - 12) : match.start()]
        if not (match["low"] and _FOR_HOW_LONG.search(before)):
            matches.append((match, _fits(match, ages)))
    lows = [int(match["low"]) for match, _fit in matches if match["low"]]
    highs = [int(match["high"]) for match, _fit in matches if match["low"]]
    together = bool(lows) and (min(lows), max(highs)) == (ages.youngest, ages.oldest)
    if matches and not together and not any(fit for _match, fit in matches):
        match = matches[0][0]
        shown = " ".join(match[0].split())
        message = f"beskrivningen säger ”{shown}”, men åldern är angiven som {ages}"
        passage_hit = PassageHit(match.start(), match.end(), message, "skriv samma ålder på båda ställena")
        yield from hits(Passage(group.description, "mål.målgrupp.beskrivning"), [passage_hit])


def _fits(match: re.Match[str], ages: AgeSpan) -> bool:
    if match["low"]:
        return (int(match["low"]), int(match["high"])) == (ages.youngest, ages.oldest)
    if match["from"]:
        return int(match["from"]) == ages.youngest and ages.oldest is None
    if match["under"]:
        return ages.oldest is not None and ages.oldest < int(match["under"])
    return ages.youngest >= int(match["over"])


_UNIT = r"(?P<unit>månad|kvartal|vecka|år)(?:en|er|erna|orna|et|n)?"
_SPAN = re.compile(
    rf"(?<!\w)(?:(?P<since>från(?:{_GAP}och{_GAP}med)?|fr\.o\.m\.){_GAP})?(?P<until>till{_GAP}och{_GAP}med{_GAP})?"
    rf"{_UNIT}{_GAP}(?P<first>[0-9]{{1,3}})(?![0-9.,:])"
    rf"(?:{_DASH}(?:{_UNIT.replace('?P<unit>', '?:')}{_GAP})?(?P<last>[0-9]{{1,3}})(?![0-9.,:])"
    rf"|(?P<on>{_GAP}och{_GAP}(?:framåt|därefter)|{_GAP}och{_GAP}framöver))?",
    re.IGNORECASE,
)
_FOREVER = 9999


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

    Vad: Två betalningar mellan samma parter anger i ord vilka månader (kvartal, veckor, år) de avser, de hör till samma
        följd, och månaderna överlappar eller hoppar över någon. Till samma följd hör betalningar med samma ändamål, och de
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
        matches = list(_SPAN.finditer(text or ""))
        # Two spans in one text may mean anything.
        if text is None or len(matches) != 1:
            continue
        match = matches[0]
        first = int(match["first"])
        last = int(match["last"]) if match["last"] else _FOREVER if match["since"] or match["on"] else first
        if match["until"]:
            first, last = 1, first
        rest = " ".join(re.findall(r"[^\W\d_]+", text[: match.start()] + " " + text[match.end() :])).casefold()
        return MonthSpan(f"{path}.{key}", text, match["unit"].casefold(), first, last, match.span(), rest)
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
