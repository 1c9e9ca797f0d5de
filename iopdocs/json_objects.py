"""The JSON that we write: every key has its meaning and its source in one place, which give the data and their schema.

A key that is a field of a record is written on the field (:func:`json_field`). Where the JSON has another order than the
record, or values that are computed, its keys are listed (:func:`json_key`).
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs
from attrs import frozen

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_LEAVES: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    Decimal: {"type": "number", "minimum": 0},
    date: {"type": "string", "format": "date"},
}


@frozen
class JsonKey:
    """A key of an object: its *name* and what it means (*help*, in Swedish).

    The value is the attribute *source* of the record (``position.line``: null when the position is), or what the function
    *source* returns for it. *type* is its type, where the annotations of the record or the function do not say it.
    Records in it are written as *of*. *schema* adds to what the JSON Schema says of the type.
    """

    name: str
    help: str
    source: str | Callable[[Any], Any]
    type: Any
    of: JsonObject | None
    schema: Mapping[str, Any]

    def value(self, record: Any) -> Any:
        """Return the value for *record* as plain data."""
        if callable(self.source):
            return _plain(self.source(record), self.of)
        for step in self.source.split("."):
            record = None if record is None else getattr(record, step)
        return _plain(record, self.of)


@frozen
class JsonObject:
    """An object of JSON: its *keys* in order, all of which it always has, and the class of the *record* that it is made of.

    Without *keys* it has those of the fields of the record (:func:`json_field`). With a *name* a schema defines it once,
    under that name. *title* and *help* are what the schema says of it.
    """

    record: Any
    keys: tuple[JsonKey, ...] = attrs.field(default=attrs.Factory(lambda self: json_fields(self.record), True))
    name: str = ""
    title: str = ""
    help: str = ""

    def data(self, record: Any) -> dict[str, Any]:
        """Return *record* as plain data."""
        return {key.name: key.value(record) for key in self.keys}

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the JSON Schema of the object; the objects in it that have names are added to *definitions*."""
        about = {"title": self.title, "description": self.help}
        return {name: text for name, text in about.items() if text} | {
            "type": "object",
            "required": [key.name for key in self.keys],
            "properties": {key.name: self._key_schema(key, definitions) for key in self.keys},
        }

    def reference(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return what stands for the object in a schema: a reference to its definition when it has a name."""
        if not self.name:
            return self.schema(definitions)
        if self.name not in definitions:
            definitions[self.name] = {}  # holds the place, so that an object is defined before those in it
            definitions[self.name] = self.schema(definitions)
        return {"$ref": f"#/$defs/{self.name}"}

    def _key_schema(self, key: JsonKey, definitions: dict[str, Any]) -> dict[str, Any]:
        hint = key.type or _type_of(self.record, key.source)
        inner = key.of.reference(definitions) if key.of else None
        return _type_schema(hint, inner) | {"description": key.help, **key.schema}

    def document_schema(self, *, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the JSON Schema (draft 2020-12) of a file that is one such object, with the keys *before* added.

        Keys may be added within a format; none is taken away, and none changes its meaning. A program should leave
        those it does not know in peace, and the schema lets them through.
        """
        definitions: dict[str, Any] = {}
        found = self.schema(definitions)
        if before:
            found["required"] = [*before, *found["required"]]
            found["properties"] = {**before, **found["properties"]}
        return {"$schema": DRAFT, **found, "$defs": definitions}


def json_key(
    name: str,
    help: str,
    source: str | Callable[[Any], Any],
    type: Any = None,
    *,
    of: JsonObject | None = None,
    **schema: Any,
) -> JsonKey:
    """Return a key; the arguments are those of :class:`JsonKey`."""
    return JsonKey(name, help, source, type, of, schema)


def json_field(
    name: str, help: str, *, default: Any = attrs.NOTHING, type: Any = None, of: JsonObject | None = None, **schema: Any
) -> Any:
    """Return a field of an attrs class that is a key of its object of JSON; see :func:`json_key`."""
    return attrs.field(default=default, metadata={JsonKey: JsonKey(name, help, "", type, of, schema)})


def json_fields(record: type) -> tuple[JsonKey, ...]:
    """Return the keys of the fields of an attrs class that are made by :func:`json_field`, in order."""
    found = [(field.name, field.metadata[JsonKey]) for field in attrs.fields(record) if JsonKey in field.metadata]
    return tuple(attrs.evolve(key, source=name) for name, key in found)


def _plain(value: Any, of: JsonObject | None) -> Any:
    """Return *value* as JSON has it: days in ISO 8601, whole numbers where they are whole."""
    if isinstance(value, tuple | list):
        return [of.data(item) if of else _plain(item, None) for item in value]
    if value is not None and of:
        return of.data(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return dict(value) if isinstance(value, Mapping) else value


def _type_of(record: Any, source: str | Callable[[Any], Any]) -> Any:
    if callable(source):
        return typing.get_type_hints(source)["return"]
    hint, absent = record, False
    for step in source.split("."):
        hint, may_be_absent = without_none(hint)
        absent = absent or may_be_absent
        found = getattr(hint, step, None)
        hint = (
            typing.get_type_hints(found.fget)["return"]
            if isinstance(found, property)
            else typing.get_type_hints(hint)[step]
        )
    return hint | None if absent else hint


def without_none(hint: Any) -> tuple[Any, bool]:
    """Return the type X of ``X | None`` and true, or any other type as it is and false."""
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return hint, False
    (kind,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
    return kind, True


def _type_schema(hint: Any, inner: dict[str, Any] | None) -> dict[str, Any]:
    """Return the schema of the type *hint*, with *inner* for the records in it."""
    kind, may_be_absent = without_none(hint)
    if may_be_absent:
        found = _type_schema(kind, inner)
        if "type" in found:
            return found | {"type": [found["type"], "null"]}
        return {"anyOf": [found, {"type": "null"}]}
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return {"type": "array", "items": _type_schema(parts[0], inner)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _type_schema(parts[1], inner)}
    if inner is not None:
        return inner
    if issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    return _LEAVES[hint]
