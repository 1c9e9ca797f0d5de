"""The folders of a batch: no output of a batch may be read as its input."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import attrs

from iopdocs.errors import WriteError
from iopdocs.sources.rows import AgreementSource, SourceRow

_HEAD = 100
_REPORT = '"märke": "iopdocs '.encode()  # the first bytes of a report or a register in JSON


def without(source: AgreementSource, others: Sequence[Path], output: Path) -> AgreementSource:
    """Return *source* without the files *others*, and without the documents of an earlier run in the folder *output*.

    Raises:
        WriteError: when documents are read from the folder that they are to be written in.
    """
    away = {os.path.realpath(path) for path in others}
    folder = os.path.realpath(output)
    rows = []
    for row in source.rows:
        path = os.path.realpath(row.path) if row.path else ""
        if path in away or _is_report(row) or (_is_document(row) and path.startswith(os.path.join(folder, ""))):
            continue
        rows.append(row)
    if not rows and any(_is_document(row) for row in source.rows):
        hint = "ange en annan mapp för de nya dokumenten"
        raise WriteError.one("här finns bara dokument, och de nya skulle skrivas över dem", hint, str(output))
    return attrs.evolve(source, rows=tuple(rows))


def _is_document(row: SourceRow) -> bool:
    return row.path is not None and row.path.suffix.lower() == ".docx"


def _is_report(row: SourceRow) -> bool:
    if row.path is None or row.path.suffix.lower() != ".json":
        return False
    try:
        with open(row.path, "rb") as file:
            return _REPORT in file.read(_HEAD)
    except OSError:
        return False
