"""Texts that extend another: what of them the text below has no place for, and which therefore would be lost."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from iopdocs.errors import Position, Problem
from iopdocs.library.texts import LayerText

if TYPE_CHECKING:
    from iopdocs.library.layers import Library

_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)", re.DOTALL)
_STRING = r"\"[^\"\n]*\"|'[^'\n]*'"
# Atomic, and what never ends goes on to the end of the text: else a text of quotes or "{{" would be searched for ever.
_TAG = re.compile(
    rf"\{{%[-+]?\s*+(?P<word>\w*+)(?P<rest>(?>{_STRING}|(?!%\}}|\{{%).)*?)(?:[-+]?%\}}|(?=\{{%)|\Z)"
    rf"|(?P<datum>\{{\{{(?>{_STRING}|(?!\}}\}}).)*+(?:\}}\}}|\Z))",
    re.DOTALL,
)
_NAME = re.compile(r"[\"'](?P<name>[^\"'\n]+)[\"']\s*")
_OPEN = ("block", "if", "for", "set", "macro", "call", "with", "filter")
_PRINTS = ("include", "klausul", "call", "filter")
_SHOWN = 40


@frozen
class _Outside:
    """Something of a text that extends another: a block or *words* outside all blocks, at *place* in the body."""

    place: int
    block: str = ""
    words: str = ""


def lost_parts(library: Library) -> list[Problem]:
    """Tell of blocks that no text below has, and of words outside blocks, in texts that extend another."""
    problems: list[Problem] = []
    for number, layer in enumerate(library.layers):
        for text in layer.texts.values():
            problems += _lost_in(text, number, library)
    return problems


def extended(body: str) -> str | None:
    """Return the name of the text that one with *body* extends, as it stands there; ``None`` where it extends none."""
    found = _extends(_plain(body))
    name = _NAME.fullmatch(found["rest"].strip()) if found else None
    return name["name"] if name else None


def blocks_below(text: LayerText, number: int, library: Library) -> dict[str, LayerText] | None:
    """Return the blocks that *text* of layer *number* can fill: name to the nearest text below that has it.

    ``None`` where the text extends none, or one that is not there, which is told elsewhere.
    """
    found: dict[str, LayerText] = {}
    seen = {(number, text.name)}
    name = extended(text.body)
    if name is None:
        return None
    while name is not None:
        below = library.find(name.removeprefix("bas/"), number if name.startswith("bas/") else None)
        if below is None or (below[0], below[1].name) in seen:
            return None
        number, text = below
        seen.add((number, text.name))
        for match in _TAG.finditer(_plain(text.body)):
            if match["word"] == "block":
                found.setdefault(_block(match), text)
        name = extended(text.body)
    return found


def block_bodies(body: str) -> dict[str, tuple[int, str]]:
    """Return the blocks of a text with *body*: name to the 1-based line where it begins and what stands in it."""
    plain = _plain(body)
    found: dict[str, tuple[int, str]] = {}
    opened: list[tuple[str, int, int]] = []
    for match in _TAG.finditer(plain):
        if match["word"] == "block":
            opened.append((_block(match), plain.count("\n", 0, match.start()) + 1, match.end()))
        elif match["word"] == "endblock" and opened:
            name, line, start = opened.pop()
            found.setdefault(name, (line, plain[start : match.start()]))
    return found


def _lost_in(text: LayerText, number: int, library: Library) -> Iterator[Problem]:
    known = blocks_below(text, number, library)
    if known is None:
        return
    words_told = False
    for one in _outside(_plain(text.body)):
        line = text.body.count("\n", 0, one.place) + 1
        place = Position(line, one.place - text.body.rfind("\n", 0, one.place))
        if one.block and one.block not in known:
            message = "blocket ”{name}” finns inte i texten under, så det som står i det kommer inte med"
            yield Problem(
                message.format(name=one.block[:60]), _near(one.block, tuple(known)), text.file, position=place
            )
        elif one.words and not words_told:
            words_told = True
            message = f"text utanför block kommer inte med: ”{one.words}”"
            hint = "flytta den in i ett block, mellan {% block … %} och {% endblock %}"
            if known:
                hint = "{hint}; de som finns är {known}".format(hint=hint, known=", ".join(known))
            yield Problem(message, hint, text.file, position=place)


def _near(name: str, known: tuple[str, ...]) -> str:
    if not known:
        return "texten under har inga block – skriv hela texten utan ”extends”, eller ta in den med ”include”"
    flat = {_flat(one): one for one in known}
    near = difflib.get_close_matches(_flat(name), flat, n=1, cutoff=0.7)
    if near:
        return f"menade du ”{flat[near[0]]}”?"
    return "de som finns är {known}".format(known=", ".join(known))


def _flat(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(one for one in letters if one.isalnum())


def _plain(body: str) -> str:
    """Return *body* with its comments blanked, everything else where it was."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body)


def _block(match: re.Match[str]) -> str:
    return str(match["rest"]).split()[0] if match["rest"].split() else ""


def _extends(plain: str) -> re.Match[str] | None:
    """Return the ``extends`` of a text that always extends the same one."""
    depth = 0
    for match in _TAG.finditer(plain):
        word = match["word"] or ""
        if word == "extends" and not depth:
            return match
        depth += _step(match)
    return None


def _step(match: re.Match[str]) -> int:
    word = match["word"] or ""
    if word == "set":
        return 0 if "=" in match["rest"] else 1
    return 1 if word in _OPEN else -1 if word.removeprefix("end") in _OPEN else 0


def _outside(plain: str) -> Iterator[_Outside]:
    """Yield the outermost blocks of a text, and the words that stand outside them after its ``extends``."""
    start = _extends(plain)
    assert start is not None
    held: list[str] = []
    place = start.end()
    for match in _TAG.finditer(plain, start.end()):
        hidden = any(one in ("block", "set", "macro") for one in held)
        if not hidden:
            yield from _words(plain, place, match.start())
            if match["datum"] or match["word"] in _PRINTS:
                yield _Outside(match.start(), words=_shortened(match[0]))
            elif match["word"] == "block":
                yield _Outside(match.start(), block=_block(match))
        place = match.end()
        step = _step(match)
        if step > 0:
            held.append(match["word"])
        elif step < 0 and (not held or held.pop() != match["word"].removeprefix("end")):
            return  # Its instructions do not pair, which is told as such.
    if not held:
        yield from _words(plain, place, len(plain))


def _words(plain: str, start: int, end: int) -> Iterator[_Outside]:
    words = plain[start:end]
    if words.strip():
        yield _Outside(start + len(words) - len(words.lstrip()), words=_shortened(words))


def _shortened(words: str) -> str:
    line = " ".join(words.strip().split("\n")[0].split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
