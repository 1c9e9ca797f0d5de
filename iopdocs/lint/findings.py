"""A finding, and the report that a linting gives."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen

from iopdocs.errors import Position
from iopdocs.library.profiles import Level


@frozen
class Finding:
    """One thing the linter says.

    *code* is stable (a letter and three digits), *path* the Swedish path into the data, *position* where that is in
    the file (the nearest key there is), *hint* what to do, *sources* the documents that demand it, *section* the
    section of the agreement it belongs to (the name of its text).
    """

    code: str
    name: str
    level: Level
    path: str
    message: str
    hint: str = ""
    sources: tuple[str, ...] = ()
    section: str = ""
    file: str = ""
    position: Position | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the finding as plain data with Swedish keys; it quotes no text of the agreement."""
        return {
            "kod": self.code,
            "namn": self.name,
            "nivå": self.level.value,
            "väg": self.path,
            "meddelande": self.message,
            "råd": self.hint,
            "källor": list(self.sources),
            "avsnitt": self.section,
            "rad": self.position.line if self.position else None,
            "kolumn": self.position.column if self.position else None,
        }


@frozen
class Tally:
    """How many of a profile's points are met."""

    profile: str
    met: int
    total: int


@frozen
class Report:
    """What the linter says of one agreement: findings in the order of the file, and how each profile is met."""

    file: str
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]

    def at_least(self, level: Level) -> tuple[Finding, ...]:
        """Return the findings of *level* or graver."""
        return tuple(finding for finding in self.findings if finding.level.rank >= level.rank)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of level fel."""
        return self.at_least(Level.ERROR)

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain data with Swedish keys."""
        return {
            "fil": self.file,
            "profiler": [{"profil": t.profile, "uppfyllda": t.met, "punkter": t.total} for t in self.tallies],
            "fynd": [finding.as_data() for finding in self.findings],
        }

    def to_json(self) -> str:
        """Return the report as JSON, an object with ``fil``, ``profiler`` and ``fynd``."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2)
