"""From an Excel workbook to tables of cells, in one pass over each sheet and with memory bounded.

The format is ECMA-376 part 1, 18 (SpreadsheetML), transitional and strict. Why this reader and not openpyxl's:
docs/decisions/0015-workbooks-read-by-our-own-reader.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from attrs import define, frozen

from iopdocs.errors import LoadError
from iopdocs.opc import OpcError, OpcFault, OpcPackage, PartRelation
from iopdocs.tables.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, CellFault, CellTable, MergedCells, Value
from iopdocs.tables.number_formats import NumberFormats, read_formats
from iopdocs.tables.workbook_package import open_workbook, refused, workbook_part

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_MERGED = 50_000
_TRUE = ("1", "true")


@frozen
class _Shared:
    """What cells refer to: the texts and the formats of the workbook."""

    file: str
    package: OpcPackage
    texts: tuple[str, ...]
    formats: NumberFormats


@define
class _Budget:
    cells: int = 0


def read_workbook(file: str) -> tuple[CellTable, ...]:
    """Return the sheets of the workbook *file* in order, hidden ones and filtered rows included.

    Raises:
        LoadError: when it is no workbook, is encrypted or damaged, or larger than any workbook of agreements.
    """
    try:
        package = open_workbook(file)
        part = workbook_part(package, file)
        root = package.tree(part)
        relations = package.relations(part)
        shared = _shared(file, package, root, relations)
        budget = _Budget()
        return tuple(
            _table(shared, name, relations[pointer].target, budget, hidden=hidden)
            for name, pointer, hidden in _sheets(root)
            if pointer in relations and relations[pointer].kind == "worksheet"
        )
    except OpcError as error:
        raise refused(error, file) from error


def _sheets(root: Any) -> Iterator[tuple[str, str, bool]]:
    for element in root.iter("{*}sheet"):
        pointer = next(
            (value for name, value in element.attrib.items() if name.startswith("{") and name.endswith("}id")), ""
        )
        yield element.get("name", ""), pointer, element.get("state", "visible") != "visible"


def _shared(file: str, package: OpcPackage, root: Any, relations: Mapping[str, PartRelation]) -> _Shared:
    names = {relation.kind: relation.target for relation in relations.values() if not relation.external}
    texts: list[str] = []
    if names.get("sharedStrings") in package.sizes:
        texts = [_text(element) for _name, element in package.elements(names["sharedStrings"], ["si"])]
    settings = root.find("{*}workbookPr")
    from_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    formats = NumberFormats(from_1904=from_1904)
    if names.get("styles") in package.sizes:
        formats = read_formats(package.tree(names["styles"]), from_1904=from_1904)
    return _Shared(file, package, tuple(texts), formats)


def _table(shared: _Shared, name: str, part: str, budget: _Budget, *, hidden: bool) -> CellTable:
    table = CellTable(name, shared.file, f"{_quoted(name)}!", lettered=True, hidden=hidden)
    if part not in shared.package.sizes:
        raise OpcError(OpcFault.DAMAGED, part)
    row = 0
    seen = 0
    for tag, element in shared.package.elements(part, ["col", "row", "mergeCell"]):
        if tag == "col":
            _add_hidden_columns(table, element)
            continue
        if tag == "mergeCell":
            _add_merged(table, element.get("ref", ""))
            continue
        number = element.get("r", "")
        row = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else row + 1
        seen += 1
        if seen > MOST_ROWS:
            hint = "markera raderna under den sista ifyllda, ta bort dem (Ta bort rader) och spara"
            raise _beyond(table, f"bladet {name} har fler än {MOST_ROWS} rader", hint)
        cells = dict(_cells(shared, element))
        if not cells:
            continue
        table.rows[row] = cells
        if element.get("hidden") in _TRUE:
            table.hidden_rows.add(row)
        budget.cells += len(cells)
        if max(cells) > MOST_COLUMNS:
            hint = "ta bort det som står till höger om den sista rubriken"
            raise _beyond(table, f"bladet {name} har fler än {MOST_COLUMNS} kolumner", hint)
        if budget.cells > MOST_CELLS:
            limit = f"{MOST_CELLS:,}".replace(",", " ")
            hint = "dela upp den i flera"
            raise _beyond(table, f"arbetsboken har fler än {limit} ifyllda celler", hint)
    return table


def _cells(shared: _Shared, row: Any) -> Iterator[tuple[int, Value]]:
    column = 0
    for cell in row:
        reference = cell.get("r")
        column = _column(reference) if reference else column + 1
        value = _value(shared, cell) if len(cell) else None
        if value is not None and column:
            yield column, value


def _value(shared: _Shared, cell: Any) -> Value | None:
    """Return what stands in a cell; nothing when it is empty."""
    stored: str | None = None
    formula = False
    inline = None
    for child in cell:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag == "v":
            stored = child.text
        elif tag == "f":
            formula = True
        elif tag == "is":
            inline = child
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(inline) or None if inline is not None else None
    if kind == "str":
        return _unescaped(stored) if stored else None
    if stored is None or not stored.strip():
        return _not_reckoned() if formula else None
    if kind == "s":
        index = int(stored) if stored.strip().isascii() and stored.strip().isdigit() and len(stored) < 10 else -1
        return (shared.texts[index] or None) if 0 <= index < len(shared.texts) else _unreadable()
    if kind == "b":
        return stored.strip() in ("1", "true")
    if kind == "e":
        return CellFault(
            f"cellen visar felet {stored.strip()[:20]}",
            "rätta formeln, eller skriv värdet i dess ställe",
        )
    if kind == "d":
        return stored.strip().removesuffix("T00:00:00")
    try:
        number = float(stored)
    except ValueError:
        return _unreadable()
    if number != number or number in (float("inf"), float("-inf")):
        return _unreadable()
    style = cell.get("s", "0")
    plain = style.isascii() and style.isdigit() and len(style) < 7
    return shared.formats.value(number, int(style) if plain else 0, reckoned=formula)


def _not_reckoned() -> CellFault:
    return CellFault(
        "cellen har en formel vars värde inte är sparat",
        "öppna arbetsboken i Excel och spara den, eller klistra in cellen som värde",
    )


def _unreadable() -> CellFault:
    return CellFault("cellen går inte att läsa", "skriv värdet i den på nytt och spara")


def _text(element: Any) -> str:
    """Return the text of a shared or inline string, its runs joined and what tells how to pronounce it left out."""
    parts = []
    for child in element:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts += [one.text or "" for one in child if isinstance(one.tag, str) and one.tag.endswith("}t")]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    # ECMA-376 part 1, 22.9.2.19 (ST_Xstring): a character that XML would lose is written _x000D_.
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n") if "\r" in plain else plain


@lru_cache(maxsize=65_536)
def _column(reference: str) -> int:
    """Return the number of the column of a cell; 0 for what is no reference."""
    found = _REFERENCE.fullmatch(reference)
    number = 0
    for letter in found[1] if found else "":
        number = number * 26 + ord(letter) - 64
    return number


def _add_hidden_columns(table: CellTable, element: Any) -> None:
    first, last = (element.get(name, "") for name in ("min", "max"))
    if element.get("hidden") in _TRUE and all(
        one.isascii() and one.isdigit() and len(one) < 7 for one in (first, last)
    ):
        table.hidden_columns.update(range(int(first), min(int(last), MOST_COLUMNS) + 1))


def _add_merged(table: CellTable, reference: str) -> None:
    first, _colon, last = reference.partition(":")
    cells = [_REFERENCE.fullmatch(one) for one in (first, last or first)]
    if cells[0] is None or cells[1] is None:
        return
    table.merged.append(MergedCells(int(cells[0][2]), _column(first), int(cells[1][2]), _column(last or first)))
    if len(table.merged) > _MOST_MERGED:
        hint = "dela upp dem: Start → Sammanfoga och centrera → Dela celler"
        raise _beyond(table, f"bladet {table.name} har för många sammanfogade celler", hint)


def _beyond(table: CellTable, message: str, hint: str) -> LoadError:
    return LoadError.one(message, hint, table.file)


def _quoted(name: str) -> str:
    """Return the name of a sheet as Excel writes it before a cell: in quotes unless it is a single word."""
    plain = re.fullmatch(r"[^\W\d]\w*", name)
    return name if plain else "'" + name.replace("'", "''") + "'"
