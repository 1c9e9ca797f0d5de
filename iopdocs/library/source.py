"""How a layer's text is built: its tags, and by them its blocks, the texts it takes in, its headings and its lines.

The one reader of the source of a text: nobody else looks for tags in it. One pattern finds them, in one pass, in texts
with mistakes as in those without: a library is read often, and Jinja's own lexer needs ten times as long for its texts,
gives no columns, and stops at the first mistake. In texts that Jinja can read, the pattern finds the tags that Jinja
finds, which a test holds; what the tags mean when they run is read from Jinja's tree, in the room of templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from iopdocs.library.text_cache import cached_by_text

STRING = r"""(?>"(?:[^"\\\n]|\\[^\n])*+"|'(?:[^'\\\n]|\\[^\n])*+')"""
"""The pattern of words in quotes inside a tag."""
BASE = "bas/"
"""Before the name of a text: the one of that name in a layer below."""
CLAUSE_TAG = "klausul"
PAIRED = ("block", "if", "for", "set", "macro", "call", "with", "filter")
"""The words of instructions that are ended by one of their own: ``endif``."""
DATUM = "\N{WHITE SQUARE}"
"""What stands in a visible line where a datum is printed."""

_INCLUDING = ("include", "extends", "import", "from", CLAUSE_TAG)
# A tag that is not ended goes on to what cannot be in one: a lone brace or %, another tag, a blank line. Possessive, so
# that a text of nothing but quotes or braces is read once and not from each of them.
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

    *opening* is ``{{``, ``{%`` or ``{#``, *inside* what it holds, *line* its 1-based line, *start* and *end* where it
    begins and is over in the source, and *closed* whether it ends as it should.
    """

    opening: str
    inside: str
    line: int
    start: int
    end: int
    closed: bool

    @property
    def word(self) -> str:
        """The word that says what an instruction does (``if``); empty for other tags."""
        found = re.match(r"\w+", self.inside) if self.opening == "{%" else None
        return found[0] if found else ""

    @property
    def rest(self) -> str:
        """What stands after the word."""
        return self.inside[len(self.word) :].strip()

    @property
    def is_comment(self) -> bool:
        """Whether the tag is a comment."""
        return self.opening == "{#"


@frozen
class TextInclusion:
    """What a text takes in: the text *name* as it stands there, or the clause of that name; 1-based *line*.

    *how* is the word of the tag. *own* is the variant that a section names as its own: ``{% klausul "överskott", "egna ord" %}``.
    """

    name: str
    how: str
    line: int
    own: str = ""

    @property
    def clause(self) -> bool:
        """Whether it is a clause that is taken in."""
        return self.how == CLAUSE_TAG


@frozen
class SourceBlock:
    """A block of a text: its *name*, the 1-based *line* where it begins, and what stands in it."""

    name: str
    line: int
    body: str

    @property
    def heading(self) -> str:
        """The first heading in it as it is written; empty where it has none."""
        return next((heading.written for heading in headings(self.body)), "")


@frozen
class SourceHeading:
    """A heading: its 1-based *line*, its *level* (1–6), its *words* as they come out, and as they are *written*."""

    line: int
    level: int
    words: str
    written: str


@frozen
class VisibleLine:
    """A line as it comes out: its 1-based *number*, its *words* without tags, a square for each datum, and its *source*."""

    number: int
    words: str
    source: str

    @property
    def tags_only(self) -> bool:
        """Whether the line has nothing but tags, and so vanishes."""
        return bool(self.source.strip()) and not self.words.strip()

    def column(self, place: int) -> int:
        """Return the 1-based column of the source where the words from *place* (0-based) stand."""
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
    """Return *source* with each tag as *instead* gives it; one for which that is ``None`` stays."""
    parts, last = [], 0
    for tag in tags(source):
        words = instead(tag)
        if words is not None:
            parts += [source[last : tag.start], words]
            last = tag.end
    return "".join(parts) + source[last:]


def inclusion_of(tag: SourceTag) -> TextInclusion | None:
    """Return what *tag* takes in, ``None`` where it takes in nothing or does not say what."""
    word = tag.word
    names = _NAMES.match(tag.rest) if word in _INCLUDING else None
    return TextInclusion(names["name"], word, tag.line, names["own"] or "") if names else None


@cached_by_text
def inclusions(source: str) -> tuple[TextInclusion, ...]:
    """Return what a text takes in, in order."""
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
    """Return the name of the text that *source* always extends, as it stands there; ``None`` where it extends none."""
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
    """Return whether a text fetches what stands in a block of the text below, with ``super()``."""
    return any(not tag.is_comment and _SUPER.search(tag.inside) for tag in tags(source))


def block_name(tag: SourceTag) -> str:
    """Return the name of the block that *tag* begins; empty where it has none."""
    return next(iter(tag.rest.split()), "")


@cached_by_text
def blocks(source: str) -> Mapping[str, SourceBlock]:
    """Return the blocks of a text that are ended, by name, in the order in which they begin; the first of a name counts."""
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
    """Return the lines of a text as they come out, what its tags hold taken away and every line on its own number."""
    words = rewritten(source, lambda tag: _visible(tag, source))
    lines = zip(words.split("\n"), source.split("\n"), strict=True)
    return tuple(VisibleLine(number, line, written) for number, (line, written) in enumerate(lines, 1))


def _visible(tag: SourceTag, source: str) -> str | None:
    held = source[tag.start : tag.end]
    if not tag.closed and not tag.is_comment:
        # Where it was to end nobody knows: the lines after its first are words until that is mended.
        _first, newline, more = held.partition("\n")
        return DATUM * (tag.opening == "{{") + newline + more
    return DATUM * (tag.opening == "{{") + "\n" * held.count("\n")


@cached_by_text
def headings(source: str) -> tuple[SourceHeading, ...]:
    """Return the headings of a text: lines that begin with one to six ``#`` and a space, as Markdown has it."""
    return tuple(_headings(source)) if "#" in source else ()


def _headings(source: str) -> Iterator[SourceHeading]:
    for line in visible_lines(source):
        match = _HEADING.fullmatch(line.words)
        if match:
            written = _HEADING.fullmatch(line.source) or match
            yield SourceHeading(line.number, len(match["level"]), match["words"], written["words"])
