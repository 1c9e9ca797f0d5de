"""A party's name in running text that nearly equals the name in the agreement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from iopdocs.findings import Level
from iopdocs.linter.prose.hits import PassageHit, hits, key_of
from iopdocs.linter.rule import Case, Hit, rule

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \u00a0\n-]{1,2}")
_SENTENCE_END = re.compile(r"(?:^|[.!?:\n”\"*•–-])[ \u00a0*]*$")
_SHORTEST = 6
_LONG = 10
_MOST_NAMES = 200
_MOST_WINDOWS = 20_000
# Endings that the last word of a name may have: genitive, definite form, plural.
_SUFFIXES = "s n t en et an ns ts ens ets ans a as na nas er ers erna ernas ar ars arna arnas or ors orna ornas"
_ENDINGS = frozenset({"", *_SUFFIXES.split()})
# Fields that contain names and addresses instead of using them.
_KEYS = "titel namn rubrik begrepp kallas enheter e_post telefon adress ort fil genitiv post bilaga logotyper"
_NAMING = frozenset(_KEYS.split())


@frozen
class PartyName:
    """A name of a party or its unit: as written, in its plain form, and in three pieces of which a near miss keeps one."""

    text: str
    plain: str
    words: int
    pieces: tuple[str, ...]


@rule("S204", "part-stavad-på-två-sätt", Level.ERROR, reads=("parter.namn", "parter.kallas", "parter.enheter"))
def party_spelt_differently(case: Case) -> Iterable[Hit]:
    """En part vars namn stavas på ett annat sätt i texten.

    Vad: Ord med stor bokstav i en text är en parts eller en enhets namn så när som på stor och liten bokstav, bindestreck
        eller mellanslag (fel), eller på en eller två bokstäver eller ett s som saknas inne i namnet (varning). Genitiv
        och bestämd form i slutet av namnet och korta namn som avtalet anger räknas inte, inte heller sammansättningar
        med bindestreck, namn kortare än sex bokstäver eller med bara små bokstäver.
    Varför: Två stavningar kan läsas som två organisationer, och en felskriven part syns inte i en sökning.
    Dåligt exempel:
        parter: [{namn: Föreningen Trygga Vuxna, kallas: Trygga Vuxna}]
        bakgrund: {behov: Tryggare Vuxna har nattvandrat i Norrby sedan 2019.}
    Bra exempel:
        parter: [{namn: Föreningen Trygga Vuxna, kallas: Trygga Vuxna}]
        bakgrund: {behov: Trygga Vuxna har nattvandrat i Norrby sedan 2019.}
    Källa: malmo, Avtalspartner.
    """
    names = list(_names(case))
    if not names:
        return
    other_names = _other_names(case, names)
    seen: dict[str, PartyName | None] = {}
    for passage in case.data_texts:
        if key_of(passage.path) not in _NAMING and ".undertecknare" not in passage.path:
            yield from hits(passage, _misspelt(passage.text, names, other_names, seen))


def _names(case: Case) -> Iterator[PartyName]:
    written = [
        name for party in case.agreement.parties for name in (party.short_name, party.name, *party.units) if name
    ]
    for name in dict.fromkeys(" ".join(name.split()) for name in written[:_MOST_NAMES]):
        plain = _plain(name)
        if len(plain) >= _SHORTEST and name[0].isupper() and len(name) <= 100:
            third = max(2, len(plain) // 3)
            pieces = (plain[:third], plain[third : 2 * third], plain[2 * third :])
            yield PartyName(name, plain, len(_WORD.findall(name)), pieces)


def _other_names(case: Case, names: Sequence[PartyName]) -> frozenset[str]:
    """Return the word sequences of all other names in the data: a text that equals one is not a misspelling."""
    lengths = sorted({length for name in names for length in _lengths(name)})
    sequences: set[str] = {name.text for name in names}
    for path, _field, value in case.agreement.leaves:
        if key_of(path) in _NAMING and isinstance(value, str) and len(value) <= 200:
            words = list(_WORD.finditer(value))
            for first in range(len(words)):
                for length in lengths:
                    if first + length <= len(words):
                        sequences.add(" ".join(value[words[first].start() : words[first + length - 1].end()].split()))
    return frozenset(sequences)


def _lengths(name: PartyName) -> range:
    return range(max(1, name.words - 1), name.words + 2)


def _misspelt(
    text: str, names: Sequence[PartyName], other_names: frozenset[str], seen: dict[str, PartyName | None]
) -> Iterator[PassageHit]:
    """Yield each word sequence of *text* that is nearly a name; *seen* caches the result for each sequence."""
    lengths = sorted({length for name in names for length in _lengths(name)}, reverse=True)
    words = list(_WORD.finditer(text))
    initials = {name.plain[:1] for name in names}
    free = 0
    for first, word in enumerate(words):
        # A word with another initial is neither an inflected nor a misspelt name.
        if first < free or not word[0][0].isupper() or _plain(word[0])[:1] not in initials:
            continue
        reach = _reach(text, words, first, lengths[0])
        for length in lengths:
            if length > reach:
                continue
            end = words[first + length - 1].end()
            written = " ".join(text[word.start() : end].split())
            if len(written) > 120:
                continue
            if written in other_names or _bare(written) in other_names:
                free = first + length
                break
            if written not in seen and len(seen) < _MOST_WINDOWS:
                seen[written] = _nearest(written, length, names)
            name = seen.get(written)
            plain = name is not None and _may_be_plain_words(written, name) and _starts(text, word.start())
            if name is not None and not plain and not _in_compound(text, end, written):
                same = _joined(written) == _joined(name.text)
                message = f"”{written}” – avtalet skriver ”{name.text}”"
                hint = "skriv namnet på samma sätt överallt"
                yield PassageHit(word.start(), end, message, hint, None if same else Level.WARNING)
                free = first + length
                break


def _reach(text: str, words: Sequence[re.Match[str]], first: int, most: int) -> int:
    """Return the number of words from *first* on that are separated only by a space or a hyphen."""
    count = 1
    while count < most and first + count < len(words):
        left, right = words[first + count - 1].end(), words[first + count].start()
        if right - left > 2 or not _GAP.fullmatch(text, left, right):
            break
        count += 1
    return count


def _may_be_plain_words(written: str, name: PartyName) -> bool:
    """Return whether *written*, first in a sentence, may be ordinary words, as in ”Trygga vuxna behövs”."""
    if written[1:] != written[1:].lower():
        return False
    if name.words == 1:
        return len(written) < _LONG
    if _joined(written) != _joined(name.text) or ("-" in written and "-" not in name.text):
        return False
    # ”Barnhälsa” is a word as well as Barn Hälsa written together; ”Exempelstadskommun” is not a word.
    together = len(_WORD.findall(written)) == 1 and len(written) >= _LONG
    return not (together and name.text.split()[-1][0].islower())


def _in_compound(text: str, end: int, written: str) -> bool:
    """Return whether *written* is the first part of a compound, where hyphens are right: ”Trygga-Vuxna-metoden”."""
    return "-" in written and text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()


def _starts(text: str, place: int) -> bool:
    """Return whether a sentence starts at *place*, where every word has a capital."""
    return _SENTENCE_END.search(text[max(0, place - 6) : place]) is not None


def _nearest(written: str, words: int, names: Sequence[PartyName]) -> PartyName | None:
    """Return the name that *written* misspells; ``None`` if there is none, or if it is an inflected name."""
    if written.isupper():
        return None
    plain, joined = _plain(written), _joined(written)
    near = None
    for name in names:
        if plain[:1] != name.plain[:1]:
            continue
        if abs(len(plain) - len(name.plain)) > 4 or not any(piece in plain for piece in name.pieces):
            continue
        inflected = _inflected(written, name.text)
        faulty = inflected and (_gaps(written) != _gaps(name.text) or _lacks_s(written, name.text))
        if written == name.text or (inflected and not faulty):
            return None
        folded = joined == _joined(name.text) or (
            words == name.words and _inflected(written.casefold(), name.text.casefold())
        )
        if folded or (words == name.words and plain[0] == name.plain[0] and _close(written, name)):
            near = near or name
    return near


def _inflected(written: str, name: str) -> bool:
    """Return whether the two differ only in the endings of their words: ”Socialnämnden Norr” and ”Socialnämnd Norr”."""
    words, others = re.split(r"[ -]", written), re.split(r"[ -]", name)
    return len(words) == len(others) and all(a == b or _same_stem(a, b) for a, b in zip(words, others, strict=True))


def _gaps(text: str) -> list[str]:
    return re.findall(r"[ -]+", text)


def _lacks_s(written: str, name: str) -> bool:
    """Return whether a word inside *name* has lost its s: ”Exempelstad kommun” for Exempelstads kommun."""
    words, others = re.split(r"[ -]", written), re.split(r"[ -]", name)
    return any(other == f"{word}s" for word, other in zip(words[:-1], others[:-1], strict=True))


def _same_stem(word: str, other: str) -> bool:
    common = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    # ”källan” and ”källor” diverge after their common letters, ”förening” and ”föreningen” at the end of one of them.
    return any(word[n:] in _ENDINGS and other[n:] in _ENDINGS for n in range(common, max(common - 3, 2), -1))


def _close(written: str, name: PartyName) -> bool:
    """Return whether a few letters differ: one, or two in a name of ten letters or more, and no word is another word."""
    plain = _plain(written)
    if plain == name.plain or _bare(plain) == name.plain:
        return True
    most = 2 if len(name.plain) >= _LONG else 1
    return any(distance(form, name.plain, most) <= most for form in {plain, _bare(plain)})


def distance(a: str, b: str, most: int) -> int:
    """Return the number of letters to change, add, leave out or swap to turn *b* into *a*; above *most*: most + 1."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            least = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _bare(text: str) -> str:
    """Return *text* without a final genitive s."""
    return re.sub(r"(?:[’']?s|[’'])$", "", text)


def _plain(text: str) -> str:
    """Return *text* in lower case, without diacritics, with single spaces between the words."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.sub(r"[-\s]+", " ", "".join(sign for sign in flat if not unicodedata.combining(sign))).split())


def _joined(text: str) -> str:
    return re.sub(r"[-\s]+", "", _bare(text).casefold())
