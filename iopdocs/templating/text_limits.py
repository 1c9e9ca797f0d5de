"""Limits on the size and depth of texts, reported before Jinja, Python or Markdown fails on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from iopdocs.document.text_exceptions import TextRuntimeError, TextSyntaxError
from iopdocs.library.source import PAIRED

MAX_WORDS = 250
"""Tokens in one instruction; the longest of the base layer has about sixty."""
MAX_BRACKETS = 15
"""Brackets within brackets in one instruction."""
MAX_TAGS_DEEP = 20
"""Instructions within instructions (``if`` in ``for`` in ``block`` …); Python itself allows at most twenty loops."""
MAX_LOOPS_DEEP = 10
MAX_TEXT_WORDS = 20_000
"""Tokens in all instructions of one text; compiling them takes about a second."""
MAX_MARKDOWN = 50_000
"""The size of what a document's texts print, see :func:`too_large`; the largest example has a twentieth."""
MAX_LIST_INDENT = 16
"""Columns before the marker of an item: eight nested lists. Markdown drops lists nested deeper than ten."""
MAX_CONTAINERS_DEEP = 5
MAX_COMPARED = 1_000
"""Items, with those in them, of a list that a text writes or compares."""

_BEGINS = frozenset({"variable_begin", "block_begin"})
_OPEN, _CLOSE = frozenset({"lparen", "lbracket", "lbrace"}), frozenset({"rparen", "rbracket", "rbrace"})
_LONG_NUMBER = re.compile(r"(?<![\w.])[0-9][0-9a-fA-FoxX_]{18,}")
_ITEM = re.compile(r"[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)+")
_CONTAINER = re.compile(r"[ \t]*:{3,}[ \t]*(?P<kind>\S?)")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-[-:| \t]*")


class LimitsExtension(Extension):
    """Stops an instruction that is too long or nested too deep while it is being read."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of *stream*."""
        inside = total = brackets = 0
        tag, assigns = "", False
        opened: list[str] = []
        for token in stream:
            if token.type in _BEGINS:
                inside = brackets = 0
                tag, assigns = "", False
            if token.type != "data":
                inside, total = inside + 1, total + 1
            brackets += (token.type in _OPEN) - (token.type in _CLOSE)
            if inside == 2 and token.type == "name":
                tag = token.value
            assigns = assigns or token.type == "assign"
            if token.type == "block_end":
                _follow(opened, tag, assigns)
            if excess := _excess(inside, total, brackets, opened):
                message, hint = excess
                raise TextSyntaxError(message, token.lineno, stream.name, stream.filename, hint)
            yield token


def _follow(opened: list[str], tag: str, assigns: bool) -> None:
    if tag in PAIRED and not (tag == "set" and assigns):
        opened.append(tag)
    elif tag.startswith("end") and opened:
        opened.pop()


def _excess(inside: int, total: int, brackets: int, opened: list[str]) -> tuple[str, str] | None:
    if inside > MAX_WORDS:
        return "instruktionen är för lång", "dela den på flera, till exempel med ”set”"
    if brackets > MAX_BRACKETS:
        return "instruktionen har för många parenteser i varandra", "dela den på flera, till exempel med ”set”"
    if len(opened) > MAX_TAGS_DEEP:
        return "för många instruktioner i varandra", "lägg de inre i en egen text och ta in den med ”include”"
    if opened.count("for") > MAX_LOOPS_DEEP:
        return "för många ”for” i varandra", f"högst {MAX_LOOPS_DEEP}"
    if total > MAX_TEXT_WORDS:
        return "texten har för många instruktioner", "dela den på flera filer"
    return None


def long_number(source: str) -> int | None:
    """Return the 1-based line of a number in *source* with more digits than any useful number has, if there is one."""
    for match in _LONG_NUMBER.finditer(source):
        before = source[: match.start()]
        if max(before.rfind("{{"), before.rfind("{%")) > max(before.rfind("}}"), before.rfind("%}")):
            return before.count("\n") + 1
    return None


def weight(value: Any) -> tuple[int, int]:
    """Return (items, characters) of a value that a text uses; lists count with all their contents.

    Raises:
        TextRuntimeError: when there are more than :data:`MAX_COMPARED` items.
    """
    items = characters = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        items += 1
        if items > MAX_COMPARED:
            raise TextRuntimeError("listan är för stor", "gå igenom avtalets egna listor med ”for” i stället")
        if isinstance(one, str):
            characters += len(one)
        elif isinstance(one, list | tuple):
            waiting += one[: MAX_COMPARED + 1]
        elif isinstance(one, dict):
            waiting += list(one.values())[: MAX_COMPARED + 1]
    return items, characters


def too_large(markdown: str) -> tuple[str, str, int] | None:
    """Return (message, hint, position in *markdown*) when the printed *markdown* is too large or too deep to parse.

    The size counts by the time it takes: lines twice, cells of tables once (a short row has all its cells), three signs
    of emphasis or links once, and 25 characters once.
    """
    size = at = columns = containers = 0
    before = ""
    for whole in markdown.split("\n"):
        line = whole.rpartition("\ue005")[2] if whole.startswith("\ue004") else whole
        pipes = line.count("|")
        if not line.strip():
            columns = 0
        elif pipes and before.strip() and _DELIMITER.fullmatch(line):
            columns = pipes + 1
        signs = line.count("*") + line.count("_") + line.count("[") + line.count("\\")
        size += 2 + max(pipes, columns) + signs // 3 + len(line) // 25
        if size > MAX_MARKDOWN:
            return "texten blir för lång när den skrivs ut", "kontrollera dess ”for”, makron och ”include”", at
        item = _ITEM.match(line)
        if item and len(item[0].rstrip().expandtabs(4)) > MAX_LIST_INDENT:
            return "listan har för många nivåer", "högst åtta går att skriva ut", at
        container = _CONTAINER.match(line)
        if container:
            containers = containers + 1 if container["kind"] else max(0, containers - 1)
            if containers > MAX_CONTAINERS_DEEP:
                return "för många rutor (”:::”) i varandra", "avsluta varje ruta med ”:::”", at
        before = line
        at += len(whole) + 1
    return None
