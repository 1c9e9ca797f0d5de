"""J – state aid: whether the money may be aid, and whether de minimis aid stays below its ceiling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

import attrs
from attrs import frozen

from iopdocs.findings import Level
from iopdocs.library.question_lists import Meaning
from iopdocs.linter.agreement_parts import is_public, name_of, names_of
from iopdocs.linter.economies import economies
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.linter.rules.character.assessment_parts import MEANINGS, ROOT, examined
from iopdocs.model.agreement import Agreement
from iopdocs.model.assessment import Answer, DeMinimisAid
from iopdocs.model.economy import Payment
from iopdocs.model.parties import Party
from iopdocs.model.schedule import instalments
from iopdocs.values.period import Period

CEILING = 300_000
"""Euro over three years to a single undertaking (EU 2023/2831, article 3.2)."""
CEILING_OF_GENERAL_INTEREST = 750_000
"""Euro over three years for services of general economic interest (EU 2023/2832, article 3.2)."""
_AID = f"{ROOT}.försumbart_stöd"


@frozen
class AidPayment:
    """One payment: kronor by calendar year, and the maximum for the whole payment, if given."""

    years: dict[int, Decimal]
    ceiling: Decimal | None = None

    def within(self, first: int, last: int) -> Decimal:
        """Return the kronor paid from the year *first* to the year *last*."""
        total = sum((self.years.get(year, Decimal(0)) for year in range(first, last + 1)), Decimal(0))
        return total if self.ceiling is None else min(total, self.ceiling)

    @property
    def total(self) -> Decimal:
        """The kronor paid in all years."""
        total = sum(self.years.values(), Decimal(0))
        return total if self.ceiling is None else min(total, self.ceiling)


@frozen
class Receiver:
    """A party that is not public and receives money from a public one: *paid* payments, and paths of *unknown* ones."""

    party: Party
    paid: tuple[AidPayment, ...]
    unknown: tuple[str, ...]

    @property
    def most_in_three_years(self) -> Decimal:
        """The largest sum of any three consecutive calendar years, in kronor."""
        years = {year for paid in self.paid for year in paid.years}
        # Payments without a ceiling are merged, so that many of them are not iterated for every year.
        whole: dict[int, Decimal] = defaultdict(Decimal)
        for paid in self.paid:
            for year, amount in paid.years.items() if paid.ceiling is None else ():
                whole[year] += amount
        counted = (AidPayment(whole), *(paid for paid in self.paid if paid.ceiling is not None))
        return max(
            (sum((payment.within(year, year + 2) for payment in counted), Decimal(0)) for year in years),
            default=Decimal(0),
        )

    @property
    def total(self) -> Decimal:
        """The sum of the agreement's payments to the party, in kronor."""
        return sum((paid.total for paid in self.paid), Decimal(0))


def receivers(agreement: Agreement) -> tuple[Receiver, ...]:
    """Return the parties that receive money from a public party, in the order of the parties; appendices included."""
    paid: dict[int, list[AidPayment]] = defaultdict(list)
    unknown: dict[int, list[str]] = defaultdict(list)
    numbers = {id(party): number for number, party in reversed(list(enumerate(agreement.parties)))}
    for path, economy in economies(agreement):
        for number, payment in enumerate(economy.payments, 1):
            payer, payee = agreement.party(payment.payer or ""), agreement.party(payment.payee or "")
            if payee is None or payee.kind is None or payee.kind.is_public or not is_public(payer):
                continue
            aid_payment = paid_by(payment, agreement)
            if aid_payment is None:
                unknown[numbers[id(payee)]].append(f"{path}.utbetalningar[{number}]")
            else:
                paid[numbers[id(payee)]].append(aid_payment)
    return tuple(
        Receiver(party, tuple(paid[number]), tuple(unknown[number]))
        for number, party in enumerate(agreement.parties)
        if number in paid or number in unknown
    )


def paid_by(payment: Payment, agreement: Agreement) -> AidPayment | None:
    """Return the kronor of *payment* by year, or ``None`` when the data do not give them.

    A series without a period covers the agreement's term, or three years of it when the term has no end. A payment by
    volume counts with its maximum.
    """
    term = agreement.term
    whole = None
    if term and term.start:
        # The ceiling concerns three calendar years, so an open end needs no more.
        whole = Period(
            term.start, term.end or term.start.replace(month=12, day=31, year=min(9999, term.start.year + 2))
        )
    ceiling = payment.ceiling.amount if payment.ceiling else None
    period = payment.period or whole
    if payment.amount is None or payment.price_per_day_and_person is not None:
        first = payment.due or (period.start if period else None)
        return AidPayment({first.year: ceiling}) if ceiling is not None and first else None
    with_period = attrs.evolve(payment, period=period)
    years: dict[int, Decimal] = defaultdict(Decimal)
    for instalment in instalments(with_period):
        years[instalment.year] += instalment.amount.amount
    return AidPayment(dict(years), ceiling) if years else None


def _may_be_aid(case: Case) -> bool:
    """Return whether the money may be aid according to the assessment: no criterion is answered nej."""
    return not any(
        answer is Answer.NO
        for part in examined(case)
        if MEANINGS[part.key] is Meaning.ANY_NO_IS_NO_AID
        for answer in part.given().values()
    )


def _earlier_aid(agreement: Agreement) -> Mapping[int, list[tuple[int, DeMinimisAid]]]:
    """Return the known earlier aid, with its number in the list, by the identity of the party."""
    by_party: dict[int, list[tuple[int, DeMinimisAid]]] = defaultdict(list)
    for number, aid in enumerate(agreement.assessment.de_minimis if agreement.assessment else (), 1):
        party = agreement.party(aid.party) if aid.party else None
        if party is not None:
            by_party[id(party)].append((number, aid))
    return by_party


def _kronor(amount: Decimal) -> str:
    return f"{int(amount.quantize(Decimal(1), ROUND_HALF_UP)):,}".replace(",", "\u00a0") + "\u00a0kr"


@rule("J320", "statsstöd", Level.WARNING, reads=("rättslig_bedömning.statsstöd",))
def all_criteria_of_aid(case: Case) -> Iterable[Hit]:
    """Alla kriterier för statligt stöd är uppfyllda.

    Vad: Varje fråga i listan om statligt stöd är besvarad med ja.
    Varför: Då är finansieringen statligt stöd, som är förbjudet om det inte ryms i ett undantag eller är godkänt.
    Dåligt exempel:
        rättslig_bedömning:
          statsstöd:
            svar:
              - {fråga: ekonomisk-verksamhet, svar: ja, motivering: Kaféet säljer till alla.}
              - {fråga: fördel, svar: ja, motivering: Hyran är lägre än marknadens.}
              - {fråga: offentliga-medel, svar: ja, motivering: Kommunen betalar.}
              - {fråga: konkurrens, svar: ja, motivering: Andra kaféer finns.}
              - {fråga: handel, svar: ja, motivering: Orten har många utländska gäster.}
    Bra exempel:
        rättslig_bedömning:
          statsstöd:
            svar:
              - {fråga: ekonomisk-verksamhet, svar: nej, motivering: Verksamheten är gratis och ideell.}
              - {fråga: fördel, svar: ja, motivering: Hyran är lägre än marknadens.}
              - {fråga: offentliga-medel, svar: ja, motivering: Kommunen betalar.}
              - {fråga: konkurrens, svar: nej, motivering: Ingen annan erbjuder detta.}
              - {fråga: handel, svar: nej, motivering: Verksamheten är lokal.}
    Källa: famna, Statsstöd; fördraget om Europeiska unionens funktionssätt, artikel 107.1.
    """
    for part in examined(case):
        if MEANINGS[part.key] is Meaning.ANY_NO_IS_NO_AID and part.all_yes():
            yield Hit(
                part.path,
                "alla kriterier är uppfyllda: finansieringen är statligt stöd",
                "visa att stödet ryms i ett undantag, till exempel stöd av mindre betydelse, eller ändra finansieringen",
            )


@rule(
    "J321",
    "stöd-av-mindre-betydelse-okänt",
    Level.ADVICE,
    reads=(
        "ekonomi.utbetalningar",
        "rättslig_bedömning.statsstöd",
        "rättslig_bedömning.försumbart_stöd.part",
        "rättslig_bedömning.försumbart_stöd.tidigare_stöd",
    ),
)
def aid_not_known(case: Case) -> Iterable[Hit]:
    """Det går inte att pröva taket för stöd av mindre betydelse.

    Vad: En part som inte är offentlig får en utbetalning från en offentlig part, ingen fråga i listan om statligt stöd är
        besvarad med nej, och något av detta saknas: partens tidigare stöd under ”försumbart_stöd”, eurokursen bland
        gränserna, eller vad utbetalningen kan bli som mest.
    Varför: Taket gäller allt stöd av mindre betydelse som parten och de företag den hör ihop med har fått de senaste tre
        åren. Utan de uppgifterna räknar regeln inte alls. Är ett enda kriterium för statligt stöd inte uppfyllt behövs de
        inte.
    Dåligt exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        ekonomi: {utbetalningar: [{från: K, till: F, belopp: 100 000 kr, senast: 2027-01-31}]}
    Bra exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        ekonomi: {utbetalningar: [{från: K, till: F, belopp: 100 000 kr, senast: 2027-01-31}]}
        rättslig_bedömning:
          statsstöd: {svar: [{fråga: handel, svar: nej, motivering: Verksamheten är lokal.}]}
    Källa: famna, Statsstöd; förordning (EU) 2023/2831, artikel 3; förordning (EU) 2023/2832, artikel 3.
    """
    possible_receivers = receivers(case.agreement) if _may_be_aid(case) else ()
    earlier_aid = _earlier_aid(case.agreement)
    unasked = [receiver.party for receiver in possible_receivers if id(receiver.party) not in earlier_aid]
    if unasked:
        message = "det är inte känt vilket stöd av mindre betydelse dessa parter har fått tidigare: {names}"
        hint = "fråga dem och skriv svaret under försumbart_stöd, eller visa att medlen inte är statligt stöd"
        yield Hit(_AID, message.format(names=names_of(unasked)), hint)
    asked = [receiver for receiver in possible_receivers if id(receiver.party) in earlier_aid]
    if asked and not case.limits.euro_rate:
        hint = "skriv ”eurokurs” bland gränserna i iopdocs.yaml eller i profilen"
        yield Hit(_AID, "eurokursen saknas, så taket kan inte räknas i kronor", hint, word="eurokurs")
    for receiver in asked:
        for number, aid in earlier_aid[id(receiver.party)]:
            if aid.earlier is None:
                message = f"{name_of(receiver.party)} har inte uppgett tidigare stöd"
                yield Hit(f"{_AID}[{number}].tidigare_stöd", message, "skriv beloppet i kronor, 0 om inget")
        for path in receiver.unknown:
            message = f"det går inte att räkna vad {name_of(receiver.party)} får"
            yield Hit(path, message, "skriv ”högst” och när det betalas, så att taket kan prövas")


@rule(
    "J322",
    "stöd-över-taket",
    Level.WARNING,
    reads=(
        "ekonomi.utbetalningar",
        "rättslig_bedömning.försumbart_stöd.tidigare_stöd",
        "rättslig_bedömning.försumbart_stöd.allmänt_ekonomiskt_intresse",
    ),
)
def aid_above_the_ceiling(case: Case) -> Iterable[Hit]:
    """Stöd av mindre betydelse över taket.

    Vad: Ingen fråga i listan om statligt stöd är besvarad med nej, och en parts tidigare stöd och det mesta som
        offentliga parter enligt avtalet betalar till den under tre kalenderår i rad är tillsammans mer än 300 000 euro,
        eller 750 000 euro när stödet avser en tjänst av allmänt ekonomiskt intresse, räknat med den eurokurs som är
        angiven. Serier utan period räknas över avtalstiden, belopp efter volym med ”högst”, och uppräkning räknas inte.
        Ryms tre år under taket men inte avtalets hela belopp är det ett råd: stöd räknas som beviljat när parten får rätt
        till det, oavsett när det betalas ut.
    Varför: Stöd över taket är inte stöd av mindre betydelse och kan behöva anmälas; annars är det olagligt och ska krävas
        tillbaka.
    Dåligt exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        ekonomi: {utbetalningar: [{från: K, till: F, belopp: 20 mkr, senast: 2027-01-31}]}
        rättslig_bedömning: {försumbart_stöd: [{part: F, tidigare_stöd: 0 kr}]}
    Bra exempel:
        parter: [{namn: K, typ: kommun}, {namn: F, typ: ideell förening}]
        ekonomi: {utbetalningar: [{från: K, till: F, belopp: 1 mkr, senast: 2027-01-31}]}
        rättslig_bedömning: {försumbart_stöd: [{part: F, tidigare_stöd: 0 kr}]}
    Källa: förordning (EU) 2023/2831, artikel 3; förordning (EU) 2023/2832, artikel 3; famna, Statsstöd.
    """
    rate = case.limits.euro_rate
    if not rate or not _may_be_aid(case):
        return
    earlier_aid = _earlier_aid(case.agreement)
    for receiver in receivers(case.agreement):
        aids = earlier_aid.get(id(receiver.party), [])
        if aids and all(aid.earlier is not None for _number, aid in aids):
            yield from _over(receiver, aids[0][0], [aid for _number, aid in aids], rate)


def _over(receiver: Receiver, number: int, aids: Sequence[DeMinimisAid], rate: Decimal) -> Iterator[Hit]:
    earlier = sum((aid.earlier.amount for aid in aids if aid.earlier), Decimal(0))
    # The higher ceiling applies only when all aid known for the party is of that kind.
    euro = CEILING_OF_GENERAL_INTEREST if all(aid.general_interest for aid in aids) else CEILING
    ceiling = euro * rate
    three, total = receiver.most_in_three_years, receiver.total
    parts = {
        "party": name_of(receiver.party), "earlier": _kronor(earlier), "ceiling": _kronor(ceiling),
        "euro": f"{euro:,}".replace(",", "\u00a0"),
    }  # fmt: skip
    if earlier + three > ceiling:
        message = "{party} får {sum} under tre år och har tidigare fått {earlier}: tillsammans {all}, mer än taket {ceiling} ({euro} euro)".format(
            sum=_kronor(three), all=_kronor(earlier + three), **parts
        )
        yield Hit(f"{_AID}[{number}]", message, "sänk beloppet, eller visa att medlen inte är statligt stöd")
    elif earlier + total > ceiling:
        message = "{party} får {sum} under hela avtalstiden och har tidigare fått {earlier}: tillsammans {all}, mer än taket {ceiling} ({euro} euro)".format(
            sum=_kronor(total), all=_kronor(earlier + total), **parts
        )
        hint = "pröva om rätten till hela beloppet uppstår när avtalet ingås: i så fall räknas allt då"
        yield Hit(f"{_AID}[{number}]", message, hint, level=Level.ADVICE)
