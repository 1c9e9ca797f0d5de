"""Runs the rows over a document."""

from __future__ import annotations

from pathlib import Path

from iopdocs.accessibility.formatting import Looks
from iopdocs.accessibility.package import Package, open_package
from iopdocs.accessibility.requirements import ROWS
from iopdocs.accessibility.result import Checked, Outcome, Row, Verdict


def check(path: str | Path) -> Checked:
    """Return how the Word document in the file *path* meets each row of the list for accessible documents.

    The rows come from EN 301 549 chapter 10 and WCAG 2.1 as far as they concern a text document, and from Swedish
    guidance; what no program can decide is left to a person.

    Raises:
        CheckError: when the file is no Word document, is locked with a password, or is broken.
    """
    package = open_package(Path(path))
    looks = Looks(package)
    return Checked(str(path), tuple(_outcome(row, package, looks) for row in ROWS))


def _outcome(row: Row, package: Package, looks: Looks) -> Outcome:
    faults = tuple(dict.fromkeys(row.check(package, looks)))
    if faults:
        return Outcome(row, Verdict.ADVICE if row.advice else Verdict.BROKEN, faults)
    return Outcome(row, Verdict.BY_HAND if row.by_hand else Verdict.MET)
