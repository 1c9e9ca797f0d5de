"""The economy: what each party contributes, what is paid and when, and how a surplus or deficit is handled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.model.fields import PartyRef, entry
from iopdocs.values.counts import Hours
from iopdocs.values.money import Money
from iopdocs.values.period import Period
from iopdocs.values.text import Year


class ResourceKind(SwedishWord):
    """Kinds of resources: money, and the non-financial ones of famna and malmo."""

    CASH = "kontanta medel"
    PREMISES = "lokaler"
    ADMINISTRATION = "administrativa resurser"
    LABOUR = "arbetskraft"
    MATERIAL = "material"
    EXPERTISE = "särskild kompetens"
    NON_PROFIT_WORK = "ideellt arbete"
    VOLUNTEERS = "volontärer"
    DIGITAL_TOOLS = "digitala verktyg"
    TRUST = "förtroendekapital"
    NETWORK = "nätverk"
    MARKETING = "marknadsföring"
    OVERHEAD = "egna overheadkostnader"
    OTHER = "annat"

    @property
    def is_cash(self) -> bool:
        """Return whether the resource is money."""
        return self is ResourceKind.CASH


class Interval(SwedishWord):
    """How often a payment recurs."""

    ONCE = "en gång"
    MONTHLY = "månad"
    QUARTERLY = "kvartal"
    TERTIAL = "tertial"
    HALF_YEARLY = "halvår"
    YEARLY = "år"

    @property
    def months(self) -> int:
        """The number of months between two payments; 0 for a single payment."""
        return {"en gång": 0, "månad": 1, "kvartal": 3, "tertial": 4, "halvår": 6, "år": 12}[self.value]

    @classmethod
    def spellings(cls) -> Mapping[str, Interval]:
        """Return the interval that each other way to write it means: ``kvartalsvis``, ``varje kvartal``, ``per kvartal``."""
        words = {
            word: interval
            for interval in cls
            if interval.months
            for word in (
                f"varje {interval.value}",
                f"per {interval.value}",
                f"en gång per {interval.value}",
                f"{interval.value}svis",
            )
        }
        return words | {
            "månatligen": cls.MONTHLY,
            "en gång i månaden": cls.MONTHLY,
            "en gång i kvartalet": cls.QUARTERLY,
            "var tredje månad": cls.QUARTERLY,
            "tertialvis": cls.TERTIAL,
            "var fjärde månad": cls.TERTIAL,
            "var sjätte månad": cls.HALF_YEARLY,
            "årligen": cls.YEARLY,
            "en gång om året": cls.YEARLY,
            "engångsbelopp": cls.ONCE,
            "vid ett tillfälle": cls.ONCE,
        }


class PaidWhen(SwedishWord):
    """Whether a recurring payment is made before or after the period it covers."""

    ADVANCE = "förskott"
    ARREARS = "efterskott"


class IndexMethod(SwedishWord):
    """How amounts follow prices over the years."""

    LABOUR_COST_INDEX = "arbetskostnadsindex"
    INFLATION = "inflation"
    NONE = "ingen"


class Rounding(SwedishWord):
    """How an indexed amount is rounded."""

    DOWN_TO_HUNDREDS = "nedåt till hundratal kronor"
    NEAREST_HUNDRED = "till närmaste hundratal kronor"
    DOWN_TO_THOUSANDS = "nedåt till tusental kronor"
    NEAREST_KRONA = "till närmaste krona"


class GrantsAllowed(SwedishWord):
    """Whether the organisation may apply for other grants for the same work."""

    YES = "får sökas"
    AFTER_CONSULTATION = "efter samråd"
    NO = "nej"


class SurplusUse(SwedishWord):
    """How a surplus is used. The linter reports ”delas ut”: a partnership distributes nothing."""

    REINVESTED = "återinvesteras"
    REPAID = "återbetalas"
    DIALOGUE = "dialog"
    DISTRIBUTED = "delas ut"


class DeficitBearer(SwedishWord):
    """Who bears a deficit."""

    EACH_ITS_OWN = "varje part bär sitt"
    DIALOGUE = "dialog"
    ORGANISATION = "organisationen"
    PUBLIC = "den offentliga parten"


@frozen(kw_only=True)
class Resource:
    """What a party contributes during a year: money, or something else described and, where possible, valued."""

    party: PartyRef | None = entry("part", "Part", "Parten som bidrar.", sources=("malmo",), example="kommunen")
    kind: ResourceKind | None = entry(
        "slag", "Slag av resurs", "Pengar eller annat.", sources=("famna", "malmo"), example="lokaler"
    )
    description: str | None = entry(
        "beskrivning", "Beskrivning", "Vad resursen består av.", example="lokal två kvällar i veckan"
    )
    year: Year | None = entry(
        "år", "År", "Kalenderåret som resursen gäller; utelämnas om den gäller varje år.", example="2027"
    )
    amount: Money | None = entry("belopp", "Belopp", "Kontanta medel i kronor.", example="900 000 kr")
    hours: Hours | None = entry("timmar", "Timmar", "Antal timmar, för arbete.", example="1200")
    value: Money | None = entry(
        "värde", "Uppskattat värde", "Värdet i kronor av en resurs som inte är pengar.", example="240 000 kr"
    )


@frozen(kw_only=True)
class Payment:
    """A payment, or a series of payments of the same amount (source: malmo, Ekonomi: how, when and to whom)."""

    amount: Money | None = entry(
        "belopp", "Belopp", "Beloppet per betalningstillfälle.", sources=("malmo",), example="225 000 kr"
    )
    due: date | None = entry(
        "senast", "Senast", "Sista dag för betalningen, eller för den första i en serie.", example="2027-01-31"
    )
    payer: PartyRef | None = entry("från", "Från", "Parten som betalar.", sources=("malmo",), example="kommunen")
    payee: PartyRef | None = entry(
        "till", "Till", "Parten som får betalningen.", sources=("malmo",), example="föreningen"
    )
    purpose: str | None = entry("ändamål", "Ändamål", "Vad betalningen avser.", example="drift av mötesplatsen")
    interval: Interval | None = entry("takt", "Takt", "Hur ofta betalningen återkommer.", example="kvartal")
    paid: PaidWhen | None = entry("betalas", "Betalas i", "I förskott eller efterskott.", example="förskott")
    period: Period | None = entry(
        "period", "Period", "Tiden som betalningen eller serien avser.", example="2027-01-01–2027-12-31"
    )
    vat: bool | None = entry(
        "moms",
        "Mervärdesskatt tillkommer",
        "Ja om mervärdesskatt läggs på beloppet, som vid en försäljning.",
        example="nej",
    )
    basis: str | None = entry("underlag", "Underlag", "Vad betalningen görs mot.", example="skriftlig rekvirering")
    price_per_day_and_person: Money | None = entry(
        "pris_per_dygn_och_person",
        "Belopp per dygn och person",
        "När betalningen beror på antal dygn och personer.",
        example="350 kr",
    )
    ceiling: Money | None = entry("högst", "Högst", "Det högsta sammanlagda beloppet.", example="600 000 kr")


@frozen(kw_only=True)
class Indexation:
    """Uppräkning: how amounts follow an index."""

    method: IndexMethod | None = entry("metod", "Metod", "Vilket index beloppen följer.", example="arbetskostnadsindex")
    share: Decimal | None = entry(
        "andel", "Andel i procent", "Hur stor del av indexets ändring som räknas.", example="80"
    )
    base: str | None = entry(
        "basmånad", "Basmånad", "Den månad eller det år som ändringen räknas från.", example="oktober 2026"
    )
    first_year: Year | None = entry("från_år", "Från år", "Första året med uppräknade belopp.", example="2028")
    rounding: Rounding | None = entry(
        "avrundning", "Avrundning", "Hur beloppet avrundas.", example="nedåt till hundratal kronor"
    )


@frozen(kw_only=True)
class BudgetLine:
    """A line of the budget."""

    item: str | None = entry("post", "Post", "Vad kostnaden eller intäkten avser.", example="Personal")
    year: Year | None = entry("år", "År", "Kalenderåret.", example="2027")
    amount: Money | None = entry("belopp", "Belopp", "Beloppet i kronor.", example="600 000 kr")


@frozen(kw_only=True)
class OtherGrants:
    """Other grants for the same work (source: malmo, Ekonomi)."""

    allowed: GrantsAllowed | None = entry(
        "får_sökas",
        "Får andra bidrag sökas",
        "Om organisationen får söka andra bidrag.",
        sources=("malmo",),
        example="efter samråd",
    )
    known: tuple[str, ...] = entry(
        "kända", "Kända bidrag", "Bidrag som verksamheten redan har eller har sökt.", many=True
    )
    description: str | None = entry("beskrivning", "Närmare om andra bidrag", "Hur parterna informerar varandra.")


@frozen(kw_only=True)
class Surplus:
    """Överskott: reinvested or repaid, never distributed (sources: malmo, famna)."""

    use: SurplusUse | None = entry(
        "hantering",
        "Hantering av överskott",
        "Vad som händer med ett överskott.",
        sources=("malmo", "famna"),
        example="återinvesteras",
    )
    description: str | None = entry("beskrivning", "Närmare om överskott", "Det som behöver sägas utöver hanteringen.")


@frozen(kw_only=True)
class Deficit:
    """Underskott."""

    bearer: DeficitBearer | None = entry(
        "bärs_av", "Underskott bärs av", "Vem som bär ett underskott.", example="varje part bär sitt"
    )
    description: str | None = entry("beskrivning", "Närmare om underskott", "Det som behöver sägas utöver det.")


@frozen(kw_only=True)
class Accounts:
    """Accounts and audit of the money."""

    report: str | None = entry(
        "redovisning", "Ekonomisk redovisning", "Hur och när medlen redovisas.", example="senast den 31 mars varje år"
    )
    audit: str | None = entry("revision", "Revision", "Vem som granskar räkenskaperna.")


@frozen(kw_only=True)
class OutcomeLevel:
    """A level of an outcome and the amount the public party pays when it is reached."""

    level: str | None = entry("nivå", "Nivå", "Det resultat som ska vara nått.", example="minst 20 deltagare i arbete")
    price: Money | None = entry("pris", "Belopp", "Det som betalas när nivån är nådd.", example="400 000 kr")


@frozen(kw_only=True)
class Outcome:
    """An outcome of an outcome contract and how it is measured."""

    outcome: str | None = entry("utfall", "Utfall", "Den förändring som eftersträvas.", sources=("famna",))
    measure: str | None = entry("mått", "Mått", "Hur utfallet mäts och av vem.", sources=("famna",))
    levels: tuple[OutcomeLevel, ...] = entry(
        "nivåer", "Resultatnivåer", "Resultatnivåer och belopp.", sources=("famna",), many=True
    )


@frozen(kw_only=True)
class OutcomeContract:
    """Socialt utfallskontrakt (source: famna, Sociala utfallskontrakt)."""

    financier: str | None = entry("finansiär", "Finansiär", "Den som finansierar insatserna.", sources=("famna",))
    outcomes: tuple[Outcome, ...] = entry("utfall", "Utfall", "De utfall som avtalas.", sources=("famna",), many=True)
    risk: str | None = entry("risk", "Ekonomisk risk", "Vem som bär risken om utfallen uteblir.", sources=("famna",))


@frozen(kw_only=True)
class Economy:
    """Ekonomi (sources: malmo, vgr, famna, uddevalla, sou)."""

    resources: tuple[Resource, ...] = entry(
        "resurser",
        "Parternas resurser",
        "Vad varje part bidrar med, per år.",
        sources=("malmo", "famna", "sou"),
        many=True,
    )
    payments: tuple[Payment, ...] = entry(
        "utbetalningar", "Utbetalningar", "Vad som betalas, när, hur och till vem.", sources=("malmo",), many=True
    )
    indexation: Indexation | None = entry("uppräkning", "Uppräkning", "Hur belopp räknas upp mellan åren.")
    budget: tuple[BudgetLine, ...] = entry("budget", "Budget", "Verksamhetens budget i poster.", many=True)
    grants: OtherGrants | None = entry(
        "andra_bidrag", "Andra bidrag", "Andra bidrag för samma verksamhet.", sources=("malmo",)
    )
    surplus: Surplus | None = entry("överskott", "Överskott", "Hur ett överskott hanteras.", sources=("malmo", "famna"))
    deficit: Deficit | None = entry("underskott", "Underskott", "Hur ett underskott hanteras.")
    accounts: Accounts | None = entry("redovisning", "Redovisning och revision", "Hur medlen redovisas och granskas.")
    overhead: str | None = entry(
        "overhead", "Egna overheadkostnader", "Vem som bär organisationens gemensamma kostnader.", sources=("malmo",)
    )
    non_profit: bool | None = entry(
        "utan_vinstsyfte",
        "Utan vinstsyfte och med skälig ersättning",
        "Ja om verksamheten drivs utan vinstsyfte och ersättningen är skälig.",
        sources=("malmo",),
        example="ja",
    )
    vat: str | None = entry("moms", "Mervärdesskatt", "Hur parterna ser på mervärdesskatt.")
    social_benefit: str | None = entry(
        "samhällsvinst",
        "Samhällsvinst och kostnadseffektivitet",
        "Vad samhället vinner på verksamheten.",
        sources=("uddevalla",),
    )
    outcome_contract: OutcomeContract | None = entry(
        "utfallskontrakt",
        "Socialt utfallskontrakt",
        "När en finansiär bär risken och betalning beror på utfall.",
        sources=("famna",),
    )
