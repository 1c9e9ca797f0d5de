"""Follow files and folders, and report when anything in them has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from iopdocs.preview.watched_files import Mark, WatchedPaths, mark_of

_LOOK_EVERY = 300  # milliseconds between two checks of single files
_WAIT_FOR_MORE = 300  # milliseconds at most, while more changes arrive
_QUIET = 50  # milliseconds without a change that end the waiting


async def follow(places: Callable[[], WatchedPaths], changed: Callable[[], None]) -> None:
    """Call *changed* after every change of the paths that *places* returns; runs until it is cancelled.

    Folders are followed by the operating system. Single files are polled, since editors replace a file by another
    one, and since their folder may be large. A missing path is reported when it appears.
    """
    polling, missed = False, False
    while True:
        watched = places()
        marks = _marks(watched)
        try:
            async with aclosing(_events(watched, polling)) as all_events:
                async for events in all_events:
                    found = _marks(watched)
                    if not events and found == marks and not missed:
                        continue
                    missed = False
                    changed()
                    if any(found[folder] != marks[folder] for folder in watched.folders) or places() != watched:
                        # To the operating system a replaced folder is another folder.
                        break
                    marks = found
        except OSError:
            # The system follows a limited number of folders, and no folders on some network drives.
            polling = True
            await asyncio.sleep(_LOOK_EVERY / 1000)
        # A change is not seen until the folders are followed again.
        missed = True


async def _events(watched: WatchedPaths, polling: bool) -> AsyncGenerator[object, None]:
    folders = [folder for folder in watched.folders if folder.is_dir()]
    if not folders:
        async for nothing in _ticks():
            yield nothing
    async for events in awatch(
        *folders, watch_filter=DefaultFilter(), debounce=_WAIT_FOR_MORE, step=_QUIET, rust_timeout=_LOOK_EVERY,
        yield_on_timeout=True, force_polling=polling or None, poll_delay_ms=_LOOK_EVERY,
    ):  # fmt: skip
        yield events


async def _ticks() -> AsyncIterator[object]:
    while True:
        await asyncio.sleep(_LOOK_EVERY / 1000)
        yield ()


def _marks(watched: WatchedPaths) -> dict[Path, Mark]:
    return {path: mark_of(path) for path in (*watched.files, *watched.folders)}
