"""Signing, appendices and custom sections."""

from __future__ import annotations

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.economy import Economy
from iopdocs.model.fields import PartyRef, entry
from iopdocs.model.insatser import Insats
from iopdocs.values.text import RichText


class SigningForm(SwedishWord):
    """How the agreement is signed."""

    ORIGINALS = "original"
    ELECTRONIC = "elektronisk"


class SectionName(SwedishWord):
    """The sections of an agreement, by the name that data and texts use."""

    BACKGROUND = "bakgrund"
    VALUE_BASE = "värdegrund"
    INSATSER = "insatser"
    UNDERSTANDING = "överenskommelse"
    PARTIES = "parter"
    BASIS = "utgångspunkter"
    GOALS = "mål"
    ORGANISATION = "organisation"
    KNOWLEDGE = "kunskap"
    ECONOMY = "ekonomi"
    TERM = "avtalstid"
    RENEGOTIATION = "omförhandling"
    SPECIAL_TERMS = "särskilda villkor"
    SIGNING = "underskrift"


@frozen(kw_only=True)
class Signing:
    """Underskrift (source: malmo): how the agreement is signed. Who signs is recorded with each party."""

    form: SigningForm | None = entry(
        "form", "Form för underskrift", "Original på papper eller elektronisk underskrift.", example="original"
    )
    originals: int | None = entry(
        "exemplar", "Antal exemplar", "Antal original, om det inte är ett till varje part.", example="2"
    )


@frozen(kw_only=True)
class Appendix:
    """An appendix: custom text, a reference to a separate file, or insatser and ekonomi of one party."""

    title: str | None = entry("titel", "Bilagans titel", "Vad bilagan heter.", example="Verksamhetsplan 2027")
    party: PartyRef | None = entry("part", "Part", "Parten som bilagan gäller, om den gäller en.")
    text: RichText | None = entry("text", "Bilagans text", "Text i stycken och listor; *kursiv* och **fet** går bra.")
    file: str | None = entry("fil", "Fil", "Namnet på den separata handling som är bilagan.", example="budget-2027.pdf")
    insatser: tuple[Insats, ...] = entry("insatser", "Insatser", "Insatser som hör till bilagan.", many=True)
    economy: Economy | None = entry("ekonomi", "Ekonomi", "Ekonomi som hör till bilagan.")


@frozen(kw_only=True)
class OwnSection:
    """A custom section, placed where its author wants it."""

    heading: str | None = entry("rubrik", "Rubrik", "Avsnittets rubrik.", example="Forskning i partnerskapet")
    text: RichText | None = entry("text", "Text", "Text i stycken och listor; *kursiv* och **fet** går bra.")
    after: SectionName | None = entry(
        "efter",
        "Placeras efter",
        "Det avsnitt som det egna avsnittet kommer efter; annars står det före underskrifterna.",
        printed=False,
        example="ekonomi",
    )
