"""Prisbasbelopp: an amount that the parties tie to the prisbasbelopp of a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from iopdocs.errors import ValueProblem
from iopdocs.values.figures import SPACE, grouped, one_spaced, plain, refuse_foreign_digits
from iopdocs.values.numbers import quantity

_WORD = r"(?:prisbasbelopp(?:et|en)?|pbb)"
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_FORMS = (
    re.compile(rf"(?P<many>.+?) {_WORD},? ?(?:(?:för|enligt|av)? ?(?:år )?\(?(?:för |år )?{_YEAR}\)?)"),
    re.compile(rf"(?P<many>.+?) {_WORD} (?:för|enligt|i) {_YEAR} års (?:nivå|prisnivå|belopp)"),
    re.compile(rf"(?:(?P<many>.+?) (?:gånger |av )?)??{_YEAR} års {_WORD}"),
)
_WITHOUT_YEAR = re.compile(rf"(?P<many>.+?) {_WORD}")
_TIMES = re.compile(r" (?:gånger|x|×|st)$")


@frozen
class PriceBaseAmounts:
    """A number of prisbasbelopp (more than zero) of *year*, as a contract writes it. It is not counted in kronor."""

    count: Decimal
    year: int

    @classmethod
    def parse(cls, text: str) -> PriceBaseAmounts:
        """Read ``5 prisbasbelopp 2027``, ``ett halvt prisbasbelopp för 2027`` or ``fem gånger 2027 års prisbasbelopp``.

        Raises:
            ValueProblem: when *text* is no number of prisbasbelopp, or does not say of which year.
        """
        refuse_foreign_digits(text)
        value = one_spaced(text)
        for form in _FORMS:
            if match := form.fullmatch(value):
                count = quantity(_TIMES.sub("", match["many"] or "1"))
                if count:
                    return cls(plain(count), int(match["year"]))
        if (match := _WITHOUT_YEAR.fullmatch(value)) and quantity(_TIMES.sub("", match["many"])):
            raise ValueProblem(
                f"”{text}” säger inte vilket års prisbasbelopp som gäller",
                f"skriv året efter, till exempel ”{text.strip()} 2027”",
            )
        raise ValueProblem(f"”{text}” är inga prisbasbelopp", "skriv till exempel ”5 prisbasbelopp 2027”")

    def __str__(self) -> str:
        """Return ``5 prisbasbelopp 2027``."""
        return f"{grouped(self.count)} prisbasbelopp {self.year}"


_IN_PROSE = re.compile(
    rf"(?<![\w.,])(?:[0-9]+(?:,[0-9]+)?|[a-zåäö]+(?:{SPACE}och{SPACE}(?:en|ett){SPACE}halvt?)?|ett{SPACE}halvt){SPACE}"
    rf"(?:gånger{SPACE})?(?:{_WORD}{SPACE}(?:för{SPACE})?(?:år{SPACE})?(?:19|20|21)[0-9]{{2}}"
    rf"|(?:19|20|21)[0-9]{{2}}{SPACE}års{SPACE}{_WORD})(?!\w)",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[PriceBaseAmounts, int, int]]:
    """Yield (amount, start, exclusive end) of each number of prisbasbelopp with a year in running *text*."""
    for match in _IN_PROSE.finditer(text):
        try:
            yield PriceBaseAmounts.parse(match[0]), match.start(), match.end()
        except ValueProblem:
            continue
