"""The report of a batch as JSON with Swedish keys, and its JSON Schema for the programs that read it."""

from __future__ import annotations

from typing import Any

import attrs

from iopdocs.batch.agreement_standing import known_day, standing
from iopdocs.batch.counts import BatchCounts, counts_of
from iopdocs.batch.outcome import AgreementOutcome, BatchReport, MissingPoint, SectionTally, WrittenDocument
from iopdocs.errors import Problem
from iopdocs.files.fingerprints import is_marked_json, marked_json
from iopdocs.json_objects import JsonObject, json_key
from iopdocs.register.json_writer import MARK, PROBLEM, ROW, format_key
from iopdocs.sources.made_documents import LeftBehindDocument

_KIND = "batch"
_AMONG_OTHERS = ("id", "ids", "extensions")  # fields that relate an agreement to the others of a register

ROW_ALONE = attrs.evolve(ROW, keys=tuple(key for key in ROW.keys if key.source not in _AMONG_OTHERS))
"""The JSON of an agreement as a row of a register, without its relations to the others."""

_AGREEMENT = JsonObject(
    AgreementOutcome,
    (
        json_key("id", "Avtalets namn i källan.", "id"),
        json_key("plats", "Var i källan avtalet står.", "place"),
        json_key("titel", "Avtalets titel.", "title"),
        json_key("läge", "Hur det står till med avtalet.", standing),
        json_key(
            "slutkod",
            "0: allt gick bra. 1: avtalet har fynd. 2: det kunde inte läsas, eller ett dokument kunde inte skrivas.",
            "exit_code",
            int,
            maximum=2,
        ),
        json_key("filer", "Dokumenten.", "written", of=JsonObject(WrittenDocument, name="fil")),
        json_key("problem", "Varför något inte gick att göra.", "problems", of=PROBLEM),
        json_key("fynd", "Antal fynd efter nivå: fel, varning och råd.", "levels"),
        json_key(
            "uppfyllt",
            "Hur avtalet uppfyller varje profil, avsnitt för avsnitt.",
            "tallies",
            of=JsonObject(SectionTally),
        ),
        json_key("saknas", "De punkter som inte är uppfyllda.", "lacking", of=JsonObject(MissingPoint)),
        json_key("register", "Det som registret visar; null när avtalet inte gick att läsa.", "row", of=ROW_ALONE),
    ),
    name="avtal",
)
_COUNTS = JsonObject(BatchCounts)
_LEFT_BEHIND = JsonObject(LeftBehindDocument, name="kvarlämnat_dokument")
_REPORT = JsonObject(
    BatchReport,
    (
        format_key(2, "Rapportens format."),
        json_key("källa", "Källan, som den angavs.", "source"),
        json_key("dag", "Dagen som rapporten räknar från.", known_day),
        json_key("avbrutet", "Körningen avbröts, och alla avtal är inte med.", "interrupted"),
        json_key(
            "kvarlämnade",
            "Dokument i mappen som inte längre hör till något avtal i källan, eller som har ersatts.",
            "left_behind",
            of=_LEFT_BEHIND,
        ),
        json_key("profiler", "De profiler som avtalen har granskats mot.", "profiles"),
        json_key("rubriker", "Rubriken för varje avsnitt, i dokumentets ordning.", "headings"),
        json_key("antal", "Antal avtal, dokument och fel.", counts_of, of=_COUNTS),
        json_key(
            "problem", "Problem som inte hör till ett enda avtal.",
            lambda report: (*report.problems, *report.unmoved), tuple[Problem, ...], of=PROBLEM,
        ),
        json_key("avtal", "Avtalen, i källans ordning.", "outcomes", of=_AGREEMENT),
    ),
    title="Batchrapport",
    help="Det som ”iopdocs batch --report rapport.json” skriver.",
)  # fmt: skip


def batch_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the json report of a batch."""
    return _REPORT.document_schema(before=MARK)


def write_json(report: BatchReport) -> bytes:
    """Return *report* as JSON in UTF-8; ``märke`` shows whether it has been edited.

    It may quote the agreements. Amounts are in kronor, days as 2027-01-31.
    """
    return marked_json(_REPORT.data(report), _KIND)


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is an unedited report made by :func:`write_json`."""
    return is_marked_json(data, _KIND)
