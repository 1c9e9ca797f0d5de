"""Text made safe for XML and HTML: whatever it holds, it stays text."""

from __future__ import annotations

import re

# What markup gives a meaning, and what no XML 1.0 document can hold (production 2, Char); CR would be read as LF.
_SPECIAL = re.compile('\r\n?|[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "\n", "\r\n": "\n"}


def escape(text: str) -> str:
    """Return *text* for use in an element or a quoted attribute.

    Every kind of line break becomes LF, and a character that no XML document can hold becomes U+FFFD.
    """
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], "\ufffd"), text)


def one_line(text: str) -> str:
    """Return *text* escaped, with each run of white space as one space, for attributes and properties."""
    return escape(" ".join(text.split()))
