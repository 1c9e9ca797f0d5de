"""Common mistakes in YAML, searched for in the lines before the position where the reading stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen


@frozen
class YamlMistake:
    """A likely cause of an error: 0-based *line* and *column*, what is wrong and how to fix it."""

    line: int
    column: int
    message: str
    hint: str


_NO_SPACE = re.compile(r"^[ \t]*(?:- +)?(?P<key>[^\W\d]\w*):(?=[^\s:/\d]|\d[\w.,\-]*[ \t]*$)")
_QUOTE_IN_QUOTES = re.compile(r"""^[ \t]*(?:- +)?\w+: +(?P<mark>["'])(?:(?!(?P=mark)).)*(?P=mark)(?=[^\s,\]}#])""")
_EMPTY_LIST = re.compile(r"^[ \t]*(?:- +)?\w+: *(?P<brackets>\[\])[ \t]*$")
_ITEM = re.compile(r"^[ \t]*- ")
_BLOCK = re.compile(r"^(?P<indent>[ \t]*)(?:- +)?\w+: *[|>][+-]?[ \t]*$")


def likely_mistake(text: str, line: int) -> YamlMistake | None:
    """Return the most likely cause of an error at the 0-based *line* of *text*, or ``None``."""
    lines = text.split("\n")
    places = [number for number in range(min(line, len(lines) - 1), -1, -1) if lines[number].strip()][:4]
    for find in (_quotes, _brackets, _block, _colon):
        for place in places:
            mistake = find(lines, place)
            if mistake is not None:
                return mistake
    return None


def _colon(lines: Sequence[str], place: int) -> YamlMistake | None:
    match = _NO_SPACE.match(lines[place])
    if not match:
        return None
    return YamlMistake(
        place,
        match.end() - 1,
        "efter kolonet saknas ett mellanslag",
        "skriv {key}: och sedan värdet".format(key=match["key"]),
    )


def _quotes(lines: Sequence[str], place: int) -> YamlMistake | None:
    match = _QUOTE_IN_QUOTES.match(lines[place])
    if not match:
        return None
    hint = "sätt enkla citattecken ('…') om en text med dubbla i, och dubbla (\"…\") om en med enkla i"
    return YamlMistake(place, match.end(), "texten inom citattecken innehåller samma sorts citattecken", hint)


def _brackets(lines: Sequence[str], place: int) -> YamlMistake | None:
    match = _EMPTY_LIST.match(lines[place])
    following = next((line for line in lines[place + 1 :] if line.strip()), "")
    if not match or not _ITEM.match(following):
        return None
    return YamlMistake(place, match.start("brackets"), "[] betyder att listan är tom, men punkter följer", "ta bort []")


def _block(lines: Sequence[str], place: int) -> YamlMistake | None:
    match = _BLOCK.match(lines[place])
    following = next((number for number in range(place + 1, len(lines)) if lines[number].strip()), None)
    if not match or following is None:
        return None
    indent = len(lines[following]) - len(lines[following].lstrip())
    if indent > len(match["indent"]) or re.match(r"[ \t]*(?:- +)?\w+:(?:\s|$)", lines[following]):
        return None
    hint = "dra in varje rad av texten med minst ett mellanslag mer än nyckeln"
    return YamlMistake(following, indent, "texten under | eller > är inte indragen", hint)
