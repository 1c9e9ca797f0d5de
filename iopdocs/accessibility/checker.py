"""Check a document against all requirements."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from iopdocs.accessibility.check_result import CheckedDocument, Requirement, RequirementResult, RequirementVerdict
from iopdocs.accessibility.formatting import EffectiveFormatting
from iopdocs.accessibility.package import OpenedDocument, open_package
from iopdocs.accessibility.requirements import ROWS


def check_document(path: str | PathLike[str]) -> CheckedDocument:
    """Return how the Word document *path* meets each requirement on accessible documents.

    The requirements come from EN 301 549 chapter 10 and WCAG 2.1, as far as they concern text documents, and from
    Swedish guidance. What a program cannot decide is left to a person.

    Example::

        checked = check_document("avtal.docx")
        for finding in checked.findings:
            print(finding.title, finding.message)

    Args:
        path: a DOCX file, made by iopdocs or by anything else.

    Raises:
        UnreadableDocument: when the file is not a Word document, is password protected, or is broken.
    """
    package = open_package(Path(path))
    looks = EffectiveFormatting(package)
    return CheckedDocument(str(path), tuple(_outcome(row, package, looks) for row in ROWS))


def _outcome(row: Requirement, package: OpenedDocument, looks: EffectiveFormatting) -> RequirementResult:
    explained = row.explained
    faults = tuple(
        explained.finding(fault.message, file=package.file, path=fault.place.where, quote=fault.place.shown)
        for fault in dict.fromkeys(row.check(package, looks))
    )
    if faults:
        return RequirementResult(row, RequirementVerdict.ADVICE if row.advice else RequirementVerdict.BROKEN, faults)
    return RequirementResult(row, RequirementVerdict.BY_HAND if row.by_hand else RequirementVerdict.MET)
