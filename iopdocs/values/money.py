"""Money: an amount in kronor, read as commonly written."""

from __future__ import annotations

import re
from decimal import Decimal

from attrs import field, frozen

from iopdocs.errors import ValueProblem

_SPACES = "[ \t\u00a0\u2009\u202f]"
_GROUPED = re.compile(rf"\d{{1,3}}(?:{_SPACES}\d{{3}})+|\d+")
_UNITS = {
    "": 1,
    "kr": 1,
    "kr.": 1,
    "kronor": 1,
    "krona": 1,
    "sek": 1,
    ":-": 1,
    "svenska kronor": 1,
    "tkr": 1_000,
    "tusen kr": 1_000,
    "tusen kronor": 1_000,
    "mkr": 1_000_000,
    "mnkr": 1_000_000,
    "milj. kr": 1_000_000,
    "miljon kr": 1_000_000,
    "miljon kronor": 1_000_000,
    "miljoner": 1_000_000,
    "miljoner kr": 1_000_000,
    "miljoner kronor": 1_000_000,
}
LARGEST = Decimal("999999999999.99")


def _to_decimal(value: Decimal | int) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"beloppet ska vara Decimal eller int, men är {value!r}")
    return Decimal(value)


def _check(instance: object, attribute: object, value: Decimal) -> None:
    if not value.is_finite() or (value.is_signed() and value != 0):
        raise ValueProblem("ett belopp kan inte vara negativt", "skriv det utan minustecken")
    if value > LARGEST:
        raise ValueProblem("beloppet är större än en biljon kronor", "kontrollera antalet nollor")
    if value != value.quantize(Decimal("0.01")):
        raise ValueProblem("ett belopp har högst två decimaler (ören)")


@frozen(order=True)
class Money:
    """An amount in Swedish kronor (SEK): zero or more, at most two decimals.

    Args:
        amount: kronor, as ``Decimal`` or ``int``; a ``float`` is refused since it cannot represent every öre.

    Raises:
        ValueProblem: when the amount is negative, not finite, over a biljon kronor or has parts of an öre.
    """

    amount: Decimal = field(converter=_to_decimal, validator=_check)

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read ``900 000 kr``, ``900000``, ``1,5 miljoner kronor`` or ``250 tkr``.

        Raises:
            ValueProblem: when *text* is not an amount, or can be read in two ways (``900.000``).
        """
        value = text.strip()
        if value.startswith(("-", "\u2212", "\u2013")):
            raise ValueProblem("ett belopp kan inte vara negativt", "skriv det utan minustecken")
        match = re.fullmatch(rf"(?P<whole>{_GROUPED.pattern})(?:,(?P<part>\d{{1,6}}))?{_SPACES}*(?P<unit>\D*)", value)
        unit = re.sub(r"\s+", " ", match["unit"]).strip().lower() if match else ""
        if match is None or unit not in _UNITS:
            if re.match(r"\d+\.\d", value):
                hint = "skriv mellanslag mellan tusental och komma före ören"
                raise ValueProblem(f"”{text}” kan läsas på två sätt", hint, "tvetydigt-värde")
            raise ValueProblem(f"”{text}” är inget belopp", "skriv till exempel ”900 000 kr”")
        if match["part"] and len(match["part"]) == 3 and _UNITS[unit] == 1:
            # A writer used to commas between thousands means nine hundred thousand by 900,000.
            hint = "skriv mellanslag mellan tusental och två siffror för ören"
            raise ValueProblem(f"”{text}” kan läsas på två sätt", hint, "tvetydigt-värde")
        whole = re.sub(r"\D", "", match["whole"])
        if len(whole.lstrip("0")) > 15:  # more than Decimal can scale exactly, and far more than LARGEST
            raise ValueProblem("beloppet är större än en biljon kronor", "kontrollera antalet nollor")
        number = Decimal(f"{whole}.{match['part']}" if match["part"] else whole)
        return cls(_plain(number * _UNITS[unit]))

    def __str__(self) -> str:
        """Return the amount as it is written in a data file: ``900 000 kr``, ``12,50 kr``."""
        amount = _plain(self.amount)
        whole = f"{int(amount):,}".replace(",", " ")
        öre = "" if amount == int(amount) else f",{amount.quantize(Decimal('0.01')) % 1:.2f}".replace("0.", "", 1)
        return f"{whole}{öre} kr"

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + other.amount)


def _plain(number: Decimal) -> Decimal:
    """Return *number* without trailing zeros, so that equal amounts look equal."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
