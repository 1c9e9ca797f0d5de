"""What the check says: a row of the list, its verdict and the places where it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from attrs import field, frozen

from iopdocs.accessibility.formatting import EffectiveFormatting
from iopdocs.accessibility.package import CheckedPackage


class RequirementVerdict(Enum):
    """How a document meets a row."""

    MET = "uppfylld"
    BROKEN = "brister"
    ADVICE = "kan bli bättre"
    BY_HAND = "prövas för hand"


@frozen
class RequirementFault:
    """Something that breaks a row: *place* says where ("stycke 12: ”Avtalet gäller …”"), *message* what and what to do."""

    message: str
    place: str = ""


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
    check: Callable[[CheckedPackage, EffectiveFormatting], Iterable[RequirementFault]] = field(eq=False)
    advice: bool = False
    by_hand: str = ""


@frozen
class RequirementResult:
    """What a row says of a document."""

    row: Requirement
    verdict: RequirementVerdict
    faults: tuple[RequirementFault, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data with Swedish keys."""
        return {
            "rad": self.row.number,
            "rubrik": self.row.title,
            "krav": self.row.demand,
            "källa": self.row.source,
            "utfall": self.verdict.value,
            "för_hand": self.row.by_hand,
            "brister": [{"plats": fault.place, "meddelande": fault.message} for fault in self.faults],
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

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data with Swedish keys."""
        return {"fil": self.file, "rader": [outcome.as_data() for outcome in self.outcomes]}
