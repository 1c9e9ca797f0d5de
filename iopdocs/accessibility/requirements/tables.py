"""Requirements on tables: a header row, rows that do not split across pages, no merged cells, a caption."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from iopdocs.accessibility.check_result import Requirement, RequirementFault
from iopdocs.accessibility.formatting import EffectiveFormatting, inside, text_of
from iopdocs.accessibility.package import OpenedDocument, is_on, val, w
from iopdocs.accessibility.word_locations import numbered_tables


def _rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows of *table*, including those inside content controls but not those of nested tables."""
    return [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl")), None) is table]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr")), None) is row]


def _header(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for place, table in numbered_tables(package):
        rows = _rows(table)
        if rows and not is_on(rows[0].find(f"{w('trPr')}/{w('tblHeader')}")):
            yield RequirementFault(
                "tabellen har ingen rubrikrad – markera första raden, Tabellayout, Upprepa rubrikrader", place
            )


def _together(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for place, table in numbered_tables(package):
        if any(not is_on(row.find(f"{w('trPr')}/{w('cantSplit')}")) for row in _rows(table)):
            yield RequirementFault("rader kan delas mellan två sidor – stäng av ”Tillåt radbrytning över sidor”", place)


def _simple(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for place, table in numbered_tables(package):
        if inside(table, "tbl"):
            yield RequirementFault("tabellen ligger inuti en annan tabell – lägg dem efter varandra", place)
        rows = _rows(table)
        merged = any(
            next(row.iter(w("vMerge")), None) is not None
            or any(val(span) not in ("", "1") for span in row.iter(w("gridSpan")))
            for row in rows
        )
        if merged:
            yield RequirementFault("tabellen har sammanfogade celler – dela den eller upprepa värdet", place)
        texts = [[text_of(cell).strip() for cell in _cells(row)] for row in rows]
        if any(texts) and any(cells and not any(cells) for cells in texts):
            yield RequirementFault("tabellen har en tom rad – ta bort den", place)
        width = max(map(len, texts), default=0)
        if len(rows) > 1 and any(not any(len(cells) > n and cells[n] for cells in texts) for n in range(width)):
            yield RequirementFault("tabellen har en tom kolumn – ta bort den", place)


def _described(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for place, table in numbered_tables(package):
        properties = table.find(w("tblPr"))
        named = properties is not None and any(
            val(properties.find(w(tag))).strip() for tag in ("tblCaption", "tblDescription")
        )
        if not named:
            yield RequirementFault("tabellen har ingen titel – i Word: Tabellegenskaper, Alternativtext", place)


TABLES: tuple[Requirement, ...] = (
    Requirement(
        7, "Rubrikrad i tabeller", "Varje tabell har en rubrikrad som är märkt.",
        "EN 301 549 10.1.3.1, WCAG 1.3.1", _header,
    ),
    Requirement(8, "Hela rader", "En tabellrad delas inte mellan två sidor.", "god sed", _together, advice=True),
    Requirement(
        9, "Enkla tabeller", "Tabeller har inga sammanfogade celler, tomma rader eller tabeller i sig.",
        "EN 301 549 10.1.3.1 och 10.1.3.2, WCAG 1.3.1 och 1.3.2", _simple,
    ),
    Requirement(
        10, "Tabellens titel", "Varje tabell har en titel eller beskrivning för skärmläsare.",
        "EN 301 549 10.1.1.1, WCAG 1.1.1", _described, advice=True,
    ),
)  # fmt: skip
