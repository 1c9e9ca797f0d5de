"""Organisation numbers and diarienummer: the identifiers in a Swedish agreement."""

from __future__ import annotations

import re

from attrs import field, frozen

from iopdocs.errors import ValueProblem
from iopdocs.values.text import check_text


def _check_digits(instance: object, attribute: object, value: str) -> None:
    if not re.fullmatch(r"[0-9]{10}", value):
        raise ValueProblem(f"”{value}” är inget organisationsnummer", "skriv tio siffror, till exempel 212000-0001")


def _check_century(instance: object, attribute: object, value: str) -> None:
    if value not in ("", "16", "18", "19", "20"):
        raise ValueProblem(
            "ett nummer med tolv siffror börjar med 16 (organisation), 19 eller 20 (person)", f"inte {value}"
        )


@frozen
class OrganisationNumber:
    """A Swedish organisationsnummer: ten digits, written ``212000-0001``.

    *century* contains the first two digits when the number was given with twelve (``16`` for an organisation). A wrong
    check digit is not refused but reported by the linter, since a draft may contain a number that is not yet verified.
    """

    digits: str = field(validator=_check_digits)
    century: str = field(default="", validator=_check_century)

    @classmethod
    def parse(cls, text: str) -> OrganisationNumber:
        """Read ``212000-0001``, ``2120000001`` or ``16212000-0001``.

        Raises:
            ValueProblem: when *text* has another number of digits or other characters.
        """
        match = re.fullmatch(r"([0-9]{2})?([0-9]{6})[-\u2010\u2011\u2013+ ]?([0-9]{4})", text.strip())
        if not match:
            raise ValueProblem(f"”{text}” är inget organisationsnummer", "skriv tio siffror, till exempel 212000-0001")
        return cls(match[2] + match[3], match[1] or "")

    @property
    def check_digit_is_right(self) -> bool:
        """Whether the last digit is the Luhn check digit of the nine before it (lag 1974:174, 1 §)."""
        doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(self.digits))
        return sum(number // 10 + number % 10 for number in doubled) % 10 == 0

    def __str__(self) -> str:
        return f"{self.century}{self.digits[:6]}-{self.digits[6:]}"


def _strip(value: str) -> str:
    return value.strip() if isinstance(value, str) else value


def _check_case(instance: object, attribute: object, value: str) -> None:
    check_text(value)
    if not value.strip() or "\n" in value or len(value) > 100:
        raise ValueProblem("ett diarienummer är en rad på högst 100 tecken, till exempel KS 2026/123")


@frozen
class CaseNumber:
    """A diarienummer as written by its authority: ``KS 2026/123``, ``KSN-2016-1422``, ``0193/15``. One line of text."""

    text: str = field(validator=_check_case, converter=_strip)

    @classmethod
    def parse(cls, text: str) -> CaseNumber:
        """Return *text* as a diarienummer. Raises ValueProblem when it is empty, too long or of several lines."""
        return cls(text)

    def __str__(self) -> str:
        return self.text
