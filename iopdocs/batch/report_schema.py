"""JSON Schema of what ``iopdocs batch --report rapport.json`` writes, for the programs that read it."""

from __future__ import annotations

from typing import Any

from iopdocs.batch.outcome import OutcomeState
from iopdocs.batch.report_data import FORMAT
from iopdocs.batch.report_words import AgreementStanding
from iopdocs.files.schema_parts import count, day, listing, problem, record, text, yes
from iopdocs.register.json_writer import OWN_KEYS
from iopdocs.register.schema import row_properties


def batch_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the json report of a batch.

    Keys may be added within format 1; none is taken away, and none changes its meaning. A program should leave those
    it does not know in peace, and the schema lets them through.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Batchrapport",
        "description": "Det som ”iopdocs batch --report rapport.json” skriver.",
        **record(
            {
                "format": {"const": FORMAT, "description": "Rapportens format."},
                "märke": text("Visar om filen har ändrats sedan den skrevs; då ersätts den inte."),
                "källa": text("Källan, som den angavs."),
                "dag": day("Dagen som rapporten räknar från."),
                "avbrutet": yes("Körningen avbröts, och alla avtal är inte med."),
                "gamla_namn": listing(
                    {"type": "string"}, "Filer i mappen vars avtal har fått ett annat namn sedan de gjordes."
                ),
                "profiler": listing({"type": "string"}, "De profiler som avtalen har granskats mot."),
                "rubriker": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "description": "Rubriken för varje avsnitt, i dokumentets ordning.",
                },
                "antal": record(
                    {
                        "avtal": count("Så många avtal är med."),
                        "misslyckade_avtal": count("Så många av dem räknas som misslyckade."),
                        "fel_utan_avtal": count(
                            "Så mycket i källan hör inte till något avtal och är inte med; det står under problem."
                        ),
                    }
                ),
                "problem": listing(_ref("problem"), "Problem som inte hör till ett enda avtal."),
                "avtal": listing(_ref("avtal"), "Avtalen, i källans ordning."),
            }
        ),
        "$defs": {
            "avtal": _agreement(),
            "problem": problem(),
            "fil": _file(),
            "register": _register(),
        },
    }


def _agreement() -> dict[str, Any]:
    return record(
        {
            "id": text("Avtalets namn i källan."),
            "plats": text("Var i källan avtalet står."),
            "titel": text("Avtalets titel."),
            "läge": {"enum": [one.value for one in AgreementStanding], "description": "Hur det står till med avtalet."},
            "misslyckat": yes("Avtalet räknas som misslyckat: det har problem, eller fynd på den valda nivån."),
            "filer": listing(_ref("fil"), "Dokumenten."),
            "problem": listing(_ref("problem"), "Varför något inte gick att göra."),
            "fynd": {
                "type": "object",
                "additionalProperties": count("Så många fynd på nivån."),
                "description": "Antal fynd efter nivå: fel, varning och råd.",
            },
            "uppfyllt": listing(
                record(
                    {
                        "profil": text("Profilen."),
                        "avsnitt": text("Avsnittet; tomt för det som inte hör till något."),
                        "uppfyllda": count("Så många av punkterna är uppfyllda."),
                        "punkter": count("Så många punkter har profilen för avsnittet."),
                    }
                ),
                "Hur avtalet uppfyller varje profil, avsnitt för avsnitt.",
            ),
            "saknas": listing(
                record(
                    {
                        "kod": text("Punktens kod."),
                        "titel": text("Vad som ska finnas."),
                        "avsnitt": text("Avsnittet där det hör hemma."),
                        "profil": text("Profilen som kräver det."),
                    }
                ),
                "De punkter som inte är uppfyllda.",
            ),
            "register": {"anyOf": [_ref("register"), {"type": "null"}]},
        }
    )


def _file() -> dict[str, Any]:
    return record(
        {
            "slag": text("Slaget av dokument, till exempel docx."),
            "namn": text("Filens namn i mappen för dokumenten."),
            "läge": {"enum": [one.value for one in OutcomeState], "description": "Vad som hände med filen."},
            "sha256": text("Kontrollsumman av filens innehåll; tom när filen inte blev skriven."),
        }
    )


def _register() -> dict[str, Any]:
    properties = row_properties()
    return record({key: properties[key] for key in OWN_KEYS})


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
