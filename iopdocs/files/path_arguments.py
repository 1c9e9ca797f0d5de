"""Arguments that are one path or several."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TypeAlias

AnyPath: TypeAlias = str | PathLike[str]
"""A path as callers write it."""


def several_paths(paths: AnyPath | Sequence[AnyPath]) -> tuple[Path, ...]:
    """Return *paths*, one or several, as a tuple: a text is one path and not a list of its letters."""
    if isinstance(paths, str | PathLike):
        return (Path(fspath(paths)),)
    return tuple(Path(fspath(path)) for path in paths)
