"""Which style of a reference document plays which part."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from attrs import frozen
from lxml import etree

from iopdocs.writers.docx.namespaces import value_of, w


class Role(Enum):
    """A part that a style plays: the names it may have in a Word document, first that of our own style.

    Word stores its built-in styles under their English names; the Swedish ones are met in documents from elsewhere.
    Names are compared without regard to case.
    """

    TITLE = ("Title", "Rubrik")
    SUBTITLE = ("Subtitle", "Underrubrik")
    HEADING_1 = ("heading 1", "Rubrik 1")
    HEADING_2 = ("heading 2", "Rubrik 2")
    HEADING_3 = ("heading 3", "Rubrik 3")
    HEADING_4 = ("heading 4", "Rubrik 4")
    APPENDIX = ("Bilagerubrik",)
    BODY = ("Body Text", "Brödtext")
    BULLET = ("List Bullet", "Punktlista")
    NUMBER = ("List Number", "Numrerad lista")
    CONTINUE = ("List Continue", "Listfortsättning")
    CAPTION = ("caption", "Beskrivning")
    CONTENTS_HEADING = ("TOC Heading", "Innehållsförteckningsrubrik")
    CONTENTS = ("toc 1", "Innehåll 1")
    NOTE = ("Anmärkning",)
    STATUS = ("Dokumentstatus",)
    OPEN = ("Att komplettera",)
    SIGNATURE = ("Underskriftsrad",)
    TABLE_HEADING = ("Tabellrubrik",)
    TABLE_TEXT = ("Tabelltext",)
    TABLE_SUM = ("Tabellsumma",)
    TABLE = ("Avtalstabell",)
    LINK = ("Hyperlink", "Hyperlänk")
    PLACEHOLDER = ("Platshållare",)
    SIGNATURE_VALUE = ("Underskriftslinje",)
    SIGNATURE_LABEL = ("Underskriftsledtext",)

    @property
    def kind(self) -> str:
        """The ``w:type`` that the style has: ``paragraph``, ``character`` or ``table``."""
        if self is Role.TABLE:
            return "table"
        characters = (Role.LINK, Role.PLACEHOLDER, Role.SIGNATURE_VALUE, Role.SIGNATURE_LABEL)
        return "character" if self in characters else "paragraph"


HEADINGS = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)


class StyleMatch(Enum):
    """How a style was found; its value is what a report says."""

    NAME = "inbyggt namn"
    SWEDISH = "svenskt namn"
    OWN = "namn"
    ID = "stil-id"
    OUTLINE = "dispositionsnivå"


@frozen
class Located:
    """The style that plays a role: its id, its name and how it was found."""

    identifier: str
    name: str
    how: StyleMatch


def locate_styles(styles: etree._Element) -> dict[Role, Located]:
    """Return the style that plays each role.

    A style is looked for by its name, then by its id (Word makes ids of names: ”Rubrik1”, ”Brdtext”), and one for
    headings by its outline level too. A style that plays a part by its name plays no other.
    """
    every = [style for style in styles.findall(w("style")) if style.get(w("styleId"))]
    found: dict[Role, Located] = {}
    taken: set[str] = set()

    def take(role: Role, style: etree._Element, how: StyleMatch) -> None:
        identifier = str(style.get(w("styleId")))
        found[role] = Located(identifier, value_of(style.find(w("name"))) or identifier, how)
        taken.add(identifier)

    by_name: dict[tuple[str, str], etree._Element] = {}
    for style in every:
        for name in _names(style):
            by_name.setdefault((_kind(style), name), style)
    for role in Role:
        for name in _in_order(role):
            if (role.kind, name.casefold()) in by_name:
                how = (
                    StyleMatch.OWN
                    if len(role.value) == 1
                    else (StyleMatch.NAME if name == role.value[0] else StyleMatch.SWEDISH)
                )
                take(role, by_name[role.kind, name.casefold()], how)
                break
    for role in Role:
        wanted = {_as_id(name) for name in role.value} | {_without_accents(name) for name in role.value}
        for style in every:
            known = str(style.get(w("styleId")))
            if role in found or known in taken or _kind(style) != role.kind:
                continue
            if re.sub("[ _-]", "", known).casefold() in wanted:
                take(role, style, StyleMatch.ID)
    for depth, role in enumerate(HEADINGS):
        for style in every:
            outline = value_of(style.find(f"{w('pPr')}/{w('outlineLvl')}"))
            free = role not in found and str(style.get(w("styleId"))) not in taken
            if free and _kind(style) == "paragraph" and outline == str(depth):
                take(role, style, StyleMatch.OUTLINE)
    return {role: found[role] for role in Role if role in found}


def _in_order(role: Role) -> tuple[str, ...]:
    """Return the names of *role*, the one to trust most first.

    LibreOffice always writes built-in styles of its own ("Body Text"), beside those that somebody made and named in
    Swedish ("Brödtext"). But "Rubrik" alone may be what other headings are based on.
    """
    return role.value if role is Role.TITLE else (*role.value[1:], role.value[0])


def _kind(style: etree._Element) -> str:
    return str(style.get(w("type"), "paragraph"))


def _names(style: etree._Element) -> list[str]:
    """Return the name of *style* and its other names, in lower case."""
    aliases = value_of(style.find(w("aliases"))).split(",")
    return [name.strip().casefold() for name in (value_of(style.find(w("name"))), *aliases) if name.strip()]


def _as_id(name: str) -> str:
    """Return *name* as Word makes an id of it: letters outside ASCII and all signs are left out."""
    return re.sub("[^A-Za-z0-9]", "", name).casefold()


def _without_accents(name: str) -> str:
    """Return *name* as other programs make an id of it: å becomes a."""
    return _as_id("".join(one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one)))


def find_styles(styles: etree._Element) -> dict[Role, str]:
    """Return the id of the style that plays each role."""
    return {role: one.identifier for role, one in locate_styles(styles).items()}
