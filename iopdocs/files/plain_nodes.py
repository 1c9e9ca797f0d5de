"""Read plain data (dicts, lists, texts, numbers, dates) as nodes, one level at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from iopdocs.errors import LoadError, ValueProblem
from iopdocs.files.nodes import NOWHERE, EmptyNode, ListNode, MapNode, Node, TextNode
from iopdocs.values.text import check_text

_NODES = (TextNode, EmptyNode, ListNode, MapNode)
_MOST_BITS = 1000  # of a whole number; Python refuses to write those with more than some thousand digits


def as_node(given: Any) -> Node:
    """Return *given* as a node: a node as it is, plain data as a node at :data:`~iopdocs.files.nodes.NOWHERE`.

    What is inside a dict or list is left as it is, to be read when its turn comes. So data that contain themselves
    do no harm: no record of the model contains itself.

    Raises:
        LoadError: when *given* is an object that data cannot contain; the problem says what was given.
    """
    if isinstance(given, _NODES):
        return given
    if isinstance(given, Enum):
        given = given.value
    if given is None:
        return EmptyNode(NOWHERE)
    if isinstance(given, Mapping):
        return _map(given)
    if isinstance(given, list | tuple):
        return ListNode(tuple(given), NOWHERE)
    if isinstance(given, bool):
        return TextNode("true" if given else "false", NOWHERE)
    if isinstance(given, str):
        return TextNode(_legal(str.__str__(given)), NOWHERE)
    if isinstance(given, int | float | Decimal):
        return TextNode(_number(given), NOWHERE, "number")
    if isinstance(given, date):
        return TextNode(_day(given), NOWHERE, "date")
    raise _refused(f"här står ett värde av typen {type(given).__name__}", "skriv det som en text eller ett tal")


def _map(given: Mapping[Any, Any]) -> MapNode:
    entries = {key.text: (key, value) for key, value in ((_key(key), value) for key, value in given.items())}
    if len(entries) < len(given):
        raise _refused("samma nyckel står två gånger, skriven på olika sätt", "behåll den ena", "dubbel-nyckel")
    return MapNode(cast(Any, tuple(entries.values())), NOWHERE)


def _key(key: object) -> TextNode:
    if not isinstance(key, str):
        # No key of the model has a parenthesis.
        shown = f"{key!r} " if isinstance(key, int | float | None) else ""
        return TextNode(f"{shown[:40]}({type(key).__name__})", NOWHERE)
    return TextNode(unicodedata.normalize("NFC", key).encode("utf-8", "backslashreplace").decode(), NOWHERE)


def _legal(text: str) -> str:
    try:
        check_text(text)
    except ValueProblem as error:
        raise _refused(error.message, error.hint, error.code) from None
    return text


def _number(number: float | Decimal) -> str:
    if isinstance(number, int):
        if number.bit_length() > _MOST_BITS:
            raise _refused("här står ett tal med hundratals siffror", "kontrollera det", "olämpligt-värde")
        return int.__repr__(number)
    if not Decimal(number).is_finite():
        raise _refused(
            f"här står {number}, som inte är något tal", "skriv ett tal, eller utelämna det", "olämpligt-värde"
        )
    return float.__repr__(number) if isinstance(number, float) else str(number)


def _day(day: date) -> str:
    if not isinstance(day, datetime):
        return day.isoformat()
    if day.time() != time() or day.tzinfo is not None:
        raise _refused(
            f"här står tidpunkten {day}, men ett avtal har bara dagar", f"skriv dagen, till exempel {day.date()}"
        )
    return day.date().isoformat()


def _refused(message: str, hint: str, code: str = "fel-typ") -> LoadError:
    return LoadError.one(message, hint, code=code)
