"""Read how a layer's text is built: its tags, and from them its blocks, inclusions, headings and lines.

This is the only module that looks for tags in the source of a text. One pattern finds them in one pass, also in texts
with mistakes. Jinja's own lexer takes ten times as long, gives no columns, and stops at the first mistake. In texts that
Jinja can read, the pattern finds the same tags as Jinja, which a test checks. What the tags mean when they run is read
from Jinja's tree, in :mod:`iopdocs.templating`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from iopdocs.library.text_cache import cached_by_text

STRING = r"""(?>"(?:[^"\\\n]|\\[^\n])*+"|'(?:[^'\\\n]|\\[^\n])*+')"""
"""The pattern of words in quotes inside a tag."""
BASE = "bas/"
"""Prefix of a text's name that means the text of that name in a layer below."""
CLAUSE_TAG = "klausul"
PAIRED = ("block", "if", "for", "set", "macro", "call", "with", "filter")
"""The words of instructions that are ended by one of their own: ``endif``."""
DATUM = "\N{WHITE SQUARE}"
"""Replaces a printed datum in a visible line."""

_INCLUDING = ("include", "extends", "import", "from", CLAUSE_TAG)
# An unended tag extends to what cannot be in one: a lone brace or %, another tag, a blank line. Possessive, so that a
# text of only quotes or braces is read once and not from each of them.
_INSIDE = rf"""(?:{STRING}|[^"'{{}}%\n]++|\{{(?![{{%#])|\n(?![ \t]*(?:\n|\Z)))*+"""
_TAG = re.compile(
    rf"""\{{\#(?P<comment>.*?)(?:(?P<closed>\#\}})|\Z)"""
    rf"""|(?P<opening>\{{[{{%])(?P<inside>{_INSIDE}(?P<quote>["'][^\n]*)?)(?P<end>[%}}]{{0,2}})""",
    re.DOTALL,
)
_NAMES = re.compile(
    r"""(?P<quote>["'])(?P<name>[^"'\n]+)(?P=quote)(?:\s*,\s*["'](?P<own>[^"'\n]+)["'])?(?P<more>\s*\S)?"""
)
_SUPER = re.compile(r"\bsuper\s*\(")
_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})[ \t]+(?P<words>[^ \t].*?)(?:[ \t]+#+)?[ \t]*")


@frozen
class SourceTag:
    """A tag of a text.

    *opening* is ``{{``, ``{%`` or ``{#``, *inside* its contents, *line* its 1-based line, *start* and *end* its
    span in the source, and *closed* whether it ends as it should.
    """

    opening: str
    inside: str
    line: int
    start: int
    end: int
    closed: bool

    @property
    def word(self) -> str:
        """The keyword of an instruction (``if``); empty for other tags."""
        found = re.match(r"\w+", self.inside) if self.opening == "{%" else None
        return found[0] if found else ""

    @property
    def rest(self) -> str:
        """The contents after the keyword."""
        return self.inside[len(self.word) :].strip()

    @property
    def is_comment(self) -> bool:
        """Whether the tag is a comment."""
        return self.opening == "{#"


@frozen
class TextInclusion:
    """An inclusion in a text: the text *name* as it is written, or the clause of that name; 1-based *line*.

    *how* is the word of the tag. *own* is the variant that a section names as its own: ``{% klausul "överskott", "egna ord" %}``.
    """

    name: str
    how: str
    line: int
    own: str = ""

    @property
    def clause(self) -> bool:
        """Whether a clause is included."""
        return self.how == CLAUSE_TAG


@frozen
class SourceBlock:
    """A block of a text: its *name*, the 1-based *line* where it begins, and its contents."""

    name: str
    line: int
    body: str

    @property
    def heading(self) -> str:
        """The first heading in it as it is written; empty where it has none."""
        return next((heading.written for heading in headings(self.body)), "")


@frozen
class SourceHeading:
    """A heading: its 1-based *line*, its *level* (1–6), its *words* as they are printed, and as they are *written*."""

    line: int
    level: int
    words: str
    written: str


@frozen
class VisibleLine:
    """A line as it is printed: its 1-based *number*, its *words* without tags, a square for each datum, and its *source*."""

    number: int
    words: str
    source: str

    @property
    def tags_only(self) -> bool:
        """Whether the line has only tags, and is therefore not printed."""
        return bool(self.source.strip()) and not self.words.strip()

    def column(self, place: int) -> int:
        """Return the 1-based column of the source of the words from *place* (0-based)."""
        piece = self.words[place : place + 12].split(DATUM)[0]
        return max(self.source.find(piece), 0) + 1 if piece.strip() else 1


@cached_by_text
def tags(source: str) -> tuple[SourceTag, ...]:
    """Return the tags of *source*, in order."""
    found = []
    line, counted = 1, 0
    for match in _TAG.finditer(source):
        line += source.count("\n", counted, match.start())
        counted = match.start()
        opening = match["opening"]
        if opening is None:
            tag = SourceTag("{#", match["comment"], line, *match.span(), match["closed"] is not None)
        else:
            closed = match["end"] == ("}}" if opening == "{{" else "%}") and match["quote"] is None
            tag = SourceTag(opening, match["inside"].strip("-+ \t\n"), line, *match.span(), closed)
        found.append(tag)
    return tuple(found)


def rewritten(source: str, instead: Callable[[SourceTag], str | None]) -> str:
    """Return *source* with each tag replaced by the result of *instead*; a tag for which it is ``None`` is kept."""
    parts, last = [], 0
    for tag in tags(source):
        words = instead(tag)
        if words is not None:
            parts += [source[last : tag.start], words]
            last = tag.end
    return "".join(parts) + source[last:]


def inclusion_of(tag: SourceTag) -> TextInclusion | None:
    """Return what *tag* includes, ``None`` where it includes nothing or does not name it."""
    word = tag.word
    names = _NAMES.match(tag.rest) if word in _INCLUDING else None
    return TextInclusion(names["name"], word, tag.line, names["own"] or "") if names else None


@cached_by_text
def inclusions(source: str) -> tuple[TextInclusion, ...]:
    """Return what a text includes, in order."""
    return tuple(taken for tag in tags(source) if (taken := inclusion_of(tag)))


def extends_somewhere(source: str) -> bool:
    """Return whether a text has an ``extends``, under a condition or not."""
    return any(tag.word == "extends" for tag in tags(source))


@cached_by_text
def extends_of(source: str) -> SourceTag | None:
    """Return the ``extends`` of a text that always extends the same one."""
    depth = 0
    for tag in tags(source):
        if tag.word == "extends" and not depth:
            return tag
        depth += step_of(tag)
    return None


def extended(source: str) -> str | None:
    """Return the name of the text that *source* always extends, as it is written; ``None`` where it extends none."""
    tag = extends_of(source)
    names = _NAMES.fullmatch(tag.rest) if tag else None
    return names["name"] if names and not names["more"] else None


def step_of(tag: SourceTag) -> int:
    """Return 1 where *tag* begins an instruction that another ends, -1 where it ends one, else 0."""
    word = tag.word
    if word == "set":
        return 0 if "=" in tag.rest else 1
    return 1 if word in PAIRED else -1 if word.startswith("end") and word.removeprefix("end") in PAIRED else 0


def calls_super(source: str) -> bool:
    """Return whether a text includes a block of the text below, with ``super()``."""
    return any(not tag.is_comment and _SUPER.search(tag.inside) for tag in tags(source))


def block_name(tag: SourceTag) -> str:
    """Return the name of the block that *tag* begins; empty where it has none."""
    return next(iter(tag.rest.split()), "")


@cached_by_text
def blocks(source: str) -> Mapping[str, SourceBlock]:
    """Return the ended blocks of a text by name, in the order in which they begin; the first of a name is used."""
    opened: list[SourceTag] = []
    ended: list[tuple[SourceTag, int]] = []
    for tag in tags(source):
        if tag.word == "block":
            opened.append(tag)
        elif tag.word == "endblock" and opened:
            ended.append((opened.pop(), tag.start))
    found: dict[str, SourceBlock] = {}
    for begins, end in sorted(ended, key=lambda item: item[0].start):
        found.setdefault(block_name(begins), SourceBlock(block_name(begins), begins.line, source[begins.end : end]))
    return found


@cached_by_text
def visible_lines(source: str) -> tuple[VisibleLine, ...]:
    """Return the lines of a text as they are printed, without the contents of tags, each with its own number."""
    words = rewritten(source, lambda tag: _visible(tag, source))
    lines = zip(words.split("\n"), source.split("\n"), strict=True)
    return tuple(VisibleLine(number, line, written) for number, (line, written) in enumerate(lines, 1))


def _visible(tag: SourceTag, source: str) -> str | None:
    held = source[tag.start : tag.end]
    if not tag.closed and not tag.is_comment:
        # Where it was meant to end is unknown: the lines after its first count as words until that is corrected.
        _first, newline, more = held.partition("\n")
        return DATUM * (tag.opening == "{{") + newline + more
    return DATUM * (tag.opening == "{{") + "\n" * held.count("\n")


@cached_by_text
def headings(source: str) -> tuple[SourceHeading, ...]:
    """Return the headings of a text: lines that begin with one to six ``#`` and a space, as in Markdown."""
    return tuple(_headings(source)) if "#" in source else ()


def _headings(source: str) -> Iterator[SourceHeading]:
    for line in visible_lines(source):
        match = _HEADING.fullmatch(line.words)
        if match:
            written = _HEADING.fullmatch(line.source) or match
            yield SourceHeading(line.number, len(match["level"]), match["words"], written["words"])
