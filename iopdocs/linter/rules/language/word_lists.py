"""J301 and L501 – words of the layers' word lists in the texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from iopdocs.findings import Level
from iopdocs.library.word_lists import Word, fold
from iopdocs.linter.passages import Passage
from iopdocs.linter.prose.word_matches import Lookup, Occurrence, lookup_of, occurrences
from iopdocs.linter.rule import Case, Hit, rule

MOST = 50
"""The maximum number of words reported in one text; the last finding only says that there are more."""

_NUMBER = re.compile(r"\[\d+\]")

NAMES = (
    "parter.namn", "parter.enheter", "parter.adress", "parter.ort", "parter.kontakt.namn", "parter.kontakt.e_post",
    "parter.kontakt.telefon", "parter.avtalsansvarig.namn", "parter.avtalsansvarig.e_post",
    "parter.avtalsansvarig.telefon", "parter.beslut", "parter.undertecknare.namn",
    "organisation.grupper.ledamöter.namn", "bakgrund.relaterade_avtal.titel", "bakgrund.politiska_uppdrag.organ",
    "bakgrund.politiska_uppdrag.referens", "utgångspunkter.lagar", "bilagor.fil",
)  # fmt: skip
"""Fields with names, addresses and titles, which are not a choice of words."""

ABOUT_OTHERS = (
    "utgångspunkter.beslut", "utgångspunkter.definitioner", "ekonomi.utfallskontrakt", "mål.målgrupp.omfattas_inte",
    "insatser.avgränsningar", "insatsram.avgränsningar",
)  # fmt: skip
"""Fields where words of purchase are justified: titles, definitions, what is not included, outcome contracts."""


@rule(
    "J301",
    "ord-om-köp",
    Level.WARNING,
    reads=("parter.kallas", "bakgrund.behov", "insatser.beskrivning", "organisation.ansvar.roll", "bilagor.text"),
)
def words_of_purchase(case: Case) -> Iterable[Hit]:
    """Ett ord som hör till köp av tjänster.

    Vad: En text som skrivs ut, i data eller i ett lager, har ett ord från ordlistan upphandlingsord, som helt ord och
        i någon av sina former. Regeln är tyst när satsen nekar ordet, i lagars namn, citat, definitioner, namn på
        parter och personer, det som inte omfattas, utfallskontrakt och listans fraser under tyst_vid.
    Varför: Parterna i ett partnerskap beställer och utför inget åt varandra. Orden kan få avtalet att se ut som ett
        köp och visar ibland att det är ett.
    Dåligt exempel:
        insatser: [{namn: Fyren, beskrivning: Föreningen är utförare av insatsen.}]
    Bra exempel:
        insatser: [{namn: Fyren, beskrivning: Föreningen är inte utförare utan driver sin egen del.}]
    Källa: famna, Förtydliga roller, ansvarsområden och resurser för alla parter; famna, Lagen om offentlig upphandling (LOU); vgr, Upphandlingsvägen.
    """

    def message(text: str, word: Word) -> str:
        return f"”{text}” hör till ett köp och inte till ett partnerskap"

    yield from _words_hits(case, "upphandlingsord", (*NAMES, *ABOUT_OTHERS), message, unless_denied=True)


@rule("L501", "svårt-ord", Level.ADVICE, reads=("bakgrund.behov", "insatser.beskrivning", "bilagor.text"))
def hard_words(case: Case) -> Iterable[Hit]:
    """Ett ålderdomligt eller byråkratiskt ord.

    Vad: En text som skrivs ut, i data eller i ett lager, har ett ord från ordlistan klarsprak, som helt ord och i
        någon av sina former. Regeln är tyst i sammansättningar, lagars namn, citat, namn och listans fraser under
        tyst_vid.
    Varför: Språket i offentlig verksamhet ska vara vårdat, enkelt och begripligt, och ett enklare ord säger samma sak.
    Dåligt exempel:
        insatser: [{namn: Fyren, beskrivning: Kommunen skall tillse att erforderlig personal finns.}]
    Bra exempel:
        insatser: [{namn: Fyren, beskrivning: Kommunen ska se till att det finns den personal som behövs.}]
    Källa: språklagen (2009:600) 11 §; Statsrådsberedningen, Svarta listan (PM 2011:1).
    """

    def message(text: str, word: Word) -> str:
        return f"”{text}” är ett ålderdomligt eller byråkratiskt ord"

    yield from _words_hits(case, "klarsprak", NAMES, message)


def _words_hits(
    case: Case, name: str, silent: tuple[str, ...], message: Callable[[str, Word], str], *, unless_denied: bool = False
) -> Iterator[Hit]:
    lookup = lookup_of(case.library.wordlist(name), names_in(case))
    for passage in case.data_texts:
        if not is_at_or_below(passage.path, silent) and not _own_name(case, passage.path):
            yield from _in_passage(passage, lookup, message, unless_denied)
    seen: set[tuple[str, int, str]] = set()
    for passage in case.layer_words:
        # A text that a list prints for each party is read once.
        key = (passage.origin.file, passage.origin.line, passage.text) if passage.origin else ("", 0, passage.text)
        if key not in seen:
            seen.add(key)
            yield from _in_passage(passage, lookup, message, unless_denied)


def _in_passage(
    passage: Passage, lookup: Lookup, message: Callable[[str, Word], str], unless_denied: bool
) -> Iterator[Hit]:
    for number, occurrence in enumerate(occurrences(passage.text, lookup, unless_denied=unless_denied), 1):
        if number > MOST:
            message_of_more = "texten har fler sådana ord"
            hint = "rätta de första så visas resten"
            yield Hit(passage.path, message_of_more, hint, word="…", origin=passage.origin)
            return
        text = passage.text[occurrence.start : occurrence.end]
        # A text of a layer is printed without its data, so a position in it is not a position in a file.
        span = None if passage.origin else (occurrence.start, occurrence.end)
        shown = " ".join(text.split())
        yield Hit(
            passage.path, message(shown, occurrence.word), _hint(occurrence), span=span, word=shown, quote=occurrence.quote,
            origin=passage.origin,
        )  # fmt: skip


def _hint(occurrence: Occurrence) -> str:
    words = occurrence.word.instead
    joined = ", ".join(words[:-1]) + (" eller " if len(words) > 1 else "") + (words[-1] if words else "")
    parts = [f"skriv hellre: {joined}" if words else "", occurrence.word.help or ""]
    return ". ".join(part.rstrip(".") for part in parts if part)


def is_at_or_below(path: str, places: tuple[str, ...]) -> bool:
    """Return whether *path* is one of *places* (paths without numbers) or below one, also in an appendix."""
    return _is_at_or_below(_NUMBER.sub("", path), places)


@lru_cache(maxsize=2048)
def _is_at_or_below(plain: str, places: tuple[str, ...]) -> bool:
    plain = plain.removeprefix("bilagor.") if plain.startswith(("bilagor.insatser", "bilagor.ekonomi")) else plain
    return any(plain == place or plain.startswith(f"{place}.") for place in places)


def _own_name(case: Case, path: str) -> bool:
    """Return whether *path* is a short name that is part of the full name: ”Utförarna” of Utförarna ekonomisk förening."""
    if _NUMBER.sub("", path) != "parter.kallas":
        return False
    return any(path == f"parter[{number}].kallas" for number, _name in _short_names(case))


def _short_names(case: Case) -> Iterator[tuple[int, str]]:
    for number, party in enumerate(case.agreement.parties, 1):
        if party.short_name and party.name and f" {fold(party.short_name)} " in f" {fold(party.name)} ":
            yield number, party.short_name


def names_in(case: Case) -> set[str]:
    """Return the names of parties, units, persons, decision-making bodies and related agreements."""
    names = {
        value
        for path, field, value in case.agreement.leaves
        if field.type is str
        and _NUMBER.sub("", path).endswith((".namn", ".enheter", ".organ", "relaterade_avtal.titel"))
        and is_at_or_below(path, NAMES)
    }
    return {name for name in names | {short for _number, short in _short_names(case)} if len(name) <= 200}
