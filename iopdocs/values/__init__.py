"""Values as written in Swedish: a module for each kind, with the value class and its reading and printing.

Each class reads what people write with ``parse`` and writes it with ``str``: ``Money.parse("1,5 mkr")``, ``Duration.parse("6 månader")``.
"""

from iopdocs.values.ages import AgeSpan
from iopdocs.values.duration import Duration, Unit
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from iopdocs.values.money import Money
from iopdocs.values.people import PeopleSpan
from iopdocs.values.period import Period
from iopdocs.values.text import RichText, Year

__all__ = [
    "AgeSpan",
    "CaseNumber",
    "Duration",
    "Money",
    "OrganisationNumber",
    "PeopleSpan",
    "Period",
    "RichText",
    "Unit",
    "Year",
]
