"""Escape text for XML and HTML, whatever it contains."""

from __future__ import annotations

import re

# Markup characters, and characters that XML 1.0 forbids (production 2, Char). A parser would read CR as LF.
_SPECIAL = re.compile('\r\n?|[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "\n", "\r\n": "\n"}


def escape(text: str) -> str:
    """Return *text* for use in an element or a quoted attribute.

    Every kind of line break becomes LF. A character that XML forbids becomes U+FFFD.
    """
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], "\ufffd"), text)


def one_line(text: str) -> str:
    """Return *text* escaped and with white space collapsed, for attributes and properties."""
    return escape(" ".join(text.split()))
