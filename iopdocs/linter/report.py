"""The report of the linter on one agreement."""

from __future__ import annotations

import json
from typing import Any

import attrs
from attrs import frozen

from iopdocs.assembly import Assembled
from iopdocs.findings import FINDING, Finding, Level
from iopdocs.json_objects import JsonObject, json_key
from iopdocs.library.profiles import Point


@frozen
class CheckedPoint:
    """A point of a profile, and whether the agreement meets it."""

    point: Point
    met: bool


@frozen
class Tally:
    """How an agreement meets a profile: each of its points, met or not."""

    profile: str
    checked: tuple[CheckedPoint, ...]

    @property
    def met(self) -> int:
        """How many points are met."""
        return sum(one.met for one in self.checked)

    @property
    def total(self) -> int:
        """How many points there are."""
        return len(self.checked)


@frozen
class ExemptedFinding:
    """A finding that the agreement exempts, and the reason it gives."""

    finding: Finding
    reason: str


@frozen
class Report:
    """The result of linting one agreement: findings in the order of the file, and how each profile is met.

    *exempted* are findings that the data exempt, each with its reason. *assembled* is what was linted, kept so that the
    texts need not be run again to render it; it is neither compared nor pickled.
    """

    file: str
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    exempted: tuple[ExemptedFinding, ...] = ()
    assembled: Assembled | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    def __reduce__(self) -> tuple[type[Report], tuple[object, ...]]:
        return Report, (self.file, self.findings, self.tallies, self.exempted)

    def at_least(self, level: Level) -> tuple[Finding, ...]:
        """Return the findings of *level* or more severe."""
        return tuple(finding for finding in self.findings if finding.level.rank >= level.rank)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of level fel."""
        return self.at_least(Level.ERROR)

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain data with Swedish keys."""
        return REPORT.data(self)

    def to_json(self) -> str:
        """Return the report as JSON, an object with ``fil``, ``profiler``, ``fynd`` and ``undantag``."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2)


TALLY = JsonObject(
    Tally,
    (
        json_key("profil", "Profilens namn.", "profile"),
        json_key("uppfyllda", "Så många av punkterna är uppfyllda.", "met"),
        json_key("punkter", "Så många punkter har profilen.", "total"),
    ),
    name="profil",
    title="Profil",
)
EXEMPTED = JsonObject(
    ExemptedFinding,
    (
        *(attrs.evolve(key, source=f"finding.{key.source}") for key in FINDING.keys),
        json_key("skäl", "Det skäl som avtalet anger för att regeln inte ska gälla.", "reason"),
    ),
    name="undantaget_fynd",
)
REPORT = JsonObject(
    Report,
    (
        json_key("fil", "Avtalets fil, som den angavs; tom när avtalet inte kommer från någon fil.", "file"),
        json_key("profiler", "Hur avtalet uppfyller varje profil.", "tallies", of=TALLY),
        json_key("fynd", "Det som saknas eller inte går ihop, i filens ordning.", "findings", of=FINDING),
        json_key("undantag", "Fynd som avtalet självt undantar.", "exempted", of=EXEMPTED),
    ),
    name="rapport",
    title="Rapport",
    help="Vad granskningen säger om ett avtal.",
)
"""The JSON of a report."""
