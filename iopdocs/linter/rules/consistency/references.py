"""References in running text (”punkt 9.3”, ”bilaga 7”) compared with the numbers in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from iopdocs.document.tree import Document, ListBlock, SectionKind
from iopdocs.document.tree import Heading as DocumentHeading
from iopdocs.document.walk import blocks_of, plain
from iopdocs.findings import Level
from iopdocs.library.data_paths import field_at
from iopdocs.linter.prose.hits import PassageHit, all_passages, hits, key_of
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.values.place_references import PlaceReference, find_appendices, find_paragraphs, find_sections
from iopdocs.values.text import RichText

# Fields that name other documents: a number in them belongs to those.
_OTHERS = frozenset(
    {"referens", "paragraf", "beslut", "lagar", "titel", "fil", "bilaga", "firmateckning", "diarienummer"}
)

_HERE = r"(?:detta[ \u00a0]|det[ \u00a0]här[ \u00a0])?(?:avtal|partnerskap)\w*|denna[ \u00a0]överenskommelse|överenskommelsen\b"
_SAYS_HERE = re.compile(rf"[ \u00a0\n](?:ovan|nedan|(?:i|till)[ \u00a0\n](?:{_HERE}))", re.IGNORECASE)
# ”punkt 3 i protokollet” refers to another document; ”avsnitt 12 i första hand” refers to this one.
_SAYS_ELSEWHERE = re.compile(
    r"[ \u00a0\n](?:i|till|av|ur|på|under|från)[ \u00a0\n](?!(?:samband|första|andra|god|sin|sina|sitt|den|fråga|övrigt|tillämpliga)\b)\w",
    re.IGNORECASE,
)
_TITLE_AFTER = re.compile(r",[ \u00a0][A-ZÅÄÖ][^.;\n]{0,60}[0-9]{4}")
_SMALL = "i enligt se av under till med jfr och eller samt från per vid som än ur om på mot genom utifrån utöver"
_LINKING = frozenset(_SMALL.split())
_DOCUMENTS = re.compile(
    r"(?:lag|lagen|förordning|förordningen|balken|direktiv|direktivet|föreskrifter|föreskrifterna|budget|budgeten|plan|planen|"
    r"program|programmet|policy|policyn|strategi|strategin|riktlinjer|riktlinjerna|stadgar|stadgarna|reglemente|reglementet|"
    r"protokoll|protokollet|utredning|utredningen|rapport|rapporten|betänkande|proposition|propositionen|handbok|handboken|"
    r"vägledning|vägledningen|handledning|manual|manualen|artikel|kapitel|kap|sou|prop|agenda|dagordning|dagordningen|konvention|konventionen)",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"(\w+)([^\w]*)$")
_OWN_NUMBER = re.compile(r"^[ \t*]{0,8}([0-9]{1,3}(?:\.[0-9]{1,3}){0,3})[.)]?[ \t]", re.MULTILINE)
_COUNTED = re.compile(r"[ \u00a0]\w{1,30}(?<=er|or|ar|na|rn|år)\b")
_ITEM = re.compile(r"\[[0-9]+\]")
_LOOK = 80


@frozen
class Numbers:
    """The possible targets: section and heading *places* (``9.3``), the greatest item of a list, *appendices*.

    *example* is (heading, id) of the first section.
    """

    places: Mapping[str, str]
    example: tuple[str, str]
    longest_list: int
    appendices: int


@rule("S202", "hänvisning-till-avsnitt-som-saknas", Level.ERROR)
def missing_place(case: Case) -> Iterable[Hit]:
    """En hänvisning till en punkt eller ett avsnitt som avtalet inte har.

    Vad: En text hänvisar till ”punkt”, ”avsnitt” eller ”avtalets §” med ett nummer som ingen rubrik och ingen
        numrerad lista i avtalet har. Hänvisningar till lagar, protokoll, planer och andra handlingar prövas inte.
    Varför: Läsaren söker något som inte finns. Ofta är numret kvar från en mall eller ett tidigare utkast.
    Dåligt exempel:
        ekonomi: {redovisning: {redovisning: Redovisningen lämnas enligt punkt 9.3.}}
    Bra exempel:
        ekonomi: {redovisning: {redovisning: Redovisningen lämnas enligt avsnitt 1.}}
    Källa: malmo, Mall för IOP.
    """
    if case.document is None or not case.document.sections:
        return
    numbers = numbers_of(case.document)
    for passage in all_passages(case):
        if key_of(passage.path) not in _OTHERS:
            # A text that numbers its own points refers to them.
            own = {match[1] for match in _OWN_NUMBER.finditer(passage.text)}
            field = field_at(_ITEM.sub("", passage.path))
            linked = not passage.path or (field is not None and field.type is RichText)
            yield from hits(passage, _places(passage.text, numbers, own, linked))


@rule("S203", "hänvisning-till-bilaga-som-saknas", Level.ERROR, reads=("bilagor",))
def missing_appendix_number(case: Case) -> Iterable[Hit]:
    """En hänvisning till en bilaga vars nummer avtalet inte har.

    Vad: En text hänvisar till ”bilaga” med ett nummer som är större än antalet bilagor. En bilaga till en annan
        handling (”bilaga 2 till förordningen”) prövas inte.
    Varför: Det som bilagan skulle säga saknas i avtalet, eller så står det i en annan bilaga.
    Dåligt exempel:
        bakgrund: {behov: Behovet beskrivs i bilaga 2.}
        bilagor: [{titel: Budget}]
    Bra exempel:
        bakgrund: {behov: Behovet beskrivs i bilaga 1.}
        bilagor: [{titel: Kartläggning}]
    Källa: malmo, Mall för IOP.
    """
    if case.document is None:
        return
    numbers = numbers_of(case.document)
    for passage in all_passages(case):
        if key_of(passage.path) not in _OTHERS:
            yield from hits(passage, _appendices(passage.text, numbers.appendices))


def numbers_of(document: Document) -> Numbers:
    """Return the numbers in *document*."""
    places: dict[str, str] = {}
    for section in document.sections:
        if section.kind is SectionKind.SECTION and section.number:
            places[section.number] = plain(section.heading)
        for block in section.blocks:
            if isinstance(block, DocumentHeading) and block.number:
                places[block.number] = plain(block.children)
    longest = max(
        (len(block.items) for block in blocks_of(document) if isinstance(block, ListBlock) and block.ordered), default=0
    )
    sections = [section for section in document.sections if section.kind is SectionKind.SECTION]
    example = (plain(sections[0].heading), sections[0].id) if sections else ("", "")
    appendices = sum(section.kind is SectionKind.APPENDIX for section in document.sections)
    return Numbers(places, example, longest, appendices)


def _places(text: str, numbers: Numbers, own: set[str], linked: bool) -> Iterator[PassageHit]:
    lowered = text.lower()
    if not any(word in lowered for word in ("punkt", "avsnitt", "§")):
        return
    # No range of numbers: a draft also has sections for missing parts, so its range would differ.
    heading, name = numbers.example
    hint = "hänvisa till rubriken i stället, till exempel avsnittet ”{heading}”, för numren ändras med avtalet"
    if linked:
        hint = "hänvisa med avsnittets namn, till exempel [](#{name}) till ”{heading}”, så sätts rätt nummer dit"
    hint = hint.format(heading=heading, name=name)
    for place in find_sections(text):
        if _elsewhere(text, place):
            continue
        word = place.word.casefold()
        for number, start, end in _each(text, place, many=word not in ("punkt", "punkten", "avsnittet")):
            in_a_list = word.startswith("punkt") and number.isdigit() and 0 < int(number) <= numbers.longest_list
            if number not in numbers.places and number not in own and not in_a_list:
                none = (
                    "avtalet har inget avsnitt {number}"
                    if word.startswith("avsnitt")
                    else "avtalet har ingen punkt {number}"
                )
                yield PassageHit(start, end, none.format(number=number), hint)
    for place in find_paragraphs(text):
        before = text[max(0, place.start - 20) : place.start].casefold()
        if before.rstrip().endswith("avtalets") or _SAYS_HERE.match(text, place.end):
            for number, start, end in _each(text, place, many=True):
                if number not in numbers.places and number not in own:
                    yield PassageHit(start, end, f"avtalet har ingen § {number}", hint)


def _appendices(text: str, count: int) -> Iterator[PassageHit]:
    if "bil" not in text.lower():
        return
    has = f"avtalet har {count} bilagor" if count > 1 else "avtalet har en bilaga"
    hint = "lägg till bilagan, eller hänvisa till den som ska gälla"
    for place in find_appendices(text):
        if _elsewhere(text, place):
            continue
        for number, start, end in _each(text, place, many=place.word.casefold() not in ("bilagan", "bil.")):
            if "." not in number and not 0 < int(number) <= count:
                message = "bilaga {number} finns inte – {has}".format(
                    number=number, has=has if count else "avtalet har ingen bilaga"
                )
                yield PassageHit(start, end, message, hint)


def _each(text: str, place: PlaceReference, *, many: bool) -> Iterator[tuple[str, int, int]]:
    """Yield (number, start, end) of each number of a reference; the first stretch includes the word before it."""
    plural = place.word.casefold().endswith(("or", "orna", "er", "erna", "avsnitten"))
    for order, (number, start, end) in enumerate(place.numbers):
        # ”enligt bilaga 1 och 2 kontaktpersoner”: after the singular the last number may count what follows it.
        counts = order and not plural and order == len(place.numbers) - 1 and _COUNTED.match(text, end)
        if order and (not many or counts):
            return
        yield number, place.start if not order else start, end


def _elsewhere(text: str, place: PlaceReference) -> bool:
    """Return whether the reference is to another document, according to the text after it or before it."""
    if _SAYS_HERE.match(text, place.end):
        return False
    if _SAYS_ELSEWHERE.match(text, place.end) or _TITLE_AFTER.match(text, place.end):
        return True
    last = _LAST_WORD.search(text[max(0, place.start - _LOOK) : place.start])
    if last is None or re.search(r"[.!?:\n]", last[2]):
        return False
    word, between = last[1], last[2].strip()
    if word.casefold() in _LINKING:
        return False
    if word[-1].isdigit() or word.casefold().startswith("kap") or re.search(r"[§”\"’)]", between):
        return True
    if word.casefold().endswith("s") and len(word) > 4 and not between:
        # A genitive (”planens”, ”riktlinjernas”), but not a verb (”anges”, ”regleras”).
        verb = not word.casefold().endswith("rnas") and word.casefold().endswith(("as", "ges", "vs", "rs"))
        return not verb and not word.casefold().startswith(("avtal", "partnerskap"))
    head = re.search(r"\w+$", word.casefold())
    return bool(head and re.search(rf"{_DOCUMENTS.pattern}$", head[0])) or ("," in between and word[:1].isupper())
