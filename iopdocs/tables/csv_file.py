"""Read CSV files into tables: one file for the sheet Avtal, or a folder of files named after the sheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from iopdocs.errors import LoadError, Position, Problem
from iopdocs.files.text_file import line_index, read_bytes
from iopdocs.tables.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, CellTable, Value
from iopdocs.tables.headings import sheet_called, squeezed
from iopdocs.tables.own_reports import own_report
from iopdocs.tables.workbook_layout import ID, Sheet, layout
from iopdocs.values.text import illegal_character

LARGEST_FILE = 50_000_000
_SEPARATORS = (";", ",", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=(?P<sign>[^"\n\r])"?[ ;,\t|]*(?:\r?\n|\r|\Z)', re.IGNORECASE)
_MOST_TITLES = 10


def is_csv_folder(folder: Path) -> bool:
    """Return whether *folder* contains a CSV file for the sheet Avtal."""
    return any(squeezed(file.stem) == squeezed(ID) for file in _files(folder))


def read_csv(path: Path) -> tuple[tuple[CellTable, ...], tuple[Problem, ...]]:
    """Return the tables of a CSV file (the sheet Avtal, whatever its name) or of a folder of CSV files.

    Notes report files that were read in another encoding than UTF-8.

    Raises:
        LoadError: when a file cannot be read or is not CSV.
    """
    if not path.is_dir():
        table, notes = _table(path, ID, str(path), "")
        if not table.rows:
            raise LoadError.one("filen är tom", "börja från en mall: iopdocs workbook new mall.xlsx", str(path))
        return (table,), notes
    tables = [_table(file, file.stem, str(path), f"{file.name}:") for file in _files(path)]
    return tuple(table for table, _notes in tables), tuple(note for _table, notes in tables for note in notes)


def _files(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return []
    tables = [file for file in inside if file.suffix.lower() == ".csv" and not file.name.startswith((".", "~"))]
    return [file for file in tables if own_report(file) is None]


def _table(path: Path, name: str, file: str, prefix: str) -> tuple[CellTable, tuple[Problem, ...]]:
    data = read_bytes(str(path), LARGEST_FILE)
    text, notes = _decoded(data, str(path))
    table = CellTable(name, file, prefix)
    cells = 0
    for number, row in _rows(text, sheet_called(name) or layout()[0], str(path)):
        values: dict[int, Value] = {column: value for column, value in enumerate(row, 1) if value.strip()}
        if values:
            table.rows[number] = values
            cells += len(values)
        if len(table.rows) > MOST_ROWS or cells > MOST_CELLS or (values and max(values) > MOST_COLUMNS):
            raise LoadError.one(
                "filen är för stor för att vara en tabell över avtal", "dela upp den i flera", str(path)
            )
    return table, notes


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file from Excel: UTF-8, UTF-16 with a byte order mark, or Windows-1252, with a note."""
    notes: tuple[Problem, ...] = ()
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        hint = "ändra namnets ändelse till .xlsx, eller spara den som CSV UTF-8"
        raise LoadError.one("är en arbetsbok, ingen CSV-fil", hint, name)
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        save = "spara den i Excel som ”CSV UTF-8 (kommaavgränsad)”"
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise LoadError.one("filen är ingen textfil i UTF-8", save, name) from None
        notes = (Problem("filen är inte sparad i UTF-8 och har lästs som Windows-1252 (ANSI)", save, name),)
    illegal = illegal_character(text.replace("\r", "\n"))
    if illegal:
        message = f"tecknet U+{ord(illegal[0]):04X} kan inte stå i ett dokument"
        hint = "ta bort det, och kontrollera att filen är en CSV-fil"
        raise LoadError.one(message, hint, name, position=line_index(text)(illegal.start()))
    return text, notes


def _rows(text: str, sheet: Sheet, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of its first line, cells) for each row."""
    skipped = 0
    separator = _separator(text, sheet)
    if told := _SEPARATOR_LINE.match(text):
        # Excel uses this line as the separator of the rest and does not show it; some programs put it in quotes.
        separator, skipped, text = told["sign"], 1, text[told.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = skipped + 1
    try:
        for row in reader:
            yield begins, [_lines(value) for value in row]
            begins = reader.line_num + skipped + 1
    except csv.Error as error:
        hint = 'kontrollera citattecknen: en text med " i sätts inom " och varje " i den skrivs två gånger'
        message = "raden går inte att dela upp i kolumner"
        if "field larger" in str(error):
            message = f"en text är längre än {csv.field_size_limit()} tecken"
        raise LoadError.one(message, hint, name, position=Position(begins, 1)) from None


def _lines(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value


def _separator(text: str, sheet: Sheet) -> str:
    """Return the separator that gives the most known headings in one of the first lines."""
    lines = list(islice((line for line in text.splitlines() if line.strip()), _MOST_TITLES))
    names = {squeezed(name) for column in sheet.columns for name in column.names}

    def known(separator: str) -> tuple[int, int]:
        rows = [[cell.strip().strip('"') for cell in line.split(separator)] for line in lines]
        return max((sum(squeezed(cell) in names for cell in cells), len(cells)) for cells in rows) if rows else (0, 0)

    return max(_SEPARATORS, key=known)
