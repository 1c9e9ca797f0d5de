"""Requirements on the document as a whole: its language, title, page numbers and protection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from iopdocs.accessibility.check_result import Requirement, RequirementFault
from iopdocs.accessibility.formatting import EffectiveFormatting
from iopdocs.accessibility.package import OpenedDocument, val, w
from iopdocs.accessibility.word_locations import numbered_paragraphs, start_of_text

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DC = "{http://purl.org/dc/elements/1.1/}"


def _language(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    language = "" if looks.defaults is None else val(looks.defaults.find(w("lang")))
    if not language:
        yield RequirementFault("dokumentets språk är inte angivet – i Word: Granska, Språk, Ange språkkontroll")
    elif not _TAG.fullmatch(language):
        yield RequirementFault(f"språket ”{language}” är ingen språkkod – välj språk i Word")
    elif not language.lower().startswith("sv") and _is_swedish(package):
        yield RequirementFault(f"texten är svensk men språket är {language} – ange svenska")


def _is_swedish(package: OpenedDocument) -> bool:
    text = "".join(paragraph.text for paragraph in numbered_paragraphs(package) if paragraph.in_body).lower()
    letters = len(re.sub(r"[\W\d_]+", "", text))
    return letters >= 40 and sum(map(text.count, "åäö")) > letters / 100


def _passages(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for paragraph in numbered_paragraphs(package):
        for language in paragraph.own("lang"):
            tag = val(language)
            if tag and not _TAG.fullmatch(tag):
                yield RequirementFault(f"språket ”{tag}” är ingen språkkod", paragraph.place)


def _title(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    core = package.core()
    title = "" if core is None else (core.findtext(f"{_DC}title") or "").strip()
    if not title:
        yield RequirementFault("dokumentet har ingen titel – i Word: Arkiv, Info, Rubrik")
    elif title.casefold() in (PurePath(package.file).name.casefold(), PurePath(package.file).stem.casefold()):
        yield RequirementFault("titeln är filens namn – skriv vad dokumentet heter")


def _page_numbers(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    fields = [
        node.get(w("instr"), "") if node.tag == w("fldSimple") else node.text or ""
        for _name, root in package.stories()
        for node in root.iter(w("instrText"), w("fldSimple"))
    ]
    if not any(re.match(r"\s*PAGE\b", field) for field in fields):
        yield RequirementFault("sidorna är inte numrerade – infoga sidnummer i sidfoten")
    for paragraph in numbered_paragraphs(package):
        outside = not paragraph.in_body and paragraph.element.getroottree().getroot().tag in (w("hdr"), w("ftr"))
        has_field = outside and next(paragraph.own("fldChar", "fldSimple"), None) is not None
        if outside and not has_field and re.search(r"\b(?:sida|sid\.)\s*\d+", paragraph.text, re.IGNORECASE):
            yield RequirementFault("sidnumret är skrivet för hand – infoga det som fält", paragraph.place)


def _protection(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    settings = package.related("settings")
    protection = None if settings is None else settings.find(w("documentProtection"))
    if protection is None or protection.get(w("enforcement")) not in ("1", "true", "on"):
        return
    if protection.get(w("edit")) not in (None, "none", "trackedChanges"):
        yield RequirementFault(
            "dokumentet är skyddat mot redigering – i Word: Granska, Begränsa redigering, Stoppa skydd"
        )


def _controls(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for name, root in package.stories():
        for control in root.iter(w("sdt")):
            properties = control.find(w("sdtPr"))
            gallery = None if properties is None else properties.find(w("docPartObj"))
            title = None if properties is None else properties.find(w("alias"))
            if gallery is None and not val(title).strip():
                shown = " ".join(start_of_text(control).split())[:40]
                place = f"fältet ”{shown}”" if shown else f"ett tomt fält i {name}"
                yield RequirementFault(
                    "innehållskontrollen saknar titel – i Word: Utvecklare, Egenskaper, Rubrik", place
                )


DOCUMENT: tuple[Requirement, ...] = (
    Requirement(1, "Språk", "Dokumentets språk är angivet.", "EN 301 549 10.3.1.1, WCAG 3.1.1", _language),
    Requirement(
        2, "Språk i delar", "Passager på ett annat språk är märkta med det språket.",
        "EN 301 549 10.3.1.2, WCAG 3.1.2", _passages,
        by_hand="Finns det stycken på andra språk, och är de märkta med sitt språk?",
    ),
    Requirement(3, "Titel", "Dokumentet har en titel som säger vad det är.", "EN 301 549 10.2.4.2, WCAG 2.4.2", _title),
    Requirement(
        18, "Fält att fylla i", "Varje innehållskontroll har en titel.", "EN 301 549 10.4.1.2, WCAG 4.1.2", _controls
    ),
    Requirement(
        19, "Sidnummer", "Sidnummer är fält, och inget viktigt står bara i sidhuvud eller sidfot.",
        "god sed", _page_numbers, advice=True,
        by_hand="Står något viktigt bara i sidhuvudet eller sidfoten? Skärmläsare läser dem inte av sig själva.",
    ),
    Requirement(
        20, "Skydd", "Inget skydd hindrar hjälpmedel.", "god sed; Words tillgänglighetskontroll", _protection
    ),
)  # fmt: skip
