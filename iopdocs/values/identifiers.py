"""Organisation numbers and diarienummer: the identifiers in a Swedish agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, frozen

from iopdocs.errors import ValueProblem
from iopdocs.values.figures import one_spaced, refuse_foreign_digits
from iopdocs.values.text import check_text

_LABEL = r"(?:org(?:anisations?)?[. -]{0,2}(?:nr|nummer|no)\.? ?:? ?)"
_WRITTEN = re.compile(
    rf"{_LABEL}?(?:(?P<century>[0-9]{{2}}) ?)?(?P<first>[0-9]{{6}}|[0-9]{{2}} [0-9]{{2}} [0-9]{{2}}) ?[-+]? ?(?P<last>[0-9]{{4}})"
)
_VAT_NUMBER = re.compile(r"(?:(?:momsreg\w*|vat)\W*(?:nr|nummer|no)?\W*)?se ?[0-9]{6}[- ]?[0-9]{4}[- ]?(?:[0-9]{2})?")
_IN_PROSE = re.compile(r"(?<![\w.,/-])(?:16)?[0-9]{6}[-\u2010\u2011\u2013\u2212][0-9]{4}(?![\w/-]|[.,][0-9])")


def _check_digits(instance: object, attribute: object, value: str) -> None:
    if not re.fullmatch(r"[0-9]{10}", value) or not value.strip("0"):
        raise ValueProblem(f"”{value}” är inget organisationsnummer", "skriv tio siffror, till exempel 212000-0001")


def _check_century(instance: object, attribute: object, value: str) -> None:
    if value not in ("", "16", "18", "19", "20"):
        raise ValueProblem(
            "ett nummer med tolv siffror börjar med 16 (organisation), 19 eller 20 (person)", f"inte {value}"
        )


def _without_organisation(century: str) -> str:
    return "" if century == "16" else century


@frozen
class OrganisationNumber:
    """A Swedish organisationsnummer: ten digits, written ``212000-0001``.

    *century* contains the first two digits when the number was given with twelve and they say more than that it is an
    organisation's (``16``, which is left out). A wrong check digit is not refused but reported by the linter, since a draft
    may contain a number that is not yet verified; so is a person's number.
    """

    digits: str = field(validator=_check_digits)
    century: str = field(default="", validator=_check_century, converter=_without_organisation)

    @classmethod
    def parse(cls, text: str) -> OrganisationNumber:
        """Read ``212000-0001``, ``2120000001``, ``16212000-0001`` or ``Org.nr 212000 0001``.

        Raises:
            ValueProblem: when *text* has another number of digits or other characters.
        """
        refuse_foreign_digits(text)
        value = one_spaced(text)
        match = _WRITTEN.fullmatch(value)
        if match:
            return cls(match["first"].replace(" ", "") + match["last"], match["century"] or "")
        if _VAT_NUMBER.fullmatch(value):
            raise ValueProblem(
                f"”{text}” är ett momsregistreringsnummer",
                "skriv organisationsnumret, till exempel 212000-0001: det är utan SE och utan de två sista siffrorna",
            )
        raise ValueProblem(f"”{text}” är inget organisationsnummer", "skriv tio siffror, till exempel 212000-0001")

    @property
    def is_personal(self) -> bool:
        """Whether the number is a person's: in an organisation's the third digit is at least 2 (lag 1974:174)."""
        return self.digits[2] < "2"

    @property
    def check_digit_is_right(self) -> bool:
        """Whether the last digit is the Luhn check digit of the nine before it (lag 1974:174, 1 §)."""
        doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(self.digits))
        return sum(number // 10 + number % 10 for number in doubled) % 10 == 0

    def __str__(self) -> str:
        return f"{self.century}{self.digits[:6]}-{self.digits[6:]}"


def find(text: str) -> Iterator[tuple[OrganisationNumber, int, int]]:
    """Yield (number, start, exclusive end) of each organisationsnummer in running *text*.

    It has a hyphen and a right check digit there, and is no person's number: other ten digits are something else.
    """
    for match in _IN_PROSE.finditer(text):
        try:
            number = OrganisationNumber.parse(match[0])
        except ValueProblem:
            continue
        if number.check_digit_is_right and not number.is_personal:
            yield number, match.start(), match.end()


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
