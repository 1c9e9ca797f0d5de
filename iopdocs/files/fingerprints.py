"""The mark that a file of ours carries: the sha256 of itself without the mark, so that an edited file is known."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

_LENGTH = 64
_EMPTY = "0" * _LENGTH
_DATE = (1980, 1, 1, 0, 0, 0)


def digest(data: bytes) -> str:
    """Return the sha256 of *data*."""
    return hashlib.sha256(data).hexdigest()


def blank() -> str:
    """Return what holds the place of a digest in a text that :func:`marked` is to fill in."""
    return _EMPTY


def marked(text: str, mark: str) -> bytes:
    """Return *text* as UTF-8 with its digest after the first *mark*, which is followed by :func:`blank`."""
    data = text.encode("utf-8", "replace")
    return data.replace(f"{mark}{_EMPTY}".encode(), f"{mark}{digest(data)}".encode(), 1)


def marked_json(data: Mapping[str, Any], kind: str) -> bytes:
    """Return *data* as JSON in UTF-8, before all the rest the key ``märke`` with the digest after ``iopdocs`` *kind*."""
    text = json.dumps({"märke": f"iopdocs {kind} {_EMPTY}", **data}, ensure_ascii=False, indent=1)
    return marked(f"{text}\n", _json_mark(kind))


def is_marked_json(data: bytes, kind: str) -> bool:
    """Tell whether *data* is JSON that :func:`marked_json` made and that nobody has edited since."""
    return data.startswith(b"{") and is_marked(data, _json_mark(kind))


def _json_mark(kind: str) -> str:
    return f'"märke": "iopdocs {kind} '


def is_marked(data: bytes, mark: str) -> bool:
    """Tell whether *data* has a right digest after its first *mark*."""
    found = re.search(re.escape(mark.encode()) + rb"([0-9a-f]{64})", data)
    if found is None:
        return False
    before = data[: found.start(1)] + _EMPTY.encode() + data[found.end(1) :]
    return digest(before) == found[1].decode()


def timeless(data: bytes) -> bytes:
    """Return the Office file *data* without the time of its making, so that the same contents are the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2020-01-01T00:00:00Z", part)
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return stream.getvalue()


def marked_archive(data: bytes, mark: bytes) -> bytes:
    """Return the Office file *data* without the time of its making, and with its digest after *mark* as its comment."""
    whole = timeless(data)
    # An archive without comment ends with the comment's length, two bytes.
    body, comment = whole[:-2], mark + digest(whole[:-2]).encode()
    return body + len(comment).to_bytes(2, "little") + comment


def is_marked_archive(data: bytes, mark: bytes) -> bool:
    """Tell whether *data* is an archive that :func:`marked_archive` made and that nobody has saved since."""
    # Programs that save an Office file write their own archive, without our comment.
    start = data.rfind(mark, -len(mark) - _LENGTH)
    return start > 1 and data[start:] == mark + digest(data[: start - 2]).encode()
