"""Numbers that stand both in words and in figures, one of them in brackets: ”femtio (60)”, ”60 (femtio)”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from iopdocs.values.numbers import LONGEST, number_of

_SPACE = r"[ \u00a0\n]"
_FIGURES = r"(?:[0-9]{1,3}(?:[ \u00a0.][0-9]{3})+|[0-9]{1,9})"
_UNIT = r"(?:kronor|kr|krona|tkr|mkr|procent|%|månader|månad|år|dagar|dag|dygn|veckor|vecka|timmar|timme|gånger|gång|stycken|st|personer|platser)"
_OPEN = re.compile(r"\((?=[0-9A-Za-zÅÄÖåäö])")
_IN_FIGURES = re.compile(rf"({_FIGURES})(?:{_SPACE}?({_UNIT})\.?)?\)", re.IGNORECASE)
_IN_WORDS = re.compile(rf"([^()0-9]{{2,{LONGEST}}}?)(?:{_SPACE}({_UNIT}))?\)", re.IGNORECASE)
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


@frozen
class DifferingPair:
    """Two numbers side by side, at *start* to *end* of a text, that are not the same."""

    start: int
    end: int
    in_words: int
    in_figures: int


def find_differing(text: str) -> Iterator[DifferingPair]:
    """Yield each number in the running text *text* that words and figures beside it give differently."""
    for bracket in _OPEN.finditer(text):
        place = bracket.start()
        pair = _words_first(text, place) if text[place + 1].isdigit() else _figures_first(text, place)
        if pair is not None:
            yield pair


def _words_first(text: str, place: int) -> DifferingPair | None:
    """Return a differing pair such as ”femtio (60)”."""
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
        return DifferingPair(left + words[first].start(), inside.end(), in_words, in_figures)
    return None


def _figures_first(text: str, place: int) -> DifferingPair | None:
    """Return a differing pair such as ”60 (femtio)”."""
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
    return DifferingPair(left + before.start(), inside.end(), in_words, _whole(before[1]))


def _listed(text: str, start: int, end: int, number: int) -> bool:
    """Return whether ”(2)” is an item of an enumeration in the running text, ”(1) …, (2) …”."""
    if number == 1:
        return "(2)" in text[end : end + _FAR]
    return f"({number - 1})" in text[max(0, start - _FAR) : start]


def _unit(word: str) -> str:
    return _SAME.get(word.casefold(), word.casefold())


def _whole(figures: str) -> int:
    return int(re.sub(r"\D", "", figures))
