"""The same characters for what looks the same: spaces, dashes, letter case and combined letters."""

from __future__ import annotations

import unicodedata

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SAME = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_INVISIBLE)})


def plain(text: str) -> str:
    """Return *text* in small letters with single spaces, every dash as ``-`` and no invisible characters.

    A text that is pasted from Word, a web page or a Mac then compares equal to one that is typed.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_SAME)
    return " ".join(text.split()).lower()
