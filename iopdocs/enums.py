"""The enums that users meet: their members equal the Swedish words that data files and reports contain."""

from __future__ import annotations

from enum import StrEnum


class SwedishWord(StrEnum):
    """An enum whose members are texts: ``Level.ERROR == "fel"``, and ``str``, ``json`` and dictionaries see the word.

    The alphabet is no order of severity, time or size, so that ``<`` and ``sorted`` raise :class:`TypeError` unless a
    class defines its own order.
    """

    def _refuse_order(self, other: object) -> bool:
        name = type(self).__name__
        raise TypeError(f"{name} har ingen ordning – jämför med ==, eller sortera på ett tal som du själv väljer")

    __lt__ = __le__ = __gt__ = __ge__ = _refuse_order
