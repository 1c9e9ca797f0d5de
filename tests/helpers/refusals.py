"""What the system says when a file or a folder is closed to the user; simulated, since root is refused nothing."""

from __future__ import annotations

import builtins
import os
import tempfile
from typing import Any, NoReturn

import pytest


def no_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every new file, as a folder does that the user may not write in."""

    def refused(*_arguments: Any, **_options: Any) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refused)


def no_reading(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Refuse to open files whose name ends with *name*."""
    real = builtins.open

    def refused(file: Any, *arguments: Any, **options: Any) -> Any:
        if str(file).endswith(name):
            raise PermissionError(13, "Permission denied", file)
        return real(file, *arguments, **options)

    monkeypatch.setattr(builtins, "open", refused)


def windows_error(kind: type[OSError], code: int, said: str = "") -> OSError:
    """Return the error that Windows gives with its own *code*: 5 access denied, 32 sharing violation, 206 name too long."""
    error = kind(13 if kind is PermissionError else 2, said or "Access is denied")
    error.winerror = code  # type: ignore[attr-defined,unused-ignore]
    return error


def refused_step(monkeypatch: pytest.MonkeyPatch, step: str, error: OSError) -> None:
    """Let every *step* of writing a file end in *error*: ``mkstemp`` (a new file), ``fsync`` (its content) or ``replace``."""

    def refused(*_arguments: Any, **_options: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(tempfile if step == "mkstemp" else os, step, refused)
