"""Numbers of people: one number, or a span when the number is an estimate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, frozen
from attrs.validators import optional

from iopdocs.errors import ValueProblem
from iopdocs.values.spelling import plain

_MOST = 999_999_999
_NUMBER = "[1-9][0-9]{0,2}(?: [0-9]{3}){1,2}|[1-9][0-9]{0,11}|0"
_WHO = "personer|person|deltagare|individer|människor"
_PEOPLE = re.compile(
    rf"(?:(?P<between>mellan )|från )?(?P<low>{_NUMBER})(?:(?: ?- ?| till | t\.? ?o\.? ?m\.? |(?P<and> och ))(?P<high>{_NUMBER}))?"
    rf"(?: (?:{_WHO}))?"
)
_GAP = "[ \u00a0\n]"
_FIGURES = "[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3}){1,2}|[1-9][0-9]{0,8}"
_IN_TEXT = re.compile(
    rf"(?<![\w.,:/\u2013-])(?:{_FIGURES})(?:(?:{_GAP}?[\u2013-]{_GAP}?|{_GAP}till{_GAP})(?:{_FIGURES}))?{_GAP}(?:{_WHO})(?!\w)",
    re.IGNORECASE,
)


def _check(instance: object, attribute: object, value: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"antalet ska vara ett heltal, men är {value!r}")
    if not 0 <= value <= _MOST:
        raise ValueProblem(f"{value} är inget antal mellan 0 och 999 999 999")


@frozen
class PeopleSpan:
    """A number of people from *fewest* to *most*, both included; *most* is absent when the number is one."""

    fewest: int = field(validator=_check)
    most: int | None = field(default=None, validator=optional(_check))

    def __attrs_post_init__(self) -> None:
        if self.most is not None and self.most <= self.fewest:
            raise ValueProblem(
                f"spannet {self.fewest}\u2013{self.most} slutar inte på ett högre antal än det börjar",
                "skriv det lägsta antalet först",
            )

    @classmethod
    def parse(cls, text: str) -> PeopleSpan:
        """Read ``400``, ``1 200``, ``10–20`` or ``20–25 personer``.

        Raises:
            ValueProblem: when *text* is neither a whole number nor a span of them.
        """
        value = plain(text).removesuffix(".")
        match = _PEOPLE.fullmatch(value)
        if match and (not match["and"] or match["between"]) and (match["high"] or _is_alone(value)):
            return cls(_whole(match["low"]), _whole(match["high"]) if match["high"] else None)
        if re.fullmatch("[0-9]{13,}|[0-9]{1,3}(?: [0-9]{3}){3,}", value):
            raise ValueProblem(f"”{text[:60]}” är för stort", "högst 999 999 999 går att skriva här")
        raise ValueProblem(f"”{text}” är inget heltal", "skriv bara siffror, till exempel 1200, eller ett spann: 10–20")

    @classmethod
    def of(cls, value: object) -> object:
        """Return a whole number as a span of one, and anything else unchanged."""
        return cls(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @property
    def highest(self) -> int:
        """The highest number of the span."""
        return self.fewest if self.most is None else self.most

    def __str__(self) -> str:
        """Return the number as it is written in a data file: ``400``, ``10–20``."""
        return str(self.fewest) if self.most is None else f"{self.fewest}\u2013{self.most}"


def _is_alone(value: str) -> bool:
    """Return whether *value* is a single number without a word before it that belongs to a span."""
    return not value.startswith(("från ", "mellan "))


def _whole(figures: str) -> int:
    return int(figures.replace(" ", ""))


def find(text: str) -> Iterator[tuple[PeopleSpan, int, int]]:
    """Yield each number of people in the running text *text*, with its start and end."""
    for match in _IN_TEXT.finditer(text):
        try:
            yield PeopleSpan.parse(match[0]), match.start(), match.end()
        except ValueProblem:
            continue
