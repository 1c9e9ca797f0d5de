"""An agreement of a source, before anything is made of it."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen

from iopdocs.errors import Problem
from iopdocs.model.agreement import Agreement


@frozen
class SourceRow:
    """One agreement of a source, read or not.

    *id* names it among the others from one run to the next: the path of its file from the source (``norr/avtal.yaml``),
    or what stands in the workbook's column Avtal. *place* is where a message says it is (``avtal.xlsx: Avtal!A14``).
    Exactly one of *agreement* and *problems* holds something, unless *path* tells which file is still to be read.
    """

    id: str
    place: str
    agreement: Agreement | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()
    path: Path | None = None


@frozen
class AgreementSource:
    """The agreements of a source in its order, and *problems* that belong to no single one of them.

    *notes* tell what the user may want to know but is no fault: an example row that was passed by.
    """

    rows: tuple[SourceRow, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
