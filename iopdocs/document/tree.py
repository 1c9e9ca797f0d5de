"""The document tree: frozen nodes that every writer reads. Numbers and references are settled here, so outputs agree."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TypeAlias

from attrs import field, frozen


@frozen
class Origin:
    """Where a block comes from: the layer's name, the file in it, and the 1-based line where known (else 0)."""

    layer: str = ""
    file: str = ""
    line: int = 0


@frozen
class Text:
    """Words of the library, after typography. Holds no line breaks."""

    text: str


@frozen
class Value:
    """A datum as it is printed. *path* is where it stands in the data (``parter[1].namn``).

    *text* may hold line breaks and tabs, which writers keep; it is never markup.
    """

    text: str
    path: str


@frozen
class Placeholder:
    """A datum that is missing: *label* is what it is called, *help* what to write, *path* where in the data.

    *whole* tells that a part of its own is missing, so that what to write is shown too and not only the label.
    """

    path: str
    label: str
    help: str = ""
    whole: bool = False

    @property
    def shown(self) -> str:
        """The text of the placeholder: ``[Tvist]``, or ``[Tvist: skriv hur en tvist löses.]`` for a whole part."""
        if not self.whole or not self.help:
            return f"[{self.label}]"
        return f"[{self.label}: {self.help[:1].lower()}{self.help[1:]}]"


@frozen
class LineBreak:
    """A forced new line inside a paragraph."""


@frozen
class Emphasis:
    """Emphasised text (italic)."""

    children: tuple[Inline, ...]


@frozen
class Strong:
    """Strongly emphasised text (bold)."""

    children: tuple[Inline, ...]


@frozen
class Link:
    """A link to *href*: an address with http, https, mailto or tel."""

    children: tuple[Inline, ...]
    href: str


@frozen
class CrossReference:
    """A reference to the heading whose id is *target*: prints *prefix* and *number*, or *children* where there are any."""

    target: str
    prefix: str = ""
    number: str = ""
    children: tuple[Inline, ...] = ()


@frozen
class Comment:
    """A remark in the margin: *text* in paragraphs, *author* who makes it."""

    text: tuple[str, ...]
    author: str = "iopdocs"


@frozen
class Commented:
    """Text that *remarks* stand beside in the margin, where a format has one."""

    children: tuple[Inline, ...]
    remarks: tuple[Comment, ...]


Inline: TypeAlias = Text | Value | Placeholder | LineBreak | Emphasis | Strong | Link | CrossReference | Commented


class ParagraphStyle(Enum):
    """What kind of paragraph it is; a writer maps it to a style of its own."""

    BODY = "body"
    SUBTITLE = "subtitle"
    NOTE = "note"
    PLACEHOLDER = "placeholder"


@frozen
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]
    style: ParagraphStyle = ParagraphStyle.BODY
    origin: Origin = Origin()


@frozen
class Heading:
    """A heading inside a section: *level* 2–4, *number* such as ``3.1`` (empty when unnumbered), *id* unique."""

    level: int
    children: tuple[Inline, ...]
    id: str
    number: str = ""
    origin: Origin = Origin()


@frozen
class ListBlock:
    """A list, bulleted or *ordered*; each item is one or more blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    origin: Origin = Origin()


class Align(Enum):
    """How a column of a table is aligned."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


Cell: TypeAlias = tuple[Inline, ...]


@frozen
class Table:
    """A table with one header row. Every row has as many cells as *header*; *total_rows* last rows are sums."""

    caption: tuple[Inline, ...]
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[Align, ...]
    total_rows: int = 0
    origin: Origin = Origin()


@frozen
class SignatureLine:
    """A line to write on, with its label below; *value* is what is already filled in."""

    label: tuple[Inline, ...]
    value: tuple[Inline, ...] = ()


@frozen
class SignatureBlock:
    """What one party signs: paragraphs first, then the lines. It is never split over pages."""

    intro: tuple[Block, ...]
    lines: tuple[SignatureLine, ...]
    origin: Origin = Origin()


@frozen
class PageBreak:
    """What follows starts on a new page."""


Block: TypeAlias = Paragraph | Heading | ListBlock | Table | SignatureBlock | PageBreak


class SectionKind(Enum):
    """A numbered section of the agreement, an appendix (``Bilaga 1``) or a section without a number."""

    SECTION = "section"
    APPENDIX = "appendix"
    UNNUMBERED = "unnumbered"


@frozen
class Section:
    """A part with a heading of level 1: *number* is ``3`` or ``Bilaga 1``; *name* is the section's name in the library."""

    id: str
    name: str
    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    number: str = ""
    kind: SectionKind = SectionKind.SECTION
    origin: Origin = Origin()


@frozen
class Properties:
    """What a document says of itself: *title* plain, *language* a BCP 47 tag, *case_numbers* for the page header."""

    title: str = ""
    language: str = "sv-SE"
    case_numbers: tuple[str, ...] = ()
    status: str = ""
    draft: bool = True


@frozen
class OutlineEntry:
    """A section that the library's document has, printed or not: its *name* and default *heading*."""

    name: str
    heading: str


class ChosenBy(Enum):
    """What decided which text a clause has."""

    DATA = "valt i avtalet"
    FACTS = "följer av uppgifterna"
    SECTION = "avsnittets egen"
    OWN = "egen klausul"
    NONE = "ingen"


@frozen
class ClauseUse:
    """What became of a clause in a document.

    *variant* is the name of the variant whose text it has (empty for a clause with one text), *how* what decided it,
    *wanted* what the data say of it (``klausuler``), *unknown* whether there is no such variant, *facts* the variants
    that the rest of the data point at, *again* whether the clause has been met before, as in an appendix.
    """

    clause: str
    variant: str
    how: ChosenBy
    wanted: str = ""
    unknown: bool = False
    facts: tuple[str, ...] = ()
    again: bool = False


@frozen
class TextUse:
    """A text of a layer that made a part of a document, as it was then.

    *name* is its path in the layer, *id* what it calls itself (``överskott/återbetalas``), *digest* its sha256 (front
    matter left out), *version* and *reviewed* what its front matter says; *reviewed* is empty when no lawyer has.
    """

    name: str
    id: str
    layer: str
    digest: str
    version: str = ""
    reviewed: str = ""


@frozen
class Document:
    """A document: *title* (inline), *front* (what stands between the title and the first section) and *sections*."""

    title: tuple[Inline, ...]
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    properties: Properties = Properties()
    reference: bytes | None = None
    """The reference document (a DOCX) that gives styles, page, header and footer."""
    reference_file: str = field(default="mall.docx", eq=False)
    """What messages call the reference document: the file it was read from."""
    contents: bool = False
    """Whether a table of contents stands before the first section."""
    cover: tuple[Section, ...] = ()
    """Sections on pages of their own before the agreement: what is left to do in a draft."""
    outline: tuple[OutlineEntry, ...] = ()
    """Every section of the library's document in order, so that what is missing can be put in its place."""
    clauses: tuple[ClauseUse, ...] = ()
    """Every clause that the document's texts have a place for, in order, and what became of it."""
    texts: tuple[TextUse, ...] = ()
    """The texts of the layers that made the document, in the order they were first met."""
    data: str = ""
    """The data that a DOCX keeps of the agreement, as :func:`iopdocs.files.embedded.embedded_text` writes them."""

    def to_docx(self) -> bytes:
        """Return the document as a DOCX file (ECMA-376 transitional). Same tree, same bytes."""
        from iopdocs.writers.docx.writer import write_docx

        return write_docx(self)

    def to_html(self) -> str:
        """Return the document as one self-contained HTML page."""
        from iopdocs.writers.html import write_html

        return write_html(self)

    def to_markdown(self) -> str:
        """Return the document as CommonMark."""
        from iopdocs.writers.markdown import write_markdown

        return write_markdown(self)

    def to_pdf(self, level: str = "a2") -> bytes:
        """Return the document as a tagged PDF, made by LibreOffice.

        Args:
            level: ``a2`` (PDF/A-2b and PDF/UA), ``a3`` (PDF/A-3b and PDF/UA) or ``a1`` (PDF/A-1).

        Raises:
            RenderError: when LibreOffice is missing, or did not make what was asked for.
            ValueError: when *level* is none of these.
        """
        from iopdocs.library.rule_limits import PdfLevel
        from iopdocs.writers.pdf import to_pdfs

        return to_pdfs([self.to_docx()], PdfLevel(level))[0]

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the document to *path*, whose suffix (``.docx``, ``.html``, ``.md``, ``.pdf``) chooses the kind; return the path.

        Raises:
            RenderError: when a PDF cannot be made: LibreOffice is missing, or did not make what was asked for.
            WriteError: when the suffix is unknown, the folder cannot be written, or *path* holds a file that was
                edited since it was made, or that is not ours, and *overwrite* is false.
        """
        from iopdocs.writers.save import save

        return save(self, Path(path), overwrite=overwrite)
