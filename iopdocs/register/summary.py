"""The counts of a register: those of famna-rapport, for one municipality or many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from attrs import frozen

from iopdocs.json_objects import JsonObject, json_field
from iopdocs.model.agreement import Area
from iopdocs.model.goals import AgeBand
from iopdocs.model.parties import PartyKind
from iopdocs.register.identities import is_draft
from iopdocs.register.rows import Register, RegisterRow

NOT_SAID = "ej angivet"
_LENGTHS = (
    (24, "under två år"),
    (36, "två år till under tre år"),
    (60, "tre år till under fem år"),
    (10**6, "fem år eller längre"),
)
_FOR_NOW = "tills vidare"
_SHORT = 24
_SIDES = (
    ("kommun", (PartyKind.MUNICIPALITY,)),
    ("region", (PartyKind.REGION,)),
    ("stat", (PartyKind.STATE_AUTHORITY,)),
    ("kommunalförbund", (PartyKind.MUNICIPAL_ASSOCIATION,)),
    ("offentligt ägt bolag", (PartyKind.PUBLIC_COMPANY,)),
)


@frozen
class SummaryCount:
    """How many agreements there are of a kind, and how many of them are active."""

    label: str = json_field("namn", "Vad som räknas.")
    total: int = json_field("antal", "Alla.")
    active: int = json_field("pågår", "De som pågår.")


@frozen
class SummaryTable:
    """Counts under a heading; *key* is the table's name in data. *several*: an agreement may count in more rows than one."""

    key: str = json_field("namn", "Tabellens namn för program.")
    heading: str = json_field("rubrik", "Tabellens rubrik.")
    counts: tuple[SummaryCount, ...] = json_field("rader", "Raderna.", of=JsonObject(SummaryCount))
    several: bool = False


@frozen
class Summary:
    """The counts of a register on *day*; *drafts* of the *total* are not decided yet, as far as they say."""

    day: date = json_field("dag", "Dagen som det räknas från.")
    total: int = json_field("antal", "Alla partnerskap.")
    active: int = json_field("pågår", "De som pågår.")
    drafts: int = json_field("utkast", "De som är utkast eller saknar status.")
    tables: tuple[SummaryTable, ...] = json_field(
        "tabeller", "Antal per huvudområde, målgrupp, avtalstid med mera.", of=JsonObject(SummaryTable)
    )


def summary(register: Register) -> Summary:
    """Return the counts of *register* (source: famna-rapport, Insatsområde, Avtalslängd, Målgrupper och insatser)."""
    rows = register.rows
    tables = (
        _table("huvudområde", "Huvudområde", rows, lambda row: [row.area], [area.value for area in Area]),
        _table("målgrupp", "Målgrupp", rows, lambda row: row.bands, [band.value for band in AgeBand], several=True),
        _table(
            "avtalstid", "Avtalstid", rows, lambda row: [_length(row)], [*(label for _n, label in _LENGTHS), _FOR_NOW]
        ),
        _table(
            "kortare_än_två_år", "Kortare än två år, per huvudområde", [row for row in rows if _is_short(row)],
            lambda row: [row.area], [area.value for area in Area],
        ),
        _table("offentlig_aktör", "Offentlig aktör", rows, _sides, [label for label, _kinds in _SIDES], several=True),
        _table("offentliga_parter", "Offentliga parter med flest avtal", rows, lambda row: row.public, (), several=True),
        _table("idéburna_parter", "Idéburna parter med flest avtal", rows, lambda row: row.civil, (), several=True),
        _table("startår", "Börjar år", rows, lambda row: [str(row.start.year) if row.start else ""], None),
    )  # fmt: skip
    return Summary(register.day, len(rows), sum(row.active for row in rows), sum(map(is_draft, rows)), tables)


def _table(
    key: str, heading: str, rows: Sequence[RegisterRow], labels: Callable[[RegisterRow], Iterable[str]],
    order: Sequence[str] | None, *, several: bool = False,
) -> SummaryTable:  # fmt: skip
    """Return the counts of *rows* by *labels*: in *order*; without one by label, and with an empty one by number."""
    found: dict[str, list[RegisterRow]] = {}
    for row in rows:
        for label in dict.fromkeys(label or NOT_SAID for label in (list(labels(row)) or [""])):
            found.setdefault(label, []).append(row)
    counts = [SummaryCount(label, len(each), sum(row.active for row in each)) for label, each in found.items()]
    if order:
        place = {label: number for number, label in enumerate(order)}
        counts.sort(key=lambda count: (place.get(count.label, len(place)), count.label))
    elif order is None:
        counts.sort(key=lambda count: (count.label == NOT_SAID, count.label))
    else:
        counts.sort(key=lambda count: (count.label == NOT_SAID, -count.total, count.label))
    return SummaryTable(key, heading, tuple(counts), several)


def _length(row: RegisterRow) -> str:
    if row.months is None:
        return _FOR_NOW if row.until_further_notice else ""
    return next(label for months, label in _LENGTHS if row.months < months)


def _is_short(row: RegisterRow) -> bool:
    return row.months is not None and row.months < _SHORT


def _sides(row: RegisterRow) -> Iterator[str]:
    kinds = set(row.public_kinds)
    yield from (label for label, wanted in _SIDES if kinds & {kind.value for kind in wanted})
