"""Negation of a word in its Swedish clause: ”Kommunen är inte beställare”."""

from __future__ import annotations

from collections.abc import Sequence

from iopdocs.linter.prose.words import Token

FURTHEST = 40
"""The maximum distance in words to a negation: enough for a clause, and a limit on texts without full stops."""

_NEGATORS = {
    "inte", "ej", "icke", "aldrig", "ingen", "inget", "inga", "ingendera", "ingetdera", "ingenting", "ingalunda",
    "varken",
}  # fmt: skip
# ”Inte bara leverantör” affirms the word.
_ONLY = {"bara", "endast", "enbart", "minst", "blott"}
_CONTRASTS = (
    ("vare", "sig"), ("i", "stället", "för"), ("istället", "för"), ("till", "skillnad", "från"),
    ("i", "motsats", "till"), ("skiljer", "sig", "från"), ("skilt", "från"), ("fri", "från"), ("fritt", "från"),
    ("fria", "från"), ("framför",),
)  # fmt: skip
_OTHER = {"annat", "annan", "andra", "snarare", "hellre"}
_LAST_OF_CONTRAST = {phrase[-1] for phrase in _CONTRASTS}
# ”Utan dröjsmål” negates a delay, not what follows it.
_WITHOUT = {"dröjsmål", "vidare", "kostnad", "undantag", "uppehåll", "avbrott", "ersättning", "avgift"}

_VERBS = {
    "är", "var", "blir", "blev", "ska", "skall", "har", "hade", "får", "fick", "kan", "måste", "bör", "vill", "gör",
    "ger", "betalar", "ansvarar", "svarar", "lämnar", "driver", "utför", "anlitar", "begär", "bestämmer", "beslutar",
}  # fmt: skip
_LINKS = {
    "och", "men", "så", "för", "eftersom", "medan", "som", "där", "när", "då", "vilket", "vilken", "vilka", "därför",
    "dock", "det", "de", "vi", "parterna", "kommunen", "regionen", "föreningen", "organisationen", "stiftelsen",
}  # fmt: skip
_BREAKS = {"men", "eftersom", "medan", "fastän", "ty", "förrän", "innan", ";", "–", "—", "-", "("}

# ”Om målet inte nås utgår vite”: the condition is negated, not its result.
_CONDITIONS = {"om", "ifall", "när", "då", "såvida"}
_RESULTS = _VERBS | {
    "utgår", "utges", "utdöms", "tas", "dras", "debiteras", "medges", "görs", "sker", "införs", "begärs", "lämnas",
    "gäller", "äger", "tillämpas", "döms", "krävs", "betalas", "skrivs", "anlitas",
}  # fmt: skip

# A verb that declines something negates only its object: ”avstår från vite” and ”avstår från anbud och viten”, not
# ”avstår från insatsen och betalar vite”.
_DECLINES = {
    ("avstår", "från"), ("avstå", "från"), ("avstod", "från"), ("avstått", "från"), ("nej", "till"),
} | {
    (verb, words)
    for verb in ("undviker", "undvika", "undvek", "undvikit")
    for words in ("ord", "orden", "ordet", "begrepp", "begreppen", "begreppet", "roller", "rollerna", "rollen")
}  # fmt: skip
# ”Kommunen kan avstå från vite” and ”för att avstå från vite” imply that vite exists.
_POSSIBLE = {"kan", "kunna", "kunde", "får", "få", "för"}

_COPULAS = {"är", "var", "vara", "varit", "bli", "blir", "blev", "blivit", "som", "till", "varken", "sig"}
_ROLES = {"roll", "roller", "rollen", "rollerna", "ställning", "perspektiv", "position"}
_AGENT = ("are", "ör", "örer")
_ROLE_IS_THERE = {"finns", "fanns", "förekommer", "ingår", "används", "tillämpas"}
_ROLE_LACKS = {"saknas", "saknades"}
_AFTER_ALL = {"", "i", "inom", "mellan", "här", "alls", "längre", "heller", ",", "och", ";"}
_EXISTS = {"är", "passar", "blir", "finns", "fanns", "förekommer", "behövs", "krävs", "används", "tillämpas"}
_JOINED = {"och", "eller"}
_DECLINED_TOO = {"att", "ta", "ut", "kräva", "begära", "använda", "införa", "all", "alla", "krav", "på", "såväl"}
_SOME = _JOINED | {
    "något", "några", "någon", "en", "ett", "som", "ordet", "orden", "begreppet", "begreppen", "rollen", "rollerna",
}  # fmt: skip


def negated(tokens: Sequence[Token], at: int, first: int, last: int, *, definite: bool = False) -> bool:
    """Return whether the word *at* is negated in its clause, in a sentence of the tokens *first* to *last* (exclusive).

    A negation before a word negates its kind: ”inte en leverantör”. A word in the *definite* form means somebody who
    exists (”får inte överlåtas utan beställarens samtycke”), and is negated only as a predicate.
    """
    if _role_is_lacking(tokens, at, first, last):
        return True
    if (not definite or _is_predicate(tokens, at)) and _declined(tokens, at, first, last):
        return True
    place = at - 1
    lowest = max(first, at - FURTHEST)
    conditional = _starts_with_condition(tokens, first, last)
    while place >= lowest:
        word = tokens[place].word
        if word == ")":
            place = _opening(tokens, place, lowest) - 1
            continue
        if word == "utan":
            affirmed = _denied_before(tokens, place, lowest) or _harmless(tokens, place)
            return not affirmed and (not definite or _is_predicate(tokens, at))
        if word in _NEGATORS and tokens[place + 1].word not in _ONLY:
            return not definite or _is_predicate(tokens, at)
        if _ends_contrast(tokens, place, first):
            return True
        if _breaks(tokens, place, last) or (
            conditional and word in _RESULTS and place > first and tokens[place - 1].word not in _NEGATORS
        ):
            break
        place -= 1
    return not definite and _denied_after(tokens, at, first, last)


def _starts_with_condition(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Return whether a sentence starts with a condition: ”Om …”, ”Uppnås inte målet …”, ”Fullgör parten inte …”."""
    word = tokens[first].word
    if word in _CONDITIONS:
        return True
    opening = [token.word for token in tokens[first + 1 : min(first + 3, last)]]
    verb_first = word in _VERBS or word == "skulle" or word.endswith(("r", "s"))
    return verb_first and bool(opening) and opening[0] not in _VERBS and bool(_NEGATORS & set(opening))


def _opening(tokens: Sequence[Token], place: int, lowest: int) -> int:
    while place > lowest and tokens[place].word != "(":
        place -= 1
    return place


def _breaks(tokens: Sequence[Token], place: int, last: int) -> bool:
    """Return whether a new clause starts at *place*."""
    word = tokens[place].word
    if word in _BREAKS:
        return True
    after = tokens[place + 1].word if place + 1 < last else ""
    if word == ",":
        return after in _LINKS or after in _RESULTS
    if word == "och":
        return after in _VERBS or (place + 2 < last and tokens[place + 2].word in _VERBS)
    return False


def _denied_before(tokens: Sequence[Token], place: int, lowest: int) -> bool:
    """Return whether a negation precedes *utan*: ”inte bidragstagare utan leverantör” affirms the word."""
    return any(tokens[number].word in _NEGATORS for number in range(lowest, place))


def _harmless(tokens: Sequence[Token], place: int) -> bool:
    return any(token.word in _WITHOUT for token in tokens[place + 1 : place + 3])


def _ends_contrast(tokens: Sequence[Token], place: int, first: int) -> bool:
    word = tokens[place].word
    if word == "än":
        return any(token.word in _OTHER for token in tokens[max(first, place - 6) : place])
    if word not in _LAST_OF_CONTRAST:
        return False
    for phrase in _CONTRASTS:
        begin = place - len(phrase) + 1
        if begin >= first and tuple(token.word for token in tokens[begin : place + 1]) == phrase:
            return True
    return False


def _is_predicate(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the word *at* is a predicate or names a role: ”är … beställaren”, ”beställarens roll”."""
    if at + 1 < len(tokens) and tokens[at + 1].word in _ROLES:
        return True
    place = at - 1
    while place >= max(0, at - FURTHEST):
        word = tokens[place].word
        if word in _COPULAS:
            return True
        if word in ("och", "eller"):
            place -= 2
        elif word in _NEGATORS:
            place -= 1
        else:
            return False
    return False


def _declined(tokens: Sequence[Token], at: int, first: int, last: int) -> bool:
    """Return whether the word *at*, or a word joined to it, is the object of a declining verb: ”avstår från anbud och vite”."""
    place = at - 1
    lowest = max(first, at - FURTHEST)
    while place > lowest:
        word = tokens[place].word
        if (tokens[place - 1].word, word) in _DECLINES:
            before = [token.word for token in tokens[max(first, place - 4) : place - 1]]
            # ”Överens om att avstå från vite” is not a condition.
            before = before[:-2] if before[-2:] == ["om", "att"] else before
            conditional = _starts_with_condition(tokens, first, last)
            return not (conditional or set(before) & (_POSSIBLE | _CONDITIONS | {"som"}))
        if word == ",":
            place -= 2
        elif word in _JOINED:
            place -= 1 if tokens[place - 1].word in _SOME | {","} else 2
        elif word in _SOME or word in _DECLINED_TOO:
            place -= 1
        else:
            return False
    return False


def _role_is_lacking(tokens: Sequence[Token], at: int, first: int, last: int) -> bool:
    """Return whether the text denies that the role of the word *at* exists: ”Utförarens roll finns inte i partnerskapet”."""
    begin = _begin(tokens, at, first)
    if begin > first and tokens[begin - 1].word != "," and not _breaks(tokens, begin - 1, last):
        return False
    end = at + 1
    while end + 1 < min(last, at + FURTHEST) and tokens[end].word in _JOINED:
        end += 2
    named = end < last and tokens[end].word in _ROLES
    end += named
    if not named and not any(token.word in _ROLES for token in tokens[begin:at]):
        return False
    if end < last and tokens[end].word in _ROLE_LACKS:
        return True
    if not (end + 1 < last and tokens[end].word in _ROLE_IS_THERE and tokens[end + 1].word in _NEGATORS):
        return False
    # ”Finns inte beskriven” implies that the role exists.
    return (tokens[end + 2].word if end + 2 < last else "") in _AFTER_ALL


def _begin(tokens: Sequence[Token], at: int, first: int) -> int:
    """Return the start of the phrase that ends with the word *at*: ”Rollen som beställare”, ”något vite”, ”anbud och vite”."""
    begin = at
    while begin > max(first, at - FURTHEST) and tokens[begin - 1].word in _SOME:
        # Words joined to the word, ”beställare och utförare”, are negated with it.
        begin -= 2 if tokens[begin - 1].word in _JOINED and begin - 2 >= first else 1
    return begin


def _denied_after(tokens: Sequence[Token], at: int, first: int, last: int) -> bool:
    """Return whether the word opens the clause and is negated by what follows: ”Vite tas inte ut”."""
    word = tokens[at].word
    if at + 1 < last and tokens[at + 1].word in _NEGATORS:
        return not word.endswith(_AGENT)
    begin = _begin(tokens, at, first)
    if begin > first and not _breaks(tokens, begin - 1, last) and tokens[begin - 1].word != ",":
        return False
    for place in range(at + 1, min(at + 5, last)):
        if tokens[place].word in _NEGATORS:
            after = tokens[place + 1].word if place + 1 < last else ""
            if after in _ONLY:
                return False
            return not word.endswith(_AGENT) or tokens[place - 1].word in _EXISTS or after.endswith("s")
        if _breaks(tokens, place, last):
            break
    return False
