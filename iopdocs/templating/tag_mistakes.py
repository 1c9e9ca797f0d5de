"""Find mistakes in the tags of a text from its source: all of them at once, each on its own line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

import attrs
from attrs import frozen

from iopdocs.library.source import PAIRED, SourceTag, tags
from iopdocs.templating.tag_contents import expression_slip, shortened


@frozen
class TagMistake:
    """Something in the tags of a text that is outside the language: its 1-based *line*, a message and a hint."""

    line: int
    message: str
    hint: str = ""


_BROKEN = re.compile(r"\{ +%|\{ +\{|% +\}|\} \}(?!\})")
_DOUBLED = re.compile(r"\{\{%([^{}%\n]*)%\}\}?")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BEGINNINGS = {end: opening for opening, end in _ENDS.items()}
_PAIRS = {name: f"end{name}" for name in PAIRED if name != "filter"}
_MIDDLE = {"elif": ("if",), "else": ("if", "for")}
_ALONE = ("include", "extends", "import", "from", "klausul")
_WORDS = (*_PAIRS, *_PAIRS.values(), *_MIDDLE, *_ALONE)
_MEANT = {
    "elseif": "elif", "elsif": "elif", "elsefi": "elif", "annars_om": "elif", "om": "if", "annars": "else",
    "för": "for", "varje": "for", "foreach": "for", "slut": "endif", "slutom": "endif", "fi": "endif",
    "clause": "klausul", "klausuler": "klausul", "ta_in": "include", "inkludera": "include",
}  # fmt: skip


def tag_slips(source: str) -> tuple[TagMistake, ...]:
    """Return the mistakes in the tags of *source*, by line."""
    found = list(_in_braces(source))
    for tag in _whole(source):
        found += _slips_in(tag)
    found += _unpaired(_instructions(source))
    return tuple(sorted(dict.fromkeys(found), key=lambda slip: slip.line))


def _whole(source: str) -> Iterator[SourceTag]:
    """Yield the tags of *source* that end as they should, comments left out."""
    return (tag for tag in tags(source) if tag.closed and not tag.is_comment)


def _instructions(source: str) -> Iterator[SourceTag]:
    """Yield the instructions of *source*, with those that begin as a datum does: ``{{ if mål.vision %}``."""
    for tag in tags(source):
        if tag.opening == "{{" and not tag.closed:
            doubled = _DOUBLED.match(source, tag.start)
            yield attrs.evolve(tag, opening="{%", inside=doubled[1].strip("-+ ") if doubled else tag.inside)
        elif tag.opening == "{%":
            yield tag


def _in_braces(source: str) -> Iterator[TagMistake]:
    """Yield what is wrong with the braces of *source*."""
    place, line = 0, 1
    for tag in tags(source):
        yield from _stray(source[place : tag.start], line)
        place, line = tag.end, tag.line + source.count("\n", tag.start, tag.end)
        if tag.closed:
            continue
        if tag.is_comment:
            yield TagMistake(tag.line, "kommentaren avslutas aldrig", "skriv #} där den slutar")
        elif doubled := _DOUBLED.match(source, tag.start):
            yield TagMistake(tag.line, "{{% är både {{ och {%", "{%" + doubled[1].rstrip() + " %}")
            place = doubled.end()
        else:
            yield _unclosed(tag)
    yield from _stray(source[place:], line)


def _unclosed(tag: SourceTag) -> TagMistake:
    inside = tag.inside.partition("\n")[0]
    message = f"{shortened(tag.opening, inside)} avslutas aldrig som det ska"
    if inside.count('"') % 2 or (inside.count("'") % 2 and '"' not in inside):
        message = f"ett citattecken saknas i {shortened(tag.opening, inside)}"
        return TagMistake(tag.line, message, 'sätt ett rakt citattecken (") både före och efter orden')
    return TagMistake(tag.line, message, f"avsluta med {_ENDS[tag.opening]} på samma rad")


def _stray(words: str, line: int) -> Iterator[TagMistake]:
    """Yield the braces in *words*, which begin on *line* and have no tags, that look like parts of tags."""
    for number, words_of_line in enumerate(words.split("\n"), line):
        broken = [match[0] for match in _BROKEN.finditer(words_of_line)]
        for braces in broken:
            right = braces.replace(" ", "")
            yield TagMistake(number, f"det är ett mellanslag inne i {right}", f"skriv {right} utan mellanslag")
        for braces in () if broken else re.findall(r"\}\}|%\}|#\}", words_of_line):
            hint = f"skriv {_BEGINNINGS[braces]} där det börjar, eller ta bort tecknen"
            yield TagMistake(number, f"{braces} avslutar något som aldrig har börjat", hint)


def _slips_in(tag: SourceTag) -> Iterator[TagMistake]:
    is_datum = tag.opening == "{{"
    slip = None if is_datum else _word_slip(tag)
    if slip is None and (is_datum or tag.word in _WORDS):
        told = expression_slip(tag.word, tag.inside if is_datum else tag.rest)
        slip = TagMistake(tag.line, *told) if told else None
    if slip is not None:
        yield slip


def _word_slip(tag: SourceTag) -> TagMistake | None:
    word, rest = tag.word, tag.rest
    if not tag.inside:
        return TagMistake(tag.line, "instruktionen är tom", "skriv vad som ska göras, till exempel {% if mål.vision %}")
    if word == "else" and rest.startswith("if"):
        return TagMistake(tag.line, "”else if” heter ”elif”", "skriv {% elif … %}")
    if word == "end" and rest in _PAIRS:
        return TagMistake(tag.line, f"”end {rest}” skrivs ihop", f"skriv {{% end{rest} %}}")
    if word in _WORDS:
        return None
    near = _MEANT.get(word.casefold()) or next(iter(difflib.get_close_matches(word, _WORDS, n=1, cutoff=0.6)), "")
    shown = word or tag.inside[:20]
    message = f"”{shown}” är ingen känd instruktion"
    if near:
        return TagMistake(tag.line, message, f"menade du ”{near}”?")
    hint = "de som finns är if, elif, else, for, set, include och klausul; en uppgift skrivs ut med {{ … }}"
    return TagMistake(tag.line, message, hint)


def _unpaired(instructions: Iterator[SourceTag]) -> Iterator[TagMistake]:
    """Yield the instructions that begin without ending, and those that end without beginning."""
    open_tags: list[SourceTag] = []
    for tag in instructions:
        word = _meant(tag)
        if word in _PAIRS and not (word == "set" and re.search(r"[=]", tag.rest)):
            open_tags.append(tag)
        elif word in _PAIRS.values():
            yield from _closed(tag, word, open_tags)
        elif tag.closed and word in _MIDDLE and not (open_tags and _meant(open_tags[-1]) in _MIDDLE[word]):
            message = f"”{word}” står utanför sitt ”if”"
            yield TagMistake(tag.line, message, "skriv {% if … %} före, eller ta bort raden")
    for tag in open_tags:
        yield _never_ends(tag)


def _meant(tag: SourceTag) -> str:
    if tag.word == "end" and tag.rest in _PAIRS:
        return f"end{tag.rest}"
    if tag.word == "else" and tag.rest.startswith("if"):
        return "elif"
    return {"elseif": "elif", "elsif": "elif"}.get(tag.word, tag.word)


def _closed(tag: SourceTag, word: str, open_tags: list[SourceTag]) -> Iterator[TagMistake]:
    begins = word.removeprefix("end")
    places = [place for place, one in enumerate(open_tags) if one.word == begins]
    if not places and open_tags:
        wrong = open_tags.pop()
        message = f"”{word}” står där {_shown(wrong)} på rad {wrong.line} ska avslutas"
        yield TagMistake(tag.line, message, f"skriv {{% {_PAIRS[wrong.word]} %}}")
        return
    if not places:
        message = f"”{word}” avslutar något som aldrig har börjat"
        yield TagMistake(tag.line, message, f"ta bort raden, eller skriv {{% {begins} … %}} där det börjar")
        return
    for one in open_tags[places[-1] + 1 :]:
        yield _never_ends(one)
    del open_tags[places[-1] :]


def _never_ends(tag: SourceTag) -> TagMistake:
    message = f"”{tag.word}” avslutas aldrig – skriv {_PAIRS[tag.word]}"
    return TagMistake(tag.line, message, f"{{% {_PAIRS[tag.word]} %}} ska stå efter det som hör till {_shown(tag)}")


def _shown(tag: SourceTag) -> str:
    return shortened("{%", tag.inside) + " %}"


def pieces(source: str) -> Iterator[tuple[int, str]]:
    """Yield (1-based line, a small text of its own) of each tag of *source* without mistakes, also where others have some.

    A condition or a loop is ended at once.
    """
    for tag in _whole(source):
        if any(_slips_in(tag)):
            continue
        if tag.opening == "{{":
            yield tag.line, "{{ " + tag.inside + " }}"
        elif tag.word in ("if", "elif") and tag.rest:
            yield tag.line, "{% if " + tag.rest + " %}{% endif %}"
        elif tag.word == "for" and tag.rest:
            yield tag.line, "{% for " + tag.rest + " %}{% endfor %}"
        elif tag.word in _ALONE or (tag.word == "set" and "=" in tag.rest):
            yield tag.line, "{% " + tag.inside + " %}"
        elif tag.word == "macro":
            yield tag.line, "{% " + tag.inside + " %}{% endmacro %}"
