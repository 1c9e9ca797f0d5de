"""Public support to one organisation across agreements, held against the ceiling of de minimis aid: asked, never cleared."""

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
"""The part of the ceiling from which support is told."""
_ZERO = Decimal(0)


@define
class _Received:
    """What an organisation gets from public parties: by year, and in which agreements; *unknown* what cannot be summed."""

    name: str
    number: str = ""
    years: dict[int, Decimal] = field(factory=lambda: defaultdict(lambda: _ZERO))
    agreements: dict[str, RegisterRow] = field(factory=dict)
    unknown: bool = False

    @property
    def shown(self) -> str:
        return f"{self.name} ({self.number})" if self.number else self.name


def support(rows: Sequence[RegisterRow], today: date, rate: Decimal | None) -> Iterator[Watch]:
    """Yield what to look at in the public support to each organisation, over windows of three calendar years.

    Windows that ended before the year of *today* are not looked at. Without a *rate* (kronor per euro) nothing is
    computed: one line asks for it. Nothing here says that support is within the law, since earlier support, that of
    companies in the same group and that of other authorities are not known (EU 2023/2831, article 3).
    """
    received, shared = _received(rows)
    if not received and not shared:
        return
    if not rate:
        text = "offentligt stöd är inte prövat mot taket för stöd av mindre betydelse, för eurokursen saknas"
        advice = "skriv ”eurokurs” under ”gränser” i iopdocs.yaml, till exempel 11,20"
        yield Watch(WatchKind.SUPPORT, (), text, advice)
        return
    for one in received:
        first, most = _window(one, today)
        if most >= NEAR * CEILING * rate:
            yield _told(one, first, most, CEILING * rate)
    uncounted = [one for one in received if one.unknown]
    if uncounted:
        text = "det går inte att räkna allt som betalas till {names}".format(
            names=", ".join(one.shown for one in uncounted)
        )
        names = tuple(dict.fromkeys(name for one in uncounted for name in one.agreements))
        yield Watch(WatchKind.SUPPORT, names, text, "skriv belopp och tid, eller räkna själv")
    for row in shared:
        text = "det framgår inte vem av {names} som får den offentliga partens pengar".format(
            names=", ".join((*row.civil, *row.others))
        )
        yield Watch(WatchKind.SUPPORT, (row.id,), text, "skriv utbetalningarna i avtalet, eller räkna själv")


def _received(rows: Sequence[RegisterRow]) -> tuple[list[_Received], list[RegisterRow]]:
    """Return what each organisation gets, and the agreements whose public money has no receiver that can be told."""
    known = Identities.of(rows)
    found: dict[str, _Received] = {}
    shared = []

    def receiver(row: RegisterRow, name: str) -> _Received:
        number = next((one for other, one in row.organisation_numbers if folded(other) == folded(name)), "")
        one = found.setdefault(known.party(row, name), _Received(name))
        one.number = one.number or number
        one.agreements[row.id] = row
        return one

    for row in rows:
        public = {folded(name) for name in row.public}
        paid = [one for one in row.paid if folded(one.payer) in public and folded(one.payee) not in public]
        for one in paid:
            if one.payee:
                receiver(row, one.payee).years[one.year] += one.amount
        for name in row.unknown_paid:
            if folded(name) not in public:
                receiver(row, name).unknown = True
        if row.paid or row.unknown_paid:
            continue
        cash = [one for one in by_year(row) if folded(one.party) in public and one.cash]
        others = (*row.civil, *row.others)
        if cash and len(others) == 1:
            for given in cash:
                if given.year is None:
                    receiver(row, others[0]).unknown = True
                else:
                    receiver(row, others[0]).years[given.year] += given.cash
        elif cash and others:
            shared.append(row)
    return list(found.values()), shared


def _window(one: _Received, today: date) -> tuple[int, Decimal]:
    """Return (first year, kronor) of the three calendar years in a row with the most, among those not yet past."""
    sums = {
        year: sum((one.years.get(year + n, _ZERO) for n in range(3)), _ZERO)
        for year in {each - n for each in one.years for n in range(3)}
        if year + 2 >= today.year
    }
    # Of windows with the same sum, the first that begins with money says most.
    return max(sums.items(), key=lambda item: (item[1], item[0] in one.years, -item[0]), default=(today.year, _ZERO))


def _told(one: _Received, first: int, most: Decimal, ceiling: Decimal) -> Watch:
    words = (
        "{name} får {sum} av offentliga parter under {first}–{last}: mer än taket för stöd av mindre betydelse, {ceiling} ({euro} euro)"
        if most > ceiling
        else "{name} får {sum} av offentliga parter under {first}–{last}: {part} procent av taket för stöd av mindre betydelse, {ceiling} ({euro} euro)"
    )  # fmt: skip
    text = words.format(
        name=one.shown, sum=kronor(most), first=first, last=first + 2, ceiling=kronor(ceiling), euro=_grouped(CEILING),
        part=int(most / ceiling * 100),
    )  # fmt: skip
    if one.unknown:
        text += "; det finns också utbetalningar som inte går att räkna"
    advice = f"registret kan inte avgöra om pengarna är stöd: se den rättsliga bedömningen, och fråga organisationen efter tidigare stöd av mindre betydelse, också till företag i samma koncern och från andra myndigheter; för tjänster av allmänt ekonomiskt intresse är taket {_grouped(CEILING_OF_GENERAL_INTEREST)} euro"
    return Watch(WatchKind.SUPPORT, tuple(one.agreements), text, advice)


def kronor(amount: Decimal) -> str:
    """Return *amount* in whole kronor, as people read it."""
    return f"{_grouped(int(amount.quantize(Decimal(1), ROUND_HALF_UP)))}\u00a0kr"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
