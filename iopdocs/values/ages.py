"""Ages: spans of whole years, as a target group is described."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, frozen

from iopdocs.errors import ValueProblem
from iopdocs.values.numbers import number_of
from iopdocs.values.spelling import plain

_OLDEST = 130
_NUMBER = "[0-9]{1,3}|[a-zåäö]+"
_YEARS = "(?: ?år(?:s ålder)?)?"
_LEADING = re.compile(r"(?:i )?(?:åldern|åldrarna|ålder|åldrar|åldersgruppen|åldersspannet):? ")
_BETWEEN = re.compile(
    rf"(?:(?:från|mellan) )?(?P<low>{_NUMBER}){_YEARS} ?(?:-|,? till och med |,? t\.? ?o\.? ?m\.? |(?P<till>till)|(?P<och>och)) ?"
    rf"(?P<high>{_NUMBER})(?:{_YEARS}|-åringar)"
)
_AND_UP = re.compile(
    rf"(?:från |fr\.? ?o\.? ?m\.? |från och med )?(?P<age>{_NUMBER}){_YEARS}(?: (?:och|eller|&) (?:äldre|uppåt|över)| ?\+{_YEARS})"
    rf"|(?:från(?: och med)?|fr\.? ?o\.? ?m\.?|minst|lägst|fyllda|från fyllda|som (?:har )?fyllt|som är minst) (?P<from>{_NUMBER}){_YEARS}"
)
_AND_DOWN = re.compile(
    rf"(?:upp till|upp till och med|upp t\.o\.m\.|till och med|t\.? ?o\.? ?m\.?|högst|max|som är högst) (?P<to>{_NUMBER}){_YEARS}"
    rf"|(?P<age>{_NUMBER}){_YEARS} (?:och|eller) yngre"
)
_UNDER = re.compile(rf"(?:som är )?(?:under|yngre än|ej fyllda|som inte (?:har )?fyllt) (?P<age>{_NUMBER}){_YEARS}")
_OVER = re.compile(rf"(?:som är )?(?:över|äldre än) (?P<age>{_NUMBER}){_YEARS}|>(?P<sign>[0-9]{{1,3}}){_YEARS}")
_OPEN = re.compile(rf"(?P<low>[0-9]{{1,3}}){_YEARS} ?-|- ?(?P<high>[0-9]{{1,3}}){_YEARS}")
_ONE = re.compile(rf"(?P<age>{_NUMBER}) ?år|(?P<alone>[0-9]{{1,3}})")


def _check_age(instance: object, attribute: object, value: int | None) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _OLDEST):
        raise ValueProblem("en ålder är ett heltal mellan 0 och 130", f"{value} går inte")


def _check_youngest(instance: object, attribute: object, value: int) -> None:
    _check_age(instance, attribute, value)


@frozen
class AgeSpan:
    """A span of ages in whole years, both included; *oldest* is absent for "18 år och äldre"."""

    youngest: int = field(validator=_check_youngest)
    oldest: int | None = field(default=None, validator=_check_age)

    def __attrs_post_init__(self) -> None:
        if self.oldest is not None and self.oldest < self.youngest:
            right = f"{self.oldest}\u2013{self.youngest} år"
            raise ValueProblem(
                f"åldersspannet {self.youngest}\u2013{self.oldest} år börjar på en högre ålder än det slutar",
                f"skriv den yngsta först: {right}",
            )

    @classmethod
    def parse(cls, text: str) -> AgeSpan:
        """Read ``13–20 år``, ``65 år och äldre``, ``från 65 år``, ``under 18 år`` or ``upp till 18 år``.

        Raises:
            ValueProblem: when *text* is not a span of ages, or can be read in two ways, as ``över 65 år``.
        """
        value = plain(text).removesuffix(".")
        value = value[leading.end() :] if (leading := _LEADING.match(value)) else value
        if (match := _BETWEEN.fullmatch(value)) and (not match["och"] or value.startswith("mellan ")):
            low, high = _age(match["low"]), _age(match["high"])
            if low is not None and high is not None:
                return cls(low, high)
        if (match := _AND_UP.fullmatch(value)) and (age := _age(match["age"] or match["from"])) is not None:
            return cls(age)
        if (match := _AND_DOWN.fullmatch(value)) and (age := _age(match["age"] or match["to"])) is not None:
            return cls(0, age)
        if (match := _UNDER.fullmatch(value)) and (age := _age(match["age"])):
            return cls(0, age - 1)
        raise _problem(text, value)

    def __str__(self) -> str:
        return f"{self.youngest} år och äldre" if self.oldest is None else f"{self.youngest}\u2013{self.oldest} år"


def _age(written: str) -> int | None:
    return int(written) if written.isdecimal() else number_of(written)


def _problem(text: str, value: str) -> ValueProblem:
    readings: tuple[str, ...] = ()
    if (match := _OVER.fullmatch(value)) and (age := _age(match["age"] or match["sign"])) is not None:
        readings = (f"{age} år och äldre", f"{age + 1} år och äldre")
    elif match := _OPEN.fullmatch(value):
        readings = (
            (f"{match['low']} år och äldre", f"{match['low']}\u2013{match['low']} år")
            if match["low"]
            else (f"0\u2013{match['high']} år", f"0\u2013{int(match['high']) - 1} år")
        )
    elif (match := _ONE.fullmatch(value)) and (age := _age(match["age"] or match["alone"])) is not None:
        readings = (f"{age}\u2013{age} år", f"{age} år och äldre")
    if readings:
        return ValueProblem(
            f"”{text}” kan läsas på två sätt", f"skriv det som menas: {' eller '.join(readings)}", "tvetydigt-värde"
        )
    return ValueProblem(f"”{text}” är inget åldersspann", "skriv till exempel ”13–20 år” eller ”65 år och äldre”")


_GAP = r"[ \u00a0\n]"
_DASH = rf"(?:{_GAP}?[–—-]{_GAP}?|{_GAP}(?:till|och|t\.o\.m\.|till och med){_GAP})"
_WHO = r"(?:barn|unga|ungdomar|personer|flickor|pojkar|kvinnor|män|elever|deltagare|vuxna|äldre|alla|invånare|den|dem|de|är|vara)"
_IN_TEXT = re.compile(
    rf"(?<![\w.,])(?:(?P<low>[0-9]{{1,3}}){_DASH}(?P<high>[0-9]{{1,3}})(?:{_GAP}år(?!\w)|-åring\w{{0,4}})"
    rf"|(?P<from>[0-9]{{1,3}}){_GAP}år{_GAP}(?:och|eller){_GAP}(?:äldre|uppåt)"
    rf"|{_WHO}{_GAP}(?:som{_GAP}är{_GAP})?under{_GAP}(?P<under>[0-9]{{1,3}}){_GAP}år(?!\w)"
    rf"|{_WHO}{_GAP}(?:som{_GAP}är{_GAP})?över{_GAP}(?P<over>[0-9]{{1,3}}){_GAP}år(?!\w))",
    re.IGNORECASE,
)
_FOR_HOW_LONG = re.compile(
    r"\b(?:i|under|efter|inom|sedan|senaste|på|minst|cirka|ca|varje|kommande)[ \u00a0\n]$", re.IGNORECASE
)


@frozen
class AgeMention:
    """Ages in running text: *start* and *end* of the words, and the lowest and highest age that they give.

    *is_exact* is false for ``under 18 år`` and ``över 65 år``, which a span inside them agrees with.
    """

    start: int
    end: int
    youngest: int
    oldest: int | None
    is_exact: bool

    def agrees_with(self, ages: AgeSpan) -> bool:
        """Return whether the words may describe *ages*."""
        if self.is_exact:
            return (self.youngest, self.oldest) == (ages.youngest, ages.oldest)
        if self.oldest is not None:
            return ages.oldest is not None and ages.oldest <= self.oldest
        return ages.youngest >= self.youngest


def find(text: str) -> Iterator[AgeMention]:
    """Yield the ages in the running text *text*, and no lengths of time such as ”i 10–15 år”."""
    for match in _IN_TEXT.finditer(text):
        if match["low"]:
            if not _FOR_HOW_LONG.search(text[max(0, match.start() - 12) : match.start()]):
                yield AgeMention(match.start(), match.end(), int(match["low"]), int(match["high"]), True)
        elif match["from"]:
            yield AgeMention(match.start(), match.end(), int(match["from"]), None, True)
        elif match["under"]:
            yield AgeMention(match.start(), match.end(), 0, int(match["under"]) - 1, False)
        else:
            yield AgeMention(match.start(), match.end(), int(match["over"]), None, False)
