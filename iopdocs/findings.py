"""What is said of somebody's file, whoever says it: a finding, and how grave it is."""

from __future__ import annotations

from enum import Enum
from typing import Any

from attrs import frozen

from iopdocs.errors import Position


class Level(Enum):
    """How grave a finding is."""

    ERROR = "fel"
    WARNING = "varning"
    ADVICE = "råd"

    @property
    def rank(self) -> int:
        """3 for fel, 2 for varning, 1 for råd."""
        return {"fel": 3, "varning": 2, "råd": 1}[self.value]


class Family(Enum):
    """What a code is about: the letter it begins with, and what the family of that letter is called."""

    COMPLETENESS = ("K", "kompletthet")
    CONSISTENCY = ("S", "samstämmighet")
    CHARACTER = ("J", "partnerskapets karaktär")
    ADVICE = ("R", "råd")
    LANGUAGE = ("L", "språk")
    TEMPLATES = ("T", "mall")
    OWN = ("X", "egna regler")

    def __init__(self, letter: str, label: str) -> None:
        self.letter = letter
        self.label = label

    @classmethod
    def of(cls, code: str) -> Family | None:
        """Return the family of *code*, ``None`` for a letter that no family has."""
        return next((family for family in cls if code[:1] == family.letter), None)


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
