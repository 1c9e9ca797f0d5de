"""The document tree: frozen nodes read by every writer. Numbers and references are already resolved in it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TypeAlias

from attrs import field, frozen


@frozen
class Origin:
    """The origin of a block: the layer's name, the file in it, and the 1-based line, or 0 if unknown."""

    layer: str = ""
    file: str = ""
    line: int = 0


@frozen
class Text:
    """Words of the library, after typography. Contains no line breaks."""

    text: str


@frozen
class Value:
    """A value as it is printed. *path* is its location in the data (``parter[1].namn``).

    *text* may contain line breaks and tabs, which writers keep. It is never markup.
    """

    text: str
    path: str


@frozen
class Placeholder:
    """A missing value: *label* is its name, *help* what to write, *path* its location in the data.

    With *whole*, an entire part is missing, and *help* is shown beside the label.
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
    """A reference to the heading whose id is *target*. Prints *children* if any, else *prefix* and *number*."""

    target: str
    prefix: str = ""
    number: str = ""
    children: tuple[Inline, ...] = ()


@frozen
class Comment:
    """A comment in the margin: *text* in paragraphs, and its *author*."""

    text: tuple[str, ...]
    author: str = "iopdocs"


@frozen
class Commented:
    """Text with *comments* in the margin, in formats that have one."""

    children: tuple[Inline, ...]
    comments: tuple[Comment, ...]


Inline: TypeAlias = Text | Value | Placeholder | LineBreak | Emphasis | Strong | Link | CrossReference | Commented


class ParagraphStyle(Enum):
    """The kind of a paragraph. Each writer maps it to a style."""

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
    """A heading inside a section: *level* 2–4, *number* such as ``3.1`` (empty if unnumbered), unique *id*."""

    level: int
    children: tuple[Inline, ...]
    id: str
    number: str = ""
    origin: Origin = Origin()


@frozen
class ListBlock:
    """A list, bulleted or *ordered*. Each item is one or more blocks."""

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
    """A table with one header row. Every row has as many cells as *header*. The last *total_rows* rows are sums."""

    caption: tuple[Inline, ...]
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[Align, ...]
    total_rows: int = 0
    origin: Origin = Origin()


@frozen
class SignatureLine:
    """A line to write on, with its label below. *value* is the text already filled in."""

    label: tuple[Inline, ...]
    value: tuple[Inline, ...] = ()


@frozen
class SignatureBlock:
    """The signature block of one party: paragraphs first, then the lines. It is never split over pages."""

    intro: tuple[Block, ...]
    lines: tuple[SignatureLine, ...]
    origin: Origin = Origin()


@frozen
class PageBreak:
    """A page break."""


Block: TypeAlias = Paragraph | Heading | ListBlock | Table | SignatureBlock | PageBreak


class SectionKind(Enum):
    """A numbered section of the agreement, an appendix (``Bilaga 1``) or a section without a number."""

    SECTION = "section"
    APPENDIX = "appendix"
    UNNUMBERED = "unnumbered"


@frozen
class Section:
    """A part with a level 1 heading. *number* is ``3`` or ``Bilaga 1``; *name* is the section's name in the library."""

    id: str
    name: str
    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    number: str = ""
    kind: SectionKind = SectionKind.SECTION
    origin: Origin = Origin()


@frozen
class Properties:
    """Document properties: plain *title*, *language* as a BCP 47 tag, *case_numbers* for the page header."""

    title: str = ""
    language: str = "sv-SE"
    case_numbers: tuple[str, ...] = ()
    status: str = ""
    draft: bool = True


@frozen
class OutlineEntry:
    """A section of the library's document, printed or not: its *name* and default *heading*."""

    name: str
    heading: str


class ChosenBy(Enum):
    """The reason for the choice of a clause's text."""

    DATA = "valt i avtalet"
    FACTS = "följer av uppgifterna"
    SECTION = "avsnittets egen"
    OWN = "egen klausul"
    NONE = "ingen"


@frozen
class ClauseUse:
    """The use of a clause in a document.

    *variant* is the name of the variant used (empty for a clause with one text), *how* the reason for the choice,
    *wanted* the choice in the data (``klausuler``), *unknown* whether that variant does not exist, *facts* the variants
    that the other data imply, *again* whether the clause occurred earlier, as in an appendix.
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
    """A text of a layer that a document was made from, as it was at that time.

    *name* is its path in the layer, *id* its identifier (``överskott/återbetalas``), *digest* its sha256 without front
    matter. *version* and *reviewed* come from its front matter; *reviewed* is empty if no lawyer has reviewed the text.
    """

    name: str
    id: str
    layer: str
    digest: str
    version: str = ""
    reviewed: str = ""


@frozen
class Document:
    """A document: *title* (inline), *front* (blocks between the title and the first section) and *sections*."""

    title: tuple[Inline, ...]
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    properties: Properties = Properties()
    reference: bytes | None = None
    """The reference document (a DOCX), source of styles, page setup, header and footer."""
    reference_file: str = field(default="mall.docx", eq=False)
    """The file name of the reference document, used in messages."""
    contents: bool = False
    """Whether a table of contents precedes the first section."""
    cover: tuple[Section, ...] = ()
    """Sections on separate pages before the agreement: the remaining work of a draft."""
    outline: tuple[OutlineEntry, ...] = ()
    """Every section of the library's document in order, used to insert a missing section in its place."""
    clauses: tuple[ClauseUse, ...] = ()
    """The use of every clause in the document's texts, in order."""
    texts: tuple[TextUse, ...] = ()
    """The texts of the layers that the document was made from, in order of first use."""
    data: str = ""
    """The agreement's data to embed in a DOCX, as written by :func:`iopdocs.files.embedded_data.embedded_text`."""

    def to_docx(self) -> bytes:
        """Return the document as a DOCX file (ECMA-376 transitional). Equal trees give equal bytes."""
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
            RenderError: when LibreOffice is missing or did not produce the requested file.
            ValueError: when *level* is none of these.
        """
        from iopdocs.library.rule_limits import PdfLevel
        from iopdocs.writers.pdf import to_pdfs

        return to_pdfs([self.to_docx()], PdfLevel(level))[0]

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the document to *path* and return it. The suffix (``.docx``, ``.html``, ``.md``, ``.pdf``) sets the format.

        Raises:
            RenderError: when LibreOffice is missing or did not produce the requested PDF.
            WriteError: when the suffix is unknown, the folder is not writable, or *overwrite* is false and *path* is a
                file that was edited since it was made, or not made by iopdocs.
        """
        from iopdocs.writers.save import save

        return save(self, Path(path), overwrite=overwrite)
