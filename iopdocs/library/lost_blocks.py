"""Find the parts of an extending text that the text below has no place for, and that would be lost."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator

from attrs import frozen

from iopdocs.errors import Position, Problem
from iopdocs.library.layers import Library
from iopdocs.library.source import block_name, extended, extends_of, step_of, tags
from iopdocs.library.texts import LayerText

_PRINTS = ("include", "klausul", "call", "filter")
_SHOWN = 40


@frozen
class _Outside:
    """A part of a text that extends another: a block, or *words* outside all blocks, at *place* in the body."""

    place: int
    block: str = ""
    words: str = ""


def lost_parts(library: Library) -> list[Problem]:
    """Yield a problem for each block that no text below has, and for words outside blocks, in extending texts."""
    problems: list[Problem] = []
    for number, layer in enumerate(library.layers):
        for text in layer.texts.values():
            problems += _lost_in(text, number, library)
    return problems


def blocks_below(text: LayerText, number: int, library: Library) -> dict[str, LayerText] | None:
    """Return the blocks that *text* of layer *number* can fill: name to the nearest text below that has it.

    ``None`` where the text extends none, or one that does not exist, which is reported elsewhere.
    """
    found: dict[str, LayerText] = {}
    seen = {(number, text.name)}
    name = extended(text.body)
    if name is None:
        return None
    while name is not None:
        below = library.named_in(number, name)
        if below is None or (below[0], below[1].name) in seen:
            return None
        number, text = below
        seen.add((number, text.name))
        for tag in tags(text.body):
            if tag.word == "block":
                found.setdefault(block_name(tag), text)
        name = extended(text.body)
    return found


def _lost_in(text: LayerText, number: int, library: Library) -> Iterator[Problem]:
    known = blocks_below(text, number, library)
    if known is None:
        return
    words_told = False
    for one in _outside(text.body):
        line = text.body.count("\n", 0, one.place) + 1
        place = Position(line, one.place - text.body.rfind("\n", 0, one.place))
        if one.block and one.block not in known:
            message = f"blocket ”{one.block[:60]}” finns inte i texten under, så det som står i det kommer inte med"
            yield Problem(message, _near(one.block, tuple(known)), text.file, position=place)
        elif one.words and not words_told:
            words_told = True
            message = f"text utanför block kommer inte med: ”{one.words}”"
            hint = "flytta den in i ett block, mellan {% block … %} och {% endblock %}"
            if known:
                hint += f"; de som finns är {', '.join(known)}"
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


def _outside(body: str) -> Iterator[_Outside]:
    """Yield the outermost blocks of a text, and the words outside them after its ``extends``."""
    start = extends_of(body)
    assert start is not None
    held: list[str] = []
    place, whole = start.end, start.closed
    for tag in (tag for tag in tags(body) if tag.start >= start.end):
        hidden = any(word in ("block", "set", "macro") for word in held)
        if not hidden and whole:
            yield from _words(body, place, tag.start)
        # What follows an unended tag, which is reported as such, may be a part of it.
        whole = tag.closed
        if tag.word == "block" and not hidden:
            yield _Outside(tag.start, block=block_name(tag))
        elif not hidden and whole and (tag.opening == "{{" or tag.word in _PRINTS):
            yield _Outside(tag.start, words=_shortened(body[tag.start : tag.end]))
        place = tag.end
        step = step_of(tag)
        if step > 0:
            held.append(tag.word)
        elif step < 0 and (not held or held.pop() != tag.word.removeprefix("end")):
            return  # Its instructions do not pair, which is reported as such.
    if not held and whole:
        yield from _words(body, place, len(body))


def _words(body: str, start: int, end: int) -> Iterator[_Outside]:
    words = body[start:end]
    if words.strip():
        yield _Outside(start + len(words) - len(words.lstrip()), words=_shortened(words))


def _shortened(words: str) -> str:
    line = " ".join(words.strip().split("\n")[0].split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
