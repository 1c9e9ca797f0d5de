"""What a check of a layer finds: each thing with its place in the author's file, and all of them together."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from iopdocs.errors import Position, Problem
from iopdocs.library.layers import Library
from iopdocs.library.texts import LayerText
from iopdocs.model.fields import check_clause_name

MISTAKE, ADVICE = "misstag", "råd"


@frozen
class LayerFinding:
    """Something in a layer: *problem* says where, what and what would be right; *advice* that it is no mistake."""

    problem: Problem
    advice: bool = False

    @property
    def level(self) -> str:
        """``misstag`` or ``råd``."""
        return ADVICE if self.advice else MISTAKE

    @property
    def line(self) -> int:
        """The 1-based line, 0 where it is the file as a whole."""
        return self.problem.position.line if self.problem.position else 0

    def as_data(self) -> dict[str, Any]:
        """Return it with Swedish keys, for JSON."""
        place = self.problem.position
        return {
            "fil": self.problem.file,
            "rad": place.line if place else None,
            "kolumn": place.column if place else None,
            "nivå": self.level,
            "meddelande": self.problem.message,
            "åtgärd": self.problem.hint,
        }


@frozen
class LayerCheck:
    """A checked layer: its *folder* and *name*, how many *texts* and *samples* were tried, and what was *found*."""

    folder: str
    name: str
    texts: int
    samples: int
    renderings: int
    found: tuple[LayerFinding, ...]

    @property
    def mistakes(self) -> int:
        """How many mistakes there are, advice not counted."""
        return sum(not one.advice for one in self.found)

    @property
    def summary(self) -> str:
        """The check in one line of words."""
        texts = "1 text" if self.texts == 1 else f"{self.texts} texter"
        samples = "1 exempelavtal" if self.samples == 1 else f"{self.samples} exempelavtal"
        advice = len(self.found) - self.mistakes
        told = "inga misstag" if not self.mistakes else f"{self.mistakes} misstag"
        told += f", {advice} råd" if advice else ""
        return f"{self.name}: {texts}, prövade med {samples}: {told}."

    def as_data(self) -> dict[str, Any]:
        """Return it with Swedish keys, for JSON."""
        return {
            "format": 1,
            "lager": self.name,
            "mapp": self.folder,
            "texter": self.texts,
            "exempelavtal": self.samples,
            "misstag": self.mistakes,
            "fynd": [one.as_data() for one in self.found],
        }


def in_text(
    text: LayerText, line: int, message: str, hint: str = "", *, column: int = 1, advice: bool = False
) -> LayerFinding:
    """Return what is found on *line* of *text*."""
    return LayerFinding(Problem(message, hint, text.file, position=Position(max(line, 1), column)), advice)


def at_key(text: LayerText, key: str, message: str, hint: str = "", *, advice: bool = False) -> LayerFinding:
    """Return what is found at *key* of the front matter of *text*."""
    place = text.positions.get(key) or Position(1, 1)
    return LayerFinding(Problem(message, hint, text.file, position=place), advice)


def parted(message: str) -> tuple[str, str]:
    """Return (what is wrong, what would be right) of a message that has both."""
    what, _dash, hint = message.partition(" – ")
    return what, hint


def texts_of(library: Library, layer: int) -> tuple[LayerText, ...]:
    """Return the texts of layer number *layer*, by name."""
    texts = library.layers[layer].texts
    return tuple(texts[name] for name in sorted(texts))


def can_be_named(clause: str) -> bool:
    """Whether an agreement can name *clause*: an id with other signs in it is told by reading."""
    try:
        check_clause_name(clause)
    except ValueError:
        return False
    return True
