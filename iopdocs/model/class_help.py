"""The help of the record classes: each field with its type, its Swedish key and label, and what it is for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from iopdocs.model.fields import Entry


def describe_fields(classes: Iterable[Any]) -> None:
    """Complete the docstring of each of *classes* with its fields, and its signature with their types.

    attrs knows the parameters of a class by their converter, which takes anything.
    """
    for cls in classes:
        types: dict[str, str] = cls.__annotations__
        cls.__init__.__annotations__.update(types)
        lines = [
            f"    {one.name} ({types[one.name]}): {entry.label} (``{entry.key}``). {entry.help}"
            for one in attrs.fields(cls)
            if (entry := one.metadata.get(Entry)) is not None
        ]
        if cls.__doc__ and lines:  # python -OO leaves out docstrings
            cls.__doc__ = "\n".join([cls.__doc__.rstrip(), "", "Attributes:", *lines])
