"""Puts agreements in a workbook or in CSV files, along the layout, as a person would who fills in the template."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from iopdocs.files.value_readers import fold, write_value
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import Field, fields_of
from iopdocs.tables.workbook_layout import Place, Sheet, layout, naming_fields
from iopdocs.values.money import Money

Rows = dict[str, list[list[Any]]]


def rows_of(agreements: Sequence[tuple[str, Agreement]]) -> Rows:
    """Return the rows of every sheet by its title, the headings first."""
    found: Rows = {sheet.title: [[column.heading for column in sheet.columns]] for sheet in layout()}
    for name, agreement in agreements:
        for sheet in layout():
            if sheet.is_main:
                found[sheet.title].append(_row(sheet, name, agreement, {}, ""))
            for place in sheet.places:
                for record, parents in _records(agreement, place):
                    found[sheet.title].append(_row(sheet, name, record, parents, place.label))
    return found


def save(rows: Rows, path: Path) -> Path:
    """Write *rows* to a workbook; a text that begins with = stays a text."""
    book = Workbook(write_only=True)
    for title, lines in rows.items():
        page = book.create_sheet(title)
        for line in lines:
            page.append(line)
    book.save(path)
    return path


def save_small(rows: Rows, path: Path) -> Path:
    """Write *rows* as :func:`save`, cell by cell, so that every text is kept as the text that it is."""
    book = Workbook()
    book.remove(book.active)
    for title, lines in rows.items():
        page = book.create_sheet(title)
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                if value is not None:
                    cell = page.cell(number, column)
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"
    book.save(path)
    return path


def save_csv(rows: Rows, folder: Path, *, separator: str = ";", encoding: str = "utf-8-sig") -> Path:
    """Write *rows* to a folder of CSV files."""
    folder.mkdir(exist_ok=True)
    for title, lines in rows.items():
        with open(folder / f"{title.lower()}.csv", "w", newline="", encoding=encoding) as file:
            csv.writer(file, delimiter=separator).writerows([[_plain(value) for value in line] for line in lines])
    return folder


def _plain(value: Any) -> Any:
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def holds(text: str) -> bool:
    """Tell whether a cell can hold *text* as it is."""
    return bool(text.strip()) and not ILLEGAL_CHARACTERS_RE.search(text) and "_x" not in text and len(text) < 30_000


def reduced(record: Any) -> Any:
    """Return *record* without what a workbook cannot say: empty texts and records, and items that look like others."""
    values = {}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if value is None or value == ():
            continue
        items = list(value) if field.many else [value]
        items = [reduced(item) if field.is_record else item for item in items]
        items = [item for item in items if _counts(item, field)]
        if items:
            values[field.name] = tuple(items) if field.many else items[0]
    return type(record)(**values)


def _counts(item: Any, field: Field) -> bool:
    if field.is_record:
        leaves = [one for one in fields_of(type(item)) if getattr(item, one.name) not in (None, ())]
        if field.keyed:
            return len(leaves) == 2
        # A row says something of its own: what only holds other lists has none.
        return any(not one.is_record for one in leaves) if field.many else bool(leaves)
    text = str(write_value(item))
    if not holds(text):
        return False
    return not field.many or (
        "\n" not in text and not text.lstrip().startswith(("- ", "– ", "• ")) and "," not in text and ";" not in text
    )


def _records(agreement: Agreement, place: Place) -> Iterator[tuple[Any, dict[type, str]]]:
    """Yield (record, what the records that it lies in are called) for each record of a list."""
    holders: list[tuple[Any, dict[type, str]]] = [(agreement, {})]
    for number, step in enumerate(place.steps):
        inner: list[tuple[Any, dict[type, str]]] = []
        for holder, called in holders:
            items = _at(holder, step)
            names = Counter(fold(name) for item in items for name in {fold(one) for one in _names(item)})
            for index, item in enumerate(items, 1):
                own = next((name for name in _names(item) if names[fold(name)] == 1), str(index))
                deeper = {**called, type(item): own} if number < len(place.steps) - 1 else called
                inner.append((item, deeper))
        holders = inner
    yield from holders


def _names(item: Any) -> list[str]:
    values = (getattr(item, field.name) for field in naming_fields(type(item)))
    return [value for value in values if isinstance(value, str)]


def _at(record: Any, path: Sequence[str]) -> Any:
    for key in path:
        field = next(field for field in fields_of(type(record)) if field.key == key)
        record = getattr(record, field.name)
        if record is None:
            return ()
    return record


def _row(sheet: Sheet, name: str, record: Any, parents: dict[type, str], label: str) -> list[Any]:
    cells: list[Any] = []
    for column in sheet.columns:
        if column.field is not None:
            cells.append(_cell(_at(record, column.path), column.field))
        elif column.parent is not None:
            cells.append(parents.get(column.parent))
        else:
            cells.append(label if column.choices else name)
    return cells


def _cell(value: Any, field: Field) -> Any:
    if value is None or value == ():
        return None
    if field.many:
        return "\n".join(str(write_value(item)) for item in value)
    if isinstance(value, Money):
        whole = value.amount == int(value.amount)
        return int(value.amount) if whole else value.amount if value.amount < 10**12 else str(value)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return value if value.year >= 1900 else value.isoformat()
    if isinstance(value, int | Decimal):
        return value
    return str(write_value(value))
