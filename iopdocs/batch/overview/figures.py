"""The figures of the overview page, per agreement, so that any selection of agreements can be summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from attrs import frozen

from iopdocs.batch.agreement_standing import name_of, standing
from iopdocs.batch.outcome import AgreementOutcome, BatchReport
from iopdocs.register.rows import RegisterRow
from iopdocs.register.watch_list import ending, has_days

_BEFORE, _AFTER = 1, 5  # years with a column of their own, beside the year of the report
_HALF = 183
_SHOWN_TEXT = 300


@frozen
class CountsByYear:
    """The money columns: *names*, and the first and last year with a separate column."""

    names: tuple[str, ...]
    first: int
    last: int
    earlier: bool = False
    later: bool = False
    always: bool = False

    def index(self, year: int | None) -> int:
        """Return the column of *year*; None is every year."""
        if year is None:
            return len(self.names) - 1
        if year < self.first:
            return 0
        if year > self.last:
            return int(self.earlier) + self.last - self.first + 1
        return int(self.earlier) + year - self.first


def buckets(years: Iterable[int | None], day: date) -> CountsByYear | None:
    """Return the columns for *years*: a few around *day*, and one each for earlier, later and every year."""
    found = set(years)
    known = sorted(year for year in found if year is not None)
    always = None in found
    if not found:
        return None
    inside = [year for year in known if day.year - _BEFORE <= year <= day.year + _AFTER]
    first, last = (inside[0], inside[-1]) if inside else (day.year, day.year)
    earlier, later = any(year < first for year in known), any(year > last for year in known)
    names = [str(year) for year in range(first, last + 1)] if inside or earlier or later else []
    names = [*(["Tidigare"] if earlier else []), *names, *(["Senare"] if later else [])]
    return CountsByYear((*names, *(["Varje år"] if always else [])), first, last, earlier, later, always)


@frozen
class PartyFigures:
    """A party's money by column: *cash* and the estimated *value* of the rest, in öre."""

    name: str
    cash: tuple[int, ...]
    value: tuple[int, ...]

    @property
    def by_column(self) -> tuple[int, ...]:
        """Cash and value together by column, in öre."""
        return tuple(cash + value for cash, value in zip(self.cash, self.value, strict=True))

    @property
    def total(self) -> int:
        """The total, in öre."""
        return sum(self.by_column)


@frozen
class MoneyFigures:
    """A table of money: its columns, its parties (largest first), and what each agreement adds.

    *shares* contains (party, column, cash, value) for each agreement.
    """

    columns: tuple[str, ...]
    parties: tuple[PartyFigures, ...]
    shares: tuple[tuple[tuple[int, int, int, int], ...], ...]

    @property
    def together(self) -> PartyFigures:
        """The money of all parties."""
        cash = zip(*(party.cash for party in self.parties), strict=True)
        value = zip(*(party.value for party in self.parties), strict=True)
        return PartyFigures("", tuple(map(sum, cash)), tuple(map(sum, value)))

    @property
    def largest(self) -> int:
        """The largest amount of a party in a column, in öre."""
        return max((amount for party in self.parties for amount in party.by_column), default=0)


def paid_to(report: BatchReport) -> MoneyFigures:
    """Return what is paid to each party, by year."""
    return _money(
        report, [[(paid.payee, paid.year, paid.amount, Decimal(0)) for paid in row.paid] for row in _rows(report)]
    )


def put_in(report: BatchReport) -> MoneyFigures:
    """Return what each party contributes, by year."""
    return _money(report, [[(put.party, put.year, put.cash, put.value) for put in row.sums] for row in _rows(report)])


def _rows(report: BatchReport) -> list[RegisterRow]:
    return [outcome.row or RegisterRow(id=outcome.id) for outcome in report.outcomes]


def _money(report: BatchReport, entries: list[list[tuple[str, int | None, Decimal, Decimal]]]) -> MoneyFigures:
    columns = buckets((year for row in entries for _name, year, _cash, _value in row), report.day)
    if columns is None:
        return MoneyFigures((), (), tuple(() for _row in entries))
    sums: dict[str, list[list[int]]] = {}
    for row in entries:
        for name, year, cash, value in row:
            mine = sums.setdefault(name, [[0] * len(columns.names), [0] * len(columns.names)])
            mine[0][columns.index(year)] += ore(cash)
            mine[1][columns.index(year)] += ore(value)
    parties = [PartyFigures(name, tuple(cash), tuple(value)) for name, (cash, value) in sums.items()]
    parties.sort(key=lambda party: (-party.total, party.name))
    place = {party.name: number for number, party in enumerate(parties)}
    shares = tuple(
        tuple((place[name], columns.index(year), ore(cash), ore(value)) for name, year, cash, value in row)
        for row in entries
    )
    return MoneyFigures(columns.names, tuple(parties), shares)


def ore(amount: Decimal) -> int:
    """Return *amount* in öre, so that sums are exact everywhere."""
    return int((amount * 100).to_integral_value(ROUND_HALF_UP))


@frozen
class PointFigures:
    """A point of a profile that at least one agreement does not meet."""

    code: str
    title: str
    section: str


@frozen
class ProfileFigures:
    """How the agreements meet a profile: its *sections* in order, and its unmet *points*, most common first.

    *met* contains (met, total) per section for each agreement, empty when unreadable; *lacks* its unmet points.
    """

    name: str
    sections: tuple[str, ...]
    met: tuple[tuple[tuple[int, int], ...], ...]
    points: tuple[PointFigures, ...]
    lacks: tuple[tuple[int, ...], ...]

    @property
    def read(self) -> int:
        """How many agreements could be read."""
        return sum(1 for met in self.met if met)

    @property
    def worst_first(self) -> list[int]:
        """The readable agreements, as indices into *met*, those with most unmet points first."""
        return sorted((place for place, met in enumerate(self.met) if met), key=self._share)

    def _share(self, place: int) -> float:
        met, total = added(self.met[place])
        return met / total if total else 1.0

    @property
    def sums(self) -> list[tuple[int, int]]:
        """(met, total) of all agreements, by section."""
        return [added(met[column] for met in self.met if met) for column in range(len(self.sections))]

    @property
    def counts(self) -> list[int]:
        """How many agreements lack each point."""
        counts = Counter(point for lacks in self.lacks for point in lacks)
        return [counts[place] for place in range(len(self.points))]


def profile(report: BatchReport, name: str) -> ProfileFigures:
    """Return how the agreements of *report* meet the profile *name*."""
    there = {tally.section for outcome in report.outcomes for tally in outcome.tallies if tally.profile == name}
    sections = (
        *(section for section in report.headings if section in there),
        *sorted(section for section in there if section not in report.headings),
    )
    counts: dict[PointFigures, int] = {}
    lacking = []
    for outcome in report.outcomes:
        mine = {PointFigures(lack.code, lack.title, lack.section) for lack in outcome.lacking if lack.profile == name}
        lacking.append(mine)
        for point in mine:
            counts[point] = counts.get(point, 0) + 1
    points = sorted(counts, key=lambda point: (-counts[point], point.code, point.title, point.section))
    place = {point: number for number, point in enumerate(points)}
    return ProfileFigures(
        name,
        sections,
        tuple(_met(outcome, name, sections) for outcome in report.outcomes),
        tuple(points),
        tuple(tuple(sorted(place[point] for point in mine)) for mine in lacking),
    )


def _met(outcome: AgreementOutcome, name: str, sections: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    found: dict[str, tuple[int, int]] = {}
    for tally in outcome.tallies:
        if tally.profile == name:
            met, total = found.get(tally.section, (0, 0))
            found[tally.section] = (met + tally.met, total + tally.total)
    return tuple(found.get(section, (0, 0)) for section in sections) if found else ()


def added(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the sum of (met, total)."""
    met = total = 0
    for part, whole in pairs:
        met, total = met + part, total + whole
    return met, total


def key_figures(report: BatchReport) -> tuple[tuple[int, int, int, int, int], ...]:
    """Return what each agreement adds to the key figures.

    The figures count agreements, those with faults, those that run out within a year by the register's definition
    (:func:`iopdocs.register.watch_list.ending`), those in force whose last day to give notice is within half a year,
    and öre paid in the year of the report.
    """
    rows, day = _rows(report), report.day
    ends = ending(rows, day)
    return tuple(
        (
            1,
            int(standing(outcome).is_faulty),
            int(row.id in ends),
            int(has_days(row) and _is_soon(row.notice_last, day)),
            sum(ore(paid.amount) for paid in row.paid if paid.year == day.year),
        )
        for outcome, row in zip(report.outcomes, rows, strict=True)
    )


def _is_soon(found: date | None, day: date) -> bool:
    return found is not None and 0 <= (found - day).days <= _HALF


def parties_of(row: RegisterRow | None) -> tuple[str, ...]:
    """Return the names of all parties, once each."""
    return tuple(dict.fromkeys((*row.civil, *row.public, *row.others))) if row else ()


def data_of(
    report: BatchReport, profiles: Iterable[ProfileFigures], paid: MoneyFigures, put: MoneyFigures
) -> Mapping[str, Any]:
    """Return the data that the script of the page sums for a selection."""
    profiles = tuple(profiles)
    names = sorted({name for outcome in report.outcomes for name in parties_of(outcome.row)})
    place = {name: number for number, name in enumerate(names)}
    keys = key_figures(report)
    return {
        "parter": names,
        "avtal": [
            {
                "t": _searched(outcome),
                "s": outcome.row.status if outcome.row else "",
                "o": [place[name] for name in parties_of(outcome.row)],
                "f": int(standing(outcome).is_faulty),
                "k": keys[number],
                "h": [each.met[number] for each in profiles],
                "l": [each.lacks[number] for each in profiles],
                "p": paid.shares[number],
                "r": put.shares[number],
            }
            for number, outcome in enumerate(report.outcomes)
        ],
    }


def _searched(outcome: AgreementOutcome) -> str:
    """Return the text that a search examines."""
    row = outcome.row
    words = [name_of(outcome), outcome.id, outcome.place, standing(outcome).value]
    if row is not None:
        words += [*parties_of(row), *row.case_numbers, row.status, row.area, row.purpose[:_SHOWN_TEXT]]
    return " ".join(" ".join(words).split()).lower()
