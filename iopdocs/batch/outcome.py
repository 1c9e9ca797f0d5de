"""The outcome of each agreement of a batch and of the whole batch, from which every report is made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from iopdocs.enums import SwedishWord
from iopdocs.errors import Problem
from iopdocs.json_objects import json_field
from iopdocs.register.rows import RegisterRow
from iopdocs.sources.made_documents import LeftBehindDocument


class OutcomeState(SwedishWord):
    """What happened to a file of a batch."""

    WRITTEN = "skriven"
    UNCHANGED = "oförändrad"
    BESIDE = "skriven bredvid"
    UNCHANGED_BESIDE = "oförändrad bredvid"
    FAILED = "kunde inte skrivas"


@frozen
class WrittenDocument:
    """A file of a batch: its *kind* (``docx``), its *name* in the output folder, what happened, and its digest.

    *digest* is the sha256 of its bytes, empty when it failed.
    """

    kind: str = json_field("slag", "Slaget av dokument, till exempel docx.")
    name: str = json_field("namn", "Filens namn i mappen för dokumenten.")
    state: OutcomeState = json_field("läge", "Vad som hände med filen.")
    digest: str = json_field(
        "sha256", "Kontrollsumman av filens innehåll; tom när filen inte blev skriven.", default=""
    )


@frozen
class SectionTally:
    """How many of the points that *profile* has for *section* (its name in the library) are met."""

    profile: str = json_field("profil", "Profilen.")
    section: str = json_field("avsnitt", "Avsnittet; tomt för det som inte hör till något.")
    met: int = json_field("uppfyllda", "Så många av punkterna är uppfyllda.")
    total: int = json_field("punkter", "Så många punkter har profilen för avsnittet.")


@frozen
class MissingPoint:
    """A point of *profile* that is not met: its *code* and *title*, and the *section* that it belongs to."""

    code: str = json_field("kod", "Punktens kod.")
    title: str = json_field("titel", "Vad som ska finnas.")
    section: str = json_field("avsnitt", "Avsnittet där det hör hemma.")
    profile: str = json_field("profil", "Profilen som kräver det.")


@frozen(kw_only=True)
class AgreementOutcome:
    """The outcome of one agreement.

    *id* and *place* as in :class:`iopdocs.sources.rows.Row`. *problems* explain what could not be made; *levels* counts
    findings by level (``fel``, ``varning``, ``råd``); *has_findings*: some are at the level of the batch or more severe,
    or the agreement lacks something that a final document must have. *row* is absent when it could not be read.
    """

    id: str
    place: str
    title: str = ""
    written: tuple[WrittenDocument, ...] = ()
    problems: tuple[Problem, ...] = ()
    levels: Mapping[str, int] = field(factory=dict)
    tallies: tuple[SectionTally, ...] = ()
    lacking: tuple[MissingPoint, ...] = ()
    has_findings: bool = False
    row: RegisterRow | None = None

    @property
    def exit_code(self) -> int:
        """2 when the agreement could not be read or a document not be made, 1 when it has findings, else 0."""
        if self.row is None or any(written.state is OutcomeState.FAILED for written in self.written):
            return 2
        return int(self.has_findings)


@frozen(kw_only=True)
class BatchReport:
    """A batch: *outcomes* in the order of the source, *headings* of the sections by name in the order of the document.

    *problems* belong to no single agreement. *interrupted*: not all of the source was worked through. *left_behind* are
    documents in the folder that belong to no agreement of the source any longer, some of them moved aside, *unmoved* why others could not be. The files are
    in *folder*, which is not written in any report: links from a report to the documents are computed from it.
    """

    source: str
    day: date
    profiles: tuple[str, ...]
    headings: Mapping[str, str]
    outcomes: tuple[AgreementOutcome, ...]
    problems: tuple[Problem, ...] = ()
    interrupted: bool = False
    left_behind: tuple[LeftBehindDocument, ...] = ()
    unmoved: tuple[Problem, ...] = ()
    folder: str = "."

    @property
    def exit_code(self) -> int:
        """2 when something could not be read or made, 1 when some agreement has findings, else 0."""
        return max((2 if self.problems or self.unmoved else 0, *(outcome.exit_code for outcome in self.outcomes)))
