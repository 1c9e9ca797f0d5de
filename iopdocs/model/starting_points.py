"""How the agreement came about, what it governs and what it is based on."""

from __future__ import annotations

from attrs import frozen

from iopdocs.model.fields import PartyRef, entry


@frozen(kw_only=True)
class Understanding:
    """Avtalad överenskommelse: that the agreement was worked out jointly (source: malmo)."""

    worked_out_by: tuple[PartyRef, ...] = entry(
        "framtagen_av",
        "Framtagen av",
        "De parter som har arbetat fram avtalet, eller ”alla parter”.",
        sources=("malmo",),
        many=True,
    )
    when: str | None = entry("när", "När avtalet togs fram", "Tiden för arbetet.", example="hösten 2026")
    how: str | None = entry("hur", "Hur avtalet togs fram", "Hur arbetet gick till.", sources=("malmo",))
    target_group_took_part: bool | None = entry(
        "målgruppen_deltog",
        "Målgruppen deltog",
        "Om målgruppen var med och tog fram avtalet.",
        sources=("famna",),
        example="ja",
    )
    target_group_how: str | None = entry(
        "målgruppens_medverkan", "Målgruppens medverkan", "På vilket sätt målgruppen var med.", sources=("famna",)
    )


@frozen(kw_only=True)
class Definition:
    """A term and what it means in the agreement."""

    term: str | None = entry("begrepp", "Begrepp", "Ordet som definieras.", example="unga")
    meaning: str | None = entry(
        "betydelse", "Betydelse", "Vad ordet betyder i avtalet.", example="personer mellan 13 och 20 år"
    )


@frozen(kw_only=True)
class Basis:
    """Avtalets form och utgångspunkt (source: malmo)."""

    governs: tuple[str, ...] = entry(
        "reglerar",
        "Vad avtalet reglerar",
        "Till exempel åtaganden, organisation och ekonomiska förutsättningar.",
        sources=("malmo",),
        many=True,
    )
    decisions: tuple[str, ...] = entry(
        "beslut",
        "Politiska beslut",
        "Beslut och styrdokument som verksamheten utgår från.",
        sources=("malmo",),
        many=True,
    )
    laws: tuple[str, ...] = entry(
        "lagar",
        "Lagar och reglementen",
        "Lagar och reglementen som verksamheten utgår från.",
        sources=("malmo",),
        many=True,
    )
    public_influence: str | None = entry(
        "offentligt_inflytande",
        "Det offentligas inflytande",
        "Hur mycket den offentliga parten påverkar verksamheten.",
        sources=("malmo",),
    )
    rank: tuple[str, ...] = entry(
        "rangordning", "Handlingarnas rangordning", "Vilken handling som gäller före vilken.", many=True
    )
    definitions: tuple[Definition, ...] = entry(
        "definitioner", "Definitioner", "Ord som behöver en bestämd betydelse.", many=True
    )
