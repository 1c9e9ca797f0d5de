"""Read a text file: UTF-8, of bounded size, without characters that no document can contain."""

from __future__ import annotations

import os
import stat
from bisect import bisect_right
from collections.abc import Callable
from os import PathLike, fspath

from iopdocs.errors import LoadError, Position, Problem
from iopdocs.files.system_errors import reason
from iopdocs.values.text import illegal_character, normalise_newlines

LARGEST_FILE = 5_000_000
"""The maximum size of a data file, in bytes."""


def read_text(path: str | PathLike[str]) -> str:
    """Return the text of the file *path*: UTF-8 with or without BOM, line breaks as LF.

    Raises:
        LoadError: when the file is missing, a folder, not a regular file, unreadable, empty, over 5 MB, not in UTF-8,
            or contains a character that XML forbids.
    """
    name = fspath(path)
    return decode(read_bytes(name), name)


def decode(data: bytes, name: str) -> str:
    """Return the text in *data*, the content of the file *name*, as :func:`read_text` does.

    Raises:
        LoadError: when *data* is empty, over 5 MB, not in UTF-8, or contains a character that XML forbids.
    """
    if len(data) > LARGEST_FILE:
        raise LoadError([too_large(name)])
    if not data.strip():
        raise _unreadable("filen är tom", "börja från en mall: iopdocs new avtal.yaml", name)
    return clean_text(_decode(data, name), name)


def clean_text(text: str, file: str) -> str:
    """Return *text* without BOM and with LF line breaks.

    Raises:
        LoadError: when *text* is over 5 MB or contains a character that XML forbids.
    """
    text = normalise_newlines(text.removeprefix("\ufeff"))
    if len(text) > LARGEST_FILE:
        raise LoadError([too_large(file)])
    illegal = illegal_character(text)
    if illegal:
        raise LoadError.one(
            f"tecknet U+{ord(illegal[0]):04X} kan inte stå i ett dokument",
            "ta bort det; det syns inte men står på den platsen",
            file,
            position=line_index(text)(illegal.start()),
            code="olämpligt-värde",
        )
    return text


def line_index(text: str) -> Callable[[int], Position]:
    """Return a function from a 0-based index in *text* to its line and column. Lines end in LF."""
    starts = [0]
    start = text.find("\n") + 1
    while start:
        starts.append(start)
        start = text.find("\n", start) + 1

    def position(index: int) -> Position:
        line = bisect_right(starts, index)
        return Position(line, index - starts[line - 1] + 1)

    return position


def read_bytes(name: str, largest: int = LARGEST_FILE) -> bytes:
    """Return the content of the file *name*, at most *largest* bytes.

    Raises:
        LoadError: when the file is missing, a folder, not a regular file, unreadable, or larger than *largest*.
    """
    try:
        _check_is_file(name)
        with open(name, "rb") as file:
            data = file.read(largest + 1)
    except FileNotFoundError:
        raise _unreadable("filen finns inte", "kontrollera namnet och att du står i rätt mapp", name) from None
    except PermissionError:
        raise _unreadable("filen får inte läsas", "kontrollera filens behörigheter", name) from None
    except OSError as error:
        raise _unreadable(f"filen kunde inte läsas ({reason(error)})", "kontrollera namnet och disken", name) from None
    except ValueError:  # a NUL or a lone surrogate in the name
        shown = name.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\0")
        raise _unreadable("är inget filnamn", "ta bort otillåtna tecken ur namnet", shown) from None
    if len(data) > largest:
        raise LoadError([too_large(name, largest)])
    return data


def _check_is_file(name: str) -> None:
    """Raise an error for a folder, and for files that never end or that block: pipe, socket, terminal, device."""
    status = os.stat(name)
    if stat.S_ISDIR(status.st_mode):
        raise _unreadable("är en mapp, ingen fil", "ange en fil i mappen", name)
    if not stat.S_ISREG(status.st_mode) and not _is_null(status):
        hint = "spara innehållet i en fil och ange den"
        raise _unreadable("är ingen vanlig fil, utan ett rör, en enhet eller liknande", hint, name)


def _unreadable(message: str, hint: str, name: str, position: Position | None = None) -> LoadError:
    return LoadError.one(message, hint, name, position=position, code="oläslig-fil")


def _is_null(status: os.stat_result) -> bool:
    # The null device reads as an empty file and is reported as one.
    return stat.S_ISCHR(status.st_mode) and os.stat(os.devnull).st_rdev == status.st_rdev


def too_large(name: str, largest: int = LARGEST_FILE) -> Problem:
    """Return the problem of a file *name* that is larger than *largest* bytes."""
    message = f"filen är större än {largest // 1_000_000} MB"
    return Problem(message, "en avtalsfil är sällan över 100 kB; är det rätt fil?", name, code="oläslig-fil")


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise _unreadable(
            "är ett dokument från Word, Excel eller liknande, ingen textfil",
            "ange datafilen (.yaml eller .json) som dokumentet gjordes av",
            name,
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf_16(data):
        raise _unreadable("filen är sparad i kodningen UTF-16", _save_hint(), name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = normalise_newlines(data[: error.start].decode("utf-8-sig"))
        position = line_index(before)(len(before))
        kind = (
            "filen är inte sparad i UTF-8, utan troligen i Windows-1252 (ANSI)"
            if _is_windows_1252(data)
            else "filen är ingen textfil i UTF-8"
        )
        raise _unreadable(kind, _save_hint(), name, position) from None


def _looks_like_utf_16(data: bytes) -> bool:
    head = data[:1000]
    return len(head) >= 4 and (not any(head[1::2]) or not any(head[::2]))


def _is_windows_1252(data: bytes) -> bool:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return illegal_character(text) is None


def _save_hint() -> str:
    return "öppna den i Anteckningar, välj Arkiv → Spara som → Kodning: UTF-8 och spara"
