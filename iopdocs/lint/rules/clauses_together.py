"""T – mall: clauses that cannot stand in the same agreement, and data that a clause makes untrue."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.library.clauses import folded
from iopdocs.library.profiles import Level
from iopdocs.lint.rule import Case, Hit, rule
from iopdocs.messages import _
from iopdocs.render.document import How


@rule(
    "T110",
    "klausuler-som-utesluter-varandra",
    Level.ERROR,
    reads=("klausuler", "avtalstid.tills_vidare", "avtalstid.uppsägningstid", "avtalstid.får_sägas_upp_av"),
)
def clauses_that_exclude(case: Case) -> Iterable[Hit]:
    """Två bestämmelser som inte kan gälla samtidigt.

    Vad: Klausulen om uppsägning säger att ingen part får säga upp avtalet, men avtalet gäller tills vidare utan slutdag, eller
        uppgifterna anger en uppsägningstid eller vem som får säga upp avtalet. Ett avtal som bara upphör om en part säger upp
        det till slutdagen behöver en uppsägningstid och godtas.
    Varför: Ingen part kan avsluta ett avtal som gäller tills vidare och inte får sägas upp. Står det både att avtalet får
        och inte får sägas upp vet ingen vad som gäller.
    Dåligt exempel:
        titel: Trygga kvällar
        avtalstid: {start: 2027-01-01, tills_vidare: ja}
        klausuler: {uppsägning: ingen}
    Bra exempel:
        titel: Trygga kvällar
        avtalstid: {start: 2027-01-01, slut: 2028-12-31}
        klausuler: {uppsägning: ingen}
    Källa: god sed.
    """
    term = case.agreement.term
    if term is None or not _has(case, "uppsägning", "ingen"):
        return
    if term.until_further_notice and term.end is None:
        message = _("avtalet gäller tills vidare, men ingen part får säga upp det")
        hint = _(
            "ange ”slut” i stället för ”tills_vidare”, eller ta bort valet ”uppsägning: ingen” och ange en uppsägningstid"
        )
        yield Hit("avtalstid.tills_vidare", message, hint)
        return
    at_the_end = term.ends_without_notice is False and not term.until_further_notice
    hint = _("ta bort uppgiften, eller valet ”uppsägning: ingen”")
    if term.notice is not None and not at_the_end:
        message = _("avtalet har en uppsägningstid, men ingen part får säga upp det")
        yield Hit("avtalstid.uppsägningstid", message, hint)
    if term.notice_by and not at_the_end:
        message = _("avtalet säger vem som får säga upp det, men ingen part får det")
        yield Hit("avtalstid.får_sägas_upp_av", message, hint)


def _has(case: Case, clause: str, variant: str) -> bool:
    """Tell whether *clause* has the text of *variant* in the document, where it is first met."""
    uses = case.document.clauses if case.document is not None else ()
    use = next((one for one in uses if folded(one.clause) == folded(clause)), None)
    return use is not None and use.how is not How.OWN and folded(use.variant) == folded(variant)
