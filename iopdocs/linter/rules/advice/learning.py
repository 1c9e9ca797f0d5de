"""R – advice on learning: goals that can be followed up, joint evaluation, participation of the target group."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from iopdocs.findings import Level
from iopdocs.linter.agreement_parts import MOST_NAMES, is_begun, is_empty, means_all, names_of
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.fields import is_absent


@rule("R402", "lärandemål-saknas", Level.ADVICE, reads=("kunskap.lärandemål",))
def no_learning_goals(case: Case) -> Iterable[Hit]:
    """Inga lärandemål.

    Vad: Inget lärandemål har en text, fast avtalet har både insatser (eller en insatsram) och mål. Innan dess är utkastet
        så tidigt att rådet inte hjälper.
    Varför: Ett partnerskap prövar sig fram. Lärandemål säger vad alla parter vill förstå, inte bara vad som ska göras.
    Dåligt exempel:
        insatser: [{namn: Nattvandring}]
        mål: {syfte: Trygga kvällar.}
    Bra exempel:
        insatser: [{namn: Nattvandring}]
        mål: {syfte: Trygga kvällar.}
        kunskap: {lärandemål: [{mål: Parterna vill förstå vad som får unga att stanna., följs_upp: I höstens samtal.}]}
    Källa: famna, Utforma avtal; famna, Vad kännetecknar ett bra IOP?; vgr, Avtal och beslut.
    """
    knowledge = case.agreement.knowledge
    goals = knowledge.learning_goals if knowledge else ()
    if is_begun(case.agreement) and all(is_empty(sub_goal.goal) for sub_goal in goals):
        hint = "skriv vad alla parter vill lära sig, och hur de tar reda på om de har gjort det"
        yield Hit("kunskap.lärandemål", "avtalet har inga lärandemål", hint)


@rule(
    "R403",
    "mål-utan-uppföljning",
    Level.ADVICE,
    reads=("mål.delmål.indikator", "mål.delmål.målvärde", "kunskap.lärandemål.följs_upp"),
)
def goal_without_follow_up(case: Case) -> Iterable[Hit]:
    """Ett delmål eller lärandemål som inte kan följas upp.

    Vad: Ett delmål har varken indikator eller målvärde, eller ett lärandemål saknar ”följs_upp”.
    Varför: Utan något att se på vet parterna inte om målet är nått eller vad de har lärt sig.
    Dåligt exempel:
        mål: {delmål: [{mål: Fler unga känner sig trygga.}]}
    Bra exempel:
        mål: {delmål: [{mål: Fler unga känner sig trygga., indikator: andelen trygga i elevenkäten}]}
    Källa: vgr, Avtal och beslut; famna, Utforma avtal.
    """
    goals = case.agreement.goals
    for number, sub_goal in enumerate(goals.sub_goals if goals else (), 1):
        if not is_absent(sub_goal) and is_empty(sub_goal.indicator) and is_empty(sub_goal.target):
            message = "delmålet går inte att följa upp"
            yield Hit(f"mål.delmål[{number}]", message, "skriv en indikator, eller det värde som ska nås")
    knowledge = case.agreement.knowledge
    for number, learning in enumerate(knowledge.learning_goals if knowledge else (), 1):
        if not is_absent(learning) and is_empty(learning.followed_up):
            path = f"kunskap.lärandemål[{number}].följs_upp"
            yield Hit(path, "lärandemålet följs inte upp", "skriv hur och när parterna ser vad de har lärt sig")


@rule("R404", "utvärdering-utan-alla", Level.ADVICE, reads=("kunskap.utvärdering.av", "parter.namn"))
def evaluation_without_all(case: Case) -> Iterable[Hit]:
    """En utvärdering som inte alla parter är med i.

    Vad: En utvärdering är beskriven, avtalet har minst två parter, och ”av” är varken ”alla parter” eller var och en av
        dem. Att någon utomstående utför den är rätt, men parterna behöver ändå vara med.
    Varför: Partnerskapet är nyskapande, så alla parter behöver vara aktiva i att förstå varför det lyckas eller inte.
    Dåligt exempel:
        parter: [{namn: K}, {namn: F}]
        kunskap: {utvärdering: [{fråga: Varför kommer unga hit?, av: [K]}]}
    Bra exempel:
        parter: [{namn: K}, {namn: F}]
        kunskap: {utvärdering: [{fråga: Varför kommer unga hit?, av: [alla parter]}]}
    Källa: vgr, Avtal och beslut.
    """
    agreement = case.agreement
    evaluations = agreement.knowledge.evaluations if agreement.knowledge else ()
    for number, evaluation in enumerate(evaluations, 1):
        if is_absent(evaluation) or len(agreement.parties) < 2 or any(means_all(name) for name in evaluation.by):
            continue
        taking_part = {id(party) for party in map(agreement.party, evaluation.by) if party is not None}
        left = len(agreement.parties) - len(taking_part)
        if left > 0:
            without = (party for party in agreement.parties if id(party) not in taking_part)
            names = names_of(tuple(islice(without, MOST_NAMES)), left)
            message = f"utvärderingen görs utan {names}"
            yield Hit(f"kunskap.utvärdering[{number}].av", message, "skriv ”av: [alla parter]”")


@rule(
    "R405",
    "målgruppen-inte-med",
    Level.ADVICE,
    reads=("mål.målgrupp.delaktighet", "överenskommelse.målgruppen_deltog", "överenskommelse.målgruppens_medverkan"),
)
def target_group_not_involved(case: Case) -> Iterable[Hit]:
    """Målgruppen är inte med.

    Vad: Varken målgruppens delaktighet i insatserna eller att den var med och tog fram avtalet är angivet, fast avtalet har
        både insatser (eller en insatsram) och mål.
    Varför: De som det gäller vet vad de behöver; att de är med från början ökar chansen att insatserna når dem.
    Dåligt exempel:
        insatser: [{namn: Nattvandring}]
        mål: {målgrupp: {beskrivning: Unga i Norrby.}}
    Bra exempel:
        insatser: [{namn: Nattvandring}]
        mål: {målgrupp: {beskrivning: Unga i Norrby., delaktighet: Ungdomsrådet går igenom planen varje vår.}}
    Källa: famna, Vad kännetecknar ett bra IOP?; famna, Genomför överenskommelsen, följ upp, lär och justera.
    """
    group = case.agreement.goals.target_group if case.agreement.goals else None
    understanding = case.agreement.understanding
    took_part = understanding is not None and (
        understanding.target_group_took_part is True or not is_empty(understanding.target_group_how)
    )
    if is_begun(case.agreement) and not took_part and is_empty(group.participation if group else None):
        yield Hit(
            "mål.målgrupp.delaktighet",
            "målgruppen är inte med i att forma insatserna",
            "skriv hur målgruppen är med, eller var med när avtalet togs fram",
        )
