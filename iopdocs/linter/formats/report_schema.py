"""The JSON of ``iopdocs lint --format json``, and its JSON Schema for programs that read it."""

from __future__ import annotations

from typing import Any

from iopdocs.findings import CODE_PATTERN
from iopdocs.json_objects import DRAFT, JsonObject, json_key
from iopdocs.linter.baseline import KnownFinding
from iopdocs.linter.report import REPORT

UNREAD = JsonObject(
    Any,
    (
        json_key("fil", "Filen.", "file", str),
        json_key("gick_inte_att_läsa", "Varför: ett meddelande per rad.", "why", str),
    ),
    name="oläst",
    title="Oläst fil",
    help="En fil som inte gick att granska.",
)
"""The JSON of a file that could not be read."""

GONE = JsonObject(
    KnownFinding,
    (
        json_key("fil", "Filen.", "file", str),
        json_key("kod", "Regelns eller punktens kod, densamma i alla versioner.", "code", str, pattern=CODE_PATTERN),
        json_key("fingeravtryck", "Fyndets namn i baslinjen.", "fingerprint", str),
    ),
    name="inaktuellt",
)
"""The JSON of a finding in a baseline that is no longer found."""


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a json report: ``{"format": 1, "rapporter": […]}``."""
    definitions: dict[str, Any] = {}
    reports = {"anyOf": [REPORT.reference(definitions), UNREAD.reference(definitions)]}
    hidden, gone = "Så många fynd som finns i baslinjen och därför inte är med.", GONE.reference(definitions)
    return {
        "$schema": DRAFT,
        "title": "Granskningsrapport",
        "description": "Det som ”iopdocs lint --format json” skriver.",
        "type": "object",
        "required": ["format", "rapporter"],
        "properties": {
            "format": {"const": 1, "description": "Rapportens format."},
            "rapporter": {
                "type": "array",
                "items": reports,
                "description": "En rapport för varje fil, i den ordning de granskades.",
            },
            "i_baslinjen": {"type": "integer", "minimum": 0, "description": hidden},
            "inaktuellt_i_baslinjen": {
                "type": "array",
                "items": gone,
                "description": "Fynd i baslinjen som inte längre finns i avtalen.",
            },
        },
        "$defs": definitions,
    }
