"""The rows of the list, a module for each kind of thing that they look at."""

from __future__ import annotations

from iopdocs.accessibility.requirements.document import DOCUMENT
from iopdocs.accessibility.requirements.links import LINKS
from iopdocs.accessibility.requirements.pictures import PICTURES
from iopdocs.accessibility.requirements.sight import SIGHT
from iopdocs.accessibility.requirements.structure import STRUCTURE
from iopdocs.accessibility.requirements.tables import TABLES
from iopdocs.accessibility.result import Requirement

ROWS: tuple[Requirement, ...] = tuple(
    sorted((*DOCUMENT, *STRUCTURE, *TABLES, *PICTURES, *SIGHT, *LINKS), key=lambda row: row.number)
)
"""The twenty-one rows, by number."""
