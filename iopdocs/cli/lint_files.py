"""Run the linter over files, one after the other, and count the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import Factory, define, frozen

from iopdocs.api import lint_assembled
from iopdocs.assembly import assemble
from iopdocs.cli.file_paths import refuse_table
from iopdocs.cli.lint_settings import LintSettings
from iopdocs.cli.standard_streams import read_agreement
from iopdocs.errors import IopdocsError, Problem, ProblemsError, printable_name
from iopdocs.files.loader import Kind
from iopdocs.findings import Level
from iopdocs.linter.baseline import Baseline, KnownFinding, compare
from iopdocs.linter.report import Report
from iopdocs.model.agreement import DataOrigin
from iopdocs.sources.file_discovery import InputFile, has_agreement, is_other_data


@frozen
class LintedFile:
    """A file that was linted, or could not be read (*problems*); a baseline hides *hidden* of its findings."""

    file: str
    setup: LintSettings | None = None
    report: Report | None = None
    source: DataOrigin | None = None
    problems: tuple[Problem, ...] = ()
    hidden: int = 0

    @property
    def why(self) -> str:
        """The reasons why the file could not be linted, one line per problem."""
        return "\n".join(map(str, self.problems))


@define
class LintCounts:
    """The counts so far; *worst* is the exit code."""

    files: int = 0
    unread: int = 0
    levels: Counter[Level] = Factory(Counter)
    exempted: int = 0
    hidden: int = 0
    worst: int = 0
    used: set[KnownFinding] = Factory(set)
    names: list[str] = Factory(list)

    def add(self, one: LintedFile) -> None:
        """Add *one* to the counts."""
        if one.report is None or one.setup is None:
            self.unread += 1
            self.worst = 2
            return
        self.files += 1
        self.names.append(one.file)
        self.levels.update(finding.level for finding in one.report.findings)
        self.exempted += len(one.report.exempted)
        self.hidden += one.hidden
        if one.setup.fail_on.is_reached(finding.level for finding in one.report.findings):
            self.worst = max(self.worst, 1)

    def __str__(self) -> str:
        parts = [
            f"{self.levels[Level.ERROR]} fel",
            _many(self.levels[Level.WARNING], "varning", "varningar"),
            f"{self.levels[Level.ADVICE]} råd",
        ]
        parts += [_many(self.exempted, "undantaget", "undantagna")] if self.exempted else []
        parts += [f"{self.hidden} i baslinjen"] if self.hidden else []
        parts += [f"{self.unread} gick inte att läsa"] if self.unread else []
        return f"{_many(self.files, 'fil', 'filer')}: {', '.join(parts)}."


def _many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def run(
    files: Sequence[tuple[InputFile, LintSettings]],
    baselines: dict[Path, Baseline],
    count: LintCounts,
    note: Callable[[str], None],
    kind: Kind | None = None,
) -> Iterator[LintedFile]:
    """Yield each of *files* as soon as it is linted, and count it in *count*.

    A file that was found in a folder, and is not an agreement, is skipped with a *note*. *kind* is the kind of data
    files, otherwise known by their suffixes.
    """
    for meant, setup in files:
        file = str(meant.path)
        try:
            refuse_table(meant.path)
            agreement = read_agreement(meant.path, kind)
            if not meant.named and not has_agreement(agreement):
                note(_not_one(file))
                continue
            whole = lint_assembled(assemble(agreement, setup.library), setup.lint)
        except IopdocsError as error:
            if not meant.named and is_other_data(meant.path):
                note(_not_one(file))
                continue
            problems = error.problems if isinstance(error, ProblemsError) else (Problem(str(error), "", file),)
            one = LintedFile(file, setup, problems=problems)
        else:
            report = whole
            if setup.baseline is not None and setup.baseline in baselines:
                compared = compare(whole, baselines[setup.baseline])
                report = compared.report
                count.used.update(compared.used)
            one = LintedFile(file, setup, report, agreement.source, hidden=len(whole.findings) - len(report.findings))
        count.add(one)
        yield one


def _not_one(file: str) -> str:
    return f"{printable_name(file)}: hoppas över, inget avtal"
