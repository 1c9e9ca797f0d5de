"""Which style of a reference document plays which part."""

from __future__ import annotations

from enum import Enum


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
