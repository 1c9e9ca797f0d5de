"""Report what a Word template gives an agreement: styles, page, header and footer, and what is left out.

Styles and lists are found by the same functions that the writer uses, so that the report and the document agree.
"""

from __future__ import annotations

from typing import Any

import attrs
from attrs import frozen
from lxml import etree

from iopdocs.authoring.word_template_parts import HeaderReport, header_report, left_out
from iopdocs.errors import LibraryError
from iopdocs.findings import Explained, Finding, Level
from iopdocs.writers.docx.namespaces import RELATIONSHIP_TYPES, W, parse, value_of, w
from iopdocs.writers.docx.numbering import NumberedList
from iopdocs.writers.docx.page_section import headers_of, margin, page_size, section_of, text_width
from iopdocs.writers.docx.prepared_template import complete_lists, complete_styles
from iopdocs.writers.docx.reference_document import lent_template, our_styles, reference_of
from iopdocs.writers.docx.styles import HEADINGS, StyleRole, find_styles, locate_styles
from iopdocs.writers.docx.template_opening import BROKEN, broken, open_template

_LANGUAGE = "sv-SE"
_A4 = (210, 297)
# A page that is within this of A4 is A4: Word rounds (ISO 216 allows 2 mm).
_TOLERANCE = 2
_NARROWEST = 100
_TWIPS_PER_MM = 1440 / 25.4

REMARKS = (
    Explained("M101", "inga-rubriker", Level.ERROR, "Mallen har ingen stil för rubriker."),
    Explained("M102", "få-rubriker", Level.ADVICE, "Mallen saknar stil för någon av rubrikernas tre första nivåer."),
    Explained("M103", "inte-a4", Level.ERROR, "Sidan är inte A4."),
    Explained("M104", "liggande", Level.ADVICE, "Sidan är liggande."),
    Explained("M105", "smal-text", Level.ERROR, f"Texten är smalare än {_NARROWEST} mm."),
    Explained("M106", "bild-utan-text", Level.ERROR, "En bild i sidhuvud eller sidfot saknar alternativtext."),
    Explained("M107", "bild-flyter", Level.ADVICE, "En bild i sidhuvud eller sidfot flyter fritt."),
    Explained("M108", "sidnummer", Level.ADVICE, "Sidorna är inte numrerade."),
    Explained("M109", "fält", Level.ADVICE, "Ett fält visar något som inte står i avtalet, eller ändras."),
    Explained("M110", "uppgift-visas-inte", Level.ADVICE, "Sidhuvud och sidfot visar inte diarienummer eller status."),
    Explained("M111", "aktivt-innehåll", Level.ERROR, "Mallen innehåller något som kan köra, hämta eller öppna något."),
)
"""What a template is checked against; a finding of level fel means that agreements made with it are unusable."""
(
    NO_HEADINGS, FEW_HEADINGS, NOT_A4, LANDSCAPE, NARROW, NO_ALTERNATIVE, FLOATING, UNNUMBERED, FIELDS, NOT_SHOWN, ACTIVE,
) = REMARKS  # fmt: skip

_LABELS = {
    StyleRole.TITLE: "Avtalets titel",
    StyleRole.SUBTITLE: "Underrubrik på första sidan",
    StyleRole.HEADING_1: "Rubrik 1",
    StyleRole.HEADING_2: "Rubrik 2",
    StyleRole.HEADING_3: "Rubrik 3",
    StyleRole.HEADING_4: "Rubrik 4",
    StyleRole.APPENDIX: "Bilagans rubrik",
    StyleRole.BODY: "Brödtext",
    StyleRole.BULLET: "Punktlista",
    StyleRole.NUMBER: "Numrerad lista",
    StyleRole.CONTINUE: "Stycke inne i en lista",
    StyleRole.CAPTION: "Tabellens rubrik",
    StyleRole.CONTENTS_HEADING: "Innehållsförteckningens rubrik",
    StyleRole.CONTENTS: "Rad i innehållsförteckningen",
    StyleRole.NOTE: "Anmärkning",
    StyleRole.STATUS: "Dokumentets status",
    StyleRole.OPEN: "Ruta för det som fattas",
    StyleRole.SIGNATURE: "Rad för underskrift",
    StyleRole.TABLE_HEADING: "Tabellens rubrikrad",
    StyleRole.TABLE_TEXT: "Text i tabell",
    StyleRole.TABLE_SUM: "Summa i tabell",
    StyleRole.TABLE: "Tabell",
    StyleRole.LINK: "Länk",
    StyleRole.PLACEHOLDER: "Uppgift som fattas",
    StyleRole.SIGNATURE_VALUE: "Linje för underskrift",
    StyleRole.SIGNATURE_LABEL: "Text under linjen",
}


@frozen
class StyleReport:
    """The style for one role: *found* is how it was found, empty where the template has none.

    *style* and *identifier* are those of the template; *used* is the name of the style in the document, *shown* the
    same as a Swedish Word shows it, and *added* whether it is one that iopdocs brings.
    """

    role: str
    found: str
    style: str
    identifier: str
    used: str
    shown: str
    added: bool


@frozen
class PageReport:
    """The page, in whole millimetres; *margins* are top, right, bottom, left."""

    width: int
    height: int
    is_a4: bool
    margins: tuple[int, int, int, int]
    text_width: int


@frozen
class TemplateReport:
    """The full report on the template *file*."""

    file: str
    styles: tuple[StyleReport, ...]
    numbering: str
    page: PageReport
    language: str
    headers: tuple[HeaderReport, ...]
    left_out: tuple[str, ...]
    remarks: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing important is wrong."""
        return not any(remark.level is Level.ERROR for remark in self.remarks)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data with Swedish keys."""
        page = self.page
        return {
            "fil": self.file,
            "går_att_använda": self.usable,
            "stilar": [
                {
                    "roll": one.role,
                    "finns": bool(one.found),
                    "hittad_genom": one.found,
                    "stil": one.style,
                    "id": one.identifier,
                    "används": one.used,
                    "läggs_till": one.added,
                }
                for one in self.styles
            ],
            "numrering": self.numbering,
            "sida": {
                "bredd_mm": page.width,
                "höjd_mm": page.height,
                "a4": page.is_a4,
                "marginaler_mm": dict(zip(("överst", "höger", "nederst", "vänster"), page.margins, strict=True)),
                "textbredd_mm": page.text_width,
            },
            "språk": self.language,
            "sidhuvuden_och_sidfötter": [_header_data(one) for one in self.headers],
            "följer_inte_med": list(self.left_out),
            "anmärkningar": [
                {"kod": one.code, "viktig": one.level is Level.ERROR, "meddelande": one.message, "gör_så": one.hint}
                for one in self.remarks
            ],
        }


def _header_data(header: HeaderReport) -> dict[str, Any]:
    return {
        "slag": header.kind,
        "sidor": header.pages,
        "text": header.text,
        "fylls_i": list(header.filled),
        "andra_fält_att_fylla_i": list(header.other_controls),
        "fält": list(header.fields),
        "bilder": [
            {
                "namn": picture.name,
                "alternativtext": picture.text,
                "dekorativ": picture.decorative,
                "flyter": picture.floats,
            }
            for picture in header.pictures
        ],
    }


def report_on(data: bytes, file: str) -> TemplateReport:
    """Return what the Word template in *data* gives; *file* is its name in messages.

    Raises:
        LibraryError: when it cannot be used as a template at all.
    """
    main = open_template(data, file)
    try:
        reference_of(data, _LANGUAGE)
        return _reported(main, open_template(lent_template(data, file).data, file), data, file)
    except (LibraryError, *BROKEN) as error:
        raise broken(file) from error


def _reported(main: Any, lent: Any, data: bytes, file: str) -> TemplateReport:
    """Return the report on the template *main*, of which documents get *lent*."""
    section = section_of(parse(lent.blob).find(w("body")), lent.rels)
    parts = {rel.reltype: rel.target_part for rel in lent.rels.values()}
    styles_part = parts.get(RELATIONSHIP_TYPES + "styles")
    styles = parse(f'<w:styles xmlns:w="{W}"/>'.encode() if styles_part is None else styles_part.blob)
    numbering_part = parts.get(RELATIONSHIP_TYPES + "numbering")
    numbering = parse(f'<w:numbering xmlns:w="{W}"/>'.encode() if numbering_part is None else numbering_part.blob)
    language = value_of(styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"))
    references = headers_of(section)
    alone = section.find(w("titlePg")) is None and {pages for _kind, pages in references.values()} == {"default"}
    headers = tuple(
        header_report(lent.rels[identifier].target_part.blob, kind, "all" if alone else pages)
        for identifier, (kind, pages) in references.items()
    )
    style_reports = _style_reports(styles)
    page = _page(section)
    return TemplateReport(
        file=file,
        styles=style_reports,
        numbering=_numbering(styles, numbering),
        page=page,
        language=language,
        headers=headers,
        left_out=left_out(main, parse(main.blob).find(w("body")), section),
        remarks=tuple(
            attrs.evolve(remark, file=file)
            for remark in (
                *active_content(data, file),
                *_style_remarks(style_reports),
                *_page_remarks(page),
                *_header_remarks(headers),
            )
        ),
    )


def _style_reports(styles: etree._Element) -> tuple[StyleReport, ...]:
    located = locate_styles(styles)
    after = parse(etree.tostring(styles))
    final = complete_styles(after, our_styles())
    names = {style.get(w("styleId")): value_of(style.find(w("name"))) for style in after.findall(w("style"))}
    default = next(
        (
            value_of(style.find(w("name")))
            for style in styles.findall(w("style"))
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")
        ),
        "Normal",
    )
    reports = []
    for role in StyleRole:
        one = located.get(role)
        added = one is None and role in final
        used = one.name if one is not None else names.get(final[role], "") if added else default
        found, name, identifier = ("", "", "") if one is None else (one.how.value, one.name, one.identifier)
        reports.append(StyleReport(_LABELS[role], found, name, identifier, used, _in_swedish(role, used), added))
    return tuple(reports)


def _in_swedish(role: StyleRole, name: str) -> str:
    """Return what a Swedish Word calls the style: built-in ones are stored under English names."""
    return role.value[1] if len(role.value) > 1 and name.casefold() == role.value[0].casefold() else name


def _numbering(styles: etree._Element, numbering: etree._Element) -> str:
    """Return how headings are numbered, as the writer decides it."""
    styles, numbering = parse(etree.tostring(styles)), parse(etree.tostring(numbering))
    before = find_styles(styles)
    had = next(
        (
            style.find(f"{w('pPr')}/{w('numPr')}") is not None
            for style in styles.findall(w("style"))
            if style.get(w("styleId")) == before.get(StyleRole.HEADING_1)
        ),
        False,
    )
    known = {str(one.get(w("numId"))) for one in numbering.findall(w("num"))}
    lists = complete_lists(styles, numbering, complete_styles(styles, our_styles()))
    if str(lists.numbers[NumberedList.HEADINGS]) in known:
        return "Mallens egen numrering av rubriker används: 1, 1.1, 1.1.1."
    if had:
        return "Mallens numrering av rubriker räknar på ett annat sätt och ersätts av 1, 1.1, 1.1.1."
    return "Mallen numrerar inte rubriker; iopdocs lägger till 1, 1.1, 1.1.1."


def _page(section: etree._Element) -> PageReport:
    width, height = (_mm(length) for length in page_size(section))
    short, long = sorted((width, height))
    is_a4 = abs(short - _A4[0]) <= _TOLERANCE and abs(long - _A4[1]) <= _TOLERANCE
    top, right, bottom, left = (_mm(abs(margin(section, side))) for side in ("top", "right", "bottom", "left"))
    return PageReport(width, height, is_a4, (top, right, bottom, left), _mm(text_width(section)))


def _mm(twips: int) -> int:
    return round(twips / _TWIPS_PER_MM)


def _style_remarks(styles: tuple[StyleReport, ...]) -> list[Finding]:
    missing = [one.role for one in styles if not one.found]
    headings = [_LABELS[role] for role in HEADINGS]
    if headings[0] in missing:
        return [
            NO_HEADINGS.finding(
                "Mallen har ingen stil för rubriker: avtalet får iopdocs rubriker, inte mallens.",
                "Ge rubrikerna i mallen Words egna stilar Rubrik 1, Rubrik 2 och Rubrik 3.",
            )
        ]
    lacking = [heading for heading in headings[:3] if heading in missing]
    if lacking:
        what = "Mallen har ingen stil för {styles}.".format(styles=", ".join(lacking))
        return [FEW_HEADINGS.finding(what, "Använd stilen en gång i mallen, så sparas den där.")]
    return []


def _page_remarks(page: PageReport) -> list[Finding]:
    remarks = []
    if not page.is_a4:
        what = f"Sidan är inte A4 utan {page.width} × {page.height} mm."
        remarks.append(NOT_A4.finding(what, "Välj A4 i Word: Layout, Storlek."))
    elif page.width > page.height:
        remarks.append(LANDSCAPE.finding("Sidan är liggande.", "Ett avtal läses lättare på en stående sida."))
    if page.text_width < _NARROWEST:
        what = f"Texten är {page.text_width} mm bred, och tabellerna får inte plats."
        hint = f"Minska marginalerna så att texten blir minst {_NARROWEST} mm bred."
        remarks.append(NARROW.finding(what, hint))
    return remarks


def active_content(data: bytes, file: str, kind: Explained = ACTIVE) -> list[Finding]:
    """Return what the template *data* contains that could run, fetch or open something, each once, as *kind*.

    Raises:
        LibraryError: when it cannot be used as a template at all.
    """
    places: dict[str, list[str]] = {}
    for refusal in lent_template(data, file).refused:
        places.setdefault(refusal.what, []).append(refusal.part)
    hint = "Ta bort det ur mallen. Avtalen får det inte, men en mall ska inte kunna köra, hämta eller öppna något."
    return [
        kind.finding(f"Mallen innehåller {what} ({', '.join(dict.fromkeys(parts))}).", hint, file=file)
        for what, parts in places.items()
    ]


def _header_remarks(headers: tuple[HeaderReport, ...]) -> list[Finding]:
    remarks = []
    for picture in (picture for header in headers for picture in header.pictures):
        named = f"Bilden {picture.name}" if picture.name else "En bild"
        if not picture.decorative and not picture.text:
            hint = "Högerklicka på bilden i Word, välj Redigera alternativtext och skriv vad den visar."
            remarks.append(NO_ALTERNATIVE.finding(f"{named} saknar alternativtext.", hint))
        if picture.floats:
            hint = "Välj ”I nivå med text” för bilden, så att den läses på rätt ställe."
            remarks.append(FLOATING.finding(f"{named} flyter fritt.", hint))
    fields = {field.split()[0] for header in headers for field in header.fields if field.split()}
    if "PAGE" not in fields:
        remarks.append(UNNUMBERED.finding("Sidorna är inte numrerade.", "Infoga sidnummer i sidfoten."))
    for name in sorted(fields & {"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "FILENAME", "DOCPROPERTY"}):
        what = "Fältet {field} visar något som inte står i avtalet, eller ändras när filen öppnas."
        hint = "Ta bort det, eller skriv [titel], [diarienummer] eller [status] i stället."
        remarks.append(FIELDS.finding(what.format(field=name), hint))
    filled = {field for header in headers for field in header.filled}
    for name, what in (("diarienummer", "diarienumret"), ("status", "om avtalet är ett utkast")):
        if name not in filled:
            message = f"Sidhuvud och sidfot visar inte {what}."
            remarks.append(NOT_SHOWN.finding(message, f"Skriv [{name}] där det ska stå."))
    return remarks
