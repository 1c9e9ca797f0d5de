"""Compare public support to an organisation with the ceiling of de minimis aid, across agreements; never approve it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from attrs import define, field

from iopdocs.linter.rules.character.state_aid import CEILING, CEILING_OF_GENERAL_INTEREST
from iopdocs.register.extensions import by_year
from iopdocs.register.identities import Identities, folded
from iopdocs.register.rows import RegisterRow, Watch, WatchKind

NEAR = Decimal("0.8")
"""The share of the ceiling from which support is reported."""
_ZERO = Decimal(0)


@define
class _Received:
    """Support from public parties to an organisation, by year and agreement. *unknown*: some of it cannot be summed."""

    name: str
    number: str = ""
    years: dict[int, Decimal] = field(factory=lambda: defaultdict(lambda: _ZERO))
    agreements: dict[str, RegisterRow] = field(factory=dict)
    unknown: bool = False

    @property
    def shown(self) -> str:
        return f"{self.name} ({self.number})" if self.number else self.name


def support(rows: Sequence[RegisterRow], today: date, rate: Decimal | None) -> Iterator[Watch]:
    """Yield what to watch in the public support to each organisation, over windows of three calendar years.

    Windows that ended before the year of *today* are ignored. Without a *rate* (kronor per euro) nothing is computed,
    and one line asks for it. Support is never reported as lawful, since earlier support and support to companies in the
    same group or from other authorities are unknown (EU 2023/2831, article 3).
    """
    received, shared = _received(rows)
    if not received and not shared:
        return
    if not rate:
        text = "offentligt stöd är inte prövat mot taket för stöd av mindre betydelse, för eurokursen saknas"
        advice = "skriv ”eurokurs” under ”gränser” i iopdocs.yaml, till exempel 11,20"
        yield Watch(WatchKind.SUPPORT, (), text, advice)
        return
    for receiver in received:
        first, most = _window(receiver, today)
        if most >= NEAR * CEILING * rate:
            yield _support_watch(receiver, first, most, CEILING * rate)
    uncounted = [receiver for receiver in received if receiver.unknown]
    if uncounted:
        text = "det går inte att räkna allt som betalas till {names}".format(
            names=", ".join(receiver.shown for receiver in uncounted)
        )
        names = tuple(dict.fromkeys(name for receiver in uncounted for name in receiver.agreements))
        yield Watch(WatchKind.SUPPORT, names, text, "skriv belopp och tid, eller räkna själv")
    for row in shared:
        text = "det framgår inte vem av {names} som får den offentliga partens pengar".format(
            names=", ".join((*row.civil, *row.others))
        )
        yield Watch(WatchKind.SUPPORT, (row.id,), text, "skriv utbetalningarna i avtalet, eller räkna själv")


def _received(rows: Sequence[RegisterRow]) -> tuple[list[_Received], list[RegisterRow]]:
    """Return the support to each organisation, and the agreements whose receiver of public money is unclear."""
    known = Identities.of(rows)
    by_identity: dict[str, _Received] = {}
    shared = []

    def receiver(row: RegisterRow, name: str) -> _Received:
        number = next((number for other, number in row.organisation_numbers if folded(other) == folded(name)), "")
        received = by_identity.setdefault(known.party(row, name), _Received(name))
        received.number = received.number or number
        received.agreements[row.id] = row
        return received

    for row in rows:
        public = {folded(name) for name in row.public}
        paid = [
            payment for payment in row.paid if folded(payment.payer) in public and folded(payment.payee) not in public
        ]
        for payment in paid:
            if payment.payee:
                receiver(row, payment.payee).years[payment.year] += payment.amount
        for name in row.unknown_paid:
            if folded(name) not in public:
                receiver(row, name).unknown = True
        if row.paid or row.unknown_paid:
            continue
        cash = [given for given in by_year(row) if folded(given.party) in public and given.cash]
        others = (*row.civil, *row.others)
        if cash and len(others) == 1:
            for given in cash:
                if given.year is None:
                    receiver(row, others[0]).unknown = True
                else:
                    receiver(row, others[0]).years[given.year] += given.cash
        elif cash and others:
            shared.append(row)
    return list(by_identity.values()), shared


def _window(receiver: _Received, today: date) -> tuple[int, Decimal]:
    """Return (first year, kronor) of the three consecutive calendar years with the largest sum, among those not past."""
    sums = {
        year: sum((receiver.years.get(year + n, _ZERO) for n in range(3)), _ZERO)
        for year in {first - n for first in receiver.years for n in range(3)}
        if year + 2 >= today.year
    }
    # Among windows with equal sums, the first that begins with a payment is the most informative.
    return max(
        sums.items(), key=lambda item: (item[1], item[0] in receiver.years, -item[0]), default=(today.year, _ZERO)
    )


def _support_watch(receiver: _Received, first: int, most: Decimal, ceiling: Decimal) -> Watch:
    words = (
        "{name} får {sum} av offentliga parter under {first}–{last}: mer än taket för stöd av mindre betydelse, {ceiling} ({euro} euro)"
        if most > ceiling
        else "{name} får {sum} av offentliga parter under {first}–{last}: {part} procent av taket för stöd av mindre betydelse, {ceiling} ({euro} euro)"
    )  # fmt: skip
    text = words.format(
        name=receiver.shown, sum=kronor(most), first=first, last=first + 2, ceiling=kronor(ceiling), euro=_grouped(CEILING),
        part=int(most / ceiling * 100),
    )  # fmt: skip
    if receiver.unknown:
        text += "; det finns också utbetalningar som inte går att räkna"
    advice = f"registret kan inte avgöra om pengarna är stöd: se den rättsliga bedömningen, och fråga organisationen efter tidigare stöd av mindre betydelse, också till företag i samma koncern och från andra myndigheter; för tjänster av allmänt ekonomiskt intresse är taket {_grouped(CEILING_OF_GENERAL_INTEREST)} euro"
    return Watch(WatchKind.SUPPORT, tuple(receiver.agreements), text, advice)


def kronor(amount: Decimal) -> str:
    """Return *amount* in whole kronor, formatted for reading."""
    return f"{_grouped(int(amount.quantize(Decimal(1), ROUND_HALF_UP)))}\u00a0kr"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
