"""Private-use tokens that represent values in a text, so that data never pass through Markdown.

``U+E000 n U+E001`` is value *n*. ``U+E002 s:l U+E003`` marks the text that follows as line *l* of source *s*.
``U+E004 name U+E005`` … ``U+E006`` is the text of section *name*. No text of a layer may contain these characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from attrs import frozen
from markupsafe import Markup

from iopdocs.document.text_exceptions import TextRuntimeError
from iopdocs.document.tree import ClauseUse, Inline

TOKEN = re.compile("\ue000([0-9]+)\ue001")
MARK = re.compile("\ue002([0-9]+):([0-9]+)\ue003")
_EDGE = re.compile("\ue004([^\ue005]*)\ue005|\ue006")

# An unclosed tag extends to the end of the text: otherwise each of a thousand "{{" would be scanned to the end.
_JINJA = re.compile(r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)|\{#.*?(?:#\}|\Z)", re.DOTALL)
_TAG = re.compile(r"\{%.*?(?:%\}|\Z)|\{#.*?(?:#\}|\Z)", re.DOTALL)
_LINE = re.compile(
    r"^(?>(?:[ \t]*\{%[^\n]*?%\})*[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)]|#{1,6})[ \t]+)?)(?=[^\s|:{#\-*+>\\])", re.MULTILINE
)

MAX_STEPS = 100_000
MAX_CHARACTERS = 5_000_000
MAX_CALLS_DEEP = 40
MAX_TEXTS_DEEP = 60
"""The maximum depth of nested texts. A clause counts twice, for the tag and for the variant."""
STEPS_OF_A_CALL = 3
STEPS_OF_A_TEXT = 10
STEPS_OF_A_VARIANT = 5


@frozen
class RichValue:
    """A user's rich text, rendered as separate blocks."""

    source: str
    path: str


Filled: TypeAlias = tuple[Inline, ...] | RichValue
"""The value that replaces a token."""


Printed: TypeAlias = tuple[Filled, int, int]
"""A printed value with the source and the line that printed it."""


class ValueRecorder:
    """Records what one rendering prints, and stops a text that never ends or grows without bound."""

    def __init__(self) -> None:
        self.values: list[Printed] = []
        self.clauses: list[ClauseUse] = []
        self.steps = 0
        self.characters = 0
        self.depth = 0

    def token(self, value: Filled, source: int, line: int) -> Markup:
        """Record *value*, printed by *line* of *source*, and return its token."""
        # A user's long text that is printed in a loop is rendered again each time, so its length is charged.
        length = (
            len(value.source)
            if isinstance(value, RichValue)
            else sum(8 + len(getattr(node, "text", "")) for node in value)
        )
        self.charge(1, 8 + length)
        self.values.append((value, source, line))
        return Markup(f"\ue000{len(self.values) - 1}\ue001")

    def charge(self, steps: int, characters: int) -> None:
        """Count *steps* of work and *characters* of text.

        Raises:
            TextRuntimeError: when the text has exceeded its limits.
        """
        self.steps += steps
        self.characters += characters
        if self.steps > MAX_STEPS or self.characters > MAX_CHARACTERS:
            raise TextRuntimeError(
                "texten upprepar sig för många gånger eller blir för lång", "kontrollera dess ”for” och makron"
            )


def keep_line_ends(source: str) -> str:
    """Return *source* with the line end preserved after each tag that ends a line of words.

    A line of tags alone is removed (trim_blocks). After "… {% endif %}" the line end is needed, so that the blank line
    below still separates two paragraphs.
    """

    def keep(match: re.Match[str]) -> str:
        tag, end = match[0], match.end()
        if source[end : end + 1] != "\n" or tag[-3] in "-+":
            return tag
        line = source[source.rfind("\n", 0, match.start()) + 1 : end]
        return f"{tag[:-2]}+{tag[-2:]}" if _TAG.sub("", line).strip() else tag

    return _TAG.sub(keep, source)


def mark_lines(source: str, number: int) -> str:
    """Return *source* with a mark before the words of each line: its line number in source *number*."""
    inside = [match.span() for match in _JINJA.finditer(source)]
    parts, last, block = [], 0, 0
    line, counted = 1, 0
    for match in _LINE.finditer(source):
        while block < len(inside) and inside[block][1] <= match.start():
            block += 1
        if block < len(inside) and inside[block][0] < match.start() < inside[block][1]:
            continue
        line += source.count("\n", counted, match.start())
        counted = match.start()
        parts += [source[last : match.end()], f"\ue002{number}:{line}\ue003"]
        last = match.end()
    return "".join(parts) + source[last:]


def sections_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of each section. A section that includes the text of a lower layer (``bas/…``) counts as one."""
    depth, name, parts, last = 0, "", [""], 0
    for edge in _EDGE.finditer(text):
        if depth:
            parts.append(text[last : edge.start()])
        last = edge.end()
        if edge[1] is not None:
            if not depth:
                name, parts = edge[1], []
            depth += 1
        else:
            depth -= 1
            if not depth:
                yield name, "".join(parts)


def section_names(text: str) -> list[str]:
    """Return the names of the sections that begin in *text*, in order."""
    return [edge[1] for edge in _EDGE.finditer(text) if edge[1] is not None]


def mark_section(source: str, name: str) -> str:
    """Return *source* surrounded by the marks of section *name*."""
    return f"\ue004{name}\ue005{source}\ue006"
