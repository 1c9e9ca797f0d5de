"""Write an agreement to a data file that reads back as the same agreement and that a civil servant can read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

from iopdocs.errors import LoadError, WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.files.converter import converter
from iopdocs.files.loader import FORMAT, Kind, kind_of
from iopdocs.files.yaml_quoting import block_lines, flow_text, inline_text
from iopdocs.model.agreement import Agreement

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | bool"
_WIDEST_LIST = 90


def dump(agreement: Agreement, path: str | PathLike[str], *, overwrite: bool = False) -> Path:
    """Write *agreement* to the data file *path*, as YAML or JSON according to its suffix, and return the path.

    Raises:
        WriteError: when the suffix is unknown, the file exists and *overwrite* is false, or the file cannot be written.
    """
    target = Path(path)
    try:
        kind = kind_of(target)
    except LoadError as error:
        raise WriteError(error.problems) from None
    if not overwrite and target.exists() and not target.is_dir():
        raise WriteError.one("filen finns redan", "välj ett annat namn, eller skriv över med --overwrite", str(target))
    write_atomically(target, dumps(agreement, kind).encode())
    return target


def dumps(agreement: Agreement, kind: Kind = "yaml") -> str:
    """Return *agreement* as the text of a data file. Reading it back gives an equal agreement.

    Keys are in the order of the model. An empty record is written ``{}``, to distinguish it from an absent one.
    """
    data = {"format": FORMAT, **plain_data(agreement)}
    if kind == "json":
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    parts = ["".join(f"{line}\n" for line in _entry_lines(key, value, 0)) for key, value in data.items()]
    return "\n".join(parts)


def plain_data(record: Any) -> dict[str, Plain]:
    """Return *record* as maps, lists, texts, numbers and booleans by Swedish key. Absent values are omitted."""
    data: dict[str, Plain] = converter().unstructure(record)
    return data


def _entry_lines(key: str, value: Plain, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(value, dict) and value:
        yield f"{margin}{key}:"
        for inner, item in value.items():
            yield from _entry_lines(inner, item, indent + 2)
    elif isinstance(value, list):
        flow = _flow_list(value)
        if flow is not None and len(f"{margin}{key}: {flow}") <= _WIDEST_LIST:
            yield f"{margin}{key}: {flow}"
            return
        yield f"{margin}{key}:"
        for item in value:
            yield from _item_lines(item, indent + 2)
    else:
        yield from _scalar_lines(f"{margin}{key}:", value, indent)


def _item_lines(item: Plain, indent: int) -> Iterator[str]:
    if isinstance(item, dict) and item:
        lines = [line for key, value in item.items() for line in _entry_lines(key, value, indent + 2)]
        yield " " * indent + "- " + lines[0].lstrip(" ")
        yield from lines[1:]
    else:
        yield from _scalar_lines(" " * indent + "-", item, indent)


def _scalar_lines(start: str, value: Plain, indent: int) -> Iterator[str]:
    if isinstance(value, bool):
        yield f"{start} {'ja' if value else 'nej'}"
    elif isinstance(value, str):
        block = block_lines(value)
        if block is None:
            yield f"{start} {inline_text(value)}"
        else:
            yield f"{start} {block[0]}"
            yield from (" " * (indent + 2) + line if line else "" for line in block[1:])
    else:
        yield f"{start} {value}" if isinstance(value, int) else f"{start} {{}}"


def _flow_list(items: list[Plain]) -> str | None:
    """Return *items* as a list on one line if all are short plain texts, else ``None``."""
    texts = [flow_text(item) for item in items if isinstance(item, str)]
    if len(texts) < len(items) or None in texts:
        return None
    return "[" + ", ".join(text for text in texts if text) + "]"
