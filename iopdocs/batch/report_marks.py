"""The mark that a report carries: the sha256 of itself without the mark, so that an edited report is known."""

from __future__ import annotations

import hashlib
import re

_LENGTH = 64
_EMPTY = "0" * _LENGTH


def marked(text: str, mark: str) -> bytes:
    """Return *text* as UTF-8 with its digest in the first *mark*, which is followed by :func:`blank`."""
    data = text.encode("utf-8", "replace")
    return data.replace(f"{mark}{_EMPTY}".encode(), f"{mark}{digest(data)}".encode(), 1)


def blank() -> str:
    """Return what holds the place of a digest."""
    return _EMPTY


def is_marked(data: bytes, mark: str) -> bool:
    """Tell whether *data* has a right digest after its first *mark*."""
    found = re.search(re.escape(mark.encode()) + rb"([0-9a-f]{64})", data)
    if found is None:
        return False
    before = data[: found.start(1)] + _EMPTY.encode() + data[found.end(1) :]
    return digest(before) == found[1].decode()


def digest(data: bytes) -> str:
    """Return the sha256 of *data*."""
    return hashlib.sha256(data).hexdigest()
