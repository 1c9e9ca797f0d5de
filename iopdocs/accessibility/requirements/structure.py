"""Requirements on structure: real headings and lists, and no empty paragraphs used as spacing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iopdocs.accessibility.check_result import Requirement, RequirementFault
from iopdocs.accessibility.formatting import EffectiveFormatting, inside
from iopdocs.accessibility.package import OpenedDocument, w
from iopdocs.accessibility.word_locations import WordParagraph, numbered_paragraphs

_NOT_BODY = re.compile(
    r"title|titel|rubrik|heading|caption|beskrivning|subtitle|underrubrik|toc|innehåll|header|footer|sidhuvud|sidfot|sign|underskrift|status"
)
_BULLET = re.compile(r"[-–—•·*▪●○►✓]\s+\S")
_NUMBER = re.compile(r"(?:(\d{1,2})[.)]|([a-z])\))\s+\S")
_LONGEST_HEADING = 90
_FULL_PAGE = 15


def _headings(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    last = 0
    body = [one for one in numbered_paragraphs(package) if one.in_body]
    for paragraph in body:
        place, level = paragraph.place, looks.level(paragraph.element)
        if not level or not paragraph.text.strip():
            continue
        if last == 0 and level != 1:
            yield RequirementFault(f"den första rubriken är på nivå {level} – den ska vara Rubrik 1", place)
        elif level > last + 1 and last:
            message = "rubriken är på nivå {level} efter en på nivå {last} – hoppa inte över en nivå"
            yield RequirementFault(message.format(level=level, last=last), place)
        last = level
    if last == 0 and sum(bool(one.text.strip()) for one in body) >= _FULL_PAGE:
        yield RequirementFault("dokumentet har inga rubriker – använd formatmallarna Rubrik 1, Rubrik 2 …")


def _false_headings(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    body = [one for one in numbered_paragraphs(package) if one.in_body]
    for number, one in enumerate(body):
        text, paragraph = one.text.strip(), one.element
        if not text or len(text) > _LONGEST_HEADING or text[-1] in ".,;:!?" or inside(paragraph, "tbl"):
            continue
        if looks.level(paragraph) or looks.is_list_item(paragraph) or _NOT_BODY.search(looks.style_name(paragraph)):
            continue
        bold = [looks.is_bold(run, paragraph) for run in one.runs]
        following = body[number + 1] if number + 1 < len(body) else None
        if bold and all(bold) and following is not None and following.text.strip():
            after = [looks.is_bold(run, following.element) for run in following.runs]
            if not all(after):
                yield RequirementFault(
                    "ser ut som en rubrik men är bara fet stil – använd formatmallen för rubriker", one.place
                )


def _lists(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    previous = ""
    for paragraph in numbered_paragraphs(package):
        if looks.is_list_item(paragraph.element) or looks.level(paragraph.element):
            previous = ""
            continue
        for line in paragraph.text.split("\n"):
            kind = _kind(line.strip())
            if kind == "•" or (kind and previous and kind != previous):
                yield RequirementFault(
                    "listan är skriven för hand – använd en riktig lista (punktlista eller numrerad)", paragraph.place
                )
                break
            previous = kind or previous if line.strip() else previous
        else:
            previous = _kind(paragraph.text.strip().split("\n")[-1].strip())


def _kind(line: str) -> str:
    """Return "•" for a typed bullet, the number or letter of a typed number, else nothing."""
    if _BULLET.match(line):
        return "•"
    match = _NUMBER.match(line)
    return (match[1] or match[2]) if match else ""


def _blank(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for paragraph in numbered_paragraphs(package):
        place, text = paragraph.place, paragraph.text
        if not text.strip():
            if _needed(paragraph):
                continue
            yield RequirementFault("stycket är tomt – använd avstånd före eller efter i formatmallen", place)
        elif re.search(r"\S {3,}\S|\t{2,}", text):
            yield RequirementFault(
                "mellanslag eller tabbar i rad används för att flytta text – använd tabbstopp eller tabell", place
            )


def _needed(empty: WordParagraph) -> bool:
    """Return whether an empty paragraph is required: last in a cell, end of a section, picture or page break."""
    if next(empty.own("drawing", "pict", "object", "sectPr", "fldChar", "fldSimple"), None) is not None:
        return True
    if any(br.get(w("type")) in ("page", "column") for br in empty.own("br")):
        return True
    paragraph = empty.element
    following = paragraph.getnext()
    parent = paragraph.getparent()
    if parent is not None and parent.tag == w("tc"):
        return following is None or following.tag != w("p")
    if parent is not None and parent.tag in (w("hdr"), w("ftr"), w("footnote"), w("endnote")):
        only = all(next(paragraph.itersiblings(w("p"), preceding=side), None) is None for side in (False, True))
        return only or parent.tag in (w("footnote"), w("endnote"))
    before = paragraph.getprevious()
    # Word requires a paragraph after a table at the end, and between two tables.
    return (
        before is not None
        and before.tag == w("tbl")
        and (following is None or following.tag in (w("sectPr"), w("tbl")))
    )


STRUCTURE: tuple[Requirement, ...] = (
    Requirement(
        4, "Rubriker", "Rubrikerna är riktiga rubriker, den första på nivå 1, och ingen nivå hoppas över.",
        "EN 301 549 10.1.3.1 och 10.2.4.6, WCAG 1.3.1 och 2.4.6", _headings,
        by_hand="Säger varje rubrik vad som står under den?",
    ),
    Requirement(
        5, "Inga låtsasrubriker", "Ingen text ser ut som en rubrik utan att vara det.",
        "EN 301 549 10.1.3.1, WCAG 1.3.1", _false_headings,
    ),
    Requirement(6, "Listor", "Listor är riktiga listor.", "EN 301 549 10.1.3.1, WCAG 1.3.1", _lists),
    Requirement(
        15, "Inga tomma stycken", "Luft görs med formatmallar, inte med tomma stycken eller mellanslag.",
        "EN 301 549 10.1.3.1, WCAG 1.3.1", _blank,
    ),
)  # fmt: skip
