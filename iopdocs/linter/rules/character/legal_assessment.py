"""J – the legal assessment: whether it exists, is complete, and answers questions that exist."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.files.value_readers import fold, nearest
from iopdocs.findings import Level
from iopdocs.linter.agreement_parts import is_draft, is_empty, is_public, shortened
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.linter.rules.character.assessment_parts import (
    MEANINGS,
    ROOT,
    USUAL,
    AssessmentPart,
    examined,
    parts_of,
    question_text,
)
from iopdocs.model.assessment import Answer
from iopdocs.model.fields import is_absent
from iopdocs.model.parties import PartyKind


def _level(case: Case) -> Level:
    return Level.ADVICE if is_draft(case.agreement) else Level.WARNING


@rule(
    "J313",
    "rättslig-bedömning-saknas",
    Level.WARNING,
    reads=("status", "parter.typ", "rättslig_bedömning"),
)
def assessment_absent(case: Case) -> Iterable[Hit]:
    """Ingen rättslig bedömning, eller en som inte är gjord i alla delar.

    Vad: En av parterna är offentlig, och ”rättslig_bedömning” saknas. Finns den men saknar en av delarna kännetecken,
        offentligt_kontrakt, statsstöd och (för kommun och region) kommunallagen är det ett fynd för den delen. Nivån är råd
        i ett utkast och varning från och med status beslutad.
    Varför: Den offentliga parten svarar för att avtalet inte är ett köp som skulle ha upphandlats, och inte ett otillåtet
        stöd. Det behöver vara prövat och nedskrivet innan någon skriver under.
    Dåligt exempel:
        status: beslutad
        parter: [{namn: K, typ: statlig myndighet}]
    Bra exempel:
        status: beslutad
        parter: [{namn: K, typ: statlig myndighet}]
        rättslig_bedömning:
          kännetecken: {svar: [{fråga: parter, svar: ja, motivering: En myndighet och en förening.}]}
          offentligt_kontrakt: {svar: [{fråga: anskaffning, svar: nej, motivering: Var och en driver sin del.}]}
          statsstöd: {svar: [{fråga: handel, svar: nej, motivering: Verksamheten är lokal.}]}
    Källa: famna, Utforma avtal; vgr, IOP är samverkan.
    """
    parties = case.agreement.parties
    if not any(map(is_public, parties)):
        return
    done = {key for key, examination in parts_of(case.agreement.assessment) if not is_absent(examination)}
    if not done:
        yield Hit(
            ROOT,
            "den rättsliga bedömningen saknas",
            "besvara frågorna om kännetecken, offentligt kontrakt, statsstöd och kommunallagen",
            level=_level(case),
        )
        return
    needed = ["kännetecken", "offentligt_kontrakt", "statsstöd"]
    if any(party.kind in (PartyKind.MUNICIPALITY, PartyKind.REGION) for party in parties):
        needed.append("kommunallagen")
    for key in needed:
        if key not in done:
            title = case.library.questions(USUAL[key]).title or key
            message = f"den rättsliga bedömningen saknar delen ”{title}”"
            yield Hit(f"{ROOT}.{key}", message, "besvara frågorna i den listan", level=_level(case))


@rule("J315", "ofullständig-bedömning", Level.WARNING, reads=("status", "rättslig_bedömning"))
def assessment_incomplete(case: Case) -> Iterable[Hit]:
    """En fråga i den rättsliga bedömningen är inte besvarad, oklar eller utan motivering.

    Vad: En lista som har påbörjats har frågor utan svar, ett svar är oklart, eller ett svar saknar motivering. Nivån är råd
        i ett utkast och varning från och med status beslutad.
    Varför: Ett svar utan skäl kan ingen pröva i efterhand, och ett oklart svar behöver redas ut innan avtalet ingås.
    Dåligt exempel:
        rättslig_bedömning:
          statsstöd: {svar: [{fråga: handel, svar: oklart, motivering: Ingen har prövat det.}]}
    Bra exempel:
        rättslig_bedömning:
          statsstöd:
            svar:
              - {fråga: ekonomisk-verksamhet, svar: nej, motivering: Verksamheten är gratis och ideell.}
              - {fråga: fördel, svar: nej, motivering: Medlen täcker en del av kostnaden.}
              - {fråga: offentliga-medel, svar: ja, motivering: De kommer från kommunen.}
              - {fråga: konkurrens, svar: nej, motivering: Ingen annan erbjuder detta.}
              - {fråga: handel, svar: nej, motivering: Verksamheten är lokal.}
    Källa: famna, Utforma avtal; vgr, IOP är samverkan.
    """
    level = _level(case)
    for part in examined(case):
        if part.list is None:
            continue
        given = part.given()
        left = [question.id or "" for question in part.list.questions if question.id not in given]
        if left:
            message = "{count} av {total} frågor är inte besvarade: {ids}".format(
                count=len(left), total=len(part.list.questions), ids=", ".join(left)
            )
            yield Hit(part.path, message, "svara ja, nej eller oklart på varje fråga, med en motivering", level=level)
        for path, answered in part.answers():
            if answered.answer is Answer.UNCLEAR:
                message = f"svaret är oklart: {question_text(part, answered)}"
                yield Hit(f"{path}.svar", message, "red ut frågan innan avtalet ingås", level=level)
            if answered.answer is not None and is_empty(answered.reason):
                message = f"svaret har ingen motivering: {question_text(part, answered)}"
                yield Hit(f"{path}.motivering", message, "skriv varför svaret är det", level=level)


@rule("J316", "svar-utan-fråga", Level.ERROR, reads=("rättslig_bedömning",))
def answer_without_question(case: Case) -> Iterable[Hit]:
    """Ett svar på en fråga som inte finns, eller en lista som inte finns.

    Vad: ”lista” är inget namn på en lista i lagren eller en lista av annat slag, ”fråga” är inget id i listan, ett svar
        saknar ”fråga”, eller samma fråga är besvarad två gånger.
    Varför: Svaret hör då inte till någon fråga och räknas inte.
    Dåligt exempel:
        rättslig_bedömning:
          statsstöd: {svar: [{fråga: handeln, svar: nej, motivering: Verksamheten är lokal.}]}
    Bra exempel:
        rättslig_bedömning:
          statsstöd: {svar: [{fråga: handel, svar: nej, motivering: Verksamheten är lokal.}]}
    Källa: famna, Utforma avtal.
    """
    for part in examined(case):
        if part.list is None:
            yield _unknown_list(case, part)
            continue
        ids = {fold(question.id or ""): question.id or "" for question in part.list.questions}
        seen: set[str] = set()
        for path, answered in part.answers():
            id = fold(answered.question or "")
            near = nearest(answered.question or "", ids)
            choose = f"menade du {near}?" if near else "välj bland: " + ", ".join(ids.values())
            if not id:
                yield Hit(path, "svaret säger inte vilken fråga det gäller", choose)
            elif id not in ids:
                message = f"frågan ”{shortened(id)}” finns inte i listan {part.list.name}"
                yield Hit(f"{path}.fråga", message, choose)
            elif id in seen:
                message = f"frågan ”{id}” är besvarad två gånger"
                yield Hit(f"{path}.fråga", message, "behåll det svar som gäller")
            seen.add(id)


def _unknown_list(case: Case, part: AssessmentPart) -> Hit:
    written = (part.examination.list or "").strip()
    fitting = {
        fold(name): name
        for name in case.library.question_lists
        if case.library.questions(name).meaning is MEANINGS[part.key]
    }
    if written in case.library.question_lists:
        message = f"listan ”{written}” hör inte hit: dess svar betyder ”{_meaning(case, written)}”"
        return Hit(f"{part.path}.lista", message, "välj bland: " + ", ".join(fitting.values()))
    near = nearest(written, fitting)
    hint = f"menade du {near}?" if near else "välj bland: " + ", ".join(fitting.values())
    return Hit(f"{part.path}.lista", f"listan ”{shortened(written)}” finns inte", hint)


def _meaning(case: Case, name: str) -> str:
    meaning = case.library.questions(name).meaning
    return meaning.value if meaning else ""
