"""What reports say of the program that made them, and of the families of its rules."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

NAME = "iopdocs"
_OTHER_CHECKERS = {"A": "lagrets texter", "D": "tillgängliga dokument", "M": "wordmallar"}


def tool_version() -> str:
    """Return the installed version of the package, ``0`` where it runs without having been installed."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        return "0"


def families() -> dict[str, str]:
    """Return what each family of codes is called, by the letter its codes begin with."""
    return {
        "K": "kompletthet",
        "S": "samstämmighet",
        "J": "partnerskapets karaktär",
        "R": "råd",
        "L": "språk",
        "T": "mall",
        "X": "egna regler",
    }


def family_of(code: str) -> str:
    """Return what the family of *code* is called, empty for a letter that no family has."""
    return (families() | _OTHER_CHECKERS).get(code[:1], "")


def posix(file: str) -> str:
    """Return the name of *file* with slashes, whatever this system writes between folders."""
    # A backslash is an ordinary character in a name where folders are parted by slashes.
    return PurePath(file).as_posix() if os.sep == "\\" else file
