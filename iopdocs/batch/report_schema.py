"""JSON Schema of what ``iopdocs batch --report rapport.json`` writes, for the programs that read it."""

from __future__ import annotations

from typing import Any

from iopdocs.batch.outcome import State
from iopdocs.batch.report_data import FORMAT
from iopdocs.batch.report_words import Standing
from iopdocs.files.schema_parts import count, day, listing, problem, record, text, yes
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
    names = {"type": "array", "items": {"type": "string"}}
    return record(
        {
            "titel": text(_("Avtalets titel.")),
            "status": text(_("Avtalets status.")),
            "pågår": yes(_("Avtalet gäller på rapportens dag.")),
            "diarienummer": names,
            "offentliga_parter": names,
            "idéburna_parter": names,
            "andra_parter": names,
            "slag_av_offentliga_parter": names,
            "organisationsnummer": listing(
                record({"part": text(_("Parten.")), "nummer": text(_("Partens organisationsnummer."))}),
                _("De organisationsnummer som anges."),
            ),
            "syfte": text(_("Syftet.")),
            "start": day(_("Första dagen.")),
            "slut": day(_("Sista dagen.")),
            "tills_vidare": yes(_("Avtalet gäller tills vidare.")),
            "förlängs_utan_uppsägning": yes(_("Avtalet förlängs om ingen säger upp det.")),
            "månader": {"type": ["integer", "null"], "description": _("Avtalstiden i hela månader.")},
            "upphörde_i_förtid": yes(_("Avtalet upphörde i förtid.")),
            "målgrupper": names,
            "huvudområde": text(_("Huvudområdet.")),
            "fler_områden": names,
            "sista_dag_för_uppsägning": day(_("Sista dagen att säga upp avtalet så att det upphör när det löper ut.")),
            "sista_dag_för_förhandling": day(_("Sista dagen att börja förhandla om en förlängning.")),
            "nästa_uppföljning": day(_("Nästa uppföljning med en känd dag.")),
            "uppföljning_i_ord": text(_("När uppföljningen är, som avtalet säger det.")),
            "resurser": listing(
                record(
                    {
                        "part": text(_("Parten.")),
                        "år": {"type": ["integer", "null"], "description": _("Året; null för varje år.")},
                        "pengar": {"type": "number", "description": _("Pengar, i kronor.")},
                        "uppskattat_värde": {"type": "number", "description": _("Värdet av det andra, i kronor.")},
                    }
                ),
                _("Vad varje part bidrar med."),
            ),
            "utbetalningar": listing(
                record(
                    {
                        "betalare": text(_("Den som betalar.")),
                        "mottagare": text(_("Den som tar emot.")),
                        "år": {"type": "integer", "description": _("Året.")},
                        "belopp": {"type": "number", "description": _("Beloppet, i kronor.")},
                    }
                ),
                _("Vad som betalas enligt avtalet."),
            ),
            "utbetalningar_utan_känt_belopp_till": names,
            "fil": text(_("Filen som avtalet lästes ur.")),
            "filen_är_ändrad": yes(_("Filen är ett dokument som någon har ändrat sedan iopdocs skrev det.")),
        }
    )


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
