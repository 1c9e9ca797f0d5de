"""Decide from its format whether the number in a cell is a date or a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import frozen
from lxml import etree

from iopdocs.tables.cells import CellFault, Moment, Number, Value

# ECMA-376 part 1, 18.8.30 (numFmt): the relevant codes among those that a file may leave implicit.
_BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip
_YEARS = range(1950, 2150)
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_LAST_DAY = 2_958_466  # 31 December 9999, exclusive
_LEAP_DAY = 60  # 29 February 1900, which exists in Excel but not in the calendar


@frozen
class NumberFormats:
    """The format code of each style of a workbook, which styles are dates, and the epoch of dates."""

    codes: tuple[str, ...] = ()
    dates: frozenset[int] = frozenset()
    from_1904: bool = False

    def value(self, number: float, style: int, *, reckoned: bool = False) -> Value:
        """Return the value of *number* in a cell of *style*. *reckoned* means that it is the result of a formula."""
        code = self.codes[style] if 0 <= style < len(self.codes) else "General"
        if style not in self.dates:
            return Number(number, code, reckoned, self.from_1904)
        moment = moment_of(number, from_1904=self.from_1904)
        if moment is None:
            return CellFault(
                "talet i cellen är inget datum, trots formatet", "skriv datumet på nytt, till exempel 2027-01-31"
            )
        if number in _YEARS:
            # A year typed in a cell with a date format becomes a day of 1905.
            return CellFault(
                f"här står året {int(number)}, men cellens datumformat gör det till {moment.date().isoformat()}",
                f"skriv hela datumet, till exempel {int(number)}-01-01",
            )
        return Moment(moment, code)


def moment_of(number: float, *, from_1904: bool = False) -> datetime | None:
    """Return *number* (days since 1900, or 1904) in a date cell as a moment, or ``None`` if it is out of range."""
    if not 0 <= number < _LAST_DAY:
        return None
    if from_1904:
        start = datetime(1904, 1, 1)
    else:
        start = datetime(1899, 12, 30) if number >= _LEAP_DAY else datetime(1899, 12, 31)
    try:
        return start + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return None


def read_formats(styles: Any, *, from_1904: bool) -> NumberFormats:
    """Return the formats listed in the styles part, an XML element."""
    custom: dict[int, str] = {}
    used: list[int] = []
    for element in styles:
        name = etree.QName(element).localname
        if name == "numFmts":
            custom = {_number(item.get("numFmtId")): item.get("formatCode", "") for item in element}
        elif name == "cellXfs":
            used = [_number(item.get("numFmtId")) for item in element]
    codes = tuple(custom.get(number, _BUILT_IN.get(number, "General")) for number in used)
    return NumberFormats(codes, frozenset(n for n, code in enumerate(codes) if is_date(code)), from_1904)


def is_date(code: str) -> bool:
    """Return whether a format shows a number as a date or a time of day."""
    plain = _ASIDE.sub("", code.split(";")[0])
    return (
        plain.lower() != "general"
        and bool(re.search("[ymdhs]", plain, re.IGNORECASE))
        and not re.search("[0#?]", re.sub(r"s\.0+", "", plain))
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
