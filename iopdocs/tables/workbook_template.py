"""Write the workbook template: a sheet for agreements and one for each list, generated from the dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from iopdocs.files.fingerprints import timeless
from iopdocs.files.generated_files import no_openpyxl
from iopdocs.files.value_readers import read_value
from iopdocs.model.fields import PartyRef
from iopdocs.tables.workbook_layout import EXAMPLE, ID, LISTS, READ_ME, LayoutColumn, Sheet, layout, naming_fields
from iopdocs.tables.workbook_writer import saved
from iopdocs.values.counts import Hours
from iopdocs.values.money import Money
from iopdocs.values.text import RichText, Year

LAST_ROW = 10_000
"""The last row with drop-down lists."""

_FONT = "Calibri"
_OWNER, _DARK, _DARKER, _LINE, _SHADE = "7A3E00", "1F4E79", "274B3B", "BFBFBF", "FFF4D6"
_GREY = "595959"
_NARROW, _MIDDLE, _WIDE = 16, 24, 46
_YES_NO = "ja_nej"
_MOST_ON_A_PAGE = 14


def template() -> bytes:
    """Return the workbook as a file, with the same bytes every time.

    Raises:
        WriteError: when the package openpyxl is missing, or as :func:`~iopdocs.tables.workbook_writer.saved`.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise no_openpyxl() from None
    book = Workbook()
    book.properties.title = "Avtal om idéburet offentligt partnerskap"
    book.properties.creator = "iopdocs"
    book.properties.language = "sv-SE"
    book.properties.created = datetime(2020, 1, 1)
    first = book.active
    assert first is not None
    _write_read_me(first)
    names = _write_lists(book)
    for number, sheet in enumerate(layout(), 1):
        _write_sheet(book.create_sheet(sheet.title, number), sheet, names)
    return timeless(saved(book))


def _write_read_me(page: Any) -> None:
    from openpyxl.styles import Alignment, Font

    page.title = READ_ME
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width = 30
    page.column_dimensions["B"].width = 90
    page["A1"] = "Avtal om idéburet offentligt partnerskap"
    page["A1"].font = Font(name=_FONT, size=18, bold=True, color=_DARK)
    wrap = Alignment(wrap_text=True, vertical="top")
    row = 3
    for start, text in _lines():
        page.cell(row, 1, start).font = Font(name=_FONT, size=12, bold=True)
        page.cell(row, 2, text).font = Font(name=_FONT, size=12)
        page.cell(row, 1).alignment = page.cell(row, 2).alignment = wrap
        page.row_dimensions[row].height = 16.5 * (1 + len(text) // 96)
        row += 1
    row += 1
    page.cell(row, 1, "Bladen").font = Font(name=_FONT, size=14, bold=True, color=_DARK)
    for sheet in layout():
        row += 1
        cell = page.cell(row, 1, sheet.title)
        cell.hyperlink = f"#'{sheet.title}'!A1"
        cell.font = Font(name=_FONT, size=12, color="0563C1", underline="single")
        page.cell(row, 2, sheet.help).font = Font(name=_FONT, size=12)
        cell.alignment = page.cell(row, 2).alignment = wrap
        page.row_dimensions[row].height = 16.5 * (1 + len(sheet.help) // 96)
    _set_print(page, landscape=True)


def _lines() -> tuple[tuple[str, str], ...]:
    """Return the lines of the first sheet: the start of each line, and the rest of it."""
    return (
        ("1. Ge avtalet ett namn", "Skriv ett avtal på varje rad på bladet Avtal. Hitta på ett kort namn i första kolumnen, till exempel A1."),
        ("2. Fyll i det du vet", "Alla uppgifter är frivilliga. Det som lämnas tomt blir en lucka i utkastet, och granskningen säger till."),
        ("3. Fortsätt på de andra", "Parter, insatser, resurser och annat som kan vara flera har egna blad. Skriv avtalets namn först på varje rad."),
        ("Exempelrader", "Rader med namnet EXEMPEL visar hur det kan se ut. De läses aldrig och kan tas bort."),
        ("Hjälp", "Markera en rubrik eller en cell, så visas vad som hör hemma där. Pilen i cellen visar orden att välja bland."),
        ("Flera i samma cell", "Skriv en sak på varje rad i cellen. Ny rad: Alt + Enter (på Mac: Ctrl + Alternativ + Retur)."),
        ("Datum och pengar", "Datum: 2027-01-31. Belopp i kronor: 900000. Tidslängder i ord: 6 månader."),
        ("Parter", "Skriv parterna med sitt korta namn överallt (till exempel kommunen), eller ”alla parter”."),
        ("Egna anteckningar", "Börja rubriken eller bladets namn med #. Då läses det inte. Kolumner får flyttas och tas bort."),
        ("När du är klar", "Spara och stäng arbetsboken. Gör dokumenten: iopdocs batch avtal.xlsx -o ut/"),
    )  # fmt: skip


def _write_lists(book: Any) -> Mapping[Any, str]:
    """Write every list of words to a hidden sheet, and return the defined name of each for drop-down lists."""
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName

    page = book.create_sheet(LISTS)
    page.sheet_state = "hidden"
    lists: dict[Any, tuple[str, ...]] = {bool: ("ja", "nej")}
    for sheet in layout():
        for column in sheet.columns:
            if column.choices:
                lists[column.choices] = column.choices
            elif column.field is not None and _is_words(column.field.type):
                lists[column.field.type] = tuple(str(member.value) for member in column.field.type)
    names = {}
    for number, (kind, words) in enumerate(lists.items(), 1):
        name = _YES_NO if kind is bool else f"lista_{number}"
        names[kind] = name
        letter = get_column_letter(number)
        for row, word in enumerate((name, *words), 1):
            page.cell(row, number, word)
        area = f"'{LISTS}'!${letter}$2:${letter}${len(words) + 1}"
        book.defined_names[name] = DefinedName(name, attr_text=area)
    return names


def _write_sheet(page: Any, sheet: Sheet, lists: Mapping[Any, str]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color=_LINE)
    colour, section = _DARK, ""
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        if sheet.is_main and column.path and column.path[0] != section and len(column.path) > 1:
            # Adjacent sections differ in colour, to make a hundred columns readable.
            colour, section = (_DARKER if colour == _DARK else _DARK), column.path[0]
        head = page.cell(1, number, column.heading)
        head.font = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor=_OWNER if column.field is None else colour)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.border = Border(right=Side(style="thin", color="FFFFFF"))
        example = _example(sheet, column)
        cell = page.cell(2, number, example)
        cell.number_format = _format(column)
        cell.font = Font(name=_FONT, size=11, italic=True, color=_GREY)
        cell.fill = PatternFill("solid", fgColor=_SHADE)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=line)
        whole = page.column_dimensions[letter]
        whole.width = _width(column)
        whole.number_format = _format(column)
        whole.alignment = Alignment(wrap_text=True, vertical="top")
        whole.font = Font(name=_FONT, size=11)
        _write_help(page, sheet, column, letter, lists)
    last = get_column_letter(len(sheet.columns))
    page.row_dimensions[1].height = 48
    page.row_dimensions[2].height = 15.5 * max(_lines_in(sheet, column) for column in sheet.columns)
    page.freeze_panes = f"{get_column_letter(sheet.owners + 1)}2"
    page.auto_filter.ref = f"A1:{last}2"
    page.print_title_rows = "1:1"
    page.print_title_cols = "A:A"
    page.sheet_properties.tabColor = _OWNER if sheet.is_main else _DARK
    _set_print(page, landscape=True, fit=len(sheet.columns) <= _MOST_ON_A_PAGE)


def _set_print(page: Any, *, landscape: bool, fit: bool = True) -> None:
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    if fit:
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.oddFooter.left.text = "&A"
    page.oddFooter.right.text = "Sida &P av &N"


def _write_help(page: Any, sheet: Sheet, column: LayoutColumn, letter: str, lists: Mapping[Any, str]) -> None:
    """Add to a column its help, shown when the heading or a cell is selected, and its drop-down list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    prompt: dict[str, Any] = {
        "promptTitle": column.heading[:32],
        "prompt": _help(column),
        "showInputMessage": True,
        "allowBlank": True,
    }
    heading = DataValidation(**prompt)
    heading.add(f"{letter}1")
    page.add_data_validation(heading)
    source = _source(sheet, column, lists)
    cells = DataValidation(type="list", formula1=source, **prompt) if source else DataValidation(**prompt)
    if source:
        cells.showErrorMessage = True
        cells.errorTitle = column.heading[:32]
        cells.error = "Välj ett av orden i listan." if column.field else f"Det står inte på bladet {ID}."
        cells.errorStyle = "stop" if column.field else "warning"
    cells.add(f"{letter}2:{letter}{LAST_ROW}")
    page.add_data_validation(cells)


def _source(sheet: Sheet, column: LayoutColumn, lists: Mapping[Any, str]) -> str | None:
    """Return the source of a column's drop-down list, or ``None``."""
    if column.choices:
        return lists[column.choices]
    if column.field is not None:
        many = column.field.many
        return lists.get(column.field.type) if not many else None
    return f"'{ID}'!$A$2:$A${LAST_ROW}" if column.parent is None and not sheet.is_main else None


def _help(column: LayoutColumn) -> str:
    parts = [column.help]
    field = column.field
    if field is not None and field.many:
        if _is_words(field.type):
            parts.append(
                "Ord att välja bland: {words}.".format(words=", ".join(str(word.value) for word in field.type))
            )
        parts.append("En på varje rad i cellen.")
    elif field is not None and field.type is PartyRef:
        parts.append("Skriv partens korta namn eller namn.")
    elif field is not None and field.entry.example and not _is_words(field.type) and field.type is not bool:
        parts.append(f"Exempel: {field.entry.example}")
    text = " ".join(parts)
    return text if len(text) <= 255 else text[:254] + "…"


def _is_words(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _width(column: LayoutColumn) -> int:
    kind = column.field.type if column.field else str
    if column.field is None or kind in (date, bool, int, Hours, Year, Decimal, Money):
        return _NARROW if column.parent is None and not column.choices else _MIDDLE
    if kind is RichText or column.field.many or len(column.field.entry.example) > 40:
        return _WIDE
    return _MIDDLE if column.field.entry.example or _is_words(kind) else _WIDE


def _format(column: LayoutColumn) -> str:
    """Return the format of a column. Text columns have the text format, so that Excel does not convert dates or numbers."""
    kind = column.field.type if column.field and not column.field.many else str
    if kind is date:
        return "yyyy\\-mm\\-dd"
    if kind is Money:
        return '#,##0 "kr"'
    return {int: "#,##0", Hours: "#,##0", Year: "0", Decimal: "General"}.get(kind, "@")


def _example(sheet: Sheet, column: LayoutColumn) -> Any:
    """Return the value of a column in the example row, as a cell value; ``None`` without an example parent record."""
    needed = {parent for place in sheet.places for parent in place.parents}.intersection(
        *(place.parents for place in sheet.places)
    )
    names = {parent: naming_fields(parent)[-1].entry.example for parent in needed}
    if not all(names.values()):
        return None
    if column.field is None:
        if column.parent is not None:
            return names.get(column.parent)
        return column.choices[0] if column.choices else EXAMPLE
    example = column.field.entry.example
    if not example:
        return None
    if column.field.many:
        return "\n".join(item.strip() for item in example.strip("[]").split(","))
    value = read_value(example, column.field.type)
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return value if isinstance(value, date | int | Decimal) else example


def _lines_in(sheet: Sheet, column: LayoutColumn) -> int:
    text = str(_example(sheet, column) or "")
    return sum(1 + int(len(line) * 1.15) // _width(column) for line in text.split("\n"))
