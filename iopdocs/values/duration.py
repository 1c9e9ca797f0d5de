"""Duration: a length of time in whole years, months, weeks or days."""

from __future__ import annotations

import re

from attrs import field, frozen

from iopdocs.enums import SwedishWord
from iopdocs.errors import ValueProblem

NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (("en", "ett"), "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"), 1
    )
    for word in ((words,) if isinstance(words, str) else words)
}


class Unit(SwedishWord):
    """The unit of a duration; the value is its plural in Swedish."""

    YEARS = "år"
    MONTHS = "månader"
    WEEKS = "veckor"
    DAYS = "dagar"


_FORMS = {
    "år": Unit.YEARS,
    "månad": Unit.MONTHS,
    "månader": Unit.MONTHS,
    "mån": Unit.MONTHS,
    "mån.": Unit.MONTHS,
    "vecka": Unit.WEEKS,
    "veckor": Unit.WEEKS,
    "dag": Unit.DAYS,
    "dagar": Unit.DAYS,
    "dygn": Unit.DAYS,
    "kalenderdagar": Unit.DAYS,
}
_DIGITS = re.compile(r"[0-9]+(?: [0-9]{3})*")
_SINGULAR = {Unit.YEARS: "år", Unit.MONTHS: "månad", Unit.WEEKS: "vecka", Unit.DAYS: "dag"}


def _check_amount(instance: object, attribute: object, value: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"antalet ska vara ett heltal, men är {value!r}")
    if not 0 <= value <= 9999:
        raise ValueProblem("en tidslängd är mellan 0 och 9999", f"{value} går inte")


def _is_too_large(written: str) -> bool:
    return bool(_DIGITS.fullmatch(written)) and len(written.replace(" ", "").lstrip("0")) > 4


@frozen
class Duration:
    """A length of time: *amount* (0–9999) of *unit*. Six months and half a year are different durations, as in a contract."""

    amount: int = field(validator=_check_amount)
    unit: Unit = Unit.MONTHS

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``6 månader``, ``sex månader``, ``1 år`` or ``6 månader före``.

        Raises:
            ValueProblem: when *text* is not a length of time.
        """
        words = text.replace("\u00a0", " ").lower().split()
        if len(words) > 2 and words[2] in ("före", "innan"):
            words = words[:2]
        if len(words) == 2 and words[1] in _FORMS:
            number = NUMBER_WORDS.get(words[0]) or (int(words[0]) if re.fullmatch(r"[0-9]{1,4}", words[0]) else None)
            if number is not None:
                return cls(number, _FORMS[words[1]])
        if words and words[-1] in _FORMS and _is_too_large(" ".join(words[:-1])):
            raise ValueProblem(f"”{text}” är en för lång tidslängd", "skriv högst 9999 och en enhet")
        raise ValueProblem(
            f"”{text}” är ingen tidslängd", "skriv ett heltal och en enhet, till exempel ”6 månader” eller ”1 år”"
        )

    @property
    def months(self) -> float:
        """The length in months of thirty days, for comparisons only."""
        return self.amount * {Unit.YEARS: 12.0, Unit.MONTHS: 1.0, Unit.WEEKS: 7 / 30, Unit.DAYS: 1 / 30}[self.unit]

    def __str__(self) -> str:
        """Return the duration as it is written in a data file and in an agreement: ``6 månader``, ``1 år``."""
        return f"{self.amount} {_SINGULAR[self.unit] if self.amount == 1 else self.unit.value}"
