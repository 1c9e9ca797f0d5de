"""A cache for functions of a text: every agreement prints the layers' texts, and many rules read the same text."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_MOST = 4096
_LONGEST = 4000


def cached_by_text(work: Callable[[str], T]) -> Callable[[str], T]:
    """Return *work*, a function of one text, with its results cached; results for long texts are not.

    The returned objects are shared: do not mutate them.
    """
    cached = lru_cache(maxsize=_MOST)(work)

    @wraps(work)
    def call(text: str) -> T:
        return cached(text) if len(text) <= _LONGEST else work(text)

    return call
