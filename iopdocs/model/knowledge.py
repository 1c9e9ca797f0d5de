"""Learning, gathering of knowledge, uppföljning (what, when, how much) and utvärdering (why), kept apart."""

from __future__ import annotations

from attrs import frozen

from iopdocs.model.fields import PartyRef, entry


@frozen(kw_only=True)
class LearningGoal:
    """A lärandemål: what the parties want to learn together (sources: vgr, famna)."""

    goal: str | None = entry("mål", "Lärandemål", "Vad parterna vill lära sig.", sources=("vgr", "famna"))
    followed_up: str | None = entry(
        "följs_upp", "Hur lärandemålet följs upp", "Hur och när parterna tar reda på vad de har lärt sig."
    )


@frozen(kw_only=True)
class KnowledgeGathering:
    """The knowledge that is gathered (source: malmo, Kunskapsinhämtning)."""

    what: str | None = entry("vad", "Vad som samlas in", "Vilken kunskap som samlas in.", sources=("malmo",))
    how: str | None = entry("hur", "Hur det samlas in", "På vilket sätt kunskapen samlas in.", sources=("malmo",))
    documented_by: tuple[PartyRef, ...] = entry(
        "dokumenteras_av", "Dokumenteras av", "Den eller de parter som dokumenterar.", sources=("malmo",), many=True
    )


@frozen(kw_only=True)
class FollowUp:
    """An uppföljning: what, how, when, by whom and how it is paid for (source: malmo)."""

    what: str | None = entry("vad", "Vad som följs upp", "Vad uppföljningen gäller.", sources=("malmo",))
    how: str | None = entry("hur", "Hur det följs upp", "På vilket sätt uppföljningen görs.", sources=("malmo",))
    when: str | None = entry(
        "när", "När det följs upp", "När uppföljningen görs.", sources=("malmo",), example="varje höst"
    )
    by: tuple[PartyRef, ...] = entry(
        "av", "Följs upp av", "Den eller de parter som följer upp.", sources=("malmo",), many=True
    )
    financed: str | None = entry("finansiering", "Finansiering", "Hur uppföljningen betalas.", sources=("malmo",))


@frozen(kw_only=True)
class Evaluation:
    """An utvärdering: its question (why), when it is made and by whom (sources: vgr, famna)."""

    question: str | None = entry("fråga", "Fråga", "Vad utvärderingen ska svara på.", sources=("famna",))
    when: str | None = entry("när", "När", "När utvärderingen görs.", example="hösten 2028")
    by: tuple[PartyRef, ...] = entry("av", "Av", "De parter som utvärderar.", sources=("vgr",), many=True)
    performed_by: str | None = entry("utförs_av", "Utförs av", "En utomstående som anlitas, om någon.")


@frozen(kw_only=True)
class Knowledge:
    """Kunskapsinhämtning och uppföljning (sources: malmo, vgr, famna, uddevalla)."""

    learning_goals: tuple[LearningGoal, ...] = entry(
        "lärandemål", "Lärandemål", "Vad alla parter vill lära sig.", sources=("vgr", "famna"), many=True
    )
    gathering: tuple[KnowledgeGathering, ...] = entry(
        "kunskapsinhämtning",
        "Kunskapsinhämtning",
        "Vilken kunskap som samlas in, hur och av vem.",
        sources=("malmo",),
        many=True,
    )
    sharing: str | None = entry(
        "kunskapsdelning", "Kunskapsdelning", "Hur kunskapen delas.", sources=("famna-rapport",)
    )
    follow_ups: tuple[FollowUp, ...] = entry(
        "uppföljning",
        "Uppföljning",
        "Vad som följs upp, hur, när och av vem.",
        sources=("malmo", "vgr", "famna"),
        many=True,
    )
    evaluations: tuple[Evaluation, ...] = entry(
        "utvärdering", "Utvärdering", "Vad som utvärderas, när och av vem.", sources=("vgr", "famna"), many=True
    )
