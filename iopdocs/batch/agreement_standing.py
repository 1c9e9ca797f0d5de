"""The words shared by the reports of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from iopdocs.batch.outcome import AgreementOutcome, BatchReport
from iopdocs.enums import SwedishWord
from iopdocs.sources.made_documents import ASIDE, SURE, LeftBehindDocument

_MOST_NAMED = 10


class AgreementStanding(SwedishWord):
    """The standing of an agreement after a batch, the worst first."""

    UNREAD = "kunde inte läsas"
    FAULTY = "har fel"
    WARNED = "har varningar"
    WELL = "utan fel"

    @property
    def is_faulty(self) -> bool:
        """Return whether somebody has to do something before the agreement can be used."""
        return self in (AgreementStanding.UNREAD, AgreementStanding.FAULTY)


def standing(outcome: AgreementOutcome) -> AgreementStanding:
    """Return the standing of the agreement after the batch."""
    if outcome.row is None:
        return AgreementStanding.UNREAD
    if outcome.exit_code or outcome.problems or outcome.levels.get("fel"):
        return AgreementStanding.FAULTY
    return AgreementStanding.WARNED if outcome.levels.get("varning") else AgreementStanding.WELL


def name_of(outcome: AgreementOutcome) -> str:
    """Return the display name of the agreement: its title, or its id when it has none."""
    return " ".join(outcome.title.split()) or " ".join(outcome.id.split()) or "Utan namn"


def left_behind_notices(report: BatchReport) -> list[str]:
    """Return the notices on documents left behind in the folder, and on those that were moved aside."""
    moved = [one for one in report.left_behind if one.moved_to]
    left = [one for one in report.left_behind if not one.moved_to]
    notices = []
    if moved:
        places = _listed([f"{one.name} till {one.moved_to}" for one in moved])
        notices.append(f"{len(moved)} kvarlämnade dokument flyttades undan: {places}.")
    if left:
        about = [f"{one.name} ({one.reason.value}{'; det är redigerat' if one.edited else ''})" for one in left]
        notices.append(f"Kvarlämnade i mappen, {len(left)} dokument: {_listed(about)}. {_advice(left)}")
    return notices


def _advice(left: Sequence[LeftBehindDocument]) -> str:
    if any(one.reason in SURE and not one.edited for one in left):
        return f"Med --prune flyttas de som iopdocs har gjort, och ingen har ändrat, till mappen {ASIDE}."
    return "De flyttas inte av iopdocs: ta bort dem för hand om de inte behövs."


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" och {rest} till" if rest > 0 else "")


def heading_of(report: BatchReport, section: str) -> str:
    """Return the heading of *section*; points without a section are met outside the agreement."""
    return report.headings.get(section, section) if section else "Vid sidan av avtalet"


def known_day(report: BatchReport) -> date | None:
    """Return the day of *report*, if it has one."""
    return report.day if report.day != date.min else None
