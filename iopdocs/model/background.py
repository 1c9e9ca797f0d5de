"""The background: the need, the mandate behind the agreement and the cooperation that already exists."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from iopdocs.model.fields import PartyRef, entry
from iopdocs.values.identifiers import CaseNumber


@frozen(kw_only=True)
class Initiative:
    """Who proposed the partnership, and when."""

    by: tuple[PartyRef, ...] = entry("av", "Initiativtagare", "Den eller de parter som tog initiativet.", many=True)
    when: str | None = entry("när", "Tidpunkt för initiativet", "När initiativet togs.", example="våren 2026")
    description: str | None = entry("beskrivning", "Hur initiativet togs", "Hur samtalen började.")


@frozen(kw_only=True)
class RelatedAgreement:
    """Another agreement that is related to this one."""

    title: str | None = entry("titel", "Avtalets namn", "Vad det andra avtalet heter.")
    case_number: CaseNumber | None = entry("diarienummer", "Diarienummer", "Det andra avtalets diarienummer.")
    relation: str | None = entry("förhållande", "Förhållande till detta avtal", "Hur de två avtalen hänger ihop.")


@frozen(kw_only=True)
class PoliticalMandate:
    """A mandate behind the partnership: without one a public body cannot take part (source: vgr, Avtal och beslut)."""

    mandate: str | None = entry(
        "uppdrag", "Uppdraget", "Vad den offentliga parten har i uppdrag att göra.", sources=("vgr", "famna")
    )
    body: str | None = entry(
        "organ", "Uppdragsgivande organ", "Vem som har beslutat om uppdraget.", example="Kommunfullmäktige"
    )
    decided: date | None = entry("datum", "Beslutets datum", "Dagen för beslutet.", example="2025-06-16")
    reference: str | None = entry("referens", "Referens", "Paragraf, diarienummer eller styrdokument.", example="§ 87")


@frozen(kw_only=True)
class Background:
    """Bakgrundsförutsättningar (sources: malmo, vgr, famna, uddevalla)."""

    need: str | None = entry(
        "behov", "Behovet", "Vilket behov verksamheten ska möta, och hur det märks.", sources=("malmo",)
    )
    challenge: str | None = entry(
        "samhällsutmaning",
        "Samhällsutmaningen",
        "Den utmaning som parterna har formulerat tillsammans, kort.",
        sources=("famna",),
    )
    initiative: Initiative | None = entry(
        "initiativ", "Initiativet", "Vem som tog initiativet och när.", sources=("famna",)
    )
    cooperation: str | None = entry(
        "befintlig_samverkan", "Befintlig samverkan", "Hur parterna redan samverkar.", sources=("malmo",)
    )
    related: tuple[RelatedAgreement, ...] = entry(
        "relaterade_avtal", "Relaterade avtal", "Andra avtal som rör samma sak.", many=True
    )
    mandates: tuple[PoliticalMandate, ...] = entry(
        "politiska_uppdrag",
        "Politiska uppdrag",
        "De uppdrag som den offentliga parten stöder sig på. Utan politiskt uppdrag inget partnerskap.",
        sources=("vgr", "famna"),
        many=True,
    )
    complements: str | None = entry(
        "kompletterar",
        "Komplement till offentligt utbud",
        "Vad partnerskapet kompletterar, och vilka andra insatser det hänger ihop med.",
        sources=("vgr", "famna"),
    )
    area: str | None = entry(
        "geografiskt_område", "Geografiskt område", "Var verksamheten bedrivs.", sources=("famna",), example="Norrby"
    )
