"""Swedish typography for the library's own words. Users' free text is unchanged."""

from __future__ import annotations

import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\"\u201c\u201e](?=\S)|(?<=\S)[\"\u201c\u201e]"), "\u201d"),
    (re.compile(r"(?<=\w)'(?=\w)"), "\u2019"),
    (re.compile(r" -- | - "), " \u2013 "),
    (re.compile(r"(?<![\d-])(\d{1,3})-(\d{1,3})(?![\d-])"), "\\1\u2013\\2"),
    (re.compile(r"(§{1,2}|kap\.|art\.|artikel|avsnitt|bilaga|punkt|nr) (?=\d)"), "\\1\u00a0"),
    (re.compile(r"(?<=\d) (?=§|kap\.|kronor\b|kr\b|procent\b|%|år\b|månad|dagar\b|dag\b|timmar\b)"), "\u00a0"),
    (re.compile(r"  +"), " "),
)


def typeset(text: str) -> str:
    """Return *text* with Swedish quotes, dashes and no-break spaces."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
