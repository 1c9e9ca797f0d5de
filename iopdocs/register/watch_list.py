"""What to watch in a register: dates near or past, agreements that seem to be the same, support near its ceiling."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from iopdocs.model.schedule import add_months
from iopdocs.register.identities import EARLIEST, LATEST, Identities, folded, follows
from iopdocs.register.public_support import support
from iopdocs.register.rows import RegisterRow, Watch, WatchKind

SOON = timedelta(days=90)
"""How long in advance a day to act is reported."""
ENDING = 12
"""How many months before its end an agreement without a successor is reported."""
_WATCHED = frozenset({"", "undertecknad", "gällande"})
_IN_FORCE = frozenset({"undertecknad", "gällande"})


def watched(rows: Sequence[RegisterRow], today: date, rate: Decimal | None = None) -> tuple[Watch, ...]:
    """Return what to watch in *rows* on *today*, by kind and day. *rate* is kronor per euro.

    Days are reported for agreements that are signed, in force or without a status.
    """
    known = Identities.of(rows)
    successors = _with_successor(rows, known)
    days = [watch for row in rows for watch in _days(row, today, successors)]
    watches = [*days, *_alike(rows, known), *support(rows, today, rate), *_edited(rows)]
    order = {kind: number for number, kind in enumerate(WatchKind)}
    return tuple(sorted(watches, key=lambda watch: (order[watch.kind], watch.day or date.max)))


def has_days(row: RegisterRow) -> bool:
    """Return whether the days of *row* are reported: signed, in force or without status, and not ended early."""
    return row.status in _WATCHED and not row.ended_early


def ending(rows: Sequence[RegisterRow], today: date) -> frozenset[str]:
    """Return the names of the agreements in *rows* that end within :data:`ENDING` of *today* without a successor."""
    successors = _with_successor(rows, Identities.of(rows))
    return frozenset(row.id for row in rows if _is_ending(row, today, successors))


def _is_ending(row: RegisterRow, today: date, successors: frozenset[str]) -> bool:
    if row.end is None or row.renews or row.id in successors or not has_days(row):
        return False
    return today <= row.end <= add_months(today, ENDING)


def _days(row: RegisterRow, today: date, successors: frozenset[str]) -> Iterator[Watch]:
    if not has_days(row):
        return
    over = row.end is not None and row.end < today
    if over:
        if row.status in _IN_FORCE:
            yield _passed(row)
        return
    if row.notice_last is not None:
        yield from _last_day(
            row, WatchKind.NOTICE, row.notice_last, today,
            "sista dagen att säga upp avtalet så att det upphör med avtalstiden",
            "bestäm om avtalet ska sägas upp",
            "avtalet går inte längre att säga upp till avtalstidens slut; se vad det säger om förlängning",
        )  # fmt: skip
    if row.negotiate_last is not None and row.id not in successors:
        yield from _last_day(
            row, WatchKind.NEGOTIATION, row.negotiate_last, today, "sista dagen att förhandla om förlängning",
            "kalla parterna till förhandling", "kontrollera om parterna har förhandlat",
        )  # fmt: skip
    yield from _uncounted(row, today, successors)
    if _is_ending(row, today, successors):
        text = f"avtalet löper ut {row.end} och inget avtal följer efter"
        yield Watch(WatchKind.ENDING, (row.id,), text, "följ upp, och bestäm om partnerskapet ska förlängas", row.end)


def _uncounted(row: RegisterRow, today: date, successors: frozenset[str]) -> Iterator[Watch]:
    """Yield what ends within :data:`ENDING` months and has a last day that only a calendar of holidays gives."""
    if row.end is None or row.end > add_months(today, ENDING):
        return
    advice = "räkna ut dagen i en almanacka"
    if row.notice_uncounted:
        text = f"avtalet sägs upp senast {row.notice_uncounted} före {row.end} för att upphöra med avtalstiden"
        yield Watch(WatchKind.NOTICE, (row.id,), text, f"{advice}, och bestäm om avtalet ska sägas upp")
    if row.negotiation_uncounted and row.id not in successors:
        text = f"parterna förhandlar om förlängning senast {row.negotiation_uncounted} före {row.end}"
        yield Watch(WatchKind.NEGOTIATION, (row.id,), text, f"{advice}, och kalla parterna till förhandling")


def _last_day(
    row: RegisterRow, kind: WatchKind, day: date, today: date, what: str, before: str, after: str
) -> Iterator[Watch]:
    if day < today:
        yield Watch(kind, (row.id,), f"{what} var {day}", after, day)
    elif day <= today + SOON:
        yield Watch(kind, (row.id,), f"{what} är {day}", before, day)


def _passed(row: RegisterRow) -> Watch:
    text = f"slutdagen var {row.end} men status är {row.status}"
    advice = (
        "avtalet förlängs automatiskt: skriv den nya slutdagen"
        if row.renews
        else "skriv status ”upphörd”, eller det nya slutdatumet om avtalet är förlängt"
    )
    return Watch(WatchKind.PASSED, (row.id,), text, advice, row.end)


def _with_successor(rows: Sequence[RegisterRow], known: Identities) -> frozenset[str]:
    """Return the names of agreements that another one, which may be a draft, continues."""
    by_key: dict[tuple[object, ...], list[RegisterRow]] = defaultdict(list)
    for row in rows:
        for key in known.keys(row):
            by_key[key].append(row)
    names: set[str] = set()
    for alike in by_key.values():
        # Thousands may share purpose and parties, so only those that begin near the end are compared.
        started = sorted((row.start.toordinal(), number) for number, row in enumerate(alike) if row.start)
        for first in alike:
            if first.end is None or first.id in names:
                continue
            end = first.end.toordinal()
            low = bisect_left(started, (end - EARLIEST.days, 0))
            high = bisect_left(started, (end + LATEST.days + 1, 0))
            seconds = (alike[number] for _start, number in started[low:high])
            if any(first is not second and follows(first, second) for second in seconds):
                names.add(first.id)
    return frozenset(names)


def _alike(rows: Sequence[RegisterRow], known: Identities) -> Iterator[Watch]:
    by_number: dict[tuple[str, str], dict[str, RegisterRow]] = defaultdict(dict)
    by_purpose: dict[tuple[object, ...], dict[str, RegisterRow]] = defaultdict(dict)
    shown = {}
    for row in rows:
        for number in row.case_numbers:
            for party in known.parties(row, row.public) or {""}:
                by_number[party, folded(number)][row.id] = row
                shown[folded(number)] = number
        for key in known.keys(row):
            if key[0] == "syfte":
                by_purpose[key][row.id] = row
    reported: set[tuple[str, ...]] = set()
    for (_party, number), alike in by_number.items():
        names = _unexplained(alike)
        if names and names not in reported:
            reported.add(names)
            text = f"diarienumret {shown[number]} står i {len(alike)} avtal"
            advice = "kontrollera numret, eller ta bort det avtal som inte gäller"
            yield Watch(WatchKind.CASE_NUMBER, names, text, advice)
    for alike in by_purpose.values():
        names = _unexplained(alike)
        if names:
            text = f"{len(alike)} avtal har samma syfte och samma parter"
            advice = "kontrollera om det är samma avtal, eller om det ena har ersatt det andra"
            yield Watch(WatchKind.ALIKE, names, text, advice)


def _unexplained(alike: dict[str, RegisterRow]) -> tuple[str, ...]:
    """Return the names of similar agreements, or none if each but the last is continued by another."""
    rows = list(alike.values())
    apart = [row for row in rows if not any(follows(row, other) for other in rows if other is not row)]
    return tuple(alike) if len(apart) > 1 else ()


def _edited(rows: Sequence[RegisterRow]) -> Iterator[Watch]:
    for row in rows:
        if row.edited:
            text = "dokumentet är ändrat sedan iopdocs gjorde det, och det som ändrades är inte med i registret"
            advice = "jämför med texten, ändra i datafilen och gör dokumentet på nytt"
            yield Watch(WatchKind.EDITED, (row.id,), text, advice)
