"""The accessibility requirements, one module for each part of a document that they check."""

from __future__ import annotations

from iopdocs.accessibility.check_result import Requirement
from iopdocs.accessibility.requirements.contrast_and_size import SIGHT
from iopdocs.accessibility.requirements.document import DOCUMENT
from iopdocs.accessibility.requirements.links import LINKS
from iopdocs.accessibility.requirements.pictures import PICTURES
from iopdocs.accessibility.requirements.structure import STRUCTURE
from iopdocs.accessibility.requirements.tables import TABLES

ROWS: tuple[Requirement, ...] = tuple(
    sorted((*DOCUMENT, *STRUCTURE, *TABLES, *PICTURES, *SIGHT, *LINKS), key=lambda row: row.number)
)
"""The twenty-one requirements, by number."""
