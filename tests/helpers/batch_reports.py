"""Reports of batches as they might be: agreements of every age and state, chosen by number, the same every time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from iopdocs.batch.outcome import (
    AgreementOutcome,
    BatchReport,
    MissingPoint,
    OutcomeState,
    SectionTally,
    WrittenDocument,
)
from iopdocs.errors import Position, Problem
from iopdocs.library.layer_reader import load_library
from iopdocs.register.rows import RegisterRow, RegisterYearSum, SupportPayment

DAY = date(2027, 3, 15)
CITY = "Exempelstads kommun"
WHAT = ("Trygga kvällar", "Öppen förskola", "Läxhjälp", "Flyktingmottagande", "Samtalsstöd", "Språkcafé", "Kulturhus", "Vräkningsförebyggande arbete", "Sommarläger", "Mötesplats för äldre", "Stöd till anhöriga", "Idrott för alla", "Mat och värme", "Väg till arbete", "Skyddat boende")  # fmt: skip
WHERE = ("Norrby", "Söderhöjd", "Centrum", "Ekängen", "Hamnen", "Västra Lund", "Björkö", "Åsen", "Östermalma")
WHO = ("Föreningen Kvällsvandrarna", "Ljusgårdens stadsmission", "Norrby församling", "Rädda Barnens lokalförening", "Hyresgästföreningen Åsen", "Kvinnojouren Linden", "IF Björken", "Studieförbundet Eken", "Anhörigas riksförbund, Exempelstad", "Stiftelsen Hamnhuset", "Röda Korsets krets i Exempelstad", "Brukarföreningen Vändpunkten")  # fmt: skip
STATES = ("utkast", "beslutad", "undertecknad", "gällande", "gällande", "gällande", "gällande", "uppsagd", "upphörd")
OFTEN = ("K108", "K112", "K113", "K111", "K208", "K215", "K222", "K229", "K236", "K243", "K244")
AREAS = (
    "Trygghetsskapande insatser",
    "Hälsofrämjande och rehabiliterande insatser",
    "Arbetsmarknads- och integrationsinsatser",
)


@cache
def _points() -> tuple[tuple[str, str, str, str], ...]:
    library = load_library()
    return tuple(
        (name, point.code or "", point.title or "", point.section or "")
        for name in ("grund", "malmo")
        for point in library.profile(name).points
    )


@cache
def _headings() -> tuple[tuple[str, str], ...]:
    library = load_library()
    names = dict.fromkeys(point.section for point in library.profile("malmo").points)
    return tuple((name, library.heading(name)) for name in names if name)


def report(count: int, *, folder: str = "ut", source: str = "avtal.xlsx") -> BatchReport:
    """Return a report of *count* agreements; one in thirty could not be read."""
    return BatchReport(
        source=source,
        day=DAY,
        profiles=("grund", "malmo"),
        headings=dict(_headings()),
        outcomes=tuple(outcome(number) for number in range(count)),
        folder=folder,
    )


def outcome(number: int) -> AgreementOutcome:
    """Return what became of agreement *number*."""
    chance = Random(number)
    id, place = f"A{number + 1}", f"Avtal!A{number + 3}"
    if number % 30 == 17:
        where = Position(number + 3, 5, f"Avtal!E{number + 3}")
        problem = Problem(
            "”2027-13-01” är inget datum", "skriv till exempel 2027-01-31", "avtal.xlsx", "avtalstid.start", where
        )
        return AgreementOutcome(id=id, place=place, problems=(problem,))
    sloppy = max(0.0, chance.betavariate(1.2, 3) - 0.15)
    missed = [point for point in _points() if chance.random() < sloppy * (1.8 if point[1] in OFTEN else 0.7)]
    lacking = tuple(MissingPoint(code, title, section, profile) for profile, code, title, section in missed)
    tallies: dict[tuple[str, str], list[int]] = {}
    for point in _points():
        tally = tallies.setdefault((point[0], point[3]), [0, 0])
        tally[0] += point not in missed
        tally[1] += 1
    row = _row(id, number, chance)
    errors = sum(one.profile == "grund" for one in lacking)
    state = OutcomeState.BESIDE if number % 23 == 5 else OutcomeState.UNCHANGED if number % 3 else OutcomeState.WRITTEN
    base = f"{row.case_numbers[0].replace('/', '-')} {row.title}"
    return AgreementOutcome(
        id=id,
        place=place,
        title=row.title,
        written=tuple(
            WrittenDocument(kind, f"{base}{' (ny)' if state is OutcomeState.BESIDE and kind == 'docx' else ''}.{kind}",
                    state if kind == "docx" else OutcomeState.WRITTEN, "0" * 64)
            for kind in ("docx", "html")
        ),
        levels={"fel": errors, "varning": chance.randrange(4) * (errors > 0 or number % 4 == 1), "råd": chance.randrange(5)},
        tallies=tuple(SectionTally(*key, *tally) for key, tally in tallies.items()),
        lacking=lacking,
        has_findings=errors > 0,
        row=row,
    )  # fmt: skip


def _row(id: str, number: int, chance: Random) -> RegisterRow:
    title = f"{WHAT[number % len(WHAT)]} i {WHERE[number * 7 // 3 % len(WHERE)]}"
    if number % 19 == 3:
        title += ", ett samarbete mellan kommunen, föreningslivet och de boende i området under flera år"
    civil = tuple(dict.fromkeys(chance.choices(WHO, k=1 + (number % 5 == 0))))
    start = date(2023 + chance.randrange(5), chance.choice((1, 1, 1, 4, 7, 9)), 1)
    months = chance.choice((12, 24, 36, 36, 36, 48, 60))
    end = None if number % 11 == 4 else start.replace(year=start.year + months // 12) - timedelta(days=1)
    status = STATES[chance.randrange(len(STATES))] if end is None or end >= DAY else "upphörd"
    yearly = Decimal(chance.randrange(8, 260) * 10_000)
    years = range(start.year, (end.year if end else start.year + 3) + 1)
    return RegisterRow(
        id=id,
        title=title,
        status=status,
        active=status in ("gällande", "undertecknad", "uppsagd"),
        case_numbers=(f"KS {start.year}/{100 + number}",),
        public=(CITY,),
        civil=civil,
        organisation_numbers=((CITY, "212000-0000"),),
        purpose="Att fler ska känna sig trygga i sitt närområde.",
        start=start,
        end=end,
        until_further_notice=end is None,
        months=months if end else None,
        area=AREAS[number % 3],
        notice_last=end - timedelta(days=chance.choice((91, 183, 183, 274))) if end and number % 6 else None,
        follow_up=DAY + timedelta(days=chance.randrange(10, 500)) if number % 3 == 0 else None,
        follow_up_text="" if number % 3 == 0 else "varje höst",
        sums=tuple(
            one for year in years
            for one in (RegisterYearSum(CITY, year, yearly, Decimal(25_000)), RegisterYearSum(civil[0], year, yearly / 10, Decimal(180_000)))
        ),
        paid=tuple(SupportPayment(CITY, payee, year, yearly / len(civil)) for payee in civil for year in years),
        renews=end is not None and number % 9 == 0,
        unknown_paid=civil if number % 29 == 0 else (),
        file=f"avtal.xlsx: Avtal!A{number + 3}",
    )  # fmt: skip
