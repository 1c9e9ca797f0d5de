"""A datum that somebody has written and that no text of the layers prints."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.library.profiles import Level
from iopdocs.lint.rule import Case, Hit, rule
from iopdocs.messages import _
from iopdocs.render.printed import not_printed


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
        message = _("{label} är ifylld men skrivs inte ut").format(label=field.entry.label)
        yield Hit(path, message, _("ta bort uppgiften, eller låt en text i lagret skriva ut den"))


PRINTED = (datum_not_printed,)
