"""A text of a layer: front matter that says what it is, and a body of Markdown with Jinja in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from attrs import field, frozen

from iopdocs.errors import LibraryError, Position, Problem
from iopdocs.files.load import load_record
from iopdocs.messages import _
from iopdocs.model.fields import entry

LARGEST_TEXT = 200_000
"""Characters that a text may hold at the most; the longest of ours has a few thousand."""

_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)??---[ \t]*(?:\n|$)", re.DOTALL)
_TRUTH = ("ja", "nej")
_RESERVED = re.compile("[\ue000-\ue00f]")


@frozen(kw_only=True)
class Replaces:
    """The text of a layer below that a text takes the place of, as it was when its author read it."""

    id: str | None = entry("id", "Id", "Id på den text som ersätts: filens namn utan ändelse.")
    hash: str | None = entry("hash", "Hash", "Den ersatta textens hash, eller dess början (minst åtta tecken).")


@frozen(kw_only=True)
class Implied:
    """A fact that a variant stands for: *path* where it stands in the data, *value* as a data file has it."""

    path: str | None = entry("uppgift", "Uppgift", "Var uppgiften står.", example="ekonomi.överskott.hantering")
    value: str | None = entry("värde", "Värde", "Vad uppgiften är.", example="återbetalas")


@frozen(kw_only=True)
class FrontMatter:
    """What a text says of itself, in Swedish keys, between two lines of ``---``."""

    id: str | None = entry(
        "id", "Id", "Textens id: klausulens namn, med snedstreck och variantens namn om den har varianter."
    )
    heading: str | None = entry("rubrik", "Rubrik", "Rubriken på avsnittet eller dokumentet.")
    section: str | None = entry("avsnitt", "Avsnitt", "Det avsnitt som en klausul hör till.")
    title: str | None = entry("titel", "Titel", "Klausulens namn i listor.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vad texten gör, i en mening.")
    fits_when: str | None = entry("passar_när", "Passar när", "När texten är rätt val.")
    implies: tuple[Implied, ...] = entry(
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
    replaces: Replaces | None = entry(
        "ersätter", "Ersätter", "Den text under den här som den ersätter, så att ändringar i den märks."
    )
    version: str | None = entry("version", "Version", "Textens version.")
    reviewed: str | None = entry("granskad", "Granskad", "nej, eller namn och datum för den jurist som har granskat.")


@frozen
class LayerText:
    """One text file of a layer.

    *name* is the path in the layer (``avsnitt/mal.md.j2``), *layer* the layer's name, *file* what a message calls the
    file, *body* the text with front matter blanked out so that line numbers hold, *digest* sha256 over the NFC text
    with LF endings, front matter left out, *positions* where each key of the front matter stands in the file.
    """

    name: str
    layer: str
    file: str
    front: FrontMatter
    body: str
    digest: str
    positions: Mapping[str, Position] = field(factory=dict, repr=False, eq=False)

    @property
    def stem(self) -> str:
        """The file's name without folder and endings: ``mal``."""
        return self.name.rsplit("/", 1)[-1].split(".", 1)[0]


def condition_of(front: FrontMatter) -> str | None:
    """Return the condition on the data that *front* gives: what it says itself, and every fact that it stands for."""
    parts = [
        f'{one.path} == "{one.value}"' if one.value not in _TRUTH else f"{one.path} is {one.value}"
        for one in front.implies
    ]
    if front.applies is not None:
        parts.append(f"({front.applies})" if parts else front.applies)
    return " and ".join(parts) or None


def parse_text(raw: str, *, name: str, layer: str, file: str) -> LayerText:
    """Return the text that *raw* (LF endings) holds.

    Raises:
        LibraryError: when the front matter is wrong, the text too long, or holds characters that the engine reserves.
    """
    source = unicodedata.normalize("NFC", raw)
    if len(source) > LARGEST_TEXT:
        raise LibraryError([Problem(_("texten är för lång"), _("dela den på flera filer"), file)])
    if found := _RESERVED.search(source):
        line = source.count("\n", 0, found.start()) + 1
        column = found.start() - source.rfind("\n", 0, found.start())
        raise LibraryError(
            [Problem(_("tecknet är reserverat för iopdocs"), _("ta bort det"), file, position=Position(line, column))]
        )
    match = _FRONT.match(source)
    front, body, positions = FrontMatter(), source, dict[str, Position]()
    if match:
        front, positions = _front_matter(match["yaml"] or "", file)
        body = source[match.end() :]
        lines = source.count("\n", 0, match.end())
        body = "{#" + "\n" * (lines - 1) + "#}\n" + body if lines else body
    elif source.startswith("---"):
        raise LibraryError(
            [Problem(_("raden --- som avslutar inledningen saknas"), _("skriv den"), file, position=Position(1, 1))]
        )
    digest = hashlib.sha256(source[match.end() if match else 0 :].encode()).hexdigest()
    return LayerText(name, layer, file, front, body, digest, positions)


def _front_matter(text: str, file: str) -> tuple[FrontMatter, dict[str, Position]]:
    if not text.strip():
        return FrontMatter(), {}
    # The opening --- is line 1: a blank first line keeps the reader's line numbers those of the file.
    front, positions = load_record("\n" + text, FrontMatter, file=file)
    return front, dict(positions)
