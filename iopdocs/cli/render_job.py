"""A run of ``iopdocs render``: which files become documents, where, and how each is told of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from attrs import field, frozen

from iopdocs.api import NotFinalError, finish, lint_assembled
from iopdocs.assembly import assemble
from iopdocs.cli.file_paths import make_folder, quoted, refuse_table, targets_of
from iopdocs.cli.lint_settings import LintCommandOptions, Setup, Setups
from iopdocs.document.tree import Document
from iopdocs.errors import IopdocsError
from iopdocs.files.loader import load
from iopdocs.library.rule_limits import PdfLevel
from iopdocs.linter.report import Report
from iopdocs.writers.save import save_pdfs

_Waiting = dict[PdfLevel, list[tuple[Document, Path, str]]]
"""By what they are to claim to be: documents that become PDF together, where, and what is told when they have."""


@frozen(kw_only=True)
class RenderJob:
    """What the command line asks for."""

    files: Sequence[Path]
    output: str
    kind: str | None
    options: LintCommandOptions
    final: bool
    comments: bool
    contents: bool
    data: bool
    overwrite: bool
    _waiting: _Waiting = field(factory=dict, init=False)

    def run(self) -> int:
        """Make the documents, tell of each, and return the exit code.

        Raises:
            IopdocsError: when the command line or the settings are wrong; nothing is then made.
        """
        targets = targets_of(self.files, self.output, self.kind)
        setups = Setups(self.options)
        rows = list(zip(self.files, targets, [setups.of(file) for file in self.files], strict=True))
        codes = [self._make(file, target, setup) for file, target, setup in rows]
        codes += [self._make_pdfs(level, documents) for level, documents in self._waiting.items()]
        return max(codes)

    def _make(self, file: Path, target: Path, setup: Setup) -> int:
        try:
            refuse_table(file)
            assembled = assemble(load(file), setup.library)
            report = lint_assembled(assembled, setup.lint)
            document = finish(
                assembled, report, profiles=setup.lint.profiles, final=self.final, comments=self.comments,
                contents=self.contents, data=self.data,
            )  # fmt: skip
            make_folder(target.parent, self.output)
            told = f"{target}: {_rest(report, file)}"
            if target.suffix.lower() == ".pdf":
                self._waiting.setdefault(setup.pdf, []).append((document, target, told))
                return 0
            document.save(target, overwrite=self.overwrite)
        except NotFinalError as error:
            click.echo(f"{file}: blir inte färdigt förrän detta är åtgärdat:", err=True)
            click.echo(str(error), err=True)
            return 1
        except IopdocsError as error:
            click.echo(str(error), err=True)
            return 2
        click.echo(told)
        return 0

    def _make_pdfs(self, level: PdfLevel, documents: Sequence[tuple[Document, Path, str]]) -> int:
        try:
            save_pdfs([(document, target) for document, target, _told in documents], level, overwrite=self.overwrite)
        except IopdocsError as error:
            click.echo(str(error), err=True)
            return 2
        for _document, _target, told in documents:
            click.echo(told)
        return 0


def _rest(report: Report, file: Path) -> str:
    left = len(report.findings)
    return f"{left} att åtgärda – se: iopdocs lint {quoted(file)}" if left else "inget saknas"
