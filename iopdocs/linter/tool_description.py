"""What reports say of the program that made them."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

NAME = "iopdocs"


def tool_version() -> str:
    """Return the installed version of the package, ``0`` where it runs without having been installed."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        return "0"


def posix(file: str) -> str:
    """Return the name of *file* with slashes, whatever this system writes between folders."""
    # A backslash is an ordinary character in a name where folders are parted by slashes.
    return PurePath(file).as_posix() if os.sep == "\\" else file
