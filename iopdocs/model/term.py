"""The term: start, end, notice and extension."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from iopdocs.model.fields import PartyRef, entry
from iopdocs.values.duration import Duration


@frozen(kw_only=True)
class Extension:
    """Förlängning (source: malmo, Period för avtalet)."""

    times: int | None = entry(
        "antal", "Antal förlängningar", "Hur många gånger avtalet kan förlängas.", sources=("malmo",), example="2"
    )
    length: Duration | None = entry(
        "längd", "Förlängningens längd", "Hur lång varje förlängning är.", sources=("malmo",), example="12 månader"
    )
    negotiated: Duration | None = entry(
        "förhandlas_senast",
        "Förhandling senast",
        "Hur långt före avtalstidens slut parterna senast förhandlar om förlängning.",
        sources=("malmo",),
        example="6 månader före",
    )
    automatic: bool | None = entry(
        "automatisk", "Automatisk förlängning", "Ja om avtalet förlängs utan nytt beslut.", example="nej"
    )
    after_follow_up: bool | None = entry(
        "efter_uppföljning",
        "Förlängning efter uppföljning",
        "Ja om avtalet förlängs först när parterna har gått igenom uppföljningen.",
        sources=("famna",),
        example="ja",
    )
    condition: str | None = entry("villkor", "Villkor för förlängning", "Vad som krävs för en förlängning.")


@frozen(kw_only=True)
class Term:
    """Period för avtalet (sources: malmo, vgr, famna, uddevalla)."""

    start: date | None = entry(
        "start", "Avtalet börjar gälla", "Första dagen.", sources=("malmo", "famna-rapport"), example="2027-01-01"
    )
    end: date | None = entry(
        "slut", "Avtalet upphör", "Sista dagen.", sources=("malmo", "famna-rapport"), example="2029-12-31"
    )
    until_further_notice: bool | None = entry(
        "tills_vidare",
        "Gäller tills vidare",
        "Ja om avtalet saknar slutdag.",
        sources=("famna-rapport",),
        example="nej",
    )
    ends_without_notice: bool | None = entry(
        "upphör_utan_uppsägning",
        "Upphör utan uppsägning",
        "Ja om avtalet upphör av sig självt på slutdagen.",
        sources=("malmo",),
        example="ja",
    )
    notice: Duration | None = entry(
        "uppsägningstid",
        "Uppsägningstid",
        "Tid från uppsägning till att avtalet upphör.",
        sources=("uddevalla",),
        example="6 månader",
    )
    notice_by: tuple[PartyRef, ...] = entry(
        "får_sägas_upp_av",
        "Får sägas upp av",
        "De parter som får säga upp avtalet, om inte alla.",
        many=True,
        example="[alla parter]",
    )
    pilot: bool | None = entry(
        "försök",
        "Försöksverksamhet",
        "Ja om avtalet är ett försök som är tänkt att vara kort.",
        printed=False,
        example="nej",
    )
    extension: Extension | None = entry(
        "förlängning", "Förlängning", "Om och hur avtalet kan förlängas.", sources=("malmo",)
    )
