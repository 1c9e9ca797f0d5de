"""Where the base layer lies on disk."""

from __future__ import annotations

from pathlib import Path

from iopdocs.errors import LibraryError


def templates_dir() -> Path:
    """Return the folder of the base layer: in the installed package, else beside the package in a checkout.

    Raises:
        LibraryError: when neither holds it, which means that the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "templates" / "sv", package.parent / "templates" / "sv"):
        if folder.is_dir():
            return folder
    raise LibraryError.one("grundlagret med texter saknas", "installera om iopdocs", str(package))
