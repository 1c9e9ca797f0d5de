"""T – mall: what the texts of the layers and the agreement's own notes to the linter have to do with the data."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.library.profiles import Level
from iopdocs.lint.holes import holes
from iopdocs.lint.rule import Case, Hit, Rule, rule
from iopdocs.messages import _


@rule("K201", "uppgift-saknas", Level.ERROR)
def datum_missing(case: Case) -> Iterable[Hit]:
    """En uppgift som avtalets text skriver ut saknas.

    Vad: En mening i avtalet har en plats för en uppgift, och uppgiften är inte ifylld. Regeln tiger när en punkt i
        profilen redan säger samma sak.
    Varför: Meningen går inte att läsa förrän uppgiften finns. I ett utkast står en gul platshållare där.
    Dåligt exempel:
        titel: Trygga kvällar
        ekonomi:
          resurser:
            - {part: alla parter, slag: kontanta medel}
    Bra exempel:
        titel: Trygga kvällar
        ekonomi:
          resurser:
            - {part: alla parter, slag: kontanta medel, belopp: 100 000 kr}
    Källa: malmo, Mall för IOP.
    """
    for hole in holes(case.document) if case.document is not None else ():
        node = hole.placeholder
        if node.path:
            yield Hit(node.path, _("{label} saknas").format(label=node.label), node.help)


@rule("T101", "undantag-utan-verkan", Level.WARNING, reads=("lint.undantag",))
def useless_exemption(case: Case) -> Iterable[Hit]:
    """Ett undantag som inte behövs eller inte gäller.

    Vad: Ett undantag under ”lint” saknar regel eller skäl, gäller en regel som inte finns, eller en regel som inte har
        något att säga om avtalet.
    Varför: Ett undantag som ligger kvar döljer nästa fel av samma slag, och ett undantag utan skäl kan ingen pröva.
    Dåligt exempel:
        lint:
          undantag:
            - {regel: S104}
    Bra exempel:
        avtalstid: {tills_vidare: ja, slut: 2029-12-31}
        lint:
          undantag:
            - {regel: S104, skäl: Slutdagen är den dag då medlen senast ska vara använda.}
    Källa: ruff och sqlfluff, regler om undantag som inte används.
    """
    # Known only when all findings are: see iopdocs.lint.exemptions.
    return ()


@rule("T102", "hänvisning-utan-mål", Level.ERROR)
def reference_to_nothing(case: Case) -> Iterable[Hit]:
    """En hänvisning i en text som inte leder någonstans.

    Vad: En text i ett lager hänvisar till ett avsnitt eller en rubrik som inte finns i det här avtalet.
    Varför: Läsaren skickas till något som inte finns.
    Dåligt exempel: texten säger ”enligt [](#tvist)” i ett avtal som inte har något avsnitt om tvist.
    Bra exempel: hänvisningen står inom ”{% if tvist.steg %} … {% endif %}”.
    Källa: malmo, Mall för IOP.
    """
    for hole in holes(case.document) if case.document is not None else ():
        node = hole.placeholder
        if not node.path:
            where = f"{hole.origin.file}:{hole.origin.line}"
            message = _("{label} leder ingenstans (texten {where})").format(label=node.label, where=where)
            yield Hit("", message, _("ta med det som hänvisningen gäller, eller ändra texten"), word=node.label)


LAYERS: tuple[Rule, ...] = (datum_missing, useless_exemption, reference_to_nothing)
