"""The clauses of an agreement: the variants its parties have chosen, and their own clauses."""

from __future__ import annotations

from attrs import frozen

from iopdocs.model.closing import SectionName
from iopdocs.model.fields import ClauseName, entry
from iopdocs.values.text import RichText


@frozen(kw_only=True)
class ClauseChoice:
    """The chosen variant of a clause; in a data file, a key and a value under ``klausuler``.

    *variant* is the name of a variant, ``ja`` for the standard variant, or ``nej`` for no text at all.
    """

    clause: ClauseName | None = entry("klausul", "Klausul", "Klausulens namn.", printed=False, example="överskott")
    variant: str | None = entry(
        "variant",
        "Variant",
        "Variantens namn, ”ja” för standardtexten eller ”nej” om klausulen inte ska vara med.",
        printed=False,
        example="återbetalas",
    )


@frozen(kw_only=True)
class OwnClause:
    """A clause written by the parties, placed after a clause, instead of one, or last in a section."""

    heading: str | None = entry("rubrik", "Rubrik", "Klausulens rubrik.", example="Forskarnas tillgång till lokalerna")
    text: RichText | None = entry("text", "Text", "Text i stycken och listor; *kursiv* och **fet** går bra.")
    section: SectionName | None = entry(
        "avsnitt",
        "Avsnitt",
        "Det avsnitt som klausulen ska stå sist i, om den inte står vid en annan klausul.",
        printed=False,
        example="ekonomi",
    )
    after: ClauseName | None = entry(
        "efter", "Efter klausulen", "Den klausul som den egna ska stå efter.", printed=False, example="överskott"
    )
    replaces: ClauseName | None = entry(
        "i_stället_för",
        "I stället för klausulen",
        "Den klausul som den egna ska stå i stället för.",
        printed=False,
        example="tvist",
    )
