"""What is followed: a change, a file that is replaced by another, one that is new, and a folder that goes and comes back."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from iopdocs.preview.watched_files import WatchedPaths
from iopdocs.preview.watcher import follow

IN_TIME = 10.0  # seconds, on a machine that does much else


def changes_after(places: WatchedPaths, *acts: Callable[[], object]) -> None:
    """Follow *places*, and see that each of *acts* is told of in time; nothing is told of before them."""

    async def watching() -> None:
        told = asyncio.Event()
        task = asyncio.create_task(follow(lambda: places, told.set))
        try:
            # What the system needs to begin with; nothing has changed, so nothing may be told of.
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(told.wait(), 0.8)
            for act in acts:
                told.clear()
                await asyncio.to_thread(act)
                await asyncio.wait_for(told.wait(), IN_TIME)
                # A folder that came back is told of twice, so that nothing in it is missed.
                await asyncio.sleep(0.8)
        finally:
            task.cancel()
            await asyncio.wait([task])

    # A browser of another test may have left its loop in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, watching()).result()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "lager" / "avsnitt"
    made.mkdir(parents=True)
    (made / "mal.md.j2").write_text("a", encoding="utf-8")
    return tmp_path / "lager"


def test_a_text_that_is_changed_replaced_made_or_removed(folder: Path) -> None:
    text, other = folder / "avsnitt" / "mal.md.j2", folder / "klausuler" / "tvist.md.j2"
    changes_after(
        WatchedPaths(folders=(folder,)),
        lambda: text.write_text("b", encoding="utf-8"),
        lambda: other.parent.mkdir(),
        lambda: other.write_text("c", encoding="utf-8"),
        lambda: os.replace(other, text),
        lambda: text.unlink(),
    )


def test_a_data_file_that_an_editor_replaces(folder: Path) -> None:
    data, new = folder.parent / "avtal.yaml", folder.parent / "avtal.yaml.tmp"
    data.write_text("titel: a", encoding="utf-8")
    changes_after(
        WatchedPaths(files=(data,)),
        lambda: data.write_text("titel: ab", encoding="utf-8"),
        lambda: (new.write_text("titel: c", encoding="utf-8"), os.replace(new, data)),
        lambda: data.unlink(),
        lambda: data.write_text("titel: d", encoding="utf-8"),
    )


def test_a_layer_that_goes_and_comes_back(folder: Path) -> None:
    aside = folder.with_name("undan")
    text = folder / "avsnitt" / "mal.md.j2"
    changes_after(
        WatchedPaths(folders=(folder,)),
        lambda: shutil.move(folder, aside),
        lambda: shutil.copytree(aside, folder),
        lambda: text.write_text("b", encoding="utf-8"),
    )


def test_a_layer_that_is_not_there_yet(tmp_path: Path) -> None:
    layer = tmp_path / "nytt"
    changes_after(
        WatchedPaths(folders=(layer,)),
        lambda: layer.mkdir(),
        lambda: (layer / "lager.yaml").write_text("namn: nytt", encoding="utf-8"),
    )
