"""How many examples a property test takes: few when developing, many where there is time to look further."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

FEW, MANY, RANDOM = "few", "many", "random"
DEPTH = os.environ.get("IOPDOCS_EXAMPLES") or FEW
_FRACTION = 4  # how many times fewer the few are


def register_profiles() -> None:
    """Make the profile of IOPDOCS_EXAMPLES the one in use, whatever machine the tests run on.

    ``few`` (without the variable) and ``many`` take the same examples each time, so that a test that is green one day
    is green the next; ``random`` takes as many as ``many``, but new ones.
    """
    for depth in (FEW, MANY, RANDOM):
        few, new = depth == FEW, depth == RANDOM
        settings.register_profile(
            depth, max_examples=_count(100, few), deadline=None, derandomize=not new, print_blob=new
        )
    settings.load_profile(DEPTH)


def examples(count: int, **rest: Any) -> settings:
    """Return settings for a property test: *count* examples, or a quarter of them where few will do."""
    return settings(max_examples=_count(count, DEPTH == FEW), deadline=None, **rest)


def _count(count: int, few: bool) -> int:
    return max(5, count // _FRACTION) if few else count
