"""JSON Schema of what ``iopdocs batch --report rapport.json`` writes, for the programs that read it."""

from __future__ import annotations

from typing import Any

from iopdocs.batch.outcome import State
from iopdocs.batch.report_data import FORMAT
from iopdocs.batch.report_words import Standing
from iopdocs.messages import _


def batch_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the json report of a batch.

    Keys may be added within format 1; none is taken away, and none changes its meaning. A program should leave those
    it does not know in peace, and the schema lets them through.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _("Batchrapport"),
        "description": _("Det som ”iopdocs batch --report rapport.json” skriver."),
        **_record(
            {
                "format": {"const": FORMAT, "description": _("Rapportens format.")},
                "märke": _text(_("Visar om filen har ändrats sedan den skrevs; då ersätts den inte.")),
                "källa": _text(_("Källan, som den angavs.")),
                "dag": _day(_("Dagen som rapporten räknar från.")),
                "avbrutet": _yes(_("Körningen avbröts, och alla avtal är inte med.")),
                "profiler": _list({"type": "string"}, _("De profiler som avtalen har granskats mot.")),
                "rubriker": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "description": _("Rubriken för varje avsnitt, i dokumentets ordning."),
                },
                "problem": _list(_ref("problem"), _("Problem som inte hör till ett enda avtal.")),
                "avtal": _list(_ref("avtal"), _("Avtalen, i källans ordning.")),
            }
        ),
        "$defs": {
            "avtal": _agreement(),
            "problem": _problem(),
            "fil": _file(),
            "register": _register(),
        },
    }


def _agreement() -> dict[str, Any]:
    return _record(
        {
            "id": _text(_("Avtalets namn i källan.")),
            "plats": _text(_("Var i källan avtalet står.")),
            "titel": _text(_("Avtalets titel.")),
            "läge": {"enum": [one.value for one in Standing], "description": _("Hur det står till med avtalet.")},
            "misslyckat": _yes(_("Avtalet räknas som misslyckat: det har problem, eller fynd på den valda nivån.")),
            "filer": _list(_ref("fil"), _("Dokumenten.")),
            "problem": _list(_ref("problem"), _("Varför något inte gick att göra.")),
            "fynd": {
                "type": "object",
                "additionalProperties": _count(_("Så många fynd på nivån.")),
                "description": _("Antal fynd efter nivå: fel, varning och råd."),
            },
            "uppfyllt": _list(
                _record(
                    {
                        "profil": _text(_("Profilen.")),
                        "avsnitt": _text(_("Avsnittet; tomt för det som inte hör till något.")),
                        "uppfyllda": _count(_("Så många av punkterna är uppfyllda.")),
                        "punkter": _count(_("Så många punkter har profilen för avsnittet.")),
                    }
                ),
                _("Hur avtalet uppfyller varje profil, avsnitt för avsnitt."),
            ),
            "saknas": _list(
                _record(
                    {
                        "kod": _text(_("Punktens kod.")),
                        "titel": _text(_("Vad som ska finnas.")),
                        "avsnitt": _text(_("Avsnittet där det hör hemma.")),
                        "profil": _text(_("Profilen som kräver det.")),
                    }
                ),
                _("De punkter som inte är uppfyllda."),
            ),
            "register": {"anyOf": [_ref("register"), {"type": "null"}]},
        }
    )


def _file() -> dict[str, Any]:
    return _record(
        {
            "slag": _text(_("Slaget av dokument, till exempel docx.")),
            "namn": _text(_("Filens namn i mappen för dokumenten.")),
            "läge": {"enum": [one.value for one in State], "description": _("Vad som hände med filen.")},
            "sha256": _text(_("Kontrollsumman av filens innehåll; tom när filen inte blev skriven.")),
        }
    )


def _problem() -> dict[str, Any]:
    line = {"type": ["integer", "null"], "minimum": 1}
    return _record(
        {
            "meddelande": _text(_("Vad som är fel.")),
            "råd": _text(_("Vad som skulle vara rätt.")),
            "fil": _text(_("Filen.")),
            "väg": _text(_("Vägen i data, till exempel parter[2].namn.")),
            "plats": _text(_("Platsens namn, till exempel Resurser!E14; tomt när den inte har något.")),
            "rad": line | {"description": _("Raden i filen.")},
            "kolumn": line | {"description": _("Kolumnen på raden.")},
        }
    )


def _register() -> dict[str, Any]:
    names = {"type": "array", "items": {"type": "string"}}
    return _record(
        {
            "titel": _text(_("Avtalets titel.")),
            "status": _text(_("Avtalets status.")),
            "pågår": _yes(_("Avtalet gäller på rapportens dag.")),
            "diarienummer": names,
            "offentliga_parter": names,
            "idéburna_parter": names,
            "andra_parter": names,
            "slag_av_offentliga_parter": names,
            "organisationsnummer": _list(
                _record({"part": _text(_("Parten.")), "nummer": _text(_("Partens organisationsnummer."))}),
                _("De organisationsnummer som anges."),
            ),
            "syfte": _text(_("Syftet.")),
            "start": _day(_("Första dagen.")),
            "slut": _day(_("Sista dagen.")),
            "tills_vidare": _yes(_("Avtalet gäller tills vidare.")),
            "förlängs_utan_uppsägning": _yes(_("Avtalet förlängs om ingen säger upp det.")),
            "månader": {"type": ["integer", "null"], "description": _("Avtalstiden i hela månader.")},
            "upphörde_i_förtid": _yes(_("Avtalet upphörde i förtid.")),
            "målgrupper": names,
            "huvudområde": _text(_("Huvudområdet.")),
            "fler_områden": names,
            "sista_dag_för_uppsägning": _day(_("Sista dagen att säga upp avtalet så att det upphör när det löper ut.")),
            "sista_dag_för_förhandling": _day(_("Sista dagen att börja förhandla om en förlängning.")),
            "nästa_uppföljning": _day(_("Nästa uppföljning med en känd dag.")),
            "uppföljning_i_ord": _text(_("När uppföljningen är, som avtalet säger det.")),
            "resurser": _list(
                _record(
                    {
                        "part": _text(_("Parten.")),
                        "år": {"type": ["integer", "null"], "description": _("Året; null för varje år.")},
                        "pengar": {"type": "number", "description": _("Pengar, i kronor.")},
                        "uppskattat_värde": {"type": "number", "description": _("Värdet av det andra, i kronor.")},
                    }
                ),
                _("Vad varje part bidrar med."),
            ),
            "utbetalningar": _list(
                _record(
                    {
                        "betalare": _text(_("Den som betalar.")),
                        "mottagare": _text(_("Den som tar emot.")),
                        "år": {"type": "integer", "description": _("Året.")},
                        "belopp": {"type": "number", "description": _("Beloppet, i kronor.")},
                    }
                ),
                _("Vad som betalas enligt avtalet."),
            ),
            "utbetalningar_utan_känt_belopp_till": names,
            "fil": _text(_("Filen som avtalet lästes ur.")),
            "filen_är_ändrad": _yes(_("Filen är ett dokument som någon har ändrat sedan iopdocs skrev det.")),
        }
    )


def _record(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "items": items, "description": description}


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _yes(description: str) -> dict[str, Any]:
    return {"type": "boolean", "description": description}


def _day(description: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "format": "date", "description": description}


def _count(description: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "description": description}
