"""Words of a text that were meant as tags: a datum between single braces, and ``super()`` without braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iopdocs.authoring.checks.visible_lines import shown_lines
from iopdocs.authoring.layer_findings import WORDS, in_text
from iopdocs.findings import Finding
from iopdocs.library.data_paths import field_at
from iopdocs.library.texts import LayerText
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import by_key
from iopdocs.templating.derived_names import DERIVED

_SINGLE = re.compile(r"(?<!\{)\{[ \t]*(?P<inside>[^{}%#\n]{1,200}?)[ \t]*\}(?!\})")
_DATUM = re.compile(r"(?P<path>[^\W\d]\w*(?:\.[^\W\d]\w*)*)(?:\s*\|\s*[^\W\d]\w*(?:\s*\([^()]*\))?)*")
_SUPER = re.compile(r"(?P<before>\{[ \t]*)?\bsuper[ \t]*\([ \t]*\)(?P<after>[ \t]*\})?")
_LOOP = re.compile(r"\{%[-+]?\s*(?:for|set)\s+(?P<names>\w+(?:\s*,\s*\w+)*)")


def words_for_tags(text: LayerText) -> Iterator[Finding]:
    """Yield what in the words of *text* is printed as it stands, though its author meant it to be filled in."""
    names = {name for match in _LOOP.finditer(text.body) for name in re.findall(r"\w+", match["names"])}
    for line in shown_lines(text.body):
        for match in _SUPER.finditer(line.words):
            message = f"”{match[0]}” skrivs ut som det är"
            column = line.column(match.start())
            yield in_text(WORDS, text, line.number, message, "skriv {{ super() }}", column=column)
        for match in _SINGLE.finditer(line.words):
            if not _is_datum(match["inside"], names):
                continue
            message = f"klamrarna ska vara dubbla: ”{match[0][:60]}” skrivs ut som det är"
            hint = "skriv {right}".format(right="{{ " + match["inside"] + " }}")
            yield in_text(WORDS, text, line.number, message, hint, column=line.column(match.start()))


def _is_datum(inside: str, names: set[str]) -> bool:
    """Whether *inside* reads as a datum of an agreement, with filters or without: other braces are words."""
    found = _DATUM.fullmatch(inside)
    if found is None:
        return False
    head, dot, _rest = found["path"].partition(".")
    known = head in names or head in by_key(Agreement) or head in DERIVED
    return field_at(found["path"]) is not None or (known and (bool(dot) or "|" in inside or head in DERIVED))
