"""Words whose meaning is the opposite of another's: a suggestion must never turn round what is written."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

NEGATIONS = frozenset(
    {"ej", "inte", "icke", "utan", "ingen", "inget", "inga", "aldrig", "nej", "varken", "exkl", "exklusive", "non"}
)
# In each group a word of one set excludes the words of the others.
_GROUPS = (
    ("nedåt ned ner nere neråt lägre lägsta", "uppåt upp uppe högre högsta"),
    ("före innan förhand förskott förskottsvis", "efter efteråt efterhand efterskott efterskottsvis"),
    ("max maximalt högst högsta", "min minst minimum minimalt lägst lägsta"),
    ("inkl inklusive med", "exkl exklusive utan"),
    ("över ovan ovanför överskott", "under nedan nedanför underskott"),
    ("första start startar inledande början", "sista slut slutar avslutande"),
    ("öka ökar ökas ökning", "minska minskar minskas minskning"),
    ("får kan tillåtet tillåten", "förbjudet förbjuden otillåtet otillåten"),
    ("betalar betalare avsändare från", "mottagare till"),
    ("gemensamt gemensam gemensamma delat delad", "eget egen egna enskilt enskild var varje"),
    ("offentligt offentlig offentliga", "privat privata enskilt"),
    ("tiotal tiotals tio", "hundratal hundratals hundra", "tusental tusentals tusen", "krona", "öre ören", "miljon miljontal"),
    (
        "dag dagar daglig dygn", "vecka veckor veckovis", "månad månader månadsvis", "kvartal kvartalsvis", "tertial tertialvis",
        "termin terminer", "halvår halvårsvis", "år årsvis årligen",
    ),
    ("barn unga ungdomar", "vuxna", "äldre pensionärer seniorer", "alla samtliga"),
    ("vinstutdelande vinstutdelning utdelning", "ideell ideellt idéburen idéburet"),
)  # fmt: skip
OPPOSITES = tuple(tuple(frozenset(words.split()) for words in group) for group in _GROUPS)
# Such a word changes the number or the order of what follows, and no value of a list has it.
_COUNTS = re.compile(
    r"(?<!\w)(?:(?:varannan|vartannat|var(?:t)?\s(?:tredje|fjärde|femte|sjätte)|två|tre|fyra|fem|sex|flera)(?!\w)"
    r"|[0-9]+(?=\s(?:gång|år|mån|kvart|veck|dag|halv|tert)))"
)
_PREFIXES = ("o", "icke", "ej", "miss", "mot", "non")
_ALIKE, _LONGEST = 0.8, 300


def turns_round(written: str, suggested: str) -> bool:
    """Return whether *suggested* says the opposite of *written*, or may do so.

    It does when only one of them is negated, when one begins with ``o-`` where the other does not, and when they have
    different words of the same kind: up and down, before and after, with and without, hundreds and thousands.
    """
    raw = _words(written), _words(suggested)
    first, second = map(_corrected, raw)
    if bool(first & NEGATIONS) != bool(second & NEGATIONS):
        return True
    if _count(written) != _count(suggested):
        return True
    for group in OPPOSITES:
        one = [bool(first & words) for words in group]
        other = [bool(second & words) for words in group]
        if any(one) and any(other) and one != other:
            return True
    return _is_prefixed(*raw) or _is_prefixed(*reversed(raw))


def _count(text: str) -> list[str]:
    return _COUNTS.findall(" ".join(unicodedata.normalize("NFC", text).split()).casefold())


_KNOWN = frozenset(word for group in OPPOSITES for words in group for word in words) | NEGATIONS
_LONG = sorted(word for word in _KNOWN if len(word) > 3)


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    """Return the words of *text* in lower case."""
    return frozenset(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text[:_LONGEST]).casefold()))


@lru_cache(maxsize=2048)
def _corrected(words: frozenset[str]) -> frozenset[str]:
    """Return *words*, and for one that is misspelt the word of ours that it is nearest to."""
    near = (get_close_matches(word, _LONG, n=1, cutoff=_ALIKE) for word in words - _KNOWN if len(word) > 3)
    return words.union(*near)


def _is_prefixed(first: frozenset[str], second: frozenset[str]) -> bool:
    """Return whether a word of *first* is a word of *second* with a prefix that denies it: ``obegränsad``."""
    for word in first - second:
        for prefix in _PREFIXES:
            rest = word.removeprefix(prefix)
            if rest == word or len(rest) < 2:
                continue
            if rest in second:
                return True
            for other in second - first:
                alike = len(rest) > 3 and not other.startswith(prefix)
                if alike and SequenceMatcher(None, rest, other).ratio() >= _ALIKE:
                    return True
    return False
