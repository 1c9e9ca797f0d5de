"""How the partnership is organised: responsibilities, decisions, groups and communication."""

from __future__ import annotations

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import PartyRef, entry


class DecisionMode(SwedishWord):
    """How the joint group handles a matter. Each party always decides on its own resources."""

    AGREES = "beslutar i enighet"
    RECOMMENDS = "rekommenderar"
    PREPARES = "bereder"


class PublicVoice(SwedishWord):
    """How free a party is to speak in public. The linter reports ”begränsad”."""

    FREE = "fri"
    AFTER_NOTICE = "efter information"
    LIMITED = "begränsad"


class GroupKind(SwedishWord):
    """Kinds of groups in a partnership."""

    STEERING = "styrgrupp"
    MANAGEMENT = "ledningsgrupp"
    COOPERATION = "samverkansgrupp"
    WORKING = "arbetsgrupp"
    REFERENCE = "referensgrupp"


@frozen(kw_only=True)
class Responsibility:
    """The responsibilities of one party."""

    party: PartyRef | None = entry("part", "Part", "Parten som har ansvaret.")
    role: str | None = entry("roll", "Roll", "Partens roll i partnerskapet.", example="driver verksamheten")
    duties: tuple[str, ...] = entry(
        "ansvar", "Ansvar", "Det som parten svarar för.", sources=("malmo", "famna"), many=True
    )


@frozen(kw_only=True)
class Member:
    """A seat in a group."""

    party: PartyRef | None = entry("part", "Part", "Parten som ledamoten företräder.")
    name: str | None = entry("namn", "Ledamot", "Ledamotens namn, om det ska stå i avtalet.")
    role: str | None = entry("roll", "Roll eller befattning", "Ledamotens befattning.", example="enhetschef")
    count: int | None = entry("antal", "Antal", "Hur många ledamöter parten utser.", example="2")


@frozen(kw_only=True)
class Group:
    """A group of the partnership and its mandate (source: malmo, Referensgrupp)."""

    name: str | None = entry("namn", "Gruppens namn", "Vad gruppen heter.", example="Styrgruppen")
    kind: GroupKind | None = entry("typ", "Typ av grupp", "Vilken sorts grupp det är.", example="styrgrupp")
    task: str | None = entry("uppgift", "Uppgift", "Vad gruppen gör.", sources=("malmo",))
    members: tuple[Member, ...] = entry(
        "ledamöter", "Ledamöter", "Vilka som ingår i gruppen.", sources=("malmo",), many=True
    )
    chair: str | None = entry("ordförande", "Ordförande", "Vem som leder gruppen.", sources=("malmo",))
    meetings: str | None = entry(
        "möten", "Möten", "Hur ofta gruppen träffas.", sources=("malmo",), example="fyra gånger om året"
    )
    mandate: str | None = entry(
        "mandat",
        "Mandat",
        "Vad gruppen får besluta. Aldrig myndighetsutövning eller allmänna medel utöver avtalet.",
        sources=("malmo",),
    )


@frozen(kw_only=True)
class Reporting:
    """A report from one party to others (återrapportering)."""

    what: str | None = entry("vad", "Vad som rapporteras", "Innehållet i rapporten.")
    sender: PartyRef | None = entry("från", "Från", "Parten som rapporterar.")
    receiver: str | None = entry("till", "Till", "Den som får rapporten.", example="socialnämnden")
    when: str | None = entry("när", "När", "När rapporten lämnas.", example="senast den 28 februari varje år")


@frozen(kw_only=True)
class Communication:
    """Communication between the parties and outwards (source: malmo, Kommunikation)."""

    between: str | None = entry(
        "mellan_parterna", "Mellan parterna", "Hur parterna håller kontakt och vem som ansvarar.", sources=("malmo",)
    )
    reporting: tuple[Reporting, ...] = entry(
        "återrapportering",
        "Återrapportering",
        "Vad som rapporteras, till vem och när.",
        sources=("malmo", "vgr"),
        many=True,
    )
    outwards: str | None = entry("utåt", "Kommunikation utåt", "Hur parterna berättar om partnerskapet.")
    public_voice: PublicVoice | None = entry(
        "röstbärarroll",
        "Organisationens egen röst",
        "Om parterna får uttala sig fritt, även kritiskt; ”begränsad” är något som granskningen säger till om.",
        sources=("famna",),
        example="fri",
    )
    marketing: str | None = entry("marknadsföring", "Marknadsföring", "Hur verksamheten marknadsförs.")
    logotypes: str | None = entry("logotyper", "Logotyper", "Hur parternas namn och logotyper får användas.")


@frozen(kw_only=True)
class Organisation:
    """Organisation och samverkan (sources: malmo, vgr, famna, uddevalla)."""

    responsibilities: tuple[Responsibility, ...] = entry(
        "ansvar", "Roller och ansvar", "Vem som svarar för vad.", sources=("malmo", "famna"), many=True
    )
    convener: PartyRef | None = entry(
        "sammankallande", "Sammankallande", "Parten som kallar till möten.", sources=("malmo",), example="kommunen"
    )
    decision_mode: DecisionMode | None = entry(
        "beslutsordning", "Beslutsordning", "Vad den gemensamma gruppen gör med en fråga.", example="beslutar i enighet"
    )
    decision_making: str | None = entry(
        "beslutsfattande", "Beslutsfattande", "Hur beslut fattas i partnerskapet.", sources=("vgr", "famna")
    )
    deciders: tuple[PartyRef, ...] = entry(
        "beslutar_i_gemensamma_frågor",
        "Beslutar i gemensamma frågor",
        "De parter som beslutar i frågor som är gemensamma, om inte alla.",
        sources=("famna",),
        many=True,
        example="[alla parter]",
    )
    groups: tuple[Group, ...] = entry("grupper", "Grupper", "Partnerskapets grupper.", sources=("malmo",), many=True)
    communication: Communication | None = entry(
        "kommunikation", "Kommunikation", "Kommunikation mellan parterna och utåt.", sources=("malmo",)
    )
    insight: str | None = entry(
        "insyn", "Insyn", "Hur öppenhet upprätthålls mot allmänheten och mellan parterna.", sources=("famna",)
    )
