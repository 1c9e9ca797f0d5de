"""Special terms: personal data, secrecy, archives, insurance and the like, offered where the parties want them."""

from __future__ import annotations

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import entry


class StandardTerm(SwedishWord):
    """Subjects for which the library has a standard text."""

    SECRECY = "sekretess"
    CONFIDENTIALITY = "tystnadsplikt"
    ARCHIVES = "arkiv"
    INSURANCE = "försäkring"
    RECORD_CHECK = "registerkontroll"
    NON_DISCRIMINATION = "icke-diskriminering"
    ASSIGNMENT = "överlåtelse"
    NOTICES = "meddelanden"


class DataResponsibility(SwedishWord):
    """Who is responsible for personal data (dataskyddsförordningen art. 4.7, 26 and 28)."""

    EACH_ITS_OWN = "eget ansvar"
    JOINT = "gemensamt ansvar"
    PROCESSOR = "personuppgiftsbiträde"


@frozen(kw_only=True)
class PersonalData:
    """How personal data are handled."""

    responsibility: DataResponsibility | None = entry(
        "ansvar", "Personuppgiftsansvar", "Hur ansvaret fördelas.", example="eget ansvar"
    )
    description: str | None = entry(
        "beskrivning", "Närmare om personuppgifter", "Vilka uppgifter det gäller och varför."
    )


@frozen(kw_only=True)
class SpecialTerms:
    """Särskilda villkor (optional)."""

    standard: tuple[StandardTerm, ...] = entry(
        "standardvillkor",
        "Standardvillkor",
        "Ämnen där bibliotekets egen text ska tas med.",
        many=True,
        printed=False,
        example="[sekretess, arkiv, försäkring]",
    )
    personal_data: PersonalData | None = entry("personuppgifter", "Personuppgifter", "Hur personuppgifter hanteras.")
    handles_personal_data: bool | None = entry(
        "personuppgifter_hanteras",
        "Personuppgifter hanteras",
        "Ja om parterna behandlar personuppgifter i verksamheten.",
        printed=False,
        example="ja",
    )
    secrecy: str | None = entry("sekretess", "Sekretess", "Det som ska sägas om sekretess hos den offentliga parten.")
    confidentiality: str | None = entry(
        "tystnadsplikt", "Tystnadsplikt", "Det som ska sägas om tystnadsplikt i organisationen."
    )
    archives: str | None = entry("arkiv", "Arkiv", "Det som ska sägas om handlingar och arkiv.")
    insurance: str | None = entry("försäkring", "Försäkring", "Det som ska sägas om försäkring.")
    regular_contact_with_children: bool | None = entry(
        "kontakt_med_barn",
        "Direkt och regelbunden kontakt med barn",
        "Ja om någon i verksamheten har direkt och regelbunden kontakt med barn.",
        printed=False,
        example="ja",
    )
    record_check: str | None = entry(
        "registerkontroll", "Registerkontroll", "Det som ska sägas om kontroll av belastningsregistret."
    )
    non_discrimination: str | None = entry(
        "icke_diskriminering", "Icke-diskriminering", "Det som ska sägas om lika behandling."
    )
    assignment: str | None = entry("överlåtelse", "Överlåtelse", "Det som ska sägas om överlåtelse av avtalet.")
    notices: str | None = entry("meddelanden", "Meddelanden", "Det som ska sägas om meddelanden mellan parterna.")
