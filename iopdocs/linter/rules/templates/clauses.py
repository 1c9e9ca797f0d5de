"""T – mall: clauses in the agreement's data compared with the clauses of the layers."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from iopdocs.document.numbering import slug
from iopdocs.document.tree import ChosenBy, ClauseUse, Origin
from iopdocs.files.value_readers import read_value
from iopdocs.findings import Level
from iopdocs.library.clauses import Clause, Variant, folded, wants_none
from iopdocs.library.data_paths import field_at, held_at
from iopdocs.library.includes import graph
from iopdocs.library.texts import ImpliedFact, condition_of
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.linter.rules.templates.own_clauses import headings_there_are, twice_instead
from iopdocs.model.clauses import ClauseChoice, OwnClause


@rule("T106", "okänd-klausul", Level.ERROR, reads=("klausuler",))
def unknown_clause(case: Case) -> Iterable[Hit]:
    """Ett val av klausul eller variant som inte finns.

    Vad: ”klausuler” anger en klausul som inget lager har eller som inget avsnitt i dokumentet tar in, eller en variant som
        klausulen inte har. En klausul som finns men inte kommer med, eller inte ger någon text, eftersom det som den hör till
        eller skriver ut inte är ifyllt, ger en varning.
    Varför: Valet har ingen verkan. Parterna tror att en annan text står i avtalet.
    Dåligt exempel:
        titel: Trygga kvällar
        klausuler: {överskott: återbetala}
    Bra exempel:
        titel: Trygga kvällar
        klausuler: {överskott: återbetalas}
    Källa: malmo, Mall för IOP.
    """
    first_uses = _first_uses(case)
    included = _included_clauses(case)
    for choice in case.agreement.clauses:
        name, wanted = choice.clause or "", choice.variant or ""
        path = f"klausuler.{name}"
        clause = case.library.clause(name)
        if clause is None:
            yield Hit(path, f"ingen klausul heter ”{name}”", _near_clause(name, included), word=name)
        elif clause.wanted(wanted) is None and not wants_none(wanted):
            yield Hit(path, _no_variant(clause, wanted), _variants(clause, wanted), word=wanted)
        elif case.document is not None and folded(name) not in first_uses:
            yield _not_included(case, path, name, folded(name) in {folded(clause_name) for clause_name in included})
        elif (
            case.document is not None
            and first_uses[folded(name)].how is ChosenBy.DATA
            and not _printed(case, clause, wanted)
        ):
            message = f"valet av ”{name}” ger ingen text: det som klausulen skriver ut är inte ifyllt"
            yield Hit(path, message, "fyll i det, eller ta bort valet", Level.WARNING, word=name)


def _printed(case: Case, clause: Clause, wanted: str) -> bool:
    """Return whether the variant that *wanted* means, or a text that it includes, is in the document."""
    variant = clause.wanted(wanted)
    assert variant is not None
    assert case.document is not None
    edges = graph(case.library)
    waiting, reached = [(variant.layer, variant.text.name)], set[tuple[int, str]]()
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += [target for _include, target in edges.get(node, ())]
    return bool({name for _layer, name in reached} & {text.name for text in case.document.texts})


def _not_included(case: Case, path: str, name: str, somewhere: bool) -> Hit:
    if somewhere:
        if len(case.library.layers) > 1:
            message = "valet av ”{name}” har ingen verkan: klausulen kommer inte med i avtalet"
            hint = "fyll i det som den hör till, ta in den där lagret har ett eget block i stället för dess, eller ta bort valet"
        else:
            message = "valet av ”{name}” har ingen verkan: det som klausulen hör till är inte ifyllt"
            hint = "fyll i det, eller ta bort valet"
        return Hit(path, message.format(name=name), hint, Level.WARNING, word=name)
    message = f"inget avsnitt i avtalet tar in klausulen ”{name}”"
    hint = f'ta bort valet, eller skriv {{% klausul "{name}" %}} i ett avsnitt i lagret'
    return Hit(path, message, hint, word=name)


def _no_variant(clause: Clause, wanted: str) -> str:
    if folded(wanted) in ("ja", "true"):
        return f"”ja” räcker inte för ”{clause.name}”, som har flera varianter"
    return f"klausulen ”{clause.name}” har ingen variant ”{wanted}”"


def _variants(clause: Clause, wanted: str) -> str:
    names = [variant.name for variant in clause.variants.values() if variant.name] or ["ja"]
    near = difflib.get_close_matches(folded(wanted), {folded(name): name for name in names}, n=1, cutoff=0.6)
    nearest = next((name for name in names if near and folded(name) == near[0]), None)
    every = "välj bland {names}, eller nej".format(names=", ".join(names))
    return f"menade du {nearest}? " + every if nearest else every


def _near_clause(name: str, known: Iterable[str]) -> str:
    by_folded = {folded(clause_name): clause_name for clause_name in known}
    near = difflib.get_close_matches(folded(name), by_folded, n=1, cutoff=0.6)
    if near:
        return f"menade du {by_folded[near[0]]}?"
    return "alla klausuler visas av: iopdocs clauses list"


def _first_uses(case: Case) -> dict[str, ClauseUse]:
    """Return the first use of each clause in the document, by folded name."""
    uses: dict[str, ClauseUse] = {}
    for use in case.document.clauses if case.document is not None else ():
        uses.setdefault(folded(use.clause), use)
    return uses


def _included_clauses(case: Case) -> tuple[str, ...]:
    """Return the names of the clauses that some text includes, whether or not this agreement reaches that text."""
    names = {include.name for edges in graph(case.library).values() for include, _target in edges if include.clause}
    return tuple(sorted(names))


@rule("T107", "val-mot-uppgift", Level.ERROR, reads=("klausuler", "egna_klausuler"))
def choice_against_facts(case: Case) -> Iterable[Hit]:
    """Ett val av klausul som säger emot något annat i avtalet.

    Vad: Den variant som ”klausuler” väljer står för andra uppgifter än dem som avtalet har. En klausul som tas bort, ersätts
        eller får egna ord, fast uppgifterna pekar på en bestämd variant, ger en varning; det gör också ett val för en
        klausul som en egen klausul står i stället för.
    Varför: Uppgifterna och texten säger olika saker. Den som läser registret och den som läser avtalet får olika svar.
    Dåligt exempel:
        titel: Trygga kvällar
        ekonomi: {överskott: {hantering: återinvesteras}}
        klausuler: {överskott: återbetalas}
    Bra exempel:
        titel: Trygga kvällar
        klausuler: {överskott: återbetalas}
    Källa: malmo, Mall för IOP.
    """
    met = _first_uses(case)
    for choice in case.agreement.clauses:
        name = choice.clause or ""
        clause, use = case.library.clause(name), met.get(folded(name))
        variant = clause.wanted(choice.variant or "") if clause else None
        if use is None:
            continue
        if use.how is ChosenBy.OWN:
            message = f"valet av ”{name}” har ingen verkan: en egen klausul står i stället"
            yield Hit(f"klausuler.{name}", message, "ta bort det ena", Level.WARNING, word=name)
        elif variant is not None and use.how is ChosenBy.DATA:
            yield from _against(case, choice, variant, use)
        elif use.how is ChosenBy.NONE and wants_none(use.wanted) and use.facts:
            message = "klausulen ”{name}” tas bort, fast uppgifterna pekar på ”{fact}”"
            yield _facts_left(case, f"klausuler.{name}", message, name, use)
    for number, own in enumerate(case.agreement.own_clauses, 1):
        use = met.get(folded(own.replaces or ""))
        if use is not None and use.how is ChosenBy.OWN and use.facts:
            message = "en egen klausul står i stället för ”{name}”, fast uppgifterna pekar på ”{fact}”"
            yield _facts_left(case, f"egna_klausuler[{number}].i_stället_för", message, use.clause, use)


def _pointing(case: Case, use: ClauseUse) -> str:
    """Return the paths of the data that imply the variant chosen by the facts."""
    clause = case.library.clause(use.clause)
    variant = clause.variant(use.facts[0]) if clause else None
    paths = [str(implied.path) for implied in variant.front.implies] if variant else []
    return " och ".join(paths)


def _facts_left(case: Case, path: str, message: str, name: str, use: ClauseUse) -> Hit:
    fact, where = use.facts[0] or name, _pointing(case, use)
    hint = f"ta bort {where} ur avtalet, eller låt ”{fact}” gälla"
    hint = hint if where else "ta bort uppgiften eller valet, så att de säger samma sak"
    return Hit(path, message.format(name=name, fact=fact), hint, Level.WARNING, word=name)


def _against(case: Case, choice: ClauseChoice, variant: Variant, use: ClauseUse) -> Iterator[Hit]:
    path = f"klausuler.{choice.clause}"
    contradicted = next((implied for implied in variant.front.implies if _contradicts(case, implied)), None)
    if contradicted is not None:
        message = "”{variant}” säger emot {where}, som är {value}".format(
            variant=variant.name or variant.clause,
            where=contradicted.path,
            value=_written(held_at(case.agreement, contradicted.path or "")),
        )
        hint = "ta bort {where} ur avtalet, så gäller valet, eller ta bort valet, så gäller uppgiften"
        yield Hit(path, message, hint.format(where=contradicted.path), word=contradicted.path or "")
    elif use.facts and folded(variant.name) not in map(folded, use.facts):
        message = f"”{variant.name or variant.clause}” är vald, men uppgifterna pekar på ”{use.facts[0] or use.clause}”"
        level = Level.ERROR if condition_of(variant.front) is not None else Level.WARNING
        where = _pointing(case, use)
        hint = "ta bort {where} ur avtalet, så gäller valet, eller ta bort valet, så gäller ”{fact}”"
        hint = hint.format(where=where, fact=use.facts[0] or use.clause)
        hint = hint if where else "ändra valet eller uppgifterna, så att de säger samma sak"
        yield Hit(path, message, hint, level, word=use.clause)


def _contradicts(case: Case, implied: ImpliedFact) -> bool:
    field, held = field_at(implied.path or ""), held_at(case.agreement, implied.path or "")
    return field is not None and held is not None and held != read_value(implied.value or "", field.type)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value.value if isinstance(value, Enum) else value)


@rule("T108", "flera-varianter-passar", Level.WARNING)
def several_variants_fit(case: Case) -> Iterable[Hit]:
    """Uppgifterna pekar på två varianter av samma klausul.

    Vad: Avtalets uppgifter uppfyller villkoren för minst två varianter av en klausul, och avtalet väljer inte själv. Regeln
        säger också till när två lager har var sin fil med samma klausul och variant.
    Varför: Bara en av texterna kommer med, och det är lagrens ordning och inte parterna som avgör vilken.
    Dåligt exempel: kommunens lager har en egen variant som väljs när överskott återinvesteras, och det har grundlagret också.
    Bra exempel: avtalet säger ”klausuler: {överskott: återinvesteras}”, eller lagrets fil har samma namn som grundlagrets.
    Källa: god sed.
    """
    for key, use in _first_uses(case).items():
        clause = case.library.clause(use.clause)
        if clause is None or use.how is ChosenBy.OWN:
            continue
        if use.how is ChosenBy.FACTS and len(use.facts) > 1:
            yield _torn(case, clause, use)
        variant = clause.variants.get(folded(use.variant))
        if variant is None or use.how is ChosenBy.NONE:
            continue
        for other in variant.others:
            message = f"{variant.text.name} i lagret {variant.text.layer} skrivs ut men inte {other.name} i lagret {other.layer}: båda har id:t {variant.id}"
            hint = "kalla filen {file} om den ska ersätta den andra, annars ge den ett eget id"
            place = variant.text.positions.get("id")
            origin = Origin(variant.text.layer, variant.text.name, place.line if place else 1)
            yield Hit("", message, hint.format(file=other.name), word=f"{key} {other.name}", origin=origin)


def _torn(case: Case, clause: Clause, use: ClauseUse) -> Hit:
    fitting = [variant for name in use.facts if (variant := clause.variant(name)) is not None]
    first, others = fitting[0], fitting[1:]
    path = next((str(implied.path) for variant in fitting for implied in variant.front.implies), "")
    message = "uppgifterna passar flera varianter av ”{name}”: {first} togs med, men inte {others}".format(
        name=clause.name, first=_shown(first), others=" eller ".join(map(_shown, others))
    )
    fronts = [variant.front for variant in fitting]
    keys = ["innebär"] * any(front.implies for front in fronts) + ["väljs_när"] * any(front.applies for front in fronts)
    hint = "välj med ”klausuler: {{{name}: {variant}}}”, eller ändra {keys} i den ena texten".format(
        name=clause.name, variant=first.name or "ja", keys=" eller ".join(f"”{key}”" for key in keys)
    )
    return Hit(path, message, hint, word=clause.name)


def _shown(variant: Variant) -> str:
    return f"”{variant.name or variant.clause}” (lagret {variant.text.layer})"


@rule("T109", "egen-klausul-utan-plats", Level.ERROR, reads=("egna_klausuler",))
def own_clause_without_place(case: Case) -> Iterable[Hit]:
    """En egen klausul som inte kan stå där avtalet säger, eller som saknar text.

    Vad: En egen klausul anger en klausul eller ett avsnitt som inte finns i avtalet (den står då sist bland de särskilda
        villkoren), anger mer än en plats, eller saknar text. Det är en varning när två egna klausuler står i stället för
        samma klausul, och när en rubrik redan finns i avtalet.
    Varför: Klausulen hamnar på en annan plats än parterna har tänkt sig, blir en rubrik över ingenting, eller står bredvid
        en annan som reglerar samma sak.
    Dåligt exempel:
        titel: Trygga kvällar
        egna_klausuler:
          - {rubrik: Lån av leksaker, efter: överskot, text: Föreningen får låna leksaker.}
    Bra exempel:
        titel: Trygga kvällar
        egna_klausuler:
          - {rubrik: Lån av leksaker, avsnitt: insatser, text: Föreningen får låna leksaker.}
    Källa: malmo, Mall för IOP.
    """
    first_uses, included = _first_uses(case), _included_clauses(case)
    for number, own in enumerate(case.agreement.own_clauses, 1):
        path = f"egna_klausuler[{number}]"
        if own.text is None or not str(own.text.source).strip():
            hint = "skriv ”text:” och klausulens ord, eller ta bort klausulen"
            yield Hit(f"{path}.text", "den egna klausulen saknar text", hint)
        places = [key for key, place in _places(own) if place]
        if len(places) > 1:
            message = "den egna klausulen har mer än en plats: {places}".format(places=" och ".join(places))
            key_in_force = next(key for key in ("i_stället_för", "efter") if key in places)
            hint = f"behåll en av dem; nu är det ”{key_in_force}” som gäller"
            yield Hit(f"{path}.{places[1]}", message, hint)
        for key, name in (("efter", own.after), ("i_stället_för", own.replaces)):
            if name and case.document is not None and folded(name) not in first_uses:
                yield Hit(f"{path}.{key}", *_no_place(case, name, included), word=name)
        if own.section is not None and case.document is not None and not _has_section(case, own):
            message = f"avsnittet ”{own.section.value}” finns inte i avtalet"
            yield Hit(f"{path}.avsnitt", message, "välj ett avsnitt som avtalet har", word=own.section.value)
    yield from twice_instead(case)
    yield from headings_there_are(case)


def _places(own: OwnClause) -> tuple[tuple[str, object], ...]:
    return ("efter", own.after), ("i_stället_för", own.replaces), ("avsnitt", own.section)


def _no_place(case: Case, name: str, included: Iterable[str]) -> tuple[str, str]:
    if case.library.clause(name) is None:
        return f"ingen klausul heter ”{name}”", _near_clause(name, included)
    message = f"klausulen ”{name}” kommer inte med i avtalet, så den egna står sist"
    return message, "välj en klausul som kommer med, eller skriv ”avsnitt:” och avsnittets namn"


def _has_section(case: Case, own: OwnClause) -> bool:
    assert case.document is not None
    assert own.section is not None
    return slug(own.section.value, "_") in {section.name for section in case.document.outline}
