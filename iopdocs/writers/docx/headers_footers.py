"""Headers and footers of a reference document: content controls that are filled in for each document.

A control whose title is "Titel", "Diarienummer" or "Status" is filled in, others are left alone. Where the control
holds a text in square brackets, that text alone is replaced, so that a caption can stand before it ("Dnr [nummer]").
Without a value a control inside a line of text is left out. Where there is no control, a text "[titel]" will do.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import frozen
from lxml import etree

from iopdocs.document.xml_escape import escape
from iopdocs.writers.docx.header_placeholders import name_holes
from iopdocs.writers.docx.namespaces import fragment, serialised, value_of, w


class HeaderField(Enum):
    """What a content control may be filled with; its value is the control's title, in lower case."""

    TITLE = "titel"
    CASE_NUMBER = "diarienummer"
    STATUS = "status"


@frozen
class Control:
    """A control in the text of a header: what stands before and after its value; *optional* where it may be left out."""

    which: HeaderField
    before: str
    after: str
    optional: bool


Pieces = tuple[str | Control, ...]

_BEGIN, _VALUE, _END = "iopdocs-begin", "iopdocs-value", "iopdocs-end"


def prepare_header(root: etree._Element, taken: set[int]) -> Pieces | None:
    """Return *root* as text cut at its controls; ``None`` where no control of it is ours to fill.

    *taken* are the ids of the controls of the whole document; those of new ones are added to it.
    """
    name_holes(root, [field.value for field in HeaderField], taken)
    found = []
    for control in list(root.iter(w("sdt"))):
        title = value_of(control.find(f"{w('sdtPr')}/{w('alias')}")).strip().casefold()
        which = next((field for field in HeaderField if field.value == title), None)
        if which is not None and control.find(f".//{w('sdt')}") is None and _open_control(control):
            found.append(which)
    return _cut(serialised(root), found) if found else None


def _open_control(control: etree._Element) -> bool:
    """Empty *control* and mark where its value goes; false where it has no run to take the value."""
    properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    runs = [] if content is None else list(content.iter(w("r")))
    if properties is None or not runs:
        return False
    placeholder = properties.find(w("showingPlcHdr")) is not None
    for tag in ("showingPlcHdr", "dataBinding", "placeholder"):
        for child in properties.findall(w(tag)):
            properties.remove(child)
    hole = next((run for run in runs if _bracketed(run)), None)
    if hole is None:
        hole = runs[0]
        for run in runs[1:]:
            run.getparent().remove(run)  # type: ignore[union-attr]
    for child in list(hole):
        if child.tag != w("rPr"):
            hole.remove(child)
        elif placeholder:
            for style in child.findall(w("rStyle")):
                child.remove(style)
    text = fragment('<w:t xml:space="preserve"/>')
    text.append(etree.Comment(_VALUE))
    hole.append(text)
    inside_text = control.getparent().tag == w("p")  # type: ignore[union-attr]
    control.addprevious(etree.Comment(f"{_BEGIN}-{int(inside_text)}"))
    control.addnext(etree.Comment(_END))
    return True


def _bracketed(run: etree._Element) -> bool:
    text = "".join(t.text or "" for t in run.iter(w("t"))).strip()
    return text.startswith("[") and text.endswith("]")


def _cut(text: str, fields: list[HeaderField]) -> Pieces:
    pieces: list[str | Control] = []
    for which in fields:
        before, _, rest = text.partition(f"<!--{_BEGIN}-")
        inside, _, text = rest.partition(f"<!--{_END}-->")
        start, _, end = inside[len("0-->") :].partition(f"<!--{_VALUE}-->")
        pieces += [before, Control(which, start, end, inside[0] == "1")]
    return (*pieces, text)


def fill_header(pieces: Pieces, values: Mapping[HeaderField, str]) -> str:
    """Return the part with *values* in its controls."""
    out = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif values[piece.which] or not piece.optional:
            out += [piece.before, escape(values[piece.which]), piece.after]
    return "".join(out)
