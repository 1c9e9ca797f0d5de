"""Find the style of a reference document for each role."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from attrs import frozen
from lxml import etree

from iopdocs.writers.docx.namespaces import value_of, w


class StyleRole(Enum):
    """The role of a style. The values are its possible names in a Word document, the built-in template's name first.

    Word stores its built-in styles under their English names. Swedish names occur in documents from other programs.
    Letter case is ignored.
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
        """The ``w:type`` of the style: ``paragraph``, ``character`` or ``table``."""
        if self is StyleRole.TABLE:
            return "table"
        characters = (StyleRole.LINK, StyleRole.PLACEHOLDER, StyleRole.SIGNATURE_VALUE, StyleRole.SIGNATURE_LABEL)
        return "character" if self in characters else "paragraph"


HEADINGS = (StyleRole.HEADING_1, StyleRole.HEADING_2, StyleRole.HEADING_3, StyleRole.HEADING_4)


class StyleMatch(Enum):
    """How a style was found. Its value is the text in reports."""

    NAME = "inbyggt namn"
    SWEDISH = "svenskt namn"
    OWN = "namn"
    ID = "stil-id"
    OUTLINE = "dispositionsnivå"


@frozen
class LocatedStyle:
    """The style of a role: its id, its name and how it was found."""

    identifier: str
    name: str
    how: StyleMatch


def locate_styles(styles: etree._Element) -> dict[StyleRole, LocatedStyle]:
    """Return the style of each role.

    A style is searched for by name, then by id (Word derives ids from names: ”Rubrik1”, ”Brdtext”), and a heading style
    also by outline level. A style found by name gets no other role by id or outline level.
    """
    every = [style for style in styles.findall(w("style")) if style.get(w("styleId"))]
    located: dict[StyleRole, LocatedStyle] = {}
    taken: set[str] = set()

    def take(role: StyleRole, style: etree._Element, how: StyleMatch) -> None:
        identifier = str(style.get(w("styleId")))
        located[role] = LocatedStyle(identifier, value_of(style.find(w("name"))) or identifier, how)
        taken.add(identifier)

    by_name: dict[tuple[str, str], etree._Element] = {}
    for style in every:
        for name in _names(style):
            by_name.setdefault((_kind(style), name), style)
    for role in StyleRole:
        for name in _in_order(role):
            if (role.kind, name.casefold()) in by_name:
                how = (
                    StyleMatch.OWN
                    if len(role.value) == 1
                    else (StyleMatch.NAME if name == role.value[0] else StyleMatch.SWEDISH)
                )
                take(role, by_name[role.kind, name.casefold()], how)
                break
    for role in StyleRole:
        wanted = {_as_id(name) for name in role.value} | {_without_accents(name) for name in role.value}
        for style in every:
            known = str(style.get(w("styleId")))
            if role in located or known in taken or _kind(style) != role.kind:
                continue
            if re.sub("[ _-]", "", known).casefold() in wanted:
                take(role, style, StyleMatch.ID)
    for depth, role in enumerate(HEADINGS):
        for style in every:
            outline = value_of(style.find(f"{w('pPr')}/{w('outlineLvl')}"))
            free = role not in located and str(style.get(w("styleId"))) not in taken
            if free and _kind(style) == "paragraph" and outline == str(depth):
                take(role, style, StyleMatch.OUTLINE)
    return {role: located[role] for role in StyleRole if role in located}


def _in_order(role: StyleRole) -> tuple[str, ...]:
    """Return the names of *role*, the most reliable first.

    LibreOffice always writes its built-in styles ("Body Text") beside user-defined styles with Swedish names
    ("Brödtext"). But "Rubrik" alone may be the base style of other headings.
    """
    return role.value if role is StyleRole.TITLE else (*role.value[1:], role.value[0])


def _kind(style: etree._Element) -> str:
    return str(style.get(w("type"), "paragraph"))


def _names(style: etree._Element) -> list[str]:
    """Return the name of *style* and its other names, in lower case."""
    aliases = value_of(style.find(w("aliases"))).split(",")
    return [name.strip().casefold() for name in (value_of(style.find(w("name"))), *aliases) if name.strip()]


def _as_id(name: str) -> str:
    """Return *name* as an id in Word's way: only ASCII letters and digits are kept."""
    return re.sub("[^A-Za-z0-9]", "", name).casefold()


def _without_accents(name: str) -> str:
    """Return *name* as an id in the way of other programs: å becomes a."""
    return _as_id(
        "".join(character for character in unicodedata.normalize("NFD", name) if not unicodedata.combining(character))
    )


def find_styles(styles: etree._Element) -> dict[StyleRole, str]:
    """Return the style id of each role."""
    return {role: style.identifier for role, style in locate_styles(styles).items()}
