"""Goals, strategies and the target group."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import entry
from iopdocs.values.ages import AgeSpan
from iopdocs.values.people import PeopleSpan


class AgeBand(SwedishWord):
    """The age bands of the register (source: famna-rapport, Metod)."""

    YOUNG = "barn och unga vuxna"
    ADULTS = "vuxna"
    ELDERLY = "äldre"
    ALL = "samtliga"


@frozen(kw_only=True)
class SubGoal:
    """A delmål, with an optional indicator and target."""

    goal: str | None = entry("mål", "Delmål", "Vad parterna vill nå.", sources=("famna",))
    indicator: str | None = entry("indikator", "Indikator", "Vad som visar om delmålet är nått.")
    target: str | None = entry("målvärde", "Målvärde", "Det värde som indikatorn ska nå.", example="minst hälften")
    due: date | None = entry("senast", "Senast", "Dagen då delmålet ska vara nått.", example="2028-12-31")


@frozen(kw_only=True)
class TargetGroup:
    """The people the work is for, described clearly enough that no dispute arises (source: malmo, Målgruppen)."""

    description: str | None = entry(
        "beskrivning", "Målgruppen", "Vem verksamheten vänder sig till.", sources=("malmo",), example="Unga i Norrby"
    )
    bands: tuple[AgeBand, ...] = entry(
        "åldrar",
        "Åldersgrupper",
        "Åldersgrupper för registret: barn och unga vuxna (0–25), vuxna (26–65), äldre (över 65) eller samtliga.",
        sources=("famna-rapport",),
        many=True,
        example="[barn och unga vuxna]",
    )
    ages: AgeSpan | None = entry("ålder", "Ålder", "Exakta åldrar, om de spelar roll.", example="13–20 år")
    number: PeopleSpan | None = entry(
        "antal", "Antal", "Uppskattat antal personer, eller ett spann.", example="400", converter=PeopleSpan.of
    )
    excluded: tuple[str, ...] = entry(
        "omfattas_inte",
        "Omfattas inte",
        "Grupper som verksamheten inte vänder sig till.",
        sources=("malmo",),
        many=True,
    )
    participation: str | None = entry(
        "delaktighet",
        "Målgruppens delaktighet",
        "Hur målgruppen är med och utformar och bedömer insatserna.",
        sources=("famna",),
    )


@frozen(kw_only=True)
class Goals:
    """Mål med avtalad verksamhet (sources: malmo, vgr, famna, uddevalla, sou)."""

    purpose: str | None = entry("syfte", "Syfte", "Varför parterna gör detta.", sources=("vgr", "malmo"))
    public_benefit: str | None = entry(
        "allmännyttigt_mål", "Allmännyttigt mål", "Det gemensamma allmännyttiga målet.", sources=("sou",)
    )
    vision: str | None = entry(
        "vision", "Vision", "Det läge som parterna strävar mot på lång sikt.", sources=("famna",)
    )
    overall: str | None = entry(
        "övergripande_mål", "Övergripande mål", "Det övergripande målet med verksamheten.", sources=("malmo", "famna")
    )
    sub_goals: tuple[SubGoal, ...] = entry(
        "delmål", "Delmål", "Mål på vägen, gärna mätbara.", sources=("famna",), many=True
    )
    strategies: tuple[str, ...] = entry(
        "strategier", "Strategier", "Vägar att nå målet.", sources=("malmo",), many=True
    )
    target_group: TargetGroup | None = entry(
        "målgrupp", "Målgrupp", "Vem verksamheten är till för.", sources=("malmo",)
    )
