"""A datum that somebody has written and that no text of the layers prints."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from iopdocs.library.profiles import Level
from iopdocs.lint.rule import Case, Hit, rule
from iopdocs.messages import _
from iopdocs.model.text import RichText
from iopdocs.render.document import (
    Block,
    CrossReference,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Value,
    all_inlines,
    inlines_of,
    plain,
)
from iopdocs.render.fill import rich_blocks
from iopdocs.render.tokens import Rich


@rule("T103", "uppgift-inte-utskriven", Level.ERROR)
def datum_not_printed(case: Case) -> Iterable[Hit]:
    """En ifylld uppgift som inte kommer med i avtalet.

    Vad: En uppgift som hör till avtalets text (text, belopp, tid, antal, nummer eller part) är ifylld, men ingen text skriver
        ut den. En uppgift som är titeln på en bilaga räknas som utskriven när avtalet hänvisar till bilagan. Val och
        svar med ja eller nej styr vilka meningar som tas med, och prövas inte.
    Varför: Parterna tror att de har avtalat om något som inte står i avtalet.
    Dåligt exempel: ett eget lager skriver över avsnittet om målet, och dess text skriver inte ut ”vision”.
    Bra exempel: texten skriver ut ”vision” inom ”{% if mål.vision %} … {% endif %}”.
    Källa: malmo, Mall för IOP.
    """
    if case.document is None:
        return
    shown = {node.path for node in all_inlines(case.document) if isinstance(node, Value)}
    referred = _referred(case.document)
    for path, field, value in case.agreement.leaves:
        steers = not field.entry.printed or isinstance(value, bool | Enum)
        if steers or path in shown or _says_nothing(value) or _folded(value) in referred:
            continue
        message = _("{label} är ifylld men skrivs inte ut").format(label=field.entry.label)
        yield Hit(path, message, _("ta bort uppgiften, eller låt en text i lagret skriva ut den"))


def _says_nothing(value: Any) -> bool:
    """Tell whether *value* has nothing that could be printed: white space, or rich text of marks alone."""
    if isinstance(value, RichText):
        return not any(map(_has_words, rich_blocks(Rich(value.source, "x"))))
    return isinstance(value, str) and not value.strip()


def _has_words(block: Block) -> bool:
    if isinstance(block, ListBlock):
        return any(_has_words(child) for item in block.items for child in item)
    return isinstance(block, Paragraph | Heading) and any(
        isinstance(node, Value) for node in inlines_of(block.children)
    )


def _referred(document: Document) -> frozenset[str]:
    """Return the headings that a cross-reference points to: it prints ”bilaga 2” where the data say its title."""
    targets = {node.target for node in all_inlines(document) if isinstance(node, CrossReference)}
    return frozenset(_folded(plain(section.heading)) for section in document.sections if section.id in targets)


def _folded(value: Any) -> str:
    return " ".join(str(value).split()).casefold()


PRINTED = (datum_not_printed,)
