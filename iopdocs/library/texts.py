"""A text of a layer: front matter that says what it is, and a body of Markdown with Jinja in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from attrs import frozen

from iopdocs.errors import LibraryError, Position, Problem
from iopdocs.files.load import load_record
from iopdocs.messages import _
from iopdocs.model.fields import entry

LARGEST_TEXT = 200_000
"""Characters that a text may hold at the most; the longest of ours has a few thousand."""

_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)??---[ \t]*(?:\n|$)", re.DOTALL)
_RESERVED = re.compile("[\ue000-\ue00f]")


@frozen(kw_only=True)
class Replaces:
    """The text of a layer below that a text takes the place of, as it was when its author read it."""

    id: str | None = entry("id", "Id", "Id på den text som ersätts: filens namn utan ändelse.")
    hash: str | None = entry("hash", "Hash", "Den ersatta textens hash, eller dess början (minst åtta tecken).")


@frozen(kw_only=True)
class FrontMatter:
    """What a text says of itself, in Swedish keys, between two lines of ``---``."""

    id: str | None = entry("id", "Id", "Textens id: filens namn utan ändelse.")
    heading: str | None = entry("rubrik", "Rubrik", "Rubriken på avsnittet eller dokumentet.")
    section: str | None = entry("avsnitt", "Avsnitt", "Det avsnitt som en klausul hör till.")
    title: str | None = entry("titel", "Titel", "Klausulens namn i listor.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vad texten gör, i en mening.")
    fits_when: str | None = entry("passar_när", "Passar när", "När texten är rätt val.")
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
    with LF endings, front matter left out.
    """

    name: str
    layer: str
    file: str
    front: FrontMatter
    body: str
    digest: str

    @property
    def stem(self) -> str:
        """The file's name without folder and endings: ``mal``."""
        return self.name.rsplit("/", 1)[-1].split(".", 1)[0]


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
    front, body = FrontMatter(), source
    if match:
        front = _front_matter(match["yaml"] or "", file)
        body = source[match.end() :]
        lines = source.count("\n", 0, match.end())
        body = "{#" + "\n" * (lines - 1) + "#}\n" + body if lines else body
    elif source.startswith("---"):
        raise LibraryError(
            [Problem(_("raden --- som avslutar inledningen saknas"), _("skriv den"), file, position=Position(1, 1))]
        )
    digest = hashlib.sha256(source[match.end() if match else 0 :].encode()).hexdigest()
    return LayerText(name, layer, file, front, body, digest)


def _front_matter(text: str, file: str) -> FrontMatter:
    if not text.strip():
        return FrontMatter()
    # The opening --- is line 1: a blank first line keeps the reader's line numbers those of the file.
    front, _positions = load_record("\n" + text, FrontMatter, file=file)
    return front
