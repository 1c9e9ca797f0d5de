"""Text on a terminal: its width in columns, characters that are unsafe to print, and lines that fit."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

import click
from attrs import frozen

from iopdocs.errors import is_unprintable, printable_name

_TAB = "    "
_UNSEEN = "\ufffd"
_NARROWEST, _WIDEST = 20, 120
# No characters to Unicode, and so in no text that is read: what marks a path, and a space in it, until it is printed.
_PATH, _SPACE = "\ufdd0", "\ufdd1"
_PATH_SIGNS = ("/", "\\", _PATH)
_LONGEST_PATH = 4096
_SUSPECT = re.compile(r"[^\w\n -~]")
# No file name has it: what marks our own styling, so that all other escape sequences are removed.
_ESCAPE = "\0"
_OWN_STYLE = re.compile(re.escape(_ESCAPE) + r"(\[[0-9;]*m)")


@frozen
class TerminalStyle:
    """How lines are printed: their *width* in columns, whether in *colour*, and the *encoding* of the output."""

    width: int = 100
    colour: bool = False
    encoding: str = "utf-8"

    def style(self, text: str, **how: bool | str) -> str:
        """Return *text* in colour or bold, for :func:`echo` to print, or unchanged."""
        return click.style(text, **how).replace("\x1b", _ESCAPE) if self.colour else text  # type: ignore[arg-type]


def look_of(stream: TextIO) -> TerminalStyle:
    """Return the style of the terminal or file *stream*: no colours in a file, on a dumb terminal or with NO_COLOR."""
    columns = shutil.get_terminal_size((100, 24)).columns
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    encoding = stream.encoding or "utf-8"
    # Click regards ASCII as a misconfigured computer and writes UTF-8.
    assumed = "utf-8" if encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968") else encoding
    return TerminalStyle(max(_NARROWEST, min(columns, _WIDEST)), not plain, assumed)


def screen() -> TerminalStyle:
    """Return the style of standard output."""
    return look_of(sys.stdout)


@lru_cache(maxsize=4096)
def cell(character: str, encoding: str = "utf-8") -> tuple[str, int]:
    """Return the text shown for *character* and its width in columns: 2 for wide characters, 0 for combining marks.

    Characters that control a terminal or hide others are replaced by a harmless one.
    """
    if character == "\t":
        return _TAB, len(_TAB)
    if character != "\u00ad" and is_unprintable(character):
        return _UNSEEN, 1
    try:
        character.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "?", 1
    if unicodedata.category(character) in ("Mn", "Me"):
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def harmless(text: str) -> str:
    """Return *text* without characters that control a terminal; line breaks are kept."""
    return _SUSPECT.sub(lambda match: cell(match[0])[0], text)


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print *text*: every command prints by this. Only its own styling may control the terminal."""
    pieces = _OWN_STYLE.split(text)
    styled = (f"\x1b{piece}" if number % 2 else harmless(piece) for number, piece in enumerate(pieces))
    click.echo("".join(styled), err=err, nl=nl)


def json_text(data: Any, indent: int | None = 2) -> str:
    """Return *data* as JSON that prints as it is: the letters of every language, and other characters escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    # Outside strings JSON has no such characters but line breaks.
    return _SUSPECT.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1].replace("\x7f", r"\u007f") if is_unprintable(character) else character


def columns_of(text: str, encoding: str = "utf-8") -> int:
    """Return the width of *text* in columns."""
    return len(text) if text.isascii() else sum(cell(character, encoding)[1] for character in text)


def in_one_piece(path: str | Path) -> str:
    """Return *path* marked so that :func:`wrap` keeps it on one line, also where it has spaces or is very long."""
    return _PATH + printable_name(path).replace(" ", _SPACE)


def wrap(text: str, look: TerminalStyle, indent: int, *, in_column: bool = False) -> Iterator[str]:
    """Yield *text* as lines of the look's width, each indented by *indent* spaces.

    Words that are too long are split, but a path or an address is not, since it is there to be copied; with *in_column* it
    is split too, as something stands beside it.
    """
    room = max(8, look.width - indent)
    line, used = "", 0
    # Not split(): a no-break space must keep the words on both sides together.
    for word in filter(None, re.split("[ \n]+", harmless(text))):
        whole = not in_column and len(word) < _LONGEST_PATH and any(sign in word for sign in _PATH_SIGNS)
        word = word.replace(_PATH, "").replace(_SPACE, " ")
        width = columns_of(word, look.encoding)
        if line and used + 1 + width > room:
            yield " " * indent + line
            line, used = "", 0
        while width > room and not whole:
            piece = _start(word, room, look.encoding)
            yield " " * indent + piece
            word = word[len(piece) :]
            width = columns_of(word, look.encoding)
        line, used = (f"{line} {word}", used + 1 + width) if line else (word, width)
    if line:
        yield " " * indent + line


def _start(word: str, room: int, encoding: str) -> str:
    used = 0
    for place, character in enumerate(word):
        used += cell(character, encoding)[1]
        if used > room:
            return word[: max(1, place)]
    return word


_FAR = 1000  # characters read on each side of a place, so that a line of a megabyte takes no time


def pointed(line: str, start: int, end: int, room: int, encoding: str = "utf-8") -> tuple[str, str]:
    """Return (*line* as shown in *room* columns, the line of carets below it), shortened with … around *start*.

    *start* and *end* (exclusive) are 0-based and count characters.
    """
    start = min(max(0, start), len(line))
    end = max(end, start + 1)
    first, last = max(0, start - _FAR), min(len(line), start + _FAR)
    cells = [cell(character, encoding) for character in line[first:last]]
    widths = [width for _shown, width in cells]
    mark = start - first
    left, right = 0, len(cells)
    if sum(widths) > room or first > 0 or last < len(line):
        # One column for each … sign.
        room = max(3, room - 2)
        left = _back(widths, mark, room // 3)
        right = _forth(widths, left, room)
        left = min(left, _back(widths, right, room))
    before = "…" if first + left > 0 else ""
    after = "…" if first + right < len(line) else ""
    shown = before + "".join(text for text, _width in cells[left:right]) + after
    blank = len(before) + sum(widths[left:mark])
    return shown, " " * blank + "^" * max(1, sum(widths[mark : max(mark, min(end - first, right))]))


def _back(widths: list[int], place: int, room: int) -> int:
    used = 0
    while place > 0 and used + widths[place - 1] <= room:
        place -= 1
        used += widths[place]
    return place


def _forth(widths: list[int], place: int, room: int) -> int:
    used = 0
    while place < len(widths) and used + widths[place] <= room:
        used += widths[place]
        place += 1
    return place
