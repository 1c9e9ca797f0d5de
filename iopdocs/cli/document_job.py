"""A run of ``iopdocs render`` or ``iopdocs review``: each file becomes a document in its place, and is reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import field, frozen

from iopdocs.api import NotFinalError
from iopdocs.assembly import Assembled, assemble
from iopdocs.cli.file_paths import refuse_table, targets_of
from iopdocs.cli.lint_settings import LintCommandOptions, LintSettings, LintSettingsFinder
from iopdocs.cli.standard_streams import is_standard, read_agreement, refuse_terminal, write_standard
from iopdocs.cli.terminal import echo
from iopdocs.document.tree import Document
from iopdocs.errors import IopdocsError, printable_name
from iopdocs.files.atomic import make_folder
from iopdocs.files.loader import Kind
from iopdocs.library.rule_limits import PdfLevel
from iopdocs.writers.save import save_pdfs


@frozen
class MadeDocument:
    """The *document* of a file, the *message* when it is written, and the exit code that it then gives."""

    document: Document
    message: str
    exit_code: int = 0


@frozen(kw_only=True)
class DocumentJob:
    """The request of the command line; *make* returns the document of a file."""

    make: Callable[[Assembled, LintSettings, Path], MadeDocument]
    files: Sequence[Path]
    output: str
    kind: str | None
    options: LintCommandOptions
    overwrite: bool
    ending: str = ""
    data_kind: Kind | None = None
    _pdfs: dict[PdfLevel, list[tuple[Document, Path, str]]] = field(factory=dict, init=False)

    def run(self) -> int:
        """Make the documents, all PDFs together, and return the exit code.

        Raises:
            IopdocsError: when the command line or the settings are wrong; nothing is then made.
        """
        targets = targets_of(self.files, self.output, self.kind, self.ending)
        if is_standard(self.output):
            refuse_terminal(self.kind or "docx")
        setups = LintSettingsFinder(self.options)
        rows = list(zip(self.files, targets, [setups.of(file) for file in self.files], strict=True))
        codes = [self._make(file, target, setup) for file, target, setup in rows]
        codes += [self._make_pdfs(level, documents) for level, documents in self._pdfs.items()]
        return max(codes)

    def _make(self, file: Path, target: Path, setup: LintSettings) -> int:
        try:
            refuse_table(file)
            made = self.make(assemble(read_agreement(file, self.data_kind), setup.library), setup, file)
            if is_standard(self.output):
                write_standard(_bytes(made.document, self.kind or "docx", setup.pdf), self.kind or "docx")
                echo(made.message, err=True)
                return made.exit_code
            if self.output.endswith(("/", "\\")):  # any other folder must already exist
                make_folder(target.parent)
            message = f"{printable_name(target)}: {made.message}"
            if target.suffix.lower() == ".pdf":
                self._pdfs.setdefault(setup.pdf, []).append((made.document, target, message))
                return made.exit_code
            made.document.save(target, overwrite=self.overwrite)
        except NotFinalError as error:
            echo(f"{printable_name(file)}: blir inte färdigt förrän detta är åtgärdat:", err=True)
            echo(str(error), err=True)
            return 1
        except IopdocsError as error:
            echo(str(error), err=True)
            return 2
        echo(message)
        return made.exit_code

    def _make_pdfs(self, level: PdfLevel, documents: Sequence[tuple[Document, Path, str]]) -> int:
        try:
            save_pdfs([(document, target) for document, target, _told in documents], level, overwrite=self.overwrite)
        except IopdocsError as error:
            echo(str(error), err=True)
            return 2
        for _document, _target, message in documents:
            echo(message)
        return 0


def _bytes(document: Document, kind: str, level: PdfLevel) -> bytes:
    if kind == "pdf":
        return document.to_pdf(level.value)
    if kind == "html":
        return document.to_html().encode()
    return document.to_markdown().encode() if kind == "md" else document.to_docx()
