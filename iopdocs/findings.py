"""Findings on a user's file, from any checker: the finding, its level, and the meaning of its code."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.errors import Position
from iopdocs.json_objects import JsonObject, json_key

CODE_PATTERN = "^[A-Z][0-9]{3}$"
"""The regular expression of the code of a rule or a point."""


class Level(SwedishWord):
    """The severity of a finding. It equals its Swedish word, and ``Level.ADVICE < Level.WARNING < Level.ERROR``."""

    ERROR = "fel"
    WARNING = "varning"
    ADVICE = "råd"

    @property
    def rank(self) -> int:
        """3 for fel, 2 for varning, 1 for råd."""
        return {"fel": 3, "varning": 2, "råd": 1}[self.value]

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Level) else self._refuse_order(other)

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, Level) else self._refuse_order(other)

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, Level) else self._refuse_order(other)

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, Level) else self._refuse_order(other)


class FailOn(SwedishWord):
    """The findings that decide an exit code: those of a level or more severe, or none."""

    ERROR = "fel"
    WARNING = "varning"
    ADVICE = "råd"
    NOTHING = "ingen"

    def is_reached(self, levels: Iterable[Level]) -> bool:
        """Return whether findings of *levels* give exit code 1."""
        return self is not FailOn.NOTHING and any(level.rank >= Level(self.value).rank for level in levels)


class Family(Enum):
    """The subject of a code: its first letter, and the name of that letter's family."""

    COMPLETENESS = ("K", "kompletthet")
    CONSISTENCY = ("S", "samstämmighet")
    CHARACTER = ("J", "partnerskapets karaktär")
    ADVICE = ("R", "råd")
    LANGUAGE = ("L", "språk")
    TEMPLATES = ("T", "mall")
    OWN = ("X", "egna regler")
    LAYERS = ("A", "lagrets texter")
    DOCUMENTS = ("D", "tillgängliga dokument")
    WORD_TEMPLATES = ("M", "wordmallar")

    def __init__(self, letter: str, label: str) -> None:
        self.letter = letter
        self.label = label

    @classmethod
    def of(cls, code: str) -> Family | None:
        """Return the family of *code*, ``None`` for a letter that no family has."""
        return next((family for family in cls if code[:1] == family.letter), None)


RULE_FAMILIES = tuple(family for family in Family if family.letter in "KSJRLTX")
"""The families that the linter checks on an agreement; the others belong to other checkers."""


@frozen
class Finding:
    """A finding on a file: an agreement, a layer, a Word document or a template.

    *code* is stable (a letter and three digits), *title* describes the rule and *message* the error: the message
    may quote the agreement, the title never does. *path* is the Swedish path into the data, *hint* what to do,
    *sources* the documents that demand it, *section* the section of the agreement it belongs to (the name of its text).
    *file*, *position* and *end* (exclusive) give its place, at the nearest existing key. *quote* is the sentence it
    concerns, *profiles* those that demand it, *fingerprint* identifies the finding from one run to the next.
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
        """The 1-based line, 0 for the file as a whole."""
        return self.position.line if self.position else 0

    def as_data(self) -> dict[str, Any]:
        """Return the finding as plain data with Swedish keys; message and quote may quote the agreement."""
        return FINDING.data(self)


FINDING = JsonObject(
    Finding,
    (
        json_key("kod", "Regelns eller punktens kod, densamma i alla versioner.", "code", pattern=CODE_PATTERN),
        json_key("namn", "Regelns eller punktens namn.", "name"),
        json_key("nivå", "Hur allvarligt det är.", "level"),
        json_key(
            "väg", "Var i data: nycklarna skilda av punkt, listor räknade från 1. Tom: avtalet som helhet.", "path"
        ),
        json_key("meddelande", "Vad som är fel här. Kan citera avtalet.", "message"),
        json_key("råd", "Vad som skulle vara rätt. Kan citera avtalet.", "hint"),
        json_key("källor", "Källorna: dokument och rubrik.", "sources"),
        json_key("avsnitt", "Avsnittet i avtalet, som dess textfil heter; kan vara tom.", "section"),
        json_key("profiler", "De profiler som kräver det; tom för en regel.", "profiles"),
        json_key("fil", "Filen där det står: avtalets, eller en text i ett lager.", "file"),
        json_key("rad", "Raden, räknad från 1; null när den inte är känd.", "position.line", minimum=1),
        json_key("kolumn", "Tecknet på raden, räknat från 1.", "position.column", minimum=1),
        json_key("slutrad", "Raden där det slutar.", "end.line", minimum=1),
        json_key("slutkolumn", "Tecknet efter det sista.", "end.column", minimum=1),
        json_key("citat", "Meningen som det gäller, ordagrant ur avtalet; kan vara tom.", "quote"),
        json_key("fingeravtryck", "Namn på fyndet som är detsamma från gång till gång.", "fingerprint"),
    ),
    name="fynd",
)
"""The JSON of a finding."""


@frozen
class Explained:
    """The description shared by findings of one code; *bad* and *good* are YAML or words, empty for a point of a profile.

    *reads* are the paths in the data that are examined, *profiles* the profiles that demand a point.
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
