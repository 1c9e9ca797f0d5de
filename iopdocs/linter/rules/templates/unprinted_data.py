"""Data that an agreement contains but no text of the layers prints."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iopdocs.document.tree import ChosenBy
from iopdocs.document.unprinted_data import not_printed
from iopdocs.findings import Level
from iopdocs.library.clauses import wants_none
from iopdocs.linter.rule import Case, Hit, rule


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
    for path, field, _value in not_printed(case.agreement, case.document):
        message = f"{field.entry.label} är ifylld men skrivs inte ut"
        hint = "ta bort uppgiften, eller låt en text i lagret skriva ut den"
        if where := _removed_by(case, path):
            message += f"; klausulen som skriver ut den är borttagen med {where}"
            hint = f"ta bort uppgiften eller {where}, så att de säger samma sak"
        yield Hit(path, message, hint)


def _removed_by(case: Case, path: str) -> str:
    """Return the data that remove a clause that prints *path*: ``klausuler.insyn: nej``, or an empty text."""
    assert case.document is not None
    parts = re.sub(r"\[\d+\]", "", path).split(".")
    printed_paths = [".".join(parts[:count]) for count in range(2, len(parts) + 1)]
    for use in case.document.clauses:
        clause = case.library.clause(use.clause)
        if (
            clause is None
            or use.how not in (ChosenBy.NONE, ChosenBy.OWN)
            or (use.how is ChosenBy.NONE and not wants_none(use.wanted))
        ):
            continue
        bodies = [variant.text.body for variant in clause.variants.values()]
        if any(
            re.search(rf"(?<![\w.]){re.escape(printed_path)}(?!\w)", body)
            for printed_path in printed_paths
            for body in bodies
        ):
            how = "klausuler.{name}: nej" if use.how is ChosenBy.NONE else "egna_klausuler (i_stället_för: {name})"
            return how.format(name=use.clause)
    return ""
