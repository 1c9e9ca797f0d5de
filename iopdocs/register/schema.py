"""JSON Schema of what ``iopdocs register -o register.json`` writes, for the programs that read it."""

from __future__ import annotations

from typing import Any

from iopdocs.files.schema_parts import count, day, listing, problem, record, text, yes
from iopdocs.messages import _
from iopdocs.register.data import FORMAT
from iopdocs.register.rows import WatchKind


def register_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a register in JSON; ``sammanställning`` is what ``--summary`` gives.

    Keys may be added within format 1; none is taken away, and none changes its meaning. A program should leave those
    it does not know in peace, and the schema lets them through.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _("Register över IOP"),
        "description": _("Det som ”iopdocs register -o register.json” skriver."),
        **record(
            {
                "märke": text(_("Visar om filen har ändrats sedan den skrevs; då ersätts den inte.")),
                "format": {"const": FORMAT, "description": _("Registrets format.")},
                "dag": day(_("Dagen som registret räknar från.")),
                "källor": listing({"type": "string"}, _("Källorna, som de angavs.")),
                "avtal": listing(record(row_properties()), _("Ett partnerskap per rad; ett förlängt avtal är ett.")),
                "bevaka": listing(_watch(), _("Vad som behöver ses över.")),
                "problem": listing(problem(), _("Det som inte gick att läsa.")),
                "sammanställning": _summary(),
            }
        ),
    }


def row_properties() -> dict[str, Any]:
    """Return the schema of each key of a row."""
    names: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
    amount = {"type": "number", "minimum": 0}
    year = {"type": ["integer", "null"], "description": _("Året; null för varje år.")}
    return {
        "avtal": text(_("Avtalets namn i registret.")),
        "titel": text(_("Avtalets titel.")),
        "status": text(_("Avtalets status.")),
        "pågår": yes(_("Avtalet gäller på registrets dag.")),
        "diarienummer": names,
        "offentliga_parter": names,
        "idéburna_parter": names,
        "andra_parter": names,
        "slag_av_offentliga_parter": names,
        "organisationsnummer": listing(
            record({"part": text(_("Parten.")), "nummer": text(_("Numret."))}), _("De nummer som anges.")
        ),
        "syfte": text(_("Syftet.")),
        "start": day(_("Första dagen.")),
        "slut": day(_("Sista dagen.")),
        "tills_vidare": yes(_("Avtalet gäller tills vidare.")),
        "månader": {"type": ["integer", "null"], "minimum": 0, "description": _("Hela tiden i hela månader.")},
        "förlängningar": count(_("Så många gånger avtalet har förlängts.")),
        "ingående_avtal": names | {"description": _("Avtalen som raden består av, i tidsordning.")},
        "förlängs_automatiskt": yes(_("Avtalet förlängs om det inte sägs upp.")),
        "upphörde_i_förtid": yes(_("Avtalet upphörde i förtid.")),
        "målgrupper": names,
        "huvudområde": text(_("Huvudområdet.")),
        "fler_områden": names,
        "sista_dag_för_uppsägning": day(_("Sista dagen att säga upp avtalet så att det upphör med avtalstiden.")),
        "sista_dag_för_förhandling": day(_("Sista dagen att börja förhandla om förlängning.")),
        "nästa_uppföljning": day(_("Nästa uppföljning med en känd dag.")),
        "uppföljning_i_ord": text(_("När uppföljningen är, som avtalet säger det.")),
        "resurser": listing(
            record({"part": text(_("Parten.")), "år": year, "pengar": amount, "uppskattat_värde": amount}),
            _("Vad varje part bidrar med, i kronor."),
        ),
        "utbetalningar": listing(
            record(
                {
                    "betalare": text(_("Den som betalar.")),
                    "mottagare": text(_("Den som tar emot.")),
                    "år": {"type": "integer"},
                    "belopp": amount,
                }
            ),
            _("Vad som betalas enligt avtalet, i kronor; utan slutdag till två år efter registrets dag."),
        ),
        "utbetalningar_utan_känt_belopp_till": names
        | {"description": _("Mottagare av belopp som inte går att räkna i förväg.")},
        "dokumentet_är_ändrat": yes(_("Ett dokument som någon har ändrat sedan iopdocs gjorde det.")),
        "fil": text(_("Filen, eller filerna, som avtalet lästes ur.")),
    }


def _watch() -> dict[str, Any]:
    return record(
        {
            "vad": {"enum": [kind.value for kind in WatchKind], "description": _("Vad det gäller.")},
            "dag": day(_("Dagen, där det finns en.")),
            "avtal": listing({"type": "string"}, _("Avtalens namn i registret.")),
            "beskrivning": text(_("Vad som är fallet.")),
            "gör": text(_("Vad som kan göras.")),
        }
    )


def _summary() -> dict[str, Any]:
    counts = {"namn": text(_("Vad som räknas.")), "antal": count(_("Alla.")), "pågår": count(_("De som pågår."))}
    return record(
        {
            "format": {"const": FORMAT},
            "dag": day(_("Dagen som det räknas från.")),
            "antal": count(_("Alla partnerskap.")),
            "pågår": count(_("De som pågår.")),
            "utkast": count(_("De som är utkast eller saknar status.")),
            "tabeller": listing(
                record(
                    {
                        "namn": text(_("Tabellens namn för program.")),
                        "rubrik": text(_("Tabellens rubrik.")),
                        "rader": listing(record(counts), _("Raderna.")),
                    }
                ),
                _("Antal per huvudområde, målgrupp, avtalstid med mera."),
            ),
        }
    )
