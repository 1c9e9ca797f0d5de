"""JSON Schema of what ``iopdocs batch --report rapport.json`` writes, for the programs that read it."""

from __future__ import annotations

from typing import Any

from iopdocs.batch.outcome import State
from iopdocs.batch.report_data import FORMAT
from iopdocs.batch.report_words import Standing
from iopdocs.files.schema_parts import count, day, listing, problem, record, text, yes
from iopdocs.messages import _
from iopdocs.register.data import OWN_KEYS
from iopdocs.register.schema import row_properties


def batch_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the json report of a batch.

    Keys may be added within format 1; none is taken away, and none changes its meaning. A program should leave those
    it does not know in peace, and the schema lets them through.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _("Batchrapport"),
        "description": _("Det som ”iopdocs batch --report rapport.json” skriver."),
        **record(
            {
                "format": {"const": FORMAT, "description": _("Rapportens format.")},
                "märke": text(_("Visar om filen har ändrats sedan den skrevs; då ersätts den inte.")),
                "källa": text(_("Källan, som den angavs.")),
                "dag": day(_("Dagen som rapporten räknar från.")),
                "avbrutet": yes(_("Körningen avbröts, och alla avtal är inte med.")),
                "gamla_namn": listing(
                    {"type": "string"}, _("Filer i mappen vars avtal har fått ett annat namn sedan de gjordes.")
                ),
                "profiler": listing({"type": "string"}, _("De profiler som avtalen har granskats mot.")),
                "rubriker": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "description": _("Rubriken för varje avsnitt, i dokumentets ordning."),
                },
                "antal": record(
                    {
                        "avtal": count(_("Så många avtal är med.")),
                        "misslyckade_avtal": count(_("Så många av dem räknas som misslyckade.")),
                        "fel_utan_avtal": count(
                            _("Så mycket i källan hör inte till något avtal och är inte med; det står under problem.")
                        ),
                    }
                ),
                "problem": listing(_ref("problem"), _("Problem som inte hör till ett enda avtal.")),
                "avtal": listing(_ref("avtal"), _("Avtalen, i källans ordning.")),
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
            "id": text(_("Avtalets namn i källan.")),
            "plats": text(_("Var i källan avtalet står.")),
            "titel": text(_("Avtalets titel.")),
            "läge": {"enum": [one.value for one in Standing], "description": _("Hur det står till med avtalet.")},
            "misslyckat": yes(_("Avtalet räknas som misslyckat: det har problem, eller fynd på den valda nivån.")),
            "filer": listing(_ref("fil"), _("Dokumenten.")),
            "problem": listing(_ref("problem"), _("Varför något inte gick att göra.")),
            "fynd": {
                "type": "object",
                "additionalProperties": count(_("Så många fynd på nivån.")),
                "description": _("Antal fynd efter nivå: fel, varning och råd."),
            },
            "uppfyllt": listing(
                record(
                    {
                        "profil": text(_("Profilen.")),
                        "avsnitt": text(_("Avsnittet; tomt för det som inte hör till något.")),
                        "uppfyllda": count(_("Så många av punkterna är uppfyllda.")),
                        "punkter": count(_("Så många punkter har profilen för avsnittet.")),
                    }
                ),
                _("Hur avtalet uppfyller varje profil, avsnitt för avsnitt."),
            ),
            "saknas": listing(
                record(
                    {
                        "kod": text(_("Punktens kod.")),
                        "titel": text(_("Vad som ska finnas.")),
                        "avsnitt": text(_("Avsnittet där det hör hemma.")),
                        "profil": text(_("Profilen som kräver det.")),
                    }
                ),
                _("De punkter som inte är uppfyllda."),
            ),
            "register": {"anyOf": [_ref("register"), {"type": "null"}]},
        }
    )


def _file() -> dict[str, Any]:
    return record(
        {
            "slag": text(_("Slaget av dokument, till exempel docx.")),
            "namn": text(_("Filens namn i mappen för dokumenten.")),
            "läge": {"enum": [one.value for one in State], "description": _("Vad som hände med filen.")},
            "sha256": text(_("Kontrollsumman av filens innehåll; tom när filen inte blev skriven.")),
        }
    )


def _register() -> dict[str, Any]:
    properties = row_properties()
    return record({key: properties[key] for key in OWN_KEYS})


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
