"""The register as a table: its columns, and what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from attrs import frozen

from iopdocs.register.extensions import by_year
from iopdocs.register.rows import Register, RegisterRow

Cell: TypeAlias = str | int | Decimal | date | None
_NARROW, _MIDDLE, _WIDE = 13, 24, 38


@frozen
class RegisterColumn:
    """A column: its *heading*, its *width* in characters, and what it says of a row.

    One that is *alone* is only there where no other sheets have the same.
    """

    heading: str
    width: int
    value: Callable[[RegisterRow], Cell]
    alone: bool = False


COLUMNS: tuple[RegisterColumn, ...] = (
    RegisterColumn("Avtal", _MIDDLE, lambda row: row.id),
    RegisterColumn("Titel", _WIDE, lambda row: row.title),
    RegisterColumn("Status", _NARROW, lambda row: row.status),
    RegisterColumn("Pågår", _NARROW, lambda row: _yes(row.active)),
    RegisterColumn("Diarienummer", _MIDDLE, lambda row: ", ".join(row.case_numbers)),
    RegisterColumn("Offentlig aktör", _MIDDLE, lambda row: ", ".join(row.public)),
    RegisterColumn("Idéburen aktör", _WIDE, lambda row: ", ".join(row.civil)),
    RegisterColumn("Andra parter", _MIDDLE, lambda row: ", ".join(row.others)),
    RegisterColumn(
        "Organisationsnummer",
        _WIDE,
        lambda row: ", ".join(f"{name}: {number}" for name, number in row.organisation_numbers),
    ),
    RegisterColumn("Syfte", _WIDE, lambda row: row.purpose),
    RegisterColumn("Startdatum", _NARROW, lambda row: row.start),
    RegisterColumn("Slutdatum", _NARROW, lambda row: row.end),
    RegisterColumn("Tills vidare", _NARROW, lambda row: _yes(row.until_further_notice)),
    RegisterColumn("Månader", _NARROW, lambda row: row.months),
    RegisterColumn("Förlängningar", _NARROW, lambda row: row.extensions),
    RegisterColumn("Upphörde i förtid", _NARROW, lambda row: _yes(row.ended_early)),
    RegisterColumn("Målgrupp", _MIDDLE, lambda row: ", ".join(row.bands)),
    RegisterColumn("Huvudområde", _MIDDLE, lambda row: row.area),
    RegisterColumn("Fler områden", _MIDDLE, lambda row: ", ".join(row.further_areas)),
    RegisterColumn("Sista dag för uppsägning", _NARROW, lambda row: row.notice_last),
    RegisterColumn("Sista dag för förhandling", _NARROW, lambda row: row.negotiate_last),
    RegisterColumn("Nästa uppföljning", _NARROW, lambda row: row.follow_up),
    RegisterColumn("Uppföljning enligt avtalet", _MIDDLE, lambda row: row.follow_up_text),
    RegisterColumn("Kontanta medel (kr)", _NARROW, lambda row: _total(row, (sums.cash for sums in by_year(row)))),
    RegisterColumn("Uppskattat värde (kr)", _NARROW, lambda row: _total(row, (sums.value for sums in by_year(row)))),
    RegisterColumn("Utbetalas (kr)", _NARROW, lambda row: _total(row, (paid.amount for paid in row.paid))),
    RegisterColumn("Summor per part och år", _WIDE, lambda row: "; ".join(_sums_in_words(row)), alone=True),
    RegisterColumn("Dokumentet är ändrat", _NARROW, lambda row: _yes(row.edited)),
    RegisterColumn("Fil", _WIDE, lambda row: row.file),
)
"""The columns of the register, in order (source: famna-rapport, Metod; and what is needed to act in time)."""

SUMS: tuple[tuple[str, int], ...] = (
    ("Avtal", _MIDDLE), ("Titel", _WIDE), ("Part", _WIDE), ("År", _NARROW),
    ("Kontanta medel (kr)", _NARROW + 3), ("Uppskattat värde (kr)", _NARROW + 3),
    ("Betalar (kr)", _NARROW + 3), ("Tar emot (kr)", _NARROW + 3),
)  # fmt: skip
WATCH: tuple[tuple[str, int], ...] = (
    ("Vad", _MIDDLE), ("Dag", _NARROW), ("Avtal", _WIDE), ("Beskrivning", _WIDE + 16), ("Gör så här", _WIDE + 16),
)  # fmt: skip
UNREAD = "Kunde inte läsas"


def sums(register: Register) -> Iterator[list[Cell]]:
    """Yield the rows of the sheet of sums: what each party of each agreement puts in, pays and gets, by year."""
    zero = Decimal(0)
    for row in register.rows:
        found: dict[tuple[str, int | None], list[Decimal]] = {}
        for put_in in by_year(row):
            cells = found.setdefault((put_in.party, put_in.year), [zero] * 4)
            cells[0] += put_in.cash
            cells[1] += put_in.value
        for paid in row.paid:
            found.setdefault((paid.payer, paid.year), [zero] * 4)[2] += paid.amount
            found.setdefault((paid.payee, paid.year), [zero] * 4)[3] += paid.amount
        order = {name: number for number, name in enumerate((*row.public, *row.civil, *row.others))}
        for party, year in sorted(found, key=lambda key: (order.get(key[0], len(order)), key[0], key[1] or 9999)):
            amounts = [amount or None for amount in found[party, year]]
            yield [row.id, row.title, party, "varje år" if year is None else year, *amounts]


def watch(register: Register) -> Iterator[list[Cell]]:
    """Yield the rows of the sheet of what to watch, what could not be read first."""
    titles = {row.id: row.title for row in register.rows}
    for problem in register.problems:
        place = problem.position
        where = (place.name or f"{place.line}:{place.column}") if place else ""
        what = ": ".join(part for part in (where, problem.path, problem.message) if part)
        yield [UNREAD, None, problem.file, what, problem.hint]
    for watched in register.watch:
        names = [f"{titles.get(id)} ({id})" if titles.get(id) else id for id in watched.agreements]
        yield [watched.kind.value, watched.day, ", ".join(names), watched.text, watched.advice]


def _yes(value: bool) -> str:
    return "ja" if value else "nej"


def _total(row: RegisterRow, amounts: Iterator[Decimal]) -> Decimal | None:
    # What goes on without an end has sums for each year, and no total.
    return None if row.until_further_notice and row.end is None else sum(amounts, Decimal(0)) or None


def _sums_in_words(row: RegisterRow) -> Iterator[str]:
    for put_in in by_year(row):
        year = "varje år" if put_in.year is None else str(put_in.year)
        cash = f"{_exact(put_in.cash)} kontant" if put_in.cash else ""
        worth = f"{_exact(put_in.value)} i annat" if put_in.value else ""
        if cash or worth:
            yield f"{put_in.party} {year}: " + " + ".join(part for part in (cash, worth) if part)


def _exact(amount: Decimal) -> str:
    """Return *amount* in kronor with its öre, where it has any."""
    ore = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    decimals = 0 if ore == ore.to_integral_value() else 2
    return f"{ore:,.{decimals}f}\u00a0kr".replace(",", "\u00a0").replace(".", ",")
