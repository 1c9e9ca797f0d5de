"""The rows of the list, a module for each kind of thing that they look at."""

from __future__ import annotations

from iopdocs.check.outcome import Row
from iopdocs.check.rows.document import DOCUMENT
from iopdocs.check.rows.links import LINKS
from iopdocs.check.rows.pictures import PICTURES
from iopdocs.check.rows.sight import SIGHT
from iopdocs.check.rows.structure import STRUCTURE
from iopdocs.check.rows.tables import TABLES

ROWS: tuple[Row, ...] = tuple(
    sorted((*DOCUMENT, *STRUCTURE, *TABLES, *PICTURES, *SIGHT, *LINKS), key=lambda row: row.number)
)
"""The twenty-one rows, by number."""
