"""Records kept beside the agreement: the legal assessment, the choice of form and the linter exemptions."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import PartyRef, entry
from iopdocs.values.money import Money


class Answer(SwedishWord):
    """An answer in an assessment."""

    YES = "ja"
    NO = "nej"
    UNCLEAR = "oklart"


@frozen(kw_only=True)
class Answered:
    """A question of a list in the layer (``bedomning/*.yaml``), with its answer and the reason."""

    question: str | None = entry("fråga", "Fråga", "Frågans id i listan.", printed=False, example="ekonomiskt-intresse")
    answer: Answer | None = entry("svar", "Svar", "ja, nej eller oklart.", printed=False, example="nej")
    reason: str | None = entry("motivering", "Motivering", "Varför svaret är det.", printed=False)


@frozen(kw_only=True)
class Examination:
    """An answered list of questions. *list* names it where the layers offer several alternatives."""

    list: str | None = entry(
        "lista",
        "Lista",
        "Namnet på den lista av frågor som har använts (en fil i lagrets mapp bedomning), om inte den vanliga.",
        printed=False,
        example="offentligt-kontrakt-uhm",
    )
    answers: tuple[Answered, ...] = entry("svar", "Svar", "Svaren, ett för varje fråga.", printed=False, many=True)


@frozen(kw_only=True)
class DeMinimisAid:
    """Earlier de minimis aid to a party (EU 2023/2831 and 2023/2832, three years back)."""

    party: PartyRef | None = entry("part", "Part", "Den part som får stödet.", printed=False)
    earlier: Money | None = entry(
        "tidigare_stöd",
        "Tidigare stöd av mindre betydelse",
        "Allt stöd av mindre betydelse som parten och de företag den hör ihop med har fått de senaste tre åren, i kronor; 0 om inget.",
        printed=False,
        example="120 000 kr",
    )
    general_interest: bool | None = entry(
        "allmänt_ekonomiskt_intresse",
        "Tjänst av allmänt ekonomiskt intresse",
        "Ja om stödet avser en tjänst av allmänt ekonomiskt intresse, som har ett högre tak.",
        printed=False,
        example="nej",
    )


@frozen(kw_only=True)
class LegalAssessment:
    """Rättslig bedömning: what the public party documents before it signs (sources: sou, famna, vgr)."""

    by: str | None = entry(
        "gjord_av", "Gjord av", "Den som har gjort bedömningen.", printed=False, example="kommunjuristen"
    )
    made: date | None = entry("datum", "Datum", "Dagen för bedömningen.", printed=False, example="2026-10-20")
    marks: Examination | None = entry(
        "kännetecken", "Kännetecken på ett IOP", "De fyra kännetecknen.", sources=("sou",), printed=False
    )
    contract: Examination | None = entry(
        "offentligt_kontrakt",
        "Offentligt kontrakt",
        "Kriterierna för ett offentligt kontrakt; är alla uppfyllda ska tjänsten upphandlas.",
        sources=("famna",),
        printed=False,
    )
    state_aid: Examination | None = entry(
        "statsstöd", "Statsstöd", "Kriterierna för statligt stöd.", sources=("vgr", "famna"), printed=False
    )
    de_minimis: tuple[DeMinimisAid, ...] = entry(
        "försumbart_stöd",
        "Stöd av mindre betydelse",
        "Vad parterna har fått tidigare, så att taket kan prövas.",
        printed=False,
        many=True,
    )
    local_government_act: Examination | None = entry(
        "kommunallagen", "Kommunallagen", "Det som kommunallagen kräver.", sources=("vgr", "famna"), printed=False
    )
    region_conditions: Examination | None = entry(
        "vgr_villkor", "Västra Götalandsregionens villkor", "De sex villkoren.", sources=("vgr",), printed=False
    )
    skr_criteria: Examination | None = entry("skr_kriterier", "SKR:s kriterier", "De åtta kriterierna.", printed=False)
    conclusion: str | None = entry("slutsats", "Slutsats", "Vad bedömningen leder till.", printed=False)


@frozen(kw_only=True)
class FormChoice:
    """Vägval: the answers that decide whether a partnership is the right form (sources: malmo, vgr, famna)."""

    answers: tuple[Answered, ...] = entry(
        "svar", "Svar", "Svaren på frågorna i iopdocs vagval.", sources=("malmo",), printed=False, many=True
    )
    form: str | None = entry(
        "form", "Vald form", "Den form som parterna har valt.", sources=("famna",), printed=False, example="iop"
    )
    reason: str | None = entry("motivering", "Motivering", "Varför den formen passar.", printed=False)


@frozen(kw_only=True)
class Exemption:
    """A rule that the linter skips, with the reason."""

    rule: str | None = entry("regel", "Regel", "Regelns kod.", printed=False, example="R401")
    path: str | None = entry(
        "väg", "Väg", "Den plats i data som undantaget gäller; annars hela avtalet.", printed=False
    )
    reason: str | None = entry("skäl", "Skäl", "Varför regeln inte ska gälla. Krävs.", printed=False)


@frozen(kw_only=True)
class LintNotes:
    """Instructions to the linter in the data file."""

    exemptions: tuple[Exemption, ...] = entry(
        "undantag", "Undantag", "Regler som inte ska gälla för avtalet, med skäl.", printed=False, many=True
    )
