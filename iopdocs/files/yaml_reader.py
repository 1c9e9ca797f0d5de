"""Read YAML into nodes, composed from parse events: no types are guessed, size is bounded and traps are reported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

import yaml
from attrs import Factory, define, frozen

from iopdocs.errors import LoadError, Position, Problem
from iopdocs.files.nodes import (
    DEEPEST,
    MOST_NODES,
    EmptyNode,
    ListNode,
    MapNode,
    Node,
    Reading,
    TextNode,
    duplicate_key,
    too_deep,
    too_many,
)
from iopdocs.files.text_file import line_index
from iopdocs.files.yaml_errors import translate
from iopdocs.values.text import illegal_character

_NULLS = frozenset({"null", "Null", "NULL", "~"})
# Characters that YAML forbids (YAML 1.1, 5.1) though XML allows them.
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f\ufeff]")
_GLUED = re.compile(r"[ \t]+#(?=[^\s#])[^\n]*")
_GLUED_TO_NOTHING = re.compile(r"[ \t]*:?[ \t]+#(?=[^\s#])[^\n]*")
_KEEP = re.compile(r"[|>][1-9]?\+")
_COLON = re.compile(r"\s*:")
_SPLIT_NUMBER = re.compile(r"(?<=\d),(?=\d)")


def read_yaml(text: str, file: str) -> Reading:
    """Return the nodes of *text*, one YAML document. *file* is its name in messages.

    *text* has LF line breaks and no characters that XML forbids (see :func:`iopdocs.files.text_file.clean_text`).

    Raises:
        LoadError: when *text* is not YAML, or contains a rejected construct: tags, ``<<``, several documents, circular
            references, more than 50 levels or 200 000 values.
    """
    at = line_index(text)
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        code = ord(unprintable[0])
        raise LoadError.one(
            f"tecknet U+{code:04X} kan inte stå så i YAML",
            f"ta bort det, eller skriv det som \\u{code:04X} inom citattecken",
            file,
            position=at(unprintable.start()),
            code="fel-syntax",
        )
    composer = _Composer(text, file, at)
    try:
        composer.take_all(text)
    except yaml.MarkedYAMLError as error:
        _check_depth(composer, error)
        raise LoadError([*composer.problems, translate(error, text, file, at)]) from None
    except yaml.YAMLError as error:
        quoted = " ".join(str(error).split())
        raise LoadError.one(f"filen kan inte läsas som YAML ({quoted})", file=file, code="fel-syntax") from None
    return Reading(composer.root or EmptyNode(Position(1, 1)), tuple(composer.problems))


def _check_depth(composer: _Composer, error: yaml.MarkedYAMLError) -> None:
    """Raise our own error if it is nesting that *error* stopped at, before the events had reached our limit.

    libyaml scans up to a thousand brackets ahead of its events, and versions differ in how deep they go. The text
    before the bracket that stopped it can be read again: then the events come as deep as our limit.
    """
    mark = error.problem_mark
    stop = mark.index if mark is not None else 0
    unread = composer.text[composer.end : stop]
    if unread.count("[") + unread.count("{") <= DEEPEST - len(composer.stack):
        return
    with suppress(yaml.YAMLError):
        _Composer(composer.text, composer.file, composer.at).take_all(composer.text[:stop])


@frozen
class _Built:
    """A finished node with its number of values and levels. A reference counts as the values it refers to."""

    node: Node
    size: int
    height: int


@define
class _Open:
    """A map or list that is not closed yet. *key* waits for its value; *key_end* is the index after the key."""

    event: Any
    is_map: bool
    position: Position
    items: list[Node] = Factory(list)
    entries: list[tuple[TextNode, Node]] = Factory(list)
    seen: dict[str, Position] = Factory(dict)
    key: TextNode | None = None
    key_end: int = 0
    repeated: bool = False
    size: int = 1
    height: int = 1
    last_end: int = -1


@define
class _Composer:
    """Builds nodes from parse events one by one, without recursion."""

    text: str
    file: str
    at: Callable[[int], Position]
    root: Node | None = None
    documents: int = 0
    total: int = 0
    stack: list[_Open] = Factory(list)
    anchors: dict[str, _Built] = Factory(dict)
    problems: list[Problem] = Factory(list)
    end: int = 0

    def take_all(self, text: str) -> None:
        """Take the events of *text*, the composer's text or the beginning of it."""
        event: Any
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            self.take(event)
            self.end = event.end_mark.index

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._check_tag(event)
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_tag(event)
            self._count(1, event)
            if len(self.stack) == DEEPEST:
                raise self._stopped(too_deep(self.file, self._start(event)))
            self._check_key(event)
            self.stack.append(_Open(event, isinstance(event, yaml.MappingStartEvent), self._start(event)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(
                    event,
                    "här börjar ett andra dokument (---)",
                    "låt varje fil innehålla ett avtal, och ta bort raden ---",
                )

    def _start(self, event: Any) -> Position:
        return self.at(event.start_mark.index)

    def _stopped(self, error: LoadError) -> LoadError:
        return LoadError([*self.problems, *error.problems])

    def _stop(self, event: Any, message: str, hint: str) -> NoReturn:
        raise self._stopped(LoadError([self._problem(message, hint, self._start(event))]))

    def _problem(self, message: str, hint: str, position: Position) -> Problem:
        return Problem(message, hint, self.file, position=position, code="fel-syntax")

    def _add_problem(self, index: int, message: str, hint: str) -> None:
        self.problems.append(self._problem(message, hint, self.at(index)))

    def _count(self, size: int, event: Any) -> None:
        self.total += size
        if self.total > MOST_NODES:
            raise self._stopped(too_many(self.file, self._start(event)))

    def _check_tag(self, event: Any) -> None:
        if event.tag is not None:
            self._stop(
                event,
                "”!” i början av ett värde har en egen betydelse i YAML",
                "sätt citattecken om texten, eller ta bort märket",
            )

    def _check_key(self, event: Any) -> None:
        if self.stack and self.stack[-1].is_map and self.stack[-1].key is None:
            self._stop(
                event,
                "en nyckel ska vara ett ord, inte en lista eller flera uppgifter",
                "sätt citattecken om texten om den börjar med [ eller {",
            )

    def _scalar(self, event: Any) -> None:
        self._count(1, event)
        start, end = event.start_mark.index, event.end_mark.index
        plain = not event.style  # '' from libyaml, None from pure Python
        top = self.stack[-1] if self.stack else None
        if event.style == '"':
            illegal = illegal_character(event.value)
            if illegal:
                self._stop(
                    event,
                    f"texten innehåller tecknet U+{ord(illegal[0]):04X}, som inte kan stå i ett dokument",
                    "ta bort det",
                )
        if top and top.is_map and top.key is None:
            self._key(top, event, plain)
            return
        if plain and event.value == "":
            if top and top.is_map and top.event.flow_style and self._lacks_colon(top):
                self._comma_trap(top)
                return
            self._check_glued(_GLUED_TO_NOTHING.match(self.text, top.key_end if top and top.is_map else end))
            node: Node = EmptyNode(self.at(start))
        elif plain:
            self._check_glued(_GLUED.match(self.text, end))
            node = EmptyNode(self.at(start)) if event.value in _NULLS else TextNode(event.value, self.at(start))
        else:
            node = TextNode(self._without_last_line_end(event), self.at(start))
        if top and not top.is_map and top.event.flow_style:
            self._check_split_number(top, start)
            top.last_end = end
        self._add(_Built(node, 1, 0), event.anchor)

    def _without_last_line_end(self, event: Any) -> str:
        """Return the text of a quoted scalar or a block, without the line end that closes a block (``|``, ``>``).

        YAML keeps it, so every text in a block would end in an empty line. ``|+`` preserves it here too.
        """
        value = str(event.value)
        if event.style in ("|", ">") and not _KEEP.match(self.text, event.start_mark.index):
            return value.removesuffix("\n")
        return value

    def _key(self, top: _Open, event: Any, plain: bool) -> None:
        position = self._start(event)
        if event.value == "" and plain:
            self._stop(event, "här saknas en nyckel före kolonet", "skriv nyckel: värde")
        if plain and event.value == "<<":
            self._stop(event, "”<<” kan inte användas här", "skriv ut uppgifterna på varje ställe")
        if plain and re.match(r"-\w", event.value):
            self._stop(
                event,
                "efter bindestrecket saknas ett mellanslag",
                f"skriv - {event.value[1:]}",
            )
        key = unicodedata.normalize("NFC", event.value)
        top.repeated = key in top.seen
        if top.repeated:
            self.problems.append(duplicate_key(self.file, key, position, top.seen[key]))
        else:
            top.seen[key] = position
        top.key, top.key_end = TextNode(key, position), event.end_mark.index

    def _alias(self, event: Any) -> None:
        self._check_key(event)
        name = event.anchor
        if any(frame.event.anchor == name for frame in self.stack):
            self._stop(event, f"”*{name}” hänvisar till sig själv", "ta bort hänvisningen")
        built = self.anchors.get(name)
        if built is None:
            self._stop(
                event,
                f"”*{name}” hänvisar till något som inte finns",
                "sätt citattecken om texten om den ska börja med *",
            )
        self._count(built.size, event)
        if len(self.stack) + built.height > DEEPEST:
            raise self._stopped(too_deep(self.file, self._start(event)))
        self._add(built, None)

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        node: Node = (
            MapNode(tuple(frame.entries), frame.position)
            if frame.is_map
            else ListNode(tuple(frame.items), frame.position)
        )
        if self.stack:
            self.stack[-1].last_end = event.end_mark.index
        self._add(_Built(node, frame.size, frame.height), frame.event.anchor)

    def _add(self, built: _Built, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = built
        if not self.stack:
            self.root = built.node
            return
        top = self.stack[-1]
        top.size += built.size
        top.height = max(top.height, built.height + 1)
        if not top.is_map:
            top.items.append(built.node)
        elif top.key is not None:
            if not top.repeated:
                top.entries.append((top.key, built.node))
            top.key = None

    def _lacks_colon(self, top: _Open) -> bool:
        return _COLON.match(self.text, top.key_end) is None

    def _comma_trap(self, top: _Open) -> None:
        """Report ``{belopp: 1,5 mkr}``, where the comma turns part of the text into a key."""
        assert top.key is not None
        self.problems.append(
            self._problem(
                f"”{top.key.text}” har inget värde: ett komma inom {{ }} skiljer nycklar åt",
                'sätt citattecken om värden med komma, till exempel belopp: "1,5 mkr"',
                top.key.position,
            )
        )
        top.key = None

    def _check_split_number(self, top: _Open, start: int) -> None:
        """Report ``[1,5 mkr]``, which YAML reads as two items. ``[2027,2028]`` is meant as two."""
        if top.last_end < 0 or start - top.last_end != 1 or not _SPLIT_NUMBER.match(self.text, top.last_end):
            return
        before = top.items[-1]
        after = re.match(r"[^,\]\n]*", self.text[start : start + 200])
        if not (isinstance(before, TextNode) and before.text.isdigit() and after and after[0].strip().isdigit()):
            self._add_problem(
                top.last_end,
                "ett komma inom [ ] skiljer punkter åt, också mitt i ett tal",
                "sätt citattecken om text med komma, eller ett mellanslag efter kommat",
            )

    def _check_glued(self, glued: re.Match[str] | None) -> None:
        if glued:
            shown = glued[0].strip(" \t:")
            self._add_problem(
                glued.end() - len(glued[0].lstrip(" \t:")),
                "”{comment}” läses som en kommentar och försvinner".format(
                    comment=shown if len(shown) <= 30 else shown[:29] + "…"
                ),
                "sätt citattecken om hela texten, eller mellanslag efter # om det är en kommentar",
            )
