"""The register as CSV that Excel opens correctly: BOM, semicolons, decimal comma, and no text that acts as a formula."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from iopdocs.register.columns import COLUMNS, Cell
from iopdocs.register.rows import Register

MARK = "Märke"
"""The last column, a checksum of its row and the rows above."""
_BOM = b"\xef\xbb\xbf"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_csv(register: Register) -> bytes:
    """Return the rows of *register* as CSV. Equal registers give equal bytes."""
    lines = [[column.heading for column in COLUMNS] + [MARK]]
    before = ""
    for row in register.rows:
        cells = [_text(column.value(row)) for column in COLUMNS]
        before = _mark(before, cells)
        lines.append([*cells, before])
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(lines)
    return _BOM + stream.getvalue().encode("utf-8", "replace")


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is an unedited register from :func:`write_csv`."""
    if not data.startswith(_BOM):
        return False
    try:
        lines = list(csv.reader(io.StringIO(data[len(_BOM) :].decode(), newline=""), delimiter=";", strict=True))
    except (UnicodeDecodeError, csv.Error):
        return False
    if not lines or lines[0] != [*(column.heading for column in COLUMNS), MARK]:
        return False
    before = ""
    for line in lines[1:]:
        before = _mark(before, line[:-1])
        if line[-1:] != [before]:
            return False
    return True


def neutral(text: str) -> str:
    """Return *text* with an apostrophe first if a program could read it as a formula.

    A text that begins with an apostrophe gets one more, so that removing one apostrophe from any cell that begins with
    one restores the text.
    """
    return f"'{text}" if text.startswith(_RISKY) else text


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return neutral(str(value))


def _mark(before: str, cells: Sequence[str]) -> str:
    # A letter first, so that no program reads it as a number.
    return "m" + hashlib.sha256("\0".join((before, *cells)).encode("utf-8", "replace")).hexdigest()[:12]
