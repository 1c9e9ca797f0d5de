"""The task of a worker process for one agreement: read it, lint it, and make the documents that have changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version

import attrs
from attrs import field, frozen

from iopdocs.api import NotFinalError, finish, lint_assembled
from iopdocs.assembly import assemble
from iopdocs.batch.file_names import wanted_name
from iopdocs.batch.outcome import AgreementOutcome, MissingPoint, OutcomeState, SectionTally, WrittenDocument
from iopdocs.document.tree import Document
from iopdocs.errors import IopdocsError, Problem, ProblemsError
from iopdocs.files.data_writer import dumps
from iopdocs.findings import FailOn, Level
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.rule_limits import PdfLevel
from iopdocs.linter.options import LintOptions
from iopdocs.linter.report import Report
from iopdocs.model.agreement import Agreement
from iopdocs.register.row_from_agreement import register_row
from iopdocs.sources.reader import load_row
from iopdocs.sources.rows import SourceRow

KINDS = ("docx", "pdf", "html", "md")
"""The kinds of document that a batch can make. The process that started the workers makes the PDF from the DOCX."""


@frozen(kw_only=True)
class WorkerSettings:
    """The settings shared by all agreements of a batch; plain data, so that they can be sent to any process or cluster.

    *layers* are folders, *kinds* of :data:`KINDS`, *pattern* names the documents, *base* is the data that all agreements
    share. *lint* are the lint options and the day of the batch. With *data* each DOCX contains the data that it prints.
    """

    kinds: tuple[str, ...] = ("docx",)
    layers: tuple[str, ...] = ()
    lint: LintOptions = LintOptions()
    fail_on: FailOn = FailOn.ERROR
    final: bool = False
    contents: bool = False
    data: bool = True
    pattern: str = "{avtal}"
    pdf: PdfLevel = PdfLevel.A2
    base: Agreement | None = field(default=None, repr=False)


@frozen
class WorkerResult:
    """The result of a worker for one agreement.

    *wanted* is the wanted name of its documents. *keys* identifies, by kind, everything that they are made from.
    *files* contains the bytes of those whose key is new; for a PDF those of the DOCX that it is made from.
    """

    outcome: AgreementOutcome
    wanted: str = ""
    keys: Mapping[str, str] = field(factory=dict)
    files: Mapping[str, bytes] = field(factory=dict, repr=False)


def make(row: SourceRow, work: WorkerSettings, before: Mapping[str, str]) -> WorkerResult:
    """Return the result for *row*; a kind whose key is that in *before* is not remade. Never raises for bad data."""
    outcome = AgreementOutcome(id=row.id, place=row.place)
    try:
        row = load_row(row, work.base)
        if row.agreement is None:
            return WorkerResult(attrs.evolve(outcome, problems=row.problems))
        return _make(row.agreement, row, work, before)
    except IopdocsError as error:
        return WorkerResult(attrs.evolve(outcome, problems=_problems(error, row)))
    except MemoryError:
        hint = "dela upp avtalet, eller kör med färre processer (--jobs)"
        return WorkerResult(attrs.evolve(outcome, problems=(Problem("minnet tog slut", hint, row.place),)))
    except Exception as error:
        # One agreement that triggers a bug in iopdocs must not stop the others.
        what = f"ett fel i iopdocs självt ({type(error).__name__})"
        return WorkerResult(attrs.evolve(outcome, problems=(Problem(what, "anmäl det gärna", row.place),)))


def _make(agreement: Agreement, row: SourceRow, work: WorkerSettings, before: Mapping[str, str]) -> WorkerResult:
    library = _library(work.layers)
    assembled = assemble(agreement, library)
    report = lint_assembled(assembled, work.lint)
    wanted = wanted_name(work.pattern, agreement, _stem(row.id))
    keys = {kind: _key(agreement, library, work, kind, wanted) for kind in work.kinds}
    outcome = AgreementOutcome(
        id=row.id,
        place=row.place,
        title=agreement.title or "",
        levels={level.value: sum(finding.level is level for finding in report.findings) for level in Level},
        tallies=_tallies(report),
        lacking=_lacking(report),
        has_findings=work.fail_on.is_reached(finding.level for finding in report.findings),
        row=register_row(agreement, id=row.id, file=row.place, today=work.lint.today),
    )
    new = [kind for kind in work.kinds if before.get(kind) != keys[kind]]
    if not new:
        return WorkerResult(outcome, wanted, keys)
    try:
        document = finish(
            assembled, report, profiles=work.lint.profiles, final=work.final, contents=work.contents, data=work.data
        )
        files = _written(document, new)
    except NotFinalError as error:
        return WorkerResult(attrs.evolve(outcome, problems=error.problems, has_findings=True), wanted, keys)
    except IopdocsError as error:
        failed = tuple(WrittenDocument(kind, f"{wanted}.{kind}", OutcomeState.FAILED) for kind in new)
        return WorkerResult(attrs.evolve(outcome, problems=_problems(error, row), written=failed), wanted, keys)
    return WorkerResult(outcome, wanted, keys, files)


def _written(document: Document, kinds: list[str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    docx = document.to_docx() if {"docx", "pdf"} & set(kinds) else b""
    for kind in kinds:
        if kind == "html":
            files[kind] = document.to_html().encode()
        elif kind == "md":
            files[kind] = document.to_markdown().encode()
        else:
            files[kind] = docx
    return files


def _key(agreement: Agreement, library: Library, work: WorkerSettings, kind: str, wanted: str) -> str:
    """Return the sha256 of everything that a document is made from: data, texts, settings and version."""
    said = json.dumps(
        [
            _version(), hashlib.sha256(dumps(agreement, "json").encode()).hexdigest(), library.digest, _profiles(library, work),
            work.lint.select, work.lint.ignore, str(work.lint.limits), work.final, work.contents, work.data and kind == "docx", kind, wanted,
            work.pdf.value if kind == "pdf" else "",
        ]
    )  # fmt: skip
    return hashlib.sha256(said.encode()).hexdigest()


def _profiles(library: Library, work: WorkerSettings) -> str:
    # A draft shows what its profiles demand, and profiles are not texts of the library.
    return hashlib.sha256("\n".join(repr(library.profile(name)) for name in work.lint.profiles).encode()).hexdigest()


@lru_cache(maxsize=1)
def _version() -> str:
    return version("iopdocs")


@lru_cache(maxsize=2)
def _library(layers: tuple[str, ...]) -> Library:
    return load_library(layers)


def _stem(id: str) -> str:
    stem, dot, suffix = id.rpartition(".")
    return stem if dot and suffix.lower() in ("yaml", "yml", "json", "docx") else id


def _problems(error: IopdocsError, row: SourceRow) -> tuple[Problem, ...]:
    if isinstance(error, ProblemsError):
        return error.problems
    return (Problem(str(error), "", row.place),)


def _tallies(report: Report) -> tuple[SectionTally, ...]:
    found: dict[tuple[str, str], list[bool]] = {}
    for tally in report.tallies:
        for checked in tally.checked:
            found.setdefault((tally.profile, checked.point.section or ""), []).append(checked.met)
    return tuple(SectionTally(profile, section, sum(met), len(met)) for (profile, section), met in found.items())


def _lacking(report: Report) -> tuple[MissingPoint, ...]:
    return tuple(
        MissingPoint(checked.point.code or "", checked.point.title or "", checked.point.section or "", tally.profile)
        for tally in report.tallies
        for checked in tally.checked
        if not checked.met
    )
