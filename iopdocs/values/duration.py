"""Duration: a length of time in whole years, months, weeks, days, working days or bank days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, frozen

from iopdocs.enums import SwedishWord
from iopdocs.errors import ValueProblem
from iopdocs.values.numbers import quantity
from iopdocs.values.spelling import plain


class Unit(SwedishWord):
    """The unit of a duration; the value is its plural in Swedish.

    How many days a working day or a bank day takes depends on a calendar of holidays that an agreement does not give,
    so those are units of their own and never days.
    """

    YEARS = "år"
    MONTHS = "månader"
    WEEKS = "veckor"
    DAYS = "dagar"
    WORKING_DAYS = "arbetsdagar"
    BANK_DAYS = "bankdagar"

    @property
    def needs_calendar(self) -> bool:
        """Return whether the length in days depends on holidays."""
        return self in (Unit.WORKING_DAYS, Unit.BANK_DAYS)


_SINGULAR = {
    Unit.YEARS: "år",
    Unit.MONTHS: "månad",
    Unit.WEEKS: "vecka",
    Unit.DAYS: "dag",
    Unit.WORKING_DAYS: "arbetsdag",
    Unit.BANK_DAYS: "bankdag",
}
# Each word is a number of a unit: half a year is six months, a dygn is a day.
_WORDS: dict[str, tuple[int, Unit]] = {
    "år": (1, Unit.YEARS),
    "halvår": (6, Unit.MONTHS),
    **dict.fromkeys(("tertial", "tertialer"), (4, Unit.MONTHS)),
    "kvartal": (3, Unit.MONTHS),
    **dict.fromkeys(("månad", "månader", "mån", "mån.", "kalendermånad", "kalendermånader"), (1, Unit.MONTHS)),
    **dict.fromkeys(("vecka", "veckor", "v", "v.", "kalendervecka", "kalenderveckor"), (1, Unit.WEEKS)),
    **dict.fromkeys(("dag", "dagar", "d", "d.", "dgr", "dgr.", "dygn", "kalenderdag", "kalenderdagar"), (1, Unit.DAYS)),
    **dict.fromkeys(("arbetsdag", "arbetsdagar", "arb.dagar", "arbetsdgr"), (1, Unit.WORKING_DAYS)),
    **dict.fromkeys(("bankdag", "bankdagar", "bankdgr"), (1, Unit.BANK_DAYS)),
}
_UNIT = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
_PART = re.compile(rf"(?P<number>.*[0-9½¼¾)]|.+(?= ))\s?(?P<unit>{_UNIT})(?:(?<=år)s|(?<=[a-zåäö]{{3}})s)?")
_LEADING = re.compile(r"(?:senast |inom )+")
# What the length is counted back from may be written out when it is the end of the agreement itself.
_OF_AGREEMENT = (
    r"(?:den |det )?(?:(?:nuvarande|innevarande|löpande|aktuella|avtalade|respektive|avtalets|avtalstidens|periodens|"
    r"avtalsperiodens|överenskommelsens|förlängningens) )?(?:avtal|överenskommelse|partnerskap|avtalsperiod|period|slut|"
    r"utgång|upphör|förlängning|ny period)"
)
_TRAILING = re.compile(
    rf",? (?:(?:ömsesidig )?uppsägning(?:stid)?|i taget|åt gången|per gång|i sänder|i förväg|dessförinnan|(?:före|innan)(?: {_OF_AGREEMENT}[a-zåäö ]{{0,60}})?)$"
)
_RANGE = re.compile(r"(?P<low>[^-]+?)(?: ?- ?| till | eller )(?P<high>[^-]+)")
_TWICE = re.compile(r"(?P<first>[^()]+) \((?P<second>[^()]+)\)")
_JOINT = re.compile(r" och |, | ")
_UNCLEAR = {
    "vardag": "arbetsdagar (måndag–fredag) eller dagar där också lördag räknas",
    "vardagar": "arbetsdagar (måndag–fredag) eller dagar där också lördag räknas",
}
_GAP = "[ \u00a0\n]"
_UNITS_IN_TEXT = "|".join(sorted((word for word in _WORDS if len(word) > 2 and "." not in word), key=len, reverse=True))
_IN_TEXT = re.compile(
    rf"(?<![\w.,:/\u2013-])(?:[0-9]{{1,4}}(?:,[0-9]{{1,2}})?|[^\W\d_]{{2,40}}(?:{_GAP}och{_GAP}(?:en|ett){_GAP}halvt?)?)"
    rf"(?:{_GAP}\([^()\n]{{1,20}}\))?{_GAP}(?:{_UNITS_IN_TEXT}|år)(?!\w)",
    re.IGNORECASE,
)
_HINT = "skriv ett tal och en enhet, till exempel ”6 månader”, ”1 år” eller ”10 bankdagar”"


def _check_amount(instance: object, attribute: object, value: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"antalet ska vara ett heltal, men är {value!r}")
    if not 0 <= value <= 9999:
        raise ValueProblem("en tidslängd är mellan 0 och 9999", f"{value} går inte")


@frozen
class Duration:
    """A length of time: *amount* (0–9999) of *unit*. Twelve months and a year are different durations, as in a contract.

    Half a year, a quarter and a tertial have no unit of their own and are read as six, three and four months.
    """

    amount: int = field(validator=_check_amount)
    unit: Unit = Unit.MONTHS

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read a length of time as a Swedish text writes it.

        ``6 månader``, ``sex (6) månader``, ``ett halvår``, ``1,5 år``, ``1 år och 6 månader``, ``10 bankdagar`` and
        ``6 månader före avtalstidens slut`` are such ways.

        Raises:
            ValueProblem: when *text* is not a length of time, or can be read in two ways.
        """
        value = plain(text).removesuffix(".")
        value = value[leading.end() :] if (leading := _LEADING.match(value)) else value
        value = value[: trailing.start()] if (trailing := _TRAILING.search(value)) else value
        return cls(*_read(text, value))

    def __str__(self) -> str:
        """Return the duration as it is written in a data file and in an agreement: ``6 månader``, ``1 år``."""
        return f"{self.amount} {_SINGULAR[self.unit] if self.amount == 1 else self.unit.value}"


def find(text: str) -> Iterator[tuple[Duration, int, int]]:
    """Yield each length of time in the running text *text* that can be read in one way, with its start and end."""
    for match in _IN_TEXT.finditer(text):
        try:
            found = _one(match[0], plain(match[0]))
            if found is not None:
                yield Duration(*found), match.start(), match.end()
        except ValueProblem:
            continue


def _read(text: str, value: str) -> tuple[int, Unit]:
    """Return amount and unit of *value*, in plain spelling; *text* is what to quote in an error."""
    if (twice := _TWICE.fullmatch(value)) and _PART.fullmatch(twice["first"]):
        first, second = _read(text, twice["first"]), _read(text, twice["second"])
        if first != second:
            raise _two_readings(text, first, second)
        return first
    found = _one(text, value)
    if found is not None:
        return found
    # A sum of two parts: years and months, or weeks and days.
    for joint in _JOINT.finditer(value):
        first_part, second_part = _one(text, value[: joint.start()]), _one(text, value[joint.end() :])
        if first_part and second_part and (sum_of := _sum(first_part, second_part)):
            return sum_of
    raise _problem(text, value)


def _one(text: str, value: str) -> tuple[int, Unit] | None:
    """Return amount and unit of a single number and unit, or ``None`` when *value* is something else."""
    match = _PART.fullmatch(value)
    number = quantity(match["number"]) if match else None
    if match is None or number is None:
        return None
    each, unit = _WORDS[match["unit"]]
    if number != number.to_integral_value() and unit is Unit.YEARS:
        each, unit = 12, Unit.MONTHS
    amount = number * each
    if amount != amount.to_integral_value():
        raise ValueProblem(f"”{text}” är ingen tidslängd i hela {unit.value}", "skriv ett helt tal av en mindre enhet")
    if amount > 9999:
        raise ValueProblem(f"”{text}” är en för lång tidslängd", "skriv högst 9999 och en enhet")
    return int(amount), unit


def _sum(first: tuple[int, Unit], second: tuple[int, Unit]) -> tuple[int, Unit] | None:
    """Return the sum of years and months, or of weeks and days; other units do not add up."""
    sizes = {(Unit.YEARS, Unit.MONTHS): 12, (Unit.WEEKS, Unit.DAYS): 7}
    size = sizes.get((first[1], second[1]))
    return None if size is None else (first[0] * size + second[0], second[1])


def _problem(text: str, value: str) -> ValueProblem:
    last = value.rsplit(" ", 1)[-1]
    if last in _UNCLEAR:
        return ValueProblem(
            f"”{text}” kan läsas på två sätt, {_UNCLEAR[last]}", "skriv ”arbetsdagar” eller ”dagar”", "tvetydigt-värde"
        )
    if match := _RANGE.fullmatch(value):
        ends = [_try(match["low"]) or _try(f"{match['low']} {last}"), _try(match["high"])]
        if ends[0] and ends[1]:
            return ValueProblem(
                f"”{text}” är två tidslängder", f"skriv den som gäller: {ends[0]} eller {ends[1]}", "tvetydigt-värde"
            )
    return ValueProblem(f"”{text}” är ingen tidslängd", _HINT)


def _try(value: str) -> Duration | None:
    found = _one(value, value)
    return Duration(*found) if found else None


def _two_readings(text: str, first: tuple[int, Unit], second: tuple[int, Unit]) -> ValueProblem:
    both = f"{Duration(*first)} eller {Duration(*second)}"
    return ValueProblem(f"”{text}” säger två olika tidslängder", f"skriv den som gäller: {both}", "tvetydigt-värde")
