"""Load an agreement, or any other record that people write (profiles, manifests, front matter), from a file."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import PurePath
from typing import Literal, TypeVar

from iopdocs.errors import LoadError, Position, Problem
from iopdocs.files.conversion import to_record
from iopdocs.files.json_reader import read_json
from iopdocs.files.nodes import NOWHERE, EmptyNode, ListNode, MapNode, Node, Reading, TextNode
from iopdocs.files.plain_nodes import as_node
from iopdocs.files.text_file import clean_text, decode, read_text
from iopdocs.files.yaml_reader import read_yaml
from iopdocs.model.agreement import Agreement, DataOrigin, with_origin

T = TypeVar("T")
Kind = Literal["yaml", "json"]

FORMAT = 1
"""The version of the data format that this package writes. It reads this version and older ones."""

_KINDS: Mapping[str, Kind] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def load(path: str | PathLike[str]) -> Agreement:
    """Return the agreement in the data file *path* (.yaml, .yml or .json), with :attr:`Agreement.source` set.

    Raises:
        LoadError: with every problem of the file, each with its position and a hint.
    """
    text = read_text(path)
    return loads(text, kind=kind_of(path), file=fspath(path))


def loads(text: str | bytes, *, kind: Kind = "yaml", file: str = "<text>") -> Agreement:
    """Return the agreement in *text*. *file* is its name in messages. Bytes are read as those of a file: UTF-8.

    Raises:
        LoadError: with every problem of the text, each with its position and a hint.
        TypeError: when *text* is neither text nor bytes, or *kind* is unknown.
    """
    if not isinstance(text, str | bytes) or kind not in ("yaml", "json"):
        raise TypeError('ange en text, och kind="yaml" eller "json"')
    text = decode(text, file) if isinstance(text, bytes) else clean_text(text, file)
    agreement, positions = _read(text, Agreement, kind, file)
    return with_origin(agreement, DataOrigin(file, text, positions))


def load_record(
    text: str, cls: type[T], *, kind: Kind = "yaml", file: str = "<text>"
) -> tuple[T, Mapping[str, Position]]:
    """Return the record of class *cls* in *text*, and the position of each value by Swedish path.

    The top-level key ``format`` is handled here and is not a field of *cls*.

    Raises:
        LoadError: with every problem of the text, each with its position and a hint.
    """
    return _read(clean_text(text, file), cls, kind, file)


def _read(text: str, cls: type[T], kind: Kind, file: str) -> tuple[T, Mapping[str, Position]]:
    return to_record(without_format(read_nodes(text, kind=kind, file=file), file), cls, file)


def read_nodes(text: str, *, kind: Kind, file: str) -> Reading:
    """Return the nodes of *text*, which :func:`iopdocs.files.text_file.clean_text` has returned."""
    return read_yaml(text, file) if kind == "yaml" else read_json(text, file)


def kind_of(path: str | PathLike[str]) -> Kind:
    """Return the kind of data file according to the suffix of *path*.

    Raises:
        LoadError: when the suffix is not .yaml, .yml or .json.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in _KINDS:
        raise LoadError.one(
            f"filnamnet slutar på ”{suffix}”" if suffix else "filnamnet saknar ändelse",
            "en datafil slutar på .yaml, .yml eller .json",
            fspath(path),
            code="oläslig-fil",
        )
    return _KINDS[suffix]


def without_format(reading: Reading, file: str) -> Reading:
    """Return *reading* without the key ``format``, after checking its value."""
    root = reading.root
    if not isinstance(root, MapNode):
        raise LoadError([*reading.problems, _not_a_map(root, file)])
    rest = MapNode(tuple((key, value) for key, value in root.entries if key.text != "format"), root.position)
    written = next((as_node(value) for key, value in root.entries if key.text == "format"), None)
    number = written.text.strip() if isinstance(written, TextNode) else ""
    if written is None or isinstance(written, EmptyNode) or number == str(FORMAT):
        return Reading(rest, reading.problems)
    place = None if written.position is NOWHERE else written.position
    if number.isascii() and number.isdigit() and len(number) < 10 and int(number) > FORMAT:
        newer = f"{'filen' if file else 'data'} har format {number}, som är nyare än det som kan läsas ({FORMAT})"
        # The meaning of a newer format is unknown, so nothing else in the file can be checked.
        raise LoadError.one(newer, "uppdatera iopdocs", file, "format", place, code="fel-format")
    wrong = Problem(
        f"format ska vara {FORMAT}",
        f"skriv format: {FORMAT}, eller ta bort raden" if file else f"skriv {FORMAT}, eller utelämna nyckeln",
        file,
        "format",
        place,
        code="fel-format",
    )
    return Reading(rest, (*reading.problems, wrong))


def _not_a_map(root: Node, file: str) -> Problem:
    if isinstance(root, EmptyNode):
        return Problem(
            "filen innehåller inga uppgifter, bara kommentarer eller tomma rader",
            "börja från en mall: iopdocs new avtal.yaml",
            file,
            code="oläslig-fil",
        )
    message = "filen innehåller en lista överst" if isinstance(root, ListNode) else "filen innehåller bara en text"
    return Problem(message, "skriv nycklar överst, till exempel titel: …", file, position=root.position, code="fel-typ")
