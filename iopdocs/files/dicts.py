"""Agreements as plain dicts: for a web form, a database or a queue, where there is no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iopdocs.errors import LoadError
from iopdocs.files.conversion import to_record
from iopdocs.files.data_writer import plain_data
from iopdocs.files.loader import FORMAT, without_format
from iopdocs.files.nodes import Reading
from iopdocs.files.plain_nodes import as_node
from iopdocs.model.agreement import Agreement


def from_dict(data: Mapping[str, Any]) -> Agreement:
    """Return the agreement in *data*, which has the Swedish keys of a data file and is neither kept nor changed.

    Values are those of a data file (``"900 000 kr"``, ``"2027-01-01"``, ``True``), and numbers, whose point is a decimal
    point (``900000.5``), :class:`~decimal.Decimal`, :class:`~datetime.date` and tuples. ``None`` is an absent value.

    Raises:
        LoadError: with every problem of the data, each with the path, the label of its field, a code, a message and a
            hint: what a web form needs to show it in its place.
    """
    if not isinstance(data, Mapping):
        message = f"här står ett värde av typen {type(data).__name__}, men det ska vara uppgifter med nycklar"
        raise LoadError.one(message, 'ange en dict, till exempel {"titel": "…"}', code="fel-typ")
    agreement, _positions = to_record(without_format(Reading(as_node(data)), ""), Agreement, "")
    return agreement


def to_dict(agreement: Agreement) -> dict[str, Any]:
    """Return *agreement* as a dict with the Swedish keys of a data file, which :func:`from_dict` reads back as an equal one.

    It holds dicts, lists, texts, whole numbers and truth values, all new, so that it can be written as JSON as it is. The
    first key is ``format``, the version of the data format; absent values are omitted.
    """
    return {"format": FORMAT, **plain_data(agreement)}
