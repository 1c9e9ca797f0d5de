"""T – mall: clauses that exclude each other, and data that a clause contradicts."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.document.tree import ChosenBy, ClauseUse
from iopdocs.findings import Level
from iopdocs.library.clauses import folded
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.renegotiation_and_disputes import DisputeForm


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
        message = "avtalet gäller tills vidare, men ingen part får säga upp det"
        hint = "ange ”slut” i stället för ”tills_vidare”, eller ta bort valet ”uppsägning: ingen” och ange en uppsägningstid"
        yield Hit("avtalstid.tills_vidare", message, hint)
        return
    at_the_end = term.ends_without_notice is False and not term.until_further_notice
    hint = "ta bort uppgiften, eller valet ”uppsägning: ingen”"
    if term.notice is not None and not at_the_end:
        message = "avtalet har en uppsägningstid, men ingen part får säga upp det"
        yield Hit("avtalstid.uppsägningstid", message, hint)
    if term.notice_by and not at_the_end:
        message = "avtalet säger vem som får säga upp det, men ingen part får det"
        yield Hit("avtalstid.får_sägas_upp_av", message, hint)


@rule(
    "T111",
    "utträde-fast-ingen-får-säga-upp",
    Level.WARNING,
    reads=("klausuler", "parter", "partsförhållanden.utträde.hur", "partsförhållanden.utträde.uppsägningstid"),
)
def leaving_though_nobody_may_terminate(case: Case) -> Iterable[Hit]:
    """Egna ord om utträde i ett avtal mellan två parter som ingen får säga upp.

    Vad: Avtalet har två parter, klausulen om uppsägning säger att ingen part får säga upp avtalet i förtid, och
        uppgifterna säger med egna ord eller en uppsägningstid hur en part utträder. Med fler än två parter är utträde
        något annat än uppsägning, och då tiger regeln.
    Varför: När en av två parter lämnar partnerskapet upphör avtalet. Säger det ena stället att en part får lämna det
        och det andra att ingen får, vet ingen vad som gäller.
    Dåligt exempel:
        parter: [{namn: Exempelstads kommun, typ: kommun}, {namn: Föreningen Ljus, typ: ideell förening}]
        avtalstid: {start: 2027-01-01, slut: 2028-12-31}
        partsförhållanden: {utträde: {hur: En part får lämna partnerskapet vid årets slut.}}
        klausuler: {uppsägning: ingen}
    Bra exempel:
        parter: [{namn: Exempelstads kommun, typ: kommun}, {namn: Föreningen Ljus, typ: ideell förening}]
        avtalstid: {start: 2027-01-01, slut: 2028-12-31}
        klausuler: {uppsägning: ingen}
    Källa: god sed.
    """
    withdrawal = case.agreement.relations.withdrawal if case.agreement.relations else None
    if withdrawal is None or len(case.agreement.parties) != 2:
        return
    use = _use(case, "utträde")
    if use is None or use.how in (ChosenBy.OWN, ChosenBy.NONE) or not _has(case, "uppsägning", "ingen"):
        return
    message = "avtalet har två parter och säger hur en av dem lämnar det, men ingen part får säga upp det i förtid"
    hint = "läs dem tillsammans: ta bort uppgiften eller valet ”uppsägning: ingen”, eller skriv vad som gäller"
    if withdrawal.procedure:
        yield Hit("partsförhållanden.utträde.hur", message, hint)
    elif withdrawal.notice is not None:
        yield Hit("partsförhållanden.utträde.uppsägningstid", message, hint)


@rule("T112", "vald-tvist-mot-stegen", Level.ERROR, reads=("klausuler", "tvist.steg"))
def dispute_against_steps(case: Case) -> Iterable[Hit]:
    """Ett val av klausul om tvist som inte stämmer med stegen i uppgifterna.

    Vad: ”klausuler” väljer hur en tvist slutar, men stegen i ”tvist” slutar på ett annat sätt, eller saknar medling fast en
        text med medling är vald. Anger uppgifterna steg är det de som skrivs ut.
    Varför: Parterna tror att de har valt skiljeförfarande, domstol eller medling, men avtalet säger något annat.
    Dåligt exempel:
        titel: Trygga kvällar
        tvist: {steg: [{form: dialog}, {form: allmän domstol}]}
        klausuler: {tvist: skiljeförfarande}
    Bra exempel:
        titel: Trygga kvällar
        tvist: {steg: [{form: dialog}]}
        klausuler: {tvist: skiljeförfarande}
    Källa: god sed.
    """
    forms = [step.form for step in case.agreement.dispute.steps] if case.agreement.dispute else []
    use = _use(case, "tvist")
    if not forms or use is None or use.how is not ChosenBy.DATA:
        return
    for variant, lacks, excludes in _DISPUTES:
        if folded(use.variant) != folded(variant):
            continue
        wrong = next((form for form in excludes if form in forms), None)
        if wrong is not None:
            message = "”{variant}” är vald, men ett av stegen i tvist är ”{form}”, och det är stegen som skrivs ut"
        elif lacks is not None and lacks not in forms:
            wrong = lacks
            message = "”{variant}” är vald, men inget av stegen i tvist är ”{form}”, och det är stegen som skrivs ut"
        else:
            continue
        hint = "ta bort ”tvist” ur avtalet, så gäller valet, eller ta bort valet, så gäller stegen"
        yield Hit("klausuler.tvist", message.format(variant=use.variant, form=wrong.value), hint, word=use.variant)


_DISPUTES = (
    ("allmän domstol", None, (DisputeForm.ARBITRATION,)),
    ("skiljeförfarande", None, (DisputeForm.COURT,)),
    ("dialog–ledning–medling", DisputeForm.MEDIATION, (DisputeForm.ARBITRATION,)),
)
"""A variant, the dispute step that it requires, and the steps that end a dispute in another way."""


def _use(case: Case, clause: str) -> ClauseUse | None:
    """Return the first use of *clause* in the document."""
    uses = case.document.clauses if case.document is not None else ()
    return next((use for use in uses if folded(use.clause) == folded(clause)), None)


def _has(case: Case, clause: str, variant: str) -> bool:
    """Return whether *variant* of *clause* is used in the document, at the first use of the clause."""
    use = _use(case, clause)
    return use is not None and use.how is not ChosenBy.OWN and folded(use.variant) == folded(variant)
