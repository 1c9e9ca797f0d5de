"""What the check says: a row of the list, its verdict and the places where it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from attrs import field, frozen

from iopdocs.accessibility.formatting import EffectiveFormatting
from iopdocs.accessibility.package import OpenedDocument
from iopdocs.accessibility.word_locations import WordLocation
from iopdocs.findings import Explained, Finding, Level


class RequirementVerdict(Enum):
    """How a document meets a row."""

    MET = "uppfylld"
    BROKEN = "brister"
    ADVICE = "kan bli bättre"
    BY_HAND = "prövas för hand"


def _location(place: WordLocation | str) -> WordLocation:
    return WordLocation(place) if isinstance(place, str) else place


@frozen
class RequirementFault:
    """Something that breaks a row: *message* says what and what to do, *place* where, as a location or in words."""

    message: str
    place: WordLocation = field(default=WordLocation(), converter=_location)


@frozen
class Requirement:
    """A row of the list: *demand* in words, *source* the clauses of EN 301 549 and WCAG 2.1 behind it.

    *advice* rows are good practice: what breaks them does not fail the document. *by_hand* says what a person must look
    at, since no program can.
    """

    number: int
    title: str
    demand: str
    source: str
    check: Callable[[OpenedDocument, EffectiveFormatting], Iterable[RequirementFault]] = field(eq=False)
    advice: bool = False
    by_hand: str = ""

    @property
    def explained(self) -> Explained:
        """The row as the code of its findings, ``D001`` for row 1."""
        return Explained(
            f"D{self.number:03}",
            "-".join(self.title.casefold().split()),
            Level.ADVICE if self.advice else Level.ERROR,
            f"{self.title}: {self.demand}",
            sources=(self.source,),
            hint=self.by_hand,
        )


@frozen
class RequirementResult:
    """What a row says of a document; *quote* of a finding is its place in words for somebody who has it open."""

    row: Requirement
    verdict: RequirementVerdict
    faults: tuple[Finding, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data with Swedish keys."""
        return {
            "rad": self.row.number,
            "rubrik": self.row.title,
            "krav": self.row.demand,
            "källa": self.row.source,
            "utfall": self.verdict.value,
            "för_hand": self.row.by_hand,
            "brister": [{"plats": fault.quote, "meddelande": fault.message} for fault in self.faults],
        }


@frozen
class CheckedDocument:
    """What every row says of the document *file*."""

    file: str
    outcomes: tuple[RequirementResult, ...]

    @property
    def is_broken(self) -> bool:
        """Whether some row is broken; advice and what must be looked at by hand do not count."""
        return any(outcome.verdict is RequirementVerdict.BROKEN for outcome in self.outcomes)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What breaks each row, in the order of the rows."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.faults)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data with Swedish keys."""
        return {"fil": self.file, "rader": [outcome.as_data() for outcome in self.outcomes]}
