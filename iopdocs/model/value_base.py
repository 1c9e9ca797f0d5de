"""The value base: the values of the partnership and the work, and how the parties remain equals."""

from __future__ import annotations

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import entry


class Principle(SwedishWord):
    """The six principles of the national agreement between the state and civil society."""

    INDEPENDENCE = "självständighet och oberoende"
    DIALOGUE = "dialog"
    QUALITY = "kvalitet"
    LONG_TERM = "långsiktighet"
    OPENNESS = "öppenhet och insyn"
    DIVERSITY = "mångfald"


@frozen(kw_only=True)
class ValueBase:
    """Värdegrund (sources: malmo, vgr, uddevalla)."""

    principles: tuple[Principle, ...] = entry(
        "principer",
        "Nationella principer",
        "De av de sex nationella principerna som partnerskapet bygger på.",
        many=True,
        example="[dialog, långsiktighet]",
    )
    partnership: tuple[str, ...] = entry(
        "partnerskapets_värden",
        "Partnerskapets värden",
        "Värden som gäller mellan parterna, till exempel respekt och öppenhet.",
        sources=("malmo",),
        many=True,
    )
    work: tuple[str, ...] = entry(
        "verksamhetens_värden",
        "Verksamhetens värden",
        "Värden som gäller i verksamheten, till exempel respekt för målgruppen och barnperspektiv.",
        sources=("malmo",),
        many=True,
    )
    description: str | None = entry(
        "beskrivning", "Värdegrunden", "Värdegrunden med parternas egna ord.", sources=("malmo", "vgr")
    )
    equality: str | None = entry(
        "jämbördighet",
        "Jämbördighet",
        "Hur parterna ser till att de förblir jämbördiga under avtalstiden.",
        sources=("famna",),
    )
    added_value: str | None = entry(
        "mervärde", "Mervärde", "Vad samarbetet ger som ingen part når ensam.", sources=("famna", "vgr")
    )
