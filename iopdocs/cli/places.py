"""Where commands write, and how they name files to the user."""

from __future__ import annotations

from pathlib import Path

from iopdocs.errors import Problem, WriteError
from iopdocs.messages import _


def refuse_existing(path: Path, overwrite: bool) -> None:
    """Raise :class:`WriteError` when *path* exists and the user has not asked to replace it."""
    if path.exists() and not overwrite:
        hint = _("välj ett annat namn, eller ersätt den med --overwrite")
        raise WriteError([Problem(_("finns redan"), hint, str(path))])


def quoted(path: Path) -> str:
    """Return *path* as it can be typed on a command line, PowerShell's and cmd's too."""
    text = str(path)
    if text.startswith("-"):
        text = f"./{text}"
    return f'"{text}"' if " " in text else text
