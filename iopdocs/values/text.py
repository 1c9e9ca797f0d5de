"""The allowed contents of a text: any Unicode that an XML document can contain, with line breaks of one kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NewType, TypeAlias

from attrs import field, frozen

from iopdocs.errors import ValueProblem

# To a type checker a year is the number that a caller writes; the dictionary tells it from other numbers.
if TYPE_CHECKING:
    Year: TypeAlias = int
    """A calendar year, 1900–2200."""
else:
    Year = NewType("Year", int)

# XML 1.0, production 2 (Char): characters outside it are not allowed in DOCX or HTML.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def illegal_character(text: str) -> re.Match[str] | None:
    """Return the first character of *text* that is not allowed in XML, as a match, or ``None``."""
    return _ILLEGAL.search(text)


def check_text(text: str) -> None:
    """Raise :class:`~iopdocs.errors.ValueProblem` when *text* contains a character that is not allowed in XML."""
    found = illegal_character(text)
    if found:
        raise ValueProblem(
            f"tecknet U+{ord(found[0]):04X} på plats {found.start() + 1} kan inte stå i ett dokument", "ta bort det"
        )


def normalise_newlines(text: str) -> str:
    """Return *text* with every kind of line break (CRLF, CR) as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _check_source(instance: object, attribute: object, value: str) -> None:
    if not isinstance(value, str):
        raise TypeError(f"texten ska vara en sträng, men är {value!r}")
    check_text(value)


@frozen
class RichText:
    """Text with paragraphs, emphasis, lists and links in a subset of CommonMark, as written by its author.

    The marks are: a blank line between paragraphs, ``*kursiv*``, ``**fet**``, ``- punkt``, ``1. punkt`` and
    ``[text](adress)``. Anything else is printed unchanged.
    """

    source: str = field(validator=_check_source, converter=normalise_newlines)

    def __str__(self) -> str:
        return self.source
