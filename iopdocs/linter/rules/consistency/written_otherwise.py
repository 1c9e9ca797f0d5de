"""What is written in a data file but read or printed as something else: signs of YAML and of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from iopdocs.errors import Position
from iopdocs.findings import Level
from iopdocs.library.data_paths import field_at
from iopdocs.linter.locations import value_at
from iopdocs.linter.passages import Passage
from iopdocs.linter.prose.hits import PassageHit, hits, key_of
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.agreement import Agreement
from iopdocs.values.running_text import short
from iopdocs.values.text import RichText

_NUMBER = re.compile(r"\[[0-9]+\]")
_TABLE = re.compile(
    r"^[ \t]*\|.*\n(?:[ \t]*\|.*(?:\n|\Z))+|^[^\n|]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$", re.MULTILINE
)
_LINK = re.compile(r"!?\[[^\[\]\n]{1,200}\]\((?P<address>[^()\n]{1,500})\)")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+|#\S+", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6} \S.*", re.MULTILINE)
_FENCE = re.compile(r"^(?:```|~~~).*", re.MULTILINE)


@rule("S241", "tecken-som-skrivs-ut", Level.WARNING)
def printed_signs(case: Case) -> Iterable[Hit]:
    """Tecken för en tabell, en länk, en bild eller en rubrik som skrivs ut som de står.

    Vad: En text i data har en tabell av lodstreck, en länk, en bild, en rubrik eller ett kodblock skrivna som i Markdown.
        Länkar till webben, e-post och telefon läses i löptexter; i andra texter skrivs de ut som de står.
    Varför: Läsaren av avtalet ser tecknen i stället för tabellen eller länken.
    Dåligt exempel:
        egna_avsnitt:
          - rubrik: Besök
            text: |
              | År | Besök |
              |----|-------|
              | 2027 | 400 |
    Bra exempel:
        egna_avsnitt:
          - rubrik: Besök
            text: |
              - 2027: 400 besök
              - 2028: 500 besök
    Källa: iopdocs, docs/data.md.
    """
    for passage in case.data_texts:
        if any(sign in passage.text for sign in "|[#`~"):
            yield from hits(passage, sorted(_signs(passage), key=lambda hit: hit.start))


def _signs(passage: Passage) -> Iterator[PassageHit]:
    field = field_at(_NUMBER.sub("", passage.path))
    in_rich_text = field is not None and field.type is RichText
    for match in _TABLE.finditer(passage.text):
        message = f"tabellen ”{short(match[0], 40)}” skrivs ut som streck"
        yield PassageHit(match.start(), match.end(), message, "skriv den som en lista, eller lägg tabellen i en bilaga")
    for match in _LINK.finditer(passage.text):
        if match[0][0] == "!":
            yield PassageHit(
                *match.span(), f"bilden ”{short(match[0])}” skrivs ut som tecken", "lägg bilden i en bilaga"
            )
        elif not in_rich_text or not _ADDRESS.fullmatch(match["address"].strip()):
            hint = "skriv texten, och adressen utan tecken om den behövs"
            yield PassageHit(*match.span(), f"länken ”{short(match[0])}” skrivs ut som tecken", hint)
    for pattern, what, hint in (
        (_HEADING, "rubriken", "skriv rubriken under ”rubrik” i ett eget avsnitt, eller som **fet** text"),
        (_FENCE, "kodblocket", "ta bort tecknen"),
    ):
        for match in pattern.finditer(passage.text):
            yield PassageHit(*match.span(), f"{what} ”{short(match[0], 40)}” skrivs ut med sina tecken", hint)


@rule("S242", "läst-på-annat-sätt", Level.WARNING)
def read_otherwise(case: Case) -> Iterable[Hit]:
    """Något i datafilen som YAML läser på ett annat sätt än det ser ut.

    Vad: Ett komma inom hakparenteser delar det som ser ut som en enda text, ett namn är ”Null” och läses som inget, det som
        följer efter ”#” och en siffra försvinner som en kommentar, eller en lista blir en enda rad under ”>”.
    Varför: Filen läses utan fel, och avtalet säger något annat än den som skrev det menade.
    Dåligt exempel:
        parter: [{namn: Region Norr, enheter: [Psykiatri, habilitering och hjälpmedel]}]
    Bra exempel:
        parter: [{namn: Region Norr, enheter: ["Psykiatri, habilitering och hjälpmedel"]}]
    Källa: YAML 1.1, 7.3 och 8.1.
    """
    source = case.agreement.source
    if source is None or not source.text or source.file.casefold().endswith(".json"):
        return
    lines = source.text.split("\n")
    for path, position in source.positions.items():
        if not path or not 0 < position.line <= len(lines):
            continue
        place = _Place(case.agreement, path, lines, position)
        for find in (_split_text, _null, _swallowed, _folded):
            hit = find(place)
            if hit is not None:
                yield hit


@frozen
class _Place:
    """A value in a data file: its *path*, the *lines* of the file and where it begins."""

    agreement: Agreement
    path: str
    lines: Sequence[str]
    position: Position

    @property
    def line(self) -> str:
        """The line that the value begins on."""
        return self.lines[self.position.line - 1]

    @property
    def rest(self) -> str:
        """The rest of the line, from the value on."""
        return self.line[self.position.column - 1 :]

    @property
    def text(self) -> str:
        """The value if it is a text, else nothing."""
        value = value_at(self.agreement, self.path)
        return value if isinstance(value, str) else ""


_ITEM = re.compile(r"(?P<list>.+)\[(?P<number>[0-9]+)\]")
_ENUMERATED = re.compile(r"\w (?:och|samt|eller) \w|^(?:och|samt|eller) ")


def _split_text(place: _Place) -> Hit | None:
    """Report ``[Psykiatri, habilitering och hjälpmedel]``, where the second item looks like the rest of the first."""
    item = _ITEM.fullmatch(place.path)
    if item is None or item["number"] == "1" or place.rest[:1] in "\"'":
        return None
    assert place.agreement.source is not None
    positions = place.agreement.source.positions
    before_path = f"{item['list']}[{int(item['number']) - 1}]"
    before = positions.get(before_path)
    if before is None or before.line != place.position.line:
        return None
    first = evolve(place, path=before_path, position=before)
    between = place.line[before.column - 1 : place.position.column - 1]
    if not first.text or not place.text or between != f"{first.text}{between[len(first.text) :]}" or "," not in between:
        return None
    field = field_at(_NUMBER.sub("", place.path))
    is_free = field is not None and field.type is str
    if not (is_free and first.text[0].isupper() and place.text[0].islower() and _ENUMERATED.search(place.text)):
        return None
    whole = f"{first.text}, {place.text}"
    message = f"”{short(whole)}” läses som två punkter: ett komma inom [ ] skiljer dem åt"
    hint = f'är det en enda, sätt citattecken om den: ["{short(whole)}"]; är det två, skriv dem på var sin rad efter ett bindestreck'
    return Hit(place.path, message, hint, Level.ADVICE)


_NULL = re.compile(r"(?:Null|NULL|null|~)(?=[ \t]*(?:[,}\]]|#|$))")
_NAMES = ("namn", "kallas", "efternamn")


def _null(place: _Place) -> Hit | None:
    """Report a name that is ``Null``, which is read as no value."""
    match = _NULL.match(place.rest)
    if match is None or value_at(place.agreement, place.path) is not None:
        return None
    field = field_at(_NUMBER.sub("", place.path))
    if field is None or field.type not in (str, RichText):
        return None
    if match[0] not in ("Null", "NULL") and key_of(place.path) not in _NAMES:
        return None
    message = f"”{match[0]}” läses som inget värde"
    return Hit(
        place.path, message, f'sätt citattecken om det är en text: "{match[0]}", och lämna annars tomt efter kolonet'
    )


_NUMBERED = re.compile(r"[ \t]+(#[ \t]+[0-9][^\n]*)")


def _swallowed(place: _Place) -> Hit | None:
    """Report ``Avtal # 4 gäller``, where all after the sign is a comment."""
    if " #" not in place.rest:
        return None
    text = place.text
    if not text or "\n" in text or not place.rest.startswith(text):
        return None
    comment = _NUMBERED.match(place.rest, len(text))
    if comment is None:
        return None
    message = f"”{short(comment[1], 40)}” läses som en kommentar och försvinner"
    return Hit(
        place.path, message, "sätt citattecken om hela texten om det hör till den, eller skriv nr i stället för #"
    )


_BULLET = re.compile(r"(?:[-*•–]|[0-9]{1,2}[.)])[ \t]+\S")


def _folded(place: _Place) -> Hit | None:
    """Report a list or a table under ``>``, or after the first line of a text, which becomes a single line."""
    if place.position.line == len(place.lines):
        return None
    indent = _indent(place.line)
    after = place.lines[place.position.line]
    if after.strip() and _indent(after) <= indent:
        return None
    text = place.text
    last = ""
    for line in place.lines[place.position.line :] if text else ():
        words = line.strip()
        if words and _indent(line) <= indent:
            break
        listed = words if _BULLET.match(words) or words.startswith("|") else ""
        if last and listed and f"{last} {listed}" in text:
            message = f"listan blir en enda rad: ”{short(f'{last} {listed}')}”"
            return Hit(place.path, message, "skriv | i stället för > före texten, så behålls raderna")
        last = listed
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
