"""The origin of each part of a document, shown beside it: clause, file and line, layer and deciding datum."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from attrs import Factory, define, frozen

from iopdocs.document.html_templates import html_template
from iopdocs.document.tree import (
    Block,
    ChosenBy,
    ClauseUse,
    Document,
    Heading,
    Inline,
    ListBlock,
    Origin,
    PageBreak,
    Paragraph,
    Placeholder,
    Section,
    SignatureBlock,
    Table,
    Value,
)
from iopdocs.document.walk import inlines_of
from iopdocs.library.clauses import FOLDER, folded
from iopdocs.library.layers import Library
from iopdocs.library.texts import LayerText
from iopdocs.linter.locations import position
from iopdocs.model.agreement import Agreement
from iopdocs.writers.html import BlockMarkup

_NOTE = Path(__file__).with_name("page_files") / "origin.html.j2"
_OWN = ("egna_klausuler", "egna_avsnitt")
_MOST_DATA = 12  # data shown at one block, since a table prints hundreds


@frozen
class OriginNote:
    """The origin of a block as shown: *name*, short *place*, *layer*, what *decided*, and *more* with a label each.

    *own*: the text is not from the base layer.
    """

    name: str
    place: str = ""
    layer: str = ""
    decided: str = ""
    more: tuple[tuple[str, str], ...] = ()
    own: bool = False


@define
class Origins:
    """Marks the blocks of *document* for :func:`iopdocs.writers.html.html_body`, and records where data are printed.

    *anchors* gives the id of the block that first prints a path, *sections* that of a section's heading.
    """

    document: Document
    library: Library
    agreement: Agreement
    anchors: dict[str, str] = Factory(dict)
    sections: dict[str, str] = Factory(dict)
    _count: int = 0
    _in_lists: set[int] = Factory(set)
    _last: OriginNote | None = None

    def __call__(self, block: Block | Section) -> BlockMarkup:
        """Return the markup for *block*: a line that shows its origin, and an id to link to."""
        self._count += 1
        named = isinstance(block, Section | Heading)
        anchor = block.id if isinstance(block, Section | Heading) else f"_b{self._count}"
        for path in _paths(block):
            self.anchors.setdefault(path, anchor)
        if isinstance(block, Section):
            self.sections.setdefault(block.name, anchor)
        if isinstance(block, ListBlock):
            self._in_lists |= {id(inner) for item in block.items for inner in item}
        note = self.note(block)
        # A block from the same line as the one before it is not marked again when that would split a continuous text.
        again = self._last is not None and (note.name, note.place) == (self._last.name, self._last.place)
        is_marked = not (again and (not note.place or id(block) in self._in_lists))
        strip = html_template(_NOTE).render(note=note) if is_marked else ""
        self._last = note
        # A table is already focusable, so that it can be scrolled.
        focus = "" if isinstance(block, Table) else ' tabindex="-1"'
        return BlockMarkup(strip, focus if named else f' id="{anchor}"{focus}')

    def note(self, block: Block | Section) -> OriginNote:
        """Return the origin of *block*."""
        origin = Origin() if isinstance(block, PageBreak) else block.origin
        text = self._text(origin)
        paths = _paths(block)
        if text is None or any(path.startswith(_OWN) for path in paths):
            return self._without_text(block, paths)
        line = f"rad {origin.line}" if origin.line else ""
        place = f"{text.name} {line}".strip()
        more = [("Fil", f"{shown(text.file)}, {line}" if line else shown(text.file))]
        if text.front.title:
            more.append(("Titel", text.front.title))
        more += self._below(text)
        more += self._data(paths)
        more.append(("Granskad av jurist", text.front.reviewed or "nej"))
        own = text.layer != self.library.layers[0].name
        return OriginNote(self.library.id_of(text), place, text.layer, self._decided(text), tuple(more), own)

    def _without_text(self, block: Block | Section, paths: tuple[str, ...]) -> OriginNote:
        own = next((path for path in paths if path.startswith(_OWN)), "")
        if own:
            name = "egen klausul" if own.startswith("egna_klausuler") else "eget avsnitt"
            return OriginNote(name, self._line(own), "", "skrivet i avtalet", tuple(self._data(paths)), own=True)
        missing = isinstance(block, Paragraph) and any(isinstance(inline, Placeholder) for inline in block.children)
        if missing or (isinstance(block, Section) and not any(block is cover for cover in self.document.cover)):
            return OriginNote("saknas i avtalet", "", "", "krävs av profilen", tuple(self._data(paths)))
        return OriginNote("utkastets första sida", "", "", "skrivs av iopdocs", tuple(self._data(paths)))

    def _text(self, origin: Origin) -> LayerText | None:
        for layer in reversed(self.library.layers):
            if layer.name == origin.layer and origin.file in layer.texts:
                return layer.texts[origin.file]
        return None

    def _below(self, text: LayerText) -> Iterator[tuple[str, str]]:
        """Yield (label, place) of the text that *text* replaces, if any."""
        having = [layer for layer in self.library.layers if text.name in layer.texts]
        number = next((n for n, layer in enumerate(having) if layer.texts[text.name] is text), 0)
        if number:
            below = having[number - 1]
            yield "Ersätter", f"texten i lagret {below.name} ({shown(below.texts[text.name].file)})"

    def _decided(self, text: LayerText) -> str:
        if not text.name.startswith(FOLDER):
            return "står alltid i dokumentet"
        clause, _slash, variant = self.library.id_of(text).partition("/")
        uses = [use for use in self.document.clauses if folded(use.clause) == folded(clause)]
        use = next((use for use in uses if folded(use.variant) == folded(variant)), None)
        return _how(use) if use is not None else "tas in av avsnittet"

    def _data(self, paths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        if not paths:
            return
        shown_data = [f"{path} ({line})" if (line := self._line(path)) else path for path in paths[:_MOST_DATA]]
        rest = len(paths) - _MOST_DATA
        if rest > 0:
            shown_data.append(f"och {rest} till")
        yield "Uppgifter", "; ".join(shown_data)

    def _line(self, path: str) -> str:
        place = position(self.agreement, path)
        return f"rad {place.line}" if place else ""

    def anchor(self, path: str, section: str) -> str:
        """Return the id of the block nearest to *path*, else of the heading of *section*, else an empty text."""
        here = path
        while here:
            for known, anchor in self.anchors.items():
                if known == here or known.startswith((f"{here}.", f"{here}[")):
                    return anchor
            here = here.rpartition("[")[0] if here.endswith("]") else here.rpartition(".")[0]
        return self.sections.get(section, "")


def _how(use: ClauseUse) -> str:
    if use.how is ChosenBy.DATA and use.wanted:
        return f"{use.how.value} (klausuler: {use.clause}: {use.wanted})"
    if use.how is ChosenBy.SECTION:
        return "avsnittets egen text, eftersom inget annat valts"
    return str(use.how.value)


def _paths(block: Block | Section) -> tuple[str, ...]:
    """Return the path of every datum that *block* prints or lacks, each once; blocks in its lists have their own."""
    found = [inline.path for inline in inlines_of(tuple(_inlines(block))) if isinstance(inline, Value | Placeholder)]
    return tuple(dict.fromkeys(path for path in found if path))


def _inlines(block: Block | Section) -> Iterator[Inline]:
    if isinstance(block, Section):
        yield from block.heading
    elif isinstance(block, Paragraph | Heading):
        yield from block.children
    elif isinstance(block, Table):
        for cell in (block.caption, *block.header, *(cell for row in block.rows for cell in row)):
            yield from cell
    elif isinstance(block, SignatureBlock):
        for line in block.lines:
            yield from line.label
            yield from line.value
    elif isinstance(block, ListBlock):
        return


def shown(file: str) -> str:
    """Return *file* relative to the working directory when it is there or near, else the whole path."""
    try:
        relative = os.path.relpath(file)
    except ValueError:  # another drive on Windows
        return file
    return relative if len(relative) < len(file) else file
