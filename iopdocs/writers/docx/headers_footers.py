"""Headers and footers of a reference document: content controls that are filled in for each document.

A control with the title "Titel", "Diarienummer" or "Status" is filled in; others are unchanged. If the control contains
a text in square brackets, only that text is replaced, so that a caption can precede it ("Dnr [nummer]"). Without a
value, a control inside a line of text is omitted. A text "[titel]" without a control works too.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import frozen
from lxml import etree

from iopdocs.document.xml_escape import escape
from iopdocs.writers.docx.header_placeholders import add_controls
from iopdocs.writers.docx.namespaces import fragment, serialised, value_of, w


class HeaderField(Enum):
    """A value that a content control can show. The enum value is the control's title, in lower case."""

    TITLE = "titel"
    CASE_NUMBER = "diarienummer"
    STATUS = "status"


@frozen
class Control:
    """A control in the XML of a header: the XML before and after its value. An *optional* control may be omitted."""

    which: HeaderField
    before: str
    after: str
    optional: bool


Pieces = tuple[str | Control, ...]

_BEGIN, _VALUE, _END = "iopdocs-begin", "iopdocs-value", "iopdocs-end"


def prepare_header(root: etree._Element, taken: set[int]) -> Pieces | None:
    """Return *root* as text split at its controls, or ``None`` if no control is to be filled in.

    *taken* are the control ids of the whole document. The ids of new controls are added to it.
    """
    add_controls(root, [field.value for field in HeaderField], taken)
    fields = []
    for control in list(root.iter(w("sdt"))):
        title = value_of(control.find(f"{w('sdtPr')}/{w('alias')}")).strip().casefold()
        which = next((field for field in HeaderField if field.value == title), None)
        if which is not None and control.find(f".//{w('sdt')}") is None and _open_control(control):
            fields.append(which)
    return _cut(serialised(root), fields) if fields else None


def _open_control(control: etree._Element) -> bool:
    """Empty *control* and mark the place of its value. Return false if it has no run for the value."""
    properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    runs = [] if content is None else list(content.iter(w("r")))
    if properties is None or not runs:
        return False
    placeholder = properties.find(w("showingPlcHdr")) is not None
    for tag in ("showingPlcHdr", "dataBinding", "placeholder"):
        for child in properties.findall(w(tag)):
            properties.remove(child)
    target = next((run for run in runs if _bracketed(run)), None)
    if target is None:
        target = runs[0]
        for run in runs[1:]:
            run.getparent().remove(run)  # type: ignore[union-attr]
    for child in list(target):
        if child.tag != w("rPr"):
            target.remove(child)
        elif placeholder:
            for style in child.findall(w("rStyle")):
                child.remove(style)
    text = fragment('<w:t xml:space="preserve"/>')
    text.append(etree.Comment(_VALUE))
    target.append(text)
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
    """Return the XML of the header with *values* in its controls."""
    out = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif values[piece.which] or not piece.optional:
            out += [piece.before, escape(values[piece.which]), piece.after]
    return "".join(out)
