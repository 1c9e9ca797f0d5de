"""Insatser: the activities of the partnership, described one by one or as a frame that is adjusted over time."""

from __future__ import annotations

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import PartyRef, entry
from iopdocs.values.period import Period


class StatutoryService(SwedishWord):
    """Services that a public body must provide by law. The linter reports an insats of such a kind."""

    CARE_HOME = "särskilt boende för äldre"
    HOME_CARE = "hemtjänst"
    DISABILITY_SERVICE = "insats enligt LSS"
    OTHER = "annan lagstadgad tjänst"


@frozen(kw_only=True)
class Insats:
    """An activity (insats). Volumes and hours are not specified (source: malmo, Insatser)."""

    name: str | None = entry("namn", "Insatsens namn", "Ett kort namn som blir underrubrik.", example="Nattvandring")
    description: str | None = entry(
        "beskrivning",
        "Vad insatsen är",
        "Vad som görs, så tydligt att det inte kan missförstås.",
        sources=("malmo",),
    )
    responsible: tuple[PartyRef, ...] = entry(
        "ansvariga",
        "Ansvariga parter",
        "Den eller de parter som beslutar om och driver insatsen.",
        sources=("famna",),
        many=True,
    )
    place: str | None = entry("plats", "Plats", "Var insatsen bedrivs.", example="Norrby centrum")
    period: Period | None = entry(
        "period", "Period", "När insatsen pågår, om inte hela avtalstiden.", example="2027-01-01–2027-12-31"
    )
    limits: tuple[str, ...] = entry(
        "avgränsningar", "Avgränsningar", "Vad som inte ingår i insatsen.", sources=("malmo",), many=True
    )
    exercise_of_authority: bool | None = entry(
        "myndighetsutövning",
        "Myndighetsutövning",
        "Ja om insatsen innebär beslut om enskildas rättigheter eller skyldigheter. Det får inte lämnas över.",
        sources=("malmo",),
        printed=False,
        example="nej",
    )
    statutory_service: StatutoryService | None = entry(
        "lagstadgad_tjänst",
        "Lagstadgad tjänst",
        "Om insatsen är en tjänst som lagen ålägger det offentliga, till exempel hemtjänst.",
        sources=("famna",),
        printed=False,
        example="hemtjänst",
    )
    appendix: str | None = entry(
        "bilaga", "Bilaga", "Titeln på den bilaga som beskriver insatsen närmare.", sources=("malmo",)
    )


@frozen(kw_only=True)
class InsatsFrame:
    """A frame of activities that the parties adjust as they learn (source: famna, steg 3)."""

    description: str | None = entry(
        "beskrivning",
        "Insatsramen",
        "Vad insatserna ska åstadkomma och inom vilken ram de får variera.",
        sources=("famna",),
    )
    directions: tuple[str, ...] = entry(
        "inriktningar", "Inriktningar", "De slag av insatser som ryms i ramen.", sources=("famna",), many=True
    )
    limits: tuple[str, ...] = entry("avgränsningar", "Avgränsningar", "Vad som inte ryms i ramen.", many=True)
    revision: str | None = entry(
        "revidering",
        "Revidering",
        "Hur och när ramen ses över, till exempel genom en plan för varje år, och vem som beslutar.",
        sources=("famna",),
    )
