"""Inline nodes as CommonMark, escaped so that every character of a text is literal.

The nodes are first joined, with control characters, which no text may contain, for breaks and emphasis. The safe choice
depends on both neighbours of a mark, so marks are chosen in a second pass over the whole text.
"""

from __future__ import annotations

import re

from iopdocs.document.link_addresses import address, as_text
from iopdocs.document.tree import (
    Commented,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Placeholder,
    Strong,
    Text,
    Value,
)
from iopdocs.document.walk import plain

_BREAK, _EM, _END_EM, _STRONG, _END_STRONG, _LINK = "\x00", "\x01", "\x02", "\x03", "\x04", "\x05"
_OPEN = {_EM: ("*", "<em>", _END_EM), _STRONG: ("**", "<strong>", _END_STRONG)}
_CLOSE = {_END_EM: ("*", "</em>"), _END_STRONG: ("**", "</strong>")}
_EMPTY = re.compile(f"{_EM}{_END_EM}|{_STRONG}{_END_STRONG}")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~]")
# Special at the start of a line: heading, list, quotation, underline of a heading, and the rule of a table.
_LINE_START = re.compile(r"^([0-9]{1,9})(?=[.)](?:\s|$))|^(?=[#+\-=:])", re.MULTILINE)
_EDGE_SPACE = re.compile(r"^\s+|\s+$")


def paragraph_text(children: tuple[Inline, ...]) -> str:
    """Return *children* as the text of a paragraph, with line breaks as lines."""
    joined = _marked(_joined(children))
    lines = re.split(f"{_BREAK}(?![{_BREAK}])", _trimmed(joined))
    return _line_starts("\\\n".join(_edges(line) for line in lines).replace(_BREAK, "<br>"))


def on_one_line(children: tuple[Inline, ...], *, cell: bool = False) -> str:
    """Return *children* on one line, for a heading or a table *cell*."""
    text = _edges(_trimmed(_marked(_joined(children)))).replace(_BREAK, "<br>")
    if cell:
        return text
    # A run of # at the end would close the heading.
    return re.sub("#$", r"\\#", _line_starts(text)) if not text.startswith("#" * len(text)) else _line_starts(text)


def _joined(children: tuple[Inline, ...]) -> str:
    out = []
    for child in children:
        if isinstance(child, Text | Value):
            out.append(_escaped(child.text))
        elif isinstance(child, LineBreak):
            out.append(_BREAK)
        elif isinstance(child, Placeholder):
            out.append(_escaped(child.shown))
        elif isinstance(child, Emphasis):
            out.append(f"{_EM}{_joined(child.children)}{_END_EM}")
        elif isinstance(child, Strong):
            out.append(f"{_STRONG}{_joined(child.children)}{_END_STRONG}")
        elif isinstance(child, Commented):
            out.append(_joined(child.children))
        elif isinstance(child, Link):
            out.append(_link(child))
        elif isinstance(child, CrossReference):
            out.append(_joined(child.children) or _escaped(plain((child,))))
    return "".join(out)


def _link(child: Link) -> str:
    uri = address(child.href)
    if uri is None:
        return _joined(as_text(child))
    return f"{_LINK}{_joined(child.children) or _escaped(child.href)}](<{uri}>)"


def _escaped(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SPECIAL.sub(lambda match: "\\" + match[0], _ILLEGAL.sub("\ufffd", text))
    return text.replace("\n", _BREAK).replace("\t", "&#9;")


def _marked(text: str) -> str:
    """Replace marks of emphasis by asterisks where unambiguous, else by HTML tags, and start the links."""
    while _EMPTY.search(text):
        text = _EMPTY.sub("", text)
    # An exclamation mark before a link would turn it into an image.
    text = text.replace(f"!{_LINK}", f"\\!{_LINK}").replace(_LINK, "[")
    if _EM not in text and _STRONG not in text:
        return text
    out = list(text)
    opened: list[int] = []
    for place, character in enumerate(text):
        if character in _OPEN:
            opened.append(place)
        elif character in _CLOSE:
            start = opened.pop()
            kind = 0 if _is_unambiguous(text, start, place) else 1
            out[start], out[place] = _OPEN[text[start]][kind], _CLOSE[character][kind]
    return "".join(out)


def _is_unambiguous(text: str, start: int, end: int) -> bool:
    """Return whether asterisks at *start* and *end* can only open and close emphasis (CommonMark 0.31, 6.2)."""
    before, after = text[start - 1 : start], text[end + 1 : end + 2]
    outside = before in ("", " ", "(", _BREAK) and after in ("", *" .,;:!?)", _BREAK)
    return outside and text[start + 1].isalnum() and (text[end - 1].isalnum() or text[end - 1] in ".,:;?)")


def _trimmed(text: str) -> str:
    """Write line breaks at either end as entities, since a Markdown line break has no effect there."""
    inner = text.strip(_BREAK)
    if not inner:
        return "&#10;" * len(text)
    start = len(text) - len(text.lstrip(_BREAK))
    return "&#10;" * start + inner + "&#10;" * (len(text) - start - len(inner))


def _edges(line: str) -> str:
    """Write white space at either end of a line as entities, since it would be dropped."""
    return _EDGE_SPACE.sub(lambda match: "".join(map(_as_entity, match[0])), line)


def _as_entity(character: str) -> str:
    # U+0085 has no entity: its number means another character in HTML. It is not dropped either.
    return character if character == "\x85" else f"&#{ord(character)};"


def _line_starts(text: str) -> str:
    return _LINE_START.sub(lambda match: (match[1] or "") + "\\", text)
