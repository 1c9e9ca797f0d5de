"""Convert the contents of a cell to the text that value readers accept, and on to a node."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from iopdocs.errors import Position, ValueProblem
from iopdocs.files.nodes import ListNode, Node, TextNode
from iopdocs.files.value_readers import fold
from iopdocs.model.fields import Field, PartyRef
from iopdocs.tables.cells import CellFault, Moment, Number, Value
from iopdocs.tables.number_formats import moment_of
from iopdocs.tables.shown_numbers import shown
from iopdocs.values.counts import Hours
from iopdocs.values.identifiers import CaseNumber
from iopdocs.values.money import UNITS, Money
from iopdocs.values.text import Year

_DAYS = re.compile(r"\s*[0-9]{5}\s*")
_FIRST_YEAR, _LAST_YEAR = 1950, 2149  # a number that is a day outside these is probably not a day
_BULLETS = ("- ", "– ", "• ")
_QUANTITIES = (int, Hours, Year, Decimal, Money)
_PADDED = re.compile(r"0[0\- ]*")


def node_of(value: Value, field: Field, position: Position, parties: Collection[str] = ()) -> Node:
    """Return the node of a cell for *field*; *parties* are the folded names that a reference may denote.

    Raises:
        ValueProblem: when the cell contains no possible value.
    """
    if not field.many:
        return TextNode(cell_text(value, field), position)
    items = _items(cell_text(value, field), field, parties)
    return ListNode(tuple(TextNode(item, position) for item in items), position)


def plain_text(value: Value) -> str:
    """Return the contents of a cell as a name or a heading.

    Raises:
        ValueProblem: when the cell shows an error.
    """
    if isinstance(value, CellFault):
        raise ValueProblem(value.message, value.hint)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Number):
        return _number_text(value)
    return value if isinstance(value, str) else _moment_text(value)


def cell_text(value: Value, field: Field) -> str:
    """Return the contents of a cell, as written in a data file.

    Raises:
        ValueProblem: when the cell shows an error, or when Excel has changed the input.
    """
    if isinstance(value, Number):
        return _read_number(value, field)
    if isinstance(value, Moment):
        return _read_moment(value, field)
    text = plain_text(value)
    if field.type is date and _DAYS.fullmatch(text):
        # The text in a CSV file of a cell that shows a day as a number.
        _refuse_days(Number(float(text)))
    return text


def _read_number(number: Number, field: Field) -> str:
    if field.type is date:
        _refuse_days(number)
    if field.key == "telefon":
        # Only the key distinguishes a telephone number from other text.
        raise ValueProblem(
            "telefonnumret är sparat som ett tal, och då försvinner nollan eller plustecknet i början",
            "gör om cellen till text (Format → Text) och skriv numret igen",
        )
    seen = shown(_exact(number.value), number.format)
    if isinstance(seen, str):
        return seen
    unit = (seen.before + seen.after).strip()
    if seen.scale > 1:
        if field.type is Money and UNITS.get(unit.casefold()) == seen.scale:
            return _number_text(number)
        raise ValueProblem(
            f"cellen visar {_decimal_text(round(seen.number, 2))} men innehåller {_number_text(number)}",
            "ge cellen formatet Tal (Format → Celler), och kontrollera talet",
        )
    text = _decimal_text(seen.number)
    decimals = len(text.partition(",")[2])
    if field.type is Money and decimals > 2 and not unit:
        raise ValueProblem(f"beloppet {text} har fler än två decimaler", "avrunda det, till exempel med =AVRUNDA(…;2)")
    if field.type is Money and decimals == 3:
        # Three digits after a comma may be thousands in a text, but not in a cell.
        text += "0"
    if field.type not in _QUANTITIES and not decimals and not text.startswith("-"):
        # Zeros in a format keep the leading zeros that a number loses.
        text = text.zfill(seen.digits)
    return f"{seen.before}{text}{seen.after}".strip()


def _refuse_days(number: Number) -> None:
    """Refuse a number that may be a day in a cell without a date format: the user has not seen which day it is."""
    moment = moment_of(number.value, from_1904=number.from_1904)
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return
    message = (
        "cellens formel ger talet {number} utan datumformat; som datum är det {day}"
        if number.reckoned
        else "här står talet {number} utan datumformat; som datum är det {day}"
    )
    hint = (
        "ge cellen formatet Datum (Format → Celler), eller skriv {day} i stället för formeln"
        if number.reckoned
        else "ge cellen formatet Datum (Format → Celler), eller skriv {day}"
    )
    day = moment.date().isoformat()
    raise ValueProblem(message.format(number=_decimal_text(_exact(number.value)), day=day), hint.format(day=day))


def _number_text(number: Number) -> str:
    if _PADDED.fullmatch(number.format) and number.value >= 0 and number.value == int(number.value):
        # A format of zeros keeps the leading zeros that a number loses.
        return str(int(number.value)).zfill(number.format.count("0"))
    return _decimal_text(_exact(number.value))


def _exact(value: float) -> Decimal:
    # Excel shows and keeps fifteen digits; the rest is noise of binary arithmetic.
    return Decimal(f"{value:.15g}")


def _decimal_text(number: Decimal) -> str:
    if number == number.to_integral_value():
        return str(int(number))
    return f"{number:f}".rstrip("0").replace(".", ",")


@cache
def _shows_whole_date(code: str) -> bool:
    letters = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    return all(letter in letters for letter in "ymd")


def _read_moment(moment: Moment, field: Field) -> str:
    if field.type is CaseNumber:
        raise ValueProblem(
            "diarienumret är sparat som ett datum", "gör om cellen till text (Format → Text) och skriv numret igen"
        )
    if field.type is not date and not _shows_whole_date(moment.format):
        raise ValueProblem(
            "texten är sparad som ett datum", "gör om cellen till text (Format → Text) och skriv den igen"
        )
    return _moment_text(moment)


def _moment_text(moment: Moment) -> str:
    when = moment.value
    return when.date().isoformat() if not (when.hour or when.minute or when.second) else f"{when:%Y-%m-%d %H:%M}"


def _items(text: str, field: Field, parties: Collection[str]) -> list[str]:
    """Return the items of a cell, one per line; words of a list and known parties may be separated by commas."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    for bullet in _BULLETS:
        if len(lines) > 1 and all(line.lstrip().startswith(bullet) for line in lines):
            lines = [line.lstrip().removeprefix(bullet) for line in lines]
    known = _known(field.type, parties)
    return [item for line in lines for item in _split(line, known)] if known else lines


def _known(kind: Any, parties: Collection[str]) -> Collection[str]:
    return parties if kind is PartyRef else _words(kind)


@cache
def _words(kind: Any) -> Collection[str]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return frozenset(fold(str(member.value)) for member in kind)
    return ()


def _split(line: str, known: Collection[str]) -> list[str]:
    if fold(line) in known:
        return [line]
    pieces = [piece.strip() for piece in re.split("[,;]", line) if piece.strip()]
    # Only when every piece is known: a name with a comma stays whole.
    return pieces if len(pieces) > 1 and all(fold(piece) in known for piece in pieces) else [line]
