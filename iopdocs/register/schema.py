"""JSON Schema of what ``iopdocs register -o register.json`` writes, for the programs that read it."""

from __future__ import annotations

from typing import Any

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
        **_record(
            {
                "märke": _text(_("Visar om filen har ändrats sedan den skrevs; då ersätts den inte.")),
                "format": {"const": FORMAT, "description": _("Registrets format.")},
                "dag": _day(_("Dagen som registret räknar från.")),
                "källor": _list({"type": "string"}, _("Källorna, som de angavs.")),
                "avtal": _list(_row(), _("Ett partnerskap per rad; ett förlängt avtal är ett.")),
                "bevaka": _list(_watch(), _("Vad som behöver ses över.")),
                "problem": _list(_problem(), _("Det som inte gick att läsa.")),
                "sammanställning": _summary(),
            }
        ),
    }


def _row() -> dict[str, Any]:
    names: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
    amount = {"type": "number", "minimum": 0}
    year = {"type": ["integer", "null"], "description": _("Året; null för varje år.")}
    return _record(
        {
            "avtal": _text(_("Avtalets namn i registret.")),
            "titel": _text(_("Avtalets titel.")),
            "status": _text(_("Avtalets status.")),
            "pågår": _yes(_("Avtalet gäller på registrets dag.")),
            "diarienummer": names,
            "offentliga_parter": names,
            "idéburna_parter": names,
            "andra_parter": names,
            "organisationsnummer": _list(
                _record({"part": _text(_("Parten.")), "nummer": _text(_("Numret."))}), _("De nummer som anges.")
            ),
            "syfte": _text(_("Syftet.")),
            "start": _day(_("Första dagen.")),
            "slut": _day(_("Sista dagen.")),
            "tills_vidare": _yes(_("Avtalet gäller tills vidare.")),
            "månader": {"type": ["integer", "null"], "minimum": 0, "description": _("Hela tiden i hela månader.")},
            "förlängningar": _count(_("Så många gånger avtalet har förlängts.")),
            "ingående_avtal": names | {"description": _("Avtalen som raden består av, i tidsordning.")},
            "förlängs_automatiskt": _yes(_("Avtalet förlängs om det inte sägs upp.")),
            "upphörde_i_förtid": _yes(_("Avtalet upphörde i förtid.")),
            "målgrupper": names,
            "huvudområde": _text(_("Huvudområdet.")),
            "fler_områden": names,
            "sista_dag_för_uppsägning": _day(_("Sista dagen att säga upp avtalet så att det upphör med avtalstiden.")),
            "sista_dag_för_förhandling": _day(_("Sista dagen att börja förhandla om förlängning.")),
            "nästa_uppföljning": _day(_("Nästa uppföljning med en känd dag.")),
            "uppföljning_i_ord": _text(_("När uppföljningen är, som avtalet säger det.")),
            "resurser": _list(
                _record({"part": _text(_("Parten.")), "år": year, "pengar": amount, "uppskattat_värde": amount}),
                _("Vad varje part bidrar med, i kronor."),
            ),
            "utbetalningar": _list(
                _record(
                    {
                        "betalare": _text(_("Den som betalar.")),
                        "mottagare": _text(_("Den som tar emot.")),
                        "år": {"type": "integer"},
                        "belopp": amount,
                    }
                ),
                _("Vad som betalas enligt avtalet, i kronor; utan slutdag till två år efter registrets dag."),
            ),
            "går_inte_att_räkna": names | {"description": _("Mottagare av belopp som inte går att räkna i förväg.")},
            "dokumentet_är_ändrat": _yes(_("Ett dokument som någon har ändrat sedan iopdocs gjorde det.")),
            "fil": _text(_("Filen, eller filerna, som avtalet lästes ur.")),
        }
    )


def _watch() -> dict[str, Any]:
    return _record(
        {
            "vad": {"enum": [kind.value for kind in WatchKind], "description": _("Vad det gäller.")},
            "dag": _day(_("Dagen, där det finns en.")),
            "avtal": _list({"type": "string"}, _("Avtalens namn i registret.")),
            "beskrivning": _text(_("Vad som är fallet.")),
            "gör": _text(_("Vad som kan göras.")),
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


def _summary() -> dict[str, Any]:
    counts = {"namn": _text(_("Vad som räknas.")), "antal": _count(_("Alla.")), "pågår": _count(_("De som pågår."))}
    return _record(
        {
            "format": {"const": FORMAT},
            "dag": _day(_("Dagen som det räknas från.")),
            "antal": _count(_("Alla partnerskap.")),
            "pågår": _count(_("De som pågår.")),
            "utkast": _count(_("De som är utkast eller saknar status.")),
            "tabeller": _list(
                _record(
                    {
                        "namn": _text(_("Tabellens namn för program.")),
                        "rubrik": _text(_("Tabellens rubrik.")),
                        "rader": _list(_record(counts), _("Raderna.")),
                    }
                ),
                _("Antal per huvudområde, målgrupp, avtalstid med mera."),
            ),
        }
    )


def _record(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


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
