"""Money: an amount in kronor, read as commonly written in fields, cells and running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve, field, frozen

from iopdocs.errors import ValueProblem
from iopdocs.values.figures import (
    SPACE,
    alternatives,
    figures_of,
    grouped,
    one_spaced,
    plain,
    refuse_foreign_digits,
    two_readings,
)
from iopdocs.values.numbers import quantity
from iopdocs.values.price_base_amounts import PriceBaseAmounts

_KRONOR = ("kr", "kr.", "kronor", "krona", "sek", "svenska kronor", "svenska kr", "skr")
_SCALES = {
    1_000: ("tusen",),
    1_000_000: ("miljon", "miljoner", "milj.", "milj"),
    1_000_000_000: ("miljard", "miljarder"),
}
_SHORT = {
    1_000: ("tkr", "tkr.", "kkr", "t kr", "t.kr", "k kr", "tsek", "ksek", "t sek"),
    1_000_000: ("mkr", "mkr.", "mnkr", "mnkr.", "mn kr", "m kr", "msek", "mn sek", "miljkr", "mn kronor"),
    1_000_000_000: ("mdkr", "mdr kr", "md kr", "mdr kronor", "mdsek"),
}
_ÖRE = "öre"
UNITS = {
    **dict.fromkeys(_KRONOR, Decimal(1)),
    **{word: Decimal(factor) for factor, words in (*_SCALES.items(), *_SHORT.items()) for word in words},
    **{
        f"{word} {kronor}": Decimal(factor)
        for factor, words in _SCALES.items()
        for word in words
        for kronor in (*_KRONOR, "i svenska kronor")
    },
    _ÖRE: Decimal("0.01"),
}
"""The units that an amount may have, in lower case with single spaces, and how many kronor each is."""

_TAIL = re.compile(r" ?(?::-{1,2}|,-{1,2}|\.-)(?: ?(?:kr|sek|kronor)\.?)?")
_BEFORE = re.compile(rf"({alternatives([unit for unit in UNITS if ' ' not in unit and unit != _ÖRE])}) ?(?=[0-9])")
_LETTERS = re.compile(r"([^ 0-9].*)")
_UNIT_AFTER = re.compile(rf"(.+?)(?: |(?<=[^a-zåäö]))({alternatives(list(UNITS))})")
_KRONOR_AFTER = re.compile(rf"(.+?) ({alternatives(_KRONOR)})")
_SCALE_WORD = re.compile("tusen|milj")
_BRACKETS = re.compile(r"([^()]+?) ?\(([^()]+)\) ?([^()]*)")
_AND_ÖRE = re.compile(r"(.+ ?(?:kronor|krona|kr)) (?:och )?([0-9]{1,2}) öre")
_COMPOUND = re.compile(rf"(.+?) ({alternatives([word for words in _SCALES.values() for word in words])}) (?:och )?(.+)")
_FOREIGN = re.compile(
    r"[€$£¥₽₿¢]|(?<![a-zåäö])(?:eur|euro|euros|usd|us-?dollar|dollar|dollars|gbp|pund|nok|dkk|isk|chf|jpy|cny|pln|nkr|dkr|ikr"
    r"|(?:norska|norsk|danska|dansk|isländska|isländsk|tjeckiska|estniska|färöiska)(?: kronor| kr| krona)?"
    r"|m?eur|t?eur|k?eur|musd|tusd|mnok|mdkk)(?![a-zåäö])"
)
_RATE = re.compile(
    r"(?:/| per | i | varje | om )\s*(år|månad|mån|kvartal|halvår|tertial|vecka|dag|dygn|timme|tim|h|person)\w*"
)
_VAT = re.compile(r"\b(?:moms|mervärdesskatt)")
_ABOUT = re.compile(
    r"^(?:ca|cirka|c:a|omkring|ungefär|runt|drygt|knappt|högst|max|maximalt|minst|lägst|upp till|över|under|~|<|>|≤|≥)\b|^[~<>≤≥]"
)
_SPAN = re.compile(r"[0-9] ?(?:kr|kronor)? ?(?:-|till|eller) ?[0-9]")
_GROUPING = re.compile(r"[0-9]+(?: [0-9]+)+")
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
        basis: the number of prisbasbelopp that the parties agreed on, when *amount* is that in kronor.

    Raises:
        ValueProblem: when the amount is negative, not finite, over a biljon kronor or has parts of an öre.
    """

    amount: Decimal = field(converter=_to_decimal, validator=_check)
    basis: PriceBaseAmounts | None = field(default=None, order=False)

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read ``900 000 kr``, ``900000``, ``SEK 5,000.00``, ``1,5 miljoner kronor``, ``250 tkr`` or ``en halv miljon``.

        ``5 prisbasbelopp 2027 (296 000 kr)`` keeps the prisbasbelopp as its basis.

        Raises:
            ValueProblem: when *text* is not an amount in kronor, or can be read in two ways (``900.000``).
        """
        refuse_foreign_digits(text)
        value = one_spaced(text)
        if value[-2:-1].isalpha():
            value = value.removesuffix(".")
        if value.startswith("-") and len(value) > 1:
            raise ValueProblem("ett belopp kan inte vara negativt", "skriv det utan minustecken")
        if "bas" in value or "pbb" in value:
            return _price_base(text, value)
        found = _read(value, text)
        if found is None:
            raise _refusal(text, value)
        return cls(plain(found))

    def __str__(self) -> str:
        """Return the amount as it is written in a data file: ``900 000 kr``, ``12,50 kr``."""
        amount = plain(self.amount)
        whole = f"{int(amount):,}".replace(",", " ")
        öre = "" if amount == int(amount) else f",{amount.quantize(Decimal('0.01')) % 1:.2f}".replace("0.", "", 1)
        kronor = f"{whole}{öre} kr"
        return f"{self.basis} ({kronor})" if self.basis else kronor

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + other.amount)


def find(text: str) -> Iterator[tuple[Money, int, int]]:
    """Yield (amount, start, exclusive end) of each amount in running *text* that is written with its unit.

    Amounts that can be read in two ways or are in another currency are left out, and so are figures without a unit.
    """
    past = 0
    for unit in _UNIT_IN_PROSE.finditer(text):
        if unit[0][-1].isdigit():
            starts = [unit.start()]
        else:
            left = max(past, unit.start() - _LONGEST)
            starts = [word.start() for word in _WORD_START.finditer(text, left, unit.start())]
        for start in starts:
            try:
                amount = Money.parse(text[start : unit.end()])
            except ValueProblem:
                continue
            yield amount, start, unit.end()
            past = unit.end()
            break


_LONGEST = 80
_UNIT_IN_PROSE = re.compile(
    rf"(?<!\w)[MT]?SEK{SPACE}?[0-9](?:[0-9]|[.,](?=[0-9])|{SPACE}(?=[0-9]{{3}}))*(?!\w)"
    rf"|(?:(?<=[0-9]){SPACE}?(?::-|,-)|(?<![^\W\d_])(?:{alternatives([unit for unit in UNITS if unit[-1] != '.'])}))(?!\w|\.\w)",
    re.IGNORECASE,
)
# Figures after figures are a year or an item and then an amount, or one amount with odd groups: none of them is sure.
_WORD_START = re.compile(r"(?<![\w.,:/+\u2013\u2212-])(?<![0-9][ \u00a0])[\w½¼¾]")


def _read(value: str, text: str) -> Decimal | None:
    """Return the kronor of *value*, written as :func:`one_spaced` returns it; ``None`` when it is no amount."""
    if match := _BRACKETS.fullmatch(value):
        return _both(match, text)
    if match := _AND_ÖRE.fullmatch(value):
        kronor = _read(match[1], text)
        return None if kronor is None or kronor % 1 else kronor + Decimal(match[2]) / 100
    value, factor, has_unit = _without_unit(value)
    if factor is None:
        return None
    if (match := _COMPOUND.fullmatch(value)) and factor == 1:
        return _compound(match, text)
    return _scaled(value, factor, text, has_unit=has_unit)


def _without_unit(value: str) -> tuple[str, Decimal | None, bool]:
    """Return (the number, the kronor of its unit, whether it has one); no factor when its units do not agree."""
    if tail := _TAIL.search(value):
        if tail.end() != len(value):
            return value, None, False
        value = value[: tail.start()]
        before = _BEFORE.match(value)
        alone = before is None or UNITS[before[1]] == 1
        number = value[before.end() :] if before else value
        return (number, Decimal(1), True) if alone and number and number[-1].isdigit() else (value, None, False)
    factors = []
    if match := _BEFORE.match(value):
        factors.append(UNITS[match[1]])
        value = value[match.end() :]
    if match := _UNIT_AFTER.fullmatch(value):
        if _SCALE_WORD.search(match[1]):
            # In ”en miljon tvåhundra tusen kronor” only the last word is a unit of the whole.
            match = _KRONOR_AFTER.fullmatch(value)
        factors.append(UNITS[match[2]] if match else Decimal(1))
        value = match[1] if match else value
    scales = [factor for factor in factors if factor != 1]
    if len(scales) > 1:
        return value, None, True
    return value, scales[0] if scales else Decimal(1), bool(factors) or bool(_SCALE_WORD.search(value))


def _scaled(value: str, factor: Decimal, text: str, *, has_unit: bool) -> Decimal | None:
    figures = figures_of(value)
    if figures is None:
        if not has_unit or value[:1].isdigit() and not re.search("[½¼¾]$", value):
            return None
        number = quantity(value)
        return None if number is None else number * factor
    if len(str(int(figures.value))) > 15:  # more than Decimal can scale exactly, and far more than LARGEST
        raise ValueProblem("beloppet är större än en biljon kronor", "kontrollera antalet nollor")
    if factor == 1 and figures.thousands is None and int(figures.value.as_tuple().exponent) < -2:
        raise ValueProblem(f"”{text}” har fler än två decimaler", "ett belopp har högst två (ören)")
    if figures.thousands is not None:
        raise two_readings(text, [f"{grouped(number * factor)} kr" for number in (figures.thousands, figures.value)])
    return figures.value * factor


def _compound(match: re.Match[str], text: str) -> Decimal | None:
    """Return the kronor of ``1 miljon 200 000`` and ``två miljoner femhundra tusen``."""
    factor = UNITS[match[2]]
    first = _scaled(match[1], factor, text, has_unit=True)
    rest = _read(f"{match[3]} kr", text)
    if first is None or rest is None or first % factor or rest >= factor or (rest < 100 and match[3][0].isdigit()):
        return None
    if factor >= 1_000_000 and 0 < rest < 1000:
        # ”En miljon femhundra” is said for a million and a half.
        raise two_readings(text, [f"{grouped(first + number)} kr" for number in (rest * factor / 1000, rest)])
    return first + rest


def _both(match: re.Match[str], text: str) -> Decimal | None:
    """Return the kronor of an amount in figures and in words: ``900 000 (niohundratusen) kronor``."""
    unit = match[3]
    first, second = (_read(f"{part} {unit}".strip(), text) for part in (match[1], match[2]))
    if first is None or second is None:
        return None
    if first != second:
        raise ValueProblem(
            f"”{text}” säger två olika belopp, {grouped(first)} kr och {grouped(second)} kr",
            "skriv samma belopp i ord och i siffror",
            "tvetydigt-värde",
        )
    return first


def _price_base(text: str, value: str) -> Money:
    """Return the amount of ``5 prisbasbelopp 2027 (296 000 kr)``."""
    kronor = re.fullmatch(r"(.+?) ?(?:\(|= ?|, |dvs\.? )([^()=]*?(?:kr|kronor|sek)\.?)\)?", value)
    amounts = PriceBaseAmounts.parse(kronor[1] if kronor else text)
    if kronor is None:
        raise ValueProblem(
            f"”{text}” är inget belopp i kronor",
            f"skriv också vad det är i kronor, inom parentes efter: {amounts} (… kr)",
        )
    return evolve(Money.parse(kronor[2]), basis=amounts)


def _refusal(text: str, value: str) -> ValueProblem:
    """Return the problem of *text*, which is no amount in kronor, with the reason that can be seen in it."""
    if _FOREIGN.search(value):
        return ValueProblem(
            f"”{text}” är inget belopp i svenska kronor",
            "skriv beloppet i kronor, och den andra valutan i en text om den behövs",
        )
    if _RATE.search(value):
        return ValueProblem(
            f"”{text}” är inget belopp utan ett belopp för en tid eller ett antal",
            "skriv bara beloppet här, och hur ofta det betalas i ”takt” eller vilket år det gäller i ”år”",
        )
    if _VAT.search(value):
        return ValueProblem(
            f"”{text}” är inget belopp utan säger också något om moms", "skriv bara beloppet här, och resten i ”moms”"
        )
    if value.startswith("+"):
        return ValueProblem(f"”{text}” är inget belopp", "skriv det utan plustecken")
    if _ABOUT.search(value):
        return ValueProblem(f"”{text}” är inget bestämt belopp", "skriv bara beloppet, till exempel ”900 000 kr”")
    if _SPAN.search(value):
        return ValueProblem(f"”{text}” är inget bestämt belopp", "skriv ett enda belopp, till exempel ”900 000 kr”")
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)? ?[km]", value):
        factors = {"k": ("kr", "tkr"), "m": ("miljoner kr", "kr per månad")}[value[-1]]
        return two_readings(text, [f"{value[:-1].strip()} {unit}" for unit in factors])
    number = _GROUPING.match(value)
    if number and figures_of(number[0]) is None:
        return ValueProblem(
            f"”{text}” är inget belopp: siffrorna står inte tre och tre", "skriv till exempel ”900 000 kr”"
        )
    return ValueProblem(f"”{text}” är inget belopp", "skriv till exempel ”900 000 kr”")
