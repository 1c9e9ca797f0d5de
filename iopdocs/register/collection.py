"""From files to a register: every agreement once, extensions joined, what could not be read told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs

from iopdocs.errors import LoadError, Problem
from iopdocs.files.text_file import read_bytes
from iopdocs.model.agreement import Agreement
from iopdocs.register.copies import ReadAgreement, differing, without_copies
from iopdocs.register.extensions import joined
from iopdocs.register.row_from_agreement import register_row
from iopdocs.register.rows import Register, RegisterRow
from iopdocs.register.watch_list import watched
from iopdocs.sources.reader import DOCUMENTS, load_row, read_source
from iopdocs.sources.rows import SourceRow
from iopdocs.writers.docx.package import is_untouched

_LARGEST_DOCUMENT = 50_000_000


def make_register(
    sources: Sequence[Path], *, today: date, base: Agreement | None = None, euro_rate: Decimal | None = None
) -> Register:
    """Return the register of the agreements in *sources* on the day *today*.

    Args:
        sources: files (YAML, JSON, workbooks, CSV, our own DOCX), folders and patterns.
        today: the day that decides what is active and what is near.
        base: what the agreements have in common, where they say nothing.
        euro_rate: kronor per euro, for the ceiling of de minimis aid.

    Nothing is raised for what a user has done: what cannot be read stands in the problems, and the others are there.
    """
    rows: list[SourceRow] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    for source in sources:
        found = read_source(source, base)
        rows += found.rows
        problems += found.problems
        notes += found.notes
    read: list[ReadAgreement] = []
    for row in _once(rows):
        loaded = load_row(row, base)
        if loaded.agreement is None:
            problems += loaded.problems
            continue
        made = register_row(loaded.agreement, id=row.id, file=row.place, today=today)
        is_document = row.path is not None and row.path.suffix.lower() in DOCUMENTS
        edited = is_document and row.path is not None and not _untouched(row.path)
        read.append(ReadAgreement(attrs.evolve(made, edited=edited), is_document))
    each = tuple(without_copies(read))
    named = tuple(_named(one.row for one in each))
    whole = joined(named, today)
    shown = {id: row.id for row in whole for id in row.ids}
    differ = [watch for one, row in zip(each, named, strict=True) for watch in differing(one, shown[row.id])]
    return Register(
        day=today, rows=whole, watch=(*watched(whole, today, euro_rate), *differ), problems=tuple(problems), notes=tuple(notes),
        sources=tuple(map(str, sources)),
    )  # fmt: skip


def _once(rows: Sequence[SourceRow]) -> Iterator[SourceRow]:
    """Yield each row once, though its file may be in several sources."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = (os.path.realpath(row.path), "") if row.path is not None else (row.place, row.id)
        if key not in seen:
            seen.add(key)
            yield row


def _untouched(path: Path) -> bool:
    try:
        return is_untouched(read_bytes(str(path), _LARGEST_DOCUMENT))
    except LoadError:
        return False


def _named(rows: Iterator[RegisterRow]) -> Iterator[RegisterRow]:
    """Yield the rows with names that are theirs alone: where a name is taken, the file stands instead."""
    taken: set[str] = set()
    for row in rows:
        names = (row.id, row.file, *(f"{row.id} ({n})" for n in range(2, len(taken) + 3)))
        name = next(one for one in names if one and one not in taken)
        taken.add(name)
        yield attrs.evolve(row, id=name, ids=(name,))
