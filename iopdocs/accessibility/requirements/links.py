"""Requirements on links: a text that names the target, and a target that exists."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iopdocs.accessibility.check_result import Requirement, RequirementFault
from iopdocs.accessibility.formatting import EffectiveFormatting
from iopdocs.accessibility.package import OpenedDocument, R, w
from iopdocs.accessibility.word_locations import numbered_paragraphs, start_of_text

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_EMPTY_WORDS = frozenset(
    {"här", "klicka här", "läs mer", "läs mer här", "länk", "klicka", "mer", "tryck här", "here", "click here"}
)
_REFERENCE = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)")
# Bookmarks that Word creates itself.
_BUILT_IN = frozenset({"_top", "_Top"})


def _words(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for paragraph in numbered_paragraphs(package):
        place = paragraph.place
        for link in paragraph.own("hyperlink"):
            if link.get(f"{{{R}}}id") is None:
                continue
            words = " ".join(start_of_text(link).split())
            if not words:
                yield RequirementFault("länken har ingen text – skriv vart den leder", place)
            elif _ADDRESS.fullmatch(words):
                yield RequirementFault("länkens text är en webbadress – skriv vart den leder", place)
            elif words.casefold().strip(" .!»>") in _EMPTY_WORDS:
                yield RequirementFault(f"länktexten ”{words}” säger inte vart den leder", place)


def _targets(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    known = {
        str(mark.get(w("name"), "")) for _name, root in package.stories() for mark in root.iter(w("bookmarkStart"))
    } | _BUILT_IN
    for paragraph in numbered_paragraphs(package):
        aims = {str(link.get(w("anchor"))) for link in paragraph.own("hyperlink") if link.get(w("anchor"))}
        fields = [node.text or "" for node in paragraph.own("instrText")]
        fields += [str(node.get(w("instr"), "")) for node in paragraph.own("fldSimple")]
        aims |= {found[1] for found in map(_REFERENCE.match, fields) if found}
        for aim in sorted(aims - known):
            message = "länken eller hänvisningen leder till ”{aim}”, som inte finns – peka ut rätt rubrik"
            yield RequirementFault(message.format(aim=aim), paragraph.place)


LINKS: tuple[Requirement, ...] = (
    Requirement(
        16, "Länktext", "Länkar säger vart de leder.", "EN 301 549 10.2.4.4, WCAG 2.4.4", _words,
        by_hand="Förstår den som bara läser länkarna vart de leder?",
    ),
    Requirement(
        17, "Interna länkar", "Länkar och hänvisningar inom dokumentet leder till något som finns.",
        "EN 301 549 10.2.4.4, WCAG 2.4.4", _targets,
    ),
)  # fmt: skip
