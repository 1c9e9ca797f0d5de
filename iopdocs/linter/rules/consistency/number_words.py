"""Number words compared with the figures beside them in brackets: ”femtio (60)”, ”60 (femtio)”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iopdocs.findings import Level
from iopdocs.linter.prose.hits import PassageHit, all_passages, hits
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.values.formats import whole

_UNITS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
}  # fmt: skip
_TEENS = {
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17,
    "arton": 18, "aderton": 18, "nitton": 19,
}  # fmt: skip
_TENS = {
    "tjugo": 20, "tjugu": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80,
    "nittio": 90,
}  # fmt: skip
_BELOW_HUNDRED = {
    **_UNITS,
    **_TEENS,
    **_TENS,
    **{f"{ten}{gap}{unit}": _TENS[ten] + _UNITS[unit] for ten in _TENS for unit in _UNITS for gap in ("", " ")},
}
_MILLION = re.compile(r"\s?miljon(?:er)?(?:\s|$)")
_LONGEST = 120


def number_of(words: str) -> int | None:
    """Return the whole number that Swedish *words* express (``etthundratjugo``, ``två miljoner``), else ``None``.

    Compounds may be split or hyphenated where people do so: before and after hundra and tusen, and after the tens.
    Ordinals and decimals are not whole numbers.
    """
    text = " ".join(words.replace("-", " ").split()).casefold()
    if len(text) > _LONGEST:
        return None
    if text == "noll":
        return 0
    million = _MILLION.search(text)
    if million is None:
        return _below_million(text)
    many, rest = _below_thousand(text[: million.start()]), text[million.end() :]
    few = _below_million(rest) if rest else 0
    return None if many is None or few is None else many * 1_000_000 + few


def _below_million(text: str) -> int | None:
    before, tusen, after = text.partition("tusen")
    if not tusen:
        return _below_thousand(text)
    # ”ettusen” is written with two t where ett and tusen meet.
    before = "ett" if before in ("", "et") else before.strip()
    many = _below_thousand(before)
    few = _below_thousand(after.strip().removeprefix("och ")) if after.strip() else 0
    return None if many is None or few is None else many * 1000 + few


def _below_thousand(text: str) -> int | None:
    before, hundra, after = text.partition("hundra")
    if not hundra:
        return _BELOW_HUNDRED.get(text)
    many = _BELOW_HUNDRED.get(before.strip() or "ett")
    few = _BELOW_HUNDRED.get(after.strip().removeprefix("och ")) if after.strip() else 0
    # Tolvhundra exists, tjugohundra does not; a twenty before a hundred is two adjacent numbers.
    return None if many is None or few is None or many > 19 or many == 10 else many * 100 + few


_SPACE = r"[ \u00a0\n]"
_FIGURES = r"(?:[0-9]{1,3}(?:[ \u00a0.][0-9]{3})+|[0-9]{1,9})"
_UNIT = r"(?:kronor|kr|krona|tkr|mkr|procent|%|månader|månad|år|dagar|dag|dygn|veckor|vecka|timmar|timme|gånger|gång|stycken|st|personer|platser)"
_OPEN = re.compile(r"\((?=[0-9A-Za-zÅÄÖåäö])")
_IN_FIGURES = re.compile(rf"({_FIGURES})(?:{_SPACE}?({_UNIT})\.?)?\)", re.IGNORECASE)
_IN_WORDS = re.compile(rf"([^()0-9]{{2,{_LONGEST}}}?)(?:{_SPACE}({_UNIT}))?\)", re.IGNORECASE)
_FIGURES_BEFORE = re.compile(rf"(?<![\w.,:/\u2013\u2014-])({_FIGURES})(?:{_SPACE}?({_UNIT}))?{_SPACE}?$", re.IGNORECASE)
_UNIT_BEFORE = re.compile(rf"{_SPACE}({_UNIT})$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[^\s]")
_SAME = {"kr": "kronor", "krona": "kronor", "%": "procent", "månad": "månader", "dag": "dagar", "vecka": "veckor",
         "timme": "timmar", "gång": "gånger", "st": "stycken"}  # fmt: skip
_MONEY = ("kronor", "tkr", "mkr")
# After such a word the number is a name, and the brackets explain it: ”år ett (2027)”.
_NAMED = (
    "år steg fas etapp del kapitel kap artikel bilaga grupp nivå termin kvartal vecka dag månad nummer nr punkt avsnitt "
    "alternativ mål delmål insats tabell figur modul pass träff block rum sal hus linje årskurs klass"
)
_LABELS = frozenset(_NAMED.split())
_FAR = 300
_BEFORE = 160


@rule("S201", "räkneord-mot-siffror", Level.ERROR)
def words_against_figures(case: Case) -> Iterable[Hit]:
    """Ett räkneord som säger ett annat tal än siffrorna bredvid.

    Vad: Ett tal står både i ord och i siffror, det ena inom parentes direkt efter det andra, och de är olika. Tal i
        ord läses upp till en miljard; ordningstal och bråk läses inte.
    Varför: Då går det inte att veta vilket av talen som gäller.
    Dåligt exempel:
        hävning: {återbetalning: Medlen betalas tillbaka inom sex (8) månader.}
    Bra exempel:
        hävning: {återbetalning: Medlen betalas tillbaka inom sex (6) månader.}
    Källa: malmo, Mall för IOP.
    """
    for passage in all_passages(case):
        yield from hits(passage, _differing(passage.text))


def _differing(text: str) -> Iterator[PassageHit]:
    for bracket in _OPEN.finditer(text):
        place = bracket.start()
        difference = _words_first(text, place) if text[place + 1].isdigit() else _figures_first(text, place)
        if difference is not None:
            start, end, in_words, in_figures = difference
            shown = " ".join(text[start:end].split())
            message = f"”{shown}” – orden säger {_grouped(in_words)}, siffrorna {_grouped(in_figures)}"
            yield PassageHit(start, end, message, "skriv samma tal i ord och i siffror, eller bara det ena")


def _words_first(text: str, place: int) -> tuple[int, int, int, int] | None:
    """Return (start, end, number in words, number in figures) of a differing pair such as ”femtio (60)”."""
    inside = _IN_FIGURES.match(text, place + 1)
    if inside is None or (inside[1][0] == "0" and len(inside[1]) > 1):
        return None
    left = max(0, place - _BEFORE)
    before = text[left:place].rstrip(" \u00a0\n")
    if unit := _UNIT_BEFORE.search(before):
        if not inside[2] or _unit(inside[2]) != _unit(unit[1]):
            return None
        before = before[: unit.start()]
    elif inside[2] and _unit(inside[2]) not in _MONEY:
        # ”två av tre (67 procent)”, ”de är fyra (8 timmar)”: the brackets contain another quantity.
        return None
    words = list(_WORD.finditer(before))
    if left and words and not words[0].start():
        del words[0]
    in_figures = _whole(inside[1])
    for first in range(max(0, len(words) - 8), len(words)):
        in_words = number_of(before[words[first].start() :])
        if in_words is None:
            continue
        previous = words[first - 1][0].casefold() if first else ""
        if (
            in_words == in_figures
            or previous in _LABELS
            or previous in tuple("–—-/.")
            or _listed(text, place, inside.end(), in_figures)
        ):
            return None
        # ”den första (2027)” and ”en (2027)” give a year, not the number again.
        if 1900 <= in_figures <= 2200 and in_words < 100 and len(inside[1]) == 4:
            return None
        return left + words[first].start(), inside.end(), in_words, in_figures
    return None


def _figures_first(text: str, place: int) -> tuple[int, int, int, int] | None:
    """Return (start, end, number in words, number in figures) of a differing pair such as ”60 (femtio)”."""
    inside = _IN_WORDS.match(text, place + 1)
    in_words = number_of(inside[1]) if inside else None
    if inside is None or in_words is None:
        return None
    left = max(0, place - 60)
    before = _FIGURES_BEFORE.search(text[left:place])
    if before is None or (before[2] and inside[2] and _unit(before[2]) != _unit(inside[2])):
        return None
    words = _WORD.findall(text[left : left + before.start()])
    if _whole(before[1]) == in_words or (words and words[-1].casefold() in (*_LABELS, "§")):
        return None
    return left + before.start(), inside.end(), in_words, _whole(before[1])


def _listed(text: str, start: int, end: int, number: int) -> bool:
    """Return whether ”(2)” is an item of an enumeration in the running text, ”(1) …, (2) …”."""
    if number == 1:
        return "(2)" in text[end : end + _FAR]
    return f"({number - 1})" in text[max(0, start - _FAR) : start]


def _unit(word: str) -> str:
    return _SAME.get(word.casefold(), word.casefold())


def _whole(figures: str) -> int:
    return int(re.sub(r"\D", "", figures))


def _grouped(number: int) -> str:
    return whole(number).replace("\u00a0", " ")
