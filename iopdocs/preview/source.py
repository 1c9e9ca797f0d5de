"""What is shown and with what: the data file, the layers and the settings, and where on disk all of it lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from iopdocs.library.layers import Library
from iopdocs.library.places import templates_dir
from iopdocs.library.settings import Limits


@frozen(kw_only=True, eq=False)
class Given:
    """What a document is made and reviewed with, as it is read at this moment."""

    library: Library
    profiles: tuple[str, ...] = ("grund",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    limits: Limits | None = None


@frozen
class Places:
    """What is watched: *files* one by one, and *folders* with everything in them. None of it need be there."""

    files: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()


@frozen(kw_only=True)
class Source:
    """What the preview is of.

    *file* is the data file as the user named it; without one a sample agreement of the layers is shown. *given* reads
    settings and layers anew and raises what is wrong with them; *places* says where they lie, whatever is wrong.
    """

    file: Path | None
    given: Callable[[], Given]
    places: Callable[[], Places]


def base_layer_in_checkout() -> Path | None:
    """Return the folder of the base layer when it is a checkout's; one inside an installed package never changes."""
    folder = templates_dir()
    package = Path(__file__).resolve().parent.parent
    return None if folder.is_relative_to(package) else folder
