"""The register as JSON with Swedish keys, and its JSON Schema for the programs that read it."""

from __future__ import annotations

from typing import Any

import attrs

from iopdocs.errors import Problem
from iopdocs.files.fingerprints import is_marked_json, marked_json
from iopdocs.json_objects import JsonKey, JsonObject, json_key
from iopdocs.register.extensions import by_year
from iopdocs.register.rows import Register, RegisterRow, RegisterYearSum, SupportPayment, Watch
from iopdocs.register.summary import Summary, SummaryCount, SummaryTable, summary

_KIND = "register"
MARK = {"märke": {"type": "string", "description": "Visar om filen har ändrats sedan den skrevs; då ersätts den inte."}}
"""The schema of the key that :func:`iopdocs.files.fingerprints.marked_json` writes."""


def format_key(number: int, help: str) -> JsonKey:
    """Return the key that says which *number* the format has."""
    return json_key("format", help, lambda _record: number, int, const=number)


def _place_name(problem: Problem) -> str:
    return problem.position.name if problem.position else ""


PROBLEM = JsonObject(
    Problem,
    (
        json_key("meddelande", "Vad som är fel.", "message"),
        json_key("råd", "Vad som skulle vara rätt.", "hint"),
        json_key("fil", "Filen.", "file"),
        json_key("väg", "Vägen i data, till exempel parter[2].namn.", "path"),
        json_key("plats", "Platsens namn, till exempel Resurser!E14; tomt när den inte har något.", _place_name),
        json_key("rad", "Raden i filen.", "position.line", minimum=1),
        json_key("kolumn", "Kolumnen på raden.", "position.column", minimum=1),
    ),
    name="problem",
)
"""What the JSON says of a problem: what is wrong, where, and what would be right."""

_NUMBER = JsonObject(
    tuple,
    (
        json_key("part", "Parten.", lambda pair: pair[0], str),
        json_key("nummer", "Numret.", lambda pair: pair[1], str),
    ),
)
_SUM = JsonObject(
    RegisterYearSum,
    (
        json_key("part", "Parten.", "party"),
        json_key("år", "Året; null för varje år.", "year"),
        json_key("pengar", "Kontanta medel.", "cash"),
        json_key("uppskattat_värde", "Värdet av annat än pengar.", "value"),
    ),
)
_PAYMENT = JsonObject(
    SupportPayment,
    (
        json_key("betalare", "Den som betalar.", "payer"),
        json_key("mottagare", "Den som tar emot.", "payee"),
        json_key("år", "Året.", "year"),
        json_key("belopp", "Beloppet.", "amount"),
    ),
)
ROW = JsonObject(
    RegisterRow,
    (
        json_key("avtal", "Avtalets namn i registret.", "id"),
        json_key("titel", "Avtalets titel.", "title"),
        json_key("status", "Avtalets status.", "status"),
        json_key("pågår", "Avtalet gäller på registrets dag.", "active"),
        json_key("diarienummer", "Diarienumren.", "case_numbers"),
        json_key("offentliga_parter", "De offentliga parternas namn.", "public"),
        json_key("idéburna_parter", "De idéburna parternas namn.", "civil"),
        json_key("andra_parter", "Övriga parters namn.", "others"),
        json_key("slag_av_offentliga_parter", "De offentliga parternas slag, i samma ordning.", "public_kinds"),
        json_key("organisationsnummer", "De nummer som anges.", "organisation_numbers", tuple[Any, ...], of=_NUMBER),
        json_key("syfte", "Syftet.", "purpose"),
        json_key("start", "Första dagen.", "start"),
        json_key("slut", "Sista dagen.", "end"),
        json_key("tills_vidare", "Avtalet gäller tills vidare.", "until_further_notice"),
        json_key("månader", "Hela tiden i hela månader.", "months"),
        json_key("förlängningar", "Så många gånger avtalet har förlängts.", "extensions"),
        json_key("ingående_avtal", "Avtalen som raden består av, i tidsordning.", "ids"),
        json_key("förlängs_automatiskt", "Avtalet förlängs om det inte sägs upp.", "renews"),
        json_key("upphörde_i_förtid", "Avtalet upphörde i förtid.", "ended_early"),
        json_key("målgrupper", "Målgruppernas åldrar.", "bands"),
        json_key("huvudområde", "Huvudområdet.", "area"),
        json_key("fler_områden", "Områden utöver huvudområdet.", "further_areas"),
        json_key(
            "sista_dag_för_uppsägning", "Sista dagen att säga upp avtalet så att det upphör med avtalstiden.",
            "notice_last",
        ),
        json_key("sista_dag_för_förhandling", "Sista dagen att börja förhandla om förlängning.", "negotiate_last"),
        json_key("nästa_uppföljning", "Nästa uppföljning med en känd dag.", "follow_up"),
        json_key("uppföljning_i_ord", "När uppföljningen är, som avtalet säger det.", "follow_up_text"),
        json_key("resurser", "Vad varje part bidrar med, i kronor.", "sums", of=_SUM),
        json_key(
            "utbetalningar", "Vad som betalas enligt avtalet, i kronor; utan slutdag till två år efter registrets dag.",
            "paid", of=_PAYMENT,
        ),
        json_key(
            "utbetalningar_utan_känt_belopp_till", "Mottagare av belopp som inte går att räkna i förväg.",
            "unknown_paid",
        ),
        json_key("dokumentet_är_ändrat", "Ett dokument som någon har ändrat sedan iopdocs gjorde det.", "edited"),
        json_key("fil", "Filen, eller filerna, som avtalet lästes ur.", "file"),
    ),
    name="register",
)  # fmt: skip
"""What the JSON says of a row as it is."""

_ROW_BY_YEAR = attrs.evolve(
    ROW, name="", keys=tuple(attrs.evolve(key, source=by_year) if key.source == "sums" else key for key in ROW.keys)
)
_WATCH = JsonObject(
    Watch,
    (
        json_key("vad", "Vad det gäller.", "kind"),
        json_key("dag", "Dagen, där det finns en.", "day"),
        json_key("avtal", "Avtalens namn i registret.", "agreements"),
        json_key("beskrivning", "Vad som är fallet.", "text"),
        json_key("gör", "Vad som kan göras.", "advice"),
    ),
)
_COUNT = JsonObject(
    SummaryCount,
    (
        json_key("namn", "Vad som räknas.", "label"),
        json_key("antal", "Alla.", "total"),
        json_key("pågår", "De som pågår.", "active"),
    ),
)
_TABLE = JsonObject(
    SummaryTable,
    (
        json_key("namn", "Tabellens namn för program.", "key"),
        json_key("rubrik", "Tabellens rubrik.", "heading"),
        json_key("rader", "Raderna.", "counts", of=_COUNT),
    ),
)
SUMMARY = JsonObject(
    Summary,
    (
        format_key(1, "Sammanställningens format."),
        json_key("dag", "Dagen som det räknas från.", "day"),
        json_key("antal", "Alla partnerskap.", "total"),
        json_key("pågår", "De som pågår.", "active"),
        json_key("utkast", "De som är utkast eller saknar status.", "drafts"),
        json_key("tabeller", "Antal per huvudområde, målgrupp, avtalstid med mera.", "tables", of=_TABLE),
    ),
)
"""What the JSON says of the counts of a register, also by itself (``--summary``)."""

REGISTER = JsonObject(
    Register,
    (
        format_key(1, "Registrets format."),
        json_key("dag", "Dagen som registret räknar från.", "day"),
        json_key("källor", "Källorna, som de angavs.", "sources"),
        json_key("avtal", "Ett partnerskap per rad; ett förlängt avtal är ett.", "rows", of=_ROW_BY_YEAR),
        json_key("bevaka", "Vad som behöver ses över.", "watch", of=_WATCH),
        json_key("problem", "Det som inte gick att läsa.", "problems", of=PROBLEM),
        json_key(
            "sammanställning", "Antal partnerskap av olika slag; detsamma som --summary ger.", summary, of=SUMMARY
        ),
    ),
    title="Register över IOP",
    help="Det som ”iopdocs register -o register.json” skriver.",
)
"""What the JSON says of a register."""


def register_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a register in JSON."""
    return REGISTER.document_schema(before=MARK)


def write_json(register: Register) -> bytes:
    """Return *register* as JSON in UTF-8; ``märke`` tells whether somebody has edited it."""
    return marked_json(REGISTER.data(register), _KIND)


def is_untouched(data: bytes) -> bool:
    """Tell whether *data* is a register that :func:`write_json` made and that nobody has edited since."""
    return is_marked_json(data, _KIND)
