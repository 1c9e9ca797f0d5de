"""Output paths of commands, and file names in messages to the user."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from iopdocs.cli.standard_streams import is_standard
from iopdocs.errors import LoadError, WriteError, printable_name

_WORKBOOKS, _TABLES = (".xlsx", ".xlsm"), (".csv", ".tsv")


def refuse_existing(path: Path, overwrite: bool) -> None:
    """Raise :class:`WriteError` when *path* exists and the user has not asked to replace it."""
    if path.exists() and not overwrite:
        hint = "välj ett annat namn, eller ersätt den med --overwrite"
        raise WriteError.one("finns redan", hint, str(path))


def refuse_table(path: Path) -> None:
    """Raise :class:`LoadError` when *path* is a file of many agreements; the message names the command for such files."""
    suffix = path.suffix.lower()
    if suffix not in (*_WORKBOOKS, *_TABLES) or not path.is_file():
        return
    what = "en arbetsbok" if suffix in _WORKBOOKS else "en tabell"
    message = f"{what} har många avtal, och här läses ett avtal åt gången"
    hint = "gör och granska dem med: iopdocs batch {file} -o dokument/ --report rapport.html"
    raise LoadError.one(message, hint.format(file=quoted(path)), str(path))


def quoted(path: Path) -> str:
    """Return *path* quoted for a command line, also in PowerShell and cmd."""
    text = str(path)
    return quoted_word(f"./{text}" if text.startswith("-") and text != "-" else text)


def quoted_word(text: str) -> str:
    """Return *text* quoted as one word of a command line, also in PowerShell and cmd."""
    text = printable_name(text)
    if re.fullmatch(r"[\w./:\\+=-]+" if os.name == "nt" else r"[\w./:+=,@%-]+", text):
        return text
    # Double quotes work everywhere, but these characters have a meaning within them on POSIX.
    return shlex.quote(text) if os.name != "nt" and re.search(r'[$`"\\!]', text) else f'"{text}"'


def targets_of(sources: Sequence[Path], output: str, kind: str | None, ending: str = "") -> list[Path]:
    """Return the path of the document for each of *sources*; in a folder its name is the source's name and *ending*.

    Raises:
        WriteError: when several files would become one, or the suffix of *output* does not match *kind*.
    """
    place = Path(output)
    if is_standard(output):
        if len(sources) > 1:
            raise WriteError.one("flera dokument kan inte skrivas på standard ut", "ange en mapp: -o dokument/")
        return [place]
    if output.endswith(("/", "\\")) or place.is_dir():
        targets = [
            place / f"{'avtal' if is_standard(source) else source.stem}{ending}.{kind or 'docx'}" for source in sources
        ]
        _refuse_same(sources, targets)
        return targets
    if len(sources) > 1:
        hint = f"ange en mapp: {output}/"
        raise WriteError.one("flera filer kan inte bli en", hint, output)
    if kind and place.suffix.lower() != f".{kind}":
        hint = "skriv {name}".format(name=place.with_suffix(f".{kind}"))
        raise WriteError.one(f"ändelsen passar inte med --to {kind}", hint, output)
    return [place]


def _refuse_same(sources: Sequence[Path], targets: Sequence[Path]) -> None:
    seen: dict[str, Path] = {}
    for source, target in zip(sources, targets, strict=True):
        other = seen.setdefault(str(target).casefold(), source)
        if other is not source:
            what = f"{printable_name(other)} och {printable_name(source)} skulle bli samma dokument"
            raise WriteError.one(what, "gör dem var för sig", str(target))
