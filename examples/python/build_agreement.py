"""Build an agreement of typed objects, lint it, and write it as a document and as data.

In an environment with iopdocs::

    python examples/python/build_agreement.py ut

The folder ``ut`` is made and gets ``avtal.docx`` and ``avtal.yaml``. Run again, it replaces them, but refuses to replace a
document that somebody has edited.
"""

import sys
from datetime import date
from pathlib import Path

import iopdocs
from iopdocs.model import (
    Agreement,
    Background,
    Economy,
    Extension,
    Goals,
    Party,
    PartyKind,
    Resource,
    ResourceKind,
    Surplus,
    SurplusUse,
    TargetGroup,
    Term,
)
from iopdocs.values import CaseNumber, Duration, Money, OrganisationNumber, PeopleSpan, Unit


def build() -> Agreement:
    """Return an agreement between a municipality and an association."""
    municipality = Party(
        name="Exempelstads kommun",
        kind=PartyKind.MUNICIPALITY,
        organisation_number=OrganisationNumber.parse("212000-0001"),
        case_number=CaseNumber("KS 2026/123"),
        short_name="kommunen",
    )
    association = Party(
        name="Föreningen Kvällsvandrarna",
        kind=PartyKind.ASSOCIATION,
        organisation_number=OrganisationNumber.parse("802000-0009"),
        short_name="föreningen",
    )
    return Agreement(
        title="Trygga kvällar i Norrby",
        parties=(municipality, association),
        background=Background(need="Unga i Norrby säger i kommunens enkät att de är otrygga på kvällen."),
        goals=Goals(
            purpose="Parterna vill att unga i Norrby ska känna sig trygga ute på kvällen.",
            target_group=TargetGroup(description="Unga i Norrby", number=PeopleSpan(400)),
        ),
        economy=Economy(
            # A party is referred to by its short name, or by its name.
            resources=(
                Resource(party="kommunen", kind=ResourceKind.CASH, year=2027, amount=Money(900_000)),
                Resource(party="föreningen", kind=ResourceKind.NON_PROFIT_WORK, year=2027, hours=1200),
            ),
            surplus=Surplus(use=SurplusUse.REINVESTED),
        ),
        term=Term(
            start=date(2027, 1, 1),
            end=date(2029, 12, 31),
            notice=Duration(6, Unit.MONTHS),
            extension=Extension(times=2, length=Duration(12, Unit.MONTHS), negotiated=Duration(6, Unit.MONTHS)),
        ),
    )


def main(folder: Path) -> None:
    """Write the agreement in *folder*, and print what it lacks."""
    agreement = build()
    report = iopdocs.lint(agreement, today=date(2027, 1, 1))
    for finding in report.errors:
        print(f"{finding.level} {finding.code} {finding.path}: {finding.message}")
    folder.mkdir(parents=True, exist_ok=True)
    iopdocs.render(agreement, report=report).save(folder / "avtal.docx")
    iopdocs.dump(agreement, folder / "avtal.yaml", overwrite=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "ut"))
