"""JSON Schema of what ``iopdocs lint --format json`` writes, for the programs that read it."""

from __future__ import annotations

from typing import Any

from iopdocs.findings import Level


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a json report: ``{"format": 1, "rapporter": […]}``.

    Keys may be added within format 1; none is taken away, and none changes its meaning. A program should leave those
    it does not know in peace, and the schema lets them through.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Granskningsrapport",
        "description": "Det som ”iopdocs lint --format json” skriver.",
        **_record(
            {
                "format": {"const": 1, "description": "Rapportens format."},
                "rapporter": _list(
                    {"anyOf": [{"$ref": "#/$defs/rapport"}, {"$ref": "#/$defs/oläst"}]},
                    "En rapport för varje fil, i den ordning de granskades.",
                ),
            },
            {
                "i_baslinjen": {
                    "type": "integer",
                    "minimum": 0,
                    "description": "Så många fynd som finns i baslinjen och därför inte är med.",
                },
                "inaktuellt_i_baslinjen": _list(
                    {"$ref": "#/$defs/inaktuellt"}, "Fynd i baslinjen som inte längre finns i avtalen."
                ),
            },
        ),
        "$defs": {
            "rapport": _report(),
            "oläst": _unread(),
            "inaktuellt": _record(
                {"fil": _text("Filen."), "kod": _code(), "fingeravtryck": _text("Fyndets namn i baslinjen.")}
            ),
            "profil": _tally(),
            "fynd": _record(_finding()),
            "undantaget_fynd": _record(
                {**_finding(), "skäl": _text("Det skäl som avtalet anger för att regeln inte ska gälla.")}
            ),
        },
    }


def _report() -> dict[str, Any]:
    about = {"title": "Rapport", "description": "Vad granskningen säger om ett avtal."}
    return about | _record(
        {
            "fil": _text("Avtalets fil, som den angavs; tom när avtalet inte kommer från någon fil."),
            "profiler": _list({"$ref": "#/$defs/profil"}, "Hur avtalet uppfyller varje profil."),
            "fynd": _list({"$ref": "#/$defs/fynd"}, "Det som saknas eller inte går ihop, i filens ordning."),
            "undantag": _list({"$ref": "#/$defs/undantaget_fynd"}, "Fynd som avtalet självt undantar."),
        }
    )


def _unread() -> dict[str, Any]:
    about = {"title": "Oläst fil", "description": "En fil som inte gick att granska."}
    return about | _record({"fil": _text("Filen."), "gick_inte_att_läsa": _text("Varför: ett meddelande per rad.")})


def _tally() -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0}
    return {"title": "Profil"} | _record(
        {
            "profil": _text("Profilens namn."),
            "uppfyllda": count | {"description": "Så många av punkterna är uppfyllda."},
            "punkter": count | {"description": "Så många punkter har profilen."},
        }
    )


def _finding() -> dict[str, Any]:
    place = {"type": ["integer", "null"], "minimum": 1}
    words = {"type": "string"}
    return {
        "kod": _code(),
        "namn": _text("Regelns eller punktens namn."),
        "nivå": {"enum": [level.value for level in Level], "description": "Hur allvarligt det är."},
        "väg": _text("Var i data: nycklarna skilda av punkt, listor räknade från 1. Tom: avtalet som helhet."),
        "meddelande": _text("Vad som är fel här. Kan citera avtalet."),
        "råd": _text("Vad som skulle vara rätt. Kan citera avtalet."),
        "källor": _list(words, "Källorna: dokument och rubrik."),
        "avsnitt": _text("Avsnittet i avtalet, som dess textfil heter; kan vara tom."),
        "profiler": _list(words, "De profiler som kräver det; tom för en regel."),
        "fil": _text("Filen där det står: avtalets, eller en text i ett lager."),
        "rad": place | {"description": "Raden, räknad från 1; null när den inte är känd."},
        "kolumn": place | {"description": "Tecknet på raden, räknat från 1."},
        "slutrad": place | {"description": "Raden där det slutar."},
        "slutkolumn": place | {"description": "Tecknet efter det sista."},
        "citat": _text("Meningen som det gäller, ordagrant ur avtalet; kan vara tom."),
        "fingeravtryck": _text("Namn på fyndet som är detsamma från gång till gång."),
    }


def _code() -> dict[str, Any]:
    return _text("Regelns eller punktens kod, densamma i alla versioner.") | {"pattern": "^[A-Z][0-9]{3}$"}


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _list(items: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "items": items, "description": description}


def _record(properties: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "properties": {**properties, **(optional or {})}, "required": list(properties)}
