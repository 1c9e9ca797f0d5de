"""A batch as one call: read a source, make its documents in a folder, and return what became of each agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from iopdocs.batch.file_names import check_pattern
from iopdocs.batch.input_files import without
from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.process_pool import MOST_JOBS
from iopdocs.batch.runner import Tell, run
from iopdocs.batch.worker_task import KINDS, WorkerSettings
from iopdocs.errors import LoadError, Problem
from iopdocs.files.atomic import make_folder
from iopdocs.files.path_arguments import AnyPath, several_paths
from iopdocs.findings import FailOn
from iopdocs.library.layer_reader import load_library
from iopdocs.library.rule_limits import Limits
from iopdocs.linter.options import LintOptions
from iopdocs.model.agreement import Agreement
from iopdocs.sources.reader import read_source
from iopdocs.sources.rows import AgreementSource

DocumentKind: TypeAlias = Literal["docx", "pdf", "html", "md"]


def run_batch(
    source: AnyPath,
    folder: AnyPath,
    *,
    kinds: DocumentKind | Sequence[DocumentKind] = ("docx",),
    name: str = "{avtal}",
    base: Agreement | None = None,
    profiles: str | Sequence[str] = ("grund",),
    today: date | None = None,
    limits: Limits | None = None,
    layers: AnyPath | Sequence[AnyPath] = (),
    fail_on: FailOn | str = FailOn.ERROR,
    final: bool = False,
    contents: bool = False,
    data: bool = True,
    jobs: int = 1,
    fail_fast: bool = False,
    prune: bool = False,
    overwrite: bool = False,
    progress: Tell | None = None,
) -> BatchReport:
    """Make the documents of every agreement in *source* in *folder*, and return what became of each.

    A new run makes only what has changed. A file that somebody has edited is left as it is, and the new one is written
    beside it. An agreement that cannot be read or made is an outcome with problems, and does not stop the others.

    Example::

        report = run_batch("avtal.xlsx", "dokument", today=date.today())
        failed = [outcome for outcome in report.outcomes if outcome.stopped]

    Args:
        source: a folder, a pattern, a workbook (.xlsx), a table (.csv) or a data file.
        folder: the folder for the documents; it is made if it does not exist.
        kinds: the kinds of document to make of each agreement.
        name: the pattern of the documents' names, such as ``"{diarienummer} {titel}"``.
        base: an agreement with what all of them have in common, which fills in absent values.
        profiles: names of the profiles to lint by, and whose demands a document shows.
        today: the day to count from; rules that need it report nothing without it.
        limits: figures that rules compare with, overriding those of the profiles.
        layers: a folder, or several, with layers on top of the base layer, the last one uppermost.
        fail_on: the level, or ``ingen``, from which an agreement counts as one with findings and stops a fail-fast run.
        final: make documents to sign; an agreement that lacks something gets none.
        contents: add a table of contents.
        data: embed in each DOCX the data that it prints.
        jobs: how many processes; 1 works in this one. With more, a script needs ``if __name__ == "__main__":``.
        fail_fast: stop at the first agreement that fails.
        prune: move documents that are left behind, of agreements gone from the source, into ``undanflyttade``.
        overwrite: replace also files that were edited or not made by iopdocs.
        progress: called after each agreement with how many are finished, how many there are, and its outcome.

    Raises:
        LoadError: when the source holds no agreement that can be read; nothing is then made.
        LibraryError: when a layer is missing or wrong, or a profile does not exist.
        WriteError: when *name* is no pattern, a tool for PDF is missing, or the folder cannot be written in.
        ValueError: when a kind of document, a number of jobs or *fail_on* is none.
    """
    wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    if not wanted or not set(wanted) <= set(KINDS):
        raise ValueError(f"kinds ska vara bland {', '.join(KINDS)}, men är {kinds!r}")
    if not 1 <= jobs <= MOST_JOBS:
        raise ValueError(f"jobs ska vara från 1 till {MOST_JOBS}, men är {jobs!r}")
    check_pattern(name)
    if "pdf" in wanted:
        from iopdocs.writers.pdf import check_tools

        check_tools()
    library = load_library(layers)
    names = (profiles,) if isinstance(profiles, str) else tuple(profiles)
    for profile in names:
        library.profile(profile)
    read, output = Path(source), Path(folder)
    work = WorkerSettings(
        kinds=wanted, layers=tuple(map(str, several_paths(layers))), fail_on=FailOn(fail_on), final=final, contents=contents,
        data=data, pattern=name, base=base, lint=LintOptions(profiles=names, today=today, limits=limits),
    )  # fmt: skip
    agreements = read_agreements(read, output, base, final=final)
    make_folder(output)
    return run(
        agreements, output, work, library, name=str(source), jobs=jobs, overwrite=overwrite, fail_fast=fail_fast, prune=prune,
        tell=progress,
    )  # fmt: skip


def read_agreements(
    source: Path, output: Path, base: Agreement | None, others: Sequence[Path] = (), *, final: bool = False
) -> AgreementSource:
    """Return the agreements of *source* without the files *others* and the documents in the folder *output*.

    Raises:
        LoadError: when there is none that can be read, or, with *final*, when data belong to no agreement.
        WriteError: when documents would be read from the folder that they are to be written in.
    """
    read = without(read_source(source, base), others, output)
    if not read.rows:
        raise LoadError(read.problems)
    if final and read.problems:
        # Unreadable data may belong to any agreement, and a finished document must not lack them without notice.
        what = "inga färdiga dokument görs så länge något i källan inte hör till ett avtal"
        hint = "rätta det, eller kör utan --final"
        raise LoadError([*read.problems, Problem(what, hint, str(source))])
    return read
