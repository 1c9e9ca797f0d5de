"""Slips in the tags of a text, found by reading its source as a person does: many in one text, each on its own line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from attrs import frozen

from iopdocs.templating.tag_contents import expression_slip, shortened


@frozen
class TagMistake:
    """Something in the tags of a text that is not in the language: its 1-based *line*, what it is, what would be right."""

    line: int
    message: str
    hint: str = ""


@frozen
class TemplateTag:
    """A tag of a text: ``{{`` (*kind* ``print``) or ``{%`` (*kind* ``do``), what is in it, and the 1-based *line*."""

    kind: str
    inside: str
    line: int

    @property
    def word(self) -> str:
        """The word that says what an instruction does: ``if``."""
        found = re.match(r"\w+", self.inside)
        return found[0] if found else ""

    @property
    def rest(self) -> str:
        """What stands after the word."""
        return self.inside[len(self.word) :].strip()


_OPENING = re.compile(r"\{\{|\{%|\{#")
_BROKEN = re.compile(r"\{ +%|\{ +\{|% +\}|\} \}(?!\})")
_STOPS = re.compile(r"\{[{%#]|[}%]|\n\n|\n\s*\Z")
_ENDS = {"{{": "}}", "{%": "%}"}
_PAIRS = {name: f"end{name}" for name in ("if", "for", "set", "macro", "call", "block", "with")}
_MIDDLE = {"elif": ("if",), "else": ("if", "for")}
_ALONE = ("include", "extends", "import", "from", "klausul")
_WORDS = (*_PAIRS, *_PAIRS.values(), *_MIDDLE, *_ALONE)
_MEANT = {
    "elseif": "elif", "elsif": "elif", "elsefi": "elif", "annars_om": "elif", "om": "if", "annars": "else",
    "för": "for", "varje": "for", "foreach": "for", "slut": "endif", "slutom": "endif", "fi": "endif",
    "clause": "klausul", "klausuler": "klausul", "ta_in": "include", "inkludera": "include",
}  # fmt: skip


def tag_slips(source: str) -> tuple[TagMistake, ...]:
    """Return the slips in the tags of *source*, by line."""
    found: list[TagMistake] = []
    tags: list[TemplateTag] = []
    for one in _read(source):
        (found if isinstance(one, TagMistake) else tags).append(one)  # type: ignore[arg-type]
    for tag in tags:
        found += _slips_in(tag)
    found += _unpaired(tags)
    return tuple(sorted(dict.fromkeys(found), key=lambda slip: slip.line))


def _read(source: str) -> Iterator[TemplateTag | TagMistake]:
    """Yield the tags of *source* and what is wrong with their braces."""
    place = 0
    while match := _OPENING.search(source, place):
        line = _line(source, match.start())
        yield from _stray(source, place, match.start())
        if match[0] == "{#":
            end = source.find("#}", match.end())
            if end < 0:
                yield TagMistake(line, "kommentaren avslutas aldrig", "skriv #} där den slutar")
                return
            place = end + 2
            continue
        if doubled := re.compile(r"\{\{%([^{}%\n]*)%\}\}?").match(source, match.start()):
            yield TagMistake(line, "{{% är både {{ och {%", "{%" + doubled[1].rstrip() + " %}")
            place = doubled.end()
            yield TemplateTag("broken", doubled[1].strip("-+ "), line)
            continue
        end, closed = _end_of(source, match.end(), _ENDS[match[0]])
        inside = source[match.end() : end].strip("-+ \t\n")
        if not closed:
            yield _unclosed(match[0], source[match.end() : end], line)
            skip = re.compile(r"[%}]{1,2}").match(source, end)
            place = skip.end() if skip else end
            yield TemplateTag("broken", inside, line)
            continue
        place = end + 2
        yield TemplateTag("print" if match[0] == "{{" else "do", inside, line)
    yield from _stray(source, place, len(source))


def _line(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1


def _end_of(source: str, start: int, ending: str) -> tuple[int, bool]:
    """Return where the tag that begins at *start* ends, and whether it ends as it should."""
    quote = ""
    for place in range(start, len(source)):
        one = source[place]
        if quote:
            if one == "\n":
                return place, False
            quote = "" if one == quote else quote
        elif source.startswith(ending, place):
            return place, True
        elif one in "\"'":
            quote = one
        elif one in "{}%\n" and _STOPS.match(source, place):
            return place, False
    return len(source), False


def _unclosed(opening: str, inside: str, line: int) -> TagMistake:
    inside = inside.strip().partition("\n")[0]
    straight = inside.count('"') % 2 or (inside.count("'") % 2 and '"' not in inside)
    if straight:
        message = f"ett citattecken saknas i {shortened(opening, inside)}"
        return TagMistake(line, message, 'sätt ett rakt citattecken (") både före och efter orden')
    message = f"{shortened(opening, inside)} avslutas aldrig som det ska"
    ending = _ENDS[opening]
    return TagMistake(line, message, f"avsluta med {ending} på samma rad")


def _stray(source: str, start: int, end: int) -> Iterator[TagMistake]:
    """Yield the braces between tags that look like parts of tags."""
    words = source[start:end]
    told: set[int] = set()
    for match in _BROKEN.finditer(words):
        line = _line(source, start + match.start())
        told.add(line)
        right = match[0].replace(" ", "")
        message = f"det är ett mellanslag inne i {right}"
        yield TagMistake(line, message, f"skriv {right} utan mellanslag")
    for match in re.finditer(r"\}\}|%\}|#\}", words):
        line = _line(source, start + match.start())
        if line in told:
            continue
        opening = {"}}": "{{", "%}": "{%", "#}": "{#"}[match[0]]
        message = f"{match[0]} avslutar något som aldrig har börjat"
        yield TagMistake(line, message, f"skriv {opening} där det börjar, eller ta bort tecknen")


def _slips_in(tag: TemplateTag) -> Iterator[TagMistake]:
    if tag.kind == "broken":
        return
    slip = _word_slip(tag) if tag.kind == "do" else None
    if slip is None and not (tag.kind == "do" and tag.word not in _WORDS):
        expression = tag.inside if tag.kind == "print" else tag.rest
        told = expression_slip(tag.word if tag.kind == "do" else "", expression)
        slip = TagMistake(tag.line, *told) if told else None
    if slip is not None:
        yield slip


def _word_slip(tag: TemplateTag) -> TagMistake | None:
    word, rest = tag.word, tag.rest
    if not tag.inside:
        return TagMistake(tag.line, "instruktionen är tom", "skriv vad som ska göras, till exempel {% if mål.vision %}")
    if word == "else" and rest.startswith("if"):
        return TagMistake(tag.line, "”else if” heter ”elif”", "skriv {% elif … %}")
    if word == "end" and rest in _PAIRS:
        return TagMistake(
            tag.line,
            f"”end {rest}” skrivs ihop",
            "skriv {right}".format(right="{% end" + rest + " %}"),
        )
    if word in _WORDS:
        return None
    near = _MEANT.get(word.casefold()) or next(iter(difflib.get_close_matches(word, _WORDS, n=1, cutoff=0.6)), "")
    shown = word or tag.inside[:20]
    message = f"”{shown}” är ingen känd instruktion"
    if near:
        return TagMistake(tag.line, message, f"menade du ”{near}”?")
    hint = "de som finns är if, elif, else, for, set, include och klausul; en uppgift skrivs ut med {{ … }}"
    return TagMistake(tag.line, message, hint)


def _unpaired(tags: list[TemplateTag]) -> Iterator[TagMistake]:
    """Yield the instructions that begin without ending, and those that end without beginning."""
    open_tags: list[TemplateTag] = []
    for tag in tags:
        word = _meant(tag)
        if tag.kind == "print" or (tag.kind == "broken" and word not in (*_PAIRS, *_PAIRS.values())):
            continue
        if word in _PAIRS and not (word == "set" and re.search(r"[=]", tag.rest)):
            open_tags.append(tag)
        elif word in _PAIRS.values():
            yield from _closed(tag, word, open_tags)
        elif word in _MIDDLE and not (open_tags and _meant(open_tags[-1]) in _MIDDLE[word]):
            message = f"”{word}” står utanför sitt ”if”"
            yield TagMistake(tag.line, message, "skriv {% if … %} före, eller ta bort raden")
    for tag in open_tags:
        yield _never_ends(tag)


def _meant(tag: TemplateTag) -> str:
    if tag.word == "end" and tag.rest in _PAIRS:
        return f"end{tag.rest}"
    if tag.word == "else" and tag.rest.startswith("if"):
        return "elif"
    return {"elseif": "elif", "elsif": "elif"}.get(tag.word, tag.word)


def _closed(tag: TemplateTag, word: str, open_tags: list[TemplateTag]) -> Iterator[TagMistake]:
    begins = word.removeprefix("end")
    places = [place for place, one in enumerate(open_tags) if one.word == begins]
    if not places and open_tags:
        wrong = open_tags.pop()
        right = _PAIRS[wrong.word]
        message = "”{word}” står där {begins} på rad {line} ska avslutas"
        told = message.format(word=word, begins=shortened("{%", wrong.inside) + " %}", line=wrong.line)
        yield TagMistake(tag.line, told, "skriv {right}".format(right="{% " + right + " %}"))
        return
    if not places:
        message = f"”{word}” avslutar något som aldrig har börjat"
        hint = "ta bort raden, eller skriv {begins} där det börjar".format(begins="{% " + begins + " … %}")
        yield TagMistake(tag.line, message, hint)
        return
    for one in open_tags[places[-1] + 1 :]:
        yield _never_ends(one)
    del open_tags[places[-1] :]


def _never_ends(tag: TemplateTag) -> TagMistake:
    message = f"”{tag.word}” avslutas aldrig – skriv {_PAIRS[tag.word]}"
    hint = "{end} ska stå efter det som hör till {tag}".format(
        end="{% " + _PAIRS[tag.word] + " %}", tag=shortened("{%", tag.inside) + " %}"
    )
    return TagMistake(tag.line, message, hint)


def pieces(source: str) -> tuple[TemplateTag, ...]:
    """Return each tag of *source* that has no slip, as a small text of its own, whether the others have slips or not.

    *inside* is that text: a condition or a loop is ended at once.
    """
    found = []
    for tag in (one for one in _read(source) if isinstance(one, TemplateTag) and not any(_slips_in(one))):
        if tag.kind == "print":
            found.append(TemplateTag("print", "{{ " + tag.inside + " }}", tag.line))
        elif tag.kind == "do" and tag.word in ("if", "elif") and tag.rest:
            found.append(TemplateTag("do", "{% if " + tag.rest + " %}{% endif %}", tag.line))
        elif tag.kind == "do" and tag.word == "for" and tag.rest:
            found.append(TemplateTag("do", "{% for " + tag.rest + " %}{% endfor %}", tag.line))
        elif tag.kind == "do" and (tag.word in _ALONE or (tag.word == "set" and "=" in tag.rest)):
            found.append(TemplateTag("do", "{% " + tag.inside + " %}", tag.line))
        elif tag.kind == "do" and tag.word == "macro":
            found.append(TemplateTag("do", "{% " + tag.inside + " %}{% endmacro %}", tag.line))
    return tuple(found)
