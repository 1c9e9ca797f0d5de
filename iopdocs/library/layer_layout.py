"""Files of a layer that are not what their names say, layers named twice or alike: what to do about each."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from iopdocs.errors import LoadError, Problem

_ZIP, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def not_a_text(path: Path, error: LoadError) -> list[Problem]:
    """Return the problems of *error*, which the text file *path* gave, with hints for one who writes texts."""
    start = _start(path)
    if start is not None and not start.strip(b"\xef\xbb\xbf \t\r\n"):
        hint = "skriv texten, eller ta bort filen; ska texten under utgå, skriv bara {# utgår #}"
        return [attrs.evolve(problem, hint=hint) for problem in error.problems]
    if start is not None and start.startswith((_ZIP, _OLD_WORD)):
        message = "filen är ett Word-dokument och ingen text"
        hint = "öppna den i Word, spara den som oformaterad text (UTF-8) och ge den filen namnet {name}"
        return [Problem(message, hint.format(name=path.name), str(path))]
    return list(error.problems)


def not_a_manifest(path: Path, name: str, error: LoadError) -> LoadError:
    """Return *error*, which the ``lager.yaml`` *path* of the folder *name* gave, with a hint for one who has a layer."""
    start = _start(path)
    if start is None or start.strip(b"\xef\xbb\xbf \t\r\n"):
        return error
    hint = f"skriv minst en rad i den, till exempel ”namn: {name}”"
    return LoadError([attrs.evolve(problem, hint=hint) for problem in error.problems])


def _start(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError:
        return None


def twice(layers: Sequence[str | Path]) -> Iterator[Problem]:
    """Tell of folders that *layers* names more than once."""
    seen: set[str] = set()
    for folder in layers:
        place = os.path.realpath(folder)
        if place in seen:
            yield Problem("lagret står två gånger", "ta bort det ena", str(folder))
        seen.add(place)


def namesakes(layers: Sequence[tuple[str, Path]]) -> Iterator[Problem]:
    """Tell of each of *layers* (name, its ``lager.yaml``) that has the name of one below: messages could not tell them apart."""
    seen: dict[str, Path] = {}
    for name, manifest in layers:
        below = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), manifest)
        if below is manifest:
            continue
        message = f"lagret heter ”{name}”, som lagret i {below.parent}"
        if below is layers[0][1]:
            message = f"lagret heter ”{name}”, som grundlagret"
        hint = "ge lagret ett eget namn, så att det syns vilket lager en text kommer ifrån: ”namn: …”"
        yield Problem(message, hint, str(manifest), "namn")
