"""Find where the front matter of a text begins and ends, and what is wrong with its two lines of ``---``."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs
from attrs import frozen

from iopdocs.errors import Position, Problem

_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)??---[ \t]*(?:\n|$)", re.DOTALL)
_DASHES = re.compile(r"(?:-+|[-–—]*[–—][-–—]*)[ \t]*(?:\n|\Z)")
_BLANK = re.compile(r"(?:[ \t]*\n)*")
# Lines of keys with their values, and comments. A Markdown heading has two # or is alone on its line.
_LINE = re.compile(r"(?:(?P<key>[a-zåäö_]+):(?:[ \t][^\n]*)?|[ \t]+\S[^\n]*|#(?!#)[^\n]*|-[ \t][^\n]*)(?:\n|\Z)")


@frozen
class FrontMatterSpan:
    """The front matter of a source: *yaml* has each key on its line in the source, the body begins at *end*.

    *problem* is what is wrong with the lines around it; *yaml* then contains the lines that look like keys.
    """

    yaml: str
    end: int
    problem: Problem | None = None


def front_edges(source: str, keys: Sequence[str], file: str) -> FrontMatterSpan:
    """Return the front matter of *source*; *keys* are those that front matter can have."""
    whole = _FRONT.match(source)
    if whole:
        return FrontMatterSpan("\n" + (whole["yaml"] or ""), whole.end())
    start = _BLANK.match(source)
    assert start is not None
    opening = _dashes(source, start.end())
    begins = opening.end() if opening else start.end()
    ends, known = _keys(source, begins, keys)
    if not known or (opening and len(opening[0].strip()) < 2):
        return FrontMatterSpan("", 0)
    closing = _dashes(source, ends)
    problem = _problem(source, opening, closing, _before(source, ends), file)
    body = closing.end() if closing else ends
    if not opening and closing:
        # Keys above the front matter itself: the line that looks like the end is where it begins.
        more, also = _keys(source, closing.end(), keys)
        last = _dashes(source, more) if also else None
        if last:
            body, line = last.end(), _line(source, closing.start())
            message = "det står uppgifter ovanför inledningens första rad ---"
            hint = f"flytta dem till raderna under --- på rad {line}"
            problem = attrs.evolve(problem, message=message, hint=hint)
    text = "\n".join("" if _DASHES.fullmatch(line) else line for line in source[:body].split("\n"))
    return FrontMatterSpan(text, body, problem)


def _dashes(source: str, place: int) -> re.Match[str] | None:
    found = _DASHES.match(source, place)
    return found if found and found[0].strip() else None


def _keys(source: str, place: int, keys: Sequence[str]) -> tuple[int, bool]:
    """Return where the lines of keys that begin at *place* end, and whether one of them is a known key."""
    known = False
    while place < len(source) and not _dashes(source, place):
        line = _LINE.match(source, place)
        if line is None or (not known and line["key"] is None and not line[0].startswith("#")):
            break
        known = known or line["key"] in keys
        if not known and line["key"]:
            break
        place = line.end()
    return place, known


def _line(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1


def _before(source: str, place: int) -> int:
    """Return the number of the last line above *place* that is not blank."""
    return _line(source, len(source[:place].rstrip()))


def _problem(
    source: str, opening: re.Match[str] | None, closing: re.Match[str] | None, last: int, file: str
) -> Problem:
    first = _line(source, opening.start() if opening else 0)
    place = Position(first, 1)
    if opening is None:
        hint = "skriv --- på en egen rad allra först i filen"
        if closing is None:
            hint = f"skriv --- på en egen rad allra först i filen, och en till efter rad {last}"
        return Problem("inledningens första rad --- saknas", hint, file, position=place)
    if opening[0].strip() != "---":
        message = f"inledningen börjar med {opening[0].strip()} i stället för ---"
        hint = "skriv tre vanliga bindestreck, både före och efter inledningen"
        return Problem(message, hint, file, position=place)
    if closing is None:
        hint = f"skriv --- på en egen rad efter rad {last}"
        return Problem("inledningen slutar aldrig: dess andra rad --- saknas", hint, file, position=place)
    if closing[0].strip() != "---":
        message = f"inledningen slutar med {closing[0].strip()} i stället för ---"
        place = Position(_line(source, closing.start()), 1)
        return Problem(message, "skriv tre vanliga bindestreck: ---", file, position=place)
    message = "det står tomma rader eller mellanslag före inledningen"
    return Problem(message, "låt --- stå allra först i filen", file, position=place)
