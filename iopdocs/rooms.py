"""Two rooms bear the names of the two functions people call, ``iopdocs.render`` and ``iopdocs.lint``: here they are made callable.

Importing anything from a room binds the room as an attribute of the package, over the function of the same name. A
room that can be called means that ``iopdocs.lint(agreement)`` works whatever has been imported before.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


def make_callable(room: str, function: str) -> None:
    """Let the module *room* be called as the function *function* of :mod:`iopdocs.produce`."""

    class Room(ModuleType):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            return getattr(import_module("iopdocs.produce"), function)(*args, **kwargs)

    sys.modules[room].__class__ = Room
