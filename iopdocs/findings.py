"""What is said of somebody's file, whoever says it: a finding, how grave it is, and what its code means."""

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


@frozen
class Finding:
    """One thing that is said of a file: of an agreement, a layer, a Word document or a template.

    *code* is stable (a letter and three digits), *title* what the rule is about and *message* what is wrong here: the
    message may quote the agreement, the title never does. *path* is the Swedish path into the data, *hint* what to do,
    *sources* the documents that demand it, *section* the section of the agreement it belongs to (the name of its text).
    *file*, *position* and *end* (exclusive) tell where it stands: the nearest key there is. *quote* is the sentence it
    is about, *profiles* those that demand it, *fingerprint* names the finding from one run to the next.
    """

    code: str
    name: str
    level: Level
    path: str = ""
    message: str = ""
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

    @property
    def line(self) -> int:
        """The 1-based line, 0 where it is the file as a whole."""
        return self.position.line if self.position else 0

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
class Explained:
    """What findings of one code have in common; *bad* and *good* are YAML or words, empty for a point of a profile.

    *reads* are the paths in the data that are looked at, *profiles* the profiles that demand a point.
    """

    code: str
    name: str
    level: Level
    title: str
    what: str = ""
    why: str = ""
    sources: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    bad: str = ""
    good: str = ""
    hint: str = ""
    profiles: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data with Swedish keys."""
        return {
            "kod": self.code,
            "namn": self.name,
            "nivå": self.level.value,
            "rubrik": self.title,
            "vad": self.what,
            "varför": self.why,
            "dåligt_exempel": self.bad,
            "bra_exempel": self.good,
            "gör_så": self.hint,
            "läser": list(self.reads),
            "källor": list(self.sources),
            "profiler": list(self.profiles),
        }

    def finding(self, message: str, hint: str = "", *, advice: bool = False, **where: Any) -> Finding:
        """Return a finding of this code, with *advice* one of level råd; *where* are other fields of :class:`Finding`."""
        level = Level.ADVICE if advice else self.level
        return Finding(
            self.code, self.name, level, message=message, hint=hint, sources=self.sources, title=self.title, **where
        )
