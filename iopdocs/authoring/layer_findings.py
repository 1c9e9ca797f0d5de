"""The findings of a layer check: each with its place in the author's file, and all of them together."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from iopdocs.errors import Position, Problem
from iopdocs.findings import Explained, Finding, Level
from iopdocs.library.layers import Library
from iopdocs.library.texts import LayerText
from iopdocs.model.fields import check_clause_name

LAYER, FILES, FRONT, TAGS, WORDS, MARKDOWN, REFERENCES, BLOCKS, SAMPLES, RENDERING, TEMPLATE = LAYER_CHECKS = (
    Explained("A101", "lager", Level.ERROR, "Något i lagret går inte att läsa eller hör inte ihop."),
    Explained("A102", "filer", Level.ERROR, "En fil i lagret läses inte."),
    Explained("A103", "inledning", Level.ERROR, "Inledningen av en text är fel."),
    Explained("A104", "instruktioner", Level.ERROR, "En instruktion i en text är fel."),
    Explained("A105", "ord-som-instruktioner", Level.ERROR, "Ord i en text var menade som en instruktion."),
    Explained("A106", "markdown", Level.ERROR, "En text är skriven på ett sätt som inte går att använda."),
    Explained("A107", "hänvisningar", Level.ERROR, "En hänvisning leder ingenstans."),
    Explained("A108", "block", Level.ADVICE, "Ett block tar bort något ur texten under."),
    Explained("A109", "exempelavtal", Level.ERROR, "Ett av lagrets exempelavtal går inte att läsa."),
    Explained("A110", "prövning", Level.ERROR, "En text går inte ihop med ett exempelavtal."),
    Explained("A111", "aktivt-innehåll", Level.ERROR, "Lagrets Word-mall kan köra, hämta eller öppna något."),
)
"""What a layer is checked for. A finding of level råd is no mistake."""

WORDS_OF_LEVELS = {Level.ERROR: "misstag", Level.ADVICE: "råd"}


@frozen
class LayerCheck:
    """A checked layer: its *folder* and *name*, how many *texts* and *samples* were tried, and what was *found*.

    *library* holds the layer and those it extends: it can show what is written at a finding.
    """

    folder: str
    name: str
    texts: int
    samples: int
    renderings: int
    found: tuple[Finding, ...]
    library: Library = field(repr=False, eq=False)

    @property
    def mistakes(self) -> int:
        """The number of mistakes, advice not counted."""
        return sum(finding.level is Level.ERROR for finding in self.found)

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
            "fynd": [
                {
                    "kod": finding.code,
                    "fil": finding.file,
                    "rad": finding.position.line if finding.position else None,
                    "kolumn": finding.position.column if finding.position else None,
                    "nivå": WORDS_OF_LEVELS[finding.level],
                    "meddelande": finding.message,
                    "åtgärd": finding.hint,
                }
                for finding in self.found
            ],
        }


def of_problem(kind: Explained, problem: Problem, *, advice: bool = False) -> Finding:
    """Return *problem* as a finding of *kind*."""
    return kind.finding(
        problem.message, problem.hint, advice=advice, path=problem.path, file=problem.file, position=problem.position
    )


def in_text(
    kind: Explained, text: LayerText, line: int, message: str, hint: str = "", *, column: int = 1, advice: bool = False
) -> Finding:
    """Return a finding on *line* of *text*."""
    return kind.finding(message, hint, advice=advice, file=text.file, position=Position(max(line, 1), column))


def at_key(text: LayerText, key: str, message: str, hint: str = "", *, advice: bool = False) -> Finding:
    """Return a finding at *key* of the front matter of *text*."""
    place = text.positions.get(key) or Position(1, 1)
    return FRONT.finding(message, hint, advice=advice, file=text.file, position=place)


def texts_of(library: Library, layer: int) -> tuple[LayerText, ...]:
    """Return the texts of layer number *layer*, by name."""
    texts = library.layers[layer].texts
    return tuple(texts[name] for name in sorted(texts))


def can_be_named(clause: str) -> bool:
    """Return whether an agreement can name *clause*: an id with other characters is reported by reading."""
    try:
        check_clause_name(clause)
    except ValueError:
        return False
    return True
