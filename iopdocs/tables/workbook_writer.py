"""The workbooks that we write of agreements: how they begin and end, and what stands in a cell. Text is never a formula."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from iopdocs.files.fingerprints import marked_archive
from iopdocs.files.generated_files import no_openpyxl

DARK, LIGHT = "14405F", "FFFFFF"
"""The colours of a row of headings, and of the text in it."""

_LONGEST = 32_767  # characters in a cell of Excel
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_DATE = "yyyy\\-mm\\-dd"
_EARLIEST = date(1900, 3, 1)  # Excel counts a day too many before this


def new_workbook(title: str, sheet: str) -> tuple[Any, Any]:
    """Return a workbook called *title* without the time of its making, and its first sheet, called *sheet*.

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
    """Return *book* as a file with its digest after *mark*. The same book gives the same bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return marked_archive(stream.getvalue(), mark)


def put(cell: Any, value: Any, unit: str = "") -> None:
    """Put *value* in *cell*: a day as a day, a number as a number, and a text as a text whatever it begins with.

    A ``Decimal`` is money, shown with its öre where it has any; *unit* stands after it.
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
        # Also for programs that read the file as a table and guess anew what each text is.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_RISKY)
