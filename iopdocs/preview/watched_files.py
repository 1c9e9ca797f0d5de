"""What is shown and with what: the data file, the layers and the settings, and where on disk all of it lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from iopdocs.library.layer_reader import templates_dir
from iopdocs.library.layers import Library
from iopdocs.linter.options import LintOptions


@frozen(kw_only=True, eq=False)
class PreviewInputs:
    """What a document is made and reviewed with, as it is read at this moment."""

    library: Library
    options: LintOptions = LintOptions()


@frozen
class WatchedPaths:
    """What is watched: *files* one by one, and *folders* with everything in them. None of it need be there."""

    files: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()


Mark = tuple[int, ...]


def mark_of(path: Path) -> Mark:
    """Return what tells a file from what it was, and a folder from another one in its place; nothing when not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return (found.st_dev, found.st_ino) if path.is_dir() else (found.st_ino, found.st_mtime_ns, found.st_size)


def stamp_of(places: WatchedPaths) -> tuple[tuple[Path, Mark], ...]:
    """Return the marks of all that *places* names: as long as they are the same, so is what stands in the files."""
    inside = (path for folder in places.folders for path in sorted(folder.rglob("*")))
    return tuple((path, mark_of(path)) for path in (*places.files, *places.folders, *inside))


@frozen(kw_only=True)
class PreviewSource:
    """What the preview is of.

    *file* is the data file as the user named it; without one a sample agreement of the layers is shown. *given* reads
    settings and layers anew and raises what is wrong with them; *places* says where they lie, whatever is wrong.
    """

    file: Path | None
    given: Callable[[], PreviewInputs]
    places: Callable[[], WatchedPaths]


def base_layer_in_checkout() -> Path | None:
    """Return the folder of the base layer when it is a checkout's; one inside an installed package never changes."""
    folder = templates_dir()
    package = Path(__file__).resolve().parent.parent
    return None if folder.is_relative_to(package) else folder
