"""The mark in a generated file: the sha256 of the file without the mark, so that an edited file is recognised."""

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
    """Return the placeholder for a digest in a text passed to :func:`marked`."""
    return _EMPTY


def marked(text: str, mark: str) -> bytes:
    """Return *text* as UTF-8 with its digest after the first *mark*, which is followed by :func:`blank`."""
    data = text.encode("utf-8", "replace")
    return data.replace(f"{mark}{_EMPTY}".encode(), f"{mark}{digest(data)}".encode(), 1)


def marked_json(data: Mapping[str, Any], kind: str) -> bytes:
    """Return *data* as JSON in UTF-8. The first key, ``märke``, contains the digest after ``iopdocs`` *kind*."""
    text = json.dumps({"märke": f"iopdocs {kind} {_EMPTY}", **data}, ensure_ascii=False, indent=1)
    return marked(f"{text}\n", _json_mark(kind))


def is_marked_json(data: bytes, kind: str) -> bool:
    """Return whether *data* is unedited JSON from :func:`marked_json`."""
    return data.startswith(b"{") and is_marked(data, _json_mark(kind))


def _json_mark(kind: str) -> str:
    return f'"märke": "iopdocs {kind} '


def is_marked(data: bytes, mark: str) -> bool:
    """Return whether *data* has a correct digest after its first *mark*."""
    match = re.search(re.escape(mark.encode()) + rb"([0-9a-f]{64})", data)
    if match is None:
        return False
    before = data[: match.start(1)] + _EMPTY.encode() + data[match.end(1) :]
    return digest(before) == match[1].decode()


def timeless(data: bytes) -> bytes:
    """Return the Office file *data* without its creation time, so that equal contents give equal bytes."""
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
    """Return the Office file *data* without its creation time, and with *mark* and its digest as archive comment."""
    whole = timeless(data)
    # An archive without comment ends with the length of the comment, two bytes.
    body, comment = whole[:-2], mark + digest(whole[:-2]).encode()
    return body + len(comment).to_bytes(2, "little") + comment


def is_marked_archive(data: bytes, mark: bytes) -> bool:
    """Return whether *data* is an archive from :func:`marked_archive` that has not been saved since."""
    # A program that saves an Office file writes its own archive, without this comment.
    start = data.rfind(mark, -len(mark) - _LENGTH)
    return start > 1 and data[start:] == mark + digest(data[: start - 2]).encode()
