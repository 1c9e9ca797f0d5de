"""Names that texts may use and that are computed from the data: who is public, sums per party and year, numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from iopdocs.model.agreement import Agreement
from iopdocs.model.closing import Appendix
from iopdocs.model.economy import Economy, Payment, Resource
from iopdocs.model.fields import PartyRef, entry
from iopdocs.model.organisation import Group, GroupKind
from iopdocs.model.parties import Party
from iopdocs.model.schedule import Instalment, instalments
from iopdocs.templating.data_view import Derived, Leaf, ListView, Missing, View
from iopdocs.values.money import Money
from iopdocs.values.text import Year


@frozen(kw_only=True)
class ResourceSum:
    """The resources that a party contributes during a year."""

    party: PartyRef | None = entry("part", "Part", "Parten.")
    year: Year | None = entry("år", "År", "Kalenderåret.")
    cash: Money | None = entry("kontant", "Kontanta medel", "Summan av kontanta medel.")
    value: Money | None = entry("värde", "Uppskattat värde", "Summan av värdet på andra resurser.")


@frozen(kw_only=True)
class YearSum:
    """The sum paid during a year."""

    year: Year | None = entry("år", "År", "Kalenderåret.")
    amount: Money | None = entry("belopp", "Belopp", "Summan.")


@frozen(kw_only=True)
class PaymentSum:
    """The payments from one party to another: a sum for each year with any payment in the agreement, and the total."""

    payer: PartyRef | None = entry("från", "Från", "Parten som betalar.")
    payee: PartyRef | None = entry("till", "Till", "Parten som får betalningen.")
    years: tuple[YearSum, ...] = entry("per_år", "Per år", "Summan för varje år.", many=True)
    amount: Money | None = entry("belopp", "Belopp", "Summan av alla år.")


def _parties(view: View, kind: str) -> ListView:
    chosen = [
        View(view.root, party, f"parter[{n}]") for n, party in enumerate(view.record.parties, 1) if _kind(party) == kind
    ]
    return ListView(view.root, tuple(chosen), "parter")


def _kind(party: Party) -> str:
    if party.kind is None:
        return ""
    return "public" if party.kind.is_public else "civil" if party.kind.is_civil else "company"


def _called(view: View) -> Any:
    party: Party = view.record
    if party.called is None:
        return Missing(view.root, f"{view.path}.namn", "Partens namn")
    return Leaf(view.root, party.called, f"{view.path}.{'kallas' if party.short_name else 'namn'}", str)


def _resources(view: View, cash: bool) -> ListView:
    chosen = [
        View(view.root, resource, f"{view.path}.resurser[{n}]")
        for n, resource in enumerate(view.record.resources, 1)
        if (resource.kind is not None and resource.kind.is_cash) is cash
    ]
    return ListView(view.root, tuple(chosen), f"{view.path}.resurser")


def _cash(resource: Resource) -> list[Money]:
    is_cash = resource.kind is not None and resource.kind.is_cash
    return [resource.amount] if is_cash and resource.amount is not None else []


def _worth(resource: Resource) -> list[Money]:
    """The worth of a resource that is not money: its value, else its amount."""
    if resource.kind is not None and resource.kind.is_cash:
        return []
    worth = resource.value if resource.value is not None else resource.amount
    return [] if worth is None else [worth]


def _resource_sums(view: View) -> ListView:
    cash: dict[tuple[PartyRef | None, Year | None], list[Money]] = defaultdict(list)
    value: dict[tuple[PartyRef | None, Year | None], list[Money]] = defaultdict(list)
    keys: dict[tuple[PartyRef | None, Year | None], None] = {}
    for resource in view.record.resources:
        party = view.root.agreement.party(resource.party) if resource.party else None
        key = (PartyRef(party.called) if party and party.called else resource.party, resource.year)
        keys[key] = None
        cash[key] += _cash(resource)
        value[key] += _worth(resource)
    rows = [
        ResourceSum(party=party, year=year, cash=total(cash[party, year]), value=total(value[party, year]))
        for party, year in keys
        if cash[party, year] or value[party, year]
    ]
    return _rows(view, rows, "summor")


def _payment_sums(view: View) -> ListView:
    paid = [(payment, one) for payment in view.record.payments for one in instalments(payment)]
    years = sorted({one.year for _payment, one in paid})
    pairs = dict.fromkeys((payment.payer, payment.payee) for payment, _one in paid)
    rows = []
    for pair in pairs:
        own = [one for payment, one in paid if (payment.payer, payment.payee) == pair]
        sums = _year_sums(own, years)
        rows.append(PaymentSum(payer=pair[0], payee=pair[1], years=sums, amount=total([one.amount for one in own])))
    return _rows(view, rows, "utbetalt")


def _year_sums(paid: list[Instalment], years: list[int]) -> tuple[YearSum, ...]:
    if any(not 1900 <= year <= 2200 for year in years):
        # A mistyped date: the payments are printed as written, but no sums by year.
        return ()
    amounts = {year: total([one.amount for one in paid if one.year == year]) for year in years}
    return tuple(YearSum(year=Year(year), amount=amount) for year, amount in amounts.items())


def _payments_per_year(view: View) -> ListView:
    paid = [one for payment in view.record.payments for one in instalments(payment)]
    return _rows(view, list(_year_sums(paid, sorted({one.year for one in paid}))), "utbetalt_per_år")


def _rows(view: View, rows: list[Any], name: str) -> ListView:
    path = f"{view.path}.{name}"
    return ListView(view.root, tuple(View(view.root, row, f"{path}[{n}]") for n, row in enumerate(rows, 1)), path)


def total(amounts: list[Money]) -> Money | None:
    """Return the sum of *amounts*; ``None`` for none, or for more than a biljon kronor, which no agreement reaches."""
    if not amounts:
        return None
    whole = sum((money.amount for money in amounts), Decimal(0))
    try:
        return Money(whole)
    except ValueError:
        return None


def _money(view: View, name: str, amounts: list[Money]) -> Any:
    whole = total(amounts)
    return (
        Missing(view.root, f"{view.path}.{name}", name)
        if whole is None
        else Leaf(view.root, whole, f"{view.path}.{name}", Money)
    )


def _payments_total(view: View) -> Any:
    return _money(view, "summa", [one.amount for one in instalments(view.record)])


def _payments_count(view: View) -> Any:
    count = len(instalments(view.record))
    path = f"{view.path}.antal_betalningar"
    return Leaf(view.root, count, path, int) if count else Missing(view.root, path, "Antal betalningar")


def _appendix_number(view: View) -> Leaf:
    number = next((n for n, one in enumerate(view.root.agreement.appendices, 1) if one is view.record), 0)
    return Leaf(view.root, number, f"{view.path}.nummer", int)


def _further_kind(view: View) -> Any:
    """The kind of a group, unless its name already contains it: ”Styrgruppen” needs no ”styrgrupp” behind it."""
    group: Group = view.record
    path = f"{view.path}.typ"
    if group.kind is None or group.kind.value in (group.name or "").casefold():
        return Missing(view.root, path, "Typ av grupp")
    return Leaf(view.root, group.kind, path, GroupKind)


DERIVED: Derived = {
    Agreement: {
        "offentliga_parter": lambda view: _parties(view, "public"),
        "idéburna_parter": lambda view: _parties(view, "civil"),
        "företag": lambda view: _parties(view, "company"),
    },
    Party: {
        "benämning": _called,
        "är_offentlig": lambda view: _kind(view.record) == "public",
        "är_idéburen": lambda view: _kind(view.record) == "civil",
        "är_företag": lambda view: _kind(view.record) == "company",
    },
    Economy: {
        "kontanta": lambda view: _resources(view, True),
        "icke_finansiella": lambda view: _resources(view, False),
        "summor": _resource_sums,
        "summa_kontant": lambda view: _money(
            view, "summa_kontant", [one for resource in view.record.resources for one in _cash(resource)]
        ),
        "summa_värde": lambda view: _money(
            view, "summa_värde", [one for resource in view.record.resources for one in _worth(resource)]
        ),
        "utbetalt": _payment_sums,
        "utbetalt_per_år": _payments_per_year,
        "summa_utbetalt": lambda view: _money(
            view, "summa_utbetalt", [one.amount for payment in view.record.payments for one in instalments(payment)]
        ),
    },
    Payment: {"summa": _payments_total, "antal_betalningar": _payments_count},
    Appendix: {"nummer": _appendix_number},
    Group: {"typ_utöver_namnet": _further_kind},
}
"""Every computed name, by the class of the record it belongs to."""

DERIVED_SAID: Mapping[str, str] = {
    "offentliga_parter": "Lista med de parter som är offentliga.",
    "idéburna_parter": "Lista med de parter som är idéburna organisationer.",
    "företag": "Lista med de parter som är vinstutdelande företag.",
    "benämning": "Det som parten kallas i avtalet, annars dess namn.",
    "är_offentlig": "Om parten är en kommun, en region eller annan offentlig part.",
    "är_idéburen": "Om parten är en idéburen organisation.",
    "är_företag": "Om parten är ett vinstutdelande företag.",
    "kontanta": "Lista med de resurser som är pengar.",
    "icke_finansiella": "Lista med de resurser som inte är pengar.",
    "summor": "Lista med vad varje part bidrar med varje år: part, år, kontant och värde.",
    "summa_kontant": "Alla kontanta medel tillsammans.",
    "summa_värde": "Värdet av alla andra resurser tillsammans.",
    "utbetalt": "Lista med vad som betalas från en part till en annan: från, till, per_år (år, belopp) och belopp.",
    "utbetalt_per_år": "Lista med vad som betalas varje år: år och belopp.",
    "summa_utbetalt": "Alla utbetalningar tillsammans.",
    "summa": "Betalningens alla delar tillsammans.",
    "antal_betalningar": "Hur många gånger det betalas.",
    "nummer": "Bilagans nummer.",
    "typ_utöver_namnet": "Gruppens typ, om namnet inte redan säger den.",
}
"""What each computed name is."""
