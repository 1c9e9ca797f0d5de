"""Save a document to a file without replacing a file that someone else has written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from iopdocs.document.tree import Document
from iopdocs.errors import WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.files.system_errors import existing_unreadable
from iopdocs.library.rule_limits import PdfLevel
from iopdocs.writers import html, markdown
from iopdocs.writers.docx import package as docx_package
from iopdocs.writers.docx import writer as docx_writer
from iopdocs.writers.pdf import to_pdfs

# No generated file is larger, so a larger file is known not to be one without being read.
_MAX_SIZE = 200_000_000


@frozen
class FileKind:
    """A file format: how to write a document in it, and whether a file of it is generated and unedited."""

    write: Callable[[Document], bytes]
    is_untouched: Callable[[bytes], bool]


def _kind(suffix: str) -> FileKind | None:
    if suffix == ".docx":
        return FileKind(docx_writer.write_docx, docx_package.is_untouched)
    if suffix == ".html":
        return FileKind(lambda document: html.write_html(document).encode(), html.is_untouched)
    if suffix == ".md":
        return FileKind(lambda document: markdown.write_markdown(document).encode(), markdown.is_untouched)
    if suffix == ".pdf":
        # Two conversions of the same document differ, so an edited PDF cannot be recognised.
        return FileKind(lambda document: to_pdfs([docx_writer.write_docx(document)])[0], lambda _data: False)
    return None


def save(document: Document, path: Path, *, overwrite: bool) -> Path:
    """Write *document* to *path* and return it. The suffix (``.docx``, ``.html``, ``.md``, ``.pdf``) sets the format.

    An unedited file from iopdocs is replaced; a PDF only with *overwrite*.

    Raises:
        WriteError: when the suffix is unknown, the file cannot be written, or *overwrite* is false and *path* is a file
            that was edited or not made by iopdocs. The existing file is then unchanged.
        LibraryError: when the reference document cannot be read.
        RenderError: when LibreOffice is missing or did not produce the requested PDF.
    """
    kind = _kind(path.suffix.lower())
    if kind is None:
        raise WriteError.one(
            f"ändelsen {path.suffix!r} är okänd" if path.suffix else "filnamnet saknar ändelse",
            "välj .docx, .html, .md eller .pdf",
            str(path),
        )
    existing = None if overwrite else _existing(path)
    if existing is not None and path.suffix.lower() == ".pdf":
        raise _exists(path)
    data = kind.write(document)
    if existing is not None and existing != data and not kind.is_untouched(existing):
        raise _not_ours(path)
    if existing != data:
        write_atomically(path, data)
    return path


def save_pdfs(documents: Sequence[tuple[Document, Path]], level: PdfLevel, *, overwrite: bool) -> None:
    """Write each document as a PDF of *level* to its path. LibreOffice is started once for all of them.

    Raises:
        WriteError: when a file exists and *overwrite* is false, or cannot be written. All paths are checked before
            anything is converted.
        RenderError: when LibreOffice is missing or did not produce the requested PDF.
    """
    taken = [path for _document, path in documents if not overwrite and _existing(path) is not None]
    if taken:
        raise WriteError([problem for path in taken for problem in _exists(path).problems])
    pdfs = to_pdfs([docx_writer.write_docx(document) for document, _path in documents], level)
    for (_document, path), data in zip(documents, pdfs, strict=True):
        write_atomically(path, data)


def _existing(path: Path) -> bytes | None:
    """Return the content of the file *path*, or ``None`` if there is no such file."""
    try:
        if not path.is_file():
            return None
        if path.stat().st_size > _MAX_SIZE:
            raise _not_ours(path)
        return path.read_bytes()
    except OSError as error:
        raise WriteError([existing_unreadable(path, error)]) from error


def _exists(path: Path) -> WriteError:
    return WriteError.one(
        "det finns redan en PDF med det namnet, och det syns inte på den om någon har ändrat den",
        "välj ett annat namn, eller skriv över den med --overwrite",
        str(path),
    )


def _not_ours(path: Path) -> WriteError:
    return WriteError.one(
        "filen är ändrad sedan den skapades, eller inte skapad av iopdocs",
        "välj ett annat namn, eller skriv över den med --overwrite",
        str(path),
    )
