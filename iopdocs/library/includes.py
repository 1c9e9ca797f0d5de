"""The graph of which text includes which: texts that nothing includes, and endless inclusion."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from iopdocs.errors import Position, Problem
from iopdocs.library.clauses import FOLDER, folded, is_copy
from iopdocs.library.layers import Library
from iopdocs.library.source import TextInclusion, inclusions

DEEPEST = 20
"""How deep texts may include one another; the base layer's are four deep."""

Node: TypeAlias = tuple[int, str]
"""A text of a library: the number of its layer and its name."""


def _targets(library: Library, node: Node, taken: TextInclusion) -> Iterator[Node]:
    if taken.clause:
        clause = library.clause(taken.name)
        for variant in clause.variants.values() if clause else ():
            yield variant.layer, variant.text.name
        return
    found = library.named_in(node[0], taken.name)
    if found is not None:
        yield found[0], found[1].name


def graph(library: Library) -> Mapping[Node, tuple[tuple[TextInclusion, Node], ...]]:
    """Return what each text includes, for the texts that some document reaches, in the order they are met."""
    found: dict[Node, tuple[tuple[TextInclusion, Node], ...]] = {}
    waiting = [_topmost(library, name) for name in library.names("dokument/")]
    while waiting:
        node = waiting.pop()
        if node in found:
            continue
        body = library.layers[node[0]].texts[node[1]].body
        found[node] = tuple((taken, target) for taken in inclusions(body) for target in _targets(library, node, taken))
        waiting += [target for _taken, target in found[node]]
    return found


def own_variants(library: Library) -> Mapping[str, str]:
    """Return the variant that a section names as its own for each clause, by folded name; the topmost layer decides."""
    found: dict[str, str] = {}
    for layer, name in sorted(graph(library), key=lambda node: (-node[0], node[1])):
        for one in inclusions(library.layers[layer].texts[name].body):
            if one.clause:
                found.setdefault(folded(one.name), one.own)
    return found


def _topmost(library: Library, name: str) -> Node:
    found = library.find(name)
    assert found is not None
    return found[0], name


def unreached(library: Library, start: int = 1) -> list[Problem]:
    """Yield a problem for each text of layer *start* or above that no document includes: often its name is misspelt."""
    reached = {name for _layer, name in graph(library)}
    # A text with the id of another is reported as such, or replaced on purpose by one in a layer above.
    same = {
        other.file for clause in library.clauses.values() for one in clause.variants.values() for other in one.others
    }
    problems = []
    for layer in library.layers[start:]:
        for name in sorted(set(layer.texts) - reached):
            text = layer.texts[name]
            if name.startswith("dokument/") or text.file in same or not (text.framed or text.front.id):
                continue
            alike = difflib.get_close_matches(name, reached, n=1, cutoff=0.8)
            if is_copy(name):
                hint = "ta bort kopian, eller ge filen ett eget namn"
            elif not name.startswith(FOLDER) and (home := _home(library, text.front.id)):
                hint = f"flytta filen till {home}: där ligger klausulens texter"
            elif alike and (text.front.id is None or not name.startswith(FOLDER)):
                hint = f"menade du {alike[0]}?"
            elif name.startswith(FOLDER):
                hint = _clause_hint(library, text.front.id or text.stem, name)
            else:
                hint = "ta in den med ”include” i en annan text, eller ta bort den"
            place = text.positions.get("id") or Position(1, 1)
            problems.append(Problem("texten används inte i något dokument", hint, text.file, position=place))
    return problems


def _home(library: Library, id: str | None) -> str:
    """Return the folder of the clause that a text with *id* belongs to; empty where it belongs to none."""
    clause, slash, _variant = (id or "").partition("/")
    found = library.clause(clause.strip()) if slash else None
    if found is None:
        return FOLDER if slash else ""
    folder, _slash, file = next(iter(found.variants.values())).text.name.rpartition("/")
    return folder if found.variant("") is None else f"{folder}/{file.split('.')[0]}"


def _clause_hint(library: Library, id: str, name: str) -> str:
    clause, slash, _variant = id.partition("/")
    home = "" if slash else _folder_clause(library, name)
    if home:
        wanted = f"{home}/{id}"
        return f"id ska ha klausulens namn först – menade du id: {wanted}?"
    known = {one.name for one in library.clauses.values()} - {clause}
    near = difflib.get_close_matches(clause, known, n=1, cutoff=0.6)
    if near:
        return f"inget avsnitt har klausulen ”{clause}” – menade du id: {near[0]}?"
    return "skriv {tag} i ett avsnitt".format(tag=f'{{% klausul "{clause}" %}}')


def _folder_clause(library: Library, name: str) -> str:
    """Return the name of the clause whose texts are in the folder of the text *name*; empty where there is none."""
    folder = name.rpartition("/")[0]
    for clause in library.clauses.values():
        if any(one.name and one.text.name.rpartition("/")[0] == folder for one in clause.variants.values()):
            return clause.name
    return ""


def endless(library: Library) -> list[Problem]:
    """Yield a problem for each text that includes itself, directly or not, and for each chain that is too long."""
    edges = graph(library)
    done: dict[Node, int] = {}
    problems: list[Problem] = []

    def visit(node: Node, path: tuple[Node, ...]) -> int:
        if node in done:
            return done[node]
        deepest = 0
        for taken, target in edges[node]:
            text = library.layers[node[0]].texts[node[1]]
            if target in path or target == node:
                names = [name for _layer, name in (*path[path.index(target) :], node)] if target in path else [node[1]]
                round_ = " → ".join([*names, target[1]])
                what = f"texterna tar in varandra i all oändlighet: {round_}"
                hint = "ta bort raden, eller skriv bas/ före namnet för att ta in texten i lagret under"
                problems.append(Problem(what, hint, text.file, position=Position(taken.line, 1)))
                continue
            if len(path) >= DEEPEST:
                what = f"texterna tar in varandra i fler än {DEEPEST} led"
                problems.append(Problem(what, "flytta ihop några av dem", text.file, position=Position(taken.line, 1)))
                break
            deepest = max(deepest, visit(target, (*path, node)) + 1)
        done[node] = deepest
        return deepest

    for name in library.names("dokument/"):
        visit(_topmost(library, name), ())
    return problems
