"""Convert nodes to records: walk along the dictionary, report all problems at once, and only then make objects."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import Factory, define

from iopdocs.errors import LoadError, Position, Problem, RecordError, ValueProblem
from iopdocs.files.nodes import EmptyNode, ListNode, MapNode, Node, Reading, TextNode
from iopdocs.files.value_readers import fold, nearest, read_value
from iopdocs.model.fields import Field, by_key, fields_of

T = TypeVar("T")

MOST_PROBLEMS = 200
"""The largest number of problems reported in one run."""


def to_record(read: Node | Reading, cls: type[T], file: str) -> tuple[T, Mapping[str, Position]]:
    """Return the object of the class *cls* in *read*, and the place of each of its values.

    *cls* is any attrs class whose fields were made with :func:`iopdocs.model.fields.entry`. The places are by Swedish
    path (``parter[1].namn``), maps, lists and keys left empty included. An empty value is absent, an empty item of a list is ignored,
    and a map whose keys are all empty is absent; ``{}`` is a record without values.

    Raises:
        LoadError: with every problem in the order of the file, including those of the reading, each with line,
            column, path and hint.
    """
    walk = _RecordBuilder(file)
    node, problems = (read.root, read.problems) if isinstance(read, Reading) else (read, ())
    walk.problems += problems
    if isinstance(node, EmptyNode):
        node = MapNode((), node.position)
    record = walk.record(node, cls, "")
    if walk.problems:
        raise LoadError(sorted(walk.problems, key=_place))
    assert isinstance(record, cls)
    return record, walk.positions


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.position.line, problem.position.column) if problem.position else (0, 0)


@define
class _RecordBuilder:
    """The problems and places found so far in a file."""

    file: str
    problems: list[Problem] = Factory(list)
    positions: dict[str, Position] = Factory(dict)

    def tell(self, node: Node, path: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(message, hint, self.file, path, node.position))
        if len(self.problems) > MOST_PROBLEMS:
            more = Problem("det finns fler fel längre ner", "rätta de här först", self.file)
            raise LoadError([*sorted(self.problems, key=_place), more])

    def record(self, node: Node, cls: type, path: str) -> Any:
        """Return an object of *cls*, or ``None`` when the shape is wrong or nothing could be made."""
        if not isinstance(node, MapNode):
            self._wrong_shape(node, path, cls)
            return None
        fields = by_key(cls)
        values: dict[str, Any] = {}
        problems_before = len(self.problems)
        for key, value in node.entries:
            field = fields.get(unicodedata.normalize("NFC", key.text))
            if field is None:
                self._unknown(key, path, cls)
            else:
                values[field.name] = self._field(value, field, f"{path}.{field.key}" if path else field.key)
        if len(self.problems) > problems_before:
            return None
        try:
            return cls(**values)
        except RecordError as error:
            for problem in error.problems:
                self.tell(node, path, problem.message, problem.hint)
            return None
        except (TypeError, ValueError) as error:  # a check over several fields, in a class with one
            self._refused(node, path, error)
            return None

    def _field(self, node: Node, field: Field, path: str) -> Any:
        # An empty key has a place too: missing data are reported there.
        self.positions[path] = node.position
        if isinstance(node, EmptyNode):
            return () if field.many else None
        if field.keyed:
            return self._pairs(node, field, field.keyed, path)
        if not field.many:
            return self._one(node, field, path)
        if not isinstance(node, ListNode):
            self._not_a_list(node, field, path)
            return ()
        items: list[Any] = []
        for item in node.items:
            here = f"{path}[{len(items) + 1}]"
            before = len(self.problems)
            value = None if isinstance(item, EmptyNode) else self._one(item, field, here)
            if value is not None:
                self.positions[here] = item.position
            if value is not None or len(self.problems) > before:
                items.append(value)
        return tuple(items)

    def _pairs(self, node: Node, field: Field, fields: tuple[Field, Field], path: str) -> tuple[Any, ...]:
        """Return a record for each entry of a map whose keys are names from a layer, not keys of the model."""
        name, value = fields
        if not isinstance(node, MapNode):
            message = f"här ska stå {name.key} och {value.key} med kolon emellan"
            example = f"{name.entry.example}: {value.entry.example}"
            self.tell(node, path, message, f"skriv till exempel {example}")
            return ()
        found = []
        for written, item in node.entries:
            here = f"{path}.{' '.join(unicodedata.normalize('NFC', written.text).split())[:60]}"
            self.positions[here] = item.position
            if isinstance(item, EmptyNode):
                continue
            try:
                key = read_value(written.text, name.type)
            except ValueProblem as error:
                self._refused(written, here, error)
                continue
            one = self._one(item, value, here)
            if one is not None:
                found.append(field.type(**{name.name: key, value.name: one}))
        return tuple(found)

    def _one(self, node: Node, field: Field, path: str) -> Any:
        if field.is_record:
            record = self.record(node, field.type, path)
            left_empty = isinstance(node, MapNode) and bool(node.entries)
            return None if left_empty and record is not None and is_blank(record) else record
        if not isinstance(node, TextNode):
            self._not_a_text(node, field, path)
            return None
        try:
            return read_value(node.text, field.type)
        except ValueProblem as error:
            self._refused(node, path, error)
            return None

    def _refused(self, node: Node, path: str, error: Exception) -> None:
        refused = error if isinstance(error, ValueProblem) else ValueProblem(str(error))
        self.tell(node, path, refused.message, refused.hint)

    def _unknown(self, key: TextNode, path: str, cls: type) -> None:
        keys = list(by_key(cls))
        shown = key.text if len(key.text) <= 60 else key.text[:59] + "…"
        near = _near_key(key.text, cls)
        hint = f"menade du ”{near}”?" if near else "nycklarna här är: {keys}".format(keys=", ".join(keys))
        self.tell(key, f"{path}.{shown}" if path else shown, f"okänd nyckel ”{shown}”", hint)

    def _wrong_shape(self, node: Node, path: str, cls: type) -> None:
        keys = ", ".join(list(by_key(cls))[:6])
        if isinstance(node, ListNode):
            message, hint = (
                "här står en lista, men det ska vara uppgifter med nycklar",
                f"ta bort bindestrecket eller [ ] och skriv till exempel nycklarna: {keys}",
            )
        else:
            message, hint = (
                "här står en text, men det ska vara uppgifter med nycklar",
                f"skriv varje uppgift på en egen rad under, indragen, med en av nycklarna: {keys}",
            )
        self.tell(node, path, message, hint)

    def _not_a_list(self, node: Node, field: Field, path: str) -> None:
        if isinstance(node, TextNode):
            if field.is_record:
                hint = "sätt bindestreck före varje punkt och ge den nycklar: {keys}".format(
                    keys=", ".join(list(by_key(field.type))[:6])
                )
            else:
                shown = node.text if len(node.text) <= 40 else "…"
                hint = f"skriv [{shown}], eller varje punkt på en egen rad efter ett bindestreck"
            self.tell(node, path, "här står en text, men det ska vara en lista", hint)
        elif field.is_record:
            self.tell(
                node,
                path,
                "här står uppgifter utan bindestreck, men det ska vara en lista",
                "sätt bindestreck före den första nyckeln i varje punkt",
            )
        else:
            self.tell(
                node,
                path,
                "här står uppgifter med nycklar, men det ska vara en lista av texter",
                "skriv varje punkt efter ett bindestreck, inom citattecken om den innehåller kolon",
            )

    def _not_a_text(self, node: Node, field: Field, path: str) -> None:
        if isinstance(node, ListNode):
            hint = "skriv värdet utan bindestreck och [ ]"
            if field.type is str:
                hint = "skriv texten utan bindestreck och [ ], eller sätt citattecken om den"
            if not field.entry.printed and field.entry.example:
                # A code or a name, not text to print: quotation marks around several words would not make it valid.
                hint = f"skriv exakt ett, utan bindestreck och [ ], till exempel {field.entry.example}"
            self.tell(node, path, "här står en lista, men det ska vara ett enda värde", hint)
        else:
            self.tell(
                node,
                path,
                "här står uppgifter med nycklar, men det ska vara ett enda värde",
                "sätt citattecken om texten om den innehåller kolon, eller ta bort indraget",
            )


def is_blank(record: Any) -> bool:
    """Return whether every field of *record* is ``None`` or an empty list; a nested record counts as a value."""
    return all(getattr(record, field.name) in (None, ()) for field in fields_of(type(record)))


def _near_key(word: str, cls: type) -> str | None:
    fields = fields_of(cls)
    plain = {_without_marks(field.key): field.key for field in fields}
    wanted = _without_marks(word.replace("-", "_").replace(" ", "_"))
    english = {field.name: field.key for field in fields}
    return plain.get(wanted) or english.get(wanted) or nearest(word, {fold(field.key): field.key for field in fields})


def _without_marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.strip().casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
