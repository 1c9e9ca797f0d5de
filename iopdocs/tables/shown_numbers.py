"""What a cell shows of its number: the signs, units and scale that a number format adds to it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from attrs import frozen

from iopdocs.errors import ValueProblem

# ECMA-376 part 1, 18.8.31 (numFmts): a text in quotes, an escaped sign, a space as wide as a sign, a sign that fills the
# cell, a currency or locale, a condition or a colour; then the placeholders of the number itself.
_PIECE = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<escaped>.)|(?P<wide>_.)|\*.|\[\$(?P<currency>[^\]-]*)(?:-(?P<locale>[^\]]*))?\]'
    r"|\[(?P<condition>[<>=][^\]]*)\]|\[[^\]]*\]|(?P<general>General)|(?P<number>E[+-]|[0#?.,/@])|(?P<percent>%)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_CROWNS = ("kr", "kr.")
# Locale ids (ECMA-376 part 1, 18.8.31; MS-LCID) whose currency is called kr and is not the Swedish krona.
_OTHER_CROWNS = {
    "406": "danska", "414": "norska", "814": "norska", "40f": "isländska", "425": "estniska", "438": "färöiska",
    "46f": "danska", "da": "danska", "nb": "norska", "nn": "norska", "no": "norska", "is": "isländska", "et": "estniska",
    "fo": "färöiska", "kl": "danska",
}  # fmt: skip


@frozen
class ShownNumber:
    """A number as a cell shows it, with the texts *before* and *after* it.

    *scale* is what the format divides the number by, *digits* the fewest digits that it shows before a decimal comma.
    """

    number: Decimal
    before: str = ""
    after: str = ""
    scale: int = 1
    digits: int = 1


@frozen
class _Section:
    """A section of a number format. *is_text* means that it shows no number, only *before*."""

    before: str
    after: str
    percent: bool
    scale: int
    digits: int
    is_text: bool


def shown(number: Decimal, code: str) -> ShownNumber | str:
    """Return *number* as a cell with the number format *code* shows it, or the text that the cell shows instead.

    Rounding is not a part of it: a cell that shows 1,3 of 1,25 is 1,25. The texts are those of positive numbers.

    Raises:
        ValueProblem: when the format hides the number, or shows it in a way that depends on conditions.
    """
    sections = _sections(code)
    section = sections[0]
    if number < 0 and len(sections) > 1 and sections[1].is_text:
        section = sections[1]
    if number == 0 and len(sections) > 2 and sections[2].is_text:
        section = sections[2]
        if not section.before.strip("-\u2013 "):
            # The format of accounts shows nothing or a dash for a zero.
            section = sections[0]
    if section.is_text:
        if not section.before.strip():
            raise ValueProblem(
                "cellens format döljer talet i den", "ge cellen formatet Allmänt (Format → Celler), eller töm den"
            )
        return section.before.strip()
    seen = number * 100 if section.percent else number / section.scale
    return ShownNumber(seen, section.before, section.after, section.scale, section.digits)


@cache
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for piece in _PIECE.finditer(code):
        if piece["condition"]:
            raise ValueProblem(
                "cellens format visar talet på olika sätt för olika tal",
                "ge cellen formatet Allmänt eller Tal (Format → Celler), och kontrollera talet",
            )
        if piece["sign"] == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return tuple(map(_section, parts))


def _section(pieces: list[re.Match[str]]) -> _Section:
    numbers = [place for place, piece in enumerate(pieces) if piece["number"] or piece["general"]]
    first, last = (numbers[0], numbers[-1] + 1) if numbers else (len(pieces), len(pieces))
    before, after = _text(pieces[:first]).lstrip(" +-"), _text(pieces[last:]).rstrip()
    percent = any(piece["percent"] for piece in pieces)
    digits = "".join(piece["number"] or " " for piece in pieces[first:last])
    scale = _SCALE.search(digits)
    zeros = digits.partition(".")[0].count("0")
    if percent and "%" not in before + after:
        after += " %"
    return _Section(before, after, percent, 1000 ** len(scale[1]) if scale else 1, zeros, not numbers)


def _text(pieces: list[re.Match[str]]) -> str:
    """Return what a format shows before or after the number, without the brackets of negative numbers."""
    return re.sub("[()]", "", "".join(_shown_text(piece) for piece in pieces))


def _shown_text(piece: re.Match[str]) -> str:
    if piece["currency"] is not None:
        locale = (piece["locale"] or "").lower()
        nation = _OTHER_CROWNS.get(locale[-4:].lstrip("0")) or _OTHER_CROWNS.get(locale[:2])
        return f"{nation} kr" if nation and piece["currency"].strip().lower() in _CROWNS else piece["currency"]
    if piece["wide"]:
        return " "
    return str(piece["text"] or piece["escaped"] or piece["sign"] or piece["percent"] or "")
