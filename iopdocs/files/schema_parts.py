"""Parts of the JSON Schemas (draft 2020-12) of what we write."""

from __future__ import annotations

from typing import Any


def record(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object in which every one of *properties* stands."""
    return {"type": "object", "required": list(properties), "properties": properties}


def listing(items: dict[str, Any], description: str) -> dict[str, Any]:
    """Return the schema of a list of *items*."""
    return {"type": "array", "items": items, "description": description}


def text(description: str) -> dict[str, Any]:
    """Return the schema of a text."""
    return {"type": "string", "description": description}


def yes(description: str) -> dict[str, Any]:
    """Return the schema of a truth value."""
    return {"type": "boolean", "description": description}


def day(description: str) -> dict[str, Any]:
    """Return the schema of a date (ISO 8601), or null."""
    return {"type": ["string", "null"], "format": "date", "description": description}


def count(description: str) -> dict[str, Any]:
    """Return the schema of a number of things."""
    return {"type": "integer", "minimum": 0, "description": description}


def problem() -> dict[str, Any]:
    """Return the schema of a problem: what is wrong, where, and what would be right."""
    line = {"type": ["integer", "null"], "minimum": 1}
    return record(
        {
            "meddelande": text("Vad som är fel."),
            "råd": text("Vad som skulle vara rätt."),
            "fil": text("Filen."),
            "väg": text("Vägen i data, till exempel parter[2].namn."),
            "plats": text("Platsens namn, till exempel Resurser!E14; tomt när den inte har något."),
            "rad": line | {"description": "Raden i filen."},
            "kolumn": line | {"description": "Kolumnen på raden."},
        }
    )
