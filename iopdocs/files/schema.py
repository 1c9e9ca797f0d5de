"""JSON Schema of the data format, generated from the dictionary, for editors that complete and check."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from iopdocs.files.loader import FORMAT
from iopdocs.files.nodes import ListNode, TextNode
from iopdocs.files.value_readers import other_spellings, read_value, write_value
from iopdocs.files.yaml_reader import read_yaml
from iopdocs.json_objects import DRAFT
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import EVERY_PARTY, Field, PartyRef, fields_of
from iopdocs.values.counts import Hours
from iopdocs.values.duration import Duration
from iopdocs.values.identifiers import OrganisationNumber
from iopdocs.values.money import Money
from iopdocs.values.people import PeopleSpan
from iopdocs.values.text import Year

_SPACE = "[ \u00a0\u2009\u202f]"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an agreement's data file.

    It helps while writing: it accepts every allowed spelling (an amount as a number or as a text), and an empty value
    everywhere. The full check of a file is :func:`iopdocs.files.loader.load`.
    """
    definitions: dict[str, Any] = {}
    root = _record(Agreement, definitions)
    version = {
        "title": "Format",
        "description": "Dataformatets version.",
        "enum": [FORMAT, str(FORMAT), None],
    }
    return {
        "$schema": DRAFT,
        "title": "IOP-avtal",
        "description": "Ett avtal om idéburet offentligt partnerskap som data för iopdocs.",
        **root,
        "properties": {"format": version, **root["properties"]},
        "$defs": dict(sorted(definitions.items())),
    }


def _record(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.key: _field(field, definitions) for field in fields_of(cls)},
        "additionalProperties": False,
    }


def _field(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {"title": field.entry.label, "description": field.entry.help}
    examples = examples_of(field)
    if examples:
        about["examples"] = examples
    if field.keyed:
        return {**about, "type": ["object", "null"], "additionalProperties": {"type": ["string", "boolean", "null"]}}
    if field.is_record:
        one: dict[str, Any] = {"$ref": f"#/$defs/{_define(field.type, definitions)}"}
    else:
        one = _leaf(field.type)
    if field.many:
        return {**about, "type": ["array", "null"], "items": {"anyOf": [one, {"type": "null"}]}}
    return {**about, "anyOf": [one, {"type": "null"}]}


def _define(cls: type, definitions: dict[str, Any]) -> str:
    name = cls.__name__
    if name not in definitions:
        definitions[name] = {}  # a placeholder while the class's own fields are described
        definitions[name] = _record(cls, definitions)
    return name


def examples_of(field: Field) -> list[Any]:
    """Return the example of *field* as JSON data, in a list; empty when the dictionary has none."""
    if not field.entry.example:
        return []
    if field.keyed:
        key, value = field.keyed
        return [{key.entry.example: value.entry.example}]
    node = read_yaml(field.entry.example, field.key).root if field.many else None
    if isinstance(node, ListNode):
        return [[_written(item.text, field.type) for item in node.items if isinstance(item, TextNode)]]
    one = _written(field.entry.example, field.type)
    return [[one]] if field.many else [one]


def _written(text: str, kind: Any) -> Any:
    """Return an example as written by its author, but counts, years and truth values as JSON values."""
    value = read_value(text, kind)
    return value if isinstance(value, bool | int) else text


def _leaf(kind: Any) -> dict[str, Any]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        words = {"enum": [write_value(member) for member in kind]}
        others = other_spellings(kind)
        return _number_or_text(words, f"^(?:{'|'.join(others)})$") if others else words
    if kind is bool:
        return {"enum": ["ja", "nej", "true", "false", True, False]}
    if kind is Year:
        return _number_or_text({"type": "integer", "minimum": 1900, "maximum": 2200}, r"^ *[0-9]{4} *$")
    if kind is Hours:
        hours = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
        return _number_or_text(hours, r"[0-9]|timm")
    if kind is int:
        return _number_or_text(
            {"type": "integer", "minimum": 0, "maximum": 999_999_999}, rf"^[0-9](?:{_SPACE}?[0-9])*$"
        )
    if kind is Decimal:
        number = {"type": "number", "minimum": 0, "maximum": 1_000_000}
        return _number_or_text(number, rf"^[0-9](?:{_SPACE}?[0-9])*(?:[.,][0-9]+)?{_SPACE}?(?:%|procent)?$")
    if kind is Money:
        return _number_or_text({"type": "number", "minimum": 0}, r"[0-9½¼¾]|kr|öre|mil|tusen|SEK|sek")
    if kind is OrganisationNumber:
        pattern = r"[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[-\u2010-\u2013\u2212+]? ?[0-9]{4} *$"
        return _number_or_text({"type": "integer", "minimum": 10**8, "maximum": 10**12 - 1}, pattern)
    if kind is date:
        return _number_or_text({"type": "integer", "minimum": 10_101, "maximum": 21_991_231}, r"[0-9]{2}$|[0-9]{2}\D")
    if kind is Duration:
        return {"type": "string", "pattern": r"[^\W0-9_]"}
    if kind is PeopleSpan:
        return _number_or_text({"type": "integer", "minimum": 0, "maximum": 999_999_999}, r"[^\W_]")
    if kind is PartyRef:
        description = f"En parts korta namn (kallas), annars dess namn, eller ”{EVERY_PARTY}”."
        return {"type": ["string", "number"], "description": description}
    return {"type": ["string", "number", "boolean"]}


def _number_or_text(number: dict[str, Any], pattern: str) -> dict[str, Any]:
    return {"anyOf": [number, {"type": "string", "pattern": pattern}]}
