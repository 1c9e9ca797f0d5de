"""A text of a layer: front matter that describes it, and a body of Markdown with Jinja in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from iopdocs.errors import LibraryError, LoadError, Position, Problem
from iopdocs.files.loader import load_record
from iopdocs.library.data_paths import field_at
from iopdocs.library.front_matter_lines import front_edges
from iopdocs.model.fields import by_key, entry
from iopdocs.values.text import Year

LARGEST_TEXT = 200_000
"""The largest number of characters in a text; the longest of the base layer has a few thousand."""

UNWRITTEN = re.compile(r"\bSKRIV HÄR:[^\n]*")
"""Marks where the author of a text has still to write: the skeleton of a new text begins with it."""

_TRIES = 8  # wrong keys in one front matter before the rest of it is skipped
NUMBERS = (int, Year)
_TRUTH = ("ja", "nej")
_RESERVED = re.compile("[\ue000-\ue00f]")
_BLANKED = re.compile(r"\A\{#(\n*)#\}\n")  # replaces the front matter in a body


@frozen(kw_only=True)
class ReplacedText:
    """The text of a layer below that a text replaces, as it was when its author read it."""

    id: str | None = entry("id", "Id", "Id på den text som ersätts: filens namn utan ändelse.")
    hash: str | None = entry("hash", "Hash", "Den ersatta textens hash, eller dess början (minst åtta tecken).")


@frozen(kw_only=True)
class ImpliedFact:
    """A fact that a variant implies: its *path* in the data, *value* as a data file has it."""

    path: str | None = entry("uppgift", "Uppgift", "Var uppgiften står.", example="ekonomi.överskott.hantering")
    value: str | None = entry("värde", "Värde", "Vad uppgiften är.", example="återbetalas")


@frozen(kw_only=True)
class FrontMatter:
    """The description of a text, in Swedish keys, between two lines of ``---``."""

    id: str | None = entry(
        "id", "Id", "Textens id: klausulens namn, med snedstreck och variantens namn om den har varianter."
    )
    heading: str | None = entry("rubrik", "Rubrik", "Rubriken på avsnittet eller dokumentet.")
    section: str | None = entry("avsnitt", "Avsnitt", "Det avsnitt som en klausul hör till.")
    title: str | None = entry("titel", "Titel", "Klausulens namn i listor.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vad texten gör, i en mening.")
    fits_when: str | None = entry("passar_när", "Passar när", "När texten är rätt val.")
    implies: tuple[ImpliedFact, ...] = entry(
        "innebär",
        "Innebär",
        "De uppgifter i avtalet som varianten står för: står de i avtalet väljer de varianten, och väljs varianten gäller de.",
        many=True,
        keyed=True,
        example="{ekonomi.överskott.hantering: återbetalas}",
    )
    answers: tuple[str, ...] = entry(
        "svarar_på",
        "Svarar på",
        "De uppgifter som texten ersätter när avtalet väljer den: en punkt i en profil som kräver dem är då uppfylld.",
        many=True,
        example="[tvist]",
    )
    applies: str | None = entry(
        "väljs_när",
        "Väljs när",
        "Det villkor på avtalets uppgifter som väljer varianten när avtalet inte väljer själv, skrivet som efter ”if”.",
        example='ekonomi.överskott.hantering == "återbetalas"',
    )
    requires: tuple[str, ...] = entry("kräver", "Kräver", "De uppgifter som texten behöver.", many=True)
    sources: tuple[str, ...] = entry("källa", "Källa", "De källor som texten bygger på.", many=True)
    replaces: ReplacedText | None = entry(
        "ersätter", "Ersätter", "Den text under den här som den ersätter, så att ändringar i den märks."
    )
    version: str | None = entry("version", "Version", "Textens version.")
    reviewed: str | None = entry("granskad", "Granskad", "nej, eller namn och datum för den jurist som har granskat.")


@frozen
class LayerText:
    """One text file of a layer.

    *name* is the path in the layer (``avsnitt/mal.md.j2``), *layer* the layer's name, *file* the file's name in
    messages, *body* the text with front matter blanked out so that line numbers are kept, *digest* sha256 over the NFC
    text with LF endings, front matter left out, *positions* the place of each key of the front matter in the file,
    *framed* whether the front matter is between two lines of ``---`` as it should be.
    """

    name: str
    layer: str
    file: str
    front: FrontMatter
    body: str
    digest: str
    positions: Mapping[str, Position] = field(factory=dict, repr=False, eq=False)
    framed: bool = field(default=True, repr=False, eq=False)

    @property
    def stem(self) -> str:
        """The file's name without folder and endings: ``mal``."""
        return self.name.rsplit("/", 1)[-1].split(".", 1)[0]

    @property
    def words(self) -> str:
        """The text as it is in its file, front matter left out."""
        return _BLANKED.sub("", self.body)

    @property
    def lines(self) -> list[str]:
        """The lines of the file, those of the front matter empty."""
        return _BLANKED.sub(r"\1\n", self.body).split("\n")


def condition_of(front: FrontMatter) -> str | None:
    """Return the condition on the data that *front* gives: its own condition, and every fact that it implies."""
    parts = [_fact(str(one.path), str(one.value)) for one in front.implies]
    if front.applies is not None:
        parts.append(f"({front.applies})" if parts else front.applies)
    return " and ".join(parts) or None


def _fact(path: str, value: str) -> str:
    field = field_at(path)
    if field is not None and field.type in NUMBERS and value.isascii() and value.isdigit():
        return f"{path} == {int(value)}"
    return f"{path} is {value}" if value in _TRUTH else f'{path} == "{value}"'


def parse_text(raw: str, *, name: str, layer: str, file: str) -> LayerText:
    """Return the text that *raw* (LF endings) contains.

    Raises:
        LibraryError: when the front matter is wrong, the text too long, or contains characters that the engine reserves.
    """
    text, problems = read_layer_text(raw, name=name, layer=layer, file=file)
    if text is None or problems:
        raise LibraryError(problems)
    return text


def read_layer_text(raw: str, *, name: str, layer: str, file: str) -> tuple[LayerText | None, list[Problem]]:
    """Return the text that *raw* (LF endings) contains as far as it can be read, and what is wrong in it.

    A text whose front matter is wrong keeps its words, its id and its section, so that everything else in it can be
    reported too.
    """
    source = unicodedata.normalize("NFC", raw)
    if len(source) > LARGEST_TEXT:
        return None, [Problem("texten är för lång", "dela den på flera filer", file)]
    if found := _RESERVED.search(source):
        line = source.count("\n", 0, found.start()) + 1
        column = found.start() - source.rfind("\n", 0, found.start())
        place = Position(line, column)
        return None, [Problem("tecknet är reserverat för iopdocs", "ta bort det", file, position=place)]
    edges = front_edges(source, tuple(by_key(FrontMatter)), file)
    end, problems = edges.end, [edges.problem] if edges.problem else []
    front, positions = FrontMatter(), dict[str, Position]()
    try:
        front, positions = _front_matter(edges.yaml, file)
    except LoadError as error:
        problems += [] if edges.problem else error.problems
        front, positions = _salvaged(edges.yaml, error.problems, file)
    digest = hashlib.sha256(source[end:].encode()).hexdigest()
    lines = source.count("\n", 0, end)
    body = "{#" + "\n" * (lines - 1) + "#}\n" + source[end:] if lines else source[end:]
    return LayerText(name, layer, file, front, body, digest, positions, edges.problem is None), problems


def _salvaged(text: str, problems: Sequence[Problem], file: str) -> tuple[FrontMatter, dict[str, Position]]:
    """Return the correct parts of front matter that has something wrong in it."""
    lines = text.split("\n")
    for _try in range(_TRIES):
        for problem in problems:
            _blank(lines, (problem.position.line if problem.position else 2) - 1)
        try:
            return _front_matter("\n".join(lines), file)
        except LoadError as error:
            problems = error.problems
    return FrontMatter(), {}


def _blank(lines: list[str], place: int) -> None:
    """Blank the key, with its whole value, that line number *place* (from 0) belongs to."""
    starts = [number for number, line in enumerate(lines) if line[:1].strip() and line[0] not in "-#}]"]
    first = max((number for number in starts if number <= place), default=0)
    after = min((number for number in starts if number > place), default=len(lines))
    lines[first:after] = [""] * (after - first)


def _front_matter(text: str, file: str) -> tuple[FrontMatter, dict[str, Position]]:
    if not text.strip():
        return FrontMatter(), {}
    front, positions = load_record(text, FrontMatter, file=file)
    return front, dict(positions)
