"""What happens when things change: renegotiation, deviations, hävning, winding up and disputes."""

from __future__ import annotations

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import PartyRef, entry
from iopdocs.values.duration import Duration


class Remedy(SwedishWord):
    """Consequences of a party's failure. The linter reports the last three: they turn the agreement into a purchase."""

    DIALOGUE = "dialog"
    CORRECTION = "rättelse"
    REPAYMENT = "återbetalning"
    TERMINATION = "hävning"
    PERFORMANCE = "fullgörelse"
    PENALTY = "vite"
    DAMAGES = "skadestånd"


class DisputeForm(SwedishWord):
    """A form of dispute resolution."""

    DIALOGUE = "dialog"
    MANAGEMENT = "ledning"
    MEDIATION = "medling"
    COURT = "allmän domstol"
    ARBITRATION = "skiljeförfarande"


@frozen(kw_only=True)
class Renegotiation:
    """Omförhandling, deviations and amendments (source: malmo, Omförhandling, hävningsrätt samt tvist)."""

    by: tuple[PartyRef, ...] = entry(
        "påkallas_av",
        "Får påkallas av",
        "De parter som får begära omförhandling, lämpligen alla parter.",
        sources=("malmo",),
        many=True,
        example="[alla parter]",
    )
    grounds: tuple[str, ...] = entry(
        "grunder",
        "Grunder för omförhandling",
        "Vad som kan ge anledning till omförhandling.",
        sources=("famna",),
        many=True,
    )
    within: Duration | None = entry(
        "inleds_inom", "Inleds inom", "Hur snart parterna ska mötas efter en begäran.", example="30 dagar"
    )
    changed_circumstances: str | None = entry(
        "ändrade_förutsättningar",
        "Ändrade förutsättningar",
        "Vad som händer om yttre omständigheter försvårar verksamheten.",
        sources=("malmo",),
    )
    force_majeure: bool | None = entry(
        "force_majeure", "Force majeure", "Ja om avtalet ska ha en bestämmelse om force majeure.", example="nej"
    )
    deviations: str | None = entry(
        "avvikelser", "Avvikelser", "Hur avvikelser från plan och budget hanteras.", sources=("malmo",)
    )
    amended_by: tuple[PartyRef, ...] = entry(
        "ändras_av",
        "Ändras av",
        "De parter som beslutar om ändringar i avtalet, om inte alla.",
        sources=("uddevalla",),
        many=True,
        example="[alla parter]",
    )
    amendments: str | None = entry(
        "ändringar_och_tillägg", "Ändringar och tillägg", "Hur avtalet ändras.", sources=("uddevalla",)
    )


@frozen(kw_only=True)
class WindingUp:
    """Avveckling: what happens to participants and paid-in money when the agreement ends early."""

    participants: str | None = entry("deltagare", "Deltagarna", "Hur de som tar del av verksamheten tas om hand.")
    money: str | None = entry("inbetalda_medel", "Inbetalda medel", "Vad som händer med medel som inte är förbrukade.")
    description: str | None = entry("beskrivning", "Avvecklingen i övrigt", "Det som behöver sägas därutöver.")


@frozen(kw_only=True)
class Termination:
    """Hävning: termination for breach (source: malmo)."""

    grounds: tuple[str, ...] = entry(
        "grunder", "Grunder för hävning", "När en part får häva avtalet.", sources=("malmo", "famna"), many=True
    )
    by: tuple[PartyRef, ...] = entry(
        "får_hävas_av",
        "Får hävas av",
        "De parter som får häva avtalet, om inte alla.",
        sources=("malmo",),
        many=True,
        example="[alla parter]",
    )
    correction: Duration | None = entry(
        "rättelsetid",
        "Tid för rättelse",
        "Hur lång tid en part får för att rätta en brist.",
        sources=("malmo",),
        example="30 dagar",
    )
    remedies: tuple[Remedy, ...] = entry(
        "påföljd_vid_brist",
        "Påföljd vid brist",
        "Vad som kan följa när en part brister.",
        sources=("malmo", "famna"),
        many=True,
        example="[dialog, rättelse, återbetalning]",
    )
    repayment: str | None = entry(
        "återbetalning", "Återbetalning", "Vad som i så fall ska betalas tillbaka.", sources=("malmo",)
    )
    remaining: str | None = entry(
        "kvarvarande_parter",
        "De kvarvarande parterna",
        "Vad övriga parter gör när avtalet hävs för en.",
        sources=("malmo",),
    )
    winding_up: WindingUp | None = entry(
        "avveckling", "Avveckling", "Hur verksamheten avvecklas om avtalet upphör i förtid."
    )


@frozen(kw_only=True)
class DisputeStep:
    """One step in solving a dispute."""

    form: DisputeForm | None = entry(
        "form", "Form", "På vilket sätt frågan prövas.", sources=("malmo",), example="dialog"
    )
    within: Duration | None = entry("inom", "Inom", "Hur lång tid steget får ta.", example="30 dagar")
    description: str | None = entry("beskrivning", "Närmare om steget", "Vem som deltar, eller vilken domstol.")


@frozen(kw_only=True)
class Dispute:
    """Tvist: steps in the order they are taken (source: malmo)."""

    steps: tuple[DisputeStep, ...] = entry(
        "steg", "Steg vid tvist", "Hur en tvist löses, steg för steg.", sources=("malmo", "famna"), many=True
    )
