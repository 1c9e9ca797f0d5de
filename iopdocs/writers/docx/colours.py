"""Adapt added styles to a third-party template: they get the colour and font of its headings."""

from __future__ import annotations

import copy
import re

from attrs import frozen
from lxml import etree

from iopdocs.writers.docx.namespaces import fragment, value_of, w
from iopdocs.writers.docx.styles import HEADINGS, StyleRole

_LIKE_HEADINGS = frozenset((StyleRole.TITLE, *HEADINGS, StyleRole.CAPTION, StyleRole.TABLE_HEADING))
# The shade and rule colour of added tables, neutral beside the unknown colours of the template.
_SHADE, _RULE = "F0F0F0", "A6A6A6"
_LEAST_CONTRAST = 4.5
_DEEPEST = 30


@frozen
class HeadingLook:
    """The look of the template's headings: their ``w:color`` and ``w:rFonts``, if any."""

    colour: etree._Element | None
    fonts: etree._Element | None


def look_of_headings(styles: etree._Element, heading: str) -> HeadingLook:
    """Return the look of the style *heading* (an id), including properties inherited from its base styles."""
    colour = _inherited(styles, heading, "color")
    if colour is not None and not _is_legible(value_of(colour)):
        colour = None
    return HeadingLook(colour, _inherited(styles, heading, "rFonts"))


def _inherited(styles: etree._Element, identifier: str, tag: str) -> etree._Element | None:
    by_id = {style.get(w("styleId")): style for style in styles.findall(w("style"))}
    for _turn in range(_DEEPEST):
        style = by_id.get(identifier)
        if style is None:
            return None
        property_ = style.find(f"{w('rPr')}/{w(tag)}")
        if property_ is not None:
            return property_
        identifier = value_of(style.find(w("basedOn")))
    return None


def _is_legible(colour: str) -> bool:
    """Return whether text of *colour* has enough contrast to the shade of a table's header row (WCAG 2.1, 1.4.3)."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return False
    return (_luminance(_SHADE) + 0.05) / (_luminance(colour) + 0.05) >= _LEAST_CONTRAST


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def apply_look(style: etree._Element, role: StyleRole, look: HeadingLook) -> None:
    """Apply the colour and font of the template's headings to *style*, an added style, if *role* resembles a heading."""
    if role in _LIKE_HEADINGS:
        _apply_look_to_text(style, look)
    elif role is StyleRole.TABLE:
        _apply_look_to_table(style, look)


def _apply_look_to_text(style: etree._Element, look: HeadingLook) -> None:
    properties = style.find(w("rPr"))
    if properties is None:
        return
    for old in properties.findall(w("color")):
        if look.colour is None:
            properties.remove(old)
        else:
            properties.replace(old, copy.deepcopy(look.colour))
    if look.fonts is not None and properties.find(w("rFonts")) is None:
        properties.insert(0, copy.deepcopy(look.fonts))


def _apply_look_to_table(style: etree._Element, look: HeadingLook) -> None:
    strong = "auto" if look.colour is None else value_of(look.colour)
    borders = style.find(f"{w('tblPr')}/{w('tblBorders')}")
    for border in () if borders is None else borders:
        border.set(w("color"), _RULE if border.tag == w("insideH") else strong)
    for shade in style.iter(w("shd")):
        shade.getparent().replace(shade, fragment(f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>'))  # type: ignore[union-attr]
