"""Shared parts of the workbooks written from agreements: creation, marking and cell values. Text is never a formula."""

from __future__ import annotations

import gc
import io
import re
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from iopdocs.errors import WriteError
from iopdocs.files.fingerprints import marked_archive
from iopdocs.files.generated_files import no_openpyxl
from iopdocs.files.system_errors import temporary_problem

DARK, LIGHT = "14405F", "FFFFFF"
"""The colours of a heading row and of its text."""

_LONGEST = 32_767  # characters in a cell of Excel
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_DATE = "yyyy\\-mm\\-dd"
_EARLIEST = date(1900, 3, 1)  # before this, Excel's day count is one off


def new_workbook(title: str, sheet: str) -> tuple[Any, Any]:
    """Return a workbook with the title *title* and no creation time, and its first sheet, named *sheet*.

    Raises:
        WriteError: when the package openpyxl is missing.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise no_openpyxl() from None
    book = Workbook()
    book.properties.title = title
    book.properties.creator = "iopdocs"
    book.properties.language = "sv-SE"
    book.properties.created = datetime(2020, 1, 1)
    page = book.active
    assert page is not None
    page.title = sheet
    return book, page


def marked_workbook(book: Any, mark: bytes) -> bytes:
    """Return *book* as a file with its digest after *mark*. Equal books give equal bytes.

    Raises:
        WriteError: as :func:`saved`.
    """
    return marked_archive(saved(book), mark)


def saved(book: Any) -> bytes:
    """Return *book* as a file.

    Raises:
        WriteError: when there is no room for the temporary files that openpyxl writes.
    """
    from lxml.etree import SerialisationError

    stream = io.BytesIO()
    try:
        book.save(stream)
    except (OSError, SerialisationError) as error:
        failed = error.with_traceback(None)
    else:
        return stream.getvalue()
    _drop_half_written_sheet()
    raise WriteError([temporary_problem(failed)])


def _drop_half_written_sheet() -> None:
    """Let openpyxl close its temporary file now, which fails once more: Python would print that when it ends."""
    shown, sys.unraisablehook = sys.unraisablehook, lambda _unraisable: None
    try:
        gc.collect()
    finally:
        sys.unraisablehook = shown


def put(cell: Any, value: Any, unit: str = "") -> None:
    """Write *value* to *cell*: a date as a date, a number as a number, and a text as text, whatever it begins with.

    A ``Decimal`` is money, shown with öre if it has any, and followed by *unit*.
    """
    if isinstance(value, date) and value >= _EARLIEST:
        cell.value = value
        cell.number_format = _DATE
    elif isinstance(value, Decimal):
        cell.value = value
        cell.number_format = ("#,##0" if value == value.to_integral_value() else "#,##0.00") + unit
    elif isinstance(value, int):
        cell.value = value
    else:
        text = _ILLEGAL.sub("\ufffd", str(value).replace("\r\n", "\n"))[:_LONGEST]
        cell.value = text
        # Also protects against programs that read the file as a table and guess the type of each text.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_RISKY)
