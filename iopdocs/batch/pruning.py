"""Move documents that are left behind out of the way, into a folder beside the others: nothing is ever deleted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import attrs

from iopdocs.batch.journal import Journal
from iopdocs.errors import Problem
from iopdocs.sources.made_documents import ASIDE, LeftBehindDocument


def move_aside(
    folder: Path, journal: Journal, documents: Sequence[LeftBehindDocument]
) -> tuple[tuple[LeftBehindDocument, ...], tuple[Problem, ...]]:
    """Move those of *documents* that may be moved to the folder ``undanflyttade``; return all of them, and the problems.

    Each file is renamed in one step, to a name that no file has. One that cannot be moved stays, and is a problem.
    """
    found, problems = [], []
    for document in documents:
        if journal.may_move(document):
            try:
                document = attrs.evolve(document, moved_to=_moved(folder, document.name))
            except OSError as error:
                what = f"kunde inte flyttas till mappen {ASIDE} ({error.strerror or type(error).__name__})"
                hint = "stäng den om den är öppen i ett annat program, och kör samma kommando igen"
                problems.append(Problem(what, hint, str(folder / document.name)))
        found.append(document)
    return tuple(found), tuple(problems)


def _moved(folder: Path, name: str) -> str:
    aside = folder / ASIDE
    aside.mkdir(exist_ok=True)
    old = Path(name)
    names = (old.name if number == 1 else f"{old.stem} ({number}){old.suffix}" for number in count(1))
    free = next(name for name in names if not os.path.lexists(aside / name))
    # No other batch writes here while the folder is locked, so the name is still free.
    os.rename(folder / name, aside / free)
    return f"{ASIDE}/{free}"
