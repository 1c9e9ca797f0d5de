"""Make a register from files: every agreement once, extensions joined, unreadable files reported."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs

from iopdocs.errors import LoadError, Problem
from iopdocs.files.path_arguments import AnyPath, several_paths
from iopdocs.files.text_file import read_bytes
from iopdocs.model.agreement import Agreement
from iopdocs.register.copies import ReadAgreement, differing, without_copies
from iopdocs.register.extensions import join_extensions
from iopdocs.register.row_from_agreement import register_row
from iopdocs.register.rows import Register, RegisterRow
from iopdocs.register.watch_list import watched
from iopdocs.sources.reader import DOCUMENTS, load_row, read_source
from iopdocs.sources.rows import SourceRow
from iopdocs.writers.docx.package import is_untouched

_LARGEST_DOCUMENT = 50_000_000


def make_register(
    sources: AnyPath | Sequence[AnyPath],
    *,
    today: date,
    base: Agreement | None = None,
    euro_rate: Decimal | None = None,
) -> Register:
    """Return the register of the agreements in *sources* on the day *today*.

    Example::

        register = make_register("avtal", today=date.today())
        ending = [watch for watch in register.watch if watch.kind == "Löper ut"]

    Args:
        sources: a file (YAML, JSON, workbook, CSV, DOCX made by iopdocs), a folder or a pattern, or several of them.
        today: the day that decides which agreements are active and which dates are near.
        base: shared data that fill in absent values.
        euro_rate: kronor per euro, for the ceiling of de minimis aid.

    User errors are not raised: unreadable agreements are returned as problems, and the others are included.
    """
    rows: list[SourceRow] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    for source in several_paths(sources):
        part = read_source(source, base)
        rows += part.rows
        problems += part.problems
        notes += part.notes
    read: list[ReadAgreement] = []
    for row in _once(rows):
        loaded = load_row(row, base)
        if loaded.agreement is None:
            problems += loaded.problems
            continue
        entry = register_row(loaded.agreement, id=row.id, file=row.place, today=today)
        is_document = row.path is not None and row.path.suffix.lower() in DOCUMENTS
        edited = is_document and row.path is not None and not _untouched(row.path)
        read.append(ReadAgreement(attrs.evolve(entry, edited=edited), is_document))
    counted = tuple(without_copies(read))
    named = tuple(_named(agreement.row for agreement in counted))
    chained = join_extensions(named, today)
    shown = {id: row.id for row in chained for id in row.ids}
    differ = [
        watch for agreement, row in zip(counted, named, strict=True) for watch in differing(agreement, shown[row.id])
    ]
    return Register(
        day=today, rows=chained, watch=(*watched(chained, today, euro_rate), *differ), problems=tuple(problems), notes=tuple(notes),
        sources=tuple(map(str, several_paths(sources))),
    )  # fmt: skip


def _once(rows: Sequence[SourceRow]) -> Iterator[SourceRow]:
    """Yield each row once, even if its file is in several sources."""
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
    """Yield the rows with unique names. If a name is taken, the file is used instead."""
    taken: set[str] = set()
    for row in rows:
        names = (row.id, row.file, *(f"{row.id} ({n})" for n in range(2, len(taken) + 3)))
        name = next(candidate for candidate in names if candidate and candidate not in taken)
        taken.add(name)
        yield attrs.evolve(row, id=name, ids=(name,))
