"""Numbers in words, in figures and in both: ``sex``, ``tvåhundrafemtio``, ``ett och ett halvt``, ``1,5``, ``sex (6)``."""

from __future__ import annotations

import re
from decimal import Decimal

from iopdocs.errors import ValueProblem

_UNITS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
}  # fmt: skip
_TEENS = {
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17,
    "arton": 18, "aderton": 18, "nitton": 19,
}  # fmt: skip
_TENS = {
    "tjugo": 20, "tjugu": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80,
    "nittio": 90,
}  # fmt: skip
NUMBER_WORDS = {word: number for word, number in {**_UNITS, **_TEENS}.items() if number <= 12}
"""The words for one to twelve, which a Swedish text writes in letters."""
_BELOW_HUNDRED = {
    **_UNITS,
    **_TEENS,
    **_TENS,
    **{f"{ten}{gap}{unit}": _TENS[ten] + _UNITS[unit] for ten in _TENS for unit in _UNITS for gap in ("", " ")},
}
_MILLION = re.compile(r"\s?miljon(?:er)?(?:\s|$)")
LONGEST = 120
"""The most characters of a number in words."""

_ORDINALS = (
    ("första", "förste"), ("andra", "andre"), ("tredje",), ("fjärde",), ("femte",), ("sjätte",), ("sjunde",), ("åttonde",),
    ("nionde",), ("tionde",), ("elfte",), ("tolfte",), ("trettonde",), ("fjortonde",), ("femtonde",), ("sextonde",),
    ("sjuttonde",), ("artonde", "adertonde"), ("nittonde",),
)  # fmt: skip
ORDINALS = {word: number for number, words in enumerate(_ORDINALS, 1) for word in words}
"""The words for first to thirty-ninth, with their number."""
for _ten, _stem in ((20, "tjugo"), (30, "trettio")):
    ORDINALS[f"{_stem}nde"] = _ten
    ORDINALS |= {f"{_stem}{word}": _ten + number for word, number in list(ORDINALS.items()) if number < 10}

_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_HALF = re.compile(r"(?:(?P<many>.+?) och )?(?:(?:en |ett )?(?:halv|halvt)|halva)")
_SPACE = "[ \u00a0\u2009\u202f]"
_FIGURES = re.compile(
    rf"(?P<whole>[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]{{1,12}})(?:(?P<sign>[.,])(?P<part>[0-9]{{1,6}}))?"
)
_BOTH = re.compile(r"(?P<first>[^()]+?) ?\((?P<second>[^()]+)\)")


def number_of(words: str) -> int | None:
    """Return the whole number that Swedish *words* express (``etthundratjugo``, ``två miljoner``), else ``None``.

    Compounds may be split or hyphenated where people do so: before and after hundra and tusen, and after the tens.
    Ordinals and decimals are not whole numbers.
    """
    text = " ".join(words.replace("-", " ").split()).casefold()
    if len(text) > LONGEST:
        return None
    if text == "noll":
        return 0
    million = _MILLION.search(text)
    if million is None:
        return _below_million(text)
    many, rest = _below_thousand(text[: million.start()]), text[million.end() :]
    few = _below_million(rest) if rest else 0
    return None if many is None or few is None else many * 1_000_000 + few


def quantity(text: str) -> Decimal | None:
    """Return the number zero or more that *text* expresses, in figures, in words or in both, else ``None``.

    Reads ``6``, ``1 200``, ``1,5``, ``1.5``, ``½``, ``1½``, ``sex``, ``ett och ett halvt``, ``sex (6)`` and ``6 (sex)``.

    Raises:
        ValueProblem: when words and figures differ, or the figures can be read in two ways (``1.500``, ``1,500``).
    """
    value = " ".join(text.split()).casefold()
    if len(value) > 2 * LONGEST:
        return None
    both = _BOTH.fullmatch(value)
    if both is None:
        return _one_quantity(value)
    first, second = _one_quantity(both["first"]), _one_quantity(both["second"])
    if first is None or second is None:
        return None
    if first != second:
        raise ValueProblem(
            f"”{text}” säger två olika tal, {_plain(first)} och {_plain(second)}",
            "skriv samma tal i ord och i siffror",
            "tvetydigt-värde",
        )
    return first


def _one_quantity(value: str) -> Decimal | None:
    whole = number_of(value)
    if whole is not None:
        return Decimal(whole)
    if value and value[-1] in _FRACTIONS:
        before = value[:-1].strip()
        many = _in_figures(before) if before else Decimal(0)
        return many + _FRACTIONS[value[-1]] if many is not None and many == many.to_integral_value() else None
    if half := _HALF.fullmatch(value):
        many = _whole(half["many"]) if half["many"] else Decimal(0)
        return None if many is None else many + Decimal("0.5")
    return _in_figures(value)


def _whole(value: str) -> Decimal | None:
    number = number_of(value)
    return Decimal(number) if number is not None else Decimal(value) if re.fullmatch("[0-9]{1,9}", value) else None


def _in_figures(value: str) -> Decimal | None:
    match = _FIGURES.fullmatch(value)
    if match is None:
        return None
    whole, part = re.sub("[^0-9]", "", match["whole"]), match["part"]
    if part and len(part) == 3 and whole.strip("0") and len(whole) <= 3:
        thousands, decimals = f"{int(whole)} {part}", f"{int(whole)},{part}"
        raise ValueProblem(
            f"”{value}” kan läsas på två sätt, {thousands} och {decimals}",
            "skriv utan tecken mellan tusental",
            "tvetydigt-värde",
        )
    return Decimal(f"{whole}.{part}" if part else whole)


def _plain(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def _below_million(text: str) -> int | None:
    before, tusen, after = text.partition("tusen")
    if not tusen:
        return _below_thousand(text)
    # ”ettusen” is written with two t where ett and tusen meet.
    before = "ett" if before in ("", "et") else before.strip()
    many = _below_thousand(before)
    few = _below_thousand(after.strip().removeprefix("och ")) if after.strip() else 0
    return None if many is None or few is None else many * 1000 + few


def _below_thousand(text: str) -> int | None:
    before, hundra, after = text.partition("hundra")
    if not hundra:
        return _BELOW_HUNDRED.get(text)
    many = _BELOW_HUNDRED.get(before.strip() or "ett")
    few = _BELOW_HUNDRED.get(after.strip().removeprefix("och ")) if after.strip() else 0
    # Tolvhundra exists, tjugohundra does not; a twenty before a hundred is two adjacent numbers.
    return None if many is None or few is None or many > 19 or many == 10 else many * 100 + few
