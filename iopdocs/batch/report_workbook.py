"""The report of a batch as a workbook: the agreements, what they lack, and their problems. Text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from iopdocs.batch.agreement_standing import heading_of, name_of, standing
from iopdocs.batch.counts import BatchCounts, counts_of
from iopdocs.batch.outcome import AgreementOutcome, BatchReport, OutcomeState
from iopdocs.batch.report_links import link_to
from iopdocs.files.fingerprints import is_marked_archive
from iopdocs.json_objects import json_fields
from iopdocs.tables.workbook_writer import DARK, LIGHT, marked_workbook, new_workbook, put

_MARK = b"iopdocs batch "
_SHARE = "0%"
_NARROW, _MIDDLE, _WIDE = 13, 24, 46

Cell = Any
Column = tuple[str, int]


def write_workbook(report: BatchReport, path: Path) -> bytes:
    """Return *report* as a workbook whose links to the documents are relative to *path*.

    Raises:
        WriteError: when the package openpyxl is missing.
    """
    book, page = new_workbook("Batchrapport", "Avtal")
    kinds = tuple(dict.fromkeys(file.kind for outcome in report.outcomes for file in outcome.written))
    _fill(page, _agreement_columns(report, kinds), (_agreement(report, outcome, kinds) for outcome in report.outcomes))
    _link(page, report, path, kinds)
    _fill(book.create_sheet("Saknas"), _LACKING, _lacking(report), wrap=False)
    _fill(book.create_sheet("Problem"), _PROBLEM, _problems(report))
    _fill(book.create_sheet("Kvarlämnade"), _LEFT, _left_behind(report))
    _fill(book.create_sheet("Antal"), _COUNTED, _counts(report))
    return marked_workbook(book, _MARK)


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is a workbook made by :func:`write_workbook` and not saved since."""
    return is_marked_archive(data, _MARK)


_LACKING: tuple[Column, ...] = (
    ("Avtal", _MIDDLE), ("Titel", _WIDE), ("Vad som saknas", _WIDE), ("Avsnitt", _MIDDLE),
    ("Profil", _NARROW), ("Kod", _NARROW),
)  # fmt: skip
_PROBLEM: tuple[Column, ...] = (
    ("Avtal", _MIDDLE), ("Problem", _WIDE), ("Vad som skulle vara rätt", _WIDE), ("Fil", _MIDDLE),
    ("Plats", _NARROW), ("Uppgift", _MIDDLE),
)  # fmt: skip

_LEFT: tuple[Column, ...] = (
    ("Dokument", _WIDE), ("Avtal", _MIDDLE), ("Varför", _WIDE), ("Redigerat", _NARROW), ("Flyttat till", _WIDE),
)  # fmt: skip
_COUNTED: tuple[Column, ...] = (("Vad", _MIDDLE), ("Antal", _NARROW), ("Betyder", 2 * _WIDE))


def _agreement_columns(report: BatchReport, kinds: Sequence[str]) -> list[Column]:
    columns = [
        ("Avtal", _MIDDLE), ("Titel", _WIDE), ("Läge", _NARROW), ("Status", _NARROW),
        ("Idéburna parter", _WIDE), ("Offentliga parter", _MIDDLE), ("Andra parter", _MIDDLE),
        ("Diarienummer", _MIDDLE), ("Huvudområde", _MIDDLE), ("Start", _NARROW), ("Slut", _NARROW),
        ("Tills vidare", _NARROW), ("Sista dag för uppsägning", _NARROW),
        ("Sista dag för förhandling", _NARROW), ("Nästa uppföljning", _NARROW), ("Fel", _NARROW),
        ("Varningar", _NARROW), ("Råd", _NARROW),
    ]  # fmt: skip
    for profile in report.profiles:
        columns.append((f"Uppfyller {profile}", _NARROW))
        columns.append((f"Punkter som saknas i {profile}", _NARROW))
    columns.append((f"Betalas {report.day.year}", _NARROW + 2))
    columns.append(("Betalas totalt", _NARROW + 2))
    columns.extend((kind.upper(), _MIDDLE) for kind in kinds)
    return [*columns, ("Står i", _MIDDLE)]


def _agreement(report: BatchReport, outcome: AgreementOutcome, kinds: Sequence[str]) -> list[Cell]:
    row, levels = outcome.row, outcome.levels
    cells: list[Cell] = [outcome.id, name_of(outcome), standing(outcome).value]
    if row is None:
        cells += [None] * 12
    else:
        cells += [
            row.status, ", ".join(row.civil), ", ".join(row.public), ", ".join(row.others), ", ".join(row.case_numbers),
            row.area, row.start, row.end, "ja" if row.until_further_notice else None, row.notice_last,
            row.negotiate_last, row.follow_up,
        ]  # fmt: skip
    cells += [levels.get(level, 0) if row else None for level in ("fel", "varning", "råd")]
    for profile in report.profiles:
        mine = [tally for tally in outcome.tallies if tally.profile == profile]
        total, met = sum(tally.total for tally in mine), sum(tally.met for tally in mine)
        cells += [_Share(met, total) if total else None, total - met if total else None]
    paid = row.paid if row else ()
    cells.append(sum((each.amount for each in paid if each.year == report.day.year), Decimal(0)) if row else None)
    cells.append(sum((each.amount for each in paid), Decimal(0)) if row else None)
    files = {file.kind: file for file in outcome.written}
    for kind in kinds:
        file = files.get(kind)
        cells.append(None if file is None else file.state.value if file.state is OutcomeState.FAILED else file.name)
    return [*cells, outcome.place]


class _Share(float):
    """A share of a whole, between 0 and 1."""

    def __new__(cls, part: int, whole: int) -> _Share:
        return super().__new__(cls, part / whole)


def _lacking(report: BatchReport) -> Iterable[list[Cell]]:
    for outcome in report.outcomes:
        for lack in outcome.lacking:
            yield [outcome.id, name_of(outcome), lack.title, heading_of(report, lack.section), lack.profile, lack.code]


def _problems(report: BatchReport) -> Iterable[list[Cell]]:
    if report.interrupted:
        yield ["", "Körningen avbröts, så alla avtal är inte med.", "Kör samma kommando igen.", "", "", ""]
    for id, problem in [
        *(("", problem) for problem in (*report.problems, *report.unmoved)),
        *((outcome.id, problem) for outcome in report.outcomes for problem in outcome.problems),
    ]:
        place = problem.position
        where = (place.name or f"{place.line}:{place.column}") if place else ""
        yield [id, problem.full_message, problem.hint, problem.file, where, problem.path]


def _left_behind(report: BatchReport) -> Iterable[list[Cell]]:
    for one in report.left_behind:
        yield [one.name, one.id, one.reason.value, "ja" if one.edited else None, one.moved_to]


def _counts(report: BatchReport) -> Iterable[list[Cell]]:
    counts = counts_of(report)
    for key in json_fields(BatchCounts):
        yield [key.name.replace("_", " ").capitalize(), key.value(counts), key.help]


def _fill(page: Any, columns: Sequence[Column], rows: Iterable[list[Cell]], *, wrap: bool = True) -> None:
    """Write *rows* under the headings of *columns*; without *wrap*, which takes time, in long lists."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head = PatternFill("solid", fgColor=DARK)
    top = Alignment(vertical="top", wrap_text=True)
    for number, (heading, width) in enumerate(columns, 1):
        cell = page.cell(1, number)
        _set(cell, heading)
        cell.font = Font(bold=True, color=LIGHT)
        cell.fill = head
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        page.column_dimensions[get_column_letter(number)].width = width
    page.row_dimensions[1].height = 48
    last = 1
    for last, row in enumerate(rows, 2):
        for number, value in enumerate(row, 1):
            if value is not None and value != "":
                cell = page.cell(last, number)
                _set(cell, value)
                if wrap:
                    cell.alignment = top
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    page.print_title_rows = "1:1"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.oddFooter.left.text = "&A"
    page.oddFooter.right.text = "Sida &P av &N"


def _set(cell: Any, value: Cell) -> None:
    """Put *value* in *cell*: a share in per cent, anything else as in all workbooks of iopdocs."""
    if isinstance(value, _Share):
        cell.value = float(value)
        cell.number_format = _SHARE
    else:
        put(cell, value, ' "kr"')


def _link(page: Any, report: BatchReport, path: Path, kinds: Sequence[str]) -> None:
    """Link the names of the documents to the files."""
    from openpyxl.styles import Font

    first = len(_agreement_columns(report, kinds)) - len(kinds)
    for row, outcome in enumerate(report.outcomes, 2):
        for file in outcome.written:
            href = link_to(report, file, path)
            if href:
                cell = page.cell(row, first + kinds.index(file.kind))
                quoted = cell.quotePrefix
                cell.hyperlink = href
                cell.font = Font(color="0B4F8A", underline="single")
                cell.quotePrefix = quoted
