"""Standard input and output, named ``-`` where a command reads or writes one file."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iopdocs.errors import LoadError, WriteError
from iopdocs.files.text_file import LARGEST_FILE, decode, read_text

if TYPE_CHECKING:
    from iopdocs.files.loader import Kind
    from iopdocs.model.agreement import Agreement

STANDARD = "-"
_BINARY = {"docx": "ett Word-dokument", "pdf": "en PDF", "xlsx": "en arbetsbok"}
_JSON = re.compile(r'\s*\{\s*["}]')


def is_standard(path: Path | str) -> bool:
    """Return whether *path* is ``-``: standard input, or standard output."""
    return str(path) == STANDARD


def read_data(path: Path, kind: Kind | None = None) -> tuple[str, Kind]:
    """Return the text of the data file *path*, or of standard input, and its kind.

    Without *kind* the suffix decides, and for standard input how the text begins.

    Raises:
        LoadError: when it cannot be read, or has no suffix of a data file.
    """
    if not is_standard(path):
        from iopdocs.files.loader import kind_of

        kind = kind or kind_of(path)
        return read_text(path), kind
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    if not data.strip():
        raise LoadError.one("ingenting kom på standard in", "skicka en datafil: iopdocs … - < avtal.yaml", STANDARD)
    text = decode(data, STANDARD)
    return text, kind or ("json" if _JSON.match(text) else "yaml")


def read_agreement(path: Path, kind: Kind | None = None) -> Agreement:
    """Return the agreement in the data file *path*, or on standard input; *kind* as in :func:`read_data`.

    Raises:
        LoadError: with every problem of the file.
    """
    from iopdocs.files.loader import load, loads

    if kind is None and not is_standard(path):
        return load(path)
    text, kind = read_data(path, kind)
    return loads(text, kind=kind, file=str(path))


def refuse_terminal(kind: str) -> None:
    """Raise :class:`WriteError` when standard output is a terminal and *kind* is one that no terminal can show."""
    if kind in _BINARY and sys.stdout.isatty():
        hint = f"skicka det vidare med > eller |, eller ange en fil som slutar på .{kind}"
        raise WriteError.one(f"{_BINARY[kind]} kan inte visas på en terminal", hint)


def write_standard(data: bytes, kind: str) -> None:
    """Write *data*, a file of *kind*, to standard output.

    Raises:
        WriteError: as :func:`refuse_terminal`.
    """
    refuse_terminal(kind)
    stream = sys.stdout.buffer
    stream.write(data)
    stream.flush()
