"""Write texts in YAML: plain if unambiguous, else quoted, or as a block of lines."""

from __future__ import annotations

import re

# Unescaped, these characters break lines, disappear or are rejected.
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# First characters with a special meaning; a dot because of "..." (YAML 1.1, 5.3).
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=.<+")
# Other programs read such texts as numbers, booleans or null.
_GUESSED = re.compile(
    r"(?i:true|false|yes|no|on|off|y|n|null|~)|0[xo][0-9a-fA-F_]+|\d[\d_]*(?:[.:]\d[\d_.:]*)?(?:[eE][-+]?\d+)?"
)
_FLOW_SAFE = re.compile(r"[^\W\d_](?:[\w ./§-]*[\w.])?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def inline_text(text: str) -> str:
    """Return *text* as a one-line scalar that reads back as *text* in block context (not within brackets)."""
    if _may_be_plain(text):
        return text
    if not text:
        return "''"
    if ('"' in text or "\\" in text) and "\n" not in text and "\t" not in text and not _SPECIAL.search(text):
        return "'" + text.replace("'", "''") + "'"
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return '"' + _SPECIAL.sub(lambda match: f"\\u{ord(match[0]):04X}", escaped) + '"'


def flow_text(text: str) -> str | None:
    """Return *text* if it can be written plain within ``[ ]``, else ``None``."""
    return text if len(text) <= 60 and _FLOW_SAFE.fullmatch(text) and _may_be_plain(text) else None


def block_lines(text: str) -> list[str] | None:
    """Return the header and the unindented lines of a literal block (``|``) that reads back as *text*.

    Return ``None`` for a text of one line, and if a block would not preserve every character.
    """
    lines = text.split("\n")
    if len(lines) < 2 or _SPECIAL.search(text) or not lines[0].strip(" \t") or not lines[-1].strip(" \t"):
        return None
    if lines[0][0] in " \t" or any(line and (not line.strip(" \t") or line[0] == "\t") for line in lines):
        return None
    return ["|", *lines]


def _may_be_plain(text: str) -> bool:
    return (
        bool(text)
        and text[0] not in _INDICATORS
        and text[0] not in " \t"
        and text[-1] not in " \t:"
        and "\n" not in text
        and "\t" not in text
        and ": " not in text
        and " #" not in text
        and not _SPECIAL.search(text)
        and not _GUESSED.fullmatch(text)
    )
