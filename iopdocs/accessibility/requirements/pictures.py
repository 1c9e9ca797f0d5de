"""Requirements on pictures: an alternative text, and a position in the flow of the text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from iopdocs.accessibility.check_result import Requirement, RequirementFault
from iopdocs.accessibility.formatting import EffectiveFormatting
from iopdocs.accessibility.package import OpenedDocument, w
from iopdocs.accessibility.word_locations import start_of_text

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_VML = "{urn:schemas-microsoft-com:vml}"


def _alternatives(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for name, root in package.stories():
        for properties in root.iter(f"{_WP}docPr"):
            decorative = any(one.get("val") in ("1", "true") for one in islice(properties.iter(_DECORATIVE), 10))
            if not decorative and not str(properties.get("descr", "")).strip():
                shown = properties.get("name") or name
                yield RequirementFault(
                    "bilden saknar alternativtext – skriv vad den visar, eller märk den som dekorativ", shown
                )
        for shape in root.iter(f"{_VML}shape", f"{_VML}rect"):
            if next(shape.iter(f"{_VML}imagedata"), None) is not None and not str(shape.get("alt", "")).strip():
                yield RequirementFault("bilden saknar alternativtext – skriv vad den visar", shape.get("id") or name)


def _in_line(package: OpenedDocument, looks: EffectiveFormatting) -> Iterable[RequirementFault]:
    for name, root in package.stories():
        for anchor in root.iter(f"{_WP}anchor"):
            properties = anchor.find(f"{_WP}docPr")
            shown = (properties.get("name") if properties is not None else None) or name
            yield RequirementFault(
                "bilden flyter fritt – välj ”I nivå med text”, så att den läses på rätt ställe", shown
            )
        for box in root.iter(w("txbxContent")):
            words = " ".join(start_of_text(box).split())[:40]
            yield RequirementFault(
                "texten står i en textruta – lägg den i löpande text", f"”{words}”" if words else name
            )


PICTURES: tuple[Requirement, ...] = (
    Requirement(
        11, "Alternativtext", "Varje bild har en text som säger vad den visar, eller är märkt som dekorativ.",
        "EN 301 549 10.1.1.1, WCAG 1.1.1", _alternatives,
        by_hand="Säger alternativtexten det som bilden säger?",
    ),
    Requirement(
        12, "Bilder i texten", "Bilder ligger i textens flöde, och ingen text står i textrutor.",
        "EN 301 549 10.1.3.2, WCAG 1.3.2", _in_line,
    ),
)  # fmt: skip
