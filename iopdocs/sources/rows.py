"""The agreements of a source, as read."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen

from iopdocs.errors import Problem
from iopdocs.model.agreement import Agreement


@frozen
class SourceRow:
    """One agreement of a source, loaded or not.

    *id* identifies it from one run to the next: the path of its file relative to the source (``norr/avtal.yaml``), or
    the cell in the workbook's column Avtal. *place* is its location in messages (``avtal.xlsx: Avtal!A14``). Exactly one
    of *agreement* and *problems* is set, unless *path* is a file still to be loaded.
    """

    id: str
    place: str
    agreement: Agreement | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()
    path: Path | None = None


@frozen
class AgreementSource:
    """The agreements of a source in order, and the *problems* that belong to no single agreement.

    *notes* are information that is not an error, such as a skipped example row. With *is_partial* some agreements were
    left out on purpose, so that one that is absent from *rows* may be in the source nevertheless.
    """

    rows: tuple[SourceRow, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    is_partial: bool = False
