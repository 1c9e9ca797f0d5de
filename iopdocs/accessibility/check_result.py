"""The result of a check: each requirement, its verdict and the places that violate it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import field, frozen

from iopdocs.accessibility.formatting import EffectiveFormatting
from iopdocs.accessibility.package import OpenedDocument
from iopdocs.accessibility.word_locations import WordLocation
from iopdocs.enums import SwedishWord
from iopdocs.findings import Explained, Finding, Level


class RequirementVerdict(SwedishWord):
    """How a document meets a requirement."""

    MET = "uppfylld"
    BROKEN = "brister"
    ADVICE = "kan bli bättre"
    BY_HAND = "prövas för hand"


def _location(place: WordLocation | str) -> WordLocation:
    return WordLocation(place) if isinstance(place, str) else place


@frozen
class RequirementFault:
    """A violation of a requirement: *message* describes it and the fix, *place* is a location or a description."""

    message: str
    place: WordLocation = field(default=WordLocation(), converter=_location)


@frozen
class Requirement:
    """A requirement: *demand* is its wording, *source* its clauses in EN 301 549 and WCAG 2.1.

    *advice* marks good practice: a violation does not fail the document. *by_hand* describes what a person must check.
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
        """The code that its findings have: ``D001`` for requirement 1."""
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
    """The result of a requirement; *quote* of a finding describes its place to a person who has the document open."""

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
    """The results of all requirements for the document *file*."""

    file: str
    outcomes: tuple[RequirementResult, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The violations, in the order of the requirements."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.faults)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data with Swedish keys."""
        return {"fil": self.file, "rader": [outcome.as_data() for outcome in self.outcomes]}
