"""What has been worked out about a text, kept: a layer's words stand in every agreement, and many rules read the same text."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_MOST = 4096
_LONGEST = 4000


def remembered(work: Callable[[str], T]) -> Callable[[str], T]:
    """Return *work*, a function of a text alone, so that it is done once for each text; long texts are not kept.

    What it returns is shared: nobody may change it.
    """
    kept = lru_cache(maxsize=_MOST)(work)

    @wraps(work)
    def ask(text: str) -> T:
        return kept(text) if len(text) <= _LONGEST else work(text)

    return ask
