"""S – the parts of the agreement compared with each other: insatser, goals, target group, dispute steps and appendices."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.findings import Level
from iopdocs.linter.agreement_parts import insatser
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import is_absent
from iopdocs.model.goals import AgeBand
from iopdocs.model.renegotiation_and_disputes import DisputeForm
from iopdocs.values import running_text
from iopdocs.values.ages import AgeSpan

_BANDS = {AgeBand.YOUNG: (0, 25), AgeBand.ADULTS: (26, 65), AgeBand.ELDERLY: (66, 130)}
# An overlap of at most this many years is ignored: 65 år och äldre are ”äldre”, 16–29 år ”barn och unga vuxna”.
_FEW_YEARS = 4


@rule("S106", "bilaga-saknas", Level.ERROR, reads=("insatser.bilaga", "bilagor.titel"))
def missing_appendix(case: Case) -> Iterable[Hit]:
    """En hänvisning till en bilaga som inte finns.

    Vad: En insats hänvisar till en bilaga vars titel ingen bilaga har.
    Varför: Det som bilagan skulle säga om insatsen saknas i avtalet.
    Dåligt exempel:
        insatser: [{namn: Läger, bilaga: Plan}]
        bilagor: [{titel: Budget}]
    Bra exempel:
        insatser: [{namn: Läger, bilaga: Plan}]
        bilagor: [{titel: Plan}]
    Källa: malmo, Insatser.
    """
    titles = {running_text.folded(appendix.title) for appendix in case.agreement.appendices if appendix.title}
    for path, title in _references(case.agreement):
        if running_text.folded(title) not in titles:
            message = f"bilagan ”{running_text.short(title)}” finns inte bland bilagorna"
            yield Hit(path, message, "skriv titeln som den står under ”bilagor”, eller lägg till bilagan där")


def _references(agreement: Agreement) -> list[tuple[str, str]]:
    return [
        (path, value)
        for path, field, value in agreement.leaves
        if field.name == "appendix" and field.type is str and value.strip()
    ]


@rule(
    "S124",
    "tom-bilaga",
    Level.ADVICE,
    reads=("bilagor.titel", "bilagor.text", "bilagor.fil", "bilagor.insatser", "bilagor.ekonomi"),
)
def empty_appendix(case: Case) -> Iterable[Hit]:
    """En bilaga utan innehåll.

    Vad: En bilaga har varken text, fil, insatser eller ekonomi.
    Varför: Bilagan är en del av avtalet, men det framgår inte vad den säger eller var den finns.
    Dåligt exempel:
        bilagor: [{titel: Budget}]
    Bra exempel:
        bilagor: [{titel: Budget, fil: budget-2027.pdf}]
    Källa: malmo, Insatser.
    """
    for number, appendix in enumerate(case.agreement.appendices, 1):
        text = appendix.text.source if appendix.text else ""
        filled = (
            text.strip()
            or (appendix.file or "").strip()
            or not is_absent(appendix.insatser)
            or not is_absent(appendix.economy)
        )
        if appendix.title and not filled:
            message = f"bilagan ”{running_text.short(appendix.title)}” är tom"
            yield Hit(f"bilagor[{number}]", message, "skriv ”text”, eller ”fil” om bilagan är en egen handling")


@rule("S125", "två-bilagor-med-samma-titel", Level.WARNING, reads=("bilagor.titel", "insatser.bilaga"))
def same_title_twice(case: Case) -> Iterable[Hit]:
    """Två bilagor med samma titel.

    Vad: Två bilagor har samma titel. Det är ett fel när en insats hänvisar till titeln.
    Varför: Den som läser en hänvisning vet inte vilken av dem som avses.
    Dåligt exempel:
        bilagor: [{titel: Plan, fil: plan-2027.pdf}, {titel: Plan, fil: plan-2028.pdf}]
    Bra exempel:
        bilagor: [{titel: Plan 2027, fil: plan-2027.pdf}, {titel: Plan 2028, fil: plan-2028.pdf}]
    Källa: malmo, Insatser.
    """
    first: dict[str, int] = {}
    used = {running_text.folded(title) for _path, title in _references(case.agreement)}
    for number, appendix in enumerate(case.agreement.appendices, 1):
        title = running_text.folded(appendix.title or "")
        if title and title in first:
            message = "bilaga {number} heter som bilaga {other}: ”{title}”".format(
                number=number, other=first[title], title=running_text.short(appendix.title or "")
            )
            level = Level.ERROR if title in used else None
            yield Hit(f"bilagor[{number}].titel", message, "ge bilagorna olika titlar", level=level)
        elif title:
            first[title] = number


@rule("S131", "insats-utanför-avtalstiden", Level.ERROR, reads=("insatser.period", "avtalstid.start", "avtalstid.slut"))
def insats_outside_term(case: Case) -> Iterable[Hit]:
    """En insats som pågår när avtalet inte gäller.

    Vad: En insats, i avtalet eller en bilaga, börjar före avtalets start eller slutar efter dess slut.
    Varför: Utanför avtalstiden har ingen part något ansvar för insatsen.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
        insatser: [{namn: Läger, period: 2029-06-01–2030-06-30}]
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
        insatser: [{namn: Läger, period: 2029-06-01–2029-12-31}]
    Källa: malmo, Insatser; malmo, Period för avtalet.
    """
    term = case.agreement.term
    for path, insats in insatser(case.agreement):
        period = insats.period
        if term is None or period is None or period.end < period.start:
            continue
        hint = "rätta insatsens period eller avtalstiden"
        if term.start and period.start < term.start:
            message = "insatsen börjar den {day}, före avtalets start den {start}"
            yield Hit(
                f"{path}.period",
                message.format(day=running_text.day(period.start), start=running_text.day(term.start)),
                hint,
            )
        if term.end and period.end > term.end:
            message = "insatsen slutar den {day}, efter avtalets slut den {end}"
            yield Hit(
                f"{path}.period", message.format(day=running_text.day(period.end), end=running_text.day(term.end)), hint
            )


@rule(
    "S132", "delmål-utanför-avtalstiden", Level.ADVICE, reads=("mål.delmål.senast", "avtalstid.start", "avtalstid.slut")
)
def sub_goal_outside_term(case: Case) -> Iterable[Hit]:
    """Ett delmål som ska vara nått när avtalet inte gäller.

    Vad: Ett delmål ska vara nått efter avtalets slut. Det är en varning när dagen ligger före avtalets start.
    Varför: Parterna kan inte följa upp eller styra mot ett mål utanför avtalstiden.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
        mål: {delmål: [{mål: Färre unga är ensamma., senast: 2031-12-31}]}
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
        mål: {delmål: [{mål: Färre unga är ensamma., senast: 2029-12-31}]}
    Källa: malmo, Mål med avtalad verksamhet; malmo, Period för avtalet.
    """
    term, goals = case.agreement.term, case.agreement.goals
    for number, goal in enumerate(goals.sub_goals if goals else (), 1):
        path = f"mål.delmål[{number}].senast"
        if term is None or goal.due is None:
            continue
        if term.start and goal.due < term.start:
            message = "delmålet ska vara nått den {day}, före avtalets start den {start}"
            text = message.format(day=running_text.day(goal.due), start=running_text.day(term.start))
            yield Hit(path, text, "rätta datumet", level=Level.WARNING)
        elif term.end and goal.due > term.end:
            message = "delmålet ska vara nått den {day}, efter avtalets slut den {end}"
            text = message.format(day=running_text.day(goal.due), end=running_text.day(term.end))
            yield Hit(path, text, "sätt en dag inom avtalstiden, eller gör det till ett mål på längre sikt")


@rule("S133", "tvistens-steg", Level.ERROR, reads=("tvist.steg.form",))
def dispute_steps_in_odd_order(case: Case) -> Iterable[Hit]:
    """Steg vid tvist som inte kan följa på varandra.

    Vad: Både allmän domstol och skiljeförfarande står som steg, eller dialog, ledning eller medling kommer efter ett av
        dem. Det är en varning när samma sista steg står två gånger.
    Varför: Domstol eller skiljeförfarande avgör tvisten. Det ena utesluter det andra, och efter det finns inget kvar att
        samtala om.
    Dåligt exempel:
        tvist: {steg: [{form: allmän domstol}, {form: dialog}]}
    Bra exempel:
        tvist: {steg: [{form: dialog}, {form: allmän domstol}]}
    Källa: malmo, Omförhandling, hävningsrätt samt tvist; famna, Utforma avtal.
    """
    last: DisputeForm | None = None
    for number, step in enumerate(case.agreement.dispute.steps if case.agreement.dispute else (), 1):
        final = step.form in (DisputeForm.COURT, DisputeForm.ARBITRATION)
        path = f"tvist.steg[{number}].form"
        if last is None:
            last = step.form if final else None
        elif step.form is None:
            continue
        elif final and step.form is last:
            message = f"{last.value} står som sista steg två gånger"
            yield Hit(path, message, "skriv ett enda sista steg", level=Level.WARNING)
        elif final:
            message = f"tvisten avgörs både av {last.value} och genom {step.form.value}"
            if last is DisputeForm.ARBITRATION:
                message = f"tvisten avgörs både genom {last.value} och av {step.form.value}"
            yield Hit(path, message, "välj det ena: domstol eller skiljeförfarande")
        else:
            message = f"{step.form.value} kommer efter {last.value}, som avgör tvisten"
            yield Hit(path, message, "sätt stegen i den ordning som de tas")


@rule("S139", "ålder-mot-åldersgrupp", Level.ADVICE, reads=("mål.målgrupp.ålder", "mål.målgrupp.åldrar"))
def ages_against_bands(case: Case) -> Iterable[Hit]:
    """Målgruppens ålder mot dess åldersgrupper.

    Vad: En åldersgrupp är vald fastän ingen i målgruppens ålder hör dit, eller inte vald fastän minst fem årskullar av
        målgruppen hör dit. Grupperna är barn och unga vuxna (0–25), vuxna (26–65), äldre (över 65) och samtliga.
    Varför: Registret räknar partnerskap per åldersgrupp.
    Dåligt exempel:
        mål: {målgrupp: {ålder: 13–20 år, åldrar: [vuxna]}}
    Bra exempel:
        mål: {målgrupp: {ålder: 13–20 år, åldrar: [barn och unga vuxna]}}
    Källa: famna-rapport, Metod.
    """
    group = case.agreement.goals.target_group if case.agreement.goals else None
    if group is None or group.ages is None:
        return
    ages = group.ages
    years = {band: _common(ages, span) for band, span in _BANDS.items()}
    for number, band in enumerate(group.bands, 1):
        outside = [band.value for band, count in years.items() if not count]
        if band is AgeBand.ALL and outside:
            message = "målgruppen är {ages} och rör inte {bands}, men åldersgruppen är samtliga".format(
                ages=ages, bands=" och ".join(outside)
            )
            yield Hit(f"mål.målgrupp.åldrar[{number}]", message, "välj de åldersgrupper som åldern rör")
        elif band is not AgeBand.ALL and not years[band]:
            message = f"målgruppen är {ages}, men åldersgruppen är {_with_years(band)}"
            yield Hit(f"mål.målgrupp.åldrar[{number}]", message, "rätta åldern eller åldersgruppen")
    if not group.bands or AgeBand.ALL in group.bands:
        return
    for band, count in years.items():
        if count > _FEW_YEARS and band not in group.bands:
            message = f"målgruppen är {ages} och rör även {_with_years(band)}"
            yield Hit("mål.målgrupp.åldrar", message, "lägg till åldersgruppen, eller rätta åldern")


def _common(ages: AgeSpan, span: tuple[int, int]) -> int:
    oldest = 130 if ages.oldest is None else ages.oldest
    return max(0, min(oldest, span[1]) - max(ages.youngest, span[0]) + 1)


def _with_years(band: AgeBand) -> str:
    youngest, oldest = _BANDS[band]
    return f"{band.value} (över 65)" if band is AgeBand.ELDERLY else f"{band.value} ({youngest}\u2013{oldest})"
