"""How long something may take, in time of this process's own: what else the machine does is not counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where what is done inside takes more than *seconds* of the processor."""
    before = time.process_time()
    yield
    assert time.process_time() - before < seconds
