"""JSON Schema of what ``iopdocs register -o register.json`` writes, for the programs that read it."""

from __future__ import annotations

from typing import Any

from iopdocs.files.schema_parts import count, day, listing, problem, record, text, yes
from iopdocs.register.json_writer import FORMAT
from iopdocs.register.rows import WatchKind


def register_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a register in JSON; ``sammanställning`` is what ``--summary`` gives.

    Keys may be added within format 1; none is taken away, and none changes its meaning. A program should leave those
    it does not know in peace, and the schema lets them through.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Register över IOP",
        "description": "Det som ”iopdocs register -o register.json” skriver.",
        **record(
            {
                "märke": text("Visar om filen har ändrats sedan den skrevs; då ersätts den inte."),
                "format": {"const": FORMAT, "description": "Registrets format."},
                "dag": day("Dagen som registret räknar från."),
                "källor": listing({"type": "string"}, "Källorna, som de angavs."),
                "avtal": listing(record(row_properties()), "Ett partnerskap per rad; ett förlängt avtal är ett."),
                "bevaka": listing(_watch(), "Vad som behöver ses över."),
                "problem": listing(problem(), "Det som inte gick att läsa."),
                "sammanställning": _summary(),
            }
        ),
    }


def row_properties() -> dict[str, Any]:
    """Return the schema of each key of a row."""
    names: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
    amount = {"type": "number", "minimum": 0}
    year = {"type": ["integer", "null"], "description": "Året; null för varje år."}
    return {
        "avtal": text("Avtalets namn i registret."),
        "titel": text("Avtalets titel."),
        "status": text("Avtalets status."),
        "pågår": yes("Avtalet gäller på registrets dag."),
        "diarienummer": names,
        "offentliga_parter": names,
        "idéburna_parter": names,
        "andra_parter": names,
        "slag_av_offentliga_parter": names,
        "organisationsnummer": listing(
            record({"part": text("Parten."), "nummer": text("Numret.")}), "De nummer som anges."
        ),
        "syfte": text("Syftet."),
        "start": day("Första dagen."),
        "slut": day("Sista dagen."),
        "tills_vidare": yes("Avtalet gäller tills vidare."),
        "månader": {"type": ["integer", "null"], "minimum": 0, "description": "Hela tiden i hela månader."},
        "förlängningar": count("Så många gånger avtalet har förlängts."),
        "ingående_avtal": names | {"description": "Avtalen som raden består av, i tidsordning."},
        "förlängs_automatiskt": yes("Avtalet förlängs om det inte sägs upp."),
        "upphörde_i_förtid": yes("Avtalet upphörde i förtid."),
        "målgrupper": names,
        "huvudområde": text("Huvudområdet."),
        "fler_områden": names,
        "sista_dag_för_uppsägning": day("Sista dagen att säga upp avtalet så att det upphör med avtalstiden."),
        "sista_dag_för_förhandling": day("Sista dagen att börja förhandla om förlängning."),
        "nästa_uppföljning": day("Nästa uppföljning med en känd dag."),
        "uppföljning_i_ord": text("När uppföljningen är, som avtalet säger det."),
        "resurser": listing(
            record({"part": text("Parten."), "år": year, "pengar": amount, "uppskattat_värde": amount}),
            "Vad varje part bidrar med, i kronor.",
        ),
        "utbetalningar": listing(
            record(
                {
                    "betalare": text("Den som betalar."),
                    "mottagare": text("Den som tar emot."),
                    "år": {"type": "integer"},
                    "belopp": amount,
                }
            ),
            "Vad som betalas enligt avtalet, i kronor; utan slutdag till två år efter registrets dag.",
        ),
        "utbetalningar_utan_känt_belopp_till": names
        | {"description": "Mottagare av belopp som inte går att räkna i förväg."},
        "dokumentet_är_ändrat": yes("Ett dokument som någon har ändrat sedan iopdocs gjorde det."),
        "fil": text("Filen, eller filerna, som avtalet lästes ur."),
    }


def _watch() -> dict[str, Any]:
    return record(
        {
            "vad": {"enum": [kind.value for kind in WatchKind], "description": "Vad det gäller."},
            "dag": day("Dagen, där det finns en."),
            "avtal": listing({"type": "string"}, "Avtalens namn i registret."),
            "beskrivning": text("Vad som är fallet."),
            "gör": text("Vad som kan göras."),
        }
    )


def _summary() -> dict[str, Any]:
    counts = {"namn": text("Vad som räknas."), "antal": count("Alla."), "pågår": count("De som pågår.")}
    return record(
        {
            "format": {"const": FORMAT},
            "dag": day("Dagen som det räknas från."),
            "antal": count("Alla partnerskap."),
            "pågår": count("De som pågår."),
            "utkast": count("De som är utkast eller saknar status."),
            "tabeller": listing(
                record(
                    {
                        "namn": text("Tabellens namn för program."),
                        "rubrik": text("Tabellens rubrik."),
                        "rader": listing(record(counts), "Raderna."),
                    }
                ),
                "Antal per huvudområde, målgrupp, avtalstid med mera.",
            ),
        }
    )
