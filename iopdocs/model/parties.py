"""The parties: who they are, through whom they act, decide and sign, and how parties join and leave."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import PartyRef, entry
from iopdocs.values.duration import Duration
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber


class PartyKind(SwedishWord):
    """The kind of legal person a party is (domain: kommun … vinstutdelande företag)."""

    MUNICIPALITY = "kommun"
    REGION = "region"
    MUNICIPAL_ASSOCIATION = "kommunalförbund"
    STATE_AUTHORITY = "statlig myndighet"
    PUBLIC_COMPANY = "offentligt ägt bolag"
    ASSOCIATION = "ideell förening"
    FOUNDATION = "stiftelse"
    FAITH_COMMUNITY = "registrerat trossamfund"
    CONGREGATION = "församling"
    COOPERATIVE = "ekonomisk förening"
    NON_PROFIT_COMPANY = "aktiebolag utan vinstutdelning"
    PROFIT_COMPANY = "vinstutdelande företag"

    @property
    def is_public(self) -> bool:
        """Return whether a party of this kind is a public body or owned by one."""
        return self in _PUBLIC

    @property
    def is_civil(self) -> bool:
        """Return whether a party of this kind is an idéburen organisation."""
        return not self.is_public and self is not PartyKind.PROFIT_COMPANY


_PUBLIC = frozenset(
    {
        PartyKind.MUNICIPALITY,
        PartyKind.REGION,
        PartyKind.MUNICIPAL_ASSOCIATION,
        PartyKind.STATE_AUTHORITY,
        PartyKind.PUBLIC_COMPANY,
    }
)


@frozen(kw_only=True)
class Contact:
    """A person who is responsible for a party's side of the agreement."""

    name: str | None = entry("namn", "Namn", "Personens för- och efternamn.", example="Maria Lind")
    role: str | None = entry("roll", "Roll", "Personens befattning eller uppdrag.", example="enhetschef")
    email: str | None = entry("e_post", "E-post", "Adress för e-post.", example="maria.lind@exempelstad.example")
    phone: str | None = entry("telefon", "Telefon", "Telefonnummer med riktnummer.", example="010-123 45 67")


@frozen(kw_only=True)
class Decision:
    """A public party's decision to enter the agreement."""

    body: str | None = entry(
        "organ",
        "Beslutsorgan",
        "Nämnden, styrelsen eller den delegat som har beslutat.",
        sources=("vgr", "malmo"),
        example="Socialnämnden",
    )
    decided: date | None = entry("datum", "Beslutsdatum", "Dagen för beslutet.", example="2026-11-12")
    paragraph: str | None = entry("paragraf", "Paragraf", "Paragrafen i protokollet.", example="§ 112")
    reference: str | None = entry(
        "referens", "Referens", "Diarienummer eller delegationsordning som beslutet hör till.", example="KS 2026/123"
    )


@frozen(kw_only=True)
class Signatory:
    """A person who signs for a party."""

    name: str | None = entry("namn", "Namn", "Namnet på den som skriver under.", example="Karin Åberg")
    role: str | None = entry("roll", "Roll", "I vilken egenskap personen skriver under.", example="nämndens ordförande")


@frozen(kw_only=True)
class SideAgreement:
    """The hängavtal that ties a profit-distributing company to the partnership (source: sou)."""

    description: str | None = entry(
        "beskrivning",
        "Vad hängavtalet gäller",
        "Vad företaget gör i partnerskapet och på vilka villkor.",
        sources=("sou",),
    )
    with_party: PartyRef | None = entry("med", "Hängavtal med", "Den part som företaget har hängavtalet med.")
    concluded: date | None = entry("datum", "Hängavtalets datum", "Dagen då hängavtalet ingicks.", example="2026-12-01")
    case_number: CaseNumber | None = entry(
        "diarienummer", "Hängavtalets diarienummer", "Diarienummer eller annan beteckning."
    )


@frozen(kw_only=True)
class Party:
    """A legal person that is a party to the agreement. Several nämnder of one kommun are units of one party."""

    name: str | None = entry(
        "namn",
        "Partens namn",
        "Den juridiska personens fullständiga namn.",
        sources=("malmo", "uddevalla"),
        example="Exempelstads kommun",
    )
    kind: PartyKind | None = entry(
        "typ", "Typ av part", "Vilken sorts juridisk person parten är.", sources=("sou",), example="kommun"
    )
    units: tuple[str, ...] = entry(
        "enheter",
        "Enheter",
        "Nämnder, förvaltningar eller andra enheter som parten handlar genom.",
        many=True,
        example="[Socialnämnden]",
    )
    organisation_number: OrganisationNumber | None = entry(
        "organisationsnummer", "Organisationsnummer", "Tio siffror, med eller utan bindestreck.", example="212000-0001"
    )
    address: str | None = entry("adress", "Adress", "Postadress.", example="Storgatan 1, 123 45 Exempelstad")
    case_number: CaseNumber | None = entry(
        "diarienummer", "Diarienummer", "Ärendets beteckning hos en offentlig part.", example="KS 2026/123"
    )
    short_name: str | None = entry(
        "kallas",
        "Kort namn",
        "Det namn som används i resten av avtalet, i bestämd form och med liten bokstav om det är ett vanligt ord.",
        example="kommunen",
    )
    genitive: str | None = entry(
        "genitiv",
        "Genitiv",
        "Det korta namnets genitiv, om den inte bildas med ett s.",
        printed=False,
        example="kommunens",
    )
    purpose: str | None = entry(
        "ändamål",
        "Organisationens ändamål",
        "Vad organisationen finns till för, enligt stadgar eller motsvarande.",
        sources=("vgr",),
    )
    contact: Contact | None = entry("kontakt", "Kontaktperson", "Den som motparten vänder sig till i vardagen.")
    manager: Contact | None = entry(
        "avtalsansvarig", "Avtalsansvarig", "Den som svarar för att partens åtaganden följs.", sources=("vgr",)
    )
    registered: bool | None = entry(
        "registrerad_idéburen",
        "Registrerad som idéburen organisation",
        "Ja om organisationen finns i registret enligt lagen (2022:900) om registrering av idéburna organisationer.",
        example="ja",
    )
    side_agreement: SideAgreement | None = entry(
        "hängavtal", "Hängavtal", "Avtalet som knyter ett vinstutdelande företag till partnerskapet.", sources=("sou",)
    )
    decision: Decision | None = entry(
        "beslut", "Beslut", "Den offentliga partens beslut att ingå avtalet.", sources=("vgr",)
    )
    authority_to_sign: str | None = entry(
        "firmateckning",
        "Firmateckning",
        "Vem som får teckna organisationens firma, och var det framgår.",
        sources=("malmo",),
        example="Styrelsens ordförande och kassör i förening, enligt protokoll 2026-03-14",
    )
    signatories: tuple[Signatory, ...] = entry(
        "undertecknare", "Undertecknare", "De personer som skriver under för parten.", sources=("malmo",), many=True
    )
    signed_place: str | None = entry(
        "ort", "Ort för underskrift", "Orten där parten skriver under.", example="Exempelstad"
    )
    signed_date: date | None = entry(
        "undertecknat", "Datum för underskrift", "Dagen då parten skrev under.", example="2026-12-10"
    )

    @property
    def called(self) -> str | None:
        """The name used in the rest of the agreement: the short name, else the name."""
        return self.short_name or self.name


@frozen(kw_only=True)
class Accession:
    """How further parties join (anslutning)."""

    procedure: str | None = entry(
        "hur",
        "Hur en ny part ansluter",
        "Vem som beslutar och på vilket sätt en ny part kommer med.",
        sources=("famna",),
    )
    condition: str | None = entry("villkor", "Villkor för anslutning", "Vad en ny part behöver uppfylla.")


@frozen(kw_only=True)
class Withdrawal:
    """How one of several parties leaves (utträde)."""

    procedure: str | None = entry("hur", "Hur en part utträder", "På vilket sätt en part lämnar partnerskapet.")
    notice: Duration | None = entry(
        "uppsägningstid",
        "Uppsägningstid vid utträde",
        "Hur lång tid i förväg en part anmäler sitt utträde.",
        example="3 månader",
    )
    remaining: str | None = entry(
        "kvarvarande_parter", "De kvarvarande parterna", "Vad som händer med avtalet för dem som är kvar."
    )


@frozen(kw_only=True)
class Relations:
    """The relations between the parties."""

    mutual: str | None = entry(
        "inbördes",
        "Parternas inbördes förhållande",
        "Hur parterna står till varandra i partnerskapet.",
        sources=("malmo",),
    )
    accession: Accession | None = entry("anslutning", "Anslutning", "Hur nya parter ansluter.", sources=("famna",))
    withdrawal: Withdrawal | None = entry("utträde", "Utträde", "Hur en av flera parter lämnar partnerskapet.")
