"""The lists of a Word document: headings, appendices, bullets and numbers (ECMA-376 part 1, section 17.9)."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from iopdocs.document.xml_escape import escape

INDENT = 425
"""The indent of a list item per level, in twentieths of a point (0.75 cm)."""

_DEEPEST = 9


class NumberedList(Enum):
    """One of the five lists. Its value is the ``w:name`` that identifies it in a reference document."""

    HEADINGS = "iopdocs-rubriker"
    APPENDICES = "iopdocs-bilagor"
    BULLETS = "iopdocs-punkter"
    UNNUMBERED = "iopdocs-utan-nummer"
    NUMBERS = "iopdocs-nummer"


@frozen
class ListLevel:
    """A level of a list: its number format, its text and the indent of its text, in twentieths of a point."""

    form: str
    text: str
    left: int
    hanging: int
    style: str = ""
    follow: str = "tab"


def levels(
    which: NumberedList, heading_styles: tuple[str, ...] = (), appendix_style: str = ""
) -> tuple[ListLevel, ...]:
    """Return the nine levels of *which*, linked to the ids of the heading styles if it numbers headings."""
    if which is NumberedList.HEADINGS:
        return tuple(
            ListLevel("decimal", _dotted(depth), *_heading_indent(depth), _nth(heading_styles, depth))
            for depth in range(_DEEPEST)
        )
    if which is NumberedList.APPENDICES:
        first = ListLevel("decimal", "Bilaga %1", 1701, 1701, appendix_style)
        return (
            first,
            *(ListLevel("decimal", _dotted(depth), *_heading_indent(depth)) for depth in range(1, _DEEPEST)),
        )
    if which is NumberedList.UNNUMBERED:
        return tuple(ListLevel("none", "", 0, 0, follow="nothing") for _depth in range(_DEEPEST))
    if which is NumberedList.BULLETS:
        return tuple(ListLevel("bullet", "•–"[depth % 2], *_item_indent(depth)) for depth in range(_DEEPEST))
    forms = ("decimal", "lowerLetter", "lowerRoman")
    return tuple(
        ListLevel(forms[depth % 3], f"%{depth + 1}{'.)'[depth % 3 == 1]}", *_item_indent(depth))
        for depth in range(_DEEPEST)
    )


def _dotted(depth: int) -> str:
    return ".".join(f"%{n}" for n in range(1, depth + 2))


def _heading_indent(depth: int) -> tuple[int, int]:
    width = (737, 737, 907, 1077)[depth] if depth < 4 else 1247
    return width, width


def _item_indent(depth: int) -> tuple[int, int]:
    return INDENT * (depth + 1), INDENT


def _nth(values: tuple[str, ...], index: int) -> str:
    return values[index] if index < len(values) else ""


def abstract_list(number: int, which: NumberedList, form: tuple[ListLevel, ...]) -> str:
    """Return the ``w:abstractNum`` with id *number*. nsid and tmpl are fixed, so that equal lists give equal bytes."""
    code = f"{0x10D0C500 + list(NumberedList).index(which):08X}"
    parts = [
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{code}"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="{code}"/><w:name w:val="{which.value}"/>'
    ]
    for depth, level in enumerate(form):
        style = f'<w:pStyle w:val="{escape(level.style)}"/>' if level.style else ""
        parts.append(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.form}"/>{style}'
            f'<w:suff w:val="{level.follow}"/><w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr></w:lvl>'
        )
    parts.append("</w:abstractNum>")
    return "".join(parts)


def concrete_list(number: int, abstract: int, restart_at: int | None = None) -> str:
    """Return the ``w:num`` with id *number*. With *restart_at*, that level restarts at 1."""
    override = (
        ""
        if restart_at is None
        else f'<w:lvlOverride w:ilvl="{restart_at}"><w:startOverride w:val="1"/></w:lvlOverride>'
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
