"""Requirements on visual presentation: contrast, colour that carries meaning, alignment and size."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from lxml import etree

from iopdocs.accessibility.check_result import Requirement, RequirementFault
from iopdocs.accessibility.formatting import EffectiveFormatting, inside
from iopdocs.accessibility.package import OpenedDocument, is_on, val, w
from iopdocs.accessibility.word_locations import has_words, numbered_paragraphs

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000", "white": "FFFFFF",
}  # fmt: skip
_SMALLEST = 11.0
_MOST_READ = 500


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours (six hexadecimal digits), 1–21 (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for one in numbered_paragraphs(package):
        paragraph = one.element
        for run in one.runs:
            colour = val(looks.run(run, "color", paragraph))
            colour = colour if _HEX.fullmatch(colour) else "000000"
            ground = _ground(run, paragraph, looks)
            ratio = contrast(colour, ground)
            size, bold = looks.size(run, paragraph), looks.is_bold(run, paragraph)
            needed = 3.0 if size >= 18 or (size >= 14 and bold) else 4.5
            if ratio < needed:
                message = "kontrasten är {ratio}:1 men ska vara minst {needed}:1 – välj en mörkare färg"
                figures = {"ratio": f"{ratio:.1f}", "needed": f"{needed:.1f}"}
                yield RequirementFault(
                    message.format(**{key: figure.replace(".", ",") for key, figure in figures.items()}), one.place
                )
                break


def _ground(run: etree._Element, paragraph: etree._Element, looks: EffectiveFormatting) -> str:
    """Return the colour behind *run*: the highlight or shading of the run, paragraph or cell, or white."""
    highlight = _HIGHLIGHTS.get(val(looks.run(run, "highlight", paragraph)))
    if highlight:
        return highlight
    for shade in (looks.run(run, "shd", paragraph), *looks.shades_behind(paragraph)):
        fill = "" if shade is None else str(shade.get(w("fill"), ""))
        if _HEX.fullmatch(fill):
            return fill
    return "FFFFFF"


def _colour_alone(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for one in numbered_paragraphs(package):
        for link in one.own("hyperlink"):
            runs = filter(has_words, islice(link.iter(w("r")), _MOST_READ))
            unmarked = [run for run in runs if not _underlined(looks.run(run, "u", one.element))]
            coloured = [
                run
                for run in unmarked
                if _HEX.fullmatch(val(run.find(f"{w('rPr')}/{w('color')}")))
                or val(run.find(f"{w('rPr')}/{w('rStyle')}"))
            ]
            if coloured:
                yield RequirementFault("länken syns bara på färgen – stryk under den", one.place)


def _underlined(underline: etree._Element | None) -> bool:
    return (underline is not None and val(underline) not in ("", "none")) or (is_on(underline) and val(underline) == "")


def _readable(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for one in numbered_paragraphs(package):
        paragraph, place = one.element, one.place
        if not one.text.strip():
            continue
        if val(looks.paragraph(paragraph, "jc")) in ("both", "distribute"):
            yield RequirementFault(
                "texten är marginaljusterad – vänsterjustera den, så blir ordmellanrummen jämna", place
            )
        body = one.in_body and not inside(paragraph, "tbl")
        small = [looks.size(run, paragraph) for run in one.runs]
        if body and small and max(small) < _SMALLEST and len(one.text) > 80:
            message = "bokstäverna är {size} punkter – brödtext ska vara minst 11"
            yield RequirementFault(message.format(size=f"{max(small):g}".replace(".", ",")), place)


SIGHT: tuple[Requirement, ...] = (
    Requirement(
        13, "Kontrast", "Text har minst 4,5:1 i kontrast mot sin bakgrund, stor text minst 3:1.",
        "EN 301 549 10.1.4.3, WCAG 1.4.3", _contrast,
    ),
    Requirement(
        14, "Inte bara färg", "Ingen betydelse bärs av färg ensam; länkar är också understrukna.",
        "EN 301 549 10.1.4.1, WCAG 1.4.1", _colour_alone,
        by_hand="Går allt att förstå för den som inte ser färger?",
    ),
    Requirement(
        21, "Läsbar text", "Texten är vänsterjusterad, och brödtexten är minst 11 punkter.",
        "god sed; svenska vägledningar om tillgängliga dokument", _readable, advice=True,
    ),
)  # fmt: skip
