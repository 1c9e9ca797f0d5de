"""Read JSON into nodes. The standard reader keeps neither positions nor numbers as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NoReturn

from attrs import Factory, define

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
from iopdocs.values.text import illegal_character

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[^\W\d]\w*|-?(?:Infinity|NaN)")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def read_json(text: str, file: str) -> Reading:
    """Return the nodes of *text*, a JSON document (RFC 8259). *file* is its name in messages.

    Numbers, ``true`` and ``false`` become texts as written, and ``null`` an empty value.

    Raises:
        LoadError: when *text* is not JSON, a text contains a lone surrogate or a character that no document can
            contain, or there are more than 50 levels or 200 000 values.
    """
    scanner = _Scanner(text, file, line_index(text))
    root = scanner.value(0)
    scanner.skip()
    if scanner.index < len(text):
        scanner.stop("här står något mer efter det som är slut", "ta bort det, eller kontrollera } och ]")
    return Reading(root, tuple(scanner.problems))


@define
class _Scanner:
    """The state of reading *text*. The depth is bounded, so values can be read recursively."""

    text: str
    file: str
    at: Callable[[int], Position]
    index: int = 0
    count: int = 0
    problems: list[Problem] = Factory(list)

    def stop(self, message: str, hint: str, index: int | None = None) -> NoReturn:
        place = self.at(self.index if index is None else index)
        raise LoadError([*self.problems, Problem(message, hint, self.file, position=place, code="fel-syntax")])

    def skip(self) -> str:
        """Skip white space and return the next character, or an empty string at the end."""
        space = _SPACE.match(self.text, self.index)
        self.index = space.end() if space else self.index
        return self.text[self.index : self.index + 1]

    def value(self, depth: int) -> Node:
        character = self.skip()
        position = self.at(self.index)
        self.count += 1
        if self.count > MOST_NODES:
            raise self._with_earlier(too_many(self.file, position))
        if character in ("{", "[") and character and depth == DEEPEST:
            raise self._with_earlier(too_deep(self.file, position))
        if character == "{":
            return self._map(position, depth + 1)
        if character == "[":
            return self._list(position, depth + 1)
        if character == '"':
            return TextNode(self._string(), position)
        number = _NUMBER.match(self.text, self.index)
        if number and not re.match(r"[\w.]", self.text[number.end() : number.end() + 1]):
            self.index = number.end()
            return TextNode(number[0], position, "number")
        return self._word(position)

    def _with_earlier(self, error: LoadError) -> LoadError:
        return LoadError([*self.problems, *error.problems])

    def _word(self, position: Position) -> Node:
        word = _WORD.match(self.text, self.index)
        if word and word[0] in ("true", "false"):
            self.index = word.end()
            return TextNode(word[0], position)
        if word and word[0] == "null":
            self.index = word.end()
            return EmptyNode(position)
        if self.index >= len(self.text):
            self.stop("filen slutar för tidigt", 'kontrollera att varje {, [ och " avslutas')
        character = self.text[self.index]
        if character in "}],:":
            self.stop(
                f"här saknas ett värde före ”{character}”",
                "skriv ett värde, eller ta bort ett komma för mycket",
            )
        if character == "'":
            self.stop("texten står inom fel slags citattecken", 'använd raka, dubbla citattecken: "…"')
        shown = word[0] if word and len(word[0]) <= 30 else character
        return self.stop(
            f"”{shown}” är inget värde i JSON",
            'sätt raka citattecken om text: "…"; ett tal skrivs utan mellanslag och med punkt',
        )

    def _list(self, position: Position, depth: int) -> Node:
        self.index += 1
        items: list[Node] = []
        if self.skip() == "]":
            self.index += 1
            return ListNode((), position)
        while True:
            items.append(self.value(depth))
            if self._ends("]", position):
                return ListNode(tuple(items), position)

    def _map(self, position: Position, depth: int) -> Node:
        self.index += 1
        entries: list[tuple[TextNode, Node]] = []
        seen: dict[str, Position] = {}
        if self.skip() == "}":
            self.index += 1
            return MapNode((), position)
        while True:
            key = self._key()
            value = self.value(depth)
            if key.text in seen:
                self.problems.append(duplicate_key(self.file, key.text, key.position, seen[key.text]))
            else:
                seen[key.text] = key.position
                entries.append((key, value))
            if self._ends("}", position):
                return MapNode(tuple(entries), position)

    def _key(self) -> TextNode:
        character = self.skip()
        position = self.at(self.index)
        if not character:
            self.stop("filen slutar för tidigt", 'kontrollera att varje {, [ och " avslutas')
        if character != '"':
            self.stop(
                "här ska en nyckel inom citattecken stå",
                'skriv "nyckel": värde, utan komma efter den sista uppgiften',
            )
        key = unicodedata.normalize("NFC", self._string())
        if self.skip() != ":":
            self.stop(f"här saknas ett kolon efter nyckeln ”{key}”", 'skriv "nyckel": värde')
        self.index += 1
        return TextNode(key, position)

    def _ends(self, closing: str, opened: Position) -> bool:
        character = self.skip()
        if character not in (",", closing) or not character:
            self.stop(
                f"här saknas ett komma eller ”{closing}” (började på rad {opened.line})",
                f"sätt komma mellan uppgifterna och {closing} efter den sista",
            )
        self.index += 1
        return character == closing

    def _string(self) -> str:
        start = self.index
        self.index += 1
        parts: list[str] = []
        while True:
            plain = _PLAIN.match(self.text, self.index)
            if plain:
                parts.append(plain[0])
                self.index = plain.end()
            character = self.text[self.index : self.index + 1]
            if character == '"':
                self.index += 1
                return "".join(parts)
            if character == "\\":
                parts.append(self._escape())
            elif character and character != "\n":
                self.stop("här står ett styrtecken i en text", "skriv tabb som \\t")
            else:
                self.stop(
                    "texten som börjar här avslutas inte på raden",
                    'sätt " där den slutar; skriv radbrytning som \\n',
                    start,
                )

    def _escape(self) -> str:
        start = self.index
        letter = self.text[start + 1 : start + 2]
        if letter and letter in _ESCAPES:
            self.index = start + 2
            decoded = _ESCAPES[letter]
        elif letter == "u":
            code = self._code_unit(start)
            if 0xD800 <= code < 0xDC00 and self.text[self.index : self.index + 2] == "\\u":
                low = self._code_unit(self.index)
                if 0xDC00 <= low < 0xE000:
                    return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
            decoded = chr(code)
        else:
            self.stop("bakåtstrecket betyder inget känt här", "skriv \\\\ för ett bakåtstreck")
        if illegal_character(decoded):
            self.stop(
                f"tecknet U+{ord(decoded):04X} kan inte stå i ett dokument",
                "ta bort det; ett tecken utanför grundplanet skrivs som det är eller som två \\u i följd",
                start,
            )
        return decoded

    def _code_unit(self, start: int) -> int:
        digits = _HEX.match(self.text, start + 2)
        if not digits:
            self.stop("efter \\u ska fyra hexadecimala siffror stå", "till exempel \\u00e5 för å", start)
        self.index = digits.end()
        return int(digits[0], 16)
