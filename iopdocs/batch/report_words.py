"""What the reports of a batch say of an agreement, in the same words everywhere."""

from __future__ import annotations

from datetime import date
from enum import Enum

from iopdocs.batch.outcome import AgreementOutcome, BatchReport

_MOST_NAMED = 10


class AgreementStanding(Enum):
    """How an agreement stands after a batch, the worst first."""

    UNREAD = "gick inte att läsa"
    FAULTY = "har fel"
    WARNED = "har varningar"
    WELL = "utan fel"

    @property
    def is_faulty(self) -> bool:
        """Tell whether somebody has to do something before the agreement can be used."""
        return self in (AgreementStanding.UNREAD, AgreementStanding.FAULTY)


def standing(one: AgreementOutcome) -> AgreementStanding:
    """Return how the agreement *one* stands."""
    if one.row is None:
        return AgreementStanding.UNREAD
    if one.stopped or one.problems or one.levels.get("fel"):
        return AgreementStanding.FAULTY
    return AgreementStanding.WARNED if one.levels.get("varning") else AgreementStanding.WELL


def name_of(one: AgreementOutcome) -> str:
    """Return what people call the agreement *one*: its title, or its id where it has none."""
    return " ".join(one.title.split()) or " ".join(one.id.split()) or "Utan namn"


def told_renamed(report: BatchReport) -> str:
    """Return what to say of files whose agreements are called something else now; nothing where there are none."""
    if not report.renamed:
        return ""
    names = ", ".join(report.renamed[:_MOST_NAMED])
    if len(report.renamed) == 1:
        return f"Kvar i mappen ligger {names}, fast avtalet har bytt namn. Ta bort filen om den inte behövs."
    if len(report.renamed) > _MOST_NAMED:
        names = f"{names} och {len(report.renamed) - _MOST_NAMED} till"
    said = "Kvar i mappen ligger {names}, fast avtalen har bytt namn. Ta bort filerna om de inte behövs."
    return said.format(names=names)


def heading_of(report: BatchReport, section: str) -> str:
    """Return the heading of *section*; what belongs to no section is asked for beside the agreement."""
    return report.headings.get(section, section) if section else "Vid sidan av avtalet"


def known_day(report: BatchReport) -> date | None:
    """Return the day of *report*, if it has one."""
    return report.day if report.day != date.min else None
