"""The register as JSON with Swedish keys, and its JSON Schema for the programs that read it."""

from __future__ import annotations

from typing import Any

import attrs

from iopdocs.errors import Problem
from iopdocs.files.fingerprints import is_marked_json, marked_json
from iopdocs.json_objects import JsonKey, JsonObject, json_fields, json_key
from iopdocs.register.extensions import by_year
from iopdocs.register.rows import Register, RegisterRow, Watch
from iopdocs.register.summary import Summary, summary

_KIND = "register"
MARK = {"märke": {"type": "string", "description": "Visar om filen har ändrats sedan den skrevs; då ersätts den inte."}}
"""The schema of the key that :func:`iopdocs.files.fingerprints.marked_json` writes."""


def format_key(number: int, help: str) -> JsonKey:
    """Return the key that says which *number* the format has."""
    return json_key("format", help, lambda _record: number, int, const=number)


def _place_name(problem: Problem) -> str:
    return problem.position.name if problem.position else ""


PROBLEM = JsonObject(
    Problem,
    (
        json_key("meddelande", "Vad som är fel.", "full_message", str),
        json_key("råd", "Vad som skulle vara rätt.", "hint"),
        json_key("fil", "Filen.", "file"),
        json_key("väg", "Vägen i data, till exempel parter[2].namn.", "path"),
        json_key("plats", "Platsens namn, till exempel Resurser!E14; tomt när den inte har något.", _place_name),
        json_key("rad", "Raden i filen.", "position.line", minimum=1),
        json_key("kolumn", "Kolumnen på raden.", "position.column", minimum=1),
    ),
    name="problem",
)
"""What the JSON says of a problem: what is wrong, where, and what would be right."""

ROW = JsonObject(RegisterRow, name="register")
"""What the JSON says of a row as it is."""

_ROW_BY_YEAR = attrs.evolve(
    ROW, name="", keys=tuple(attrs.evolve(key, source=by_year) if key.source == "sums" else key for key in ROW.keys)
)
_WATCH = JsonObject(
    Watch,
    (
        json_key("vad", "Vad det gäller.", "kind"),
        json_key("dag", "Dagen, där det finns en.", "day"),
        json_key("avtal", "Avtalens namn i registret.", "agreements"),
        json_key("beskrivning", "Vad som är fallet.", "text"),
        json_key("gör", "Vad som kan göras.", "advice"),
    ),
)
SUMMARY = JsonObject(Summary, (format_key(1, "Sammanställningens format."), *json_fields(Summary)))
"""What the JSON says of the counts of a register, also by itself (``--summary``)."""

REGISTER = JsonObject(
    Register,
    (
        format_key(1, "Registrets format."),
        json_key("dag", "Dagen som registret räknar från.", "day"),
        json_key("källor", "Källorna, som de angavs.", "sources"),
        json_key("avtal", "Ett partnerskap per rad; ett förlängt avtal är ett.", "rows", of=_ROW_BY_YEAR),
        json_key("bevaka", "Vad som behöver ses över.", "watch", of=_WATCH),
        json_key("problem", "Det som inte gick att läsa.", "problems", of=PROBLEM),
        json_key(
            "sammanställning", "Antal partnerskap av olika slag; detsamma som --summary ger.", summary, of=SUMMARY
        ),
    ),
    title="Register över IOP",
    help="Det som ”iopdocs register -o register.json” skriver.",
)
"""What the JSON says of a register."""


def register_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a register in JSON."""
    return REGISTER.document_schema(before=MARK)


def write_json(register: Register) -> bytes:
    """Return *register* as JSON in UTF-8; ``märke`` tells whether somebody has edited it."""
    return marked_json(REGISTER.data(register), _KIND)


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is a register that :func:`write_json` made and that nobody has edited since."""
    return is_marked_json(data, _KIND)
