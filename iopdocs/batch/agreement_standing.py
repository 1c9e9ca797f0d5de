"""The words shared by the reports of a batch."""

from __future__ import annotations

from datetime import date

from iopdocs.batch.outcome import AgreementOutcome, BatchReport
from iopdocs.enums import SwedishWord

_MOST_NAMED = 10


class AgreementStanding(SwedishWord):
    """The standing of an agreement after a batch, the worst first."""

    UNREAD = "gick inte att läsa"
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
    if outcome.stopped or outcome.problems or outcome.levels.get("fel"):
        return AgreementStanding.FAULTY
    return AgreementStanding.WARNED if outcome.levels.get("varning") else AgreementStanding.WELL


def name_of(outcome: AgreementOutcome) -> str:
    """Return the display name of the agreement: its title, or its id when it has none."""
    return " ".join(outcome.title.split()) or " ".join(outcome.id.split()) or "Utan namn"


def renamed_notice(report: BatchReport) -> str:
    """Return the notice on files whose agreements have been renamed; empty when there are none."""
    if not report.renamed:
        return ""
    names = ", ".join(report.renamed[:_MOST_NAMED])
    if len(report.renamed) == 1:
        return f"Kvar i mappen ligger {names}, fast avtalet har bytt namn. Ta bort filen om den inte behövs."
    if len(report.renamed) > _MOST_NAMED:
        names = f"{names} och {len(report.renamed) - _MOST_NAMED} till"
    return f"Kvar i mappen ligger {names}, fast avtalen har bytt namn. Ta bort filerna om de inte behövs."


def heading_of(report: BatchReport, section: str) -> str:
    """Return the heading of *section*; points without a section are met outside the agreement."""
    return report.headings.get(section, section) if section else "Vid sidan av avtalet"


def known_day(report: BatchReport) -> date | None:
    """Return the day of *report*, if it has one."""
    return report.day if report.day != date.min else None
