"""A data file becomes one of the other format, YAML or JSON."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from iopdocs.errors import WriteError
from iopdocs.files.data_writer import dump
from iopdocs.files.loader import load


def convert(source: str | PathLike[str], target: str | PathLike[str], *, overwrite: bool = False) -> Path:
    """Write the agreement in the data file *source* as *target*, and return its path. Only comments are lost.

    Example::

        convert("avtal.yaml", "avtal.json")

    Args:
        source: a data file; its suffix (.yaml, .yml, .json) is its format.
        target: the file to write; its suffix is the format.
        overwrite: replace *target* if it exists.

    Raises:
        LoadError: with every problem of *source*.
        WriteError: when *target* is *source*, exists without *overwrite*, or cannot be written.
    """
    read, written = Path(source), Path(target)
    if read.exists() and written.exists() and read.samefile(written):
        raise WriteError.one("är både det som läses och det som skrivs", "ange en annan fil som UT", str(target))
    return dump(load(read), written, overwrite=overwrite)
