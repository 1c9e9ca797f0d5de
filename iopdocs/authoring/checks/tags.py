"""Check the tags of a text: how they are written, what they name and include, and words meant as tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

import attrs
from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from iopdocs.authoring.checks.expressions import Slip, expression_slips
from iopdocs.authoring.layer_findings import TAGS, WORDS, in_text
from iopdocs.findings import Finding
from iopdocs.library.data_paths import field_at
from iopdocs.library.layers import Library
from iopdocs.library.source import BASE, inclusions, tags, visible_lines
from iopdocs.library.texts import LayerText
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import by_key
from iopdocs.templating.allowed_syntax import refusals
from iopdocs.templating.data_view import suggestion
from iopdocs.templating.derived_names import DERIVED
from iopdocs.templating.tag_mistakes import pieces, tag_slips
from iopdocs.templating.text_errors import super_message, told, translate, without_extends
from iopdocs.templating.unknown_names import UnknownName, bound_somewhere, mended, parsed, syntax_error, unknown_names

EXTRA = frozenset({"granskning"})
_SINGLE = re.compile(r"(?<!\{)\{[ \t]*(?P<inside>[^{}%#\n]{1,200}?)[ \t]*\}(?!\})")
_DATUM = re.compile(r"(?P<path>[^\W\d]\w*(?:\.[^\W\d]\w*)*)(?:\s*\|\s*[^\W\d]\w*(?:\s*\([^()]*\))?)*")
_SUPER = re.compile(r"(?P<before>\{[ \t]*)?\bsuper[ \t]*\([ \t]*\)(?P<after>[ \t]*\})?")
_NAMES = re.compile(r"\w+(?:\s*,\s*\w+)*")


@lru_cache(maxsize=1024)
def cannot_run(body: str) -> bool:
    """Return whether a text with *body* cannot be run at all."""
    tree = parsed(body)
    return tree is None or any(refusals(tree))


def tag_mistakes(text: LayerText, library: Library, layer: int) -> Iterator[Finding]:
    """Yield the problems in the tags of *text* in layer number *layer* of *library*."""
    error = syntax_error(text.body, text.file)
    if isinstance(error, TemplateSyntaxError):
        slips = tag_slips(text.body)
        for slip in slips:
            yield in_text(TAGS, text, slip.line, slip.message, slip.hint)
        more = list(_alone(text, {slip.line for slip in slips}))
        yield from more
        if not slips and not more:
            message, _file, line, hint = told(error, library)
            yield in_text(TAGS, text, line, message, hint)
    elif error is not None:
        yield in_text(TAGS, text, 1, "instruktionerna ligger för djupt i varandra", "dela texten på flera filer")
    else:
        yield from _slips_that_run(text)
    yield from _read_anyway(text, library, layer, error is not None)


def _alone(text: LayerText, lines: set[int]) -> Iterator[Finding]:
    """Yield the problems in tags that cannot be parsed even alone, on other lines than *lines*."""
    for line, piece in pieces(text.body):
        error = syntax_error(piece, text.file)
        if isinstance(error, TemplateSyntaxError) and line not in lines:
            what, hint = translate(error)
            yield in_text(TAGS, text, line, what, hint or "jämför med hur en annan text är skriven, och förenkla raden")


def _slips_that_run(text: LayerText) -> Iterator[Finding]:
    """Yield mistakes that Jinja reads as words, which would be printed."""
    for slip in tag_slips(text.body):
        yield in_text(TAGS, text, slip.line, slip.message, slip.hint)


def _read_anyway(text: LayerText, library: Library, layer: int, broken: bool) -> Iterator[Finding]:
    told_lines = {slip.line for slip in tag_slips(text.body)}
    if broken:
        text = attrs.evolve(text, body=mended(text.body))
    tree = parsed(text.body)
    if tree is not None:
        slips = list(expression_slips(tree, bound_somewhere(library)))
        names = [one for one in unknown_names(text, library, EXTRA) if not _is_called(one, slips)]
        names = [one for one in names if one.line not in told_lines]
        for one in names:
            message = f"”{one.name}” finns inte i något avtal"
            hint = one.near or "alla uppgifter visas av: iopdocs variables"
            yield in_text(TAGS, text, one.line, message, hint, column=_column(text, one.line, one.name))
        for line, message, hint in (one for one in slips if one[0] not in told_lines):
            yield in_text(TAGS, text, line, message, hint)
        if without_extends(text.body):
            for call in tree.find_all(nodes.Call):
                if not isinstance(call.node, nodes.Name) or call.node.name != "super":
                    continue
                yield in_text(TAGS, text, call.lineno, *super_message(text.name))
    yield from _missing_texts(text, library, layer)


def _is_called(name: UnknownName, slips: Sequence[Slip]) -> bool:
    """Return whether *name* is unknown only as a method or the end of a hyphenated name, which *slips* report."""
    method = name.name.rpartition(".")[2]
    return any(
        line == name.line and (f".{method}()" in what or f"”{method}(…)”" in what) for line, what, _hint in slips
    )


def _column(text: LayerText, line: int, name: str) -> int:
    lines = text.body.split("\n")
    return max(lines[line - 1].find(name), 0) + 1 if 0 < line <= len(lines) else 1


def _missing_texts(text: LayerText, library: Library, layer: int) -> Iterator[Finding]:
    for taken in inclusions(text.body):
        if taken.clause:
            if library.clause(taken.name) is None:
                known = [one.name for one in library.clauses.values()]
                message = f"det finns ingen klausul som heter ”{taken.name[:60]}”"
                near = suggestion(taken.name, known)
                hint = near or f"skriv en text med ”id: {taken.name[:60]}” i mappen klausuler"
                # An empty place for a clause, for a layer above to fill, prints nothing and is no mistake.
                yield in_text(TAGS, text, taken.line, message, hint, advice=True)
            continue
        if library.named_in(layer, taken.name) is None:
            name = taken.name.removeprefix(BASE)
            where = "i något lager" if name == taken.name else "i lagret under"
            message = f"texten ”{taken.name[:80]}” finns inte {where}"
            near = _elsewhere(library.layers[layer].files.files, name) or suggestion(name, library.names())
            yield in_text(TAGS, text, taken.line, message, near or "kontrollera mappens och filens namn")


def _elsewhere(files: Sequence[str], name: str) -> str:
    """Return a hint where the file *name* is in another folder among *files* of the layer; nothing where it is not."""
    wanted = PurePosixPath(name)
    if not wanted.name or wanted.name.startswith("."):
        return ""
    for place in map(PurePosixPath, files):
        if place.name == wanted.name and len(place.parts) > 1 and place.name.endswith(".md.j2"):
            return f"den ligger i mappen {place.parent.as_posix()}/; den ska ligga i {wanted.parent.as_posix()}/"
    return ""


def words_for_tags(text: LayerText) -> Iterator[Finding]:
    """Yield a problem for each part of *text* that is printed as written, though its author meant it to be filled in."""
    bound = (_NAMES.match(tag.rest) for tag in tags(text.body) if tag.word in ("for", "set"))
    names = {name for match in bound if match for name in re.findall(r"\w+", match[0])}
    for line in visible_lines(text.body):
        for match in _SUPER.finditer(line.words):
            message = f"”{match[0]}” skrivs ut som det är"
            column = line.column(match.start())
            yield in_text(WORDS, text, line.number, message, "skriv {{ super() }}", column=column)
        for match in _SINGLE.finditer(line.words):
            if not _is_datum(match["inside"], names):
                continue
            message = f"klamrarna ska vara dubbla: ”{match[0][:60]}” skrivs ut som det är"
            hint = f"skriv {{{{ {match['inside']} }}}}"
            yield in_text(WORDS, text, line.number, message, hint, column=line.column(match.start()))


def _is_datum(inside: str, names: set[str]) -> bool:
    """Return whether *inside* is a datum of an agreement, with or without filters: other braces are words."""
    found = _DATUM.fullmatch(inside)
    if found is None:
        return False
    head, dot, _rest = found["path"].partition(".")
    known = head in names or head in by_key(Agreement) or head in DERIVED
    return field_at(found["path"]) is not None or (known and (bool(dot) or "|" in inside or head in DERIVED))
