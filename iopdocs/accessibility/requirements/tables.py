"""Requirements on tables: a header row, rows that do not split across pages, no merged cells, a caption."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from iopdocs.accessibility.check_result import Requirement, RequirementFault
from iopdocs.accessibility.formatting import EffectiveFormatting, inside, properties_of
from iopdocs.accessibility.package import OpenedDocument, is_on, val, w
from iopdocs.accessibility.word_locations import numbered_tables


def _is_merged(cell: etree._Element) -> bool:
    own = properties_of(cell, "tcPr")
    return own is not None and (own.find(w("vMerge")) is not None or val(own.find(w("gridSpan"))) not in ("", "1"))


def _has_text(cell: etree._Element) -> bool:
    return any(
        node.tag == w("noBreakHyphen") or (node.text or "").strip() for node in cell.iter(w("t"), w("noBreakHyphen"))
    )


def _header(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for table in numbered_tables(package):
        place, rows = table.place, table.rows
        if rows and not is_on(rows[0].element.find(f"{w('trPr')}/{w('tblHeader')}")):
            yield RequirementFault(
                "tabellen har ingen rubrikrad – markera första raden, Tabellayout, Upprepa rubrikrader", place
            )


def _together(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for table in numbered_tables(package):
        if any(not is_on(row.element.find(f"{w('trPr')}/{w('cantSplit')}")) for row in table.rows):
            message = "rader kan delas mellan två sidor – stäng av ”Tillåt radbrytning över sidor”"
            yield RequirementFault(message, table.place)


def _simple(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for table in numbered_tables(package):
        place, rows = table.place, table.rows
        if inside(table.element, "tbl"):
            yield RequirementFault("tabellen ligger inuti en annan tabell – lägg dem efter varandra", place)
        if any(_is_merged(cell) for row in rows for cell in row.cells):
            yield RequirementFault("tabellen har sammanfogade celler – dela den eller upprepa värdet", place)
        texts = [[_has_text(cell) for cell in row.cells] for row in rows]
        if any(texts) and any(cells and not any(cells) for cells in texts):
            yield RequirementFault("tabellen har en tom rad – ta bort den", place)
        width = max(map(len, texts), default=0)
        filled = {column for cells in texts for column, has_text in enumerate(cells) if has_text}
        if len(rows) > 1 and len(filled) < width:
            yield RequirementFault("tabellen har en tom kolumn – ta bort den", place)


def _described(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for table in numbered_tables(package):
        properties = table.element.find(w("tblPr"))
        named = properties is not None and any(
            val(properties.find(w(tag))).strip() for tag in ("tblCaption", "tblDescription")
        )
        if not named:
            yield RequirementFault("tabellen har ingen titel – i Word: Tabellegenskaper, Alternativtext", table.place)


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
