"""A finding, and the report that a linting gives."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen

from iopdocs.errors import Position
from iopdocs.library.profiles import Level, Point


@frozen
class Finding:
    """One thing the linter says.

    *code* is stable (a letter and three digits), *title* what the rule is about and *message* what is wrong here: the
    message may quote the agreement, the title never does. *path* is the Swedish path into the data, *hint* what to do,
    *sources* the documents that demand it, *section* the section of the agreement it belongs to (the name of its text).
    *file*, *position* and *end* (exclusive) tell where it stands: the nearest key there is. *quote* is the sentence it
    is about, *profiles* those that demand it, *fingerprint* names the finding from one run to the next.
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
    end: Position | None = None
    title: str = ""
    quote: str = ""
    profiles: tuple[str, ...] = ()
    fingerprint: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the finding as plain data with Swedish keys; message and quote may quote the agreement."""
        return {
            "kod": self.code,
            "namn": self.name,
            "nivå": self.level.value,
            "väg": self.path,
            "meddelande": self.message,
            "råd": self.hint,
            "källor": list(self.sources),
            "avsnitt": self.section,
            "profiler": list(self.profiles),
            "fil": self.file,
            "rad": self.position.line if self.position else None,
            "kolumn": self.position.column if self.position else None,
            "slutrad": self.end.line if self.end else None,
            "slutkolumn": self.end.column if self.end else None,
            "citat": self.quote,
            "fingeravtryck": self.fingerprint,
        }


@frozen
class Checked:
    """A point of a profile, and whether the agreement meets it."""

    point: Point
    met: bool


@frozen
class Tally:
    """How an agreement meets a profile: each of its points, met or not."""

    profile: str
    checked: tuple[Checked, ...]

    @property
    def met(self) -> int:
        """How many points are met."""
        return sum(one.met for one in self.checked)

    @property
    def total(self) -> int:
        """How many points there are."""
        return len(self.checked)


@frozen
class Exempted:
    """A finding that the agreement asks to be left in peace, and the reason it gives."""

    finding: Finding
    reason: str


@frozen
class Report:
    """What the linter says of one agreement: findings in the order of the file, and how each profile is met.

    *exempted* are findings that the data ask to leave, each with its reason.
    """

    file: str
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    exempted: tuple[Exempted, ...] = ()

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
            "undantag": [one.finding.as_data() | {"skäl": one.reason} for one in self.exempted],
        }

    def to_json(self) -> str:
        """Return the report as JSON, an object with ``fil``, ``profiler``, ``fynd`` and ``undantag``."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2)
