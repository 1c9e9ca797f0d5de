"""Saving a document as a file, without ever replacing what somebody else has written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from iopdocs.document.tree import Document
from iopdocs.errors import WriteError
from iopdocs.files.atomic import write_atomically
from iopdocs.library.rule_limits import PdfLevel
from iopdocs.writers import html, markdown
from iopdocs.writers.docx import package as docx_package
from iopdocs.writers.docx import writer as docx_writer
from iopdocs.writers.pdf import to_pdfs

# Nothing of ours is larger, so a larger file need not be read to know that it is not ours.
_LARGEST = 200_000_000


@frozen
class Kind:
    """A kind of file: how a document is written as one, and whether such a file is ours and unedited."""

    write: Callable[[Document], bytes]
    is_untouched: Callable[[bytes], bool]


def _kind(suffix: str) -> Kind | None:
    if suffix == ".docx":
        return Kind(docx_writer.write_docx, docx_package.is_untouched)
    if suffix == ".html":
        return Kind(lambda document: html.write_html(document).encode(), html.is_untouched)
    if suffix == ".md":
        return Kind(lambda document: markdown.write_markdown(document).encode(), markdown.is_untouched)
    if suffix == ".pdf":
        # Two conversions of the same document differ, so whether a PDF was edited cannot be told.
        return Kind(lambda document: to_pdfs([docx_writer.write_docx(document)])[0], lambda _data: False)
    return None


def save(document: Document, path: Path, *, overwrite: bool) -> Path:
    """Write *document* to *path*, whose suffix (``.docx``, ``.html``, ``.md``, ``.pdf``) chooses the kind; return *path*.

    A file that iopdocs made is replaced as long as nobody has edited it since; a PDF only with *overwrite*.

    Raises:
        WriteError: when the suffix is unknown, the file cannot be written, or *path* holds a file that was edited or is
            not ours and *overwrite* is false. What stood there is then untouched.
        LibraryError: when the reference document cannot be read.
        RenderError: when a PDF cannot be made: LibreOffice is missing, or did not make what was asked for.
    """
    kind = _kind(path.suffix.lower())
    if kind is None:
        raise WriteError.one(
            f"ändelsen {path.suffix!r} är okänd" if path.suffix else "filnamnet saknar ändelse",
            "välj .docx, .html, .md eller .pdf",
            str(path),
        )
    before = None if overwrite else _before(path)
    if before is not None and path.suffix.lower() == ".pdf":
        raise _exists(path)
    data = kind.write(document)
    if before is not None and before != data and not kind.is_untouched(before):
        raise _not_ours(path)
    if before != data:
        write_atomically(path, data)
    return path


def save_pdfs(documents: Sequence[tuple[Document, Path]], level: PdfLevel, *, overwrite: bool) -> None:
    """Write each document as a PDF of *level* to its path; LibreOffice is started once for all of them.

    Raises:
        WriteError: when a file exists and *overwrite* is false, or cannot be written; nothing is converted before all
            paths are known to be free.
        RenderError: when LibreOffice is missing, or did not make what was asked for.
    """
    taken = [path for _document, path in documents if not overwrite and _before(path) is not None]
    if taken:
        raise WriteError([problem for path in taken for problem in _exists(path).problems])
    made = to_pdfs([docx_writer.write_docx(document) for document, _path in documents], level)
    for (_document, path), data in zip(documents, made, strict=True):
        write_atomically(path, data)


def _before(path: Path) -> bytes | None:
    """Return what the file *path* holds, ``None`` where there is no such file."""
    try:
        if not path.is_file():
            return None
        if path.stat().st_size > _LARGEST:
            raise _not_ours(path)
        return path.read_bytes()
    except OSError as error:
        raise WriteError.one(
            f"filen som redan finns kan inte läsas ({error.strerror})",
            "välj ett annat namn, eller skriv över den med --overwrite",
            str(path),
        ) from error


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
