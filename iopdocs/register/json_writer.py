"""The register as plain data with Swedish keys, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from iopdocs.errors import Problem
from iopdocs.files.fingerprints import is_marked_json, marked_json
from iopdocs.register.extensions import by_year
from iopdocs.register.rows import Register, RegisterRow, RegisterYearSum, SupportPayment, Watch
from iopdocs.register.summary import Summary, summary

FORMAT = 1
_KIND = "register"

KEYS: Mapping[str, str] = {
    "avtal": "id",
    "titel": "title",
    "status": "status",
    "pågår": "active",
    "diarienummer": "case_numbers",
    "offentliga_parter": "public",
    "idéburna_parter": "civil",
    "andra_parter": "others",
    "slag_av_offentliga_parter": "public_kinds",
    "organisationsnummer": "organisation_numbers",
    "syfte": "purpose",
    "start": "start",
    "slut": "end",
    "tills_vidare": "until_further_notice",
    "månader": "months",
    "förlängningar": "extensions",
    "ingående_avtal": "ids",
    "förlängs_automatiskt": "renews",
    "upphörde_i_förtid": "ended_early",
    "målgrupper": "bands",
    "huvudområde": "area",
    "fler_områden": "further_areas",
    "sista_dag_för_uppsägning": "notice_last",
    "sista_dag_för_förhandling": "negotiate_last",
    "nästa_uppföljning": "follow_up",
    "uppföljning_i_ord": "follow_up_text",
    "resurser": "sums",
    "utbetalningar": "paid",
    "utbetalningar_utan_känt_belopp_till": "unknown_paid",
    "dokumentet_är_ändrat": "edited",
    "fil": "file",
}
"""The Swedish key of each field of a row."""

OWN_KEYS: Mapping[str, str] = {key: name for key, name in KEYS.items() if name not in ("id", "ids", "extensions")}
"""The Swedish key of each field that one agreement has by itself, without what it is to others."""


def as_data(register: Register) -> dict[str, Any]:
    """Return *register* as plain data. Amounts are in kronor, days as 2027-01-31."""
    return {
        "format": FORMAT,
        "dag": register.day.isoformat(),
        "källor": list(register.sources),
        "avtal": [_row(row) for row in register.rows],
        "bevaka": [_watch(one) for one in register.watch],
        "problem": [problem_data(one) for one in register.problems],
        "sammanställning": summary_data(summary(register)),
    }


def summary_data(made: Summary) -> dict[str, Any]:
    """Return the counts of a summary as plain data."""
    return {
        "format": FORMAT,
        "dag": made.day.isoformat(),
        "antal": made.total,
        "pågår": made.active,
        "utkast": made.drafts,
        "tabeller": [
            {
                "namn": table.key,
                "rubrik": table.heading,
                "rader": [{"namn": one.label, "antal": one.total, "pågår": one.active} for one in table.counts],
            }
            for table in made.tables
        ],
    }


def write_json(register: Register) -> bytes:
    """Return *register* as JSON in UTF-8; ``märke`` tells whether somebody has edited it."""
    return marked_json(as_data(register), _KIND)


def is_untouched(data: bytes) -> bool:
    """Tell whether *data* is a register that :func:`write_json` made and that nobody has edited since."""
    return is_marked_json(data, _KIND)


def _row(row: RegisterRow) -> dict[str, Any]:
    values = attrs.asdict(row, recurse=False) | {"sums": by_year(row)}
    return {key: plain_value(values[name]) for key, name in KEYS.items()}


def _watch(one: Watch) -> dict[str, Any]:
    return {
        "vad": one.kind.value,
        "dag": one.day.isoformat() if one.day else None,
        "avtal": list(one.agreements),
        "beskrivning": one.text,
        "gör": one.advice,
    }


def problem_data(problem: Problem) -> dict[str, Any]:
    """Return *problem* as plain data with Swedish keys."""
    place = problem.position
    return {
        "meddelande": problem.message,
        "råd": problem.hint,
        "fil": problem.file,
        "väg": problem.path,
        "plats": place.name if place else "",
        "rad": place.line if place else None,
        "kolumn": place.column if place else None,
    }


def plain_value(value: Any) -> Any:
    """Return the *value* of a field of a row as plain data: dates in ISO 8601, sums as records in kronor."""
    if isinstance(value, RegisterYearSum):
        sums = {"pengar": number(value.cash), "uppskattat_värde": number(value.value)}
        return {"part": value.party, "år": value.year, **sums}
    if isinstance(value, SupportPayment):
        amount = number(value.amount)
        return {"betalare": value.payer, "mottagare": value.payee, "år": value.year, "belopp": amount}
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return [{"part": name, "nummer": figures} for name, figures in value]
        return [plain_value(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def number(amount: Decimal) -> int | float:
    """Return *amount* as the number that JSON has for it: whole where it is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
