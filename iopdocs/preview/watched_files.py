"""The inputs of the preview: the data file, the layers and the settings, and their places on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from iopdocs.library.layer_reader import templates_dir
from iopdocs.library.layers import Library
from iopdocs.linter.options import LintOptions


@frozen(kw_only=True, eq=False)
class PreviewInputs:
    """The inputs that a document is made and reviewed with, as currently read."""

    library: Library
    options: LintOptions = LintOptions()


@frozen
class WatchedPaths:
    """The watched paths: single *files*, and *folders* with everything in them. None of them need exist."""

    files: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()


Mark = tuple[int, ...]


def mark_of(path: Path) -> Mark:
    """Return a mark that changes when a file is changed or a folder is replaced; ``()`` when it is missing."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return (found.st_dev, found.st_ino) if path.is_dir() else (found.st_ino, found.st_mtime_ns, found.st_size)


def stamp_of(places: WatchedPaths) -> tuple[tuple[Path, Mark], ...]:
    """Return the marks of all *places*: while they are equal, the contents of the files are unchanged."""
    inside = (path for folder in places.folders for path in sorted(folder.rglob("*")))
    return tuple((path, mark_of(path)) for path in (*places.files, *places.folders, *inside))


@frozen(kw_only=True)
class PreviewSource:
    """The source of the preview.

    *file* is the data file as the user named it; without one a sample agreement of the layers is shown. *given* reads
    settings and layers again and raises their errors; *places* returns their paths, even when they have errors.
    """

    file: Path | None
    given: Callable[[], PreviewInputs]
    places: Callable[[], WatchedPaths]


def base_layer_in_checkout() -> Path | None:
    """Return the folder of the base layer in a checkout; one inside an installed package never changes."""
    folder = templates_dir()
    package = Path(__file__).resolve().parent.parent
    return None if folder.is_relative_to(package) else folder
