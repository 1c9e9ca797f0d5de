"""The converter of records: what is read from a file, or plain dicts and lists, to objects of the model, and back.

One cattrs converter carries both. A hook for values reads and writes each value type
(:mod:`iopdocs.files.value_readers`); a hook for records is made for each class of the model that occurs, from the class's
dictionary: Swedish keys, lists, maps from a name to a value. Both read nodes, so that a problem has its line, and plain data
are seen as nodes without one. A hook raises LoadError with every problem below it; *path* of a problem is then the way from
there, and each record and list on the way up puts its own step before it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from iopdocs.errors import LoadError, Problem, RecordError, ValueProblem
from iopdocs.files.nodes import EmptyNode, ListNode, MapNode, Node, TextNode
from iopdocs.files.plain_nodes import as_node
from iopdocs.files.shape_problems import not_a_list, not_a_map, not_a_text, not_pairs, problem_at, unknown_key
from iopdocs.files.value_readers import VALUE_TYPES, is_enum, read_number, read_value, write_value
from iopdocs.model.fields import Field, fields_of, is_record_class

if TYPE_CHECKING:
    from cattrs import Converter

MOST_PROBLEMS = 200
"""The largest number of problems reported in one run."""

_Read: TypeAlias = Callable[[Any], Any]


@cache
def converter() -> Converter:
    """Return the converter. ``structure`` raises LoadError with every problem, and ``structure(unstructure(a), type(a)) == a``.

    An empty value is absent, an empty item of a list is ignored, and a map whose keys are all empty is absent; ``{}`` is a
    record without values. Absent values are omitted when a record is unstructured, whose result is made of dicts, lists,
    texts, whole numbers and truth values.
    """
    from cattrs import Converter  # a command that converts nothing should not wait for it

    made = Converter()
    for kind in VALUE_TYPES:  # one by one, since cattrs has hooks of its own for some
        made.register_structure_hook(kind, _read_value)
        made.register_unstructure_hook(kind, write_value)
    made.register_structure_hook_func(is_enum, _read_value)
    made.register_unstructure_hook_func(is_enum, write_value)
    made.register_structure_hook_factory(is_record_class, lambda cls: _record_reader(cls, made))
    made.register_unstructure_hook_factory(is_record_class, lambda cls: _record_writer(cls, made))
    return made


def _read_value(given: Any, kind: Any) -> Any:
    node = as_node(given)
    if not isinstance(node, TextNode):
        raise LoadError([problem_at(node, "här ska stå ett enda värde")])
    try:
        if node.form == "date" and kind is not date:
            message = f"här står ett datum, {node.text}, men fältet är inget datum"
            raise ValueProblem(message, "skriv det som en text om det är vad som menas", "fel-typ")
        return read_number(node.text, kind) if node.form == "number" else read_value(node.text, kind)
    except ValueProblem as error:
        raise LoadError([_refused(node, error)]) from None


def _record_reader(cls: type, made: Converter) -> Callable[[Any, Any], Any]:
    readers: dict[str, tuple[str, _Read]] = {}

    def read(given: Any, _cls: Any) -> Any:
        node = as_node(given)
        if not isinstance(node, MapNode):
            raise LoadError([not_a_map(node, cls)])
        if not readers:
            readers.update({field.key: (field.name, _field_reader(field, made)) for field in fields_of(cls)})
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, value in node.entries:
            if key.text not in readers:
                problems.append(unknown_key(key, cls))
            else:
                name, read_field = readers[key.text]
                try:
                    values[name] = read_field(value)
                except LoadError as error:
                    problems += _below(f".{key.text}", error)
            if len(problems) > MOST_PROBLEMS:
                break
        if problems:
            raise LoadError(problems)
        try:
            return cls(**values)
        except RecordError as error:
            raise LoadError(
                [problem_at(node, found.message, found.hint, code=found.code) for found in error.problems]
            ) from None
        except (TypeError, ValueError) as error:  # a check over several fields, in a class with one
            raise LoadError([_refused(node, error)]) from None

    return read


def _field_reader(field: Field, made: Converter) -> _Read:
    hook, is_record, kind = made.get_structure_hook(field.type), field.is_record, field.type

    def read_one(given: Any) -> Any:
        node = as_node(given)
        if isinstance(node, EmptyNode):
            return None
        if is_record:
            record = hook(node, kind)
            return None if isinstance(node, MapNode) and node.entries and is_blank(record) else record
        if not isinstance(node, TextNode):
            raise LoadError([not_a_text(node, field)])
        return hook(node, kind)

    if field.keyed:
        return partial(_read_pairs, field, *field.keyed, made)
    return partial(_read_list, field, read_one) if field.many else read_one


def _read_list(field: Field, read_one: _Read, given: Any) -> tuple[Any, ...]:
    node = as_node(given)
    if isinstance(node, EmptyNode):
        return ()
    if not isinstance(node, ListNode):
        raise LoadError([not_a_list(node, field)])
    items: list[Any] = []
    problems: list[Problem] = []
    for item in node.items:
        try:
            value = read_one(item)
        except LoadError as error:
            problems += _below(f"[{len(items) + 1}]", error)
            items.append(None)
        else:
            items += [] if value is None else [value]
        if len(problems) > MOST_PROBLEMS:
            break
    if problems:
        raise LoadError(problems)
    return tuple(items)


def _read_pairs(field: Field, name: Field, value: Field, made: Converter, given: Any) -> tuple[Any, ...]:
    """Return a record for each entry of a map whose keys are names from a layer, not keys of the model."""
    node = as_node(given)
    if isinstance(node, EmptyNode):
        return ()
    if not isinstance(node, MapNode):
        raise LoadError([not_pairs(node, name, value)])
    read_name, read_one = _field_reader(name, made), _field_reader(value, made)
    pairs: list[Any] = []
    problems: list[Problem] = []
    for written, item in node.entries:
        try:
            if not isinstance(as_node(item), EmptyNode):
                pairs.append(field.type(**{name.name: read_name(written), value.name: read_one(item)}))
        except LoadError as error:
            problems += _below(f".{shown_key(written)}", error)
        if len(problems) > MOST_PROBLEMS:
            break
    if problems:
        raise LoadError(problems)
    return tuple(pairs)


def shown_key(key: TextNode) -> str:
    """Return *key* as a step of a path: with one space between words, at most 60 characters."""
    return " ".join(key.text.split())[:60]


def is_blank(record: Any) -> bool:
    """Return whether every field of *record* is ``None`` or an empty list; a nested record counts as a value."""
    return all(getattr(record, field.name) in (None, ()) for field in fields_of(type(record)))


def _below(step: str, error: LoadError) -> list[Problem]:
    return [attrs.evolve(problem, path=step + problem.path) for problem in error.problems]


def _refused(node: Node, error: Exception) -> Problem:
    refused = error if isinstance(error, ValueProblem) else ValueProblem(str(error))
    return problem_at(node, refused.message, refused.hint, code=refused.code)


def _record_writer(cls: type, made: Converter) -> Callable[[Any], dict[str, Any]]:
    def write(record: Any) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for field in fields_of(cls):
            value = getattr(record, field.name)
            if value is None or value == ():
                continue
            if field.keyed:
                key, inner = field.keyed
                data[field.key] = {
                    str(getattr(item, key.name)): write_value(getattr(item, inner.name)) for item in value
                }
            elif field.many:
                data[field.key] = [made.unstructure(item, field.type) for item in value]
            else:
                data[field.key] = made.unstructure(value, field.type)
        return data

    return write
